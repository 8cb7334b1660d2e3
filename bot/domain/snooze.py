"""Reminders about one milestone that rest for one person (docs/rules.md)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

LONGEST = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Snooze:
    """``until`` is the working morning (aware UTC) on which it is said again, to this person alone."""

    workspace_id: str
    milestone_id: str
    person_id: str
    until: datetime
