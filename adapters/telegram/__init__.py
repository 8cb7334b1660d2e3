"""Telegram, by python-telegram-bot's `Bot` and our own loop of updates.

Set-up: a token from @BotFather (`milepost manifest telegram` prints the steps).  Without anything else the
bot polls; with PUBLIC_URL and TELEGRAM_WEBHOOK_SECRET Telegram delivers to a webhook.

Known gaps: nobody can be answered privately inside a group, except by the pop-up of a button; the bot cannot
ask whether a message arrived; in a group with privacy mode on it hears commands that name it
(``/ms@bot``), bare ones only while it was the last bot to post there, replies to it and presses, and an
answer typed there must be a reply; other bots are not heard.
"""

from __future__ import annotations

from adapters.telegram.config import TelegramSettings
from adapters.telegram.menu import botfather_steps
from adapters.telegram.platform import Telegram
from bot.ports import Adapter
from bot.verbs import Verb


def adapter(settings: TelegramSettings) -> Adapter:
    return Telegram(settings)


def manifest(verbs: tuple[Verb, ...]) -> str:
    """What to tell BotFather, as text to follow."""
    return botfather_steps(verbs)


__all__ = ["TelegramSettings", "adapter", "manifest"]
