"""What Slack needs from outside; handed in by the composition root."""

from __future__ import annotations

from dataclasses import dataclass

from bot.clock import Clock
from bot.errors import ConfigError
from bot.verbs import Verb

WEB_API = "https://slack.com/api/"


@dataclass(frozen=True, slots=True, repr=False)
class SlackSettings:
    """``app_token`` means Socket Mode, ``signing_secret`` means HTTP; either is enough.

    ``api_url`` is another Web API server (a fake in tests).  Never shown: it holds secrets.
    """

    bot_token: str
    clock: Clock
    app_token: str = ""
    signing_secret: str = ""
    verbs: tuple[Verb, ...] = ()
    api_url: str = WEB_API

    def __post_init__(self) -> None:
        """Raises `ConfigError`."""
        if not self.bot_token:
            raise ConfigError(
                "SLACK_BOT_TOKEN is missing: Slack needs the bot token, which begins with xoxb-."
            )
        if not self.bot_token.startswith("xoxb-"):
            raise ConfigError("SLACK_BOT_TOKEN must be a bot token, which begins with xoxb-.")
        if self.app_token and not self.app_token.startswith("xapp-"):
            raise ConfigError("SLACK_APP_TOKEN must be an app-level token, which begins with xapp-.")
        if not self.app_token and not self.signing_secret:
            raise ConfigError(
                "SLACK_BOT_TOKEN is set alone: add SLACK_APP_TOKEN (xapp-…, Socket Mode)"
                " or SLACK_SIGNING_SECRET (HTTP)."
            )
