"""People, a project and a milestone to plan for.  Monday 2 March 2026 is the first day."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time

from bot.domain.milestone import Milestone
from bot.domain.people import Person, Project
from bot.refs import ConversationRef
from bot.reminders.situation import Situation

HOME = ConversationRef("slack", "T1", "C1")
ANA = Person("ana", "w", "Ana Costa", zone="Europe/Lisbon")
BORIS = Person("boris", "w", "Boris Kern", zone="Europe/Berlin")
CHEN = Person("chen", "w", "Chen Li", zone="Asia/Tokyo", morning=time(8, 0))
APEX = Project("apex", "w", "APX", "Apex", lead_id="boris", zone="Europe/London", home=HOME, head_id="chen")
DUE = date(2026, 3, 13)  # a Friday
MADE = datetime(2026, 2, 2, 12, 0, tzinfo=UTC)

MILESTONE = Milestone(
    id="m7",
    workspace_id="w",
    project_id="apex",
    project_key="APX",
    number=7,
    title="Prototype tested",
    owner_id="ana",
    due=DUE,
    zone="Europe/Lisbon",
    created_by="boris",
    created_at=MADE,
)
SITUATION = Situation(milestone=MILESTONE, project=APEX, owner=ANA, lead=BORIS, head=CHEN)


def utc(day: int, hour: int = 0, minute: int = 0, month: int = 3) -> datetime:
    """An instant in March 2026."""
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


def with_milestone(situation: Situation = SITUATION, **changes: object) -> Situation:
    return replace(situation, milestone=replace(situation.milestone, **changes))  # type: ignore[arg-type]


def small_firm() -> Situation:
    """One person is owner and lead, and nobody was named above them."""
    return replace(SITUATION, project=replace(APEX, lead_id="ana", head_id=""), lead=ANA, head=None)
