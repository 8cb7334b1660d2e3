"""How far the demo's clock runs ahead."""

from __future__ import annotations

from sqlalchemy import bindparam, select, type_coerce
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.types import NullType

from storage.tables import demo_time
from storage.transaction import Transaction

_NAME = "demo"
_AHEAD = select(type_coerce(demo_time.c.ahead, NullType)).where(demo_time.c.name == bindparam("of_name"))
_SET = upsert(demo_time)
_SET = _SET.on_conflict_do_update(
    index_elements=["name"],
    set_={"ahead": _SET.excluded.ahead},
    where=demo_time.c.ahead < _SET.excluded.ahead,
)


class DemoTimeRow:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def ahead(self) -> float:
        row = self._transaction.one(_AHEAD, {"of_name": _NAME})
        return float(row[0]) if row else 0.0

    def set_ahead(self, seconds: float) -> None:
        self._transaction.write(_SET, {"name": _NAME, "ahead": seconds})
