"""Loading what a list shows, one page at a time."""

from __future__ import annotations

from collections.abc import Sequence

from bot.commands.context import Context
from bot.domain.health import Health, health
from bot.domain.local_time import local_date
from bot.domain.milestone import Milestone, State
from bot.domain.phases import Phase
from bot.domain.timeline import MOST_ROWS, Timeline, TimelineRow
from bot.ports import Filter, Page
from bot.views.lists import Listing, Row

PAGE_SIZE = 20
_LONG_PAGE = 200
_MOST_PAGES = 5


def listed(ctx: Context, which: Filter, number: int) -> Listing:
    """One page of milestones with owners' names and lights; the last one for a number beyond it.  A project
    with phases is told phase by phase."""
    phases = ctx.uow.phases.of(ctx.workspace.id, which.project_id) if which.project_id else ()
    if phases:
        return _phase_by_phase(ctx, which, number, phases)
    page = ctx.uow.milestones.page(ctx.workspace.id, which, max(number, 1), PAGE_SIZE)
    if page.total and not page.milestones:
        page = ctx.uow.milestones.page(ctx.workspace.id, which, _last(page), PAGE_SIZE)
    return Listing(rows_of(ctx, page.milestones), page.total, page.number, _last(page))


def _phase_by_phase(ctx: Context, which: Filter, number: int, phases: Sequence[Phase]) -> Listing:
    """What is in no phase comes last.  Of the first thousand."""
    everything = _first_thousand(ctx, which)
    place = {phase.id: phase.position for phase in phases}
    everything.sort(key=lambda m: (place.get(m.phase_id, len(phases) + 1), m.due, m.number))
    last = max(1, -(-len(everything) // PAGE_SIZE))
    number = min(max(number, 1), last)
    shown = everything[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
    owners, called = ctx.names({m.owner_id for m in shown}), {phase.id: phase.name for phase in phases}
    rows = tuple(
        Row(m, owners.get(m.owner_id, ""), _health(ctx, m), called.get(m.phase_id, "–")) for m in shown
    )
    return Listing(rows, len(everything), number, last)


def _first_thousand(ctx: Context, which: Filter) -> list[Milestone]:
    found: list[Milestone] = []
    for number in range(1, _MOST_PAGES + 1):
        page = ctx.uow.milestones.page(ctx.workspace.id, which, number, _LONG_PAGE)
        found += page.milestones
        if number >= _last(page):
            break
    return found


def handed_in_to(ctx: Context) -> tuple[Milestone, ...]:
    """What waits for the sender's sign-off, soonest first, among the first thousand open."""
    everything = _first_thousand(ctx, Filter())
    return tuple(m for m in everything if m.state is State.IN_REVIEW and m.approver_id == ctx.person.id)


def rows_of(ctx: Context, milestones: Sequence[Milestone]) -> tuple[Row, ...]:
    """With owners' names and lights, in the order given."""
    names = ctx.names({m.owner_id for m in milestones})
    return tuple(Row(m, names.get(m.owner_id, ""), _health(ctx, m)) for m in milestones)


def stuck(ctx: Context, which: Filter) -> tuple[Row, ...]:
    """The blocked ones among the first thousand open, the longest stuck first."""
    found = [milestone for milestone in _first_thousand(ctx, which) if milestone.blocked]
    names = ctx.names({m.owner_id for m in found})
    by_age = sorted(found, key=lambda m: (m.blocked.since if m.blocked else ctx.now, m.number))
    return tuple(Row(m, names.get(m.owner_id, ""), _health(ctx, m)) for m in by_age)


def timeline_of(ctx: Context, which: Filter, title: str) -> Timeline:
    """At most 40 milestones as rows of a picture."""
    page = ctx.uow.milestones.page(ctx.workspace.id, which, 1, MOST_ROWS)
    rows = tuple(_timeline_row(ctx, m) for m in page.milestones)
    return Timeline(title, ctx.today, rows, page.total - len(rows))


def _timeline_row(ctx: Context, m: Milestone) -> TimelineRow:
    start = m.actual_start or local_date(m.created_at, m.zone)
    baseline = m.baseline_due if m.baseline_due != m.due else None
    light = _health(ctx, m).light
    return TimelineRow(f"{m.key} {m.title}", start, m.due, baseline, light, not m.is_open)


def _health(ctx: Context, milestone: Milestone) -> Health:
    return health(milestone, ctx.today, ctx.reader.calendar)


def _last(page: Page) -> int:
    return max(1, -(-page.total // page.size))
