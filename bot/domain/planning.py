"""What of a project's plan is still unfinished, in the order people settle it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.domain.milestone import Milestone, State
from bot.domain.people import Person, Project
from bot.domain.phases import Phase

PHASE_LENGTH = 20
"""Working days that a phase is guessed to take while nobody says when it ends."""


class Gap(StrEnum):
    SCOPE = "scope"
    PHASES = "phases"
    EXIT = "exit"  # of one phase
    DATE = "date"  # of one milestone that is a draft
    HOLIDAYS = "holidays"
    CHANNEL = "channel"
    PEOPLE = "people"  # nobody but the lead has joined


ASKABLE = frozenset({Gap.SCOPE, Gap.PHASES, Gap.EXIT, Gap.DATE, Gap.HOLIDAYS})
"""What a question settles; the rest is done elsewhere."""


@dataclass(frozen=True, slots=True)
class Item:
    """``subject`` the phase's or milestone's id where the gap is about one; ``name`` what it is called."""

    gap: Gap
    subject: str = ""
    name: str = ""
    is_open: bool = True

    @property
    def code(self) -> str:
        return f"{self.gap}:{self.subject}" if self.subject else self.gap.value


def items(
    project: Project, phases: Sequence[Phase], milestones: Sequence[Milestone], people: Sequence[Person]
) -> tuple[Item, ...]:
    """Everything a plan has, settled or not; ``milestones`` are the project's open ones."""
    drafts = [m for m in milestones if m.state is State.DRAFT]
    in_phases = [item for phase in phases for item in _of_phase(phase, drafts)]
    placed = {phase.id for phase in phases}
    loose = [_date(m) for m in drafts if m.phase_id not in placed]
    others = [p for p in people if p.active and p.id != project.lead_id]
    return (
        Item(Gap.SCOPE, is_open=not project.scope),
        Item(Gap.PHASES, is_open=not phases),
        *in_phases,
        *loose,
        Item(Gap.HOLIDAYS, is_open=not project.country),
        Item(Gap.CHANNEL, is_open=project.home is None),
        Item(Gap.PEOPLE, is_open=not others),
    )


def next_after(everything: Sequence[Item], code: str) -> Item | None:
    """The first that a question can settle behind the one with this code; the first of all for no code."""
    codes = [item.code for item in everything]
    start = codes.index(code) + 1 if code in codes else 0
    return next((i for i in everything[start:] if i.is_open and i.gap in ASKABLE), None)


def estimated_end(
    project: Project, phase: Phase, phases: Sequence[Phase], milestones: Sequence[Milestone], today: date
) -> date:
    """A guess: so long after the last date of the phases before it, or after the start."""
    before = {p.id for p in phases if p.position < phase.position}
    known = [m.due for m in milestones if m.phase_id in before]
    start = max([today, *known, *filter(None, (project.starts,))])
    missing = sum(1 for p in phases if p.id in before and not any(m.phase_id == p.id for m in milestones))
    return project.calendar.add(start, PHASE_LENGTH * (missing + 1))


def _of_phase(phase: Phase, drafts: Sequence[Milestone]) -> tuple[Item, ...]:
    leaving = Item(Gap.EXIT, phase.id, phase.name, is_open=not phase.exit)
    return (leaving, *(_date(m) for m in drafts if m.phase_id == phase.id))


def _date(milestone: Milestone) -> Item:
    return Item(Gap.DATE, milestone.id, milestone.title)
