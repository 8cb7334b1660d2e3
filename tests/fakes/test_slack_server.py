"""The fake refuses what Slack refuses; otherwise everything built on it proves nothing."""

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.fakes.slack.faults import ErrorCode, Hang, NotJson, RateLimited, Reset, Status
from tests.fakes.slack_server import SlackServer


class StandingClock:
    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
async def slack() -> AsyncIterator[SlackServer]:
    async with SlackServer(clock=StandingClock()) as server:
        yield server


@pytest.fixture
async def client(slack: SlackServer) -> AsyncIterator[AsyncWebClient]:
    async with aiohttp.ClientSession() as session:
        yield AsyncWebClient(slack.token, base_url=slack.api, session=session, retry_handlers=[])


async def refusal(call: Any) -> Any:
    with pytest.raises(SlackApiError) as caught:
        await call
    return caught.value.response


async def test_a_token_says_who_the_bot_is_and_what_it_may(
    slack: SlackServer, client: AsyncWebClient
) -> None:
    answer = await client.auth_test()
    assert answer["user_id"] == slack.workspace.bot
    assert "chat:write" in answer.headers["X-OAuth-Scopes"]


@pytest.mark.parametrize(("token", "code"), [("", "not_authed"), ("xoxb-other", "invalid_auth")])
async def test_a_bad_token_is_refused(slack: SlackServer, token: str, code: str) -> None:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    async with (
        aiohttp.ClientSession(headers=headers) as session,
        session.get(f"{slack.api}auth.test") as answer,
    ):
        assert (await answer.json())["error"] == code


async def test_a_revoked_token_is_refused(slack: SlackServer, client: AsyncWebClient) -> None:
    slack.dead_token = "token_revoked"
    assert (await refusal(client.auth_test()))["error"] == "token_revoked"


async def test_a_missing_scope_is_named(slack: SlackServer, client: AsyncWebClient) -> None:
    slack.scopes = frozenset({"commands"})
    answer = await refusal(client.chat_postMessage(channel=slack.channel("launch"), text="hi"))
    assert (answer["error"], answer["needed"], answer["provided"]) == (
        "missing_scope",
        "chat:write",
        "commands",
    )


async def test_metadata_comes_back_only_when_asked_for(slack: SlackServer, client: AsyncWebClient) -> None:
    launch = slack.channel("launch")
    about = {"event_type": "notice", "event_payload": {"oid": "7"}}
    await client.chat_postMessage(channel=launch, text="hi", metadata=about)
    asked = await client.conversations_history(channel=launch, include_all_metadata=True)
    plain = await client.conversations_history(channel=launch)
    assert asked["messages"][0]["metadata"] == about
    assert "metadata" not in plain["messages"][0]


async def test_get_and_post_form_and_json_are_all_read(slack: SlackServer) -> None:
    launch = slack.channel("launch")
    headers = {"Authorization": f"Bearer {slack.token}"}
    async with aiohttp.ClientSession(headers=headers) as session:
        url = f"{slack.api}chat.postMessage"
        for way in (
            session.get(url, params={"channel": launch, "text": "1"}),
            session.post(url, data={"channel": launch, "text": "2"}),
            session.post(url, json={"channel": launch, "text": "3"}),
        ):
            async with way as answer:
                assert (await answer.json())["ok"]
    assert [message.text for message in slack.messages(launch)] == ["1", "2", "3"]


async def test_places_the_bot_may_not_write_to_are_refused(
    slack: SlackServer, client: AsyncWebClient
) -> None:
    archived, outside = slack.channel("old"), slack.channel("outside", with_bot=False)
    hidden = slack.channel("hidden", kind="group", with_bot=False)
    slack.workspace.channels[archived].archived = True
    gone, other_bot = slack.user("gone", deleted=True), slack.user("robot", is_bot=True)
    expected = {
        archived: "is_archived",
        outside: "not_in_channel",
        hidden: "channel_not_found",
        "C404": "channel_not_found",
        gone: "user_disabled",
        other_bot: "cannot_dm_bot",
        "U404": "user_not_found",
    }
    for place, code in expected.items():
        assert (await refusal(client.chat_postMessage(channel=place, text="hi")))["error"] == code


def section(text: str) -> dict[str, Any]:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}


def table(rows: int, cell: str = "x") -> dict[str, Any]:
    return {"type": "table", "rows": [[{"type": "raw_text", "text": cell}]] * rows}


@pytest.mark.parametrize(
    ("blocks", "code"),
    [
        ([section("x")] * 51, "invalid_blocks"),
        ([section("x" * 3001)], "invalid_blocks"),
        ([{"type": "nosuch"}], "invalid_blocks"),
        ([table(101)], "invalid_blocks"),
        ([table(1, "")], "invalid_blocks"),
        ([table(90, "x" * 120)], "invalid_blocks"),
        ([table(2), table(2)], "invalid_attachments"),
        ([section("x" * 2900)] * 5, "msg_blocks_too_long"),
    ],
)
async def test_blocks_over_a_limit_are_refused(
    slack: SlackServer, client: AsyncWebClient, blocks: list[Any], code: str
) -> None:
    answer = await refusal(client.chat_postMessage(channel=slack.channel("launch"), text="x", blocks=blocks))
    assert answer["error"] == code


async def test_text_is_neither_missing_nor_endless(slack: SlackServer, client: AsyncWebClient) -> None:
    launch = slack.channel("launch")
    assert (await refusal(client.api_call("chat.postMessage", json={"channel": launch})))[
        "error"
    ] == "no_text"
    assert (await refusal(client.chat_postMessage(channel=launch, text="x" * 40_001)))[
        "error"
    ] == "msg_too_long"


async def test_a_bot_edits_its_own_messages_and_nobody_elses(
    slack: SlackServer, client: AsyncWebClient
) -> None:
    ana = slack.user("ana")
    launch = slack.channel("launch", ana)
    await slack.types(ana, launch, "mine")
    posted = await client.chat_postMessage(channel=launch, text="first")
    await client.chat_update(channel=launch, ts=posted["ts"], text="second")
    assert [message.text for message in slack.messages(launch)] == ["mine", "second"]
    theirs = slack.messages(launch)[0].ts
    assert (await refusal(client.chat_update(channel=launch, ts=theirs, text="x")))[
        "error"
    ] == "cant_update_message"
    assert (await refusal(client.chat_update(channel=launch, ts="1.0", text="x")))[
        "error"
    ] == "message_not_found"


async def test_an_ephemeral_message_needs_its_reader_in_the_channel(
    slack: SlackServer, client: AsyncWebClient
) -> None:
    ana, bob = slack.user("ana"), slack.user("bob")
    launch = slack.channel("launch", ana)
    await client.chat_postEphemeral(channel=launch, user=ana, text="for you")
    assert (await slack.hears(ana)).text == "for you"
    answer = await refusal(client.chat_postEphemeral(channel=launch, user=bob, text="for you"))
    assert answer["error"] == "user_not_in_channel"


async def test_a_message_nobody_looked_at_fails_the_test(slack: SlackServer, client: AsyncWebClient) -> None:
    await client.chat_postMessage(channel=slack.user("ana"), text="surprise")
    with pytest.raises(AssertionError, match="surprise"):
        slack.nobody_hears_anything_else()


@pytest.mark.parametrize("fault", [Status(500), Reset("before"), ErrorCode("internal_error"), RateLimited(3)])
async def test_a_fault_before_delivery_leaves_no_message(
    slack: SlackServer, client: AsyncWebClient, fault: Any
) -> None:
    launch = slack.channel("launch")
    slack.faults.add("chat.postMessage", fault)
    with pytest.raises(Exception):  # noqa: B017 the kinds differ, the effect does not
        await client.chat_postMessage(channel=launch, text="hi")
    assert slack.messages(launch) == []
    assert (await client.chat_postMessage(channel=launch, text="hi"))["ok"]


@pytest.mark.parametrize("fault", [Status(503, "after"), Reset(), NotJson(), Hang()])
async def test_a_fault_after_delivery_leaves_the_message(slack: SlackServer, fault: Any) -> None:
    launch = slack.channel("launch")
    slack.faults.add("chat.postMessage", fault)
    client = AsyncWebClient(slack.token, base_url=slack.api, timeout=1, retry_handlers=[])
    with pytest.raises(Exception):  # noqa: B017
        await client.chat_postMessage(channel=launch, text="hi")
    assert [message.text for message in slack.messages(launch)] == ["hi"]
    assert slack.faults.left == {}


async def test_one_message_per_second_and_channel(slack: SlackServer, client: AsyncWebClient) -> None:
    slack.one_message_per_second = True
    one, two = slack.channel("one"), slack.channel("two")
    await client.chat_postMessage(channel=one, text="1")
    await client.chat_postMessage(channel=two, text="1")
    answer = await refusal(client.chat_postMessage(channel=one, text="2"))
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "1")


async def test_a_trigger_works_once_and_for_three_seconds(slack: SlackServer, client: AsyncWebClient) -> None:
    ana = slack.user("ana")
    view = {"type": "modal", "title": {"type": "plain_text", "text": "Hi"}, "blocks": [section("x")]}
    trigger = slack.new_trigger(ana)
    await client.views_open(trigger_id=trigger, view=view)
    assert (await refusal(client.views_open(trigger_id=trigger, view=view)))[
        "error"
    ] == "exchanged_trigger_id"
    late = slack.new_trigger(ana)
    slack.clock.now += 3.1  # type: ignore[attr-defined]
    assert (await refusal(client.views_open(trigger_id=late, view=view)))["error"] == "expired_trigger_id"
    assert (await refusal(client.views_open(trigger_id="x", view=view)))["error"] == "invalid_trigger_id"


async def test_a_response_url_is_good_for_five_uses(slack: SlackServer) -> None:
    ana = slack.user("ana")
    url = slack.new_response_url(slack.channel("launch", ana), ana)
    async with aiohttp.ClientSession() as session:
        statuses = [(await session.post(url, json={"text": str(number)})).status for number in range(6)]
    assert statuses == [200] * 5 + [404]
    assert [said.text for said in slack.ephemerals(ana)] == ["0", "1", "2", "3", "4"]


async def test_a_file_is_announced_uploaded_and_shared(slack: SlackServer, client: AsyncWebClient) -> None:
    launch = slack.channel("launch")
    await client.files_upload_v2(
        channel=launch, filename="plan.png", content=b"png", initial_comment="The plan", alt_txt="a plan"
    )
    said = await slack.hears(launch)
    assert (said.kind, said.text, said.message.files[0]["alt_txt"]) == ("file", "The plan", "a plan")


async def test_alone_it_logs_what_it_accepted(tmp_path: Any) -> None:
    log = tmp_path / "accepted.jsonl"
    command = ["-m", "tests.fakes.slack_server", "--log", str(log), "--channel", "C1=launch"]
    process = await asyncio.create_subprocess_exec(sys.executable, *command, stdout=asyncio.subprocess.PIPE)
    assert process.stdout is not None
    api = (await process.stdout.readline()).decode().strip()
    client = AsyncWebClient("xoxb-test-token", base_url=api, retry_handlers=[])
    await client.chat_postMessage(channel="C1", text="kept")
    process.terminate()
    await process.wait()
    assert [json.loads(line)["text"] for line in log.read_text().splitlines()] == ["kept"]
