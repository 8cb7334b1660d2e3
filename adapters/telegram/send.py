"""Sending and editing over the SDK's `Bot`; every failure leaves here as a classified `DeliveryError`."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace

from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    LinkPreviewOptions,
    ReplyParameters,
)
from telegram.constants import ParseMode

from adapters.telegram.errors import FAILURES, classified
from adapters.telegram.files import send_again, shown_again
from adapters.telegram.render import Key, Page, captions, pages, plain_pages
from bot.cards import Card, Picture
from bot.errors import Delivery, DeliveryError
from bot.ports import Sending
from bot.refs import ConversationRef, MessageRef

_log = logging.getLogger(__name__)
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


class Sender:
    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    async def send(self, to: ConversationRef, card: Card, how: Sending, reply_to: str = "") -> MessageRef:
        """All messages of the card; the one with its buttons is returned.  Raises `DeliveryError`."""
        shown = _pages(card, how)
        sent = await self._send_page(to, shown[0], how, reply_to)
        for page in shown[1:]:
            try:
                sent = await self._send_page(sent.conversation, page, how)
            except DeliveryError as error:
                raise DeliveryError(Delivery.UNKNOWN, f"{error.code}_after_first_part") from error
        await self._show_files(sent, card)
        return sent

    async def edit(self, message: MessageRef, card: Card, how: Sending) -> None:
        """Shows the card in that message instead; parts that do not fit there follow as answers to it."""
        shown = _pages(card, how)
        try:
            await self._edit_page(message, _first(shown))
        except DeliveryError as error:
            if error.code != "other_content":
                raise
            shown = captions(_without_pictures(card), repeat=how.repeat)
            await self._edit_caption(message, _first(shown))
        for page in shown[1:]:
            await self._send_page(message.conversation, replace(page, keyboard=()), how, message.id)
        await self._show_files(message, card)

    async def _show_files(self, below: MessageRef, card: Card) -> None:
        """After the words, which name them: a file that Telegram will not show again loses no fact."""
        to = below.conversation
        for file in shown_again(card):
            try:
                await send_again(
                    self._bot, file, chat_id=int(to.id), reply_parameters=_quoted(below.id),
                    message_thread_id=int(to.thread) if to.thread else None, disable_notification=True,
                )  # fmt: skip
            except FAILURES as error:
                _log.warning("a file was not shown again: %s", classified(error).code)

    async def answer(self, query: str, text: str = "", *, alert: bool = False) -> None:
        """Ends the waiting sign on a pressed button.  Raises `DeliveryError`."""
        try:
            await self._bot.answer_callback_query(query, text or None, show_alert=alert or None)
        except FAILURES as error:
            raise classified(error) from error

    async def _send_page(
        self, to: ConversationRef, page: Page, how: Sending, reply_to: str = ""
    ) -> MessageRef:
        """A topic that is gone is no reason to stay silent: then it goes to the general one."""
        try:
            return await self._post(to, page, how, reply_to)
        except FAILURES as error:
            failure = classified(error)
            if failure.code != "thread_gone" or not to.thread:
                raise failure from error
        return await self._send_page(to.root, page, how, reply_to)

    async def _post(self, to: ConversationRef, page: Page, how: Sending, reply_to: str) -> MessageRef:
        bot, chat, mode = self._bot, int(to.id), _mode(page)
        markup, quoted, thread = _markup(page), _quoted(reply_to), int(to.thread) if to.thread else None
        silent = how.silent or None
        if page.photo:
            message = await bot.send_photo(
                chat, page.photo, caption=page.text, parse_mode=mode, reply_markup=markup,
                reply_parameters=quoted, message_thread_id=thread, disable_notification=silent,
            )  # fmt: skip
        else:
            message = await bot.send_message(
                chat, page.text, parse_mode=mode, reply_markup=markup, reply_parameters=quoted,
                message_thread_id=thread, disable_notification=silent, link_preview_options=_NO_PREVIEW,
            )  # fmt: skip
        return MessageRef(to, str(message.message_id))

    async def _edit_page(self, message: MessageRef, page: Page) -> None:
        bot, chat, number = self._bot, int(message.conversation.id), int(message.id)
        markup, mode = _markup(page), _mode(page)
        try:
            if page.photo:
                media = InputMediaPhoto(page.photo, page.text, mode)
                await bot.edit_message_media(media, chat, number, reply_markup=markup)
            else:
                await bot.edit_message_text(
                    page.text,
                    chat,
                    number,
                    parse_mode=mode,
                    reply_markup=markup,
                    link_preview_options=_NO_PREVIEW,
                )
        except FAILURES as error:
            raise classified(error) from error

    async def _edit_caption(self, message: MessageRef, page: Page) -> None:
        """The message is a photo and the card has none any more: its caption carries the words."""
        try:
            await self._bot.edit_message_caption(
                int(message.conversation.id), int(message.id), caption=page.text, parse_mode=_mode(page),
                reply_markup=_markup(page),
            )  # fmt: skip
        except FAILURES as error:
            raise classified(error) from error


def _first(shown: Sequence[Page]) -> Page:
    """The page that is edited holds the buttons of all."""
    return replace(shown[0], keyboard=shown[-1].keyboard)


def _pages(card: Card, how: Sending) -> Sequence[Page]:
    return plain_pages(card) if how.plain_text else pages(card, repeat=how.repeat)


def _without_pictures(card: Card) -> Card:
    return replace(card, blocks=tuple(block for block in card.blocks if not isinstance(block, Picture)))


def _mode(page: Page) -> str | None:
    return ParseMode.HTML if page.html else None


def _markup(page: Page) -> InlineKeyboardMarkup | None:
    return (
        InlineKeyboardMarkup([[_button(key) for key in row] for row in page.keyboard])
        if page.keyboard
        else None
    )


def _button(key: Key) -> InlineKeyboardButton:
    if key.url:
        return InlineKeyboardButton(key.label, url=key.url)
    return InlineKeyboardButton(key.label, callback_data=key.token, style=key.style or None)


def _quoted(reply_to: str) -> ReplyParameters | None:
    return ReplyParameters(int(reply_to), allow_sending_without_reply=True) if reply_to else None
