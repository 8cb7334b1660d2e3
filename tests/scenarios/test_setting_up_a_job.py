"""A lead sets up a real job from nothing, on the page: three phases, eight milestones, and what it takes."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime

import pytest

from bot.domain.milestone import Milestone, State
from bot.domain.people import Identity, Person, Project, Role, Workspace
from bot.messages import Sender
from bot.ports import Filter, KnownPlace, UnitOfWork
from bot.refs import ConversationRef, PersonRef
from tests.fakes.clock import FakeClock
from tests.scenarios.answers import Answer
from tests.scenarios.conversation import Stage, a_stage
from tests.scenarios.voice import Voice

WEB, TEAM = "web", "harbour"
RIVERSIDE = ConversationRef(WEB, "T1", "riverside")
BORIS = ConversationRef(WEB, "T1", "D-boris")


def furnish(uow: UnitOfWork, now: object) -> None:
    """Two people and an empty channel; nothing else was ever set."""
    uow.workspaces.add(Workspace(TEAM, "Harbour & Co", rehearsal=True))
    uow.workspaces.install(WEB, "T1", TEAM, now)  # type: ignore[arg-type]  # the stage's instant
    for nick, name, role in (("ana", "Ana Costa", Role.ADMIN), ("boris", "Boris Novak", Role.MEMBER)):
        ref = PersonRef(WEB, "T1", nick)
        home = ConversationRef(WEB, "T1", f"D-{nick}")
        uow.people.add(Person(nick, TEAM, name, role))
        uow.people.add_identity(Identity(nick, TEAM, ref, nick, home), now)  # type: ignore[arg-type]
        uow.places.put(KnownPlace(TEAM, home, name, is_direct=True))
    uow.places.put(KnownPlace(TEAM, RIVERSIDE, "#riverside", is_direct=False))


@pytest.fixture
async def page(database_url: str, clock: FakeClock) -> AsyncIterator[Stage]:
    async with a_stage(database_url, clock, furnish) as stage:
        yield stage


async def everything(stage: Stage) -> tuple[Milestone, ...]:
    return (await stage.do(lambda uow: uow.milestones.page(TEAM, Filter(), 1, 50))).milestones


async def riverside(stage: Stage) -> Project:
    (found,) = await stage.do(lambda uow: uow.projects.all(TEAM))
    return found


class Lead:
    """Ana, and how many questions she was asked."""

    def __init__(self, stage: Stage) -> None:
        self.voice = Voice(stage, Sender(PersonRef(WEB, "T1", "ana"), "Ana Costa", "ana"))
        self.questions = 0

    async def says(self, words: str) -> Answer:
        return self._counted(await self.voice.says(words, RIVERSIDE))

    async def presses(self, label: str) -> Answer:
        return self._counted(await self.voice.presses(label))

    def _counted(self, answer: Answer) -> Answer:
        if answer.reply and answer.reply.body:
            self.questions += answer.first_line.endswith(("?", "sentence."))
        return answer


async def test_a_job_with_three_phases_and_eight_milestones_is_set_up_from_nothing(page: Stage) -> None:
    ana = Lead(page)

    # Two questions make something useful: a project with a scope and three phases.
    await ana.says("plan")
    await ana.says("24 flats, ready to move in by autumn")
    answer = await ana.says("Design, Build, Handover")
    assert (await riverside(page)).scope == "24 flats, ready to move in by autumn"
    assert ana.questions - 1 == 2  # the third was only just asked

    # What ends each phase, with date and owner in one sentence or asked for.
    assert answer.first_line == "Design: what is true when this phase ends?"
    await ana.says("Plans approved by the city by 2 April @boris")
    answer = await ana.says("Shell closed and inspected")
    assert answer.first_line == "When is “Shell closed and inspected” to be true?"
    await ana.says("24 July")
    answer = await ana.presses("Finish later")
    assert answer.first_line == "Riverside: 2 things are unfinished."
    assert ana.questions == 6

    # A break; later the plan knows what is left and goes on there.
    answer = await ana.says("plan")
    assert "Handover: what is true when this phase ends?" in answer.text
    await ana.presses("Go on")
    await ana.says("Keys handed over by 30 September me")
    answer = await ana.says("DE Bavaria")
    assert answer.first_line == "Riverside: the plan is complete."
    assert ana.questions <= 9

    # Five more on the way, one line each, without a question.
    asked = ana.questions
    for line in (
        "new Soil report filed by 13 March @boris in phase Design",
        "new Tender awarded by 27 March me in phase Design",
        "new Foundation poured by 8 May @boris in phase Build needs inspection report",
        "new Roof closed by 26 June @boris in phase Build",
        "new Defects list empty by 18 September @boris in phase Handover",
    ):
        await ana.says(line)
    assert ana.questions == asked

    made = await everything(page)
    assert len(made) == 8
    assert {m.state for m in made} == {State.PLANNED}
    phases = await page.do(lambda uow: uow.phases.of(TEAM, made[0].project_id))
    assert [sum(m.phase_id == phase.id for m in made) for phase in phases] == [3, 3, 2]
    status = (await ana.says("status")).text
    assert status.index("Design") < status.index("Build") < status.index("Handover")
    assert made[2].due == date(2026, 4, 2)

    # A holiday is challenged, since the plan knows them now.
    asked = ana.questions
    answer = await ana.says("new Scaffold ordered by 3 April me")
    assert "Fri 3 Apr" in answer.first_line
    assert ana.questions == asked + 1
    await ana.says("never mind")

    # Everything so far went to the lead alone; going live says what comes next, and then it comes.
    assert heard_by_boris(page) == []
    answer = await ana.says("go live")
    assert answer.first_line == "Live, I would send nothing in the next three days."
    await ana.presses("Go live")
    await page.at(datetime(2026, 3, 6, 12, tzinfo=UTC))
    assert [line.split(" is due")[0] for line in heard_by_boris(page)] == ["RVR-4 Soil report filed"]


def heard_by_boris(stage: Stage) -> list[str]:
    return [m.text.splitlines()[0] for m in stage.adapters[WEB].sent if m.ref.conversation.root == BORIS]
