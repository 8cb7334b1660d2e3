"""The app manifest that Slack's *Create app from a manifest* takes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from bot.verbs import Verb

COMMANDS: Final = ("/milestone", "/ms")
SCOPES: Final = (
    "app_mentions:read", "channels:history", "channels:join", "channels:read", "chat:write", "commands",
    "files:read", "files:write", "groups:history", "groups:read", "im:history", "im:read", "im:write",
    "mpim:history", "mpim:read", "users:read",
)  # fmt: skip
"""`*:history` is used for two things: hearing answers below our own messages, and finding out whether a
message of doubtful fate arrived.  `files:read` opens what people hand in, where a copy is wanted."""
EVENTS: Final = (
    "app_home_opened", "app_mention", "app_uninstalled", "channel_archive", "channel_deleted",
    "channel_id_changed", "channel_left", "channel_rename", "channel_unarchive", "group_archive",
    "group_deleted", "group_left", "group_unarchive", "member_joined_channel", "member_left_channel",
    "message.channels", "message.groups", "message.im", "message.mpim", "tokens_revoked", "user_change",
)  # fmt: skip
MAKE_MILESTONE: Final = "make_milestone"
_DESCRIPTION: Final = "Milestones with an owner and a date, kept where your team already talks."
_HINT: Final = 1_000


def manifest(verbs: Sequence[Verb], public_url: str = "") -> dict[str, Any]:
    """With ``public_url`` Slack delivers by HTTP; without it the app uses Socket Mode and has no address."""
    return {
        "_metadata": {"major_version": 2, "minor_version": 1},
        "display_information": {
            "name": "Milepost",
            "description": _DESCRIPTION,
            "background_color": "#1f4a3d",
        },
        "features": _features(verbs, public_url),
        "oauth_config": {"scopes": {"bot": list(SCOPES)}},
        "settings": _settings(public_url),
    }


def _features(verbs: Sequence[Verb], public_url: str) -> dict[str, Any]:
    return {
        "app_home": {
            "home_tab_enabled": True,
            "messages_tab_enabled": True,
            "messages_tab_read_only_enabled": False,
        },
        "bot_user": {"display_name": "Milepost", "always_online": True},
        "shortcuts": [_shortcut()],
        "slash_commands": [_command(name, verbs, public_url) for name in COMMANDS],
    }


def _shortcut() -> dict[str, str]:
    return {
        "name": "Make milestone",
        "type": "message",
        "callback_id": MAKE_MILESTONE,
        "description": "Turn this message into a milestone",
    }


def _command(name: str, verbs: Sequence[Verb], public_url: str) -> dict[str, Any]:
    """Escaping is on, so that a mention says who is meant."""
    hint = " | ".join(verb.name for verb in verbs)
    known = {"command": name, "description": _DESCRIPTION, "usage_hint": hint[:_HINT], "should_escape": True}
    return known | ({"url": _address(public_url)} if public_url else {})


def _settings(public_url: str) -> dict[str, Any]:
    address = {"request_url": _address(public_url)} if public_url else {}
    return {
        "event_subscriptions": {"bot_events": list(EVENTS)} | address,
        "interactivity": {"is_enabled": True} | address,
        "org_deploy_enabled": False,
        "socket_mode_enabled": not public_url,
        "token_rotation_enabled": False,
    }


def _address(public_url: str) -> str:
    return f"{public_url.rstrip('/')}/slack/events"
