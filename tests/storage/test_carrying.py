"""Taking everything along: what is in an export is there again after the import, on either store."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import MetaData, Table, func, select

from bot.domain.people import Workspace
from bot.errors import ConfigError
from bot.ports import Invitation, UnitOfWork
from storage import exporting, importing
from storage.carrying import CARRIED, LEFT_BEHIND, points_at_itself, tables
from storage.database import open_store
from storage.engines import connect
from storage.tables import metadata
from tests.fakes.clock import FakeClock
from tests.fakes.databases import Databases, SqliteDatabases
from tests.scenarios.cast import APEX_HOME
from tests.scenarios.conversation import a_stage

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def export(url: str) -> list[str]:
    return list(exporting.lines(url, NOW))


async def lived_in(url: str) -> None:
    """A team that did a bit of everything."""
    async with a_stage(url, FakeClock()) as stage:
        ana, chen = stage.person("ana"), stage.person("chen")
        await ana.commands("new Roof closed “überdacht” 🏠 by 6 March @boris needs photos, report")
        await ana.commands("move APX-1 to 16 March because the truck broke down")
        await ana.commands("block APX-1 waiting on the city office")
        await chen.commands("done APX-2")
        await chen.presses("As titled")
        await chen.commands("undo")
        await ana.says("note APX-1 the crane comes on Monday")
        await stage.advance(timedelta(days=20))
        await stage.person("boris").commands("show APX-1", APEX_HOME)


def test_every_table_was_decided_about() -> None:
    """A new table is carried; whoever adds one says here that it should be, or there why not."""
    assert set(metadata.tables) == CARRIED | set(LEFT_BEHIND)
    assert not CARRIED & set(LEFT_BEHIND)


def test_an_undecided_table_is_noticed() -> None:
    assert {*metadata.tables, "new_table"} != CARRIED | set(LEFT_BEHIND)


def test_everything_that_is_left_behind_has_its_reason() -> None:
    assert all(LEFT_BEHIND.values())


def test_rows_come_after_the_rows_they_point_at() -> None:
    seen = set[str]()
    for table in tables():
        outside = {key.referred_table.name for key in table.foreign_key_constraints} - {table.name}
        assert outside <= seen, f"{table.name} points at what comes later"
        seen.add(table.name)


def test_what_points_at_its_own_kind_is_filled_in_afterwards() -> None:
    assert "merged_into" in points_at_itself(metadata.tables["people"])
    assert points_at_itself(Table("alone", MetaData())) == ()


async def test_what_was_exported_is_there_again(databases: Databases, database_url: str) -> None:
    await lived_in(database_url)
    before = export(database_url)
    with databases.migrated() as empty:
        assert importing.load(empty, before) == len(before) - 2
        assert export(empty) == before
        assert _counts(empty) == _counts(database_url)


async def test_it_moves_from_one_store_to_the_other_and_back(
    database_url: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    await lived_in(database_url)
    before = export(database_url)
    with SqliteDatabases(tmp_path_factory.mktemp("other")).migrated() as other:
        importing.load(other, before)
        assert export(other) == before


async def test_the_moved_team_goes_on_where_it_was(databases: Databases, database_url: str) -> None:
    await lived_in(database_url)
    with databases.migrated() as other:
        importing.load(other, export(database_url))
        clock = FakeClock()
        clock.jump_to(clock.now() + timedelta(days=20))
        async with a_stage(other, clock, lambda uow, now: None) as stage:
            ana = stage.person("ana")
            assert "APX-1" in (await ana.says("mine")).text
            assert "the truck broke down" in (await ana.says("show APX-1")).text
            await ana.commands("new Doors hung by 6 April me")
            assert (await stage.milestone("APX-4")).owner_id == "ana"
            assert "Roof closed" in (await ana.says("find roof")).text


async def test_no_key_and_no_code_is_in_it(database_url: str) -> None:
    await lived_in(database_url)
    named = {json.loads(line).get("t") for line in export(database_url)}
    assert not named & set(LEFT_BEHIND)


async def test_a_database_that_was_only_started_once_counts_as_unused(
    databases: Databases, database_url: str
) -> None:
    await lived_in(database_url)
    before = export(database_url)
    with databases.migrated() as started:
        store = open_store(started, FakeClock())
        await store.write(_as_after_a_first_start)
        await store.close()
        importing.load(started, before)
        assert export(started) == before


def _as_after_a_first_start(uow: UnitOfWork) -> None:
    uow.workspaces.add(Workspace("first", "Team"))
    uow.invitations.add(
        Invitation(
            code_hash="c" * 64, workspace_id="first", created_by="", expires_at=NOW + timedelta(days=1)
        )
    )


@contextmanager
def refused(words: str) -> Iterator[None]:
    with pytest.raises(ConfigError, match=words):
        yield


async def test_a_database_in_use_is_left_alone(database_url: str) -> None:
    await lived_in(database_url)
    before = export(database_url)
    with refused("in use"):
        importing.load(database_url, before)
    assert export(database_url) == before


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda lines: lines[:-1], "not whole"),
        (lambda lines: lines[:5], "not whole"),
        (lambda lines: [*lines, lines[3]], "follows the last line"),
        (lambda lines: ["hello\n", *lines], "Line 1"),
        (lambda lines: [lines[0].replace('"milepost":1', '"milepost":99'), *lines[1:]], "Line 1"),
        (lambda lines: [lines[0].replace('"schema":"', '"schema":"9'), *lines[1:]], "newer Milepost"),
        (lambda lines: [*lines[:3], '{"t":"nothing","r":{}}\n', *lines[3:]], "Line 4"),
        (lambda lines: [*lines[:3], '{"t":"people","r":{"shoe":44}}\n', *lines[3:]], "no column shoe"),
        (lambda lines: [*lines[:3], '["t"]\n', *lines[3:]], "Line 4"),
        (lambda lines: [], "not whole"),
        (lambda lines: [*lines[:3], lines[1], *lines[3:]], "does not fit"),
        (lambda lines: [*lines[:3], '{"t":"workspaces","r":{"id":["x"],"name":{}}}\n', *lines[3:]], "fit"),
        (lambda lines: [*lines[:3], '{"t":"workspaces","r":{"id":"x"}}\n', *lines[3:]], "does not fit"),
        (lambda lines: [*lines[:3], '{"t":"blobs","r":{"id":"\\ud800"}}\n', *lines[3:]], "fit"),
    ],
)  # fmt: skip
async def test_a_spoilt_file_changes_nothing_and_names_the_line(  # type: ignore[no-untyped-def]
    databases: Databases, database_url: str, spoil, words: str
) -> None:
    await lived_in(database_url)
    spoilt = spoil(export(database_url))
    with databases.migrated() as empty:
        nothing = export(empty)
        with refused(words):
            importing.load(empty, spoilt)
        assert export(empty) == nothing


def _counts(url: str) -> dict[str, int]:
    """What no export carries but every database has: it follows from the rest."""
    engine = connect(url)
    with engine.connect() as connection:
        derived = [metadata.tables[name] for name in ("milestone_counts", "findings")]
        counted = {t.name: int(connection.scalar(select(func.count()).select_from(t)) or 0) for t in derived}
    engine.dispose()
    return counted
