"""Half a set-up is refused in one sentence; the manifest asks for exactly what is used."""

import json
import re

import pytest

from adapters.slack import SlackSettings, adapter, manifest
from adapters.slack.manifest import EVENTS, SCOPES
from bot.errors import ConfigError
from bot.verbs import Verb
from tests.fakes.clock import FakeClock
from tests.fakes.slack.web_api import METHODS

VERBS = (
    Verb("new", "Make a milestone", "TITLE by DATE", ("new A by Friday",)),
    Verb("done", "It is achieved", "WHICH", ("done APX-7",)),
)


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"bot_token": ""}, "SLACK_BOT_TOKEN"),
        ({"bot_token": "xapp-1", "app_token": "xapp-1"}, "SLACK_BOT_TOKEN"),
        ({"bot_token": "xoxb-1"}, "SLACK_APP_TOKEN"),
        ({"bot_token": "xoxb-1", "app_token": "xoxb-1"}, "SLACK_APP_TOKEN"),
    ],
)
def test_half_a_set_up_is_one_sentence(clock: FakeClock, given: dict[str, str], named: str) -> None:
    with pytest.raises(ConfigError, match=named) as caught:
        SlackSettings(clock=clock, **given)
    assert str(caught.value).count(". ") == 0


@pytest.mark.parametrize("way", [{"app_token": "xapp-1"}, {"signing_secret": "s"}])
async def test_either_way_in_is_enough(clock: FakeClock, way: dict[str, str]) -> None:
    made = adapter(SlackSettings("xoxb-1", clock, **way))
    routes = made.routes(None)  # type: ignore[arg-type]
    assert [route.path for route in routes] == (["/slack/events"] if "signing_secret" in way else [])


def test_settings_never_show_their_secrets(clock: FakeClock) -> None:
    assert "xoxb-secret" not in repr(SlackSettings("xoxb-secret", clock, app_token="xapp-secret"))


def test_the_manifest_is_within_what_slack_takes() -> None:
    made = json.loads(manifest(VERBS))
    about, features = made["display_information"], made["features"]
    assert len(about["name"]) <= 35
    assert len(about["description"]) <= 140
    assert [each["command"] for each in features["slash_commands"]] == ["/milestone", "/ms"]
    assert all(each["should_escape"] for each in features["slash_commands"])
    assert all(each["usage_hint"] == "new | done" for each in features["slash_commands"])
    assert all(len(each["command"]) <= 32 for each in features["slash_commands"])
    assert len(features["shortcuts"][0]["name"]) <= 24
    assert features["app_home"]["messages_tab_enabled"]
    assert not features["app_home"]["messages_tab_read_only_enabled"]


def test_socket_mode_needs_no_address_and_http_names_it_everywhere() -> None:
    assert "http" not in manifest(VERBS)
    made = json.loads(manifest(VERBS, "https://ms.example/"))
    assert not made["settings"]["socket_mode_enabled"]
    addresses = re.findall(r'"(https://[^"]*)"', json.dumps(made))
    assert set(addresses) == {"https://ms.example/slack/events"}
    assert len(addresses) == 4


def test_every_scope_the_calls_need_is_asked_for_and_every_event_is_named_once() -> None:
    called = (
        "chat.postMessage",
        "conversations.open",
        "conversations.join",
        "users.info",
        "files.getUploadURLExternal",
    )
    assert {METHODS[name].needs for name in called} <= set(SCOPES)
    assert len(set(EVENTS)) == len(EVENTS)
    assert len(set(SCOPES)) == len(SCOPES)
