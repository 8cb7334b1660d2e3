"""Somebody leaves: nothing of theirs may be left without an owner, and the lead hears of it once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from bot.access import Matter, Rule, may
from bot.commands.belongings import with_parts
from bot.commands.change import record
from bot.commands.context import Context
from bot.commands.handing_over import HandedOver, hand_over, leads_of, led_by, owned_by, successor
from bot.commands.ledger import keep
from bot.domain.handing_over import passed_on
from bot.domain.history import Action
from bot.domain.ledger import Deed, Entry
from bot.domain.milestone import Milestone
from bot.domain.people import Gone, Person, Role
from bot.reminders import people_news
from bot.reminders.proposing import pass_all_on

TakerOf = Callable[[Milestone], str]


def leave(ctx: Context, person: Person, why: Gone) -> tuple[Entry, HandedOver]:
    """Out at once; what they own, and what waits for them, goes to their deputy, else to each project's lead,
    else to an admin, and so does each project they led.  One batch, so that one undo brings it all back."""
    batch = ctx.uow.new_id()
    gone = replace(person, active=False, gone=why)
    entry = keep(ctx, person, gone, Deed.LEFT, batch)
    after = _leader(ctx, gone)
    for project in led_by(ctx, person.id) if after else ():
        keep(ctx, project, replace(project, lead_id=after), batch_id=batch)
    takers = successor(ctx, gone)
    owned, parts = owned_by(ctx, person.id), _parts_given(ctx, person, takers, batch)
    leads = leads_of(ctx, (*owned, *parts.values()))
    owned = tuple(parts.get(m.id, m) for m in owned)
    handed = hand_over(ctx, owned, takers, batch_id=batch, giver=gone, tell=_others(owned, takers, leads))
    for taker in sorted(_others(parts.values(), takers, leads) - handed.takers.keys() - {ctx.person.id}):
        people_news.handed_over(ctx.uow, taker, gone, batch, ctx.now, left=True)
    pass_all_on(ctx.uow, ctx.workspace.id, gone.id, ctx.now)
    people_news.left(ctx.uow, gone, sorted(leads - {ctx.person.id, gone.id}), batch, entry.id, ctx.now)
    return entry, handed


def _parts_given(ctx: Context, person: Person, takers: TakerOf, batch_id: str) -> dict[str, Milestone]:
    """Tasks and yeses that waited for them pass on with the rest; the milestones as they are then, by id."""
    given: dict[str, Milestone] = {}
    for milestone in with_parts(ctx, person):
        taker = takers(milestone)
        if taker:
            given[milestone.id] = passed_on(milestone, person.id, taker)
            record(ctx, milestone, given[milestone.id], Action.HANDED_OVER, batch_id=batch_id)
    return given


def _others(milestones: Iterable[Milestone], takers: TakerOf, leads: frozenset[str]) -> frozenset[str]:
    """Whoever takes over and does not hear of it as a lead."""
    return frozenset(takers(m) for m in milestones) - leads - {""}


def come_back(ctx: Context, person: Person) -> Entry:
    """Here again, with their old role; what went to others stays there."""
    return keep(ctx, person, replace(person, active=True, gone=None), Deed.BROUGHT_BACK)


def other_admins(ctx: Context, person: Person) -> tuple[str, ...]:
    """The names of those who give roles, ``person`` aside."""
    everybody = ctx.uow.people.all(ctx.workspace.id)
    able = (p.id for p in everybody if p.id != person.id and may(p, Rule.ROLES, Matter()))
    return tuple(ctx.names(able).values())


def is_last_admin(ctx: Context, person: Person) -> bool:
    """Without them nobody could set up anything any more."""
    if person.role is not Role.ADMIN:
        return False
    everybody = ctx.uow.people.all(ctx.workspace.id)
    return not any(p.role is Role.ADMIN and p.active and p.id != person.id for p in everybody)


def _leader(ctx: Context, gone: Person) -> str:
    """Who leads instead: their deputy, else whoever says so and may lead, else an admin."""
    deputy = _leading(ctx, gone.deputy_on(ctx.today))
    if deputy:
        return deputy
    sender = _leading(ctx, ctx.person.id) if ctx.person.id != gone.id else ""
    admins = (p.id for p in ctx.uow.people.all(ctx.workspace.id) if p.role is Role.ADMIN and p.active)
    return sender or next((ident for ident in admins if ident != gone.id), "")


def _leading(ctx: Context, person_id: str) -> str:
    person = ctx.uow.people.get(ctx.workspace.id, person_id) if person_id else None
    fit = person is not None and person.active and person.role in (Role.ADMIN, Role.LEAD, Role.MEMBER)
    return person_id if fit else ""
