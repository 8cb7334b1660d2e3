"""Everything somebody has here, what of it the sender may give away, and giving it in one batch."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace

from bot.access import Matter, Rule, may
from bot.commands.change import record
from bot.commands.context import Context
from bot.commands.handing_over import hand_over, led_by, owned_by
from bot.commands.ledger import keep
from bot.commands.which import project_of
from bot.domain.handing_over import Parts, parts_of, passed_on
from bot.domain.history import Action
from bot.domain.ledger import Deed
from bot.domain.milestone import Milestone
from bot.domain.people import Person, Project, Role
from bot.reminders import people_news

_LEAD = frozenset({Role.ADMIN, Role.LEAD, Role.MEMBER})


@dataclass(frozen=True, slots=True)
class Belongings:
    """``owned`` and ``parts`` may be given, ``kept`` may not; ``led`` projects pass to who may lead them."""

    owned: tuple[Milestone, ...]
    parts: tuple[Milestone, ...]
    led: tuple[Project, ...]
    kept: tuple[Milestone, ...]
    counted: Parts

    def __bool__(self) -> bool:
        return bool(self.owned or self.parts or self.led)

    @property
    def mark(self) -> str:
        """Changes when anything of it does: what was shown is what is given."""
        named = [f"{m.id}:{m.version}" for m in (*self.owned, *self.parts, *self.kept)]
        words = ",".join((*named, *(p.id for p in self.led)))
        return hashlib.sha256(words.encode()).hexdigest()[:16]


def belongings(ctx: Context, giver: Person, taker: Person | None) -> Belongings:
    """What ``giver`` has, as far as ``taker`` (None: not known yet) can have it."""
    owned = owned_by(ctx, giver.id)
    mine = tuple(m for m in owned if _may_give(ctx, m))
    parts = tuple(m for m in with_parts(ctx, giver) if _may_pass_on(ctx, giver, m))
    leads = led_by(ctx, giver.id) if taker is None or taker.role in _LEAD else ()
    led = tuple(p for p in leads if may(ctx.person, Rule.SETTINGS, Matter(p)))
    each = [parts_of(m, giver.id) for m in parts]
    counted = Parts(sum(p.tasks for p in each), sum(p.yeses for p in each))
    return Belongings(mine, parts, led, tuple(m for m in owned if m not in mine), counted)


def give(ctx: Context, all_of_it: Belongings, giver: Person, taker: Person) -> str:
    """One batch; the id of an entry that takes it all back.  Raises `VersionConflict`."""
    batch, entry = ctx.uow.new_id(), ""
    for project in all_of_it.led:
        entry = keep(ctx, project, replace(project, lead_id=taker.id), Deed.HANDED_OVER, batch).id
    now: dict[str, Milestone] = {}
    for milestone in all_of_it.parts:
        now[milestone.id] = passed_on(milestone, giver.id, taker.id)
        entry = record(ctx, milestone, now[milestone.id], Action.HANDED_OVER, batch_id=batch).id
    owned = [now.get(m.id, m) for m in all_of_it.owned]
    given = hand_over(ctx, owned, lambda _: taker.id, batch_id=batch, giver=giver)
    if not given.entries and taker.id != ctx.person.id:
        people_news.handed_over(ctx.uow, taker.id, giver, batch, ctx.now)
    return given.entries[0].id if given.entries else entry


def with_parts(ctx: Context, giver: Person) -> tuple[Milestone, ...]:
    """Where a task or a yes of theirs is still open."""
    tasks = ctx.uow.milestones.with_tasks_of(ctx.workspace.id, giver.id)
    yeses = ctx.uow.milestones.with_yes_of(ctx.workspace.id, giver.id)
    found = {m.id: m for m in (*tasks, *yeses)}
    return tuple(m for m in found.values() if parts_of(m, giver.id))


def _may_give(ctx: Context, milestone: Milestone) -> bool:
    return may(ctx.person, Rule.REASSIGN, Matter(project_of(ctx, milestone), milestone))


def _may_pass_on(ctx: Context, giver: Person, milestone: Milestone) -> bool:
    """One's own part, or one in what one may change."""
    if giver.id == ctx.person.id:
        return may(ctx.person, Rule.CREATE, Matter())
    return may(ctx.person, Rule.EDIT, Matter(project_of(ctx, milestone), milestone))
