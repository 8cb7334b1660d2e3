"""What comes again: a rule of days, and the milestone it makes each time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from bot.errors import InvalidMilestone

MOST_TIMES = 200
MOST_INTERVAL = 60
MOST_YEARS = 30
AHEAD = 10
"""Working days before its date that the next one appears, if the former is not achieved sooner."""


class Every(StrEnum):
    """The unit of a rule.  A quarter is three months, a fortnight two weeks."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """``interval`` units apart.  ``weekday`` 0 is Monday, -1 for none; with ``nth`` (1 to 5, -1 the last)
    that weekday of the month; ``day`` of the month otherwise (31 is its last), 0 for the day it starts on.
    ``times`` in all, 0 without end; ``until`` is the last day there may be.  ``follows``: on a day off the
    next working day instead of the one before.

    Raises `InvalidMilestone` for what never or endlessly comes again.
    """

    every: Every
    interval: int = 1
    weekday: int = -1
    nth: int = 0
    day: int = 0
    times: int = 0
    until: date | None = None
    follows: bool = False

    def __post_init__(self) -> None:
        if self.interval < 1:
            raise InvalidMilestone("series_interval")
        if self.interval > MOST_INTERVAL:
            raise InvalidMilestone("series_too_rare")
        if not 0 <= self.times <= MOST_TIMES:
            raise InvalidMilestone("series_too_often")
        if not (-1 <= self.weekday <= 6 and -1 <= self.nth <= 5 and 0 <= self.day <= 31):
            raise InvalidMilestone("series_no_day")

    def to_json(self) -> dict[str, object]:
        """Only what is filled in."""
        said = {
            "every": self.every.value,
            "interval": self.interval,
            "weekday": self.weekday,
            "nth": self.nth,
            "day": self.day,
            "times": self.times,
            "until": self.until.isoformat() if self.until else "",
            "follows": self.follows,
        }
        return {name: value for name, value in said.items() if value != "" and value is not False}

    @classmethod
    def from_json(cls, raw: Mapping[str, object]) -> Rule:
        """Raises `InvalidMilestone`, `KeyError`, `TypeError` or `ValueError` for anything else."""
        numbers = {n: int(str(raw[n])) for n in ("interval", "weekday", "nth", "day", "times") if n in raw}
        until = date.fromisoformat(str(raw["until"])) if raw.get("until") else None
        return cls(every=Every(str(raw["every"])), until=until, follows=raw.get("follows") is True, **numbers)


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """``starts``: the first day by the rule; ``last``: the day by the rule of ``milestone_id``, the newest
    that was made, before it gave way to days off; ``made`` how many there were; ``ended``: no more come.
    ``version`` guards against two who make the next one at once."""

    id: str
    workspace_id: str
    project_id: str
    rule: Rule
    title: str
    owner_id: str
    starts: date
    last: date
    milestone_id: str
    created_by: str
    made: int = 1
    needs: tuple[str, ...] = ()
    phase_id: str = ""
    ended: bool = False
    version: int = 1

    @property
    def is_over(self) -> bool:
        return self.ended or bool(self.rule.times and self.made >= self.rule.times)

    def next(self, **changes: object) -> Series:
        """A copy with ``changes`` and the next version."""
        return replace(self, version=self.version + 1, **changes)  # type: ignore[arg-type]  # field names checked by replace


def shifted_rule(rule: Rule, due: date) -> Rule:
    """The same rule on the day of ``due``: what "this and following" means for a date that was moved."""
    if rule.every is Every.WEEK:
        return replace(rule, weekday=due.weekday() if rule.weekday >= 0 else -1)
    if rule.nth and rule.weekday >= 0:
        nth = -1 if rule.nth == -1 and (due.day > 21) else min((due.day - 1) // 7 + 1, 4)
        return replace(rule, weekday=due.weekday(), nth=nth)
    return replace(rule, day=due.day if rule.every is Every.MONTH else 0)
