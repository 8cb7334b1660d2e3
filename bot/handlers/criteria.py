"""criteria: what proves a milestone: shown, added, ticked, reworded, taken away."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.access import Rule
from bot.cards import RichText
from bot.commands import Command, Context, record
from bot.commands.parts import (
    ADD,
    ONE,
    SAY,
    SHOW,
    explained,
    list_of,
    listed,
    matching,
    pick,
    require_open,
    require_part,
    seen_by,
    taken_apart,
)
from bot.commands.perform import require
from bot.commands.proving import (
    ASK,
    FILE,
    FILED,
    SIGN,
    TICK,
    ask_where,
    ask_yes,
    file_elsewhere,
    hand_in,
    measure,
    not_yet,
    sign,
    tick,
)
from bot.commands.standards import Adding, to_add
from bot.dialogs import Asked, Question
from bot.domain import standards
from bot.domain.history import Action
from bot.domain.milestone import Criterion, CriterionKind
from bot.forms import Field, FieldKind, Form
from bot.language.standards import reported
from bot.messages import Reply
from bot.verbs import Verb
from bot.views.criteria import criterion_card
from bot.views.milestone import NAME_ROOM, shortened
from bot.views.parts import CRITERIA
from bot.wording import N_

verb = Verb(
    name=CRITERIA,
    summary=N_("Say what proves a milestone, and tick it"),
    usage="MILESTONE",
    examples=(
        "criteria APX-1",
        "criteria add APX-1 client signed",
        "APX-1 needs test coverage ≥ 80 %",
        "criteria add APX-1 document: inspection report",
    ),
    twins=("needs", "criterion", "standards", "what is missing", "what's missing", "what proves", "proof of"),
    changes=True,
)

UNTICK, REMOVE, REWORD, NOT_YET = "untick", "remove", "reword", "not_yet"
_WORDS = {
    ADD: ("new", "plus"),
    TICK: ("check", "check off", "tick off"),
    UNTICK: ("uncheck", "not done"),
    REMOVE: ("delete", "take away"),
    REWORD: ("change", "edit"),
}
_TO = (" to ", " into ", " → ", " -> ")


def take_apart(ctx: Context, asked: Asked) -> Asked:
    return taken_apart(ctx, asked, _WORDS)


def handle(ctx: Context, asked: Asked) -> Reply:
    if asked.choice in _EDITS:
        require_part(ctx, Rule.EDIT, command, asked)
        require_open(ctx)
    elif asked.choice in _REPORTS:
        require_open(ctx)
    with explained(ctx):
        return _DO.get(asked.choice, _show)(ctx, asked)


def _show(ctx: Context, asked: Asked) -> Reply:
    return list_of(ctx, CRITERIA, page=asked.page)


def _say(ctx: Context, asked: Asked) -> Reply:
    """Free words behind the milestone: a figure that was reached, one of the list, or one more for it."""
    what, how_much = reported(asked.value)
    measurable = [c for c in ctx.milestone.criteria if c.kind is CriterionKind.NUMBER]
    found = matching(measurable, what) if what else ()
    if len(found) == 1:
        require_part(ctx, Rule.REPORT, command, asked)
        require_open(ctx)
        measured, entry, said = measure(ctx, how_much, found[0])
        return list_of(ctx, CRITERIA, said, measured, entry)
    if any(standards.same(c.text, asked.value) for c in ctx.milestone.criteria):
        return _one(ctx, asked)
    return handle(ctx, asked.having(choice=ADD))


def _add(ctx: Context, asked: Asked) -> Reply:
    if not asked.value.strip() and not asked.needs:
        return _ask_what(ctx, asked)
    adding = to_add(ctx, asked)
    return adding if isinstance(adding, Reply) else _added(ctx, adding)


def _added(ctx: Context, adding: Adding) -> Reply:
    new = standards.added(ctx.milestone, adding.criteria)
    texts = ", ".join(c.text for c in adding.criteria)
    entry = record(ctx, ctx.milestone, new, Action.PROOF_ADDED, note=texts)
    said = ctx.reader.rich("Added: {texts}.", texts=shortened(texts, 160))
    for criterion in adding.criteria:
        if criterion.kind is CriterionKind.APPROVAL:
            said = said + " " + ask_yes(ctx, new, criterion)
    return list_of(ctx, CRITERIA, said, new, entry)


def _ask_what(ctx: Context, asked: Asked) -> Reply:
    reader, title = ctx.reader, shortened(ctx.milestone.title, NAME_ROOM)
    about = asked.having(choice=ADD, milestone_id=ctx.milestone.id, value="")
    prompt = reader.rich("What will be true when “{title}” is reached?", title=title)
    note = RichText(reader.say("For example: report filed, coverage at least 80 %, document: permit."))
    form = Form(
        title=reader.say("What proves it"),
        token=ctx.form_token(about),
        fields=(Field("needs", reader.say("One a line"), FieldKind.LONG_TEXT, max_length=2000),),
        submit=reader.say("Save"),
        cancel=reader.say("Cancel"),
        intro=prompt.text,
    )
    return ctx.ask(Question(prompt=prompt, field="needs", note=note), about, form)


def _tick(ctx: Context, asked: Asked) -> Reply:
    several = listed(ctx.milestone.missing, asked.value) if not asked.item else ()
    if len(several) > 1 and all(c.kind is CriterionKind.BOOLEAN for c in several):
        return _tick_all(ctx, asked, several)
    found = pick(ctx, asked, CRITERIA, ctx.milestone.criteria, lambda c: not c.is_done)
    return found if isinstance(found, Reply) else tick(ctx, asked, found)


def _tick_all(ctx: Context, asked: Asked, several: tuple[Criterion, ...]) -> Reply:
    require_part(ctx, Rule.REPORT, command, asked)
    milestone = ctx.milestone
    for criterion in several:
        ticked = standards.ticked(milestone, criterion.id, ctx.person.id, ctx.now)
        milestone = ctx.milestone.next(criteria=ticked.criteria)
    texts = ", ".join(c.text for c in several)
    entry = record(ctx, ctx.milestone, milestone, Action.TICKED, note=texts)
    return list_of(
        ctx, CRITERIA, ctx.reader.rich("Ticked: {text}.", text=shortened(texts, 160)), milestone, entry
    )


def _untick(ctx: Context, asked: Asked) -> Reply:
    require_part(ctx, Rule.REPORT, command, asked)
    found = pick(ctx, asked, CRITERIA, ctx.milestone.criteria, lambda c: c.is_done)
    if isinstance(found, Reply):
        return found
    if not found.is_done:
        return list_of(ctx, CRITERIA, ctx.reader.rich("“{text}” is open already.", text=found.text))
    unticked = standards.unticked(ctx.milestone, found.id)
    entry = record(ctx, ctx.milestone, unticked, Action.UNTICKED, note=found.text)
    return list_of(ctx, CRITERIA, ctx.reader.rich("Open again: {text}.", text=found.text), unticked, entry)


def _remove(ctx: Context, asked: Asked) -> Reply:
    found = pick(ctx, asked, CRITERIA, ctx.milestone.criteria)
    if isinstance(found, Reply):
        return found
    removed = standards.removed(ctx.milestone, found.id)
    entry = record(ctx, ctx.milestone, removed, Action.PROOF_REMOVED, note=found.text)
    return list_of(ctx, CRITERIA, ctx.reader.rich("Removed: {text}.", text=found.text), removed, entry)


def _reword(ctx: Context, asked: Asked) -> Reply:
    old, new = (asked.value, "") if asked.item else _from_and_to(ctx, asked.value)
    found = pick(ctx, asked.having(value=old), CRITERIA, ctx.milestone.criteria)
    if isinstance(found, Reply):
        return found
    text = asked.needs[0].strip() if asked.needs else new
    if not text:
        return _ask_words(ctx, asked, found)
    reworded = standards.reworded(ctx.milestone, found.id, text)
    entry = record(ctx, ctx.milestone, reworded, Action.PROOF_REWORDED, note=text)
    return list_of(ctx, CRITERIA, ctx.reader.rich("It reads now: {text}.", text=text), reworded, entry)


def _ask_words(ctx: Context, asked: Asked, criterion: Criterion) -> Reply:
    prompt = ctx.reader.rich("What should “{text}” say?", text=shortened(criterion.text, NAME_ROOM))
    note = RichText(ctx.reader.say("Other words need other proof: a tick goes back to open."))
    about = asked.having(item=criterion.id, title=criterion.text, milestone_id=ctx.milestone.id, value="")
    return ctx.ask(Question(prompt=prompt, field="needs", note=note), about)


def _from_and_to(ctx: Context, words: str) -> tuple[str, str]:
    """(which, what it should say) of "report filed to report signed"; the cut that names one of them."""
    for between in _TO:
        for at in (n for n in range(len(words)) if words.startswith(between, n)):
            if len(matching(ctx.milestone.criteria, words[:at])) == 1:
                return words[:at], words[at + len(between) :].strip()
    return words, ""


def _file(ctx: Context, asked: Asked) -> Reply:
    """``value`` is the id of a kept attachment."""
    require_part(ctx, Rule.REPORT, command, asked)
    found = pick(ctx, asked, CRITERIA, ctx.milestone.criteria)
    if isinstance(found, Reply):
        return found
    handed, entry, said = hand_in(ctx, found, asked.value)
    return list_of(ctx, CRITERIA, said, handed, entry)


def _filed(ctx: Context, asked: Asked) -> Reply:
    require_part(ctx, Rule.REPORT, command, asked)
    found = pick(ctx, asked, CRITERIA, ctx.milestone.criteria)
    if isinstance(found, Reply):
        return found
    if not asked.value.strip():
        return ask_where(ctx, asked, found)
    filed, entry, said = file_elsewhere(ctx, found, asked.value)
    return list_of(ctx, CRITERIA, said, filed, entry)


def _approval(act: Callable[[Context, Criterion], Reply]) -> Callable[[Context, Asked], Reply]:
    def do(ctx: Context, asked: Asked) -> Reply:
        found = pick(ctx, asked, CRITERIA, ctx.milestone.criteria, lambda c: c.kind is CriterionKind.APPROVAL)
        return found if isinstance(found, Reply) else act(ctx, found)

    return do


def _ask(ctx: Context, criterion: Criterion) -> Reply:
    require(ctx, Rule.REPORT)
    return list_of(ctx, CRITERIA, ask_yes(ctx, ctx.milestone, criterion))


def _one(ctx: Context, asked: Asked) -> Reply:
    found = pick(ctx, asked.having(choice=ONE), CRITERIA, ctx.milestone.criteria)
    if isinstance(found, Reply):
        return found
    return ctx.private(criterion_card(found, seen_by(ctx, ctx.milestone), ctx.reader, ctx.offers))


_EDITS = frozenset({ADD, REMOVE, REWORD})
_REPORTS = frozenset({TICK, UNTICK, FILE, FILED, ASK, SIGN, NOT_YET})
_DO: Mapping[str, Callable[[Context, Asked], Reply]] = {
    SHOW: _show,
    SAY: _say,
    ADD: _add,
    TICK: _tick,
    UNTICK: _untick,
    REMOVE: _remove,
    REWORD: _reword,
    FILE: _file,
    FILED: _filed,
    ASK: _approval(_ask),
    SIGN: _approval(sign),
    NOT_YET: _approval(not_yet),
    ONE: _one,
}

command = Command(verb=verb, rule=Rule.VIEW, handle=handle, on_milestone=True, take_apart=take_apart)
