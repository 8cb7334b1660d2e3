"""Rows of a spreadsheet: shown first, wrong cells named by row and column, added at once, undone at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.domain.people import DateOrder, Person
from bot.domain.phases import Phase
from tests.scenarios.cast import ANA, APEX, APEX_HOME, TEAM
from tests.scenarios.conversation import Stage

TSV = (
    "Milestone\tOwner\tDue date\tDone when\n"
    "Roof closed\tBoris Novak\t5 June 2026\tphotos; leak test\n"
    "Walls painted\tana\t12 Jun 2026\t\n"
    "Keys handed over\t\t2026-06-30\tprotocol signed\n"
)


async def knows(stage: Stage, person: Person, order: DateOrder) -> None:
    """As if their settings said how they write dates."""
    await stage.do(lambda uow: uow.people.save(replace(person, date_order=order)))


async def test_rows_are_shown_first_and_then_added_at_once(stage: Stage) -> None:
    ana = stage.person("ana")
    shown = await ana.says(TSV, where=APEX_HOME)
    assert shown.first_line == "3 milestones would be added to Apex release."
    assert shown.labels == ("Add all 3", "Leave it")
    assert not await stage.has("APX-3")
    answer = await ana.presses("Add all 3")
    assert answer.first_line == "Added 3 milestones to Apex release."
    roof = await stage.milestone("APX-3")
    assert (roof.title, roof.owner_id, roof.due) == ("Roof closed", "boris", date(2026, 6, 5))
    assert [c.text for c in roof.criteria] == ["photos", "leak test"]
    assert (await stage.milestone("APX-5")).owner_id == "ana"
    stage.is_told("boris", "Ana Costa added 1 milestone for you.")
    assert "APX-5" in stage.shows("Ana Costa added 3 milestones.").text


async def test_pressing_twice_adds_once(stage: Stage) -> None:
    ana = stage.person("ana")
    shown = await ana.says(TSV, where=APEX_HOME)
    await ana.presses("Add all 3", shown)
    again = await ana.presses("Add all 3", shown)
    assert again.first_line == "These rows were added already."
    assert not await stage.has("APX-6")


async def test_one_undo_takes_them_all_back(stage: Stage) -> None:
    ana = stage.person("ana")
    await ana.says(TSV, where=APEX_HOME)
    await ana.presses("Add all 3")
    answer = await ana.presses("Undo")
    assert answer.first_line == "Undone: 3 milestones are as they were."
    assert not await stage.has("APX-3")


@pytest.mark.parametrize(
    "text",
    [
        "Title;Owner;Deadline\nRoof closed;Boris Novak;5 June 2026\n",
        'Title,Owner,Deadline\n"Roof closed",Boris Novak,5 June 2026\n',
        "| Title | Owner | Deadline |\n|---|:--:|---|\n| Roof closed | Boris Novak | 5 June 2026 |\n",
        "Boris Novak\tRoof closed\t5 June 2026\nana\tWalls painted inside\t12 June 2026\n",
        "paste\nRoof closed\tBoris Novak\t5 June 2026",
        "Deadline\tWho\tMeilenstein\n2026-06-05 00:00:00\tBoris Novak\tRoof closed",
    ],
    ids=["semicolons", "commas", "markdown", "no header", "one row", "other words"],
)
async def test_columns_are_found_however_they_come(quick_stage: Stage, text: str) -> None:
    ana = quick_stage.person("ana")
    shown = await ana.says(text, where=APEX_HOME)
    await ana.presses("Add", shown, where=APEX_HOME)
    roof = await quick_stage.milestone("APX-3")
    assert (roof.title, roof.owner_id, roof.due) == ("Roof closed", "boris", date(2026, 6, 5))


@pytest.mark.parametrize(
    "text",
    [
        "new Roof closed by 5 June 2026 me\nneeds photos, leak test",
        "done APX-2, and\nthanks, all",
        "The roof, the walls\nand the keys, please",
    ],
)
async def test_a_sentence_of_two_lines_is_no_table(quick_stage: Stage, text: str) -> None:
    answer = await quick_stage.person("ana").says(text)
    assert "would be added" not in answer.text


async def test_what_is_wrong_is_said_by_row_and_column(stage: Stage) -> None:
    rows = (
        "Milestone\tOwner\tDue\n"
        "Roof closed\tZorro\t5 June 2026\n"
        "Walls painted\tana\tsoonish\n"
        "\tana\t5 June 2026\n"
        "Keys handed over\tana\t30 June 2026\n"
        "Old thing\tana\t3 March 2020\n"
    )
    shown = await stage.person("ana").says(rows, where=APEX_HOME)
    assert shown.first_line == "1 milestone would be added to Apex release."
    assert "row 2, owner: I don't know “Zorro”" in shown.text
    assert "row 3, date: can't read “soonish”" in shown.text
    assert "row 4, name: no name" in shown.text
    assert "and 1 more" in shown.text


async def test_figures_in_two_orders_are_asked_once_for_all_rows(stage: Stage) -> None:
    ana = stage.person("ana")
    rows = "Milestone\tDue\nRoof closed\t5/6/2026\nWalls painted\t7/8/2026\n"
    answer = await ana.says(rows, where=APEX_HOME)
    assert answer.first_line == "“5/6/2026” and other dates: which figure comes first?"
    shown = await ana.presses("Day first")
    assert shown.first_line == "2 milestones would be added to Apex release."
    await ana.presses("Add all 2")
    assert (await stage.milestone("APX-3")).due == date(2026, 6, 5)


async def test_one_plain_date_settles_the_order(quick_stage: Stage) -> None:
    ana = quick_stage.person("ana")
    rows = "Milestone\tDue\nRoof closed\t5/6/2026\nWalls painted\t17/8/2026\n"
    await ana.says(rows, where=APEX_HOME)
    await ana.presses("Add all 2")
    assert (await quick_stage.milestone("APX-3")).due == date(2026, 6, 5)


async def test_the_senders_own_order_is_used(quick_stage: Stage) -> None:
    await knows(quick_stage, ANA, DateOrder.MDY)
    ana = quick_stage.person("ana")
    await ana.says("Milestone\tDue\nRoof closed\t5/6/2026\n", where=APEX_HOME)
    await ana.presses("Add it")
    assert (await quick_stage.milestone("APX-3")).due == date(2026, 5, 6)


async def test_formulas_and_markup_stay_text(quick_stage: Stage) -> None:
    ana = quick_stage.person("ana")
    rows = 'Milestone\tDue\n=HYPERLINK("http://x")\t5 June 2026\n<!channel> *bold*\t6 June 2026\n'
    await ana.says(rows, where=APEX_HOME)
    await ana.presses("Add all 2")
    assert (await quick_stage.milestone("APX-3")).title == '=HYPERLINK("http://x")'
    assert (await quick_stage.milestone("APX-4")).title == "<!channel> *bold*"


async def test_what_is_there_already_is_recognised(stage: Stage) -> None:
    ana = stage.person("ana")
    rows = "Milestone\tDue\nbeta RELEASED\t5 June 2026\nRoof closed\t5 June 2026\nRoof closed\t8 June 2026\n"
    shown = await ana.says(rows, where=APEX_HOME)
    assert shown.first_line == "1 milestone would be added to Apex release."
    assert "beta RELEASED (APX-2)" in shown.text
    assert "Roof closed (twice in the rows)" in shown.text
    assert shown.labels == ("Add it", "Add 2 doubles too", "Leave it")
    await ana.presses("Add 2 doubles too")
    assert (await stage.milestone("APX-5")).due == date(2026, 6, 8)


async def test_phases_are_known_by_name(quick_stage: Stage) -> None:
    build = Phase(id="build", workspace_id=TEAM, project_id=APEX.id, name="Build", position=1)
    await quick_stage.do(lambda uow: uow.phases.add(build))
    ana = quick_stage.person("ana")
    rows = "Milestone\tPhase\tDue\nRoof closed\tbuild\t5 June 2026\nWalls up\tMoon\t5 June 2026\n"
    shown = await ana.says(rows, where=APEX_HOME)
    assert "row 3, phase: no phase “Moon” here" in shown.text
    await ana.presses("Add it")
    assert (await quick_stage.milestone("APX-3")).phase_id == "build"


async def test_ten_thousand_rows_are_refused_before_any_is_read(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: object) -> None:
        raise AssertionError("a row was read")

    monkeypatch.setattr("bot.handlers.paste.understood", never)
    monkeypatch.setattr("bot.language.rows.read_rows", never)
    rows = "Milestone\tOwner\tDue\n" + "Roof closed\tana\t5 June 2026\n" * 10_000
    answer = await stage.person("ana").says(rows, where=APEX_HOME)
    assert answer.first_line == "That is 10,001 rows; I take at most 100 at once."
    assert "Paste them in parts of 100" in answer.text
    assert answer.labels == ("Add one", "All milestones")


async def test_a_paste_may_be_longer_than_a_sentence_but_not_endless(quick_stage: Stage) -> None:
    ana = quick_stage.person("ana")
    row = "Step {n} " + "x" * 80 + "\tana\t5 June 2026\n"
    rows = "Milestone\tOwner\tDue\n" + "".join(row.format(n=n) for n in range(100))
    assert len(rows) > 4_000
    shown = await ana.says(rows, where=APEX_HOME)
    assert shown.first_line == "100 milestones would be added to Apex release."
    assert "and 80 more" in shown.text
    huge = "Milestone\tDue\n" + ("x" * 70_000) + "\t5 June 2026\n"
    assert "longer than 65,536 characters" in (await ana.says(huge)).first_line
    assert "longer than I can read" in (await ana.says("x" * 5_000)).first_line


async def test_rows_without_dates_are_refused_with_a_way_on(quick_stage: Stage) -> None:
    answer = await quick_stage.person("ana").says("Roof closed\tx\nWalls painted\ty\n", where=APEX_HOME)
    assert answer.first_line == "I see rows, but no column of dates, so nothing was added."


async def test_the_word_alone_asks_for_rows(stage: Stage) -> None:
    ana = stage.person("ana")
    answer = await ana.says("paste")
    assert answer.first_line == "Paste the rows from your spreadsheet here."
    assert "would be added" in (await ana.says(TSV, where=APEX_HOME)).first_line


@pytest.mark.parametrize("who", ["vic", "eve"])
async def test_who_may_not_add_may_not_paste(stage: Stage, who: str) -> None:
    answer = await stage.person(who).says(TSV, where=APEX_HOME)
    assert "would be added" not in answer.text
    assert not await stage.has("APX-3")
