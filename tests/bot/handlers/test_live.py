"""live: rehearsal tells the lead alone, and going live says beforehand exactly what it will send."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.people import Workspace
from bot.messages import Standing
from tests.scenarios.cast import CHEN, SLACK, TEAM
from tests.scenarios.conversation import Stage

FRIDAY = datetime(2026, 3, 13, 12, tzinfo=UTC)


async def rehearses(stage: Stage, value: bool = True) -> None:
    def work(uow) -> None:  # type: ignore[no-untyped-def]
        uow.workspaces.save(replace(uow.workspaces.get(TEAM), rehearsal=value))

    await stage.do(work)


async def team(stage: Stage) -> Workspace:
    found = await stage.do(lambda uow: uow.workspaces.get(TEAM))
    assert found
    return found


def new_messages(stage: Stage, heard: set[object]) -> list[tuple[str, str, datetime]]:
    sent = [m for m in stage.adapters[SLACK].sent if m.ref not in heard and "T1" in str(m.ref)]
    return [(m.ref.conversation.id, m.text, m.at) for m in sent]


def heard(stage: Stage) -> set[object]:
    return {m.ref for m in stage.adapters[SLACK].sent}


async def test_in_rehearsal_everything_comes_to_the_lead_marked(stage: Stage) -> None:
    await rehearses(stage)
    known = heard(stage)
    await stage.person("ana").commands("assign APX-1 to @boris")
    await stage.at(FRIDAY + timedelta(days=6))
    told = new_messages(stage, known)
    assert {where for where, _, _ in told} == {f"D-{CHEN.id}"}
    firsts = [text.splitlines()[0] for _, text, _ in told]
    assert any(line.startswith("For Boris Novak: You own") for line in firsts)
    assert any(line.startswith("For #apex: ") for line in firsts)
    assert all(line.startswith("For ") or "Overdue" in line for line in firsts)
    assert all(len(line) <= 90 for line in firsts)


async def test_the_ladder_of_a_rehearsal_climbs_like_the_real_one(stage: Stage) -> None:
    await rehearses(stage)
    known = heard(stage)
    await stage.at(datetime(2026, 3, 20, 8, tzinfo=UTC))
    overdue = [
        text.splitlines()[0]
        for _, text, _ in new_messages(stage, known)
        if "Overdue" in text and "APX-1" in text
    ]
    steps = [line for line in overdue if "·" in line and "Apex release" not in line]
    assert steps[0].startswith("For Ana Costa: ")
    assert steps[1].startswith("🔴 Overdue")


async def test_nothing_is_said_to_others_that_was_planned_before_the_rehearsal(stage: Stage) -> None:
    assert not (await team(stage)).rehearsal
    dora = stage.person("dora")
    await dora.commands("rehearse")
    assert (await team(stage)).rehearsal
    known = heard(stage)
    await stage.at(FRIDAY)
    assert {where for where, _, _ in new_messages(stage, known)} <= {f"D-{CHEN.id}"}


async def test_going_live_shows_exactly_what_it_then_sends(stage: Stage) -> None:
    await rehearses(stage)
    await stage.at(datetime(2026, 3, 15, 12, tzinfo=UTC))
    chen = stage.person("chen")
    shown = await chen.commands("go live")
    assert (await team(stage)).rehearsal
    live = await chen.presses("Go live")
    assert not (await team(stage)).rehearsal
    known = heard(stage)
    await stage.advance(timedelta(days=3))
    sent = new_messages(stage, known)
    assert shown.first_line == f"Live, I would send {len(sent)} messages in the next three days."
    assert live.first_line == f"You are live: {len(sent)} messages go out in the next three days."
    for where, _, at in sent:
        person = {"D-ana": "Ana Costa", "D-boris": "Boris Novak", "D-chen": "Chen Wei", "C-apex": "#apex"}[
            where
        ]
        assert f"{at:%H:%M} | {person}" in shown.text
    assert "D-ana" in {where for where, _, _ in sent}
    assert not any(text.startswith("For ") for _, text, _ in sent)


async def test_what_nobody_can_take_is_counted_as_what_the_lead_hears_instead(stage: Stage) -> None:
    def unreachable(uow) -> None:  # type: ignore[no-untyped-def]
        for identity in uow.people.identities(TEAM, "ana"):
            uow.people.save_identity(replace(identity, reachable=False))

    await rehearses(stage)
    await stage.do(unreachable)
    await stage.at(datetime(2026, 3, 15, 12, tzinfo=UTC))
    chen = stage.person("chen")
    shown = await chen.commands("live")
    await chen.presses("Go live")
    known = heard(stage)
    await stage.advance(timedelta(days=3))
    assert (
        shown.first_line
        == f"Live, I would send {len(new_messages(stage, known))} messages in the next three days."
    )
    assert "Ana Costa cannot be reached" in shown.text


async def test_in_rehearsal_a_channel_hears_nothing_that_was_not_said_in_it(stage: Stage) -> None:
    await rehearses(stage)
    known = heard(stage)
    await stage.person("ana").says("new Roof closed by 12 June me in APX")
    assert new_messages(stage, known) == []
    await stage.person("ana").commands("new Roof painted by 12 June me")
    assert [where for where, _, _ in new_messages(stage, known)] == ["C-apex"]


async def test_going_back_to_rehearsal_is_one_press_and_one_undo(quick_stage: Stage) -> None:
    await rehearses(quick_stage)
    chen = quick_stage.person("chen")
    await chen.commands("live")
    await chen.presses("Go live")
    answer = await chen.presses("Back to rehearsal")
    assert answer.first_line == "This is a rehearsal: everything I would send goes to the lead alone."
    assert (await team(quick_stage)).rehearsal
    await chen.presses("Undo", answer)
    assert not (await team(quick_stage)).rehearsal


@pytest.mark.parametrize("who", ["ana", "vic", "eve"])
@pytest.mark.parametrize("words", ["go live", "rehearse", "settings rehearsal off"])
async def test_only_a_lead_or_an_admin_decides(quick_stage: Stage, who: str, words: str) -> None:
    await rehearses(quick_stage)
    answer = await quick_stage.person(who).commands(words)
    assert "Go live" not in answer.labels
    assert (await team(quick_stage)).rehearsal


async def test_live_already_says_so(quick_stage: Stage) -> None:
    answer = await quick_stage.person("chen").commands("go live")
    assert answer.first_line == "You are live: everybody hears what is theirs."


async def test_a_new_team_rehearses_and_an_old_one_does_not(quick_stage: Stage) -> None:
    assert not (await team(quick_stage)).rehearsal
    newcomer = quick_stage.person("nora", tenant="T9", standing=Standing.ADMIN)
    await newcomer.says("mine")
    new = await quick_stage.do(lambda uow: uow.workspaces.of_tenant(SLACK, "T9"))
    assert new is not None
    assert new.rehearsal
