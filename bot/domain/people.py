"""People, their accounts, and the workspace they belong to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from bot.domain.calendar import MONDAY_TO_FRIDAY, Calendar
from bot.errors import InvalidProject
from bot.refs import ConversationRef, PersonRef

PROJECT_NAME_LIMIT = 80
SCOPE_LIMIT = 300
MOST_GOALS = 10
NO_HOLIDAYS = "none"
"""Instead of a country: somebody said that no public holidays count."""


class Role(StrEnum):
    """What a person may do in their workspace (docs/security.md)."""

    ADMIN = "admin"
    LEAD = "lead"
    MEMBER = "member"
    EXTERNAL = "external"
    VIEWER = "viewer"


class Completing(StrEnum):
    """Who may mark a milestone done, beside whoever leads its project."""

    OWNER = "owner"
    LEAD = "lead"  # nobody else
    ANYONE = "anyone"  # every member


class Gone(StrEnum):
    """Why somebody is not with the team any more; PLATFORM ends when the platform has them back."""

    PLATFORM = "platform"  # removed from the platform's team, or left the group
    REMOVED = "removed"  # by somebody of the team
    MISTAKEN = "mistaken"  # an invitation reached the wrong person


class DateOrder(StrEnum):
    """How this person writes 5/6; UNKNOWN makes us ask."""

    DMY = "DMY"
    MDY = "MDY"
    YMD = "YMD"
    UNKNOWN = ""


@dataclass(frozen=True, slots=True)
class Workspace:
    """The tenant.  ``zone`` IANA; ``demo`` marks the seeded playground.

    ``rehearsal``: every notice goes to the lead alone; ``keep_evidence``: files handed in are copied here.
    """

    id: str
    name: str
    zone: str = "UTC"
    language: str = "en"
    demo: bool = False
    rehearsal: bool = False
    keep_evidence: bool = False
    completing: Completing = Completing.OWNER


@dataclass(frozen=True, slots=True)
class Person:
    """One human in one workspace.  ``morning`` is the local time reminders arrive.

    ``deputy_id`` stands in for them, until and including ``deputy_until`` where that is said; ``stopped``:
    they asked to be told nothing; ``gone``: why they are not ``active``; ``follows``: their role is what the
    platform says of them, until an admin gives another.
    """

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
    deputy_id: str = ""
    deputy_until: date | None = None
    department: str = ""
    stopped: bool = False
    gone: Gone | None = None
    follows: bool = False

    @property
    def calendar(self) -> Calendar:
        return Calendar(self.week)

    def deputy_on(self, day: date) -> str:
        """The id of whoever stands in for them that day; empty when nobody does."""
        return self.deputy_id if self.deputy_until is None or day <= self.deputy_until else ""


@dataclass(frozen=True, slots=True)
class Identity:
    """A person's account on one platform.

    ``vouched`` is the group (``str(ConversationRef)``) whose members the account is one of, where that is
    how it became known: leaving the group then means leaving the team.

    ``direct`` is the direct conversation once known; ``reachable`` is False after the platform refused
    (bot blocked, never started) until the person is seen there again.
    """

    person_id: str
    workspace_id: str
    ref: PersonRef
    username: str = ""
    direct: ConversationRef | None = None
    reachable: bool = True
    vouched: str = ""


@dataclass(frozen=True, slots=True)
class Project:
    """``key`` prefixes milestone keys; ``home`` is the bound channel; ``head_id`` the department head.

    ``opens`` to ``closes``: local time in which the channel may be told of something late; ``digest_at``
    when its digest comes.  ``country`` and ``region`` are ISO 3166 codes (`NO_HOLIDAYS` when none count);
    ``holidays`` the days off they meant when they were chosen, so that nothing moves by itself later.
    ``archived``: out of every list and silent; ``withdrawn``: its creation was undone.
    """

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
    scope: str = ""
    goals: tuple[str, ...] = ()
    client: str = ""
    department: str = ""
    starts: date | None = None
    country: str = ""
    region: str = ""
    holidays: frozenset[date] = frozenset()
    opens: time = time(9, 0)
    closes: time = time(18, 0)
    archived: bool = False
    withdrawn: bool = False

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise InvalidProject("name_missing")
        if len(self.name) > PROJECT_NAME_LIMIT:
            raise InvalidProject("name_too_long")
        if len(self.scope) > SCOPE_LIMIT:
            raise InvalidProject("scope_too_long")
        if len(self.goals) > MOST_GOALS:
            raise InvalidProject("too_many_goals")
        if self.opens >= self.closes:
            raise InvalidProject("hours_reversed")

    @property
    def is_live(self) -> bool:
        """Shown in lists, and worth reminding people of."""
        return not (self.archived or self.withdrawn)

    @property
    def calendar(self) -> Calendar:
        return Calendar(self.week, self.holidays)
