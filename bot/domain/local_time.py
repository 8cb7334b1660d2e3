"""Local wall time to instants and back (domain TM-1, TM-2).

Gap: the first valid instant after it.  Fold: the first occurrence, once.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_MORNING = time(9, 0)


def zone_named(name: str, fallback: str = "UTC") -> ZoneInfo:
    """The IANA zone ``name``, or ``fallback`` when the platform sent something else."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo(fallback)


def local(instant: datetime, zone: str) -> datetime:
    """The naive wall clock in ``zone`` at ``instant``."""
    return instant.astimezone(zone_named(zone)).replace(tzinfo=None)


def local_date(instant: datetime, zone: str) -> date:
    return instant.astimezone(zone_named(zone)).date()


def instant_of(day: date, at: time, zone: str) -> datetime:
    """The aware UTC instant of wall time ``at`` on ``day`` in ``zone``."""
    there = zone_named(zone)
    wall = datetime.combine(day, at)
    first = wall.replace(tzinfo=there, fold=0).astimezone(UTC)
    if first.astimezone(there).replace(tzinfo=None) == wall:
        return first
    return _end_of_gap(wall, there)


def _end_of_gap(wall: datetime, zone: ZoneInfo) -> datetime:
    before = wall.replace(tzinfo=zone, fold=0).utcoffset() or timedelta()
    after = wall.replace(tzinfo=zone, fold=1).utcoffset() or timedelta()
    low = (wall - max(before, after)).replace(tzinfo=UTC)
    high = (wall - min(before, after)).replace(tzinfo=UTC)
    changed = high.astimezone(zone).utcoffset()
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) / 2
        if middle.astimezone(zone).utcoffset() == changed:
            high = middle
        else:
            low = middle
    return high.replace(microsecond=0)


def morning(day: date, zone: str, at: time = _MORNING) -> datetime:
    """The instant a person's morning begins on ``day``."""
    return instant_of(day, at, zone)
