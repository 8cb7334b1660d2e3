"""Everything one decision about one milestone needs, read once and frozen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.alerts import Alert
from bot.domain.lifecycle import CAN_BE_BLOCKED
from bot.domain.milestone import Milestone
from bot.domain.people import Person, Project
from bot.domain.policy import NORMAL, Policy, Target
from bot.ports import Filter, UnitOfWork
from bot.reminders.quiet_time import Hours, hours_of

_PAGE = 200
_MOST_PAGES = 5


@dataclass(frozen=True, slots=True)
class Recipient:
    """Exactly one of ``person_id`` and ``conversation`` (``str(ConversationRef)``) is set."""

    hours: Hours
    person_id: str = ""
    conversation: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """``owner``, ``lead`` and ``head``: None when nobody active fills the part; ``alert``: the open one;
    ``rests``: until when reminders rest for whom, by person id."""

    milestone: Milestone
    project: Project
    owner: Person | None = None
    lead: Person | None = None
    head: Person | None = None
    alert: Alert | None = None
    policy: Policy = NORMAL
    rests: Mapping[str, datetime] = field(default_factory=dict)

    def is_asleep(self, person_id: str, at: datetime) -> bool:
        """Whether this person let reminders rest until then or later; its end tells them itself."""
        until = self.rests.get(person_id) if person_id else None
        return until is not None and at <= until

    @property
    def wants_reminders(self) -> bool:
        milestone = self.milestone
        return milestone.is_open and milestone.state in CAN_BE_BLOCKED and self.project.is_live

    def recipient(self, target: Target) -> Recipient | None:
        """Who that is today (ES-1); None when nobody is.  A head that was never named is the channel."""
        if target is Target.CHANNEL or (target is Target.HEAD and not self.project.head_id):
            return self._channel()
        person = {Target.OWNER: self.owner, Target.LEAD: self.lead, Target.HEAD: self.head}[target]
        return Recipient(hours_of(person, self.project), person_id=person.id) if person else None

    def _channel(self) -> Recipient | None:
        home = self.project.home
        return Recipient(hours_of(self.project), conversation=str(home)) if home else None


def situation_of(uow: UnitOfWork, milestone: Milestone, policy: Policy = NORMAL) -> Situation | None:
    """None when the milestone's project is gone."""
    project = uow.projects.get(milestone.workspace_id, milestone.project_id)
    if project is None:
        return None
    return Situation(
        milestone=milestone,
        project=project,
        owner=_active(uow, milestone.workspace_id, milestone.owner_id),
        lead=_active(uow, milestone.workspace_id, project.lead_id),
        head=_active(uow, milestone.workspace_id, project.head_id),
        alert=uow.alerts.open_for(milestone.workspace_id, milestone.id),
        policy=policy,
        rests={s.person_id: s.until for s in uow.snoozes.about(milestone.workspace_id, milestone.id)},
    )


def open_milestones(uow: UnitOfWork, project: Project) -> tuple[Milestone, ...]:
    """The first thousand by date: what is late or soon comes first."""
    which, found = Filter(project_id=project.id), list[Milestone]()
    for number in range(1, _MOST_PAGES + 1):
        page = uow.milestones.page(project.workspace_id, which, number, _PAGE)
        found += page.milestones
        if len(found) >= page.total:
            break
    return tuple(found)


def _active(uow: UnitOfWork, workspace_id: str, person_id: str) -> Person | None:
    person = uow.people.get(workspace_id, person_id) if person_id else None
    return person if person and person.active else None
