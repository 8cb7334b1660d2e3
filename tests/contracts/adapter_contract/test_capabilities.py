"""What an adapter says of itself is so."""

from __future__ import annotations

from dataclasses import replace

from bot.messages import Audience, Reply, SlashCommand
from bot.ports import Sending
from bot.refs import MessageRef
from tests.contracts.adapter_contract.cards import DONE, FORM, OTHER
from tests.contracts.adapter_contract.harness import Harness
from tests.fakes.clock import START


async def test_its_name_is_the_platform_of_every_address(on: Harness) -> None:
    await on.commands(on.ana, "status")
    came = on.core.only(SlashCommand)
    assert {on.adapter.name} == {came.sender.ref.platform, came.place.ref.platform, on.group.platform}
    assert (await on.adapter.direct(on.ana)).platform == on.adapter.name


async def test_a_form_may_be_opened_only_where_there_are_forms(on: Harness) -> None:
    """And where it may, it opens: see test_forms."""
    await on.commands(on.ana, "status")
    assert on.core.only(SlashCommand).can_open_form == on.adapter.capabilities.forms


async def test_a_form_that_comes_unasked_shows_nothing_and_breaks_nothing(on: Harness) -> None:
    on.core.answers(Reply(FORM))
    await on.says(on.ana, "new", direct=True)
    on.core.answers(Reply(OTHER))
    await on.says(on.ana, "status", direct=True)
    [*_, last] = await on.sees(on.ana, await on.adapter.direct(on.ana))
    assert last.text == OTHER.title.text


async def test_a_private_reply_in_a_group_is_seen_by_others_only_where_it_cannot_be_private(
    on: Harness,
) -> None:
    on.core.answers(Reply(DONE))
    await on.commands(on.ana, "show APX-7")
    assert [seen.text for seen in await on.sees(on.ana, on.group)] == [DONE.title.text]
    overheard = await on.sees(on.boris, on.group)
    assert bool(overheard) != on.adapter.capabilities.private_replies


async def test_a_message_is_found_by_what_it_was_sent_with_if_the_platform_can_say(on: Harness) -> None:
    sent = await on.adapter.send(on.group, DONE, Sending("row-1"))
    found = await on.adapter.find(on.group, "row-1", START)
    assert found == (sent if on.adapter.capabilities.can_find else None)


async def test_nothing_is_found_that_was_not_sent(on: Harness) -> None:
    await on.adapter.send(on.group, DONE, Sending("row-1"))
    assert await on.adapter.find(on.group, "row-2", START) is None
    elsewhere = await on.adapter.direct(on.ana)
    assert await on.adapter.find(elsewhere, "row-1", START) is None


async def test_an_edit_changes_the_message_in_place(on: Harness) -> None:
    assert on.adapter.capabilities.edits
    sent = await on.adapter.send(on.group, DONE, Sending("row-1"))
    await on.adapter.edit(sent, OTHER, Sending("row-2"))
    [shown] = await on.sees(on.boris, on.group)
    assert (shown.id, shown.text, shown.buttons) == (sent.id, OTHER.title.text, ())


async def test_an_edit_of_one_message_leaves_its_neighbour(on: Harness) -> None:
    first = await on.adapter.send(on.group, DONE, Sending("row-1"))
    await on.adapter.send(on.group, DONE, Sending("row-2"))
    await on.adapter.edit(first, OTHER, Sending("row-3"))
    assert [shown.text for shown in await on.sees(on.ana, on.group)] == [OTHER.title.text, DONE.title.text]


async def test_a_link_opens_the_bot_exactly_where_it_says_so(on: Harness) -> None:
    link = on.adapter.deep_link("code-1234567890abcdef")
    assert bool(link) == on.adapter.capabilities.deep_links
    assert not link or (link.startswith("https://") and link.endswith("code-1234567890abcdef"))


async def test_a_personal_answer_is_seen_by_nobody_else(on: Harness) -> None:
    on.core.answers(Reply(DONE, Audience.DIRECT))
    await on.commands(on.ana, "mine")
    assert await on.sees(on.ana, on.group) == await on.sees(on.boris, on.group) == []
    assert await on.sees(on.boris, await on.adapter.direct(on.boris)) == []


async def test_addresses_survive_being_written_down(on: Harness) -> None:
    sent = await on.adapter.send(await on.adapter.direct(on.ana), DONE, Sending("row-1"))
    await on.adapter.edit(MessageRef.parse(str(sent)), OTHER, Sending("row-2"))
    [shown] = await on.sees(on.ana, replace(sent.conversation))
    assert shown.text == OTHER.title.text
