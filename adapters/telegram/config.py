"""What Telegram needs from outside; handed in by the composition root."""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import sha256
from hmac import new as hmac

from adapters.telegram.limits import SECRET_LEAST, SECRET_MOST
from bot.clock import Clock
from bot.errors import ConfigError
from bot.verbs import Verb

PLATFORM = "telegram"
BOT_API = "https://api.telegram.org/bot"

_TOKEN = re.compile(r"\d+:[\w-]{30,}", re.ASCII)
_SECRET = re.compile(rf"[\w-]{{{SECRET_LEAST},{SECRET_MOST}}}", re.ASCII)


@dataclass(frozen=True, slots=True, repr=False)
class TelegramSettings:
    """Long polling, or a webhook when ``public_url`` and ``webhook_secret`` are given.

    ``webhook_secret`` may be ``new,old`` while it is being changed: Telegram is given the first, each is
    accepted.  ``api_url`` is another Bot API server (a local one, or a fake in tests).  ``username`` is the
    bot's, for links made by a process that does not connect; one that does asks Telegram.  Never shown: it
    holds secrets.
    """

    token: str
    clock: Clock
    public_url: str = ""
    webhook_secret: str = ""
    verbs: tuple[Verb, ...] = ()
    api_url: str = BOT_API
    username: str = ""

    def __post_init__(self) -> None:
        """Raises `ConfigError`."""
        if not _TOKEN.fullmatch(self.token):
            raise ConfigError("TELEGRAM_BOT_TOKEN must be the token BotFather gave, like 123456:ABC-def.")
        if self.public_url and not self.secrets:
            raise ConfigError(
                "TELEGRAM_WEBHOOK_SECRET is missing: with PUBLIC_URL Telegram delivers to a webhook, which"
                f" needs a secret of at least {SECRET_LEAST} letters, digits, - or _."
            )
        if self.secrets and not self.public_url:
            raise ConfigError(
                "TELEGRAM_WEBHOOK_SECRET is set without PUBLIC_URL: set both, or neither to poll."
            )
        if not all(_SECRET.fullmatch(secret) for secret in self.secrets):
            raise ConfigError(
                f"TELEGRAM_WEBHOOK_SECRET must be {SECRET_LEAST} to {SECRET_MOST} letters, digits, - or _."
            )

    @property
    def secrets(self) -> tuple[str, ...]:
        return tuple(secret.strip() for secret in self.webhook_secret.split(",") if secret.strip())

    @property
    def by_webhook(self) -> bool:
        return bool(self.secrets)

    @property
    def webhook_path(self) -> str:
        """Not to be guessed without the token; the same in every process and after a change of secret."""
        return f"/{PLATFORM}/{hmac(self.token.encode(), b'webhook path', sha256).hexdigest()[:40]}"

    @property
    def webhook_url(self) -> str:
        return self.public_url.rstrip("/") + self.webhook_path
