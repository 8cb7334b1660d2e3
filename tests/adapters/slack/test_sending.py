"""Messages go out once, can be found again, and every failure says what is known."""

from datetime import UTC, datetime, timedelta

import pytest

from adapters.slack.config import SlackSettings
from adapters.slack.errors import FAMILIES, VERDICTS, verdict
from adapters.slack.platform import SlackAdapter
from adapters.slack.send import client_msg_id
from bot.cards import Actions, Button, Card, Picture, plain
from bot.domain.timeline import Timeline
from bot.errors import Delivery, DeliveryError
from bot.ports import Sending
from bot.refs import ConversationRef, MessageRef, PersonRef
from tests.adapters.slack.conftest import Cast
from tests.fakes.clock import FakeClock
from tests.fakes.slack.faults import ErrorCode, Fault, NotJson, RateLimited, Reset, Status
from tests.fakes.slack_server import SlackServer

CARD = Card(plain("APX-7 Prototype tested is due"), (Actions((Button("Done", "token"),)),))
HOW = Sending(oid="row-1")


def place(slack: SlackServer, channel: str, thread: str = "") -> ConversationRef:
    return ConversationRef("slack", slack.workspace.team, channel, thread)


async def failure(sender: SlackAdapter, to: ConversationRef) -> DeliveryError:
    with pytest.raises(DeliveryError) as caught:
        await sender.send(to, CARD, HOW)
    return caught.value


async def test_a_card_arrives_and_says_where(slack: SlackServer, cast: Cast, sender: SlackAdapter) -> None:
    sent = await sender.send(place(slack, cast.launch), CARD, HOW)
    said = await slack.hears(cast.launch)
    assert sent == MessageRef(place(slack, cast.launch), said.ts)
    assert list(said.buttons) == ["Done"]
    assert said.message.client_msg_id == client_msg_id("row-1")
    slack.nobody_hears_anything_else()


async def test_a_person_is_told_in_their_direct_conversation(
    slack: SlackServer, cast: Cast, sender: SlackAdapter
) -> None:
    direct = await sender.direct(PersonRef("slack", slack.workspace.team, cast.ana))
    assert direct == place(slack, slack.direct(cast.ana))
    by_person = await sender.send(place(slack, cast.ana), CARD, HOW)
    assert by_person.conversation == direct
    assert [message.text for message in slack.direct_messages(cast.ana)] == ["APX-7 Prototype tested is due"]


async def test_a_message_is_found_by_what_it_carries_and_no_other_is(
    slack: SlackServer, cast: Cast, sender: SlackAdapter, clock: FakeClock
) -> None:
    began = clock.now()
    sent = await sender.send(place(slack, cast.launch), CARD, HOW)
    assert await sender.find(place(slack, cast.launch), "row-1", began) == sent
    assert await sender.find(place(slack, cast.launch), "row-2", began) is None
    assert await sender.find(place(slack, cast.launch), "row-1", began + timedelta(minutes=5)) is None


async def test_a_message_in_a_thread_and_one_to_a_person_are_found(
    slack: SlackServer, cast: Cast, sender: SlackAdapter, clock: FakeClock
) -> None:
    parent = await sender.send(place(slack, cast.launch), CARD, Sending(oid="parent"))
    thread = place(slack, cast.launch, parent.id)
    reply = await sender.send(thread, CARD, HOW)
    assert await sender.find(thread, "row-1", clock.now()) == reply
    direct = await sender.send(place(slack, cast.ana), CARD, Sending(oid="row-3"))
    assert await sender.find(place(slack, cast.ana), "row-3", clock.now()) == direct


async def test_a_message_is_found_behind_many_others(
    slack: SlackServer, cast: Cast, sender: SlackAdapter, clock: FakeClock
) -> None:
    sent = await sender.send(place(slack, cast.launch), CARD, HOW)
    for number in range(250):
        await slack.types(cast.ana, cast.launch, f"chatter {number}")
    assert await sender.find(place(slack, cast.launch), "row-1", clock.now()) == sent


async def test_a_crowd_too_large_to_look_through_is_no_answer(
    slack: SlackServer, cast: Cast, sender: SlackAdapter, clock: FakeClock
) -> None:
    for number in range(2_001):
        slack._written(cast.ana, cast.launch, f"chatter {number}", None)
    with pytest.raises(DeliveryError) as caught:
        await sender.find(place(slack, cast.launch), "row-1", clock.now())
    assert caught.value.kind is Delivery.UNKNOWN


@pytest.mark.parametrize(
    "fault", [Status(503, "after"), Reset(), NotJson(), ErrorCode("fatal_error", "after")]
)
async def test_a_message_of_doubtful_fate_is_found_and_not_sent_again(
    slack: SlackServer, cast: Cast, sender: SlackAdapter, clock: FakeClock, fault: Fault
) -> None:
    slack.faults.add("chat.postMessage", fault)
    assert (await failure(sender, place(slack, cast.launch))).kind is Delivery.UNKNOWN
    assert len(slack.calls_to("chat.postMessage")) == 1
    found = await sender.find(place(slack, cast.launch), "row-1", clock.now())
    assert found is not None
    assert [message.ts for message in slack.messages(cast.launch)] == [found.id]


async def test_a_pause_is_named_in_seconds(slack: SlackServer, cast: Cast, sender: SlackAdapter) -> None:
    slack.faults.add("chat.postMessage", RateLimited(7))
    error = await failure(sender, place(slack, cast.launch))
    assert (error.kind, error.code, error.retry_after) == (Delivery.NOT_SENT, "ratelimited", 7.0)


async def test_a_pause_of_ages_is_asked_about_after_a_day(
    slack: SlackServer, cast: Cast, sender: SlackAdapter
) -> None:
    slack.faults.add("chat.postMessage", RateLimited(10**30))
    assert (await failure(sender, place(slack, cast.launch))).retry_after == 24 * 3600


async def test_nobody_there_means_not_sent(slack: SlackServer, cast: Cast, sender: SlackAdapter) -> None:
    await slack.stop()
    assert (await failure(sender, place(slack, cast.launch))).kind is Delivery.NOT_SENT


ROWS = [
    ("ratelimited", Delivery.NOT_SENT),
    ("rate_limited", Delivery.NOT_SENT),
    ("message_limit_exceeded", Delivery.NOT_SENT),
    ("internal_error", Delivery.UNKNOWN),
    ("fatal_error", Delivery.UNKNOWN),
    ("service_unavailable", Delivery.UNKNOWN),
    ("request_timeout", Delivery.UNKNOWN),
    ("channel_not_found", Delivery.DESTINATION),
    ("is_archived", Delivery.DESTINATION),
    ("not_in_channel", Delivery.DESTINATION),
    ("missing_scope", Delivery.DESTINATION),
    ("no_permission", Delivery.DESTINATION),
    ("access_denied", Delivery.DESTINATION),
    ("restricted_action", Delivery.DESTINATION),
    ("restricted_action_read_only_channel", Delivery.DESTINATION),
    ("ekm_access_denied", Delivery.DESTINATION),
    ("user_not_found", Delivery.PERMANENT),
    ("user_disabled", Delivery.PERMANENT),
    ("cannot_dm_bot", Delivery.PERMANENT),
    ("messages_tab_disabled", Delivery.PERMANENT),
    ("account_inactive", Delivery.INSTALL),
    ("token_revoked", Delivery.INSTALL),
    ("token_expired", Delivery.INSTALL),
    ("invalid_auth", Delivery.INSTALL),
    ("not_authed", Delivery.INSTALL),
    ("msg_too_long", Delivery.PERMANENT),
    ("msg_blocks_too_long", Delivery.PERMANENT),
    ("invalid_blocks", Delivery.PERMANENT),
    ("invalid_blocks_format", Delivery.PERMANENT),
    ("too_many_attachments", Delivery.PERMANENT),
    ("invalid_attachments", Delivery.PERMANENT),
    ("no_text", Delivery.PERMANENT),
    ("invalid_arguments", Delivery.PERMANENT),
    ("duplicate_message_not_found", Delivery.DONE),
    ("message_not_found", Delivery.PERMANENT),
    ("cant_update_message", Delivery.PERMANENT),
    ("edit_window_closed", Delivery.PERMANENT),
    ("a_code_of_next_year", Delivery.PERMANENT),
]


@pytest.mark.parametrize(("code", "kind"), ROWS)
async def test_each_code_has_its_class(
    slack: SlackServer, cast: Cast, sender: SlackAdapter, code: str, kind: Delivery
) -> None:
    slack.scopes = slack.scopes - {"channels:join"}
    slack.faults.add("chat.postMessage", ErrorCode(code))
    error = await failure(sender, place(slack, cast.launch))
    assert (error.kind, error.code) == (kind, code)


def test_no_row_of_the_table_is_untested() -> None:
    tested = {code for code, _ in ROWS}
    assert set(VERDICTS) <= tested
    assert all(any(code.startswith(family) and code != family for code in tested) for family in FAMILIES)


@pytest.mark.parametrize("code", ["msg_too_long", "msg_blocks_too_long", "invalid_blocks", "no_text"])
def test_what_is_too_rich_may_pass_as_plain_text(code: str) -> None:
    assert verdict(code).plain_text_may_pass
    assert not verdict("channel_not_found").plain_text_may_pass


async def test_plain_text_goes_without_blocks(slack: SlackServer, cast: Cast, sender: SlackAdapter) -> None:
    await sender.send(place(slack, cast.launch), CARD, Sending(oid="row-1", plain_text=True))
    said = await slack.hears(cast.launch)
    assert (said.text, said.blocks) == ("APX-7 Prototype tested is due", [])


async def test_a_public_channel_is_joined_once_and_then_written_to(
    slack: SlackServer, cast: Cast, sender: SlackAdapter
) -> None:
    public = slack.channel("public", cast.ana, with_bot=False)
    await sender.send(place(slack, public), CARD, HOW)
    assert len(slack.messages(public)) == 1
    assert len(slack.calls_to("conversations.join")) == 1


async def test_a_channel_that_cannot_be_joined_is_a_destination_problem(
    slack: SlackServer, cast: Cast, sender: SlackAdapter
) -> None:
    slack.scopes = slack.scopes - {"channels:join"}
    public = slack.channel("public", cast.ana, with_bot=False)
    error = await failure(sender, place(slack, public))
    assert (error.kind, error.code) == (Delivery.DESTINATION, "not_in_channel")


async def test_an_edit_changes_the_message_in_place(
    slack: SlackServer, cast: Cast, sender: SlackAdapter
) -> None:
    sent = await sender.send(place(slack, cast.launch), CARD, HOW)
    await sender.edit(sent, Card(plain("APX-7 Prototype tested is done")), HOW)
    [message] = slack.messages(cast.launch)
    assert (message.text, message.edits) == (
        "APX-7 Prototype tested is done",
        ["APX-7 Prototype tested is due"],
    )
    await slack.hears(cast.launch)
    slack.nobody_hears_anything_else()


async def test_editing_what_is_gone_says_so(slack: SlackServer, cast: Cast, sender: SlackAdapter) -> None:
    sent = await sender.send(place(slack, cast.launch), CARD, HOW)
    slack.messages(cast.launch)[0].deleted = True
    with pytest.raises(DeliveryError) as caught:
        await sender.edit(sent, CARD, HOW)
    assert (caught.value.gone, caught.value.code) == (True, "message_not_found")


def picture(png: bytes = b"\x89PNG") -> Picture:
    start = datetime(2026, 3, 2, tzinfo=UTC).date()
    return Picture(Timeline("Apex", start, ()), "The plan of Apex", "APX-7 13 Mar", png)


async def test_a_picture_follows_its_message_with_a_description(
    slack: SlackServer, cast: Cast, sender: SlackAdapter
) -> None:
    await sender.send(place(slack, cast.launch), Card(plain("The plan"), (picture(),)), HOW)
    said, file = await slack.hears(cast.launch), await slack.hears(cast.launch)
    assert "APX-7 13 Mar" in said.text
    assert (file.kind, file.message.files[0]["alt_txt"]) == ("file", "The plan of Apex")


async def test_a_picture_that_was_not_drawn_is_told_in_words(
    slack: SlackServer, cast: Cast, sender: SlackAdapter
) -> None:
    await sender.send(place(slack, cast.launch), Card(plain("The plan"), (picture(b""),)), HOW)
    said = await slack.hears(cast.launch)
    assert "APX-7 13 Mar" in str(said.blocks)
    slack.nobody_hears_anything_else()


async def test_a_picture_that_slack_refuses_loses_no_fact(
    slack: SlackServer, cast: Cast, sender: SlackAdapter
) -> None:
    slack.scopes = slack.scopes - {"files:write"}
    sent = await sender.send(place(slack, cast.launch), Card(plain("The plan"), (picture(),)), HOW)
    said = [message for message in slack.messages(cast.launch) if message.ts != sent.id]
    assert "APX-7 13 Mar" in str(said[0].blocks)


async def test_the_doctor_is_content(slack: SlackServer, sender: SlackAdapter) -> None:
    slack.scopes = slack.scopes | {"im:read", "mpim:read"}
    assert {finding.level for finding in await sender.check()} == {"ok"}


async def test_the_doctor_names_what_is_missing_and_the_remedy(
    slack: SlackServer, sender: SlackAdapter
) -> None:
    slack.scopes = slack.scopes - {"channels:history"}
    slack.app_token = "xapp-another"
    bad = {finding.what: finding.remedy for finding in await sender.check() if finding.level != "ok"}
    assert any("channels:history" in what for what in bad)
    assert "Slack refuses Socket Mode: invalid_auth" in bad
    assert all(bad.values())
    slack.dead_token = "token_revoked"
    [finding] = await sender.check()
    assert (finding.level, finding.what) == ("fail", "Slack refuses the bot token: token_revoked")


async def test_the_doctor_blames_no_token_for_a_network_that_is_down(clock: FakeClock) -> None:
    nowhere = SlackAdapter(
        SlackSettings("xoxb-good", clock, app_token="xapp-good", api_url="http://127.0.0.1:1/api/")
    )
    [finding] = await nowhere.check()
    await nowhere.close()
    assert finding.level == "fail"
    assert finding.what.startswith("Slack is not reached (")
