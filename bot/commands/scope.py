"""What a list is about: one's own, a project's, everything in sight; or one milestone after all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bot.cards import Card
from bot.commands.context import Context
from bot.commands.perform import require_sight
from bot.commands.project import named_project, project_like
from bot.commands.telling import whole_story
from bot.commands.which import project_of, settle_milestone
from bot.dialogs import Asked
from bot.domain.health import AT_REST
from bot.domain.milestone import Milestone
from bot.domain.people import Project
from bot.messages import Reply
from bot.ports import Filter
from bot.sight import narrowed
from bot.views.lists import ALL

MINE = "mine"
_MINE = frozenset({MINE, "my", "me", "of mine", "for me", "i"})
_ALL = frozenset({ALL, "everything", "everywhere", "anything", "something", "what", "who"})
_EVERYTHING = frozenset({ALL, "everything", "everywhere"})
_PAGE = 200
_MOST_PAGES = 25


@dataclass(frozen=True, slots=True)
class Scope:
    """``name`` of the project or team, empty for one's own; ``asked`` is the same list from a button."""

    which: Filter
    name: str
    asked: dict[str, Any]

    @property
    def is_mine(self) -> bool:
        return not self.name


def scope_of(ctx: Context, asked: Asked, *, mine: bool) -> Scope | Reply:
    """``mine``: without a word, and outside a project's channel, one's own is meant."""
    words = asked.pointer.strip()
    if words.casefold() in _MINE or (mine and not words and not asked.project_id and ctx.project is None):
        return Scope(Filter(owner_id=ctx.person.id), "", {"pointer": MINE})
    named = asked.project_id or ("" if words.casefold() in _ALL else words)
    project = named_project(ctx, named) or project_like(ctx, named) if named else None
    if named and project is None:
        return one_after_all(ctx, asked)
    if project is None and not words:
        project = ctx.project
    which = narrowed(ctx.person, Filter(project_id=project.id if project else ""))
    again = {"project_id": project.id} if project else {"pointer": ALL}
    return Scope(which, project.name if project else ctx.workspace.name, again)


def project_meant(ctx: Context, asked: Asked) -> Project | None:
    """The project named, else the conversation's; "all" and a direct message mean every project."""
    words = asked.pointer.strip()
    if asked.project_id or words:
        return named_project(ctx, asked.project_id or words) or project_like(ctx, words)
    return ctx.project


def names_one(asked: Asked, project: Project | None) -> bool:
    """Words that are no project and not "everything" name a milestone."""
    words = asked.pointer.strip().casefold()
    return bool(words) and project is None and words not in _EVERYTHING


def expected(ctx: Context, which: Filter) -> Iterator[Milestone]:
    """What is open and not at rest, soonest first."""
    for number in range(1, _MOST_PAGES + 1):
        page = ctx.uow.milestones.page(ctx.workspace.id, which, number, _PAGE)
        yield from (m for m in page.milestones if m.state not in AT_REST)
        if number * _PAGE >= page.total:
            return


def answer(ctx: Context, scope: Scope, card: Card) -> Reply:
    """One's own list is nobody else's to read."""
    return ctx.personal(card) if scope.is_mine else ctx.private(card)


def one_after_all(ctx: Context, asked: Asked) -> Reply:
    """ "Is APX-7 late?", "How is Beta?", "What is blocking Beta?" ask about one milestone."""
    found = settle_milestone(ctx, asked)
    if isinstance(found, Reply):
        return found
    about = ctx.about(found, project_of(ctx, found))
    require_sight(about, asked)
    return ctx.private(whole_story(about))
