"""Proposals, reminders that rest, and feedback, on every store."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.domain.feedback import Feedback
from bot.domain.proposal import Proposal, Stand, decided
from bot.domain.snooze import Snooze
from bot.errors import VersionConflict
from bot.ports import UnitOfWork
from tests.contracts.storage_contract.cast import ANA, BO, DAY, OURS, START, THEIRS, Team, milestone, moved

ABOUT = milestone(id="about", number=901)


def wish(ident: str = "p1", **changes: Any) -> Proposal:
    values: dict[str, Any] = {
        "id": ident,
        "workspace_id": OURS,
        "milestone_id": ABOUT.id,
        "verb": "move",
        "rule": "move",
        "asked": {"due": "2026-04-01", "choice": "keep"},
        "reason": "Truck “broke” down",
        "by_id": BO,
        "to_id": ANA,
        "made_at": START,
        "seen": 1,
    }
    return Proposal(**{**values, **changes})


@pytest.fixture
async def ours(team: Team) -> Team:
    await team.has(ABOUT)
    return team


async def test_a_proposal_comes_back_as_it_was_kept(ours: Team) -> None:
    kept = wish(asked_why=START + DAY, answer="the axle", decided_by=ANA, decided_at=START)
    await ours.do(lambda u: u.proposals.add(kept))
    assert await ours.see(lambda u: u.proposals.get(OURS, "p1")) == kept
    assert await ours.see(lambda u: u.proposals.get(OURS, "p2")) is None


async def test_open_ones_are_found_from_every_side_oldest_first(ours: Team) -> None:
    later = wish("p0", made_at=START + DAY, asked={"due": "2026-05-01"})

    def work(unit: UnitOfWork) -> None:
        for proposal in (later, wish(), wish("p3", by_id=ANA, to_id=BO)):
            unit.proposals.add(proposal)

    await ours.do(work)
    assert [p.id for p in await ours.see(lambda u: u.proposals.waiting_for(OURS, ANA))] == ["p1", "p0"]
    assert [p.id for p in await ours.see(lambda u: u.proposals.open_of(OURS, BO))] == ["p1", "p0"]
    assert {p.id for p in await ours.see(lambda u: u.proposals.open_about(OURS, ABOUT.id))} == {
        "p0",
        "p1",
        "p3",
    }


async def test_an_answered_one_waits_for_nobody(ours: Team) -> None:
    await ours.do(lambda u: u.proposals.add(wish()))
    done = decided(wish(), Stand.ACCEPTED, ANA, START)
    await ours.do(lambda u: u.proposals.save(done))
    assert await ours.see(lambda u: u.proposals.waiting_for(OURS, ANA)) == ()
    assert await ours.see(lambda u: u.proposals.get(OURS, "p1")) == done


async def test_the_second_answer_finds_the_first(ours: Team) -> None:
    await ours.do(lambda u: u.proposals.add(wish()))
    await ours.do(lambda u: u.proposals.save(decided(wish(), Stand.ACCEPTED, ANA, START)))
    with pytest.raises(VersionConflict):
        await ours.do(lambda u: u.proposals.save(decided(wish(), Stand.DECLINED, BO, START)))
    found = await ours.see(lambda u: u.proposals.get(OURS, "p1"))
    assert found
    assert found.state is Stand.ACCEPTED


def test_what_is_settled_is_settled() -> None:
    done = decided(wish(), Stand.ACCEPTED, ANA, START)
    with pytest.raises(ValueError, match="accepted already"):
        decided(done, Stand.DECLINED, ANA, START)


def test_the_same_wish_is_the_same_whatever_the_reason() -> None:
    one = wish(asked={"due": "2026-04-01", "milestone_id": "x", "version": 3})
    assert one.wishes_the_same(wish("p2", reason="other", asked={"due": "2026-04-01"}))
    assert not one.wishes_the_same(wish("p2", asked={"due": "2026-04-02"}))
    assert not one.wishes_the_same(wish("p2", verb="drop", asked={"due": "2026-04-01"}))


async def test_one_rest_each_the_newest(ours: Team) -> None:
    def work(unit: UnitOfWork) -> None:
        unit.snoozes.put(Snooze(OURS, ABOUT.id, ANA, START + DAY))
        unit.snoozes.put(Snooze(OURS, ABOUT.id, BO, START + DAY))
        unit.snoozes.put(Snooze(OURS, ABOUT.id, ANA, START + 2 * DAY))

    await ours.do(work)
    assert await ours.see(lambda u: u.snoozes.of(OURS, ANA)) == (
        Snooze(OURS, ABOUT.id, ANA, START + 2 * DAY),
    )
    assert {s.person_id for s in await ours.see(lambda u: u.snoozes.about(OURS, ABOUT.id))} == {ANA, BO}
    await ours.do(lambda u: u.snoozes.remove(OURS, ABOUT.id, ANA))
    assert await ours.see(lambda u: u.snoozes.of(OURS, ANA)) == ()
    assert len(await ours.see(lambda u: u.snoozes.about(OURS, ABOUT.id))) == 1


async def test_feedback_is_read_newest_first_and_counted(ours: Team) -> None:
    def work(unit: UnitOfWork) -> None:
        for n in range(3):
            unit.feedback.add(Feedback(f"f{n}", OURS, ANA, START + n * DAY, f"word {n}"))

    await ours.do(work)
    assert [f.id for f in await ours.see(lambda u: u.feedback.latest(OURS, 2))] == ["f2", "f1"]
    assert await ours.see(lambda u: u.feedback.said_since(OURS, ANA, START + DAY)) == 2
    assert await ours.see(lambda u: u.feedback.said_since(OURS, BO, START)) == 0
    assert await ours.see(lambda u: u.feedback.count()) == 3


async def test_two_people_who_are_one_have_their_proposals_together(ours: Team) -> None:
    def work(unit: UnitOfWork) -> None:
        unit.proposals.add(wish())
        unit.snoozes.put(Snooze(OURS, ABOUT.id, BO, START + DAY))
        unit.snoozes.put(Snooze(OURS, ABOUT.id, ANA, START + timedelta(hours=1)))
        unit.feedback.add(Feedback("f1", OURS, BO, START, "word"))
        unit.people.merge(OURS, BO, ANA)

    await ours.do(work)
    assert [p.by_id for p in await ours.see(lambda u: u.proposals.open_of(OURS, ANA))] == [ANA]
    assert [s.person_id for s in await ours.see(lambda u: u.snoozes.about(OURS, ABOUT.id))] == [ANA]
    assert [f.by_id for f in await ours.see(lambda u: u.feedback.latest(OURS, 5))] == [ANA]


async def test_history_keeps_whose_proposal_it_was(ours: Team) -> None:
    entry = moved(ABOUT, "h9", proposed_by=BO)
    await ours.do(lambda u: u.histories.add(entry))
    assert await ours.see(lambda u: u.histories.get(OURS, "h9")) == entry


async def test_who_signs_is_found_by_the_whole_or_a_part(ours: Team) -> None:
    whole = milestone(approver_id=BO)
    criterion = replace(whole.criteria[0], approver_id=BO)
    part = milestone(criteria=(criterion,))
    await ours.has(whole, part)
    found = await ours.see(lambda u: u.milestones.with_yes_of(OURS, BO))
    assert {m.id for m in found} == {whole.id, part.id}
    assert await ours.see(lambda u: u.milestones.with_yes_of(OURS, "b%")) == ()


@pytest.mark.parametrize(
    "mixed",
    [
        lambda u: u.proposals.add(wish(by_id="stranger")),
        lambda u: u.proposals.add(wish(workspace_id=THEIRS)),
        lambda u: u.snoozes.put(Snooze(THEIRS, ABOUT.id, "stranger", START)),
        lambda u: u.feedback.add(Feedback("f", THEIRS, ANA, START, "word")),
    ],
    ids=["proposer of another", "proposal of another", "rest of another", "feedback of another"],
)
async def test_rows_that_mix_tenants_are_refused(ours: Team, mixed: Any) -> None:
    with pytest.raises(Exception, match=r"(?i)foreign key"):
        await ours.do(mixed)
