"""From one sentence to a plan: scope, phases, what ends each of them, dates; each answer kept at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.access import Matter, Rule, may
from bot.cards import RichText
from bot.commands.change import record, record_new
from bot.commands.context import Context
from bot.commands.ledger import keep, keep_new
from bot.commands.phases import entries_in, new_phase, of, wrong_phases
from bot.commands.sentences import read_as_new
from bot.commands.settings import SETTINGS
from bot.commands.targets import require_change
from bot.commands.when import settle_due
from bot.commands.who import known_as
from bot.dialogs import Asked, Choice, Question
from bot.domain import lifecycle
from bot.domain.history import Action
from bot.domain.milestone import Milestone, State
from bot.domain.people import Project
from bot.domain.phases import EXIT_LIMIT, Phase
from bot.domain.planning import Gap, Item, estimated_end, items, next_after
from bot.messages import Reply
from bot.reminders import arm
from bot.reminders.situation import open_milestones
from bot.views.milestone import shortened
from bot.views.planning import unfinished_card
from bot.views.settings import hint_words, question_words

SKIP, LATER = "skip", "later"
WAYS_PAST = frozenset({SKIP, LATER, "finish later"})


def everything(ctx: Context, project: Project) -> tuple[Item, ...]:
    milestones = open_milestones(ctx.uow, project)
    return items(project, of(ctx, project), milestones, ctx.uow.people.all(ctx.workspace.id))


def unfinished(ctx: Context, project: Project, said: str = "") -> Reply:
    """What is left of the plan, and a way on for whoever may settle it."""
    left = [item for item in everything(ctx, project) if item.is_open]
    card = unfinished_card(
        project, left, ctx.reader, ctx.offers, said,
        rehearses=ctx.workspace.rehearsal,
        may_go_on=may(ctx.person, Rule.SETTINGS, Matter(project)),
    )  # fmt: skip
    return ctx.private(card)


def ask_next(ctx: Context, project: Project, after: str = "", said: str = "") -> Reply:
    """The next question behind the step ``after``, or what is left when there is none."""
    require_change(ctx, project)
    item = next_after(everything(ctx, project), after)
    if item is None:
        return unfinished(ctx, project, said)
    return _ask(ctx, project, item)


def answer(ctx: Context, project: Project, asked: Asked, words: str) -> Reply:
    """The answer to the step ``asked.step``, kept, and the next question."""
    require_change(ctx, project)
    words = " ".join(words.split()) if "\n" not in words else words.strip()
    gap, _, subject = asked.step.partition(":")
    if words.casefold() in WAYS_PAST - {SKIP}:
        return unfinished(ctx, project, ctx.reader.say("Kept as it is. Type “plan” to go on at any time."))
    if words.casefold() == SKIP or gap not in _TAKE:
        return ask_next(ctx, project, asked.step)
    return _TAKE[gap](ctx, project, asked, subject, words)


def date_of(ctx: Context, project: Project, asked: Asked, milestone_id: str, words: str) -> Reply:
    """A draft's date: from then on it is promised."""
    milestone = ctx.uow.milestones.get(ctx.workspace.id, milestone_id)
    if milestone is None or milestone.state is not State.DRAFT or milestone.project_id != project.id:
        return ask_next(ctx, project, asked.step)
    asked = asked.having(when=words or asked.when, reason="", value="", project_id=project.id)
    due = settle_due(ctx, asked, milestone.title, project.calendar)
    if isinstance(due, Reply):
        return due
    settled = replace(lifecycle.confirmed(replace(milestone, due=due)), baseline_due=due)
    record(ctx, milestone, settled, Action.CONFIRMED)
    if settled.owner_id != ctx.person.id:
        arm.announce_assignment(ctx.uow, settled, ctx.person.id, ctx.now)
    return ask_next(ctx, project, asked.step)


def _take_setting(ctx: Context, project: Project, asked: Asked, subject: str, words: str) -> Reply:
    """The scope, or whose holidays."""
    changed = SETTINGS[asked.step].read(ctx, project, words)
    if isinstance(changed, RichText):
        return _ask(ctx, project, Item(Gap(asked.step)), changed)
    if changed != project:
        keep(ctx, project, changed)
    return ask_next(ctx, changed, asked.step)


def _take_phases(ctx: Context, project: Project, asked: Asked, subject: str, words: str) -> Reply:
    entries = entries_in(words)
    wrong = wrong_phases(ctx, project, entries) if entries else RichText(ctx.reader.say("Name one at least."))
    if wrong:
        return _ask(ctx, project, Item(Gap.PHASES), wrong)
    batch_id = ctx.uow.new_id()
    for name, leaving in entries:
        phase = new_phase(ctx, project, name, leaving)
        keep_new(ctx, phase, batch_id)
    return ask_next(ctx, project, asked.step)


def _take_exit(ctx: Context, project: Project, asked: Asked, subject: str, words: str) -> Reply:
    """What ends a phase is its last milestone: as promised as what was said along, else a draft."""
    phase = ctx.uow.phases.get(ctx.workspace.id, subject)
    if phase is None or phase.project_id != project.id or phase.withdrawn:
        return ask_next(ctx, project, asked.step)
    said = read_as_new(ctx, words)
    title = " ".join((said.title or words).split())
    if len(title) > EXIT_LIMIT:
        too_long = RichText(ctx.reader.say("Say it in at most 200 characters."))
        return _ask(ctx, project, Item(Gap.EXIT, phase.id, phase.name), too_long)
    batch_id = ctx.uow.new_id()
    keep(ctx, phase, replace(phase, exit=title), batch_id=batch_id)
    draft = _draft(ctx, project, phase, title, said.owner)
    record_new(ctx, draft, batch_id)
    return (
        date_of(ctx, project, asked.having(step=f"{Gap.DATE}:{draft.id}"), draft.id, said.when)
        if said.when
        else (ask_next(ctx, project, asked.step))
    )


def _draft(ctx: Context, project: Project, phase: Phase, title: str, owner: str) -> Milestone:
    phases, there = of(ctx, project), open_milestones(ctx.uow, project)
    people = known_as(ctx, owner) if owner else ()
    return Milestone(
        id=ctx.uow.new_id(),
        workspace_id=ctx.workspace.id,
        project_id=project.id,
        project_key=project.key,
        number=ctx.uow.projects.next_number(ctx.workspace.id, project.id),
        title=title,
        owner_id=people[0].id if len(people) == 1 and people[0].active else ctx.person.id,
        due=estimated_end(project, phase, phases, there, ctx.today),
        zone=project.zone,
        created_by=ctx.person.id,
        created_at=ctx.now,
        state=State.DRAFT,
        phase_id=phase.id,
    )


_TAKE = {
    Gap.SCOPE.value: _take_setting,
    Gap.HOLIDAYS.value: _take_setting,
    Gap.PHASES.value: _take_phases,
    Gap.EXIT.value: _take_exit,
    Gap.DATE.value: date_of,
}


def _ask(ctx: Context, project: Project, item: Item, why_not: RichText | None = None) -> Reply:
    """One question with a way past it and a way out; what was answered before is kept already."""
    prompt, hint = _words(ctx, project, item)
    fills = {"step": item.code, "project_id": project.id}
    choices = [Choice(label, {**fills, **more}) for label, more in _likely(ctx, item)]
    choices.append(Choice(ctx.reader.say("Skip"), {**fills, "value": SKIP}))
    choices.append(Choice(ctx.reader.say("Finish later"), {**fills, "value": LATER}))
    field = "when" if item.gap is Gap.DATE else "reason"
    question = Question(prompt=why_not or prompt, field=field, choices=choices, note=RichText(hint))
    return ctx.ask(question, Asked(project_id=project.id, step=item.code))


def _words(ctx: Context, project: Project, item: Item) -> tuple[RichText, str]:
    """The question and a hint how to answer it."""
    reader, name = ctx.reader, shortened(item.name or project.name, 40)
    match item.gap:
        case Gap.SCOPE | Gap.HOLIDAYS:
            return question_words(item.gap.value, name, reader), hint_words(item.gap.value, reader)
        case Gap.PHASES:
            hint = reader.say("In order, with commas between. For example: Design, Build, Handover")
            return reader.rich("Which phases does {project} have?", project=name), hint
        case Gap.EXIT:
            hint = reader.say("For example: Shell closed and inspected by 12 June @ana")
            return reader.rich("{phase}: what is true when this phase ends?", phase=name), hint
        case _:
            hint = reader.say("A guess is in the first button. Or type a date, for example “end of May”.")
            return reader.rich("When is “{title}” to be true?", title=name), hint


def _likely(ctx: Context, item: Item) -> list[tuple[str, dict[str, str]]]:
    if item.gap is Gap.HOLIDAYS:
        return [(ctx.reader.say("No holidays"), {"value": "none"})]
    milestone = ctx.uow.milestones.get(ctx.workspace.id, item.subject) if item.gap is Gap.DATE else None
    if milestone is None:
        return []
    guess: date = milestone.due
    return [(ctx.reader.day(guess), {"due": guess.isoformat()})]
