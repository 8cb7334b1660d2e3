"""What handlers call after changing several milestones at once: one word to each who must know."""

from __future__ import annotations

from datetime import datetime

from bot.domain.milestone import Milestone
from bot.domain.notices import Notice, NoticeKind
from bot.ports import UnitOfWork
from bot.refs import ConversationRef
from bot.reminders.address import post


def changed_together(
    uow: UnitOfWork, owner_id: str, milestone: Milestone, batch_id: str, by_id: str, now: datetime
) -> None:
    """Tell one owner of everything of theirs in the batch; ``milestone`` is any of them."""
    notice = Notice(
        kind=NoticeKind.TOGETHER,
        workspace_id=milestone.workspace_id,
        occurrence=batch_id,
        planned_for=now,
        project_id=milestone.project_id,
        person_id=owner_id,
        detail={"batch": batch_id, "by": by_id},
    )
    post(uow, notice, now)


def added_together(
    uow: UnitOfWork, milestone: Milestone, home: ConversationRef, batch_id: str, by_id: str, now: datetime
) -> None:
    """Show the project's channel everything that was added at once; ``milestone`` is any of it."""
    notice = Notice(
        kind=NoticeKind.TOGETHER,
        workspace_id=milestone.workspace_id,
        occurrence=batch_id,
        planned_for=now,
        project_id=milestone.project_id,
        conversation=str(home),
        detail={"batch": batch_id, "by": by_id},
    )
    post(uow, notice, now)
