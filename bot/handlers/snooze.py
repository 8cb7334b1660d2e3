"""snooze: the sender's own reminders about a milestone rest until a day; nobody else's do."""

from __future__ import annotations

from datetime import date, timedelta

from bot.access import Rule
from bot.cards import RichText
from bot.commands import Command, Context
from bot.commands.perform import require_sight
from bot.commands.when import KEEP, habits, settle_due
from bot.commands.which import project_of, settle_milestone
from bot.dialogs import Asked, Choice, Question
from bot.domain.calendar import Calendar
from bot.domain.local_time import local
from bot.domain.snooze import LONGEST, Snooze
from bot.errors import IllegalMove
from bot.language.command_line import read_sentence
from bot.language.dates import read, read_shift
from bot.language.sentence import Surroundings
from bot.messages import Reply
from bot.reminders.about_rests import part_of
from bot.reminders.quiet_time import hours_of
from bot.reminders.resting import rest, wake
from bot.reminders.situation import situation_of
from bot.sight import sees
from bot.verbs import Verb
from bot.views import resting as views
from bot.wording import N_

verb = Verb(
    name="snooze",
    summary=N_("Let your reminders about a milestone rest until a day"),
    usage="MILESTONE until DATE",
    examples=("snooze APX-1 until Monday", "snooze off"),
    twins=("not until", "not before", "unsnooze"),
    changes=True,
    personal=True,
)

_OFF = frozenset({"off", "stop", "end"})
_UNTIL = frozenset({"not until", "not before"})
_BEFORE_A_DAY = "until"
"""As a command is typed: read, never shown."""


def take_apart(ctx: Context, asked: Asked) -> Asked:
    """ "APX-1 off" and "off" wake it; "not until Monday" has its date right behind the verb's own words."""
    if asked.milestone_id or asked.choice or asked.due:
        return asked
    if asked.said in _UNTIL and not asked.when:
        asked = _read_again(ctx, asked)
    words = asked.pointer.split()
    is_off = bool(words) and words[-1].casefold() in _OFF
    if not is_off and asked.said != "unsnooze":
        return asked
    return asked.having(choice="off", pointer=" ".join(words[:-1] if is_off else words), when="")


def _read_again(ctx: Context, asked: Asked) -> Asked:
    around = Surroundings(local(ctx.now, ctx.reader.zone), habits(ctx, ctx.reader.calendar))
    said = read_sentence(RichText(f"{_BEFORE_A_DAY} {asked.text}"), ctx.verbs, around, verb=verb.name)
    return asked.having(pointer=said.pointer, when=said.when)


def handle(ctx: Context, asked: Asked) -> Reply:
    if asked.choice == "off" and not asked.pointer and not asked.milestone_id:
        return _which_rests(ctx)
    found = settle_milestone(ctx, asked)
    if isinstance(found, Reply):
        return found
    ctx = ctx.about(found, project_of(ctx, found))
    require_sight(ctx, asked)
    if asked.choice == "off":
        return _wake(ctx)
    return _rest(ctx, asked.having(milestone_id=found.id, pointer=""))


def _rest(ctx: Context, asked: Asked) -> Reply:
    milestone = ctx.milestone
    if not milestone.is_open:
        raise IllegalMove(milestone.state, "snoozed", ())
    situation = situation_of(ctx.uow, milestone)
    if situation is None or part_of(situation, ctx.person.id) is None:
        return ctx.private(views.not_told_card(milestone, ctx.reader, ctx.offers))
    day = _until(ctx, asked)
    if isinstance(day, Reply):
        return day
    until = hours_of(ctx.person, ctx.project).morning_from(day, ctx.now)
    rest(ctx.uow, Snooze(ctx.workspace.id, milestone.id, ctx.person.id, until), milestone, ctx.now)
    others = part_of(situation, ctx.person.id)
    return ctx.private(views.rests_card(milestone, until, others, ctx.reader, ctx.offers))


def _until(ctx: Context, asked: Asked) -> date | Reply:
    """The day meant: tomorrow at the soonest, thirty days ahead at the latest."""
    calendar = ctx.project.calendar if ctx.project else ctx.person.calendar
    shift = read_shift(asked.when) if asked.when else None
    shifted = shift.from_(ctx.today, calendar) if shift else None
    if shifted:
        asked = asked.having(due=shifted.isoformat(), when="")
    ahead = [d for d in _candidates(ctx, asked.when, calendar) if d > ctx.today]
    if len(ahead) == 1:
        asked = asked.having(due=ahead[0].isoformat(), when="")
    if not asked.when and not asked.due:
        return _ask(ctx, asked, ctx.reader.rich("Until when shall {key} rest?", key=ctx.milestone.key))
    day = settle_due(ctx, asked.having(choice=KEEP), ctx.milestone.title, calendar)
    if isinstance(day, Reply):
        return day
    if day - ctx.today > LONGEST:
        prompt = ctx.reader.rich("It may rest for {n} days at most. Until when?", n=LONGEST.days)
        return _ask(ctx, asked, prompt)
    if day <= ctx.today:
        return _ask(ctx, asked, RichText(ctx.reader.say("It can rest from tomorrow on. Until when?")))
    return day


def _candidates(ctx: Context, words: str, calendar: Calendar) -> tuple[date, ...]:
    """Every day the words may mean: of two, the one that is past or today is not meant."""
    if not words:
        return ()
    reading = read(words, local(ctx.now, ctx.reader.zone), habits(ctx, calendar))
    return tuple(dict.fromkeys(c.date for c in reading.candidates))


def _ask(ctx: Context, asked: Asked, prompt: RichText) -> Reply:
    calendar, today = ctx.reader.calendar, ctx.today
    monday = calendar.following(today + timedelta(days=7 - today.weekday()))
    days = dict.fromkeys((calendar.add(today, 1), monday, calendar.following(monday + timedelta(days=7))))
    choices = [Choice(ctx.reader.day(d), {"due": d.isoformat(), "when": ""}) for d in days]
    note = RichText(ctx.reader.say("Others are told as before; only you are not."))
    question = Question(prompt=prompt, field="when", choices=choices, note=note)
    return ctx.ask(question, asked.having(when="", due="", choice=""))


def _wake(ctx: Context) -> Reply:
    rests = ctx.uow.snoozes.about(ctx.workspace.id, ctx.milestone.id)
    if not any(s.person_id == ctx.person.id for s in rests):
        return ctx.private(views.not_resting_card(ctx.milestone, ctx.reader, ctx.offers))
    wake(ctx.uow, ctx.milestone, ctx.person.id, ctx.now)
    return ctx.private(views.woken_card(ctx.milestone, ctx.reader, ctx.offers))


def _which_rests(ctx: Context) -> Reply:
    rests = ctx.uow.snoozes.of(ctx.workspace.id, ctx.person.id)
    loaded = ((ctx.uow.milestones.get(ctx.workspace.id, s.milestone_id), s.until) for s in rests)
    found = [(m, until) for m, until in loaded if m and not m.withdrawn and sees(ctx.person, m)]
    if len(found) == 1:
        return _wake(ctx.about(found[0][0], None))
    return ctx.private(views.resting_card(found, ctx.reader, ctx.offers))


command = Command(verb=verb, rule=Rule.VIEW, handle=handle, take_apart=take_apart)
