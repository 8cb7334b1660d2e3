"""settings: how a project works and how the team does; changed one at a time or all at once."""

from __future__ import annotations

from bot.access import Matter, Rule, may
from bot.commands import Command, Context
from bot.commands.set_up import ask_all, take_all
from bot.commands.setting_up import about, set_one
from bot.commands.settings import BRANCHES, place_of
from bot.commands.starting import start_here
from bot.commands.targets import leading_project, settle_target
from bot.commands.team_settings import TEAM_BRANCHES, set_team
from bot.dialogs import Asked
from bot.domain import public_holidays
from bot.domain.people import Project
from bot.language.branches import branch
from bot.messages import Reply
from bot.verbs import Verb
from bot.views.settings import settings_card, team_card
from bot.wording import N_

FORM = "form"
_NOT_HERE = ("name", "scope", "goals", "client", "department", "start")
_PARTS = {
    **{name: twins for name, twins in BRANCHES.items() if name not in _NOT_HERE},
    **TEAM_BRANCHES,
    FORM: ("set up", "setup", "change", "all"),
}
_SETTING_UP = ("set up", "setup", "configure", "set up this channel")

verb = Verb(
    name="settings",
    summary=N_("See and change how a project works"),
    usage="[zone | hours | days | holidays | lead | channel | digest | language | evidence] WORDS",
    examples=(
        "settings",
        "settings digest 8:30",
        "settings holidays DE Bavaria",
        "settings working days Mon-Sat",
        "settings hours 7:00-16:00",
    ),
    twins=(*_SETTING_UP, "setting"),
    changes=True,
)


def handle(ctx: Context, asked: Asked) -> Reply:
    if asked.item:
        return _part(ctx, asked, asked.item, asked.value or asked.reason)
    if asked.choice == FORM or asked.answers:
        return _all(ctx, asked)
    found, rest = leading_project(ctx, asked.text)
    part, words = branch(rest, _PARTS)
    asked = asked.having(project_id=found.id if found else asked.project_id, text="")
    if part == FORM or (asked.said in _SETTING_UP and not part):
        return _all(ctx, asked)
    return _part(ctx, asked, part, words) if part else _show(ctx, asked, rest)


def _part(ctx: Context, asked: Asked, part: str, words: str) -> Reply:
    if part in TEAM_BRANCHES:
        return set_team(ctx, asked, part, words)
    project = settle_target(ctx, asked.having(item=part, value=words))
    if isinstance(project, Reply):
        return project
    if asked.choice == FORM:
        return ask_all(ctx, asked, project, part, words)
    return set_one(ctx, asked, project, part, words)


def _all(ctx: Context, asked: Asked) -> Reply:
    """A channel that is nobody's home yet becomes that of a project of its own."""
    is_free = ctx.in_group and ctx.project is None and not asked.project_id
    project = start_here(ctx) if is_free else settle_target(ctx, asked.having(choice=FORM))
    if isinstance(project, Reply):
        return project
    asked = asked.having(project_id=project.id, choice=FORM)
    return take_all(ctx, project, asked.answers) if asked.answers else ask_all(ctx, asked, project)


def _show(ctx: Context, asked: Asked, words: str) -> Reply:
    if not ctx.uow.projects.all(ctx.workspace.id):
        return ctx.private(team_card(ctx.workspace, ctx.reader, ctx.offers))
    project = settle_target(ctx, asked, words)
    return project if isinstance(project, Reply) else shown(ctx, project)


def shown(ctx: Context, project: Project) -> Reply:
    place = place_of(project)
    named = public_holidays.named_days(place, ctx.today.year) if place else ()
    next_off = next(((day, name) for day, name in named if day >= ctx.today), None)
    return ctx.private(
        settings_card(
            about(ctx, project),
            ctx.workspace,
            place.label if place else "",
            next_off,
            ctx.reader,
            ctx.offers,
            may_change=may(ctx.person, Rule.SETTINGS, Matter(project)),
        )
    )


command = Command(verb=verb, rule=Rule.NAMES, handle=handle)
