"""Whoever reads: their language, zone, date order and calendar; and how they are spoken to."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime

from bot.cards import RichText
from bot.domain.calendar import Calendar
from bot.domain.local_time import local, local_date
from bot.domain.people import DateOrder, Person, Project
from bot.wording.catalogues import catalogue, template
from bot.wording.days import clock_words, day_words, weekday_words

Value = str | int | RichText


@dataclass(frozen=True, slots=True)
class Reader:
    """``today`` is the local date in ``zone``; ``language`` a BCP 47 tag."""

    language: str
    zone: str
    today: date
    date_order: DateOrder = DateOrder.UNKNOWN
    calendar: Calendar = field(default_factory=Calendar)

    def say(self, sentence: str, **values: Value) -> str:
        """The sentence in this language, ``{name}`` filled in, as plain text."""
        words = catalogue(self.language).gettext(sentence)
        return words.format(**values) if values else words

    def rich(self, sentence: str, **values: Value) -> RichText:
        """Like `say`, keeping the spans of rich values."""
        return self.filled(catalogue(self.language).gettext(sentence), **values)

    def filled(self, words: str, /, **values: Value) -> RichText:
        """Words said already (by `many`, with its places left open), with rich values in their places."""
        whole = RichText()
        for text, name in template(words):
            whole = whole + text + _rich(values[name]) if name else whole + text
        return whole

    def many(self, singular: str, plural: str, n: int, **values: Value) -> str:
        """The form of the sentence for ``n``; ``{n}`` is filled in."""
        words = catalogue(self.language).ngettext(singular, plural, n)
        return words.format(n=n, **values)

    def day(self, day: date) -> str:
        """``Fri 13 Mar``, with the year when it is not this one."""
        return day_words(day, self.language, day.year != self.today.year)

    def weekday(self, day: date) -> str:
        """``Friday``."""
        return weekday_words(day, self.language)

    def distance(self, day: date) -> str:
        """How far in working days: ``in 7 working days``, ``today``, ``2 working days over``."""
        if day == self.today:
            return self.say("today")
        days = self.calendar.between(self.today, day)
        if day > self.today:
            return self._ahead(days)
        return self.many("{n} working day over", "{n} working days over", -days) if days else self.say("over")

    def day_and_distance(self, day: date) -> str:
        """``Fri 13 Mar, in 7 working days``."""
        return f"{self.day(day)}, {self.distance(day)}"

    def clock(self, instant: datetime) -> str:
        """Day and time in the reader's own zone."""
        there = local(instant, self.zone)
        return f"{self.day(there.date())} {clock_words(there, self.language)}"

    def since(self, instant: datetime) -> str:
        """The local day of an instant."""
        return self.day(local_date(instant, self.zone))

    def at_work(self, project: Project) -> Reader:
        """Counting working days as the project works."""
        return replace(self, calendar=project.calendar)

    def _ahead(self, days: int) -> str:
        if not days:
            return self.say("before the next working day")
        return self.many("in {n} working day", "in {n} working days", days)


def reader_for(who: Person | Project, now: datetime) -> Reader:
    """A person reads in their own way, a channel in its project's."""
    order = who.date_order if isinstance(who, Person) else DateOrder.UNKNOWN
    return Reader(who.language, who.zone, local_date(now, who.zone), order, who.calendar)


def _rich(value: Value) -> RichText:
    return value if isinstance(value, RichText) else RichText(str(value))
