"""What people do in Slack reaches the core, over the socket and by HTTP alike."""

from datetime import UTC

import pytest

from adapters.slack.platform import SlackAdapter
from bot.cards import Link, Mention
from bot.messages import (
    BotAdded,
    BotRemoved,
    ButtonPress,
    ChatMessage,
    ConversationMoved,
    HomeOpened,
    MessageShortcut,
    PersonLeft,
    PlaceKind,
    ProfileChanged,
    SlashCommand,
    Standing,
)
from bot.refs import ConversationRef, MessageRef, PersonRef
from tests.adapters.slack.conftest import Cast
from tests.adapters.slack.core import Core
from tests.fakes.clock import FakeClock
from tests.fakes.slack_server import SlackServer

pytestmark = pytest.mark.usefixtures("adapter")


def person(slack: SlackServer, user: str) -> PersonRef:
    return PersonRef("slack", slack.workspace.team, user)


def place(slack: SlackServer, channel: str, thread: str = "") -> ConversationRef:
    return ConversationRef("slack", slack.workspace.team, channel, thread)


async def test_a_command_brings_its_sender_and_their_profile(
    slack: SlackServer, cast: Cast, core: Core, clock: FakeClock
) -> None:
    delivery = await slack.slash(cast.ana, cast.launch, "new Prototype tested", command="/ms")
    command = await core.got(SlashCommand)
    assert delivery.acked
    assert (command.text.text, command.verb) == ("new Prototype tested", "")
    assert command.sender.ref == person(slack, cast.ana)
    assert (command.sender.name, command.sender.username) == ("Ana Silva", "ana")
    assert (command.sender.zone, command.sender.language) == ("Europe/Lisbon", "pt-PT")
    assert command.sender.standing is Standing.ADMIN
    assert command.place.ref == place(slack, cast.launch)
    assert (command.place.kind, command.place.name) == (PlaceKind.GROUP, "launch")
    assert command.received_at == clock.now().astimezone(UTC)
    assert command.can_open_form


async def test_a_profile_is_asked_for_once(slack: SlackServer, cast: Cast, core: Core) -> None:
    for number in (1, 2, 3):
        await slack.slash(cast.ana, cast.launch, "status")
        await core.got(SlashCommand, number)
    assert len(slack.calls_to("users.info")) == 1
    assert len({command.key for command in core.all_of(SlashCommand)}) == 3


async def test_without_a_profile_the_command_still_arrives(
    slack: SlackServer, cast: Cast, core: Core
) -> None:
    slack.scopes = slack.scopes - {"users:read"}
    await slack.slash(cast.ana, cast.launch, "status")
    assert (await core.got(SlashCommand)).sender.name == "ana"


@pytest.mark.parametrize("mark", ["<@{boris}>", "<@{boris}|boris>"])
async def test_a_mention_is_a_person_by_name(slack: SlackServer, cast: Cast, core: Core, mark: str) -> None:
    await slack.slash(cast.ana, cast.launch, f"assign APX-7 {mark.format(boris=cast.boris)} please")
    text = (await core.got(SlashCommand)).text
    assert text.text == "assign APX-7 @Boris Iwanow please"
    assert text.spans == (Mention(13, 26, person(slack, cast.boris)),)


async def test_entities_and_links_are_read_back(slack: SlackServer, cast: Cast, core: Core) -> None:
    typed = "new A &amp; B &lt;3 &amp;lt; <https://a.example/?x=1&amp;y=2|site> <#C1|general> <!here> <b>"
    await slack.slash(cast.ana, cast.launch, typed)
    text = (await core.got(SlashCommand)).text
    assert text.text == "new A & B <3 &lt; site #general @here <b>"
    assert text.spans == (Link(18, 22, "https://a.example/?x=1&y=2"),)


async def test_words_in_a_direct_conversation_need_no_mention(
    slack: SlackServer, cast: Cast, core: Core
) -> None:
    direct = slack.direct(cast.ana)
    await slack.types(cast.ana, direct, "status")
    said = await core.got(ChatMessage)
    assert (said.text.text, said.place.kind, said.reply_to) == ("status", PlaceKind.DIRECT, None)
    assert said.message == MessageRef(place(slack, direct), slack.messages(direct)[0].ts)
    assert not said.can_open_form


async def test_a_mention_in_a_channel_is_taken_out_of_the_words(
    slack: SlackServer, cast: Cast, core: Core
) -> None:
    await slack.types(cast.ana, cast.launch, f"{slack.mention}: done APX-7")
    said = await core.got(ChatMessage)
    assert (said.text.text, said.place.kind, said.place.name) == ("done APX-7", PlaceKind.GROUP, "launch")


async def test_a_reply_in_a_thread_points_at_the_message_it_hangs_on(
    slack: SlackServer, cast: Cast, core: Core
) -> None:
    await slack.types(cast.ana, cast.launch, "the card")
    parent = slack.messages(cast.launch)[0].ts
    await slack.types(cast.ana, cast.launch, f"{slack.mention} done", thread=parent)
    said = await core.got(ChatMessage)
    assert said.reply_to == MessageRef(place(slack, cast.launch), parent)
    assert said.place.ref == place(slack, cast.launch, parent)


async def test_a_sentence_that_arrives_twice_is_heard_once(
    slack: SlackServer, cast: Cast, core: Core
) -> None:
    slack.subscriptions = slack.subscriptions | {"message.channels"}
    deliveries = await slack.types(cast.ana, cast.launch, f"{slack.mention} status")
    await slack.deliver_again(deliveries[0])
    assert len(deliveries) == 2
    assert all(delivery.acked for delivery in slack.deliveries)
    assert len(core.received) == 1


async def test_what_was_merely_overheard_is_left_alone(slack: SlackServer, cast: Cast, core: Core) -> None:
    slack.subscriptions = slack.subscriptions | {"message.channels"}
    [heard] = await slack.types(cast.ana, cast.launch, "lunch?")
    assert heard.acked
    assert core.received == []


async def test_edits_and_bots_are_left_alone(slack: SlackServer, cast: Cast, core: Core) -> None:
    direct = slack.direct(cast.ana)
    await slack.types(cast.ana, direct, "new A by Friday")
    edit = await slack.edits(slack.messages(direct)[0], "new A by Monday")
    assert edit is not None
    assert edit.acked
    bot = await slack.happens(
        type="message", channel=direct, channel_type="im", user="U9", bot_id="B9", text="new", ts="1.1"
    )
    assert bot.acked
    assert [said.text.text for said in core.all_of(ChatMessage)] == ["new A by Friday"]


async def test_an_event_that_could_not_be_kept_comes_again(
    slack: SlackServer, cast: Cast, core: Core, transport: str
) -> None:
    core.down = True
    slack.sockets.ack_within = 0.05
    [lost] = await slack.types(cast.ana, slack.direct(cast.ana), "status")
    assert not lost.acked
    core.down = False
    await slack.deliver_again(lost)
    assert (await core.got(ChatMessage)).text.text == "status"


async def test_a_press_brings_token_message_and_place(slack: SlackServer, cast: Cast, core: Core) -> None:
    said = slack.whisper(cast.launch, cast.ana, {"text": "x"})
    await slack.press_value(cast.ana, said, "token-7")
    press = await core.got(ButtonPress)
    assert (press.token, press.can_open_form) == ("token-7", True)
    assert press.message == MessageRef(place(slack, cast.launch), said.ts)


async def test_making_a_milestone_of_a_message(slack: SlackServer, cast: Cast, core: Core) -> None:
    await slack.types(cast.boris, cast.launch, "the client wants the prototype by May")
    message = slack.messages(cast.launch)[0]
    await slack.shortcut(cast.ana, message, "make_milestone")
    made = await core.got(MessageShortcut)
    assert made.text.text == "the client wants the prototype by May"
    assert (made.sender.name, made.message.id) == ("Ana Silva", message.ts)


async def test_a_stranger_in_a_shared_channel_and_a_guest_are_guests(
    slack: SlackServer, cast: Cast, core: Core
) -> None:
    slack.workspace.users[cast.boris].team = "TOTHER"
    guest = slack.user("gast", is_restricted=True)
    await slack.slash(cast.boris, cast.launch, "status")
    await slack.slash(guest, cast.launch, "status")
    await core.got(SlashCommand, 2)
    standings = {each.sender.ref.id: each.sender.standing for each in core.all_of(SlashCommand)}
    assert standings == {cast.boris: Standing.GUEST, guest: Standing.GUEST}
    assert {each.place.ref.workspace for each in core.all_of(SlashCommand)} == {slack.workspace.team}


async def test_a_command_in_somebody_elses_direct_conversation_is_not_ours(
    slack: SlackServer, cast: Cast, core: Core
) -> None:
    """We could never write there, so nobody may be told to find us there."""
    theirs = slack.channel("", cast.ana, cast.boris, kind="im", with_bot=False, as_id="D999")
    await slack.slash(cast.ana, theirs, "mine")
    assert (await core.got(SlashCommand)).place.kind is PlaceKind.GROUP
    await slack.slash(cast.ana, slack.direct(cast.ana), "mine")
    assert (await core.got(SlashCommand, 2)).place.kind is PlaceKind.DIRECT


async def test_a_changed_profile_is_told_and_used(slack: SlackServer, cast: Cast, core: Core) -> None:
    await slack.slash(cast.ana, cast.launch, "status")
    await core.got(SlashCommand)
    await slack.changes(cast.ana, tz="Asia/Tokyo")
    assert (await core.got(ProfileChanged)).sender.zone == "Asia/Tokyo"
    await slack.slash(cast.ana, cast.launch, "status")
    assert (await core.got(SlashCommand, 2)).sender.zone == "Asia/Tokyo"


async def test_the_life_of_a_channel(slack: SlackServer, cast: Cast, core: Core) -> None:
    await slack.happens(
        type="member_joined_channel", user=slack.workspace.bot, channel=cast.launch, inviter=cast.ana
    )
    assert (await core.got(BotAdded)).sender.name == "Ana Silva"
    await slack.happens(type="member_joined_channel", user=cast.boris, channel=cast.launch)
    moved = await slack.moves_channel(cast.launch)
    told = await core.got(ConversationMoved)
    assert (told.place.ref.id, told.new) == (cast.launch, place(slack, moved))
    await slack.archives(cast.boris, moved)
    await slack.removes_bot(moved)
    removed = [(each.place.ref.id, each.reason) for each in core.all_of(BotRemoved)]
    assert removed == [(moved, "channel_archive"), (moved, "channel_left")]
    assert len(core.all_of(BotAdded)) == 1


async def test_the_home_surface_opens_and_the_messages_tab_does_not_count(
    slack: SlackServer, cast: Cast, core: Core
) -> None:
    await slack.opens_home(cast.ana, tab="messages")
    await slack.opens_home(cast.ana)
    assert (await core.got(HomeOpened)).sender.ref == person(slack, cast.ana)
    assert len(core.received) == 1


async def test_what_nobody_listens_to_is_acknowledged(slack: SlackServer, cast: Cast, core: Core) -> None:
    odd = [
        await slack.happens(type="reaction_added", user=cast.ana),
        await slack.happens(type="tokens_revoked", tokens={"bot": ["U1"]}),
        await slack.global_shortcut(cast.ana, "unheard_of"),
        await slack.shortcut(cast.ana, slack._written(cast.ana, cast.launch, "x", None), "another"),
        await slack.deliver("interaction", {"type": "something_new", "user": {"id": cast.ana}}),
    ]
    assert [delivery.acked for delivery in odd] == [True] * 5
    assert core.received == []


async def test_the_adapter_knows_itself(adapter: SlackAdapter, slack: SlackServer) -> None:
    assert adapter.name == "slack"
    assert (await adapter.identity()).bot == slack.workspace.bot
    assert len(slack.calls_to("auth.test")) == 1


async def test_a_deactivated_account_left_and_a_changed_one_did_not(
    slack: SlackServer, cast: Cast, core: Core
) -> None:
    profile = slack.workspace.users[cast.boris].as_json()
    await slack.happens(type="user_change", user={**profile, "deleted": True})
    left = await core.got(PersonLeft)
    assert (left.sender.ref, left.place.kind) == (person(slack, cast.boris), PlaceKind.DIRECT)
    assert left.place.ref.workspace == slack.workspace.team
    await slack.happens(type="user_change", user={**profile, "deleted": False})
    assert (await core.got(ProfileChanged)).sender.ref == left.sender.ref
