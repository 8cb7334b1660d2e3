"""A project copied whole: its phases and milestones from another day on, shown before anything is made."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.commands.adding import add_together
from bot.commands.context import Context
from bot.commands.ledger import keep_new
from bot.commands.project import key_for
from bot.commands.who import can_own
from bot.domain.copying import copied, shifted
from bot.domain.history import History
from bot.domain.local_time import local_date
from bot.domain.milestone import Milestone, State
from bot.domain.people import Project
from bot.domain.phases import Phase
from bot.ports import Filter

MOST = 200
ALL_MINE = "mine"
_PAGE = 200


@dataclass(frozen=True, slots=True)
class Copy:
    """What would be made: each original with its new date and owner.  ``left``: how many change hands."""

    source: Project
    starts: date
    counted_from: date
    rows: tuple[tuple[Milestone, date, str], ...]
    phases: tuple[Phase, ...]
    left: int = 0

    @property
    def fingerprint(self) -> str:
        """Names exactly what was shown."""
        told = [(m.id, m.version, due, owner) for m, due, owner in self.rows]
        return hashlib.sha256(repr((told, [p.id for p in self.phases])).encode()).hexdigest()[:16]

    @property
    def first(self) -> date | None:
        return min((due for _, due, _ in self.rows), default=None)


def originals(ctx: Context, source: Project) -> tuple[tuple[Milestone, ...], int]:
    """(at most two hundred, how many there are): what is over as well, what was dropped not."""
    page = ctx.uow.milestones.page(ctx.workspace.id, Filter(project_id=source.id, open_only=False), 1, _PAGE)
    kept = tuple(m for m in page.milestones if not m.withdrawn and m.state is not State.CANCELLED)
    return kept, page.total


def planned_copy(ctx: Context, source: Project, starts: date, owners: str) -> Copy:
    """``owners``: empty to keep them, ALL_MINE for the sender."""
    milestones, _ = originals(ctx, source)
    begun = source.starts or min((local_date(m.created_at, m.zone) for m in milestones), default=starts)
    owner_of = _owners(ctx, source, milestones, owners)
    rows = tuple(
        (m, shifted(m.due, begun, starts, source.calendar), owner_of[m.owner_id]) for m in milestones
    )
    left = sum(owner != m.owner_id for m, _, owner in rows) if not owners else 0
    return Copy(source, starts, begun, rows, ctx.uow.phases.of(ctx.workspace.id, source.id), left)


def make_copy(ctx: Context, copy: Copy, name: str, batch_id: str) -> tuple[Project, tuple[History, ...]]:
    """All of it in this transaction, as one batch."""
    project = _project(ctx, copy, name)
    keep_new(ctx, project, batch_id)
    phases = _phases(ctx, copy, project, batch_id)
    made = [_milestone(ctx, project, phases, *row) for row in copy.rows]
    return project, add_together(ctx, project, made, batch_id) if made else ()


def namesake(ctx: Context, name: str) -> Project | None:
    wanted = name.casefold()
    everything = ctx.uow.projects.all(ctx.workspace.id)
    return next((p for p in everything if wanted in (p.name.casefold(), p.key.casefold())), None)


def _owners(ctx: Context, source: Project, milestones: Sequence[Milestone], owners: str) -> Mapping[str, str]:
    """The new owner by the old one: themselves while they are here, else who leads, else the sender."""
    if owners == ALL_MINE:
        return {m.owner_id: ctx.person.id for m in milestones}
    lead = ctx.uow.people.get(ctx.workspace.id, source.lead_id)
    instead = lead.id if lead and can_own(lead) else ctx.person.id
    found = {m.owner_id: ctx.uow.people.get(ctx.workspace.id, m.owner_id) for m in milestones}
    return {ident: ident if person and can_own(person) else instead for ident, person in found.items()}


def _project(ctx: Context, copy: Copy, name: str) -> Project:
    """With the original's calendar and hours; its channel stays its own."""
    return replace(
        copy.source,
        id=ctx.uow.new_id(),
        key=key_for(name, ctx.uow.projects.keys(ctx.workspace.id)),
        name=name,
        home=None,
        starts=copy.starts,
        archived=False,
        withdrawn=False,
    )


def _phases(ctx: Context, copy: Copy, project: Project, batch_id: str) -> dict[str, str]:
    """New phase ids by the originals'."""
    made = {p.id: replace(p, id=ctx.uow.new_id(), project_id=project.id) for p in copy.phases}
    for phase in made.values():
        keep_new(ctx, phase, batch_id)
    return {old: phase.id for old, phase in made.items()}


def _milestone(
    ctx: Context, project: Project, phases: Mapping[str, str], original: Milestone, due: date, owner_id: str
) -> Milestone:
    return copied(
        original,
        ident=ctx.uow.new_id(),
        number=ctx.uow.projects.next_number(ctx.workspace.id, project.id),
        by=ctx.person.id,
        at=ctx.now,
        project_id=project.id,
        project_key=project.key,
        zone=project.zone,
        due=due,
        owner_id=owner_id,
        phase_id=phases.get(original.phase_id, ""),
    )
