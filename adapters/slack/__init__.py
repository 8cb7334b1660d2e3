"""Slack.

Set up: make an app from `milepost manifest slack`, install it, and set ``SLACK_BOT_TOKEN`` with either
``SLACK_APP_TOKEN`` (Socket Mode: no public address needed) or ``SLACK_SIGNING_SECRET`` (HTTP at
``/slack/events``).  Scopes and events: `manifest.SCOPES` and `manifest.EVENTS`, each used for something.

Known gaps: slash commands do not work inside threads (mention the bot or use a button there); Slack has no
silent messages and no deep links; pictures cannot be shown to one person in a channel, so there the text
version stands; one installation per process.
"""

from __future__ import annotations

import json

from adapters.slack.config import SlackSettings
from adapters.slack.manifest import manifest as app_manifest
from bot.ports import Adapter
from bot.verbs import Verb


def adapter(settings: SlackSettings) -> Adapter:
    """Slack's libraries are imported here and not before: who does not use Slack does not wait for them."""
    from adapters.slack.platform import SlackAdapter

    return SlackAdapter(settings)


def manifest(verbs: tuple[Verb, ...], public_url: str = "") -> str:
    """What to paste into Slack, as JSON; without ``public_url`` for Socket Mode."""
    return json.dumps(app_manifest(verbs, public_url), indent=2, ensure_ascii=False)


__all__ = ["SlackSettings", "adapter", "manifest"]
