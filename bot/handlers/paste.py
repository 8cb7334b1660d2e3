"""paste: rows of a spreadsheet become milestones, after they were shown."""

from __future__ import annotations

from bot.access import Rule
from bot.commands import Command, Context, Refused
from bot.commands.adding import add_together, criteria_of
from bot.commands.pasted import Understood, from_json, to_json, understood
from bot.commands.project import settle_project
from bot.dialogs import Asked, Choice, Question
from bot.domain.milestone import Milestone
from bot.domain.people import DateOrder, Project
from bot.errors import NotUnderstood
from bot.language.rows import MOST_ROWS, PASTE_LIMIT, count_rows, pasted
from bot.messages import Reply
from bot.verbs import Verb
from bot.views import pasting
from bot.wording import N_

verb = Verb(
    name="paste",
    summary=N_("Add milestones from rows of a spreadsheet"),
    usage="ROWS",
    examples=("paste",),
    twins=("paste rows",),
    changes=True,
)

_HEADER = 1


def handle(ctx: Context, asked: Asked) -> Reply:
    if asked.step:
        return _add(ctx, asked)
    rows = pasted(asked.value) or pasted(f"paste\n{asked.value}")
    if not rows:
        prompt, note = pasting.how_to_paste(ctx.reader)
        return ctx.ask(Question(prompt=prompt, field="value", note=note), asked.having(value=""))
    _require_few(ctx, rows)
    project = settle_project(ctx, asked)
    if isinstance(project, Reply):
        return project
    order = DateOrder(asked.choice) if asked.choice in set(DateOrder) else DateOrder.UNKNOWN
    found = understood(ctx, project, rows, order)
    if found.ambiguous:
        return _ask_order(ctx, asked.having(project_id=project.id), found.ambiguous)
    if not found.has_due:
        raise Refused(pasting.no_dates_card(ctx.reader, ctx.offers))
    return _show(ctx, project, found)


def _require_few(ctx: Context, rows: str) -> None:
    """Before anything is read: counting line ends costs nothing."""
    lines = count_rows(rows)
    if lines > MOST_ROWS + _HEADER and lines - rows.count("\n\n") > MOST_ROWS + _HEADER:
        raise Refused(pasting.too_many_rows_card(lines, MOST_ROWS, ctx.reader, ctx.offers))
    if len(rows) > PASTE_LIMIT:
        raise Refused(pasting.too_large_card(PASTE_LIMIT, MOST_ROWS, ctx.reader, ctx.offers))


def _ask_order(ctx: Context, asked: Asked, words: str) -> Reply:
    reader = ctx.reader
    choices = [
        Choice(reader.say("Day first"), {"choice": str(DateOrder.DMY)}),
        Choice(reader.say("Month first"), {"choice": str(DateOrder.MDY)}),
    ]
    return ctx.ask(
        Question(prompt=pasting.which_order(words, reader), field="choice", choices=choices), asked
    )


def _show(ctx: Context, project: Project, found: Understood) -> Reply:
    shown = pasting.Pasted(
        project=project,
        rows=found.rows,
        doubles=found.doubles,
        problems=found.problems,
        unknown=found.unknown,
        on_days_off=found.on_days_off,
        names=ctx.names({row.owner_id for row in found.rows}),
    )
    both = sorted((*found.rows, *found.doubles), key=lambda row: row.number)
    given = {"project_id": project.id, "step": ctx.uow.new_id()}
    add, every = {**given, "value": to_json(found.rows)}, {**given, "value": to_json(both)}
    return ctx.private(pasting.preview_card(shown, add, every, ctx.reader, ctx.offers))


def _add(ctx: Context, asked: Asked) -> Reply:
    """What was shown, once: the preview named the batch, so pressing twice finds it there."""
    before = ctx.uow.histories.of_batch(ctx.workspace.id, asked.step)
    if before:
        return ctx.private(pasting.already_added_card(before[0].id, ctx.reader, ctx.offers))
    project = settle_project(ctx, asked)
    if isinstance(project, Reply):
        return project
    try:
        rows = from_json(asked.value)
    except ValueError as error:
        raise NotUnderstood("rows") from error
    made = [_milestone(ctx, project, row) for row in rows]
    entries = add_together(ctx, project, made, asked.step)
    named = [f"{m.key} {m.title}" for m in made]
    return ctx.private(pasting.added_card(named, project.name, entries[0].id, ctx.reader, ctx.offers))


def _milestone(ctx: Context, project: Project, row: pasting.Row) -> Milestone:
    return Milestone(
        id=ctx.uow.new_id(),
        workspace_id=ctx.workspace.id,
        project_id=project.id,
        project_key=project.key,
        number=ctx.uow.projects.next_number(ctx.workspace.id, project.id),
        title=row.title,
        owner_id=row.owner_id,
        due=row.due,
        baseline_due=row.due,
        zone=project.zone,
        created_by=ctx.person.id,
        created_at=ctx.now,
        phase_id=row.phase_id,
        criteria=criteria_of(ctx, row.needs),
    )


command = Command(verb=verb, rule=Rule.CREATE, handle=handle)
