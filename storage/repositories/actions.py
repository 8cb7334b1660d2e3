"""What buttons do.  Offers are collected and stored last, most of them being known already."""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from datetime import datetime, timedelta
from hashlib import blake2b
from typing import Any

from sqlalchemy import bindparam, delete, select
from sqlalchemy.dialects.postgresql import insert as upsert

from bot.clock import Clock
from bot.ports import StoredAction
from storage.memory import Memory
from storage.tables import actions
from storage.transaction import Transaction

LIFE = timedelta(days=90)  # after it was last offered
_TOKEN_BYTES = 16

_OFFER = upsert(actions)
_OFFER = _OFFER.on_conflict_do_update(
    index_elements=["token"],
    set_={"expires_at": _OFFER.excluded.expires_at},
    where=actions.c.expires_at < _OFFER.excluded.expires_at,
)
_GET = select(
    actions.c.workspace_id,
    actions.c.verb,
    actions.c.asked,
    actions.c.conversation,
    actions.c.milestone_id,
    actions.c.version,
).where(actions.c.token == bindparam("of_token"), actions.c.expires_at > bindparam("now"))
_FORGET = delete(actions).where(actions.c.expires_at <= bindparam("now"))


class Offers:
    """Buttons of this unit of work that are not stored yet."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self._new: dict[str, tuple[str, StoredAction, datetime]] = {}

    def add(self, action: StoredAction, at: datetime) -> str:
        token = _token(self._memory.secret, action)
        name = _remembered(token, at)
        if name not in self._memory.offers:
            self._new[name] = (token, action, at)
        return token

    def __bool__(self) -> bool:
        return bool(self._new)

    def __getitem__(self, token: str) -> StoredAction | None:
        return next((action for known, action, _ in self._new.values() if known == token), None)

    def store(self, transaction: Transaction) -> None:
        """In the order of tokens, so that two transactions never wait for each other."""
        for name in sorted(self._new):
            transaction.write(_OFFER, _values(*self._new[name]))

    def committed(self) -> None:
        self._memory.offers.add(self._new)
        self._new = {}


class ActionsTable:
    def __init__(self, transaction: Transaction, offers: Offers, clock: Clock) -> None:
        self._transaction = transaction
        self._offers = offers
        self._clock = clock

    def offer(self, action: StoredAction, at: datetime) -> str:
        return self._offers.add(action, at)

    def get(self, token: str) -> StoredAction | None:
        row = self._transaction.one(_GET, {"of_token": token, "now": self._clock.now()})
        if row is None:
            return self._offers[token]
        workspace_id, verb, asked, conversation, milestone_id, version = row
        return StoredAction(
            workspace_id=workspace_id,
            verb=verb,
            asked=asked,
            conversation=conversation,
            milestone_id=milestone_id,
            version=version,
        )

    def forget_expired(self) -> int:
        return self._transaction.change(_FORGET, {"now": self._clock.now()})


def _token(secret: bytes, action: StoredAction) -> str:
    what = [
        action.workspace_id,
        action.verb,
        action.asked,
        action.conversation,
        action.milestone_id,
        action.version,
    ]
    canonical = json.dumps(what, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=dict)
    digest = blake2b(canonical.encode(), key=secret, digest_size=_TOKEN_BYTES).digest()
    return urlsafe_b64encode(digest).rstrip(b"=").decode()


def _remembered(token: str, at: datetime) -> str:
    """A token is stored again the next day, which keeps what people still see alive."""
    return f"{token}{at.toordinal()}"


def _values(token: str, action: StoredAction, at: datetime) -> dict[str, Any]:
    return {
        "token": token,
        "workspace_id": action.workspace_id,
        "verb": action.verb,
        "asked": dict(action.asked),
        "conversation": action.conversation,
        "milestone_id": action.milestone_id,
        "version": action.version,
        "expires_at": at + LIFE,
    }
