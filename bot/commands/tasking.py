"""Tasks: whose one is, and what is told when it changes hands or is done."""

from __future__ import annotations

from bot.access import Matter, Rule, may, who_can
from bot.commands.change import record
from bot.commands.context import Context, Refused
from bot.commands.parts import list_of, tell
from bot.commands.who import name_of
from bot.domain import tasks
from bot.domain.history import Action
from bot.domain.milestone import Milestone, Task
from bot.domain.notices import NoticeKind
from bot.messages import Reply
from bot.views.parts import TASKS
from bot.views.refusals import not_allowed


def require_task(ctx: Context, task: Task) -> None:
    """Raises `Refused` unless it is theirs, or the milestone is theirs to report on."""
    matter = Matter(ctx.project, ctx.subject, task.assignee_id)
    if may(ctx.person, Rule.TASK, matter):
        return
    names = tuple(name_of(ctx, person_id) for person_id in who_can(matter))
    raise Refused(not_allowed(ctx.subject, names, ctx.reader, ctx.offers))


def finish(ctx: Context, task: Task) -> Reply:
    require_task(ctx, task)
    if task.is_done:
        return list_of(ctx, TASKS, ctx.reader.rich("“{text}” is done already.", text=task.text))
    done = tasks.done(ctx.milestone, task.id, ctx.person.id, ctx.now)
    entry = record(ctx, ctx.milestone, done, Action.TASK_DONE, note=task.text)
    return list_of(ctx, TASKS, ctx.reader.rich("Done: {text}.", text=task.text), done, entry)


def tell_assignee(ctx: Context, milestone: Milestone, task: Task) -> None:
    """Once for each person who gets it, however often it goes back and forth."""
    if task.assignee_id:
        tell(ctx, milestone, NoticeKind.TASK_GIVEN, task.assignee_id, task.assignee_id, item=task.id)


def of_sender(ctx: Context) -> tuple[tuple[Milestone, Task], ...]:
    """What the sender still has to do, the soonest milestone first."""
    found = ctx.uow.milestones.with_tasks_of(ctx.workspace.id, ctx.person.id)
    return tuple((m, t) for m in found for t in m.tasks if t.assignee_id == ctx.person.id and not t.is_done)
