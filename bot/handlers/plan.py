"""plan: a project's plan by questions, and what of it is unfinished."""

from __future__ import annotations

from dataclasses import replace

from bot.access import Rule
from bot.commands import Command, Context
from bot.commands.ledger import keep_new
from bot.commands.perform import require
from bot.commands.planning import WAYS_PAST, answer, ask_next, date_of, everything, unfinished
from bot.commands.registry import known
from bot.commands.sentences import NEW, read_as_new
from bot.commands.starting import ask_name, made, start_here
from bot.commands.targets import leading_project, settle_target
from bot.dialogs import Asked
from bot.domain.people import PROJECT_NAME_LIMIT, Project
from bot.domain.planning import Gap
from bot.messages import Reply
from bot.verbs import Verb
from bot.wording import N_

_NAMING = "name"

verb = Verb(
    name="plan",
    summary=N_("Plan a project by questions, and see what is unfinished"),
    usage="[PROJECT]",
    examples=("plan", "plan APX"),
    twins=("plan it", "plan this", "what is unfinished", "unfinished", "make a plan"),
    changes=True,
)


def handle(ctx: Context, asked: Asked) -> Reply:
    if asked.step == _NAMING:
        return _named(ctx, asked, asked.value or asked.reason)
    if asked.step:
        return _answered(ctx, asked)
    found, rest = leading_project(ctx, asked.text)
    if rest.strip() and not asked.project_id:
        return _as_new(ctx, asked)
    asked = asked.having(project_id=found.id if found else asked.project_id, text="")
    if not asked.project_id and not ctx.project and not _only(ctx):
        return _begin(ctx, asked)
    project = settle_target(ctx, asked)
    if isinstance(project, Reply):
        return project
    if asked.choice == "go" or _is_fresh(ctx, project):
        return ask_next(ctx, project)
    return unfinished(ctx, project)


def _answered(ctx: Context, asked: Asked) -> Reply:
    project = settle_target(ctx, asked)
    if isinstance(project, Reply):
        return project
    gap, _, subject = asked.step.partition(":")
    if asked.when.casefold() in WAYS_PAST:
        asked = asked.having(value=asked.when.casefold().removeprefix("finish "), when="")
    if gap == Gap.DATE and not asked.value:
        return date_of(ctx, project, asked, subject, asked.when)
    return answer(ctx, project, asked.having(value="", reason=""), asked.value or asked.reason)


def _begin(ctx: Context, asked: Asked) -> Reply:
    """No project is meant: in a channel it gets the channel's name, elsewhere it is asked for or chosen."""
    require(ctx, Rule.CREATE)
    if ctx.in_group:
        return ask_next(ctx, start_here(ctx))
    if ctx.uow.projects.all(ctx.workspace.id):
        project = settle_target(ctx, asked)
        return project if isinstance(project, Reply) else unfinished(ctx, project)
    return ask_name(ctx, asked.having(step=_NAMING), too_long=False)


def _named(ctx: Context, asked: Asked, words: str) -> Reply:
    require(ctx, Rule.CREATE)
    name = " ".join(words.split()).strip('"“”').lstrip("#")
    if not any(map(str.isalnum, name)) or len(name) > PROJECT_NAME_LIMIT:
        return ask_name(ctx, asked, too_long=len(name) > PROJECT_NAME_LIMIT)
    return _started(ctx, name)


def _started(ctx: Context, name: str) -> Reply:
    project = made(ctx, name)
    keep_new(ctx, project)
    return ask_next(ctx, project)


def _only(ctx: Context) -> Project | None:
    live = ctx.uow.projects.all(ctx.workspace.id)
    return live[0] if len(live) == 1 and not ctx.in_group else None


def _is_fresh(ctx: Context, project: Project) -> bool:
    """Nothing of a plan is there yet, so the first question may come at once."""
    settled = {item.gap for item in everything(ctx, project) if not item.is_open}
    return not settled & {Gap.SCOPE, Gap.PHASES}


def _as_new(ctx: Context, asked: Asked) -> Reply:
    """ "Plan the launch by Friday" asks for a milestone."""
    said, new = read_as_new(ctx, asked.text), known(ctx, NEW)
    if new is None or not (said.when or said.owner):
        project = settle_target(ctx, asked, asked.text)
        return project if isinstance(project, Reply) else unfinished(ctx, project)
    meant = Asked(title=said.title, when=said.when, owner=said.owner, needs=said.criteria, text=asked.text)
    require(ctx, new.rule)
    return new.handle(replace(ctx, verb=NEW), meant)


command = Command(verb=verb, rule=Rule.NAMES, handle=handle)
