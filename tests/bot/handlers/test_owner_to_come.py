"""An owner who is still to be found: a draft, a reminded lead, and planned as soon as somebody owns it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.domain.milestone import State
from tests.scenarios.conversation import Stage


@pytest.mark.parametrize(
    "words",
    ["new Wiring checked by 5 May @Electrician tbd", "new Wiring checked by 5 May, electrician, tbd"],
)
async def test_it_is_a_draft_that_the_lead_is_told_of(stage: Stage, words: str) -> None:
    answer = await stage.person("ana").commands(words)
    assert "is still to be found" in answer.text
    made = await stage.milestone("APX-3")
    assert (made.title, made.state, made.owner_id) == ("Wiring checked", State.DRAFT, "chen")
    assert made.owner_role.casefold() == "electrician"
    told = stage.is_told("chen", "APX-3 Wiring checked needs")
    assert [b.label for b in told.card.buttons] == ["Choose an owner", "I'll take it", "Show it"]


async def test_the_lead_is_reminded_until_somebody_is_found(stage: Stage) -> None:
    await stage.person("ana").commands("new Wiring checked by 5 May @Electrician tbd")
    stage.hear_everything()
    await stage.at(datetime(2026, 4, 20, 12, tzinfo=UTC))
    with pytest.raises(AssertionError):
        stage.is_told("chen", "due Tue 5 May, in 10 working days")
    await stage.at(datetime(2026, 4, 21, 12, tzinfo=UTC))
    stage.is_told("chen", "due Tue 5 May, in 10 working days")
    await stage.person("chen").commands("APX-3 electrician is @boris")
    stage.hear_everything()
    await stage.at(datetime(2026, 4, 28, 12, tzinfo=UTC))
    with pytest.raises(AssertionError):
        stage.is_told("chen", "needs Electrician: due Tue 5 May, in 5 working days")


async def test_giving_it_to_somebody_plans_it(stage: Stage) -> None:
    await stage.person("ana").commands("new Wiring checked by 5 May @Electrician tbd")
    await stage.person("chen").commands("APX-3 electrician is @boris")
    made = await stage.milestone("APX-3")
    assert (made.state, made.owner_id, made.owner_role) == (State.PLANNED, "boris", "")
    stage.is_told("boris", "You own APX-3 Wiring checked now")


async def test_the_lead_may_take_it_themselves(stage: Stage) -> None:
    await stage.person("ana").commands("new Wiring checked by 5 May @Electrician tbd")
    chen = stage.person("chen")
    await chen.presses("I'll take it", stage.is_told("chen", "needs Electrician"))
    made = await stage.milestone("APX-3")
    assert (made.state, made.owner_id, made.owner_role) == (State.PLANNED, "chen", "")


async def test_it_leaves_draft_in_no_other_way(stage: Stage) -> None:
    await stage.person("ana").commands("new Wiring checked by 5 May @Electrician tbd")
    answer = await stage.person("chen").commands("confirm APX-3")
    assert answer.labels
    assert (await stage.milestone("APX-3")).state is State.DRAFT


async def test_undo_brings_the_open_role_back(stage: Stage) -> None:
    await stage.person("ana").commands("new Wiring checked by 5 May @Electrician tbd")
    chen = stage.person("chen")
    await chen.commands("assign APX-3 to @boris")
    await chen.says("undo")
    made = await stage.milestone("APX-3")
    assert (made.state, made.owner_id, made.owner_role) == (State.DRAFT, "chen", "Electrician")


async def test_a_date_that_is_not_known_is_still_asked(stage: Stage) -> None:
    answer = await stage.person("ana").says("new Wiring checked by tbd me in APX")
    assert "date" in answer.text
    assert not await stage.has("APX-3")
