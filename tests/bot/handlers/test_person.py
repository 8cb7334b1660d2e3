"""Who is who, what is set for them, and what follows when somebody leaves or wants to hear nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from bot.domain.milestone import Task
from bot.domain.people import Gone, Person, Role
from tests.scenarios.cast import APEX, BORIS, CHEN, TEAM
from tests.scenarios.conversation import Stage


async def the(stage: Stage, who: str) -> Person:
    found = await stage.do(lambda uow: uow.people.get(TEAM, who))
    assert found
    return found


async def test_whoami_says_who_what_and_when(stage: Stage) -> None:
    answer = await stage.person("ana").says("whoami")
    assert answer.first_line == "You are Ana Costa of Acme, as member."
    assert "You may see milestones" in answer.text
    assert "With yours and in projects you lead: change, move" in answer.text
    assert (
        "Not: give roles, set up the team." not in answer.text
    )  # a member may not set things for others, either
    assert "Not: set things for others, give roles, set up the team." in answer.text
    assert "Reminders: 09:00 UTC, Mon–Fri, Slack." in answer.text
    assert answer.labels == ("My hours", "My zone", "Language", "Another chat")


async def test_whoami_tells_an_outsider_what_they_may_not(stage: Stage) -> None:
    answer = await stage.person("eve").says("what may I do")
    assert answer.first_line == "You are Eve Contractor of Acme, as external."
    assert "Not: see names, read notes" in answer.text
    assert "move" in answer.text.split("Not: ")[1]
    assert "propose dates" in answer.text.split("Not: ")[0]


async def test_a_person_is_shown(stage: Stage) -> None:
    answer = await stage.person("ana").says("person @boris")
    assert answer.first_line == "Boris Novak · member"
    assert "1 open milestone" in answer.text
    assert "Has left" not in answer.labels
    assert "Has left" in (await stage.person("dora").says("person @boris")).labels


async def test_my_own_things_are_mine_to_set(stage: Stage) -> None:
    ana = stage.person("ana")
    for words in (
        "person zone Berlin",
        "person morning 7:30",
        "person days Mon-Sat",
        "person department Site",
        "person deputy @boris until 20 March",
    ):
        answer = await ana.says(words)
        assert "changed" in answer.text, words
        assert "Undo" in answer.labels, words
    now = await the(stage, "ana")
    assert (now.zone, now.morning, now.department) == ("Europe/Berlin", time(7, 30), "Site")
    assert now.week == frozenset(range(6))
    assert (now.deputy_id, now.deputy_until) == ("boris", date(2026, 3, 20))


async def test_a_change_is_undone_with_one_tap(stage: Stage) -> None:
    ana = stage.person("ana")
    await ana.says("person zone Berlin")
    await ana.presses("Undo")
    assert (await the(stage, "ana")).zone == "UTC"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("person zone Atlantis", "I don't know a time zone called “Atlantis”."),
        ("person morning 25:00", "“25:00” is no hour I can read."),
        ("person days whenever", "“whenever” is no week I can read."),
        ("person language Klingon", "I don't speak “Klingon”."),
        ("person deputy @boris until yesterday", "“yesterday” is no day to come that I can read."),
        ("person deputy @ana", "“@ana” can't be the deputy here. Who can?"),
        ("person deputy @vic", "“@vic” can't be the deputy here. Who can?"),
    ],
)
async def test_what_cannot_be_read_is_asked_again_and_changes_nothing(
    stage: Stage, words: str, said: str
) -> None:
    before = await the(stage, "ana")
    answer = await stage.person("ana").says(words)
    assert answer.first_line == said
    assert answer.labels
    assert await the(stage, "ana") == before


async def test_what_is_missing_is_asked_with_buttons(stage: Stage) -> None:
    ana = stage.person("ana")
    await ana.says("whoami")
    asked = await ana.presses("My hours")
    assert asked.first_line == "At what time should reminders come?"
    await ana.presses("08:00")
    assert (await the(stage, "ana")).morning == time(8)
    await ana.says("person zone")
    await ana.says("Lisbon")
    assert (await the(stage, "ana")).zone == "Europe/Lisbon"


async def test_others_things_are_a_leads_or_an_admins_to_set(stage: Stage) -> None:
    answer = await stage.person("ana").says("person @boris zone Berlin")
    assert answer.first_line == "Only an admin or a lead can set that for somebody."
    assert "Dora Admin" in answer.text
    assert (await the(stage, "boris")).zone == "UTC"
    await stage.person("leo").says("person @boris zone Berlin")
    assert (await the(stage, "boris")).zone == "Europe/Berlin"


async def test_roles_are_an_admins_to_give(stage: Stage) -> None:
    answer = await stage.person("leo").says("person @boris role lead")
    assert answer.first_line == "Only an admin can give roles."
    assert (
        await stage.person("boris").says("person role admin")
    ).first_line == "Only an admin can give roles."
    dora = stage.person("dora")
    assert "at once and everywhere" in (await dora.says("person @boris role lead")).text
    assert (await the(stage, "boris")).role is Role.LEAD
    await dora.presses("Undo")
    assert (await the(stage, "boris")).role is Role.MEMBER


async def test_a_lead_cannot_take_back_a_role_an_admin_gave(stage: Stage) -> None:
    dora, leo = stage.person("dora"), stage.person("leo")
    await dora.says("person @leo role member")
    undo = dora.answer.token("Undo")
    await leo.presses_token(undo, leo.home)
    assert (await the(stage, "leo")).role is Role.MEMBER
    chen = stage.person("chen")
    await stage.do(lambda uow: uow.people.save(replace(CHEN, role=Role.LEAD)))
    await chen.says("undo")
    assert (await the(stage, "leo")).role is Role.MEMBER


async def test_the_last_admin_stays_one(stage: Stage) -> None:
    dora = stage.person("dora")
    assert (await dora.says("person role member")).first_line == "Dora Admin is the only admin here."
    assert (await dora.says("person @dora left")).first_line == "Dora Admin is the only admin here."
    assert (await the(stage, "dora")).role is Role.ADMIN


async def test_who_leaves_leaves_nothing_without_an_owner(stage: Stage) -> None:
    stage.hear_everything()
    answer = await stage.person("dora").says("person @boris left")
    assert answer.first_line == "Boris Novak is not in the team any more."
    assert "Open milestones went to: Chen Wei 1." in answer.text
    assert (await stage.milestone("APX-2")).owner_id == "chen"
    told = stage.is_told("chen", "Boris Novak left, so I send nothing there any more.")
    assert "Open milestones went to: Chen Wei 1." in told.text
    assert (await the(stage, "boris")).gone is Gone.REMOVED
    refused = await stage.person("boris").says("mine")
    assert refused.first_line == "You no longer belong to this team, so I can't show you its dates."


async def test_the_deputy_comes_before_the_lead(stage: Stage) -> None:
    await stage.do(lambda uow: uow.people.save(replace(BORIS, deputy_id="ana")))
    stage.hear_everything()
    await stage.person("dora").says("person @boris left")
    assert (await stage.milestone("APX-2")).owner_id == "ana"
    assert "Ana Costa 1" in stage.is_told("chen", "Boris Novak left").text
    stage.is_told("ana", "Boris Novak left, so 1 milestone is yours now.")


async def test_a_deputy_whose_time_is_over_takes_nothing(stage: Stage) -> None:
    over = replace(BORIS, deputy_id="ana", deputy_until=date(2026, 3, 1))
    await stage.do(lambda uow: uow.people.save(over))
    await stage.person("dora").says("person @boris left")
    assert (await stage.milestone("APX-2")).owner_id == "chen"


async def test_one_undo_brings_them_and_their_work_back(stage: Stage) -> None:
    await stage.person("dora").says("person @boris left")
    chen = stage.person("chen")
    await chen.presses("Undo", stage.is_told("chen", "Boris Novak left"))
    assert (await the(stage, "boris")).active
    assert (await stage.milestone("APX-2")).owner_id == "boris"


async def test_what_waits_for_somebody_who_leaves_waits_for_somebody_else(stage: Stage) -> None:
    def work(uow) -> None:  # type: ignore[no-untyped-def]
        now = uow.milestones.by_key(TEAM, "APX", 1)
        uow.milestones.save(now.next(approver_id="boris", tasks=(Task("t1", "Call the lab", "boris"),)))

    await stage.do(work)
    await stage.person("dora").says("person @boris left")
    now = await stage.milestone()
    assert (now.owner_id, now.approver_id, now.tasks[0].assignee_id) == ("ana", "chen", "chen")
    told = stage.is_told("chen", "Boris Novak left")
    assert "Open milestones went to: Chen Wei 1." in told.text
    await stage.person("chen").presses("Undo", told)
    back = await stage.milestone()
    assert (back.approver_id, back.tasks[0].assignee_id) == ("boris", "boris")


async def test_a_lead_who_leaves_leaves_no_project_without_one(stage: Stage) -> None:
    await stage.person("dora").says("person @chen left")
    project = await stage.do(lambda uow: uow.projects.get(TEAM, APEX.id))
    assert project
    assert project.lead_id == "dora"


async def test_who_is_back_is_back_with_their_role(stage: Stage) -> None:
    dora = stage.person("dora")
    await dora.says("person @boris left")
    answer = await dora.says("person @boris is back")
    assert "Here again" in answer.text
    assert (await the(stage, "boris")).active
    assert (await stage.milestone("APX-2")).owner_id == "chen"


async def test_a_member_sends_nobody_away(stage: Stage) -> None:
    answer = await stage.person("ana").says("person @boris left")
    assert answer.first_line == "Only an admin or a lead can set that for somebody."
    assert (await the(stage, "boris")).active


async def test_to_an_outsider_nobody_else_is_there(stage: Stage) -> None:
    eve = stage.person("eve")
    known, unknown = await eve.says("person @boris"), await eve.says("person @zoltan")
    assert known.text == unknown.text.replace("zoltan", "boris")
    assert "Novak" not in known.text
    refused = await eve.says("person deputy @boris")
    assert "Only an admin or a lead" in refused.first_line
    assert "Dora" not in refused.text


async def test_stop_stops_and_says_what_follows(stage: Stage) -> None:
    ana = stage.person("ana")
    stage.hear_everything()
    answer = await ana.says("stop")
    assert answer.first_line == "Stopped: I send you nothing more, here or anywhere."
    assert "1 open milestone stays yours; I told Chen Wei" in answer.text
    told = stage.is_told("chen", "Ana Costa asked me to stop: reminders come to you.")
    assert told.card.buttons[0].label == "Choose another owner"
    address = await stage.do(lambda uow: uow.people.address(uow.people.get(TEAM, "ana")))
    assert address is None
    assert (await ana.says("stop")).first_line == "You asked me to stop before: I send you nothing."


async def test_stopping_is_taken_back_with_one_tap(stage: Stage) -> None:
    ana = stage.person("ana")
    await ana.says("stop")
    await ana.presses("Hear again")
    assert not (await the(stage, "ana")).stopped
    await ana.says("stop")
    await ana.says("hear again")
    assert not (await the(stage, "ana")).stopped


async def test_stop_leaves_a_question_first(stage: Stage) -> None:
    ana = stage.person("ana")
    await ana.says("move APX-1")
    assert (await ana.says("stop")).first_line == "All right, left as it was."
    assert not (await the(stage, "ana")).stopped


async def test_a_stopped_persons_reminder_goes_to_the_lead(stage: Stage) -> None:
    ana = stage.person("ana")
    await ana.says("stop")
    stage.hear_everything()
    await stage.at(stage.clock.now().replace(month=3, day=11, hour=10))
    stage.is_told("chen", "APX-1 Prototype tested")
    why = stage.is_told("chen", "Ana Costa asked me to stop: reminders come to you.")
    assert "cannot be reached" not in why.text
    assert not [
        m for m in stage.adapters["slack"].sent if m.ref.conversation.id == "D-ana" and "is due" in m.text
    ]


async def test_the_deputy_is_reminded_too(stage: Stage) -> None:
    await stage.person("ana").says("person deputy @boris until 20 March")
    stage.hear_everything()
    await stage.at(stage.clock.now().replace(month=3, day=11, hour=10))
    stage.is_told("ana", "APX-1 Prototype tested")
    told = stage.is_told("boris", "APX-1 Prototype tested")
    assert "You stand in for Ana Costa" in told.text
