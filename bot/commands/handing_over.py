"""Everything of one person to others: many changes, one batch, one undo, one word to each who takes over."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import groupby

from bot.commands.change import record
from bot.commands.context import Context
from bot.domain import lifecycle
from bot.domain.history import Action, History
from bot.domain.milestone import Milestone
from bot.domain.people import Person, Project, Role
from bot.ports import Filter
from bot.reminders import people_news

_PAGE = 200


@dataclass(frozen=True, slots=True)
class HandedOver:
    """What changed hands.  ``batch_id`` takes it all back; ``takers``: what each now owns, by their id."""

    batch_id: str
    entries: tuple[History, ...] = ()
    takers: Mapping[str, tuple[Milestone, ...]] = field(default_factory=dict)

    @property
    def count(self) -> int:
        return len(self.entries)


def owned_by(ctx: Context, person_id: str) -> tuple[Milestone, ...]:
    """Every open milestone of a person, soonest first."""
    which, found, number = Filter(owner_id=person_id), list[Milestone](), 1
    while True:
        page = ctx.uow.milestones.page(ctx.workspace.id, which, number, _PAGE)
        found += page.milestones
        if len(found) >= page.total or not page.milestones:
            return tuple(found)
        number += 1


def hand_over(
    ctx: Context,
    milestones: Iterable[Milestone],
    taker_of: Callable[[Milestone], str],
    note: str = "",
    batch_id: str = "",
    giver: Person | None = None,
    tell: frozenset[str] | None = None,
) -> HandedOver:
    """Give each open milestone to the person ``taker_of`` names; what they own already stays untouched.

    Whoever takes over is told once, however many there are, or only those in ``tell``; ``giver`` is whom it
    came from where that is not the sender.  Raises `VersionConflict`.
    """
    batch, entries, given = batch_id or ctx.uow.new_id(), list[History](), list[Milestone]()
    for milestone in milestones:
        taker = taker_of(milestone)
        if not taker or taker == milestone.owner_id:
            continue
        now = lifecycle.assigned(milestone, taker)
        entries.append(record(ctx, milestone, now, Action.ASSIGNED, note=note, batch_id=batch))
        given.append(now)
    takers = _by_owner(given)
    whose = giver or ctx.person
    told = frozenset(takers) if tell is None else tell
    for person_id in sorted((takers.keys() & told) - {ctx.person.id}):
        people_news.handed_over(ctx.uow, person_id, whose, batch, ctx.now, left=not whose.active)
    return HandedOver(batch, tuple(entries), takers)


def successor(ctx: Context, leaver: Person) -> Callable[[Milestone], str]:
    """Who takes a leaver's milestone: their deputy, else the project's lead, else an admin; empty: nobody."""
    deputy = _able(ctx, leaver.deputy_on(ctx.today), leaver)
    leads = {p.id: _able(ctx, p.lead_id, leaver) for p in ctx.uow.projects.all(ctx.workspace.id)}
    last = next((p.id for p in ctx.uow.people.all(ctx.workspace.id) if _is_admin(p, leaver)), "")
    return lambda milestone: deputy or leads.get(milestone.project_id, "") or last


def leads_of(ctx: Context, milestones: Iterable[Milestone]) -> frozenset[str]:
    """Whoever leads the projects these belong to."""
    projects = {m.project_id for m in milestones}
    found = (ctx.uow.projects.get(ctx.workspace.id, ident) for ident in projects)
    return frozenset(project.lead_id for project in found if project)


def led_by(ctx: Context, person_id: str) -> tuple[Project, ...]:
    return tuple(p for p in ctx.uow.projects.all(ctx.workspace.id) if p.lead_id == person_id)


def _able(ctx: Context, person_id: str, leaver: Person) -> str:
    """Their id while they are here and may own something."""
    person = ctx.uow.people.get(ctx.workspace.id, person_id) if person_id else None
    if person is None or not person.active or person.id == leaver.id or person.role is Role.VIEWER:
        return ""
    return person.id


def _is_admin(person: Person, leaver: Person) -> bool:
    return person.role is Role.ADMIN and person.active and person.id != leaver.id


def _by_owner(milestones: Iterable[Milestone]) -> dict[str, tuple[Milestone, ...]]:
    in_order = sorted(milestones, key=lambda m: m.owner_id)
    return {owner: tuple(group) for owner, group in groupby(in_order, key=lambda m: m.owner_id)}
