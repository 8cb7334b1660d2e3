"""People from outside see what is theirs, and nobody's name: by any verb, any way, and in what is sent."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

import pytest

from bot.access import Matter, Rule, may
from bot.app.parts import registry
from bot.domain.history import Action, History
from bot.domain.people import Role
from bot.ports import Filter, StoredAction, UnitOfWork
from bot.sight import is_outsider, names_for, narrowed, sees, told_to
from tests.fakes.clock import START
from tests.scenarios.answers import Answer
from tests.scenarios.cast import ANA, APEX, BORIS, CHEN, EVE, LEO, PEOPLE, TEAM, VIC, direct, milestone
from tests.scenarios.conversation import Stage

NAMES = [part for person in PEOPLE if person != EVE for part in person.name.split()] + ["Next door", "Olaf"]
VERBS = [command.verb.name for command in registry()]


@pytest.fixture
async def theirs(stage: Stage) -> Stage:
    """APX-1 is Eve's by now; others changed it, block it, sign it off, and noted why."""
    dora, chen = stage.person("dora"), stage.person("chen")
    await dora.commands("assign APX-1 to @eve because Ana is ill")
    await chen.commands("move APX-1 to 16 March because Boris asked for it")

    def work(uow) -> None:  # type: ignore[no-untyped-def]
        now = uow.milestones.by_key(TEAM, "APX", 1)
        uow.milestones.save(now.next(approver_id=BORIS.id))

    await stage.do(work)
    stage.hear_everything()
    return stage


def leaks(answer: Answer) -> list[str]:
    shown = f"{answer.text} {' '.join(answer.labels)}" if answer.reply else ""
    return [name for name in NAMES if name in shown]


@pytest.mark.parametrize("verb", VERBS)
async def test_no_verb_tells_an_outsider_a_name(theirs: Stage, verb: str) -> None:
    eve = theirs.person("eve")
    for words in (verb, f"{verb} APX-1", f"{verb} APX-2"):
        assert leaks(await eve.says(words)) == [], words


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("milestone_id", ["m1", "m2"])
async def test_no_button_tells_an_outsider_a_name(theirs: Stage, verb: str, milestone_id: str) -> None:
    eve = theirs.person("eve")
    action = StoredAction(
        workspace_id=TEAM, verb=verb, asked={"milestone_id": milestone_id}, conversation=str(eve.home)
    )
    token = await theirs.do(lambda uow: uow.actions.offer(action, theirs.clock.now()))
    assert leaks(await eve.presses_token(token, eve.home)) == []


async def test_nothing_sent_to_an_outsider_names_anybody(theirs: Stage) -> None:
    await theirs.person("chen").commands("move APX-1 to 4 March because Boris asked for it")
    await theirs.advance(timedelta(days=14))
    here = direct(theirs.person("eve").ref)
    sent = [m.text for m in theirs.adapters["slack"].sent if m.ref.conversation == here]
    assert sent
    assert [name for name in NAMES for text in sent if name in text] == []


async def test_their_lists_hold_what_is_theirs(theirs: Stage) -> None:
    eve = theirs.person("eve")
    for words in ("status", "status all", "mine", "late", "next", "find released"):
        answer = await eve.says(words)
        assert "APX-2" not in answer.text, words
        assert "Beta" not in answer.text.replace("find", ""), words
    assert "APX-1" in (await eve.says("mine")).text


async def test_colleagues_see_everything_unchanged(theirs: Stage) -> None:
    assert "Eve Contractor" in (await theirs.person("vic").says("show APX-1")).text
    assert "APX-2" in (await theirs.person("ana").says("status all")).text


def test_only_people_from_outside_are_outsiders() -> None:
    assert is_outsider(EVE)
    assert not any(is_outsider(person) for person in (ANA, CHEN, LEO, VIC))
    assert not is_outsider(None)  # a channel's reader
    assert not is_outsider(replace(EVE, active=False))  # who left is told nothing at all


def test_a_list_is_narrowed_for_outsiders_alone() -> None:
    assert narrowed(EVE, Filter(project_id="p")) == Filter(project_id="p", owner_id=EVE.id)
    assert narrowed(ANA, Filter(project_id="p")) == Filter(project_id="p")


def test_what_somebody_has_a_part_in_they_see() -> None:
    made = milestone(1, "Prototype tested", ANA, START.date(), START)
    assert not sees(EVE, made, APEX)
    assert sees(EVE, replace(made, approver_id=EVE.id), APEX)
    assert sees(EVE, replace(made, owner_id=EVE.id), APEX)


async def test_colleagues_are_the_team_to_them_and_they_are_themselves(stage: Stage) -> None:
    names = await stage.do(lambda uow: dict(names_for(uow, EVE, TEAM, {"ana", "eve", "nobody"})))
    assert names == {"ana": "Acme", "eve": "Eve Contractor"}
    assert (await stage.do(lambda uow: dict(names_for(uow, ANA, TEAM, {"eve"})))) == {"eve": "Eve Contractor"}


def test_others_notes_are_left_out_for_them_and_their_own_are_not() -> None:
    entry = History(
        id="h", workspace_id=TEAM, milestone_id="m1", at=START, actor_id=CHEN.id, action=Action.MOVED,
        before={}, after={}, version=2, note="Boris asked for it",
    )  # fmt: skip
    assert told_to(EVE, entry).note == ""
    assert told_to(EVE, replace(entry, actor_id=EVE.id)).note == "Boris asked for it"
    assert told_to(VIC, entry).note == "Boris asked for it"
    assert [r for r in Role if not may(replace(EVE, role=r), Rule.NOTES, Matter())] == [Role.EXTERNAL]


async def test_a_refused_undo_names_nobody_to_them(theirs: Stage) -> None:
    await theirs.person("chen").commands("settings digest 8:30")
    entry = await theirs.do(lambda uow: uow.ledger.last_by(TEAM, CHEN.id))
    assert entry
    for who, words in (("eve", "Only Acme or an admin can undo that."), ("ana", "Only Chen Wei or an admin")):
        voice = theirs.person(who)
        asked = {"history_id": entry.id}
        action = StoredAction(workspace_id=TEAM, verb="undo", asked=asked, conversation=str(voice.home))
        token = await theirs.do(partial(_offered, action=action, at=theirs.clock.now()))
        assert words in (await voice.presses_token(token, voice.home)).text


def _offered(uow: UnitOfWork, action: StoredAction, at: datetime) -> str:
    return uow.actions.offer(action, at)


async def test_undoing_tells_nothing_of_what_is_no_longer_theirs(theirs: Stage) -> None:
    eve, dora = theirs.person("eve"), theirs.person("dora")
    await eve.says("begin APX-1")
    await dora.commands("assign APX-1 to @ana")
    await dora.commands("rename APX-1 to Takeover prepared")
    answer = await eve.says("undo")
    assert answer.first_line == "That milestone is not here any more."
    assert "Takeover" not in answer.text


async def test_neither_rests_nor_proposals_tell_of_what_is_no_longer_theirs(theirs: Stage) -> None:
    eve, dora = theirs.person("eve"), theirs.person("dora")
    await eve.says("snooze APX-1 until Monday")
    proposed = await eve.says("propose APX-1 to 27 March because the truck broke down")
    await dora.commands("assign APX-1 to @ana")
    await dora.commands("rename APX-1 to Takeover prepared")
    assert "Takeover" not in (await eve.says("snooze off")).text
    assert "Takeover" not in (await eve.says("proposals")).text
    answer = await eve.presses("Withdraw", proposed)
    assert answer.first_line == "That milestone is not here any more."


async def test_an_outsider_is_offered_no_department_of_others(stage: Stage) -> None:
    await stage.person("dora").says("person @boris department Legal")
    assert "Legal" in (await stage.person("ana").says("person department")).labels
    assert "Legal" not in (await stage.person("eve").says("person department")).text


async def test_a_name_is_set_by_whoever_bears_it_and_undone(stage: Stage) -> None:
    ana = stage.person("ana")
    assert (await ana.says("set my name to Ana Maria Costa")).first_line.startswith("Ana Maria Costa")
    assert (await ana.says("person name")).first_line == "Which name?"
    await ana.says("leave it")
    await ana.commands("undo")
    assert "Ana Costa" in (await ana.says("whoami")).first_line


async def test_the_name_of_somebody_else_is_not_a_members_to_set(stage: Stage) -> None:
    answer = await stage.person("ana").says("person @boris name Bo")
    assert answer.first_line == "Only an admin or a lead can set that for somebody."
