"""repeat: a milestone that is there comes again from now on; or a change goes for those that follow."""

from __future__ import annotations

from dataclasses import replace

from bot.access import Rule
from bot.cards import RichText
from bot.commands import Command, Context, Refused, record, told
from bot.commands.repeating import change_following, rule_of, start_series, with_repeat
from bot.dialogs import Asked, Choice, Question
from bot.domain.history import Action
from bot.errors import IllegalMove
from bot.messages import Reply
from bot.verbs import Verb
from bot.views import series as views
from bot.views.milestone import NAME_ROOM, shortened
from bot.wording import N_

verb = Verb(
    name="repeat",
    summary=N_("Let a milestone come again"),
    usage="MILESTONE every MONTH",
    examples=("repeat APX-1 every month", "repeat APX-1 every last Friday, 6 times"),
    twins=("comes again", "recur"),
    changes=True,
)

FOLLOWING = "following"


def handle(ctx: Context, asked: Asked) -> Reply:
    if asked.choice == FOLLOWING:
        return _following(ctx, asked)
    milestone = ctx.milestone
    if milestone.series_id:
        known = ctx.uow.series.get(ctx.workspace.id, milestone.series_id)
        if known and not known.is_over:
            return ctx.private(views.nothing_follows_card(known, ctx.reader, ctx.offers))
    if not milestone.is_open:
        raise IllegalMove(milestone.state, "changed", ())
    if not asked.again:
        return _ask_how_often(ctx, asked)
    batch_id = ctx.uow.new_id()
    repeated = milestone.next(series_id=ctx.uow.new_id())
    entry = record(ctx, milestone, repeated, Action.REPEATED, batch_id=batch_id)
    rule = rule_of(asked)
    start_series(ctx, repeated, rule, milestone.due, batch_id)
    said = RichText(ctx.reader.say("It comes {rule} from now on.", rule=views.rule_words(rule, ctx.reader)))
    return told(ctx, repeated, entry, said)


def _following(ctx: Context, asked: Asked) -> Reply:
    series = ctx.uow.series.get(ctx.workspace.id, ctx.milestone.series_id)
    entry = ctx.uow.histories.get(ctx.workspace.id, asked.history_id)
    if series is None or entry is None or entry.milestone_id != ctx.milestone.id:
        raise Refused(views.no_series_card(ctx.reader, ctx.offers))
    changed = change_following(ctx, series, ctx.milestone, entry)
    if changed is None:
        return ctx.private(views.nothing_follows_card(series, ctx.reader, ctx.offers))
    now = ctx.uow.series.get(ctx.workspace.id, series.id) or series
    return ctx.private(views.following_card(now, changed.id, ctx.reader, ctx.offers))


def _ask_how_often(ctx: Context, asked: Asked) -> Reply:
    reader = ctx.reader
    ways = (
        ("week", reader.say("Every week")), ("month", reader.say("Every month")),
        ("year", reader.say("Every year")),
    )  # fmt: skip
    choices = [Choice(label, {"text": f"every {unit}", "pointer": ""}) for unit, label in ways]
    title = shortened(ctx.milestone.title, NAME_ROOM)
    prompt = reader.rich("How often does “{title}” come again?", title=title)
    note = RichText(reader.say("Or type it, for example “every last Friday” or “every 2 weeks, 6 times”."))
    question = Question(prompt=prompt, field="text", choices=choices, note=note)
    return ctx.ask(question, asked.having(milestone_id=ctx.milestone.id, text=""))


def take_apart(ctx: Context, asked: Asked) -> Asked:
    """How often is cut out; what is left points at the milestone."""
    found = with_repeat(ctx, asked)
    return replace(found, milestone_id=asked.milestone_id) if asked.milestone_id else found


command = Command(verb=verb, rule=Rule.EDIT, handle=handle, on_milestone=True, take_apart=take_apart)
