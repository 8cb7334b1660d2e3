"""Messages that the core sends of itself, and what is known when they fail."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable
from dataclasses import is_dataclass

import pytest

from bot.cards import Card, Text, plain
from bot.errors import Delivery, DeliveryError
from bot.ports import Sending
from tests.contracts.adapter_contract.cards import DONE, OTHER, pictured
from tests.contracts.adapter_contract.harness import PAUSE, Harness, Thing

HOW = Sending("row-1")
CERTAINLY_NOT = {Delivery.DESTINATION, Delivery.PERMANENT}
LONG = Card(plain("Long"), tuple(Text(plain(f"{n} " + "word " * 100)) for n in range(40)))


async def failure(attempt: Awaitable[object]) -> DeliveryError:
    with pytest.raises(DeliveryError) as caught:
        await attempt
    assert caught.value.code
    return caught.value


async def no_worse_than_done(edit: Awaitable[None]) -> None:
    """A platform may also say that the message shows this already."""
    [outcome] = await asyncio.gather(edit, return_exceptions=True)
    assert outcome is None or (isinstance(outcome, DeliveryError) and outcome.kind is Delivery.DONE), outcome


async def test_a_card_arrives_and_says_where(on: Harness) -> None:
    sent = await on.adapter.send(on.group, DONE, HOW)
    [shown] = await on.sees(on.boris, on.group)
    assert (sent.conversation, sent.id) == (on.group, shown.id)
    assert (shown.text, shown.buttons) == (DONE.title.text, ("Done", "Move"))


async def test_a_person_has_one_direct_conversation(on: Harness) -> None:
    direct = await on.adapter.direct(on.ana)
    assert direct == await on.adapter.direct(on.ana) != await on.adapter.direct(on.boris)
    sent = await on.adapter.send(direct, DONE, HOW)
    assert sent.conversation == direct
    assert len(await on.sees(on.ana, direct)) == 1


@pytest.mark.parametrize(
    "how",
    [Sending("r", silent=True), Sending("r", repeat=True), Sending("r", plain_text=True)],
    ids=["silent", "repeat", "plain text"],
)
async def test_however_it_is_sent_it_says_the_same(on: Harness, how: Sending) -> None:
    sent = await on.adapter.send(on.group, DONE, how)
    await on.adapter.edit(sent, OTHER, how)
    [shown] = await on.sees(on.ana, on.group)
    assert OTHER.title.text in shown.text


@pytest.mark.parametrize("card", [DONE, pictured(), LONG], ids=["words", "picture", "long"])
async def test_the_same_edit_twice_is_no_failure(on: Harness, card: Card) -> None:
    sent = await on.adapter.send(on.group, OTHER, HOW)
    await no_worse_than_done(on.adapter.edit(sent, card, HOW))
    await no_worse_than_done(on.adapter.edit(sent, card, HOW))


@pytest.mark.parametrize("first", [DONE, pictured(), LONG], ids=["words", "picture", "long"])
@pytest.mark.parametrize("then", [OTHER, pictured(), LONG], ids=["words", "picture", "long"])
async def test_whatever_was_sent_can_become_whatever_is_shown_next(
    on: Harness, first: Card, then: Card
) -> None:
    sent = await on.adapter.send(on.group, first, HOW)
    await no_worse_than_done(on.adapter.edit(sent, then, HOW))
    words = "\n".join(shown.text for shown in await on.sees(on.ana, on.group))
    assert then.title.text in words
    if then != OTHER and then != LONG:
        pictures = sum(shown.pictures for shown in await on.sees(on.ana, on.group))
        assert pictures or "APX-7 on 13 Mar" in words


async def test_a_message_that_is_gone_cannot_be_edited_and_says_so(on: Harness) -> None:
    sent = await on.adapter.send(on.group, DONE, HOW)
    await on.vanishes(sent)
    error = await failure(on.adapter.edit(sent, OTHER, HOW))
    assert (error.kind, error.gone) == (Delivery.PERMANENT, True)


async def test_other_failures_do_not_say_that_the_message_is_gone(on: Harness) -> None:
    if Thing.CLOSED_PLACE in on.absent:
        return
    error = await failure(on.adapter.send(on.closed_place(), DONE, HOW))
    assert (error.kind, error.gone) == (Delivery.DESTINATION, False)


async def test_too_many_messages_are_not_sent_and_the_pause_is_named(on: Harness) -> None:
    if Thing.LIMITED in on.absent:
        return
    await on.fails(Thing.LIMITED)
    error = await failure(on.adapter.send(on.group, DONE, HOW))
    assert (error.kind, error.retry_after) == (Delivery.NOT_SENT, PAUSE)
    assert await on.sees(on.ana, on.group) == []
    await on.adapter.send(on.group, DONE, HOW)
    assert len(await on.sees(on.ana, on.group)) == 1


async def test_a_lost_answer_is_a_doubt_and_never_a_second_copy(on: Harness) -> None:
    if Thing.ANSWER_LOST in on.absent:
        return
    await on.fails(Thing.ANSWER_LOST)
    error = await failure(on.adapter.send(on.group, DONE, HOW))
    assert (error.kind, error.retry_after) == (Delivery.UNKNOWN, None)
    assert len(await on.sees(on.ana, on.group)) == 1


async def test_a_platform_that_is_away_has_surely_not_got_it(on: Harness) -> None:
    assert Thing.NOT_REACHED not in on.absent
    await on.fails(Thing.NOT_REACHED)
    assert (await failure(on.adapter.send(on.group, DONE, HOW))).kind is Delivery.NOT_SENT


async def test_who_cannot_be_written_to_is_not_tried_again_and_again(on: Harness) -> None:
    if Thing.UNREACHABLE in on.absent:
        return
    person = on.unreachable()

    async def told() -> None:
        await on.adapter.send(await on.adapter.direct(person), DONE, HOW)

    assert (await failure(told())).kind in CERTAINLY_NOT
    await on.adapter.send(await on.adapter.direct(on.ana), DONE, HOW)


async def test_closing_twice_is_closing_once_and_sending_connects_again(on: Harness) -> None:
    await on.adapter.send(on.group, DONE, HOW)
    await on.adapter.close()
    await on.adapter.close()
    await on.adapter.send(on.group, OTHER, Sending("row-2"))
    assert len(await on.sees(on.ana, on.group)) == 2


async def test_what_the_doctor_finds_comes_with_a_remedy_and_without_a_secret(
    on: Harness, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    healthy = await on.adapter.check()
    assert healthy
    wrong = [(each, await each.check()) for each in await on.distrusted()]
    for finding in (*healthy, *(finding for _, found in wrong for finding in found)):
        assert finding.level in ("ok", "warn", "fail")
        assert bool(finding.remedy) == (finding.level != "ok"), finding
    assert all(any(finding.level == "fail" for finding in found) for _, found in wrong)
    for each, _ in wrong:
        await each.close()
    kept = [value for value in vars(on.adapter).values() if is_dataclass(value)]
    said = f"{healthy} {wrong} {on.adapter!r} {kept} {caplog.text}"
    assert not [secret for secret in on.secrets if secret in said]
