"""How much one person and one conversation may ask in a minute, so that a flood of one holds up nobody else.

In memory: a restart forgives, and two processes forgive twice.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime

from bot.domain.quotas import COMMANDS_PER_MINUTE, COMMANDS_PER_MINUTE_IN_A_CHAT
from bot.messages import ButtonPress, ChatMessage, FormSubmission, Incoming, MessageShortcut, SlashCommand

_MOST_REMEMBERED = 10_000
_MINUTE = 60.0


@dataclass(frozen=True, slots=True)
class TooFast:
    """``seconds`` until the next thing counts; ``is_news``: nobody was told of it in this flood yet."""

    seconds: int
    is_news: bool


@dataclass(slots=True)
class _Bucket:
    left: float
    at: datetime
    told: bool = False


class Pace:
    def __init__(
        self, each: int = COMMANDS_PER_MINUTE, together: int = COMMANDS_PER_MINUTE_IN_A_CHAT
    ) -> None:
        self._each, self._together = each, together
        self._buckets: OrderedDict[str, _Bucket] = OrderedDict()

    def check(self, incoming: Incoming, now: datetime) -> TooFast | None:
        """Counts it.  What happens around the words, and what was only overheard, is always heard."""
        if not _is_asked(incoming):
            return None
        own = self._taken(f"p:{incoming.sender.ref}", self._each, now)
        return own or self._taken(f"c:{incoming.place.ref.root}", self._together, now)

    def _taken(self, key: str, per_minute: int, now: datetime) -> TooFast | None:
        bucket = self._buckets.pop(key, None) or _Bucket(per_minute, now)
        passed = max(0.0, (now - bucket.at).total_seconds())
        left = min(per_minute, bucket.left + passed * per_minute / _MINUTE)
        is_allowed = left >= 1
        told = not is_allowed
        is_news = told and not bucket.told
        self._buckets[key] = _Bucket(left - 1 if is_allowed else left, now, told)
        while len(self._buckets) > _MOST_REMEMBERED:
            self._buckets.popitem(last=False)
        if is_allowed:
            return None
        return TooFast(max(1, round((1 - left) * _MINUTE / per_minute)), is_news)


def _is_asked(incoming: Incoming) -> bool:
    if isinstance(incoming, ChatMessage):
        return not incoming.overheard
    return isinstance(incoming, SlashCommand | ButtonPress | FormSubmission | MessageShortcut)
