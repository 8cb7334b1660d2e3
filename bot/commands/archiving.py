"""Putting a project away with what is open in it, and bringing it back."""

from __future__ import annotations

from dataclasses import replace

from bot.cards import RichText
from bot.commands.change import record
from bot.commands.context import Context
from bot.commands.ledger import keep
from bot.commands.setting_up import homed_elsewhere, told
from bot.commands.targets import require_settings
from bot.dialogs import Asked, Choice, Question
from bot.domain import lifecycle
from bot.domain.history import Action
from bot.domain.ledger import Deed
from bot.domain.people import Project
from bot.messages import Reply
from bot.reminders.situation import open_milestones
from bot.views.milestone import shortened
from bot.views.projects import archived_card, archived_now_card

DROP, LEAVE = "drop", "leave"
_LEAVING = frozenset({LEAVE, "leave them", "keep", "keep them"})
_DROPPING = frozenset({DROP, "drop all", "drop them", "cancel them"})


def archive(ctx: Context, asked: Asked, project: Project) -> Reply:
    """Asks what becomes of milestones that are open; all of it is one change."""
    require_settings(ctx, project)
    if project.archived:
        return ctx.private(archived_card(project, ctx.reader, ctx.offers))
    many = _count(ctx, project)
    answer = " ".join(asked.choice.casefold().split())
    if many and answer not in _LEAVING | _DROPPING:
        return _ask(ctx, asked, project, many)
    batch_id = ctx.uow.new_id()
    if answer in _DROPPING:
        _drop_all(ctx, project, batch_id)
    entry = keep(ctx, project, replace(project, archived=True), Deed.ARCHIVED, batch_id)
    return ctx.private(archived_now_card(project, entry.id, ctx.reader, ctx.offers))


def bring_back(ctx: Context, project: Project) -> Reply:
    """In the lists again, and heard of; without its channel where another project lives there now."""
    require_settings(ctx, project)
    if not project.archived:
        return told(ctx, project, RichText(ctx.reader.say("It is not archived.")))
    other = homed_elsewhere(ctx, project, project.home) if project.home else None
    back = replace(project, archived=False, home=None if other else project.home)
    entry = keep(ctx, project, back, Deed.BROUGHT_BACK)
    said = RichText(ctx.reader.say("It is back."))
    if other:
        name = shortened(other.name, 40)
        said = ctx.reader.rich("It is back, without a channel: {other} lives there now.", other=name)
    return told(ctx, back, said, entry.id)


def _drop_all(ctx: Context, project: Project, batch_id: str) -> None:
    reason = ctx.reader.say("The project was archived.")
    while found := open_milestones(ctx.uow, project):
        for milestone in found:
            dropped = lifecycle.cancelled(milestone, reason)
            record(ctx, milestone, dropped, Action.DROPPED, note=reason, batch_id=batch_id)


def _count(ctx: Context, project: Project) -> int:
    return len(open_milestones(ctx.uow, project))


def _ask(ctx: Context, asked: Asked, project: Project, many: int) -> Reply:
    reader, name = ctx.reader, shortened(project.name, 30)
    prompt = RichText(
        reader.many(
            "{name}: what becomes of {n} open milestone?",
            "{name}: what becomes of {n} open milestones?",
            many,
            name=name,
        )
    )
    fills = {"item": "archive", "project_id": project.id}
    choices = [
        Choice(reader.many("Drop {n}", "Drop all {n}", many), {**fills, "choice": DROP}),
        Choice(reader.say("Leave as they are"), {**fills, "choice": LEAVE}),
    ]
    note = RichText(reader.say("Left as they are, they come back with the project."))
    question = Question(prompt=prompt, field="choice", choices=choices, note=note)
    return ctx.ask(question, asked.having(item="archive", project_id=project.id, choice="", text=""))
