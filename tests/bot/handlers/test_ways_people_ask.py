"""Half names, everyday questions, and answers that fit who is asking."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.domain.milestone import State
from bot.domain.people import Identity
from bot.ports import KnownPlace, UnitOfWork
from bot.refs import ConversationRef
from tests.scenarios.cast import ANA, APEX, TEAM, TELEGRAM, add_milestone, milestone
from tests.scenarios.conversation import Stage

NEW_CHANNEL = ConversationRef("slack", "T1", "C-site")


async def two_projects(stage: Stage) -> None:
    await stage.person("ana").commands("new Walls up by 6 March me", NEW_CHANNEL)


@pytest.mark.parametrize("words", ["status apex", "status rel", "how is apex"])
async def test_part_of_a_projects_name_is_enough_for_its_status(stage: Stage, words: str) -> None:
    await two_projects(stage)
    answer = await stage.person("ana").says(words)
    assert answer.first_line.startswith("Apex release · 2 open")


async def test_part_of_two_projects_names_is_not_enough(stage: Stage) -> None:
    def another(uow: UnitOfWork) -> None:
        uow.projects.add(replace(APEX, id="p-two", key="APT", name="Apex training", home=None))

    await stage.do(another)
    answer = await stage.person("ana").says("status apex")
    assert "open" not in answer.first_line


async def test_a_milestone_is_still_found_by_status(stage: Stage) -> None:
    assert "APX-1 Prototype tested" in (await stage.person("ana").says("status prototype")).first_line


async def test_an_unknown_project_is_named_and_what_was_said_is_kept(stage: Stage) -> None:
    await two_projects(stage)
    ana = stage.person("ana")
    await ana.says("new Doors hung by 9 March me")
    answer = await ana.says("harvest")
    assert answer.first_line == "I don't know a project called “harvest”. Which one is it for?"
    await ana.says("apex")
    assert (await stage.milestone("APX-3")).title == "Doors hung"


@pytest.mark.parametrize("words", ["what's late?", "what is overdue", "Is anything late?"])
async def test_a_question_for_what_is_late_is_answered(stage: Stage, words: str) -> None:
    assert (await stage.person("ana").says(words)).first_line == "Nothing is overdue in Acme."


@pytest.mark.parametrize("words", ["what is due", "What's due?", "what's next"])
async def test_a_question_for_what_is_due_is_what_comes_next(stage: Stage, words: str) -> None:
    assert (await stage.person("ana").says(words)).first_line.startswith("Next: APX-1 Prototype tested")


async def test_marked_complete_with_its_day_is_done_then(stage: Stage) -> None:
    now = stage.clock.now()
    await stage.do(
        lambda uow: add_milestone(uow, milestone(3, "Permit approval", ANA, date(2026, 4, 1), now), now)
    )
    ana = stage.person("ana")
    await ana.says("mark permit approval complete, finished yesterday")
    await ana.presses(ana.answer.labels[0])
    done = await stage.milestone("APX-3")
    assert (done.state, done.actual_done) == (State.ACHIEVED, date(2026, 3, 1))


async def test_a_newcomer_is_not_told_of_a_place_they_were_before(stage: Stage) -> None:
    invited = await stage.person("ana").says("link colleague")
    secret = invited.text.split("link ", 1)[1].split()[0]
    answer = await stage.person("nina", TELEGRAM, name="Nina New").says(f"link {secret}")
    assert "Your reminders come here, in your own morning." in answer.text
    assert "Remind me here" not in answer.labels


async def test_whoever_comes_from_elsewhere_chooses_where_reminders_come(stage: Stage) -> None:
    own = await stage.person("ana").says("link")
    secret = own.text.split("link ", 1)[1].split()[0]
    answer = await stage.person("ana-tg", TELEGRAM).says(f"link {secret}")
    assert "Remind me here" in answer.labels


async def test_what_is_done_shows_the_way_to_what_is_not(stage: Stage) -> None:
    ana = stage.person("ana")
    await ana.says("done APX-1")
    await ana.says("report filed")
    shown = await ana.says("show APX-1")
    assert shown.first_line.startswith("✅ Achieved · APX-1")
    assert shown.labels == ("All milestones", "Mine")


async def test_a_refusal_names_the_milestone_as_long_as_there_is_room(stage: Stage) -> None:
    title = "Foundation inspected and signed off"
    now = stage.clock.now()
    await stage.do(lambda uow: add_milestone(uow, milestone(3, title, ANA, date(2026, 4, 1), now), now))
    answer = await stage.person("boris").says("move APX-3 to 8 April")
    assert answer.first_line == f"Only Chen Wei (lead) or Ana Costa can move {title}."


async def test_help_for_a_whole_group_is_short(stage: Stage) -> None:
    group = ConversationRef(TELEGRAM, "", "G-site")
    await stage.do(lambda uow: uow.places.put(KnownPlace(TEAM, group, "Site", is_direct=False)))
    ana = stage.person("ana", TELEGRAM)
    await stage.do(lambda uow: uow.people.add_identity(Identity("ana", TEAM, ana.ref), stage.clock.now()))
    there, alone = await ana.commands("help", group), await ana.says("help")
    assert "handover" not in there.text
    assert "handover" in alone.text
    assert len(there.text) < 500 < len(alone.text)


async def test_a_move_in_a_group_asks_for_the_cause_without_the_cards_buttons(stage: Stage) -> None:
    group = ConversationRef(TELEGRAM, "", "G-site")
    await stage.do(lambda uow: uow.places.put(KnownPlace(TEAM, group, "Site", is_direct=False)))
    ana = stage.person("ana", TELEGRAM)
    await stage.do(lambda uow: uow.people.add_identity(Identity("ana", TEAM, ana.ref), stage.clock.now()))
    await ana.commands("new Doors hung by 6 March me", group)
    answer = await ana.commands("move doors to 9 March", group)
    assert answer.first_line == "Moved from Fri 6 Mar to Mon 9 Mar."
    assert answer.labels == ("People", "Waiting for someone", "Scope changed", "Something else")


@pytest.mark.parametrize("words", ["status page 99", "mine page 99"])
async def test_a_page_beyond_the_last_is_the_last(stage: Stage, words: str) -> None:
    answer = await stage.person("ana").says(words)
    assert "APX-1" in answer.text
    assert "Nothing is" not in answer.first_line


@pytest.mark.parametrize(
    "words",
    [
        "when is prototype tested due?",
        "When will the prototype be tested?",
        "who owns APX-1?",
        "who is responsible for the prototype?",
        "why is APX-1 late?",
        "is APX-1 done?",
        "what about the prototype",
        "what is the status of APX-1",
    ],
)
async def test_questions_about_one_milestone_show_it(quick_stage: Stage, words: str) -> None:
    assert "APX-1 Prototype tested" in (await quick_stage.person("ana").says(words)).first_line


@pytest.mark.parametrize("words", ["what do I have?", "What's on my plate?", "my work"])
async def test_questions_about_oneself_are_ones_list(quick_stage: Stage, words: str) -> None:
    assert "1 open" in (await quick_stage.person("ana").says(words)).first_line


async def test_a_key_and_a_date_move_it(stage: Stage) -> None:
    answer = await stage.person("ana").commands("APX-1 to 27 March")
    assert "Moved from Fri 13 Mar to Fri 27 Mar." in answer.text
    assert (await stage.milestone()).due == date(2026, 3, 27)


async def test_a_key_and_a_person_give_it_away(stage: Stage) -> None:
    await stage.person("ana").commands("APX-1 to @boris")
    assert (await stage.milestone()).owner_id == "boris"


async def test_a_key_and_a_question_mark_change_nothing(stage: Stage) -> None:
    ana = stage.person("ana")
    answer = await ana.commands("APX-1 to 27 March?")
    assert "Did you mean" in answer.first_line
    assert answer.labels[0] == "Move"
    assert (await stage.milestone()).due == date(2026, 3, 13)
    await ana.presses("Move")
    assert (await stage.milestone()).due == date(2026, 3, 27)


async def test_without_the_right_a_key_and_a_date_are_refused_like_the_verb(stage: Stage) -> None:
    await stage.person("boris").commands("APX-1 to 27 March")
    assert (await stage.milestone()).due == date(2026, 3, 13)
