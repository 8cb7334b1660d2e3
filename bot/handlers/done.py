"""done: achieved, once every completion standard is ticked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.access import Rule
from bot.cards import RichText
from bot.commands import Command, Context, record, told
from bot.commands.perform import require
from bot.commands.proving import ask_for, proved_by_answer
from bot.commands.states import already
from bot.commands.when import habits
from bot.dialogs import Asked, Choice, Question
from bot.domain import lifecycle
from bot.domain.history import Action
from bot.domain.lifecycle import CAN_BE_BLOCKED, next_states
from bot.domain.local_time import local
from bot.domain.milestone import TITLE_LIMIT, Criterion, CriterionKind, Milestone, State
from bot.errors import IllegalMove
from bot.language.dates import read
from bot.messages import Reply
from bot.verbs import Verb
from bot.views.milestone import ITEM_ROOM, NAME_ROOM, listed, shortened
from bot.views.proof import standard_words
from bot.wording import N_

verb = Verb(
    name="done",
    summary=N_("Mark a milestone achieved"),
    usage="MILESTONE",
    examples=("done APX-1", "done APX-1 finished yesterday"),
    twins=(
        "complete",
        "finish",
        "finished",
        "close",
        "hit",
        "reached",
        "achieved",
        "mark done",
        "mark complete",
    ),
    changes=True,
    menu=True,
)

_AS_TITLED, _ALL = "as_titled", "all"
_CLEAR = 3  # letters that say enough
_YES = frozenset({_ALL, "yes", "yes all", "everything", "all of it", "both", "it is", "it is there"})


def handle(ctx: Context, asked: Asked) -> Reply:
    if ctx.milestone.state is State.ACHIEVED:
        return already(ctx)
    _require_from_here(ctx)
    done_on = _done_on(ctx, asked)
    if isinstance(done_on, Reply):
        return done_on
    answered = proved_by_answer(ctx, asked)
    if isinstance(answered, Reply):
        return answered
    milestone = answered.milestone
    ticked = _ticked(answered, asked, milestone)
    if isinstance(ticked, Reply):
        return ticked
    achieved = replace(lifecycle.achieved(ticked, done_on, ctx.today), version=milestone.version + 1)
    entry = record(answered, milestone, achieved, Action.ACHIEVED, note=asked.reason)
    return told(answered, achieved, entry, RichText(ctx.reader.say("Marked as done.")))


def _ticked(ctx: Context, asked: Asked, milestone: Milestone) -> Milestone | Reply:
    """The milestone with what was just confirmed ticked, or the question what is missing."""
    if asked.needs and not milestone.criteria:
        text = asked.needs[0].strip()[:TITLE_LIMIT]
        return milestone.next(criteria=(Criterion(ctx.uow.new_id(), text, ctx.person.id, ctx.now),))
    if not milestone.criteria:
        if asked.choice != _AS_TITLED:
            return _ask_proof(ctx, asked)
        return lifecycle.as_titled(milestone, ctx.uow.new_id(), ctx.person.id, ctx.now)
    if not milestone.missing:
        return milestone
    return _confirmed(ctx, asked, milestone)


def _confirmed(ctx: Context, asked: Asked, milestone: Milestone) -> Milestone | Reply:
    """What a word is enough for first, then what takes a figure, a file or somebody's yes, one by one."""
    plain = [c for c in milestone.missing if c.kind is CriterionKind.BOOLEAN]
    others = [c for c in milestone.missing if c.kind is not CriterionKind.BOOLEAN]
    parts = [" ".join(part.casefold().split()) for part in asked.choice.split(",")]
    everything = bool(_YES & set(parts))
    confirmed = frozenset(c.id for c in plain if everything or _is_named(c, parts))
    if len(confirmed) < len(plain):
        return _ask_missing(ctx, asked, milestone, confirmed)
    if others:
        still = asked.having(choice=",".join(sorted(confirmed)), milestone_id=milestone.id)
        return ask_for(ctx, still, others[0])
    return lifecycle.ticked(milestone, confirmed, ctx.person.id, ctx.now)


def _is_named(criterion: Criterion, parts: list[str]) -> bool:
    """By a button's id, or by a clear part of its words."""
    text = criterion.text.casefold()
    return any(part == criterion.id or (len(part) >= _CLEAR and part in text) for part in parts)


def _ask_missing(ctx: Context, asked: Asked, milestone: Milestone, confirmed: frozenset[str]) -> Reply:
    """One button per standard still open; each press keeps what was confirmed before."""
    reader = ctx.reader
    still = [c for c in milestone.missing if c.id not in confirmed]
    plain = [c for c in still if c.kind is CriterionKind.BOOLEAN]
    choices = [
        Choice(
            shortened(c.text, ITEM_ROOM),
            {"choice": ",".join(sorted({*confirmed, c.id})), "milestone_id": milestone.id},
        )
        for c in plain[:2]
    ]
    if len(plain) > 1:
        choices.append(
            Choice(reader.say("All of it is there"), {"choice": _ALL, "milestone_id": milestone.id})
        )
    title = shortened(milestone.title, NAME_ROOM)
    if len(still) == 1:
        prompt = reader.rich("“{title}” needs one more thing. Is it there?", title=title)
    else:
        prompt = reader.rich("“{title}” needs {n} more things. Which are there?", title=title, n=len(still))
    note = reader.rich("Missing: {list}.", list=listed([standard_words(c, reader) for c in still], reader))
    question = Question(prompt=prompt, field="choice", choices=choices, note=note)
    return ctx.ask(question, asked.having(choice=",".join(sorted(confirmed)), milestone_id=milestone.id))


def _ask_proof(ctx: Context, asked: Asked) -> Reply:
    reader, title = ctx.reader, shortened(ctx.milestone.title, NAME_ROOM)
    choices = [Choice(reader.say("As titled"), {"choice": _AS_TITLED, "milestone_id": ctx.milestone.id})]
    prompt = reader.rich("What proves “{title}”?", title=title)
    note = RichText(reader.say("Press As titled if the name says it all, or type what proves it."))
    question = Question(prompt=prompt, field="needs", choices=choices, note=note)
    return ctx.ask(question, asked.having(milestone_id=ctx.milestone.id))


def _done_on(ctx: Context, asked: Asked) -> date | Reply:
    if not asked.when:
        return ctx.today
    back = habits(ctx, ctx.reader.calendar, looks_back=True)
    reading = read(asked.when, local(ctx.now, ctx.reader.zone), back)
    if reading.is_understood and reading.date and reading.date <= ctx.today:
        return reading.date
    choices = [Choice(ctx.reader.say("Today"), {"when": "", "milestone_id": ctx.milestone.id})]
    prompt = ctx.reader.rich("“{words}”: which day was it done?", words=shortened(asked.when, NAME_ROOM))
    note = RichText(ctx.reader.say("Or type the day, for example “yesterday”."))
    question = Question(prompt=prompt, field="when", choices=choices, note=note)
    return ctx.ask(question, asked.having(milestone_id=ctx.milestone.id, when=""))


def _require_from_here(ctx: Context) -> None:
    """Before anything is asked: what waits or is over cannot be done, what was handed in is signed off."""
    milestone = ctx.milestone
    if milestone.state not in CAN_BE_BLOCKED:
        raise IllegalMove(milestone.state, State.ACHIEVED, next_states(milestone))
    if milestone.state is State.IN_REVIEW:
        require(ctx, Rule.APPROVE)


command = Command(
    verb=verb, rule=Rule.COMPLETE, handle=handle, on_milestone=True, for_many=True, choice_for_many=_AS_TITLED
)
