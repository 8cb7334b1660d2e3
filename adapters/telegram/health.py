"""What ``milepost doctor`` says of Telegram."""

from __future__ import annotations

from collections.abc import Sequence

from telegram import Bot, WebhookInfo
from telegram.error import InvalidToken, TelegramError

from adapters.telegram.config import TelegramSettings
from adapters.telegram.errors import row_for
from bot.ports import Finding

_MANY_PENDING = 100


async def findings(bot: Bot, settings: TelegramSettings) -> Sequence[Finding]:
    try:
        me = await bot.get_me()
        webhook = await bot.get_webhook_info()
    except InvalidToken:
        remedy = "Copy the token from @BotFather (/mybots) into TELEGRAM_BOT_TOKEN."
        return (Finding("fail", "Telegram refuses the token", remedy),)
    except TelegramError as error:
        remedy = "Check the network and its proxy; api.telegram.org must be reachable."
        return (Finding("fail", f"Telegram is not reached ({row_for(error).code})", remedy),)
    token = Finding("ok", f"Telegram knows the bot as @{me.username}")
    return (token, _groups(bool(me.can_join_groups)), *_delivery(webhook, settings))


def _groups(may_join: bool) -> Finding:
    if may_join:
        return Finding("ok", "The bot may be added to groups")
    return Finding(
        "warn", "The bot cannot be added to groups", "Send /setjoingroups to @BotFather and press Enable."
    )


def _delivery(webhook: WebhookInfo, settings: TelegramSettings) -> Sequence[Finding]:
    if not settings.by_webhook and webhook.url:
        return (
            Finding(
                "warn",
                "A webhook is set elsewhere, so polling hears nothing",
                "Start Milepost: it removes it.",
            ),
        )
    if not settings.by_webhook:
        return (Finding("ok", "Updates arrive by long polling"),)
    if webhook.url != settings.webhook_url:
        return (Finding("warn", "The webhook is not set yet", "Start Milepost: it sets it."),)
    if webhook.last_error_message and webhook.pending_update_count:
        what = f"Telegram cannot deliver: {webhook.last_error_message}"
        return (Finding("fail", what, "Check that PUBLIC_URL reaches this server by https."),)
    if webhook.pending_update_count > _MANY_PENDING:
        return (
            Finding(
                "warn", f"{webhook.pending_update_count} updates wait", "Check that Milepost is running."
            ),
        )
    return (Finding("ok", "Updates arrive by webhook"),)
