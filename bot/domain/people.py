"""People, their accounts, and the workspace they belong to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from enum import StrEnum

from bot.domain.calendar import MONDAY_TO_FRIDAY, Calendar
from bot.refs import ConversationRef, PersonRef


class Role(StrEnum):
    """What a person may do in their workspace (docs/security.md)."""

    ADMIN = "admin"
    LEAD = "lead"
    MEMBER = "member"
    EXTERNAL = "external"
    VIEWER = "viewer"


class DateOrder(StrEnum):
    """How this person writes 5/6; UNKNOWN makes us ask."""

    DMY = "DMY"
    MDY = "MDY"
    YMD = "YMD"
    UNKNOWN = ""


@dataclass(frozen=True, slots=True)
class Workspace:
    """The tenant.  ``zone`` IANA; ``demo`` marks the seeded playground."""

    id: str
    name: str
    zone: str = "UTC"
    language: str = "en"
    demo: bool = False


@dataclass(frozen=True, slots=True)
class Person:
    """One human in one workspace.  ``morning`` is the local time reminders arrive."""

    id: str
    workspace_id: str
    name: str
    role: Role = Role.MEMBER
    zone: str = "UTC"
    language: str = "en"
    date_order: DateOrder = DateOrder.UNKNOWN
    week: frozenset[int] = MONDAY_TO_FRIDAY
    morning: time = time(9, 0)
    preferred_platform: str = ""
    active: bool = True

    @property
    def calendar(self) -> Calendar:
        return Calendar(self.week)


@dataclass(frozen=True, slots=True)
class Identity:
    """A person's account on one platform.

    ``direct`` is the direct conversation once known; ``reachable`` is False after the platform refused
    (bot blocked, never started) until the person is seen there again.
    """

    person_id: str
    workspace_id: str
    ref: PersonRef
    username: str = ""
    direct: ConversationRef | None = None
    reachable: bool = True


@dataclass(frozen=True, slots=True)
class Project:
    """``key`` prefixes milestone keys; ``home`` is the bound channel; ``head_id`` the department head."""

    id: str
    workspace_id: str
    key: str
    name: str
    lead_id: str
    zone: str = "UTC"
    home: ConversationRef | None = None
    head_id: str = ""
    week: frozenset[int] = MONDAY_TO_FRIDAY
    digest_at: time = time(9, 0)
    language: str = "en"

    @property
    def calendar(self) -> Calendar:
        return Calendar(self.week)
