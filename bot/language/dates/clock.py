"""The time of day in a phrase, taken out before the date is read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time, timedelta

from bot.language.dates.vocabulary import Token

_KINDS = frozenset(("time", "part", "tonight", "midnight", "ampm", "at", "zone", "eod", "moment"))
_EARLIEST_SAID_BARE = 7
"""A bare "at 5" is asked, "at 9" is the morning: few promise anything for two at night."""


@dataclass(frozen=True, slots=True)
class Clock:
    """at: the wall clock said. other: the second meaning of a bare hour.

    whole_day: "eod" was said. midnight: the word was said, which may be either end of the day.
    """

    at: time | None = None
    other: time | None = None
    offset: timedelta | None = None
    whole_day: bool = False
    midnight: bool = False


NO_CLOCK = Clock()


class _Unclear(Exception):
    """Two times, or an hour that no clock shows."""


def split(tokens: Sequence[Token]) -> tuple[Sequence[Token], Clock] | None:
    """The tokens of the date and the clock said beside them; None when the time contradicts itself."""
    if _KINDS.isdisjoint([kind for kind, _ in tokens]):
        return tokens, NO_CLOCK
    collector = _Collector()
    try:
        for token in tokens:
            collector.take(token)
        return collector.dates, collector.clock()
    except _Unclear:
        return None


class _Collector:
    def __init__(self) -> None:
        self.dates: list[Token] = []
        self.at: time | None = None
        self.part: time | None = None
        self.bare: int | None = None
        self.offset: timedelta | None = None
        self.whole_day = False
        self.midnight = False
        self.expects_hour = False

    def take(self, token: Token) -> None:
        kind, value = token
        if self.expects_hour and kind not in ("count", "time", "part", "midnight"):
            raise _Unclear
        if kind not in _KINDS and not (kind == "count" and self.expects_hour):
            self.dates.append(token)
        else:
            self._take_clock(kind, value)

    def _take_clock(self, kind: str, value: object) -> None:
        match kind, value:
            case "at", _:
                self.expects_hour = True
                return
            case "count", int(hour):
                self._bare_hour(hour)
            case "time", time() as at:
                self._set(at)
            case "part", (int(hour), int(minute)):
                self._part(time(hour, minute))
            case "tonight", _:
                self.dates.append(("day", 0))
                self._part(time(20))
            case "midnight", _:
                self._set(time(0))
                self.midnight = True
            case "ampm", int(shift):
                self._half_of_day(shift)
            case "moment", (day, time() as at, timedelta() | None as offset):
                self.dates.append(("date", day))
                self._set(at)
                self.offset = offset
            case "zone", int(hours):
                self.offset = timedelta(hours=hours)
            case "eod", _:
                self.whole_day = True
            case _:
                raise _Unclear
        self.expects_hour = False

    def _set(self, at: time) -> None:
        if self.at is not None or self.bare is not None:
            raise _Unclear
        self.at = at

    def _bare_hour(self, hour: int) -> None:
        if self.at is not None or self.bare is not None or hour > 23:
            raise _Unclear
        self.bare = hour

    def _part(self, part: time) -> None:
        if self.part is not None:
            raise _Unclear
        if self.dates[-1:] == [("which", 0)]:
            self.dates[-1] = ("day", 0)
        self.part = part

    def _half_of_day(self, shift: int) -> None:
        hour = self._hour_before()
        if not 1 <= hour <= 12:
            raise _Unclear
        self.at = time(hour % 12 + shift, self.at.minute if self.at else 0)
        self.bare = None

    def _hour_before(self) -> int:
        if self.at is not None:
            return self.at.hour
        if self.bare is not None:
            return self.bare
        if self.dates and self.dates[-1][0] == "count":
            return int(self.dates.pop()[1])
        raise _Unclear

    def clock(self) -> Clock:
        if self.expects_hour:
            raise _Unclear
        at, other = self.at, None
        if self.bare is not None:
            at = time(self.bare)
            if 1 <= self.bare < _EARLIEST_SAID_BARE and self.part is None:
                at, other = time(self.bare + 12), at
        if at is None:
            at = self.part
        elif self.part is not None and self.part >= time(12) and 1 <= at.hour < 12:
            at = at.replace(hour=at.hour + 12)
        return Clock(at, other, self.offset, self.whole_day, self.midnight)
