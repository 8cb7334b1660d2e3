"""phase: the stretches of a project, in order, each with what is true when it ends."""

from __future__ import annotations

from bot.access import Rule
from bot.commands import Command, Context
from bot.commands import phases as doing
from bot.commands.targets import leading_project, settle_target
from bot.dialogs import Asked
from bot.domain.people import Project
from bot.language.branches import branch
from bot.messages import Reply
from bot.verbs import Verb
from bot.wording import N_

_ADDING = ("new phase", "add phase", "new phases", "add phases", "create phase")
_PARTS = {
    "add": ("new", "create"),
    "rename": ("call",),
    "order": ("reorder", "sort"),
    "exit": ("end", "ends when", "ends", "true when"),
    "remove": ("delete",),
    "list": ("show", "all"),
}

verb = Verb(
    name="phase",
    summary=N_("Put a project's milestones into phases"),
    usage="[add | rename | order | exit | remove] NAME",
    examples=(
        "phase add Design, Build, Handover",
        "phase",
        "phase Build ends when the shell is closed",
        "phase APX-1 Build",
        "phase order Build, Design, Handover",
    ),
    twins=(*_ADDING, "phases"),
    changes=True,
)


def handle(ctx: Context, asked: Asked) -> Reply:
    if asked.item:
        return _part(ctx, asked, asked.item, asked.value or asked.title + asked.reason)
    found, rest = leading_project(ctx, asked.text)
    part, words = branch(rest, _PARTS)
    asked = asked.having(
        project_id=found.id if found else "", text="", pointer="", title="", owner="", when=""
    )
    if asked.said in _ADDING:
        return _part(ctx, asked, "add", rest)
    return _part(ctx, asked, part or ("name" if rest else "list"), words)


def _part(ctx: Context, asked: Asked, part: str, words: str) -> Reply:
    if part == "name" and (pointed := doing.pointed_at(ctx, words)):
        return doing.put_into(ctx, asked, *pointed)
    project = settle_target(ctx, asked.having(item=part, value=words))
    if isinstance(project, Reply):
        return project
    return _DOING[part](ctx, asked.having(project_id=project.id, item=part), project, words)


def _list(ctx: Context, asked: Asked, project: Project, words: str) -> Reply:
    return doing.listed(ctx, project)


_DOING = {
    "add": doing.add,
    "rename": doing.rename,
    "order": doing.order,
    "exit": doing.leave_when,
    "remove": doing.remove,
    "name": doing.one,
    "list": _list,
}

command = Command(verb=verb, rule=Rule.NAMES, handle=handle)
