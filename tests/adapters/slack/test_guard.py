"""What comes in by HTTP is signed, small and readable, or it is refused; it never makes us fall over."""

import io
import json
import logging
from collections.abc import AsyncIterator
from datetime import timedelta
from urllib.parse import urlencode

import aiohttp
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from starlette.applications import Starlette

from adapters.slack.guard import Guard, _readable
from adapters.slack.limits import BODY_BYTES
from adapters.slack.platform import SlackAdapter
from bot.messages import ChatMessage, SlashCommand
from tests.adapters.slack.conftest import Cast
from tests.adapters.slack.core import Core, served, settings
from tests.fakes.clock import FakeClock
from tests.fakes.slack import payloads
from tests.fakes.slack.delivery import signed
from tests.fakes.slack_server import SlackServer

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
JSON = {"Content-Type": "application/json"}


class Door:
    """Posts raw bytes to the adapter, behind a real HTTP server."""

    def __init__(self, url: str, secret: str, clock: FakeClock, session: aiohttp.ClientSession) -> None:
        self.url, self.secret, self.clock, self.session = url, secret, clock, session

    def signature(self, body: bytes, late: timedelta = timedelta()) -> dict[str, str]:
        return signed(self.secret, body, (self.clock.now() - late).timestamp())

    async def post(self, body: bytes, headers: dict[str, str]) -> int:
        async with self.session.post(self.url, data=io.BytesIO(body), headers=headers) as answer:
            return answer.status

    async def signed_post(self, body: bytes, kind: dict[str, str] = JSON) -> int:
        return await self.post(body, kind | self.signature(body))


@pytest.fixture
async def door(slack: SlackServer, clock: FakeClock, core: Core, cast: Cast) -> AsyncIterator[Door]:
    adapter = SlackAdapter(settings(slack, clock, "http"))
    app = Starlette(routes=list(adapter.routes(core)))
    async with served(app) as base, aiohttp.ClientSession() as session:
        yield Door(f"{base}/slack/events", slack.signing_secret, clock, session)
    await adapter.close()


def command(slack: SlackServer, cast: Cast, text: str = "status") -> bytes:
    return urlencode(payloads.command(slack, cast.ana, cast.launch, "/ms", text)).encode()


async def test_a_signed_request_is_let_in(door: Door, slack: SlackServer, cast: Cast, core: Core) -> None:
    assert await door.signed_post(command(slack, cast), FORM) == 200
    assert (await core.got(SlashCommand)).text.text == "status"


async def test_an_address_is_verified_only_with_a_signature(door: Door) -> None:
    body = json.dumps({"type": "url_verification", "challenge": "c", "token": "t"}).encode()
    headers = JSON | door.signature(body)
    async with door.session.post(door.url, data=body, headers=headers) as answer:
        assert (answer.status, await answer.json()) == (200, {"challenge": "c"})
    assert await door.post(body, JSON) == 401


@pytest.mark.parametrize(
    "change",
    [
        {"X-Slack-Signature": ""},
        {"X-Slack-Signature": "v0=" + "0" * 64},
        {"X-Slack-Signature": "v0=ünsigned"},
        {"X-Slack-Signature": "v0=" + "a" * 7_000},
        {"X-Slack-Request-Timestamp": ""},
        {"X-Slack-Request-Timestamp": "yesterday"},
        {"X-Slack-Request-Timestamp": "9" * 40},
        {"X-Slack-Request-Timestamp": "-1"},
        {"X-Slack-Request-Timestamp": "1e9"},
        {"X-Slack-Request-Timestamp": "１７"},
    ],
)
async def test_a_forged_request_is_refused(
    door: Door, slack: SlackServer, cast: Cast, core: Core, change: dict[str, str]
) -> None:
    body = command(slack, cast)
    assert await door.post(body, FORM | door.signature(body) | change) == 401
    assert core.received == []


@pytest.mark.parametrize("header", ["X-Slack-Signature", "X-Slack-Request-Timestamp"])
async def test_an_absent_header_is_refused(door: Door, slack: SlackServer, cast: Cast, header: str) -> None:
    body = command(slack, cast)
    headers = {name: value for name, value in (FORM | door.signature(body)).items() if name != header}
    assert await door.post(body, headers) == 401


async def test_an_old_or_an_early_signature_is_refused(door: Door, slack: SlackServer, cast: Cast) -> None:
    body = command(slack, cast)
    assert await door.post(body, FORM | door.signature(body, late=timedelta(seconds=301))) == 401
    assert await door.post(body, FORM | door.signature(body, late=timedelta(seconds=-301))) == 401
    assert await door.post(body, FORM | door.signature(body, late=timedelta(seconds=299))) == 200


async def test_a_changed_body_is_refused(door: Door, slack: SlackServer, cast: Cast) -> None:
    body = command(slack, cast)
    assert await door.post(body + b"&x=1", FORM | door.signature(body)) == 401


async def test_the_same_event_three_times_has_one_effect(
    door: Door, slack: SlackServer, cast: Cast, core: Core
) -> None:
    direct = slack.direct(cast.ana)
    message = slack._written(cast.ana, direct, "status", None)
    body = json.dumps(payloads.said_in_channel(slack, message, "im")).encode()
    assert [await door.signed_post(body) for _ in range(3)] == [200, 200, 200]
    assert len(core.all_of(ChatMessage)) == 1


async def test_what_is_too_long_is_not_even_read(door: Door) -> None:
    body = b"x" * (BODY_BYTES + 1)
    assert await door.signed_post(body) == 400


async def test_what_is_too_long_without_saying_so_is_cut_off(door: Door) -> None:
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(40):
            yield b"x" * 65_536

    try:
        async with door.session.post(door.url, data=endless(), headers=JSON) as answer:
            assert answer.status == 400
    except aiohttp.ClientConnectionError:
        pass  # the server may hang up while we still write


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"\xff\xfe", JSON),
        (b"\xff\xfe", FORM),
        (b"", JSON),
        (b"[]", JSON),
        (b"null", JSON),
        (b'"text"', JSON),
        (b"{", JSON),
        (b"[" * 100_000, JSON),
        (b"payload=%7B", FORM),
        (b"payload=[]", FORM),
    ],
)
async def test_what_is_signed_but_unreadable_is_refused(
    door: Door, body: bytes, kind: dict[str, str]
) -> None:
    assert await door.signed_post(body, kind) in (400, 401)


@pytest.mark.parametrize(
    "body",
    [
        {}, {"type": "event_callback"}, {"type": "event_callback", "event": {}},
        {"type": "event_callback", "event": {"type": "message"}, "event_id": "E"},
        {"type": "event_callback", "event": {"type": "app_mention", "user": "U1"}, "event_id": "E"},
        {"type": "event_callback", "event": {"type": "user_change"}, "event_id": "E"},
        {"type": "event_callback", "event": {"type": 7}}, {"type": "event_callback", "event": "x"},
        {"type": "block_actions"}, {"type": "view_submission"}, {"event": None}, {"command": "/ms"},
    ],
)  # fmt: skip
async def test_what_is_signed_but_odd_never_breaks_the_server(door: Door, body: dict[str, object]) -> None:
    assert await door.signed_post(json.dumps(body).encode()) < 500
    as_form = urlencode({"payload": json.dumps(body)}).encode()
    assert await door.signed_post(as_form, FORM) < 500


async def test_other_ways_of_asking_are_refused(door: Door) -> None:
    async with door.session.get(door.url) as answer:
        assert answer.status == 400


async def test_no_body_reaches_the_log(
    door: Door, slack: SlackServer, cast: Cast, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    secret = b"canary-7f3a"
    await door.signed_post(b"{" + secret, JSON)
    await door.post(secret, JSON)
    await door.signed_post(command(slack, cast, secret.decode()), FORM)
    shown = [
        r.getMessage() for r in caplog.records if r.name.startswith(("adapters", "uvicorn", "slack_bolt"))
    ]
    assert not [line for line in shown if secret.decode() in line]


@given(st.binary(max_size=400), st.sampled_from(["application/json", FORM["Content-Type"], "", "text/plain"]))
def test_reading_never_raises(body: bytes, content_type: str) -> None:
    assert _readable(content_type, body) in (True, False)


@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
@given(signature=st.text(max_size=80), timestamp=st.text(max_size=30), body=st.binary(max_size=100))
def test_no_header_makes_the_signature_check_raise(
    clock: FakeClock, signature: str, timestamp: str, body: bytes
) -> None:
    from starlette.requests import Request

    async def nobody(_: object) -> None:
        raise AssertionError("nothing unsigned may get here")

    headers = [
        (b"x-slack-signature", signature.encode("utf-8")),
        (b"x-slack-request-timestamp", timestamp.encode("utf-8")),
    ]
    request = Request(
        {"type": "http", "method": "POST", "headers": headers, "path": "/", "query_string": b""}
    )
    assert Guard("secret", nobody, clock)._signed(request, body) is False  # type: ignore[arg-type]
