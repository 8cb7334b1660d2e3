"""Which project is meant where a verb is about a project, and whether it may be changed."""

from __future__ import annotations

from bot.access import Matter, Rule, may
from bot.cards import RichText
from bot.commands.context import Context, Refused
from bot.commands.project import project_like
from bot.commands.who import name_of
from bot.dialogs import Asked, Choice, Question
from bot.domain.people import Project
from bot.messages import Reply
from bot.views.milestone import NAME_ROOM, shortened
from bot.views.projects import archived_card, no_project_card, only_lead_card, unknown_project_card

_LONGEST_NAME = 12  # words
_LEADING = ("for", "of", "in", "project")
_MOST_BUTTONS = 4


def leading_project(ctx: Context, words: str) -> tuple[Project | None, str]:
    """The project these words begin with, by key or whole name, and what follows it."""
    parts = words.split(None, _LONGEST_NAME)
    if parts and parts[0].casefold() in _LEADING:
        parts = parts[1:]
    by_name = {name.casefold(): p for p in _everything(ctx) for name in (p.name, p.key)}
    for count in range(min(len(parts), _LONGEST_NAME), 0, -1):
        found = by_name.get(" ".join(parts[:count]).rstrip(":,").casefold())
        if found:
            return found, " ".join(parts[count:])
    return None, words


def settle_target(ctx: Context, asked: Asked, words: str = "") -> Project | Reply:
    """The project said, this conversation's, the only one, or asked.  ``words`` name it and nothing else."""
    if asked.project_id:
        found = ctx.uow.projects.get(ctx.workspace.id, asked.project_id)
        if found and not found.withdrawn:
            return found
    if words.strip():
        return _by_name(ctx, asked, words)
    if ctx.project:
        return ctx.project
    live = ctx.uow.projects.all(ctx.workspace.id)
    if len(live) == 1:
        return live[0]
    if not live:
        raise Refused(no_project_card(ctx.reader, ctx.offers))
    return _which(ctx, asked, live)


def require_settings(ctx: Context, project: Project) -> None:
    """Raises `Refused`, naming the lead, unless the sender may change the project."""
    if not may(ctx.person, Rule.SETTINGS, Matter(project)):
        lead = name_of(ctx, project.lead_id)
        raise Refused(only_lead_card(project, lead, ctx.reader, ctx.offers))


def require_change(ctx: Context, project: Project) -> None:
    """Like `require_settings`, and what is archived is brought back before it is changed."""
    require_settings(ctx, project)
    if project.archived:
        raise Refused(archived_card(project, ctx.reader, ctx.offers))


def _by_name(ctx: Context, asked: Asked, words: str) -> Project:
    exact, rest = leading_project(ctx, words)
    found = exact if exact and not rest else project_like(ctx, words)
    if found is None:
        raise Refused(unknown_project_card(words, ctx.reader, ctx.offers))
    return found


def _everything(ctx: Context) -> tuple[Project, ...]:
    """Live ones last, so that their names win over those of archived ones."""
    return (*ctx.uow.projects.archived(ctx.workspace.id), *ctx.uow.projects.all(ctx.workspace.id))


def _which(ctx: Context, asked: Asked, projects: tuple[Project, ...]) -> Reply:
    choices = [Choice(shortened(p.name, NAME_ROOM), {"project_id": p.id}) for p in projects[:_MOST_BUTTONS]]
    note = RichText(ctx.reader.say("Or type another project's key."))
    prompt = RichText(ctx.reader.say("Which project?"))
    return ctx.ask(Question(prompt=prompt, field="pointer", choices=choices, note=note), asked)
