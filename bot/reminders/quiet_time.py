"""When somebody may be told something: their own working mornings, never their night (domain TM-4, TM-5)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from bot.domain.calendar import Calendar
from bot.domain.local_time import instant_of, local_date, morning
from bot.domain.people import Person, Project

OPEN_FOR = timedelta(hours=9)
"""From a person's morning until nobody rings any more: 9:00 to 18:00 unless they rise at another time."""

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Hours:
    """Working days in one zone that begin at ``opens``, local wall time, and end ``lasts`` later."""

    zone: str
    calendar: Calendar
    opens: time
    lasts: timedelta = OPEN_FOR

    def morning(self, day: date) -> datetime:
        """The instant this day begins for them, worked or not."""
        return morning(day, self.zone, self.opens)

    def day_of(self, instant: datetime) -> date:
        return local_date(instant, self.zone)

    def is_open(self, now: datetime) -> bool:
        """Whether they may be told something now; a day that begins late may last past midnight."""
        today = self.day_of(now)
        return any(self._covers(day, now) for day in (today, today - _DAY))

    def opening(self, now: datetime) -> datetime:
        """``now`` when they may be told now, else their next working morning."""
        return now if self.is_open(now) else self.morning_after(now)

    def morning_after(self, instant: datetime) -> datetime:
        """The first working morning later than ``instant``."""
        day = self.calendar.following(self.day_of(instant))
        while self.morning(day) <= instant:
            day = self.calendar.add(day, 1)
        return self.morning(day)

    def latest_morning(self, instant: datetime) -> datetime:
        """The last working morning at or before ``instant``."""
        day = self.calendar.preceding(self.day_of(instant))
        while self.morning(day) > instant:
            day = self.calendar.add(day, -1)
        return self.morning(day)

    def morning_from(self, day: date, earliest: datetime) -> datetime:
        """The first working morning on or after ``day`` that is not before ``earliest``."""
        day = self.calendar.following(day)
        while self.morning(day) < earliest:
            day = self.calendar.add(day, 1)
        return self.morning(day)

    def morning_until(self, day: date, end: datetime) -> datetime:
        """The last working morning on or before ``day`` that lies before ``end``."""
        day = self.calendar.preceding(day)
        while self.morning(day) >= end:
            day = self.calendar.add(day, -1)
        return self.morning(day)

    def _covers(self, day: date, now: datetime) -> bool:
        return self.calendar.is_working(day) and timedelta() <= now - self.morning(day) < self.lasts


def hours_of(who: Person | Project, project: Project | None = None) -> Hours:
    """A person's own day, without the holidays of the project it is about; a channel has its project's."""
    if isinstance(who, Person):
        return Hours(who.zone, _observing(who.calendar, project), who.morning)
    return Hours(who.zone, who.calendar, who.opens, _between(who.opens, who.closes))


def digest_hours(project: Project) -> Hours:
    """The project's days, beginning with its digest."""
    return Hours(project.zone, project.calendar, project.digest_at)


def _observing(calendar: Calendar, project: Project | None) -> Calendar:
    if project is None or not project.holidays:
        return calendar
    return replace(calendar, holidays=calendar.holidays | project.holidays)


def _between(opens: time, closes: time) -> timedelta:
    day = date(2000, 1, 1)
    return datetime.combine(day, closes) - datetime.combine(day, opens)


def end_of(day: date, zone: str) -> datetime:
    """The instant ``day`` is over in ``zone``: a date means the end of that day (domain DM-2)."""
    return instant_of(day + _DAY, time(), zone).astimezone(UTC)
