"""Which messages of Slack are meant for us: said to us, or below what we wrote; never mere talk."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

Json = Mapping[str, Any]
SAID: Final = ("message", "app_mention")
_SPOKEN: Final = {None, "thread_broadcast", "file_share"}
CORRECTED: Final = {"message_changed", "message_deleted"}


def is_for_us(event: Json, bot: str) -> bool:
    """Words a person said to us: not an edit, not a bot's, not our own, not something merely overheard."""
    if event.get("subtype") not in _SPOKEN or event.get("bot_id") or event.get("hidden"):
        return False
    if event.get("user") in (None, "", bot, "USLACKBOT"):
        return False
    return is_meant(event, bot) or _is_below_ours(event, bot)


def is_correction(event: Json, bot: str) -> bool:
    """A person edited or deleted what they had said to us, or below a message of ours.

    Slack also tells of an edit when it merely adds a preview of a link."""
    before, now = event.get("previous_message"), event.get("message")
    if event.get("subtype") not in CORRECTED or not isinstance(before, Mapping):
        return False
    said = {**before, "channel": event.get("channel", ""), "channel_type": event.get("channel_type")}
    if not before.get("user") or before.get("user") == bot or before.get("bot_id"):
        return False
    if isinstance(now, Mapping) and now.get("text") == before.get("text"):
        return False
    return is_meant(said, bot) or _is_below_ours(said, bot)


def speaker(event: Json) -> str:
    """Whose words these are, or were."""
    before = event.get("previous_message")
    own = before if event.get("subtype") in CORRECTED and isinstance(before, Mapping) else event
    return str(own.get("user") or "")


def is_meant(event: Json, bot: str) -> bool:
    direct = event.get("channel_type") == "im" or event.get("channel", "").startswith("D")
    return event.get("type") == "app_mention" or direct or f"<@{bot}" in event.get("text", "")


def _is_below_ours(event: Json, bot: str) -> bool:
    """In the thread of a message that we wrote; whether it is a milestone's card the core knows."""
    thread = event.get("thread_ts")
    return bool(thread) and thread != event.get("ts") and event.get("parent_user_id") == bot


def message_key(team: str, event: Json) -> str:
    """The same for the `message` and the `app_mention` that one sentence can cause."""
    return f"m:{team}:{event['channel']}:{event['ts']}"
