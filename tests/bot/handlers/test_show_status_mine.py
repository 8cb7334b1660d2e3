from __future__ import annotations

from datetime import date

import pytest

from tests.scenarios.cast import ANA, APEX_HOME, BORIS, add_milestone, milestone
from tests.scenarios.conversation import Stage


async def test_show_tells_the_milestone_and_what_happened_to_it(stage: Stage) -> None:
    ana = stage.person("ana")
    await ana.commands("move APX-1 to 16 March because the lab is closed")
    answer = await ana.commands("show APX-1")
    assert answer.text.splitlines() == [
        "🟢 On track · APX-1 Prototype tested · Mon 16 Mar, in 10 working days",
        "Ana Costa · to prove: report filed",
        "First promised for Fri 13 Mar",
        "Mon 2 Mar · Ana Costa moved it from Fri 13 Mar to Mon 16 Mar: the lab is closed",
        "Mon 2 Mar · Chen Wei added it",
        "[Done] [Move] [Blocked] [More]",
    ]


@pytest.mark.parametrize("words", ["APX-1", "apx1", "prototype", "the prototype", "Prototype tested"])
async def test_a_milestone_is_pointed_at_by_key_or_name(stage: Stage, words: str) -> None:
    assert "APX-1 Prototype tested" in (await stage.person("vic").commands(f"show {words}")).first_line


async def test_a_bare_number_is_this_channels(stage: Stage) -> None:
    assert "APX-2" in (await stage.person("vic").commands("show 2")).first_line


async def test_a_key_alone_asks_to_see_it_and_a_key_of_nothing_is_said_so(stage: Stage) -> None:
    assert "APX-2 Beta released" in (await stage.person("vic").commands("apx-2")).first_line
    assert "I don't know a milestone" in (await stage.person("vic").commands("APX-999")).first_line


async def test_replying_to_a_card_points_at_it(stage: Stage) -> None:
    card = stage.shows("APX-2")
    answer = await stage.person("boris").says("show", APEX_HOME, reply_to=card.ref)
    assert "APX-2 Beta released" in answer.first_line


async def test_a_quoted_card_points_at_it(stage: Stage) -> None:
    quoted = "🟢 On track · APX-2 Beta released · Fri 20 Mar"
    answer = await stage.person("boris").says("show", quoted=quoted)
    assert "APX-2 Beta released" in answer.first_line


async def test_two_that_could_be_meant_are_two_buttons_and_typing_works_too(stage: Stage) -> None:
    now = stage.clock.now()
    await stage.do(
        lambda uow: add_milestone(uow, milestone(3, "Beta tested", BORIS, date(2026, 4, 1), now), now)
    )
    ana = stage.person("ana")
    answer = await ana.says("show beta")
    assert answer.first_line == "“beta”: which one?"
    assert answer.labels == ("APX-2 Beta released", "APX-3 Beta tested", "Leave it")
    assert "APX-3" in (await ana.says("tested beta")).first_line


async def test_without_a_pointer_mine_are_offered(stage: Stage) -> None:
    ana = stage.person("ana")
    answer = await ana.commands("show")
    assert answer.first_line == "Which milestone?"
    assert answer.labels == ("APX-1 Prototype tested", "Leave it")
    assert "APX-1" in (await ana.presses("APX-1")).first_line


async def test_what_nobody_knows_is_said_with_a_way_on(stage: Stage) -> None:
    answer = await stage.person("ana").commands("show Unobtainium mined")
    assert answer.first_line == "I don't know a milestone called “Unobtainium mined” here."
    assert answer.labels == ("All milestones", "Mine")


async def test_many_standards_are_counted_on_the_card_and_listed_by_show(stage: Stage) -> None:
    ana = stage.person("ana")
    await ana.commands("new Roof closed by 6 March me needs a1, b2, c3, d4, e5")
    assert "to prove: a1, b2, c3 and 2 more" in stage.shows("APX-3").text
    assert "To prove: a1; b2; c3; d4; e5" in (await ana.commands("show APX-3")).text


async def test_status_counts_and_lists_what_is_open_here(stage: Stage) -> None:
    await stage.person("boris").commands("block APX-2 waiting on legal")
    answer = await stage.person("vic").commands("status")
    assert answer.text.splitlines() == [
        "Apex release · 2 open, 1 blocked",
        "Light | Key | Milestone | Owner | Due | Left | Progress",
        "🟢 On track | APX-1 | Prototype tested | Ana Costa | Fri 13 Mar | in 9 working days | 0/1",
        "⛔ Blocked | APX-2 | Beta released | Boris Novak | Fri 20 Mar | in 14 working days | –",
        "[Timeline] [Mine]",
    ]


async def test_status_of_one_milestone_is_that_milestone(stage: Stage) -> None:
    vic = stage.person("vic")
    assert "APX-2" in (await vic.commands("status APX-2")).first_line
    assert "APX-2" in (await vic.commands("how is beta")).first_line
    assert "I don't know" in (await vic.commands("status of the moon")).first_line


async def test_status_knows_projects_by_key_and_name(stage: Stage) -> None:
    vic = stage.person("vic")
    for words in ("status APX", "status apex release", "status in Apex release"):
        assert (await vic.says(words)).first_line == "Apex release · 2 open"


async def test_long_lists_are_paged_and_stay_the_list_they_were(stage: Stage) -> None:
    now = stage.clock.now()

    def many(uow) -> None:  # type: ignore[no-untyped-def]
        for n in range(3, 46):
            made = milestone(n, f"Step {n} done", ANA, date(2026, 5, 1), now)
            add_milestone(uow, made, now, posted=False)

    await stage.do(many)
    ana = stage.person("ana")
    first = await ana.commands("status all")
    assert "Page 1 of 3, 45 in all" in first.text
    assert first.labels == ("More ›", "Timeline", "Mine")
    second = await ana.presses("More")
    assert second.first_line == "Acme · 45 open"
    assert second.labels == ("‹ Back", "More ›", "Timeline", "Mine")
    third = await ana.presses("More")
    assert third.labels == ("‹ Back", "Timeline", "Mine")
    timeline = await ana.presses("Timeline")
    assert timeline.first_line == "Acme: timeline"
    assert "and 5 more" in timeline.text
    assert (await ana.presses("Table")).first_line == "Acme · 45 open"


async def test_nothing_open_says_how_to_begin(stage: Stage) -> None:
    ana, boris = stage.person("ana"), stage.person("boris")
    await ana.commands("done APX-1")
    await ana.presses("report filed")
    await boris.commands("done APX-2")
    await boris.presses("As titled")
    answer = await ana.commands("status")
    assert answer.first_line == "Nothing is open in Apex release."
    assert answer.labels == ("Add one", "All projects")


async def test_an_empty_command_is_my_list(stage: Stage) -> None:
    answer = await stage.person("ana").commands("")
    assert answer.first_line == "Yours · 1 open"
    assert "APX-2" not in answer.text
    assert answer.labels == ("Show APX-1", "Add one")


async def test_who_owns_nothing_is_shown_a_way_on(stage: Stage) -> None:
    answer = await stage.person("vic").says("mine")
    assert answer.first_line == "Nothing is yours right now."
    assert answer.labels == ("All milestones", "Add one")


async def test_far_away_dates_are_said_first(stage: Stage) -> None:
    answer = await stage.person("boris").says("mine")
    assert answer.first_line == (
        "Nothing of yours is due in the next 10 working days. Next: Beta released, Fri 20 Mar."
    )


async def test_reading_writes_nothing(stage: Stage) -> None:
    vic = stage.person("vic")
    for words in ("status", "mine", "show APX-1", "help", "status all"):
        await vic.commands(words)
    assert [len(await stage.history(key)) for key in ("APX-1", "APX-2")] == [1, 1]
    stage.nobody_is_told_anything_else()
