"""Ticking what proves a milestone, each kind its own way: a word, a figure, a file, somebody's yes."""

from __future__ import annotations

from bot.access import Rule
from bot.cards import RichText
from bot.commands.change import record, told
from bot.commands.context import Context, Refused
from bot.commands.parts import list_of, may_as, tell
from bot.commands.perform import require
from bot.dialogs import Asked, Choice, Question
from bot.domain import standards
from bot.domain.history import Action, History
from bot.domain.milestone import Criterion, CriterionKind, Milestone
from bot.domain.notices import NoticeKind
from bot.language.standards import figure
from bot.messages import Reply
from bot.reminders.address import Posted
from bot.views.milestone import NAME_ROOM, shortened
from bot.views.part_refusals import not_a_figure_card, their_yes_card
from bot.views.parts import CRITERIA
from bot.views.proof import standard_words, target_words

TICK, FILE, FILED, ASK, SIGN = "tick", "file", "filed", "ask", "sign"


def tick(ctx: Context, asked: Asked, criterion: Criterion) -> Reply:
    """One tap, or the question that this kind takes."""
    if criterion.kind is CriterionKind.APPROVAL:
        return sign(ctx, criterion)
    if ctx.draft is None:
        require(ctx, Rule.REPORT)
    about = asked.having(choice=TICK, item=criterion.id, title=criterion.text, milestone_id=ctx.milestone.id)
    if criterion.kind is CriterionKind.NUMBER:
        return (
            _figure_given(ctx, asked.value, criterion)
            if asked.item and asked.value
            else ask_figure(ctx, about, criterion)
        )
    if criterion.kind is CriterionKind.DOCUMENT:
        return ask_document(ctx, about, criterion)
    if criterion.is_done:
        return list_of(ctx, CRITERIA, already(ctx, criterion))
    ticked = standards.ticked(ctx.milestone, criterion.id, ctx.person.id, ctx.now)
    entry = record(ctx, ctx.milestone, ticked, Action.TICKED, note=criterion.text)
    return list_of(ctx, CRITERIA, ctx.reader.rich("Ticked: {text}.", text=criterion.text), ticked, entry)


def _figure_given(ctx: Context, words: str, criterion: Criterion) -> Reply:
    measured, entry, said = measure(ctx, words, criterion)
    return list_of(ctx, CRITERIA, said, measured, entry)


def ask_figure(ctx: Context, asked: Asked, criterion: Criterion) -> Reply:
    reader = ctx.reader
    prompt = reader.rich("“{text}”: where does it stand?", text=shortened(criterion.text, NAME_ROOM))
    least = reader.rich("At least {target} proves it. Type the figure.", target=target_words(criterion))
    now = reader.rich("{standard} so far. Type the figure.", standard=standard_words(criterion, reader))
    question = Question(prompt=prompt, field="value", note=now if criterion.value else least)
    return ctx.ask(question, asked.having(item=criterion.id, value="", milestone_id=ctx.milestone.id))


def measure(ctx: Context, words: str, criterion: Criterion) -> tuple[Milestone, History, RichText]:
    """The milestone with the new figure, and what to say of it.  Raises `Refused` when it is none."""
    read, reader = figure(words), ctx.reader
    if not read:
        raise Refused(not_a_figure_card(criterion, words, ctx.milestone, reader, ctx.offers))
    measured = standards.measured(ctx.milestone, criterion.id, read, ctx.person.id, ctx.now)
    now = standards.find(measured, criterion.id) or criterion
    standard = standard_words(now, reader)
    entry = record(ctx, ctx.milestone, measured, Action.MEASURED, note=standard)
    said = reader.rich("Reached: {standard}.", standard=standard)
    return measured, entry, said if now.is_done else reader.rich("Noted: {standard}.", standard=standard)


def ask_document(ctx: Context, asked: Asked, criterion: Criterion) -> Reply:
    """The file itself, or where it is kept instead."""
    reader = ctx.reader
    prompt = reader.rich("“{text}” is a document. Where is it?", text=shortened(criterion.text, NAME_ROOM))
    note = RichText(reader.say("Send it here as a file, or say that it is filed elsewhere."))
    elsewhere = Choice(
        reader.say("It is filed elsewhere"),
        {"choice": _goes_on(ctx, asked), "item": criterion.id, "milestone_id": ctx.milestone.id, "value": ""},
    )
    question = Question(prompt=prompt, field="value", choices=[elsewhere], note=note)
    return ctx.ask(question, _about_place(ctx, asked, criterion))


def _goes_on(ctx: Context, asked: Asked) -> str:
    """On the way to done what was chosen before is kept; the item alone says what the answer is about."""
    return FILED if ctx.verb == CRITERIA else asked.choice


def ask_where(ctx: Context, asked: Asked, criterion: Criterion) -> Reply:
    prompt = ctx.reader.rich("Where is “{text}” filed?", text=shortened(criterion.text, NAME_ROOM))
    note = RichText(
        ctx.reader.say("A folder, a link or a place in words, for example: site office, binder 3.")
    )
    question = Question(prompt=prompt, field="value", note=note)
    return ctx.ask(question, _about_place(ctx, asked, criterion))


def _about_place(ctx: Context, asked: Asked, criterion: Criterion) -> Asked:
    """What is typed next is where the document is."""
    goes_on, about = _goes_on(ctx, asked), ctx.milestone.id
    return asked.having(choice=goes_on, item=criterion.id, value="", milestone_id=about)


def file_elsewhere(ctx: Context, criterion: Criterion, where: str) -> tuple[Milestone, History, RichText]:
    filed = standards.filed(ctx.milestone, criterion.id, where, ctx.person.id, ctx.now)
    entry = record(ctx, ctx.milestone, filed, Action.TICKED, note=criterion.text)
    said = ctx.reader.rich("Ticked: {text}, filed: {place}.", text=criterion.text, place=shortened(where, 80))
    return filed, entry, said


def hand_in(ctx: Context, criterion: Criterion, attachment_id: str) -> tuple[Milestone, History, RichText]:
    """A file that was kept proves it."""
    handed = standards.handed_in(ctx.milestone, criterion.id, attachment_id, ctx.person.id, ctx.now)
    entry = record(ctx, ctx.milestone, handed, Action.TICKED, note=criterion.text)
    return handed, entry, ctx.reader.rich("Ticked with the file: {text}.", text=criterion.text)


def sign(ctx: Context, criterion: Criterion) -> Reply:
    """The yes of the one who was named, and nobody else's."""
    if not may_as(ctx, Rule.SIGN, criterion.approver_id):
        name = _approver(ctx, criterion)
        raise Refused(their_yes_card(criterion, ctx.milestone, name, ctx.reader, ctx.offers))
    if criterion.is_done:
        return list_of(ctx, CRITERIA, already(ctx, criterion))
    signed = standards.signed(ctx.milestone, criterion.id, ctx.person.id, ctx.now)
    entry = record(ctx, ctx.milestone, signed, Action.SIGNED, note=criterion.text)
    tell(
        ctx,
        signed,
        NoticeKind.SIGNED,
        signed.owner_id,
        f"yes:v{signed.version}",
        item=criterion.id,
        answer="yes",
    )
    said = ctx.reader.rich("You approved: {text}.", text=criterion.text)
    return list_of(ctx, CRITERIA, said, signed, entry)


def not_yet(ctx: Context, criterion: Criterion) -> Reply:
    """No harm done: the owner hears that it has to wait, once a day at most."""
    if not may_as(ctx, Rule.SIGN, criterion.approver_id):
        name = _approver(ctx, criterion)
        raise Refused(their_yes_card(criterion, ctx.milestone, name, ctx.reader, ctx.offers))
    if criterion.is_done:
        return list_of(ctx, CRITERIA, already(ctx, criterion))
    owner = ctx.milestone.owner_id
    tell(ctx, ctx.milestone, NoticeKind.SIGNED, owner, f"no:{ctx.today}", item=criterion.id, answer="no")
    if owner == ctx.person.id:
        return list_of(ctx, CRITERIA, ctx.reader.rich("All right, it stays open."))
    name = ctx.names({owner}).get(owner, "")
    return list_of(ctx, CRITERIA, ctx.reader.rich("All right, {name} hears that it has to wait.", name=name))


def ask_yes(ctx: Context, milestone: Milestone, criterion: Criterion) -> RichText:
    """Send it to the one whose yes counts; what to say of that.  At most once a day."""
    reader, name = ctx.reader, _approver(ctx, criterion)
    if criterion.approver_id == ctx.person.id:
        return reader.rich("It takes your yes.")
    posted = tell(
        ctx, milestone, NoticeKind.SIGN_OFF, criterion.approver_id, str(ctx.today), item=criterion.id
    )
    if posted is Posted.NOBODY:
        return reader.rich("I can't reach {name}: ask in person, the button is on this list.", name=name)
    if posted is Posted.KNOWN:
        return reader.rich("{name} was asked today already.", name=name)
    return reader.rich("{name} is asked.", name=name)


def already(ctx: Context, criterion: Criterion) -> RichText:
    name = ctx.names({criterion.done_by}).get(criterion.done_by, "") or ctx.reader.say("someone who left")
    day = ctx.reader.since(criterion.done_at) if criterion.done_at else ""
    return ctx.reader.rich("{name} ticked it on {day} already.", name=name, day=day)


def _approver(ctx: Context, criterion: Criterion) -> str:
    return ctx.names({criterion.approver_id}).get(criterion.approver_id, "")


def ask_for(ctx: Context, asked: Asked, criterion: Criterion) -> Reply:
    """On the way to done: the question that this kind takes; what was chosen before is kept."""
    if criterion.kind is CriterionKind.NUMBER:
        return ask_figure(ctx, asked, criterion)
    if criterion.kind is CriterionKind.DOCUMENT:
        return ask_document(ctx, asked, criterion)
    reader, before = ctx.reader, asked.having(value="", item=criterion.id)
    prompt = reader.rich("“{text}” needs a yes.", text=shortened(criterion.text, NAME_ROOM))
    name = shortened(_approver(ctx, criterion), NAME_ROOM)
    if criterion.approver_id == ctx.person.id:
        choices = [_choice(reader.say("Approve"), SIGN, before)]
        return ctx.ask(Question(prompt=prompt, field="value", choices=choices), before)
    note = reader.rich("Only {name} can say it.", name=name)
    choices = [_choice(reader.say("Send to {name}", name=name), ASK, before)]
    return ctx.ask(Question(prompt=prompt, field="value", choices=choices, note=note), before)


def _choice(label: str, word: str, asked: Asked) -> Choice:
    return Choice(label, {"choice": ",".join(filter(None, (asked.choice, f"={word}"))), "item": asked.item})


def proved_by_answer(ctx: Context, asked: Asked) -> Context | Reply:
    """The turn with what the answer proves recorded; a reply when that is not enough to go on."""
    criterion = standards.find(ctx.milestone, asked.item) if asked.item else None
    if criterion is None or criterion.is_done:
        return ctx
    chosen = asked.choice.split(",")
    if criterion.kind is CriterionKind.APPROVAL:
        return _answered_yes(ctx, criterion, chosen)
    if criterion.kind is CriterionKind.NUMBER and asked.value:
        return _went_on(ctx, measure(ctx, asked.value, criterion))
    if criterion.kind is CriterionKind.DOCUMENT:
        if ctx.kept:
            return _went_on(ctx, hand_in(ctx, criterion, ctx.kept[0].id))
        return (
            _went_on(ctx, file_elsewhere(ctx, criterion, asked.value))
            if asked.value
            else ask_where(ctx, asked, criterion)
        )
    return ctx


def _answered_yes(ctx: Context, criterion: Criterion, chosen: list[str]) -> Context | Reply:
    if f"={SIGN}" in chosen and may_as(ctx, Rule.SIGN, criterion.approver_id):
        signed = standards.signed(ctx.milestone, criterion.id, ctx.person.id, ctx.now)
        record(ctx, ctx.milestone, signed, Action.SIGNED, note=criterion.text)
        return ctx.about(signed, ctx.project)
    if f"={ASK}" not in chosen:
        return ctx
    return told(ctx, ctx.milestone, None, ask_yes(ctx, ctx.milestone, criterion))


def _went_on(ctx: Context, made: tuple[Milestone, History, RichText]) -> Context | Reply:
    milestone, entry, said = made
    if len(milestone.missing) < len(ctx.milestone.missing):
        return ctx.about(milestone, ctx.project)
    return told(ctx, milestone, entry, said)
