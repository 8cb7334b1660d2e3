"""SQLite is asked how it would run what runs all the time: by an index, whatever the number of rows.

Its planner has no statistics and guesses; a wrong guess costs nothing here and seconds with a million rows.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Executable

from storage.engines import connect
from storage.migrate import upgrade
from storage.prepared import Prepared
from storage.repositories import claiming, due, histories, lanes, milestones, outbox, people, transitions
from storage.repositories import workspaces as places

_ROW = ("of_id", "of_workspace", "of_epoch", "now", "code", "message", "later", "tries_more")
PLANS: dict[str, tuple[Executable, tuple[str, ...], str]] = {
    "claim: lanes": (claiming._READY, ("of_priority", "now", "most"), "lanes_ready"),
    "claim: the head of each": (claiming._READY, ("of_priority", "now", "most"), "outbox_next_in_lane"),
    "claim: next priority": (claiming._NEXT_PRIORITY, ("after",), "lanes_ready"),
    "claim: take": (claiming._LEASE, ("ids", "worker", "until"), "outbox_1 (id=?)"),
    "reconcile: take": (claiming._ASK, ("ids", "worker", "until"), "outbox_1 (id=?)"),
    "derive a lane": (lanes._DERIVE, ("of_lane",), "PRIMARY KEY (lane=?)"),
    "derive: occupied": (lanes._DERIVE, ("of_lane",), "outbox_one_per_lane"),
    "derive: earliest": (lanes._DERIVE, ("of_lane",), "outbox_earliest_in_lane"),
    "derive: urgent": (lanes._DERIVE, ("of_lane",), "outbox_next_in_lane"),
    "derive an installation": (lanes._DERIVE_INSTALL, ("of_platform", "of_tenant"), "lanes_of_install"),
    "intend": (transitions.INTEND.statement, _ROW, "outbox_1 (id=?)"),
    "retry": (transitions.RETRY.statement, _ROW, "outbox_1 (id=?)"),
    "reap": (outbox._REAP_LEASED, ("now",), "outbox_leased (lease_until<?)"),
    "reconcile": (claiming._IN_DOUBT, ("before", "now", "most"), "outbox_one_per_lane"),
    "stop": (outbox._RELEASE, ("worker",), "outbox_one_per_lane"),
    "forget": (outbox._FORGET, ("before",), "outbox_finished (finished_at<?)"),
    "count": (outbox._COUNTS, (), "COVERING INDEX outbox_finished"),
    "expire": (outbox._EXPIRE, ("now", "most"), "outbox_waiting_by_expiry (expires_at<?)"),
    "cancel": (
        outbox._CANCEL,
        ("of_workspace", "of_milestone", "kinds", "now"),
        "outbox_waiting_by_milestone (workspace_id=? AND milestone_id=?)",
    ),
    "unpark": (outbox._UNPARK, ("of_platform", "of_tenant", "of_dest"), "outbox_parked_by_destination"),
    "due": (due._TAKE, ("now", "most"), "PRIMARY KEY (at<?)"),
    "history": (histories._OF, ("of_workspace", "of_milestone", "most"), "history_of_milestone"),
    "undo": (histories._LAST_BY, ("of_workspace", "of_actor"), "history_of_"),
    "who and where": (
        places._SCENES,
        ("platform", "tenant", "account", "place_platform", "place_tenant", "chat", "thread"),
        "identities USING PRIMARY KEY (platform=? AND tenant=? AND account=?)",
    ),
    "whose tasks": (
        milestones._WITH_TASKS_OF,
        ("of_workspace", "of_assignee", "most"),
        "milestones_with_tasks (workspace_id=?)",
    ),
    "a person": (people._GET, ("workspace_id", "person_id"), "people_1 (workspace_id=? AND id=?)"),
} | {
    f"a page: project {p}, owner {o}, open {i}": (
        statement,
        ("of_workspace", "of_project", "of_owner", "most", "skip"),
        ("milestones_open" if i else "milestones_shown") + ("_of_owner" if o and not p else ""),
    )
    for (p, o, i), statement in milestones._PAGES.items()
    if i or p or o
}
WALKED = ("SCAN pauses", "SCAN json_each", "SCAN outbox USING INDEX outbox_one_per_lane")
"""Small by their nature: pauses, the ids given, and what is on its way."""
COUNTED = "SCAN outbox USING COVERING INDEX outbox_finished"
"""Asked by doctor only."""


@pytest.fixture(scope="module")
def sqlite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    file: Path = tmp_path_factory.mktemp("plans") / "milepost.sqlite3"
    upgrade(f"sqlite:///{file}")
    engine = connect(f"sqlite:///{file}")
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def plan(connection: Connection, statement: Executable, names: tuple[str, ...]) -> list[str]:
    prepared = Prepared(statement, connection.dialect, dict.fromkeys(names))
    driver: Any = connection.connection.driver_connection
    rows = driver.execute(f"EXPLAIN QUERY PLAN {prepared.sql}", [None] * prepared.sql.count("?"))
    return [row[3] for row in rows]


@pytest.mark.parametrize(("statement", "names", "wanted"), PLANS.values(), ids=PLANS)
def test_it_is_found_by_the_index(
    sqlite: Connection, statement: Executable, names: tuple[str, ...], wanted: str
) -> None:
    assert any(wanted in step for step in plan(sqlite, statement, names)), plan(sqlite, statement, names)


@pytest.mark.parametrize(("statement", "names", "wanted"), PLANS.values(), ids=PLANS)
def test_no_table_is_walked(
    sqlite: Connection, statement: Executable, names: tuple[str, ...], wanted: str
) -> None:
    walked = [step for step in plan(sqlite, statement, names) if step.startswith("SCAN")]
    assert [step for step in walked if not step.startswith((*WALKED, COUNTED))] == []
