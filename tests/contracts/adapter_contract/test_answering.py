"""An answer is seen by those it is for, where they can see it."""

from __future__ import annotations

import pytest

from bot.messages import Audience, ButtonPress, Incoming, Reply
from bot.ports import Sending
from tests.contracts.adapter_contract.cards import DONE, OTHER, SHORT
from tests.contracts.adapter_contract.core import Answer
from tests.contracts.adapter_contract.harness import Harness, Thing


async def test_the_sender_is_answered_where_it_was_said(on: Harness) -> None:
    on.core.answers(Reply(DONE))
    await on.says(on.ana, "show APX-7")
    [shown] = await on.sees(on.ana, on.group)
    assert (shown.text, shown.buttons) == (DONE.title.text, ("Done", "Move"))
    assert await on.sees(on.ana, await on.adapter.direct(on.ana)) == []


async def test_everybody_is_answered_in_the_group(on: Harness) -> None:
    on.core.answers(Reply(DONE, Audience.CONVERSATION))
    await on.commands(on.ana, "status")
    for who in (on.ana, on.boris):
        assert [shown.text for shown in await on.sees(who, on.group)] == [DONE.title.text]


async def test_a_personal_answer_goes_to_the_direct_conversation(on: Harness) -> None:
    on.core.answers(Reply(DONE, Audience.DIRECT))
    await on.commands(on.ana, "mine")
    [shown] = await on.sees(on.ana, await on.adapter.direct(on.ana))
    assert shown.text == DONE.title.text


@pytest.mark.parametrize("audience", list(Audience))
async def test_in_the_direct_conversation_every_answer_is_given_there_once(
    on: Harness, audience: Audience
) -> None:
    on.core.answers(Reply(DONE, audience))
    await on.says(on.ana, "mine", direct=True)
    assert len(await on.sees(on.ana, await on.adapter.direct(on.ana))) == 1
    assert await on.sees(on.ana, on.group) == []


async def test_who_can_be_told_directly_is_not_told_in_place_too(on: Harness) -> None:
    on.core.answers(Reply(DONE, Audience.DIRECT, unreachable=SHORT))
    await on.commands(on.ana, "mine")
    assert await on.sees(on.ana, on.group) == []


async def test_nothing_to_answer_shows_nothing(on: Harness) -> None:
    on.core.answers(lambda _: None)
    await on.commands(on.ana, "status")
    await on.says(on.ana, "status", direct=True)
    assert await on.sees(on.ana, on.group) == []
    assert await on.sees(on.ana, await on.adapter.direct(on.ana)) == []


async def test_a_passing_word_is_shown_where_there_is_such_a_thing_and_is_no_message(on: Harness) -> None:
    await on.adapter.send(on.group, DONE, Sending("row-1"))
    [card] = await on.sees(on.ana, on.group)
    on.core.answers(Reply(toast="Well kept."))
    await on.presses(on.ana, card, "Done")
    if Thing.TOASTS not in on.absent:
        assert on.toast() == "Well kept."
    assert [shown.id for shown in await on.sees(on.ana, on.group)] == [card.id]


async def test_a_press_may_replace_the_private_card_it_came_from(on: Harness) -> None:
    on.core.answers(_first(Reply(DONE), then=Reply(OTHER, edits=True)))
    await on.says(on.ana, "show APX-7", direct=True)
    direct = await on.adapter.direct(on.ana)
    [card] = await on.sees(on.ana, direct)
    await on.presses(on.ana, card, "Done")
    [shown] = await on.sees(on.ana, direct)
    assert (shown.id, shown.text, shown.buttons) == (card.id, OTHER.title.text, ())


async def test_a_press_that_replaces_nothing_leaves_its_card(on: Harness) -> None:
    on.core.answers(_first(Reply(DONE), then=Reply(OTHER)))
    await on.says(on.ana, "show APX-7", direct=True)
    direct = await on.adapter.direct(on.ana)
    [card] = await on.sees(on.ana, direct)
    await on.presses(on.ana, card, "Done")
    texts = [shown.text for shown in await on.sees(on.ana, direct)]
    assert texts == [DONE.title.text, OTHER.title.text]


async def test_an_answer_that_cannot_be_given_takes_nothing_down(on: Harness) -> None:
    if Thing.ANSWER_LOST in on.absent:
        return
    on.core.answers(Reply(DONE))
    await on.fails(Thing.ANSWER_LOST)
    await on.says(on.ana, "one", direct=True)
    await on.says(on.ana, "two", direct=True)
    assert len(on.core.new) == 2
    assert len(await on.sees(on.ana, await on.adapter.direct(on.ana))) >= 2


def _first(reply: Reply, then: Reply) -> Answer:
    def answer(incoming: Incoming) -> Reply:
        return then if isinstance(incoming, ButtonPress) else reply

    return answer
