"""Settings that contradict themselves stop the start; menu, BotFather's steps, doctor and links follow."""

from dataclasses import replace

import pytest

from adapters.telegram import TelegramSettings, adapter, manifest
from adapters.telegram.menu import menu
from adapters.telegram.platform import Telegram
from bot.errors import ConfigError
from bot.ports import Adapter
from bot.verbs import Verb
from tests.adapters.telegram.conftest import VERBS, Core, built, running
from tests.fakes.clock import FakeClock
from tests.fakes.telegram_server import TelegramServer

TOKEN = "123456:" + "a" * 35
SECRET = "s" * 32


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"token": ""}, "TELEGRAM_BOT_TOKEN"),
        ({"token": "not a token"}, "TELEGRAM_BOT_TOKEN"),
        ({"public_url": "https://x.org"}, "TELEGRAM_WEBHOOK_SECRET is missing"),
        ({"webhook_secret": SECRET}, "PUBLIC_URL"),
        ({"public_url": "https://x.org", "webhook_secret": "short"}, "32 to 256"),
        ({"public_url": "https://x.org", "webhook_secret": SECRET + "!"}, "32 to 256"),
        ({"public_url": "https://x.org", "webhook_secret": f"{SECRET},short"}, "32 to 256"),
    ],
)
def test_half_a_set_up_stops_the_start_with_one_sentence(given: dict[str, str], named: str) -> None:
    with pytest.raises(ConfigError, match=named):
        TelegramSettings(**{"token": TOKEN, "clock": FakeClock(), **given})  # type: ignore[arg-type]  # by name


@pytest.mark.parametrize("given", [{}, {"public_url": "https://x.org", "webhook_secret": SECRET}])
def test_a_whole_set_up_starts(given: dict[str, str]) -> None:
    settings = TelegramSettings(TOKEN, FakeClock(), **given)  # type: ignore[arg-type]  # by name
    assert settings.by_webhook is bool(given)


def test_the_path_of_the_webhook_cannot_be_guessed_and_survives_a_new_secret() -> None:
    one = TelegramSettings(TOKEN, FakeClock(), "https://x.org", SECRET)
    two = replace(one, webhook_secret="t" * 32)
    other = replace(one, token="123456:" + "b" * 35)
    assert one.webhook_path == two.webhook_path != other.webhook_path
    assert TOKEN.partition(":")[2] not in one.webhook_path


async def test_it_is_an_adapter(settings: TelegramSettings) -> None:
    made: Adapter = adapter(settings)
    assert made.name == "telegram"
    assert isinstance(made, Telegram)
    await made.close()


def test_botfather_is_told_the_verbs_of_the_menu() -> None:
    steps = manifest(VERBS)
    assert "new - Add a milestone\nmine - What is mine\n" in steps
    assert "who" not in steps.partition("/setcommands")[2].lower().partition("updates")[0]
    assert "/newbot" in steps


async def test_the_menu_is_set_at_the_start(
    telegram: TelegramServer, settings: TelegramSettings, core: Core
) -> None:
    async with running(settings, core):
        await telegram.until(lambda: len(telegram.state.commands) == 3)
    menus = {
        scope.partition(":")[0]: [command["command"] for command in menu]
        for scope, menu in telegram.state.commands.items()
    }
    assert menus == {
        "all_private_chats": ["new", "mine"],
        "all_group_chats": ["new"],
        "default": ["new", "mine"],
    }


def test_in_groups_ones_own_lists_are_not_offered() -> None:
    own = Verb("home", "Mine", "", ("home",), personal=True, menu=True)
    assert menu((own,), in_groups=True) == ()
    assert [command.command for command in menu((own,))] == ["home"]


async def test_a_deep_link_names_the_bot_once_it_is_known(
    telegram: TelegramServer, settings: TelegramSettings, core: Core
) -> None:
    async with built(replace(settings, username="milepost_bot")) as named:
        assert named.deep_link("code-1") == "https://t.me/milepost_bot?start=code-1"
    async with running(settings, core) as connected:
        assert connected.deep_link("code-1") == ""
        await telegram.state.updates.polling.wait()
        assert connected.deep_link("code-1") == "https://t.me/milepost_bot?start=code-1"
        assert connected.deep_link("not a code") == ""
        assert connected.deep_link("x" * 65) == ""


async def levels(settings: TelegramSettings) -> list[tuple[str, bool]]:
    async with built(settings) as adapter:
        return [(finding.level, bool(finding.remedy)) for finding in await adapter.check()]


async def test_doctor_is_content_with_a_working_bot(settings: TelegramSettings) -> None:
    assert await levels(settings) == [("ok", False)] * 3


async def test_doctor_names_a_refused_token_and_a_dead_network(
    telegram: TelegramServer, settings: TelegramSettings
) -> None:
    assert await levels(replace(settings, api_url="http://127.0.0.1:1/bot")) == [("fail", True)]
    telegram.token = "1:other"
    assert await levels(settings) == [("fail", True)]


async def test_doctor_sees_a_webhook_that_is_not_ours_or_does_not_work(
    telegram: TelegramServer, settings: TelegramSettings
) -> None:
    telegram.state.webhook.url = "https://old.example.org"
    assert ("warn", True) in await levels(settings)
    hooked = replace(settings, public_url="https://mile.example.org", webhook_secret=SECRET)
    assert ("warn", True) in await levels(hooked)
    telegram.state.webhook.url = ""
    telegram.says(telegram.user("Ana"), "waits")
    telegram.state.webhook.url = hooked.webhook_url
    assert ("fail", True) not in await levels(hooked)
    telegram.state.webhook.last_error = (1, "Connection refused")
    assert ("fail", True) in await levels(hooked)
