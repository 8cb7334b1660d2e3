"""Settings, read once from the environment and ``.env``.  Half a platform stops the start."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class SettingsError(ValueError):
    """Settings that contradict themselves; the text is the one sentence shown at start.  It lives here
    because this room knows no other, `bot.errors` included."""


class Settings(BaseSettings):
    """Every setting of `.env.example`.  Secrets never print."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", env_ignore_empty=True)

    database_url: str = "sqlite:///milepost.sqlite3"
    host: str = "127.0.0.1"
    port: int = Field(8000, ge=0, le=65535)
    public_url: str = ""
    log_format: Literal["console", "json"] = "console"
    log_level: Literal["", "DEBUG", "INFO", "WARNING", "ERROR"] = ""
    workspace_name: str = "Team"
    workspace_zone: str = "UTC"

    slack_bot_token: SecretStr = SecretStr("")
    slack_app_token: SecretStr = SecretStr("")
    slack_signing_secret: SecretStr = SecretStr("")
    slack_api_url: str = "https://slack.com/api/"

    telegram_bot_token: SecretStr = SecretStr("")
    telegram_bot_username: str = ""
    telegram_webhook_secret: SecretStr = SecretStr("")
    telegram_api_url: str = "https://api.telegram.org/bot"

    @field_validator("database_url")
    @classmethod
    def _driver(cls, url: str) -> str:
        """Hosting platforms say ``postgres://``; the driver is psycopg 3."""
        for prefix in ("postgres://", "postgresql://"):
            if url.startswith(prefix):
                return f"postgresql+psycopg://{url[len(prefix) :]}"
        return url

    @property
    def least_logged(self) -> str:
        """A console shows what needs a person; a log collector gets every transition."""
        return self.log_level or ("INFO" if self.log_format == "json" else "WARNING")

    @property
    def has_slack(self) -> bool:
        return bool(self.slack_bot_token.get_secret_value())

    @property
    def has_telegram(self) -> bool:
        return bool(self.telegram_bot_token.get_secret_value())

    @property
    def is_sqlite(self) -> bool:
        return self.database_url.startswith("sqlite")

    @property
    def sqlite_file(self) -> Path | None:
        """The file beside which the lock lies; None for PostgreSQL and memory."""
        _, _, path = self.database_url.partition(":///")
        return Path(path) if self.is_sqlite and path and path != ":memory:" else None

    @property
    def is_loopback(self) -> bool:
        return self.host in ("127.0.0.1", "localhost", "::1")

    @property
    def is_demo(self) -> bool:
        """Only without any platform and only for this machine."""
        return not self.has_slack and not self.has_telegram and self.is_loopback


def load(**overrides: object) -> Settings:
    """Read the settings.  Raises `SettingsError` with one clear sentence."""
    try:
        settings = Settings(**overrides)  # type: ignore[arg-type]  # overrides are checked by pydantic
    except ValidationError as error:
        raise SettingsError(_sentence(error)) from None
    _check(settings)
    return settings


def _check(settings: Settings) -> None:
    for broken, sentence in _contradictions(settings):
        if broken:
            raise SettingsError(sentence)


def _contradictions(s: Settings) -> tuple[tuple[bool, str], ...]:
    """What no adapter can see, because without its main token it is not even built."""
    bot, telegram = bool(s.slack_bot_token.get_secret_value()), bool(s.telegram_bot_token.get_secret_value())
    rest_of_slack = s.slack_app_token.get_secret_value() or s.slack_signing_secret.get_secret_value()
    return (
        (bool(rest_of_slack) and not bot, "Slack is half set up: SLACK_BOT_TOKEN is missing."),
        (
            bool(s.telegram_webhook_secret.get_secret_value()) and not telegram,
            "Telegram is half set up: TELEGRAM_BOT_TOKEN is missing.",
        ),
        (
            not s.database_url.startswith(("sqlite:", "postgresql+psycopg:")),
            "DATABASE_URL must begin with sqlite: or postgresql:.",
        ),
    )


def _sentence(error: ValidationError) -> str:
    first = error.errors()[0]
    name = "_".join(str(part) for part in first["loc"]).upper()
    return f"The setting {name} can't be used: {first['msg'].lower()}."
