"""What already arrived."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, delete
from sqlalchemy.dialects.postgresql import insert as upsert

from storage.tables import inbox
from storage.transaction import Transaction

_ADD = upsert(inbox).on_conflict_do_nothing(index_elements=["platform", "key"])
_FORGET = delete(inbox).where(inbox.c.at < bindparam("before"))


class InboxTable:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def add(self, platform: str, key: str, at: datetime) -> bool:
        return self._transaction.change(_ADD, {"platform": platform, "key": key, "at": at}) == 1

    def forget_before(self, instant: datetime) -> int:
        return self._transaction.change(_FORGET, {"before": instant})
