from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from bot.domain.milestone import Criterion, Hold, State, Task
from bot.domain.people import DateOrder, Identity, Person, Role
from bot.errors import VersionConflict
from bot.ports import Dialog, Filter, KnownPlace, UnitOfWork
from bot.refs import ConversationRef, PersonRef
from tests.contracts.storage_contract.cast import (
    ANA,
    ANA_IN_SLACK,
    ANA_IN_TELEGRAM,
    BO,
    CHANNEL,
    DAY,
    OURS,
    SECOND,
    START,
    STRANGER_IN_SLACK,
    THEIRS,
    Team,
    milestone,
    moved,
    notice,
)

DETAILED = Person(
    "cy",
    OURS,
    "Cy 😀 ‮drow",
    Role.LEAD,
    "Asia/Kathmandu",
    "ne",
    DateOrder.DMY,
    frozenset({6, 0, 1, 2, 3}),
    time(7, 45),
    "telegram",
    False,
)


async def test_a_person_is_read_back_as_written(team: Team) -> None:
    await team.do(lambda unit: unit.people.add(DETAILED))
    assert await team.see(lambda unit: unit.people.get(OURS, "cy")) == DETAILED


async def test_a_person_is_changed(team: Team) -> None:
    await team.do(lambda unit: unit.people.save(replace(DETAILED, id=ANA)))
    assert await team.see(lambda unit: unit.people.get(OURS, ANA)) == replace(DETAILED, id=ANA)
    assert (await team.see(lambda unit: unit.people.get(OURS, BO))) == Person(BO, OURS, "Bo")


async def test_everybody_is_called_what_the_list_of_people_says(team: Team) -> None:
    await team.do(lambda unit: unit.people.add(DETAILED))
    await team.do(lambda unit: unit.people.merge(OURS, BO, ANA))
    listed = await team.see(lambda unit: unit.people.all(OURS))
    names = await team.see(lambda unit: unit.people.everybody(OURS))
    assert sorted(names) == sorted(person.name for person in listed)
    assert "Bo" not in names


async def test_somebody_unknown_is_nobody(team: Team) -> None:
    assert await team.see(lambda unit: unit.people.get(OURS, "nobody")) is None
    assert await team.see(lambda unit: unit.people.by_ref(OURS, PersonRef("slack", "T1", "U404"))) is None
    assert await team.see(lambda unit: unit.people.by_username(OURS, "slack", "")) is None


async def test_a_username_is_found_in_any_case(team: Team) -> None:
    found = await team.see(lambda unit: unit.people.by_username(OURS, "slack", "ANA"))
    assert found is not None
    assert found.id == ANA


async def test_the_same_account_twice_in_a_workspace_is_refused(team: Team) -> None:
    with pytest.raises(VersionConflict):
        await team.do(lambda unit: unit.people.add_identity(Identity(BO, OURS, ANA_IN_SLACK), START))


async def test_one_account_may_belong_to_two_workspaces(team: Team) -> None:
    def join(unit: UnitOfWork) -> None:
        unit.people.add_identity(Identity(ANA, OURS, ANA_IN_TELEGRAM), START)
        unit.people.add_identity(Identity("stranger", THEIRS, ANA_IN_TELEGRAM), START + SECOND)

    await team.do(join)
    assert [w.id for w in await team.see(lambda unit: unit.workspaces.of_person(ANA_IN_TELEGRAM))] == [
        OURS,
        THEIRS,
    ]


async def test_notices_go_to_the_preferred_account_else_to_the_first_that_can_be_reached(team: Team) -> None:
    telegram = Identity(ANA, OURS, ANA_IN_TELEGRAM, direct=ConversationRef("telegram", "", "501"))
    await team.do(lambda unit: unit.people.add_identity(telegram, START + DAY))
    ana = Person(ANA, OURS, "Ana")

    async def address(person: Person) -> str:
        found = await team.see(lambda unit: unit.people.address(person))
        return found.ref.platform if found else ""

    assert await address(ana) == "slack"
    assert await address(replace(ana, preferred_platform="telegram")) == "telegram"
    await team.do(lambda unit: unit.people.save_identity(replace(telegram, reachable=False)))
    assert await address(replace(ana, preferred_platform="telegram")) == "slack"
    assert await address(Person(BO, OURS, "Bo")) == ""


class TestTwoPeopleTurnOutToBeOne:
    async def test_everything_of_the_first_is_the_seconds(self, team: Team) -> None:
        done = Criterion("c1", "Signed off", ANA, START)
        hold = Hold("no crane", START, ANA, date(2026, 4, 2), State.PLANNED)
        tasks = (Task("t1", "Order steel", ANA), Task("t2", "Pour", BO, ANA, START))
        theirs = milestone(approver_id=ANA, criteria=(done,), tasks=tasks, hold=hold).next()
        await team.has(theirs)
        await team.do(lambda unit: unit.histories.add(moved(theirs, "h1")))
        await team.do(lambda unit: unit.people.merge(OURS, ANA, BO))

        found = await team.see(lambda unit: unit.milestones.get(OURS, theirs.id))
        assert found is not None
        assert (found.owner_id, found.approver_id, found.created_by) == (BO, BO, BO)
        assert found.criteria == (replace(done, done_by=BO),)
        assert found.tasks == (replace(tasks[0], assignee_id=BO), replace(tasks[1], done_by=BO))
        assert found.hold == replace(hold, by=BO)
        assert [i.ref for i in await team.see(lambda unit: unit.people.identities(OURS, BO))] == [
            ANA_IN_SLACK
        ]
        (project,) = await team.see(lambda unit: unit.projects.all(OURS))
        assert project.lead_id == BO
        (entry,) = await team.see(lambda unit: unit.histories.of(OURS, theirs.id))
        assert entry.actor_id == BO
        undoable = await team.see(lambda unit: unit.histories.last_by(OURS, BO))
        assert undoable == entry

    async def test_the_first_is_found_as_the_second_and_listed_no_more(self, team: Team) -> None:
        await team.do(lambda unit: unit.people.merge(OURS, ANA, BO))
        assert (await team.see(lambda unit: unit.people.get(OURS, ANA))) == Person(BO, OURS, "Bo")
        assert [p.id for p in await team.see(lambda unit: unit.people.all(OURS))] == [BO]
        assert await team.see(lambda unit: unit.people.names(OURS, [ANA, BO])) == {ANA: "Bo", BO: "Bo"}

    async def test_merging_twice_leads_to_the_last(self, team: Team) -> None:
        await team.do(lambda unit: unit.people.add(DETAILED))
        await team.do(lambda unit: unit.people.merge(OURS, ANA, BO))
        await team.do(lambda unit: unit.people.merge(OURS, BO, "cy"))
        assert (await team.see(lambda unit: unit.people.get(OURS, ANA))) == DETAILED

    async def test_counts_follow_the_owner(self, team: Team) -> None:
        await team.has(milestone(), milestone())
        await team.do(lambda unit: unit.people.merge(OURS, ANA, BO))
        of_bo = await team.see(lambda unit: unit.milestones.page(OURS, Filter(owner_id=BO), 1, 20))
        of_ana = await team.see(lambda unit: unit.milestones.page(OURS, Filter(owner_id=ANA), 1, 20))
        assert (of_bo.total, of_ana.total) == (2, 0)

    async def test_who_read_the_milestone_before_cannot_write_the_old_owner_back(self, team: Team) -> None:
        before = milestone()
        await team.has(before)
        await team.do(lambda unit: unit.people.merge(OURS, ANA, BO))
        with pytest.raises(VersionConflict):
            await team.do(lambda unit: unit.milestones.save(before.next(title="Old")))

    async def test_an_old_owner_named_in_an_undo_becomes_the_new_one(self, team: Team) -> None:
        before = milestone(owner_id=BO)
        await team.has(before)
        await team.do(lambda unit: unit.people.merge(OURS, ANA, BO))
        await team.do(lambda unit: unit.milestones.save(before.next(owner_id=ANA)))
        found = await team.see(lambda unit: unit.milestones.get(OURS, before.id))
        assert found is not None
        assert found.owner_id == BO

    async def test_waiting_messages_follow(self, team: Team) -> None:
        to_ana = notice(conversation="", person_id=ANA)
        await team.do(lambda unit: unit.outbox.add(to_ana, str(ANA_IN_SLACK), "slack", "slack:T1:U1"))
        await team.do(lambda unit: unit.people.merge(OURS, ANA, BO))
        (row,) = await team.claims()
        assert row.person_id == BO

    async def test_into_oneself_changes_nothing(self, team: Team) -> None:
        await team.do(lambda unit: unit.people.merge(OURS, ANA, ANA))
        assert len(await team.see(lambda unit: unit.people.all(OURS))) == 2


class TestScene:
    async def test_all_that_is_known_comes_in_one_answer(self, team: Team) -> None:
        (scene,) = await team.see(lambda unit: unit.workspaces.scenes(ANA_IN_SLACK, CHANNEL.in_thread("9")))
        assert (scene.workspace.id, scene.person.id, scene.identity.ref) == (OURS, ANA, ANA_IN_SLACK)
        assert scene.place == KnownPlace(OURS, CHANNEL, "general", False)
        assert scene.project is not None
        assert scene.project.key == "APX"
        assert (scene.installed, scene.chosen) == (True, False)

    async def test_a_place_of_another_team_is_not_seen(self, team: Team) -> None:
        (scene,) = await team.see(lambda unit: unit.workspaces.scenes(STRANGER_IN_SLACK, CHANNEL))
        assert scene.workspace.id == THEIRS
        assert (scene.place, scene.project) == (None, None)

    async def test_an_unknown_account_stands_nowhere(self, team: Team) -> None:
        unknown = PersonRef("slack", "T1", "U404")
        assert await team.see(lambda unit: unit.workspaces.scenes(unknown, CHANNEL)) == ()

    async def test_the_chosen_workspace_is_marked(self, team: Team) -> None:
        def join(unit: UnitOfWork) -> None:
            unit.people.add_identity(Identity(ANA, OURS, ANA_IN_TELEGRAM), START)
            unit.people.add_identity(Identity("stranger", THEIRS, ANA_IN_TELEGRAM), START + SECOND)
            unit.places.choose(ANA_IN_TELEGRAM, THEIRS)

        await team.do(join)
        direct = ConversationRef("telegram", "", "501")
        scenes = await team.see(lambda unit: unit.workspaces.scenes(ANA_IN_TELEGRAM, direct))
        assert [(scene.workspace.id, scene.chosen, scene.installed) for scene in scenes] == [
            (OURS, False, False),
            (THEIRS, True, False),
        ]
        assert await team.see(lambda unit: unit.places.chosen(ANA_IN_TELEGRAM)) == THEIRS


async def test_a_question_is_taken_once_and_replaced_by_the_next(team: Team) -> None:
    def ask(field: str) -> Dialog:
        return Dialog(
            workspace_id=OURS,
            person_id=ANA,
            conversation=str(CHANNEL),
            verb="new",
            asked={"title": "“Zürich” ☂"},
            field=field,
            asked_at=START,
        )

    await team.do(lambda unit: unit.dialogs.put(ask("due")))
    await team.do(lambda unit: unit.dialogs.put(ask("owner")))
    assert await team.do(lambda unit: unit.dialogs.take(OURS, ANA, str(CHANNEL))) == ask("owner")
    assert await team.do(lambda unit: unit.dialogs.take(OURS, ANA, str(CHANNEL))) is None
