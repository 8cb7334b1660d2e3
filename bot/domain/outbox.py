"""The delivery state machine (docs/delivery.md): states, legal transitions, back-off.

Storage turns each transition into one conditional UPDATE that compares id, state and epoch.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.notices import NoticeKind, OnDoubt


class OutboxState(StrEnum):
    PENDING = "pending"
    LEASED = "leased"
    SENDING = "sending"  # the intent is committed: bytes may leave
    UNCERTAIN = "uncertain"
    BLOCKED = "blocked"  # destination or installation refuses; nothing burnt
    SENT = "sent"
    DEAD = "dead"
    UNKNOWN = "unknown"  # held: nobody can tell, and it is not repeated
    CANCELLED = "cancelled"
    EXPIRED = "expired"


S = OutboxState
FINAL = frozenset({S.SENT, S.DEAD, S.UNKNOWN, S.CANCELLED, S.EXPIRED})
OCCUPIES_LANE = frozenset({S.LEASED, S.SENDING, S.UNCERTAIN})

TRANSITIONS: Mapping[OutboxState, frozenset[OutboxState]] = {
    S.PENDING: frozenset({S.LEASED, S.CANCELLED, S.EXPIRED, S.BLOCKED}),
    S.LEASED: frozenset({S.SENDING, S.PENDING, S.CANCELLED, S.EXPIRED, S.BLOCKED, S.DEAD}),
    S.SENDING: frozenset({S.SENT, S.PENDING, S.DEAD, S.BLOCKED, S.UNCERTAIN}),
    S.UNCERTAIN: frozenset({S.SENT, S.PENDING, S.UNKNOWN}),
    S.BLOCKED: frozenset({S.PENDING, S.CANCELLED, S.EXPIRED}),
    S.SENT: frozenset(),
    S.DEAD: frozenset({S.PENDING}),
    S.UNKNOWN: frozenset({S.PENDING}),
    S.CANCELLED: frozenset(),
    S.EXPIRED: frozenset(),
}

LEASE = timedelta(seconds=60)  # at least three times the longest request
TRUST = timedelta(seconds=45)  # after a claim, checked right before the socket write
SETTLE = timedelta(seconds=60)  # before asking the platform about an uncertain row
MOST_SENDS = 2  # with RESEND_ONCE
UNKNOWN_CODE_TRIES = 3

_BACK_OFF = (2, 4, 8, 16, 32, 60, 120, 300)
_THEN = 900


def back_off(tries: int, jitter: float) -> timedelta:
    """Wait after the ``tries``-th failure; ``jitter`` in [-1, 1] spreads it by up to 20 %."""
    base = _BACK_OFF[tries - 1] if 0 < tries <= len(_BACK_OFF) else _THEN
    return timedelta(seconds=base * (1 + 0.2 * jitter))


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxRow:
    """A claimed message.  Instants aware UTC.

    ``to`` is ``str(PersonRef)`` or ``str(ConversationRef)``; ``lane`` one destination's queue; ``sends``
    counts requests that *may* have reached the platform, ``tries`` everything; ``epoch`` grows with
    every claim and fences old owners out; ``provider_id`` is ``str(MessageRef)`` once sent.
    """

    id: str
    workspace_id: str
    key: str
    kind: NoticeKind
    platform: str
    to: str
    lane: str
    milestone_id: str
    project_id: str
    person_id: str
    detail: Mapping[str, object] = field(default_factory=dict)
    planned_for: datetime
    not_before: datetime
    expires_at: datetime
    state: OutboxState
    epoch: int
    tries: int
    sends: int
    on_doubt: OnDoubt
    send_started_at: datetime | None = None
    provider_id: str = ""
    last_code: str = ""
