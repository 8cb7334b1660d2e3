"""The webhook: nothing to find without the secret; 200 means saved."""

from collections.abc import AsyncIterator
from dataclasses import replace

import httpx
import pytest
from starlette.applications import Starlette

from adapters.telegram import TelegramSettings
from adapters.telegram.limits import UPDATE_BYTES
from adapters.telegram.webhook import SECRET_HEADER
from bot.messages import ChatMessage
from tests.adapters.telegram.conftest import Core, built, running
from tests.fakes.telegram.world import Message
from tests.fakes.telegram_server import TelegramServer

SECRET, OLD = "n" * 32, "o" * 40


@pytest.fixture
def hooked(settings: TelegramSettings) -> TelegramSettings:
    return replace(settings, public_url="https://mile.example.org/", webhook_secret=f"{SECRET},{OLD}")


@pytest.fixture
async def http(hooked: TelegramSettings, core: Core) -> AsyncIterator[httpx.AsyncClient]:
    async with built(hooked) as adapter:
        app = httpx.ASGITransport(Starlette(routes=[*adapter.routes(core)]))
        async with httpx.AsyncClient(transport=app, base_url="http://127.0.0.1") as client:
            yield client


def update(message: Message, number: int = 1) -> dict[str, object]:
    return {"update_id": number, "message": message.as_json()}


async def test_a_known_secret_and_an_update_are_saved(
    telegram: TelegramServer, http: httpx.AsyncClient, hooked: TelegramSettings, core: Core
) -> None:
    said = telegram.says(telegram.user("Ana"), "hello")
    for number, secret in enumerate((SECRET, OLD)):
        answer = await http.post(
            hooked.webhook_path, json=update(said, number), headers={SECRET_HEADER: secret}
        )
        assert answer.status_code == 200
    assert [c.text.text for c in core.received if isinstance(c, ChatMessage)] == ["hello", "hello"]


@pytest.mark.parametrize("secret", ["", "x", SECRET[:-1], SECRET + "n", "é" * 32, None])
async def test_without_the_secret_there_is_nothing_here(
    telegram: TelegramServer,
    http: httpx.AsyncClient,
    hooked: TelegramSettings,
    core: Core,
    secret: str | None,
) -> None:
    said = telegram.says(telegram.user("Ana"), "hello")
    headers = [] if secret is None else [(SECRET_HEADER.encode(), secret.encode())]
    answer = await http.post(hooked.webhook_path, json=update(said), headers=headers)
    assert (answer.status_code, core.received) == (404, [])


async def test_another_path_is_nothing_either(http: httpx.AsyncClient) -> None:
    assert (await http.post("/telegram/guess", headers={SECRET_HEADER: SECRET})).status_code == 404


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"{", 400),
        (b"\xff\xfe", 400),
        (b"[]", 400),
        (b'{"update_id": "1"}', 400),
        (b"[" * 100_000, 400),
        (b" " * (UPDATE_BYTES + 1), 413),
        (b'{"update_id": 5, "message": {"odd": true}}', 200),
    ],
)
async def test_what_is_no_update_is_refused_and_an_odd_one_parked(
    http: httpx.AsyncClient, hooked: TelegramSettings, core: Core, body: bytes, status: int
) -> None:
    answer = await http.post(hooked.webhook_path, content=body, headers={SECRET_HEADER: SECRET})
    assert (answer.status_code, core.received) == (status, [])


async def test_what_could_not_be_saved_is_to_be_delivered_again(
    telegram: TelegramServer, http: httpx.AsyncClient, hooked: TelegramSettings, core: Core
) -> None:
    said = telegram.says(telegram.user("Ana"), "hello")
    core.down = True
    refused = await http.post(hooked.webhook_path, json=update(said), headers={SECRET_HEADER: SECRET})
    core.down = False
    saved = await http.post(hooked.webhook_path, json=update(said), headers={SECRET_HEADER: SECRET})
    assert (refused.status_code, saved.status_code, len(core.received)) == (503, 200, 1)


async def test_a_bot_that_is_not_known_yet_takes_nothing(
    telegram: TelegramServer, http: httpx.AsyncClient, hooked: TelegramSettings
) -> None:
    said = telegram.says(telegram.user("Ana"), "hello")
    token, telegram.token = telegram.token, "424242:changed-changed-changed-changed-chan"
    refused = await http.post(hooked.webhook_path, json=update(said), headers={SECRET_HEADER: SECRET})
    telegram.token = token
    saved = await http.post(hooked.webhook_path, json=update(said), headers={SECRET_HEADER: SECRET})
    assert (refused.status_code, saved.status_code) == (503, 200)


async def test_running_sets_the_webhook_with_the_new_secret(
    telegram: TelegramServer, hooked: TelegramSettings, core: Core
) -> None:
    async with running(hooked, core):
        await telegram.until(lambda: bool(telegram.state.webhook.url))
    hook = telegram.state.webhook
    assert (hook.url, hook.secret) == (f"https://mile.example.org{hooked.webhook_path}", SECRET)
    assert telegram.calls_of("getUpdates") == []


async def test_without_a_webhook_there_is_no_route(settings: TelegramSettings, core: Core) -> None:
    async with built(settings) as adapter:
        assert adapter.routes(core) == ()
