"""The moves of one outbox row, each one UPDATE that succeeds only from the right state and epoch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Update, bindparam, case, null, or_, update

from bot.domain.outbox import FINAL, OutboxState
from storage.tables import outbox

S = OutboxState
_WAS_SENT = case((outbox.c.state == S.SENDING.value, 1), else_=0)
_unleased = {"lease_owner": "", "lease_until": null()}


@dataclass(frozen=True, slots=True)
class Transition:
    """``statement`` moves one row and returns its lane."""

    sources: tuple[OutboxState, ...]
    target: OutboxState
    statement: Update


def _moving(sources: tuple[OutboxState, ...], target: OutboxState, **values: Any) -> Transition:
    if target in FINAL:
        values["finished_at"] = bindparam("now")
    statement = (
        update(outbox)
        .where(
            outbox.c.id == bindparam("of_id"),
            outbox.c.workspace_id == bindparam("of_workspace"),
            outbox.c.epoch == bindparam("of_epoch"),
            or_(*(outbox.c.state == state.value for state in sources)),
        )
        .values(state=target.value, **values)
        .returning(outbox.c.lane)
    )
    return Transition(sources, target, statement)


def _refused(kind: str) -> Mapping[str, Any]:
    return {**_unleased, "last_class": kind, "last_code": bindparam("code")}


_arrived = {
    **_unleased,
    "provider_id": bindparam("message"),
    "sent_at": bindparam("now"),
    "last_code": "",
    "last_class": "",
}
_held = (S.LEASED, S.SENDING)

INTEND = _moving((S.LEASED,), S.SENDING, send_started_at=bindparam("now"), sends=outbox.c.sends + 1)
SENT = _moving((S.SENDING,), S.SENT, tries=outbox.c.tries + 1, **_arrived)
# What certainly did not arrive no longer counts as a request that may have.
RETRY = _moving(
    _held,
    S.PENDING,
    not_before=bindparam("later"),
    sends=outbox.c.sends - _WAS_SENT,
    tries=outbox.c.tries + bindparam("tries_more"),
    **_refused("not_sent"),
)
DOUBT = _moving((S.SENDING,), S.UNCERTAIN, tries=outbox.c.tries + 1, **_refused("unknown"))
PARK = _moving(_held, S.BLOCKED, sends=outbox.c.sends - _WAS_SENT, **_refused("destination"))
BURY = _moving(_held, S.DEAD, tries=outbox.c.tries + 1, **_refused("permanent"))
CANCEL = _moving((S.LEASED,), S.CANCELLED, **_unleased)
EXPIRE = _moving((S.LEASED,), S.EXPIRED, **_unleased)
FOUND = _moving((S.UNCERTAIN,), S.SENT, **_arrived)
RESEND = _moving((S.UNCERTAIN,), S.PENDING, not_before=bindparam("later"), **_unleased)
HOLD = _moving((S.UNCERTAIN,), S.UNKNOWN, **_unleased)

ALL = (INTEND, SENT, RETRY, DOUBT, PARK, BURY, CANCEL, EXPIRE, FOUND, RESEND, HOLD)
