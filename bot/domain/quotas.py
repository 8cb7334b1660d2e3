"""How much of everything one team may have.  Generous: they end accidents and floods, not work."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

COMMANDS_PER_MINUTE = 20
COMMANDS_PER_MINUTE_IN_A_CHAT = 60
WARN_AT = 0.8
"""From this share on the answer says how much is left."""


class Quota(StrEnum):
    """What is counted; a day's quotas count the last twenty-four hours."""

    MILESTONES = "milestones"  # of one project, withdrawn ones included
    PROJECTS = "projects"
    NOTES_A_DAY = "notes_a_day"
    INVITATIONS_A_DAY = "invitations_a_day"
    EXPORTS_A_DAY = "exports_a_day"


LIMITS: dict[Quota, int] = {
    Quota.MILESTONES: 2_000,
    Quota.PROJECTS: 200,
    Quota.NOTES_A_DAY: 500,
    Quota.INVITATIONS_A_DAY: 100,
    Quota.EXPORTS_A_DAY: 10,
}


@dataclass(frozen=True, slots=True)
class Usage:
    """``used`` of ``limit``, before what is asked for now."""

    quota: Quota
    used: int
    limit: int

    def allows(self, more: int = 1) -> bool:
        return self.used + more <= self.limit

    def is_near(self, more: int = 1) -> bool:
        """Whether it is time to say so, once what is asked for is done."""
        return self.used + more >= self.limit * WARN_AT

    def left_after(self, more: int = 1) -> int:
        return max(0, self.limit - self.used - more)


def usage(quota: Quota, used: int) -> Usage:
    return Usage(quota, used, LIMITS[quota])
