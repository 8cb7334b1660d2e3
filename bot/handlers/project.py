"""project: start one, say what it is about, give it a home, put it away."""

from __future__ import annotations

from bot.access import Rule
from bot.cards import RichText
from bot.commands import Command, Context
from bot.commands.archiving import archive, bring_back
from bot.commands.setting_up import about, set_one, told
from bot.commands.settings import BRANCHES
from bot.commands.starting import STARTING, start
from bot.commands.targets import leading_project, settle_target
from bot.dialogs import Asked
from bot.language.branches import branch
from bot.messages import Reply
from bot.verbs import Verb
from bot.views.projects import no_project_card, projects_card
from bot.wording import N_

_PARTS = {
    **BRANCHES,
    "new": ("start", "create", "add"),
    "list": ("all",),
    "show": ("about", "info", "details"),
    "archive": ("put away", "close"),
    "back": ("bring back", "restore", "unarchive"),
}
_NAMED_BY_THE_REST = ("show", "archive", "back")

verb = Verb(
    name="project",
    summary=N_("Start a project, or say what it is about"),
    usage="[new | rename | scope | goals | client | lead | channel | archive] WORDS",
    examples=(
        "project",
        "project new Riverside",
        "project scope 24 flats, ready to move in",
        "project client Harbour Homes",
        "project APX start 2 March",
    ),
    twins=(*STARTING, "projects"),
    changes=True,
)


def handle(ctx: Context, asked: Asked) -> Reply:
    if asked.item:
        return _part(ctx, asked, asked.item, asked.value or asked.reason)
    if asked.said in STARTING:
        return start(ctx, asked, asked.text)
    if asked.said == "projects" and not asked.text:
        return _list(ctx)
    found, rest = leading_project(ctx, asked.text)
    part, words = branch(rest, _PARTS)
    asked = asked.having(project_id=found.id if found else "", text="")
    return _part(ctx, asked, part or "show", words)


def _part(ctx: Context, asked: Asked, part: str, words: str) -> Reply:
    if part == "new":
        return start(ctx, asked, words)
    if part == "list":
        return _list(ctx)
    named = words if part in _NAMED_BY_THE_REST and not asked.project_id else ""
    project = settle_target(ctx, asked.having(item=part, value=words), named)
    if isinstance(project, Reply):
        return project
    asked = asked.having(project_id=project.id)
    if part == "archive":
        return archive(ctx, asked, project)
    if part == "back":
        return bring_back(ctx, project)
    return told(ctx, project, RichText()) if part == "show" else set_one(ctx, asked, project, part, words)


def _list(ctx: Context) -> Reply:
    everything = ctx.uow.projects.all(ctx.workspace.id)
    archived = len(ctx.uow.projects.archived(ctx.workspace.id))
    if not everything and not archived:
        return ctx.private(no_project_card(ctx.reader, ctx.offers))
    rows = [about(ctx, project) for project in everything]
    return ctx.private(projects_card(rows, archived, ctx.reader, ctx.offers))


command = Command(verb=verb, rule=Rule.NAMES, handle=handle)
