"""Who is an administrator of a group, asked of Telegram and remembered for five minutes."""

from __future__ import annotations

from datetime import datetime, timedelta

from telegram import Bot, ChatMember, Update
from telegram.error import TelegramError

from adapters.telegram.limits import MEMBERSHIP_READ_SECONDS, MEMBERSHIP_SECONDS
from bot.messages import Place, PlaceKind, Sender, Standing

_STANDINGS = {
    ChatMember.OWNER: Standing.ADMIN,
    ChatMember.ADMINISTRATOR: Standing.ADMIN,
    ChatMember.LEFT: Standing.GUEST,
    ChatMember.BANNED: Standing.GUEST,
}
_MOST_REMEMBERED = 10_000


class Memberships:
    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        self._known: dict[tuple[str, str], tuple[Standing, datetime]] = {}

    async def standing(self, sender: Sender, place: Place, at: datetime) -> Standing:
        """What the group says of the sender; who is unknown to it while Telegram does not answer is a member,
        since only members could say or press anything there."""
        if place.kind is PlaceKind.DIRECT or sender.standing is not Standing.MEMBER:
            return sender.standing
        key = (place.ref.id, sender.ref.id)
        known = self._known.get(key)
        if known and known[1] > at:
            return known[0]
        return await self._ask(key, at)

    def changed(self, update: Update) -> None:
        """Somebody joined, left or changed rank: what is remembered of that chat may be wrong."""
        change = update.chat_member or update.my_chat_member
        if change:
            chat = str(change.chat.id)
            self._known = {key: known for key, known in self._known.items() if key[0] != chat}

    async def _ask(self, key: tuple[str, str], at: datetime) -> Standing:
        try:
            member = await self._bot.get_chat_member(
                int(key[0]), int(key[1]), read_timeout=MEMBERSHIP_READ_SECONDS
            )
        except TelegramError:
            return Standing.MEMBER
        standing = _STANDINGS.get(member.status, Standing.MEMBER)
        if len(self._known) >= _MOST_REMEMBERED:
            self._known.clear()
        self._known[key] = (standing, at + timedelta(seconds=MEMBERSHIP_SECONDS))
        return standing
