"""Which platforms are configured; their libraries are loaded only then."""

from __future__ import annotations

from collections.abc import Mapping

from bot.clock import Clock
from bot.config import Settings
from bot.ports import Adapter, Boards
from bot.verbs import Verb


def adapters_for(
    settings: Settings, clock: Clock, verbs: tuple[Verb, ...], boards: Boards
) -> Mapping[str, Adapter]:
    """The web page always, the others when their token is set.  Raises `ConfigError`."""
    found = (_web(settings, clock, verbs, boards), *remote_adapters(settings, clock, verbs))
    return {adapter.name: adapter for adapter in found}


def remote_adapters(settings: Settings, clock: Clock, verbs: tuple[Verb, ...]) -> tuple[Adapter, ...]:
    """The platforms somebody else runs.  Raises `ConfigError`."""
    slack = (_slack(settings, clock, verbs),) if settings.has_slack else ()
    telegram = (_telegram(settings, clock, verbs),) if settings.has_telegram else ()
    return (*slack, *telegram)


def _web(settings: Settings, clock: Clock, verbs: tuple[Verb, ...], boards: Boards) -> Adapter:
    from adapters.web import WebSettings, adapter

    return adapter(WebSettings(boards, clock, settings.host, settings.public_url, verbs))


def _slack(settings: Settings, clock: Clock, verbs: tuple[Verb, ...]) -> Adapter:
    from adapters.slack import SlackSettings, adapter

    return adapter(
        SlackSettings(
            bot_token=settings.slack_bot_token.get_secret_value(),
            clock=clock,
            app_token=settings.slack_app_token.get_secret_value(),
            signing_secret=settings.slack_signing_secret.get_secret_value(),
            verbs=verbs,
            api_url=settings.slack_api_url,
        )
    )


def _telegram(settings: Settings, clock: Clock, verbs: tuple[Verb, ...]) -> Adapter:
    from adapters.telegram import TelegramSettings, adapter

    return adapter(
        TelegramSettings(
            token=settings.telegram_bot_token.get_secret_value(),
            clock=clock,
            public_url=settings.public_url,
            webhook_secret=settings.telegram_webhook_secret.get_secret_value(),
            verbs=verbs,
            api_url=settings.telegram_api_url,
            username=settings.telegram_bot_username,
        )
    )
