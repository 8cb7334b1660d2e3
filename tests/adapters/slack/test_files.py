"""Answers below our own messages, files in them, edits and deletions; and the content of a file."""

from __future__ import annotations

from typing import Any

import pytest

from adapters.slack import files
from adapters.slack.platform import SlackAdapter
from bot.cards import Card, plain
from bot.errors import Delivery, DeliveryError
from bot.messages import ChatMessage, MessageDeleted, MessageEdited, SlashCommand
from bot.ports import Sending
from bot.refs import ConversationRef, MessageRef
from tests.adapters.slack.conftest import Cast
from tests.adapters.slack.core import Core
from tests.fakes.slack.state import Message
from tests.fakes.slack_server import SlackServer


async def card(adapter: SlackAdapter, slack: SlackServer, cast: Cast) -> MessageRef:
    home = ConversationRef("slack", slack.workspace.team, cast.launch)
    return await adapter.send(home, Card(plain("APX-1")), Sending("row-1"))


def typed(slack: SlackServer, channel: str) -> Message:
    said = (m for m in slack.workspace.channels[channel].messages.values() if m.user != slack.workspace.bot)
    return list(said)[-1]


async def test_an_answer_below_our_message_is_overheard(
    adapter: SlackAdapter, slack: SlackServer, cast: Cast, core: Core
) -> None:
    ours = await card(adapter, slack, cast)
    await slack.types(cast.ana, cast.launch, "the wall stands", thread=ours.id)
    said = await core.got(ChatMessage)
    assert (said.overheard, said.text.text, said.reply_to) == (True, "the wall stands", ours)
    stamp = said.message.id.replace(".", "")
    assert said.permalink.endswith(f"/archives/{cast.launch}/p{stamp}?thread_ts={ours.id}&cid={cast.launch}")


async def test_an_answer_that_names_us_is_said_to_us(
    adapter: SlackAdapter, slack: SlackServer, cast: Cast, core: Core
) -> None:
    ours = await card(adapter, slack, cast)
    await slack.types(cast.ana, cast.launch, f"{slack.mention} done", thread=ours.id)
    said = await core.got(ChatMessage)
    assert (said.overheard, said.text.text) == (False, "done")
    assert len(core.received) == 1


@pytest.mark.usefixtures("adapter")
async def test_talk_in_the_channel_and_in_other_threads_is_not_heard(
    slack: SlackServer, cast: Cast, core: Core
) -> None:
    await slack.types(cast.ana, cast.launch, "lunch?")
    theirs = typed(slack, cast.launch)
    await slack.types(cast.boris, cast.launch, "yes", thread=theirs.ts)
    await slack.edits(theirs, "dinner?")
    await slack.deletes(theirs)
    await slack.slash(cast.ana, cast.launch, "status")
    await core.got(SlashCommand)
    assert len(core.received) == 1


async def test_files_come_along_with_their_names_and_addresses(
    adapter: SlackAdapter, slack: SlackServer, cast: Cast, core: Core
) -> None:
    ours = await card(adapter, slack, cast)
    photo = slack.uploads(cast.ana, "wall.jpg", b"pixels")
    gone = slack.uploads(cast.ana, "old.jpg", b"", mode="tombstone")
    await slack.types(cast.ana, cast.launch, "", thread=ours.id, files=(photo, gone))
    [attachment] = (await core.got(ChatMessage)).attachments
    assert (attachment.id, attachment.name, attachment.mime) == (photo, "wall.jpg", "image/jpeg")
    assert attachment.size == 6
    assert attachment.link == f"https://acme.slack.com/files/{photo}"


@pytest.mark.usefixtures("adapter")
async def test_a_file_sent_directly_arrives(slack: SlackServer, cast: Cast, core: Core) -> None:
    photo = slack.uploads(cast.ana, "wall.jpg", b"pixels")
    await slack.types(cast.ana, slack.direct(cast.ana), "", files=(photo,))
    said = await core.got(ChatMessage)
    assert [a.id for a in said.attachments] == [photo]
    assert not said.overheard


@pytest.mark.parametrize(
    "shared",
    [None, [], [None], ["F1"], [{}], [{"id": ""}], [{"id": "F1", "mode": "tombstone"}]],
)
def test_what_is_no_file_is_left_out(shared: Any) -> None:
    assert files.attachments({"files": shared}) == ()


def test_of_a_stranger_s_file_only_the_id_is_known() -> None:
    [attachment] = files.attachments({"files": [{"id": "F1", "file_access": "check_file_info"}]})
    assert (attachment.id, attachment.name, attachment.size) == ("F1", "", 0)


async def test_an_edit_below_our_message_is_told_with_its_new_words(
    adapter: SlackAdapter, slack: SlackServer, cast: Cast, core: Core
) -> None:
    ours = await card(adapter, slack, cast)
    await slack.types(cast.ana, cast.launch, "Thursday", thread=ours.id)
    said = await core.got(ChatMessage)
    await slack.edits(typed(slack, cast.launch), "Friday")
    edited = await core.got(MessageEdited)
    assert (edited.text.text, edited.message, edited.sender.ref) == ("Friday", said.message, said.sender.ref)


async def test_a_preview_of_a_link_is_no_edit(
    adapter: SlackAdapter, slack: SlackServer, cast: Cast, core: Core
) -> None:
    ours = await card(adapter, slack, cast)
    await slack.types(cast.ana, cast.launch, "https://example.org", thread=ours.id)
    await slack.edits(typed(slack, cast.launch), "https://example.org")
    assert core.all_of(MessageEdited) == []


async def test_a_deletion_is_told(adapter: SlackAdapter, slack: SlackServer, cast: Cast, core: Core) -> None:
    ours = await card(adapter, slack, cast)
    await slack.types(cast.ana, cast.launch, "Thursday", thread=ours.id)
    said = await core.got(ChatMessage)
    await slack.deletes(typed(slack, cast.launch))
    gone = await core.got(MessageDeleted)
    assert (gone.message, gone.sender.ref) == (said.message, said.sender.ref)


async def test_our_own_edits_and_deletions_are_no_news(
    adapter: SlackAdapter, slack: SlackServer, cast: Cast, core: Core
) -> None:
    ours = await card(adapter, slack, cast)
    message = slack.workspace.channels[cast.launch].messages[ours.id]
    await slack.edits(message, "other words")
    await slack.deletes(message)
    assert core.received == []


async def test_content_is_read_with_our_token(adapter: SlackAdapter, slack: SlackServer, cast: Cast) -> None:
    photo = slack.uploads(cast.ana, "wall.jpg", b"pixels")
    assert await adapter.fetch(photo, 100) == b"pixels"


@pytest.mark.parametrize("size", [None, 3])
async def test_what_is_too_large_is_refused_whatever_it_claims(
    adapter: SlackAdapter, slack: SlackServer, cast: Cast, size: int | None
) -> None:
    claimed = {"size": size} if size else {}
    video = slack.uploads(cast.ana, "site.mov", b"x" * 500)
    slack.workspace.files[video].update(claimed)
    with pytest.raises(DeliveryError) as refused:
        await adapter.fetch(video, 100)
    assert (refused.value.kind, refused.value.code) == (Delivery.PERMANENT, "file_too_large")


async def test_our_token_is_shown_to_slack_alone(
    adapter: SlackAdapter, slack: SlackServer, cast: Cast
) -> None:
    photo = slack.uploads(cast.ana, "wall.jpg", b"pixels")
    slack.workspace.files[photo] |= {"url_private": "http://evil.example/x", "url_private_download": ""}
    with pytest.raises(DeliveryError, match="file_elsewhere"):
        await adapter.fetch(photo, 100)


@pytest.mark.parametrize(
    ("url", "is_theirs"),
    [
        ("https://files.slack.com/files-pri/T1-F1/wall.jpg", True),
        ("http://files.slack.com/files-pri/T1-F1/wall.jpg", False),
        ("https://files.slack.com.evil.example/x", False),
        ("https://evil.example/files.slack.com", False),
        ("https://slack.com/x", False),
        ("", False),
    ],
)
def test_only_slack_s_own_file_server_is_asked(url: str, is_theirs: bool) -> None:
    assert files._is_slacks(url, "https://slack.com/api/") is is_theirs


async def test_a_page_to_sign_in_is_not_the_file(
    adapter: SlackAdapter, slack: SlackServer, cast: Cast
) -> None:
    photo = slack.uploads(cast.ana, "wall.jpg", b"pixels")
    kept = slack.workspace.files[photo]
    slack.workspace.files[photo] = {**kept, "url_private_download": f"{slack.base}/files/F0"}
    with pytest.raises(DeliveryError, match="file_refused"):
        await adapter.fetch(photo, 100)


async def test_without_the_scope_the_content_stays_where_it_is(
    adapter: SlackAdapter, slack: SlackServer, cast: Cast
) -> None:
    photo = slack.uploads(cast.ana, "wall.jpg", b"pixels")
    slack.scopes = slack.scopes - {"files:read"}
    with pytest.raises(DeliveryError, match="missing_scope"):
        await adapter.fetch(photo, 100)
