"""The words things are found by: kept in step, alike on both stores, never across teams."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.domain.finding import FoundKind, wanted
from bot.domain.notes import edited, removed
from bot.ports import UnitOfWork
from storage.repositories.hits import FEW, MOST
from tests.contracts.storage_contract.cast import ANA, BO, OURS, THEIRS, Team
from tests.contracts.storage_contract.test_notes import NOTE, ROOF, roof
from tests.fakes.clock import START

__all__ = ["roof"]


async def hits(team: Team, words: str, workspace: str = OURS, only_for: str = "") -> set[tuple[str, str]]:
    found = await team.store.read(lambda unit: unit.findings.find(workspace, wanted(words), only_for))
    return {(hit.kind.value, hit.item_id) for hit in found}


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("roof", {("milestone", "roof")}),
        ("photos", {("milestone", "roof")}),
        ("apx", {("milestone", "roof")}),
        ("crane", {("note", "n1"), ("file", "f1")}),
        ("cra mon", {("note", "n1")}),
        ("plan pdf", {("file", "f1")}),
        ("rane", set()),
        ("roof crane", set()),
        ("", set()),
    ],
)
async def test_every_word_must_be_there_and_may_be_a_beginning(
    roof: Team, words: str, found: set[tuple[str, str]]
) -> None:
    assert await hits(roof, words) == found


async def test_what_was_found_says_what_it_is(roof: Team) -> None:
    found = await roof.store.read(lambda unit: unit.findings.find(OURS, wanted("crane")))
    by_kind = {hit.kind: hit for hit in found}
    note, file = by_kind[FoundKind.NOTE], by_kind[FoundKind.FILE]
    assert (note.words, note.by_id, note.at, note.title) == (NOTE.text, ANA, START, "Roof closed")
    assert (file.words, file.key, file.is_open) == ("crane plan.pdf", ROOF.key, True)


async def test_the_index_follows_in_the_same_transaction(roof: Team) -> None:
    class Broken(Exception):
        pass

    def change_and_fail(unit: UnitOfWork) -> None:
        unit.notes.save(edited(NOTE, "Tuesday", START))
        unit.milestones.save(ROOF.next(title="Chimney swept"))
        raise Broken

    with pytest.raises(Broken):
        await roof.store.write(change_and_fail)
    assert await hits(roof, "monday") == {("note", "n1")}
    assert await hits(roof, "chimney") == set()
    await roof.store.write(lambda unit: unit.milestones.save(ROOF.next(title="Chimney swept", criteria=())))
    assert await hits(roof, "chimney") == {("milestone", "roof")}
    assert await hits(roof, "photos") == set()


async def test_tombstones_and_withdrawn_milestones_are_not_found(roof: Team) -> None:
    await roof.store.write(lambda unit: unit.notes.save(removed(NOTE, START)))
    assert await hits(roof, "crane") == {("file", "f1")}
    await roof.store.write(lambda unit: unit.milestones.save(ROOF.next(withdrawn=True)))
    assert await hits(roof, "crane roof") | await hits(roof, "crane") == set()


async def test_nobody_finds_another_team_s_words(roof: Team) -> None:
    assert await hits(roof, "crane", THEIRS) == set()
    assert await hits(roof, "prototype", THEIRS) == {("milestone", "their-roof")}
    assert await hits(roof, "prototype") == set()


async def test_an_outsider_finds_their_own_milestones_notes_and_files(roof: Team) -> None:
    await roof.store.write(lambda unit: unit.notes.add(replace(NOTE, id="n2", author_id=BO, message=None)))
    assert await hits(roof, "crane", only_for=ANA) == {("note", "n1"), ("file", "f1")}
    assert await hits(roof, "roof", only_for=ANA) == {("milestone", "roof")}
    assert await hits(roof, "crane", only_for=BO) == set()


async def test_of_very_many_hits_the_newest_are_kept(roof: Team) -> None:
    def many(unit: UnitOfWork) -> None:
        for number in range(FEW + 50):
            unit.notes.add(replace(NOTE, id=f"many-{number:05}", text=f"gravel {number}", message=None))

    await roof.store.write(many)
    found = await hits(roof, "gravel")
    assert len(found) == MOST
    assert found == {("note", f"many-{number:05}") for number in range(FEW + 50 - MOST, FEW + 50)}
    assert await hits(roof, "gravel 7") == {("note", "many-00007")}
