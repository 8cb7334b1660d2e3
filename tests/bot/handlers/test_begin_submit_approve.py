"""From planned to achieved, each step by whoever may take it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.domain.history import Action
from bot.domain.milestone import Kind, State
from bot.ports import UnitOfWork
from tests.scenarios.cast import ANA, BORIS, CHEN, EVE, TELEGRAM, add_milestone, milestone
from tests.scenarios.conversation import Stage


async def handed_in(stage: Stage) -> None:
    await stage.person("ana").commands("submit APX-1 to @boris")


async def proved(stage: Stage) -> None:
    """Its one standard is ticked."""

    def tick(uow: UnitOfWork) -> None:
        found = uow.milestones.get("acme", "m1")
        assert found
        criteria = tuple(replace(c, done_by=ANA.id, done_at=stage.clock.now()) for c in found.criteria)
        uow.milestones.save(found.next(criteria=criteria))

    await stage.do(tick)


async def test_begin_starts_it_today(stage: Stage) -> None:
    answer = await stage.person("ana").commands("begin APX-1")
    assert "It has begun." in answer.text
    assert answer.labels == ("Done", "Move", "Blocked", "Undo")
    begun = await stage.milestone()
    assert (begun.state, begun.actual_start) == (State.IN_PROGRESS, date(2026, 3, 2))
    assert "Ana Costa started it" in (await stage.person("vic").commands("show APX-1")).text


async def test_whoever_begins_second_hears_who_was_first(stage: Stage) -> None:
    await stage.person("ana").commands("begin APX-1")
    answer = await stage.person("chen").commands("begin APX-1")
    assert "Mon 2 Mar · Ana Costa started it" in answer.text
    assert len(await stage.history()) == 2


async def test_handed_in_asks_the_approver_with_both_answers_as_buttons(stage: Stage) -> None:
    answer = await stage.person("ana").commands("submit APX-1 to @boris")
    assert answer.first_line.startswith("🟢 In review · APX-1 Prototype tested")
    assert "Handed in: Boris Novak is asked." in answer.text
    submitted = await stage.milestone()
    assert (submitted.state, submitted.approver_id) == (State.IN_REVIEW, BORIS.id)
    told = stage.is_told("boris", "waits for your yes")
    assert [b.label for b in told.card.buttons] == ["Approve", "Send back", "Show it"]
    assert "Ana Costa handed it in." in told.text
    assert "Boris Novak is asked to approve it" in stage.shows("In review").text
    stage.nobody_is_told_anything_else()


async def test_the_approver_is_asked_for_and_is_never_the_owner(stage: Stage) -> None:
    ana = stage.person("ana")
    answer = await ana.says("submit APX-1")
    assert answer.first_line == "Who approves “Prototype tested”?"
    assert "Me" not in answer.labels
    answer = await ana.says("me")
    assert answer.first_line == "The owner can't approve “Prototype tested”. Who does?"
    assert (await stage.milestone()).state is State.PLANNED
    await ana.says("Chen")
    assert (await stage.milestone()).approver_id == CHEN.id


async def test_who_approved_before_is_asked_again_without_a_question(stage: Stage) -> None:
    await handed_in(stage)
    await stage.person("boris").commands("send back APX-1 because the photos are missing")
    answer = await stage.person("ana").commands("submit APX-1")
    assert "Boris Novak is asked." in answer.text


async def test_another_approver_takes_the_place_of_the_first(stage: Stage) -> None:
    await handed_in(stage)
    await stage.person("ana").commands("submit APX-1 to @chen")
    assert (await stage.milestone()).approver_id == CHEN.id
    stage.is_told("chen", "waits for your yes")
    first = stage.is_told("boris", "waits for your yes")
    stale = await stage.person("boris").presses("Approve", first)
    assert "can sign" in stale.first_line
    assert (await stage.milestone()).state is State.IN_REVIEW


async def test_handing_in_twice_is_one_event(stage: Stage) -> None:
    await handed_in(stage)
    answer = await stage.person("chen").commands("submit APX-1")
    assert "Ana Costa handed it in for Boris Novak to approve" in answer.text
    assert len(await stage.history()) == 2


async def test_the_approver_says_yes_by_one_button(stage: Stage) -> None:
    await proved(stage)
    await handed_in(stage)
    answer = await stage.person("boris").presses("Approve", stage.is_told("boris", "waits for your yes"))
    assert "Approved: it is achieved." in answer.text
    done = await stage.milestone()
    assert (done.state, done.actual_done) == (State.ACHIEVED, date(2026, 3, 2))
    assert [e.action for e in await stage.history()][-1] is Action.APPROVED
    assert "✅ Achieved" in stage.shows("✅ Achieved").text


async def test_without_a_standard_the_yes_proves_it(stage: Stage) -> None:
    await stage.person("boris").commands("submit APX-2 to @ana")
    await stage.person("ana").commands("approve APX-2")
    proved_by = (await stage.milestone("APX-2")).criteria
    assert [(c.text, c.done_by) for c in proved_by] == [("Beta released", ANA.id)]


async def test_what_is_not_proved_is_not_approved(stage: Stage) -> None:
    await handed_in(stage)
    answer = await stage.person("boris").commands("approve APX-1")
    assert answer.first_line == "“Prototype tested” still has something to prove."
    assert "Missing: report filed." in answer.text
    assert answer.labels[0] == "Send back"
    assert (await stage.milestone()).state is State.IN_REVIEW


@pytest.mark.parametrize("words", ["approve APX-1", "send back APX-1 because of the photos", "done APX-1"])
async def test_the_owner_does_not_sign_off_what_was_handed_in(stage: Stage, words: str) -> None:
    await proved(stage)
    await handed_in(stage)
    answer = await stage.person("ana").commands(words)
    assert answer.first_line.startswith("Only Boris Novak or Chen Wei")
    assert (await stage.milestone()).state is State.IN_REVIEW


async def test_the_lead_may_sign_off_for_the_approver(stage: Stage) -> None:
    await proved(stage)
    await handed_in(stage)
    await stage.person("chen").commands("approve APX-1")
    assert (await stage.milestone()).state is State.ACHIEVED


async def test_approving_twice_says_who_was_first(stage: Stage) -> None:
    await proved(stage)
    await handed_in(stage)
    await stage.person("boris").commands("approve APX-1")
    for words in ("approve APX-1", "done APX-1"):
        assert "Boris Novak approved it" in (await stage.person("chen").commands(words)).text
    assert len(await stage.history()) == 3


async def test_sent_back_asks_what_is_missing_and_tells_the_owner(stage: Stage) -> None:
    await handed_in(stage)
    boris = stage.person("boris")
    answer = await boris.presses("Send back", stage.is_told("boris", "waits for your yes"))
    assert answer.first_line == "What is missing from “Prototype tested”?"
    await boris.says("the photos of the north side")
    assert (await stage.milestone()).state is State.IN_PROGRESS
    told = stage.is_told("ana", "was sent back")
    assert "Boris Novak: the photos of the north side" in told.text
    assert [b.label for b in told.card.buttons] == ["Hand in", "Need longer", "Show it"]
    await stage.person("ana").presses("Hand in", told)
    assert (await stage.milestone()).state is State.IN_REVIEW


async def test_sending_back_twice_says_who_was_first(stage: Stage) -> None:
    await handed_in(stage)
    await stage.person("boris").commands("reject APX-1 because the photos are missing")
    answer = await stage.person("chen").commands("send back APX-1 because of the photos")
    assert "Boris Novak sent it back: the photos are missing" in answer.text
    assert len(await stage.history()) == 3


@pytest.mark.parametrize(
    ("words", "said", "way_on"),
    [
        ("approve APX-1", "Prototype tested was not handed in yet.", "Hand in"),
        ("send back APX-1 because of x", "Prototype tested was not handed in yet.", "Hand in"),
        ("confirm APX-1", "Prototype tested is no draft any more.", "Show it"),
        ("resume APX-1", "Prototype tested is not on hold.", "Show it"),
        ("reopen APX-1 because of x", "Prototype tested is open already.", "Show it"),
        ("unblock APX-1", "Prototype tested is not blocked.", "Show it"),
    ],
)
async def test_from_in_progress_a_refusal_says_why_and_what_would_do(
    stage: Stage, words: str, said: str, way_on: str
) -> None:
    await stage.person("chen").commands("begin APX-1")
    answer = await stage.person("chen").commands(words)
    assert (answer.first_line, answer.labels[0]) == (said, way_on)
    assert (await stage.milestone()).version == 2


async def test_the_way_on_is_one_press(stage: Stage) -> None:
    ana = stage.person("ana")
    await stage.do(lambda uow: uow.milestones.save(_draft(uow)))
    answer = await ana.commands("begin APX-1")
    assert answer.first_line == "Prototype tested is still a draft."
    assert answer.labels == ("Plan it", "Show it", "Mine")
    await ana.presses("Plan it")
    assert (await stage.milestone()).state is State.PLANNED


def _draft(uow: UnitOfWork, **changes: object):  # type: ignore[no-untyped-def]
    found = uow.milestones.get("acme", "m1")
    assert found
    return found.next(state=State.DRAFT, **changes)


async def test_a_draft_says_so_everywhere_and_nobody_is_reminded(stage: Stage) -> None:
    await stage.do(lambda uow: uow.milestones.save(_draft(uow)))
    answer = await stage.person("ana").commands("show APX-1")
    assert answer.first_line.startswith("Draft · APX-1 Prototype tested")
    assert answer.labels[:2] == ("Plan it", "Move")
    assert "Draft | APX-1" in (await stage.person("ana").commands("status")).text


async def test_a_draft_without_an_owner_asks_for_one_first(stage: Stage) -> None:
    await stage.do(lambda uow: uow.milestones.save(_draft(uow, owner_role="Electrician")))
    answer = await stage.person("ana").commands("confirm APX-1")
    assert answer.first_line == "It needs a name first: who is the Electrician?"
    assert answer.labels[0] == "Assign"
    assert (await stage.milestone()).state is State.DRAFT


async def test_more_offers_what_the_card_has_no_room_for(stage: Stage) -> None:
    ana = stage.person("ana")
    answer = await ana.presses("More", stage.shows("APX-2"))
    assert "Drop" not in answer.labels
    shown = await ana.commands("show APX-1")
    assert shown.labels == ("Done", "Move", "Blocked", "More")
    more = await ana.presses("More")
    assert {"Begin", "Hand in", "Put on hold", "Rename"} <= set(more.labels)
    assert "Drop" not in more.labels
    chen = stage.person("chen")
    await chen.commands("show APX-1")
    assert "Drop" in (await chen.presses("More")).labels
    await chen.presses("Begin")
    assert (await stage.milestone()).state is State.IN_PROGRESS


async def test_every_step_works_in_telegram(stage: Stage) -> None:
    code = (await stage.person("ana").says("link")).text.split("link ", 1)[1].split()[0]
    ana = stage.person("ana-tg", TELEGRAM)
    await ana.says(f"link {code}")
    await ana.says("begin APX-1")
    await ana.says("APX-1 for approval")
    await ana.presses("Boris")
    assert (await stage.milestone()).state is State.IN_REVIEW


async def test_an_event_can_be_done_on_its_day(stage: Stage) -> None:
    def event(uow: UnitOfWork) -> None:
        found = uow.milestones.get("acme", "m2")
        assert found
        uow.milestones.save(found.next(kind=Kind.EVENT))

    await stage.do(event)
    boris = stage.person("boris")
    await boris.commands("done APX-2")
    await boris.presses("As titled")
    assert (await stage.milestone("APX-2")).state is State.ACHIEVED


async def test_somebody_from_outside_hands_in_to_the_lead_and_learns_no_names(stage: Stage) -> None:
    now = stage.clock.now()
    await stage.do(
        lambda uow: add_milestone(uow, milestone(3, "Steel delivered", EVE, date(2026, 3, 16), now), now)
    )
    eve = stage.person("eve")
    for words in ("submit APX-3 to @boris", "submit APX-3"):
        answer = await eve.says(words)
        assert (await stage.milestone("APX-3")).approver_id == CHEN.id
        assert not any(name in answer.text for name in ("Boris", "Chen", "Ana"))
    told = stage.is_told("chen", "APX-3 Steel delivered waits for your yes")
    assert "Eve Contractor handed it in." in told.text


async def test_whoever_stands_in_for_an_approver_hears_why(stage: Stage) -> None:
    def unreachable(uow: UnitOfWork) -> None:
        for identity in uow.people.identities("acme", BORIS.id):
            uow.people.save_identity(replace(identity, reachable=False))

    await stage.do(unreachable)
    await handed_in(stage)
    told = stage.is_told("chen", "waits for your yes")
    assert "Boris Novak cannot be reached, so this comes to you." in told.text
