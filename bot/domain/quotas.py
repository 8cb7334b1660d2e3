"""How much of everything one team may have.  Generous: they end accidents and floods, not work."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

COMMANDS_PER_MINUTE = 20
COMMANDS_PER_MINUTE_IN_A_CHAT = 60
WARN_AT = (80, 90, 95, 99)
"""Per cent at which it is said before anything is refused."""


class Quota(StrEnum):
    """What is counted."""

    MILESTONES = "milestones"  # of one project, withdrawn ones included: a key is never used twice
    PROJECTS = "projects"  # of the team
    INVITATIONS = "invitations"  # of the team, still open
    NOTES = "notes"  # of one person within twenty-four hours


LIMITS: Mapping[Quota, int] = {
    Quota.MILESTONES: 2_000,
    Quota.PROJECTS: 200,
    Quota.INVITATIONS: 200,
    Quota.NOTES: 300,
}


@dataclass(frozen=True, slots=True)
class Usage:
    """``used`` of ``limit``, the one in question included."""

    quota: Quota
    used: int
    limit: int

    @property
    def is_allowed(self) -> bool:
        return self.used <= self.limit

    @property
    def crossed(self) -> int:
        """The per cent that this one reaches first, 0 when it reaches none."""
        before, now = (100 * count / self.limit for count in (self.used - 1, self.used))
        return max((mark for mark in WARN_AT if before < mark <= now), default=0)

    @property
    def left(self) -> int:
        return max(0, self.limit - self.used)


def usage(quota: Quota, used: int) -> Usage:
    return Usage(quota, used, LIMITS[quota])
