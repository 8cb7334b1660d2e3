"""What people do reaches the core: once, whole, and nothing that is none of its business."""

from __future__ import annotations

import pytest

from bot.cards import Card, File, Mention, plain
from bot.errors import Delivery, DeliveryError
from bot.messages import (
    BotAdded,
    BotRemoved,
    ButtonPress,
    ChatMessage,
    ConversationMoved,
    MessageEdited,
    PlaceKind,
    Reply,
    SlashCommand,
)
from bot.ports import Sending
from bot.refs import MessageRef
from tests.contracts.adapter_contract.cards import DONE
from tests.contracts.adapter_contract.harness import Harness, Thing
from tests.fakes.clock import START


async def test_a_command_arrives_with_who_where_and_when(on: Harness) -> None:
    await on.commands(on.ana, "new Prototype tested by Friday")
    came = on.core.only(SlashCommand)
    assert (came.verb, came.text.text) == ("", "new Prototype tested by Friday")
    assert (came.sender.ref, came.place.ref, came.place.kind) == (on.ana, on.group, PlaceKind.GROUP)
    assert came.sender.name.startswith("Ana")
    assert came.received_at == START


async def test_words_in_a_group_arrive_without_the_bots_name(on: Harness) -> None:
    await on.says(on.ana, "new Prototype tested by Friday")
    came = on.core.only(ChatMessage)
    assert (came.text.text, came.sender.ref) == ("new Prototype tested by Friday", on.ana)
    assert (came.place.ref, came.message.conversation) == (on.group, on.group)


async def test_words_to_the_bot_alone_arrive_from_the_direct_conversation(on: Harness) -> None:
    await on.says(on.ana, "mine", direct=True)
    came = on.core.only(ChatMessage)
    assert (came.place.kind, came.place.ref) == (PlaceKind.DIRECT, await on.adapter.direct(on.ana))


@pytest.mark.parametrize("direct", [False, True])
async def test_what_is_delivered_twice_has_one_key_and_one_answer(on: Harness, direct: bool) -> None:
    on.core.answers(Reply(DONE))
    said = await on.says(on.ana, "status", direct=direct)
    await on.delivers_again(said)
    assert len({came.key for came in on.core.received}) == 1
    where = await on.adapter.direct(on.ana) if direct else on.group
    assert len(await on.sees(on.ana, where)) == 1


async def test_a_press_that_is_delivered_twice_has_one_key(on: Harness) -> None:
    await on.adapter.send(on.group, DONE, Sending("row-1"))
    [card] = await on.sees(on.ana, on.group)
    await on.delivers_again(await on.presses(on.ana, card, "Done"))
    assert len({came.key for came in on.core.received}) == 1


async def test_the_same_words_said_twice_are_two_things(on: Harness) -> None:
    await on.says(on.ana, "status")
    await on.says(on.ana, "status")
    await on.says(on.boris, "status")
    assert len({came.key for came in on.core.received}) == 3


@pytest.mark.parametrize("direct", [False, True])
async def test_a_person_who_is_named_is_a_mention(on: Harness, direct: bool) -> None:
    await on.says(on.ana, "assign APX-7 to 🚀", direct=direct, naming=on.boris)
    text = on.core.only(ChatMessage).text
    [span] = text.spans
    assert isinstance(span, Mention)
    assert span.person == on.boris
    assert text.text[: span.start] == "assign APX-7 to 🚀 "
    assert "boris" in text.text[span.start : span.end].lower()


async def test_words_without_a_name_mention_nobody(on: Harness) -> None:
    await on.says(on.ana, "assign APX-7 to me, price < 5 & > 3")
    text = on.core.only(ChatMessage).text
    assert (text.text, text.spans) == ("assign APX-7 to me, price < 5 & > 3", ())


async def test_correcting_what_was_said_is_told_as_a_correction_and_answered_by_nothing(on: Harness) -> None:
    if Thing.EDITED_WORDS in on.absent:
        return
    on.core.answers(lambda came: Reply(DONE) if isinstance(came, ChatMessage) else None)
    said = await on.says(on.ana, "new Beta by Friday", direct=True)
    await on.corrects(said, "new Beta by Monday")
    first, second = on.core.new
    assert isinstance(first, ChatMessage)
    assert isinstance(second, MessageEdited)
    assert (first.text.text, second.text.text) == ("new Beta by Friday", "new Beta by Monday")
    assert (second.message, second.sender.ref) == (first.message, on.ana)
    assert len(await on.sees(on.ana, await on.adapter.direct(on.ana))) == 1


async def test_a_photo_in_answer_to_a_card_arrives_with_what_it_answers(on: Harness) -> None:
    sent = await on.adapter.send(on.group, DONE, Sending("row-1"))
    [card] = await on.sees(on.boris, on.group)
    done = await on.answers_with_photo(on.boris, card, "wall.jpg", b"pixels", "the wall stands")
    came = on.core.only(ChatMessage)
    assert came.reply_to is not None
    assert (came.reply_to.id, came.text.text, came.sender.ref) == (sent.id, "the wall stands", on.boris)
    [photo] = came.attachments
    assert (photo.mime, photo.size, bool(photo.name)) == ("image/jpeg", 6, True)
    await on.delivers_again(done)
    assert len({again.key for again in on.core.received}) == 1


async def test_a_photo_without_a_word_arrives_directly(on: Harness) -> None:
    await on.answers_with_photo(on.ana, None, "wall.jpg", b"pixels")
    came = on.core.only(ChatMessage)
    assert (came.place.kind, came.text.text, len(came.attachments)) == (PlaceKind.DIRECT, "", 1)


async def test_what_came_along_can_be_read_within_bounds(on: Harness) -> None:
    await on.answers_with_photo(on.ana, None, "wall.jpg", b"pixels")
    [photo] = on.core.only(ChatMessage).attachments
    assert await on.adapter.fetch(photo.id, 6) == b"pixels"
    with pytest.raises(DeliveryError) as refused:
        await on.adapter.fetch(photo.id, 5)
    assert (refused.value.kind, refused.value.code) == (Delivery.PERMANENT, "file_too_large")


async def test_a_kept_file_is_shown_by_its_name(on: Harness) -> None:
    await on.answers_with_photo(on.ana, None, "wall.jpg", b"pixels")
    [photo] = on.core.only(ChatMessage).attachments
    shown = File("crack in the wall.jpg", on.adapter.name, photo.id)
    there = await on.adapter.direct(on.ana)
    await on.adapter.send(there, Card(plain("APX-1"), (shown,)), Sending("row-1"))
    assert any("crack in the wall.jpg" in seen.text for seen in await on.sees(on.ana, there))


async def test_other_bots_are_not_heard(on: Harness) -> None:
    if Thing.BOTS in on.absent:
        return
    await on.another_bot_says("new Build green by Friday")
    assert on.core.received == []
    await on.says(on.ana, "status")
    assert len(on.core.new) == 1


async def test_a_press_carries_its_token_and_its_message(on: Harness) -> None:
    sent = await on.adapter.send(on.group, DONE, Sending("row-1"))
    [card] = await on.sees(on.boris, on.group)
    await on.presses(on.boris, card, "Move")
    press = on.core.only(ButtonPress)
    assert (press.token, press.message, press.sender.ref) == ("token-move", sent, on.boris)
    assert press.place.ref == on.group


async def test_a_guessed_token_is_only_a_token(on: Harness) -> None:
    """Whether it opens anything is for the core to say."""
    await on.adapter.send(on.group, DONE, Sending("row-1"))
    [card] = await on.sees(on.boris, on.group)
    await on.guesses(on.boris, card, "token-of-somebody-else")
    assert on.core.only(ButtonPress).token == "token-of-somebody-else"


async def test_being_added_and_thrown_out_is_told(on: Harness) -> None:
    if Thing.BOT_REMOVED not in on.absent:
        await on.removes_bot()
        removed = on.core.last(BotRemoved)
        assert (removed.place.ref, bool(removed.reason)) == (on.group, True)
    if Thing.BOT_ADDED not in on.absent:
        await on.adds_bot()
        assert on.core.last(BotAdded).place.ref == on.group


async def test_a_conversation_that_moves_is_followed(on: Harness) -> None:
    if Thing.MOVED in on.absent:
        return
    new = await on.moves_group()
    moved = on.core.last(ConversationMoved)
    assert (moved.place.ref, moved.new) == (on.group, new)
    sent = await on.adapter.send(new, DONE, Sending("row-1"))
    assert sent == MessageRef(new, sent.id)
