"""What to tell whom and why.  Content is never stored: a notice is rendered when it is sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum


class NoticeKind(StrEnum):
    CARD = "card"  # the milestone's card in a conversation: its anchor
    CARD_EDIT = "card_edit"  # the anchor brought up to date
    ASSIGNED = "assigned"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    DIGEST = "digest"
    CANNOT_DELIVER = "cannot_deliver"  # to the lead, once a day
    CANNOT_POST = "cannot_post"  # to who asked: the channel refuses the bot
    WELCOME = "welcome"
    CANNOT_HEAR = "cannot_hear"  # to who changed something: the project's channel refuses the bot
    QUOTA = "quota"  # to whoever could make room: soon no more fits
    REMOVED = "removed"  # to the lead: the project's channel refuses the bot
    TASK_GIVEN = "task_given"  # to whoever has it now, once
    SIGN_OFF = "sign_off"  # to whose yes counts
    SIGNED = "signed"  # to the owner: the yes, or not yet
    HANDED_OVER = "handed_over"  # to whoever owns it now, once however many
    LEFT = "left"  # to the lead: who left, and who has their milestones now
    JOINED = "joined"  # to who invited: who came
    TOGETHER = "together"  # to an owner: what somebody did to several of theirs at once
    PROPOSED = "proposed"  # to whoever may decide
    PROPOSAL_NEWS = "proposal_news"  # to the proposer: asked why, or what became of it
    RESTED = "rested"  # to whoever let reminders rest until today
    FEEDBACK = "feedback"  # to admins: what somebody has to say
    DEPUTY = "deputy"  # to whoever stands in for the owner: what the owner was told
    OWNER_TO_COME = "owner_to_come"  # to the lead: somebody must be found for a draft
    STOPPED = "stopped"  # to the lead: somebody wants to be told nothing
    REVIEW = "review"  # to the approver: it waits for their yes
    SENT_BACK = "sent_back"  # to the owner: not yet, and why
    REOPENED = "reopened"  # to the owner: theirs to finish again
    HOLD_OVER = "hold_over"  # to the owner: the day to look again has come
    MISSED = "missed"  # to owner and lead: an event's day passed without it


class OnDoubt(StrEnum):
    """What to do when nobody can tell whether a message arrived (docs/delivery.md)."""

    ASK = "ask"  # look for it on the platform first, wherever the platform can be asked
    HOLD = "hold"  # at most once: shown to the operator, covered by the next occurrence
    RESEND_ONCE = "resend_once"  # at most one marked repeat


@dataclass(frozen=True, slots=True)
class Manner:
    """How a kind is delivered: ``life`` until it expires, lower ``priority`` first, ``silent`` = no ping."""

    life: timedelta
    on_doubt: OnDoubt
    priority: int
    silent: bool = False


_DAY = timedelta(hours=24)
MANNERS: Mapping[NoticeKind, Manner] = {
    NoticeKind.CARD: Manner(_DAY, OnDoubt.RESEND_ONCE, 10),
    NoticeKind.CARD_EDIT: Manner(_DAY, OnDoubt.RESEND_ONCE, 15, silent=True),
    NoticeKind.ASSIGNED: Manner(_DAY, OnDoubt.RESEND_ONCE, 20),
    NoticeKind.DUE_SOON: Manner(_DAY, OnDoubt.HOLD, 40),
    NoticeKind.OVERDUE: Manner(_DAY, OnDoubt.RESEND_ONCE, 30),
    NoticeKind.DIGEST: Manner(timedelta(hours=6), OnDoubt.HOLD, 50, silent=True),
    NoticeKind.CANNOT_DELIVER: Manner(_DAY, OnDoubt.HOLD, 60),
    NoticeKind.CANNOT_POST: Manner(timedelta(minutes=10), OnDoubt.HOLD, 20),
    NoticeKind.WELCOME: Manner(_DAY, OnDoubt.HOLD, 20),
    NoticeKind.CANNOT_HEAR: Manner(timedelta(minutes=10), OnDoubt.HOLD, 20),
    NoticeKind.QUOTA: Manner(_DAY, OnDoubt.HOLD, 45),
    NoticeKind.REMOVED: Manner(_DAY, OnDoubt.HOLD, 20),
    NoticeKind.TASK_GIVEN: Manner(_DAY, OnDoubt.RESEND_ONCE, 20),
    NoticeKind.SIGN_OFF: Manner(_DAY, OnDoubt.RESEND_ONCE, 20),
    NoticeKind.SIGNED: Manner(_DAY, OnDoubt.RESEND_ONCE, 20),
    NoticeKind.HANDED_OVER: Manner(_DAY, OnDoubt.RESEND_ONCE, 20),
    NoticeKind.LEFT: Manner(_DAY, OnDoubt.RESEND_ONCE, 20),
    NoticeKind.JOINED: Manner(_DAY, OnDoubt.RESEND_ONCE, 20),
    NoticeKind.TOGETHER: Manner(_DAY, OnDoubt.RESEND_ONCE, 20),
    NoticeKind.PROPOSED: Manner(3 * _DAY, OnDoubt.RESEND_ONCE, 20),
    NoticeKind.PROPOSAL_NEWS: Manner(3 * _DAY, OnDoubt.RESEND_ONCE, 20),
    NoticeKind.RESTED: Manner(_DAY, OnDoubt.HOLD, 40),
    NoticeKind.FEEDBACK: Manner(7 * _DAY, OnDoubt.RESEND_ONCE, 60),
    NoticeKind.DEPUTY: Manner(_DAY, OnDoubt.HOLD, 40),
    NoticeKind.OWNER_TO_COME: Manner(_DAY, OnDoubt.HOLD, 40),
    NoticeKind.STOPPED: Manner(_DAY, OnDoubt.HOLD, 30),
    NoticeKind.REVIEW: Manner(_DAY, OnDoubt.RESEND_ONCE, 20),
    NoticeKind.SENT_BACK: Manner(_DAY, OnDoubt.RESEND_ONCE, 20),
    NoticeKind.REOPENED: Manner(_DAY, OnDoubt.RESEND_ONCE, 20),
    NoticeKind.HOLD_OVER: Manner(_DAY, OnDoubt.RESEND_ONCE, 30),
    NoticeKind.MISSED: Manner(_DAY, OnDoubt.RESEND_ONCE, 30),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One thing to tell one recipient.

    Exactly one of ``person_id`` and ``conversation`` (``str(ConversationRef)``) is set.  ``occurrence``
    names the rule, step and due date (NF-1), so the same notice planned twice is one row, and moving the
    milestone re-arms it.  ``detail`` holds ids and codes as JSON values, never words.
    ``not_before`` and ``planned_for`` are aware UTC.
    """

    kind: NoticeKind
    workspace_id: str
    occurrence: str
    planned_for: datetime
    milestone_id: str = ""
    project_id: str = ""
    person_id: str = ""
    conversation: str = ""
    detail: Mapping[str, object] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """Unique per workspace: kind, subject, occurrence, recipient."""
        subject = self.milestone_id or self.project_id
        recipient = self.person_id or self.conversation
        return f"{self.kind}:{subject}:{self.occurrence}:{recipient}"

    @property
    def manner(self) -> Manner:
        return MANNERS[self.kind]

    @property
    def expires_at(self) -> datetime:
        return self.planned_for + self.manner.life
