from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.domain.calendar import Calendar
from bot.domain.milestone import Blocked, State
from bot.reminders.digest import digest_due, has_news, next_digest
from tests.bot.reminders.stage import APEX, HOME, MILESTONE, utc

TODAY = date(2026, 3, 3)


def test_the_next_digest_is_the_projects_next_working_morning() -> None:
    assert next_digest(APEX, utc(6, 9)) == utc(9, 9)
    assert next_digest(APEX, utc(6, 8)) == utc(6, 9)


def test_a_digest_goes_to_the_projects_channel_once_a_day() -> None:
    notice, later = digest_due(APEX, utc(3, 9)), digest_due(APEX, utc(3, 11))
    assert notice is not None
    assert later is not None
    assert notice.conversation == str(HOME)
    assert notice.key == later.key
    assert notice.planned_for == utc(3, 9)


def test_another_day_is_another_digest() -> None:
    monday, tuesday = digest_due(APEX, utc(2, 9)), digest_due(APEX, utc(3, 9))
    assert monday is not None
    assert tuesday is not None
    assert monday.key != tuesday.key


@pytest.mark.parametrize("now", [utc(3, 15), utc(7, 9), utc(8, 23)])
def test_a_missed_digest_is_not_replayed(now: object) -> None:
    assert digest_due(APEX, now) is None  # type: ignore[arg-type]


def test_a_project_without_a_channel_has_no_digest() -> None:
    homeless = replace(APEX, home=None)
    assert next_digest(homeless, utc(3)) is None
    assert digest_due(homeless, utc(3, 9)) is None


@pytest.mark.parametrize(
    "change",
    [{"due": date(2026, 3, 2)}, {"due": date(2026, 3, 5)}, {"blocked": Blocked("permit", utc(2), "ana")}],
)
def test_what_is_late_soon_or_stuck_is_news(change: dict[str, object]) -> None:
    assert has_news([MILESTONE, replace(MILESTONE, **change)], TODAY, Calendar())  # type: ignore[arg-type]


@pytest.mark.parametrize("change", [{}, {"due": date(2026, 3, 2), "state": State.ACHIEVED}])
def test_green_lights_and_finished_work_are_not(change: dict[str, object]) -> None:
    assert not has_news([replace(MILESTONE, **change)], TODAY, Calendar())  # type: ignore[arg-type]
    assert not has_news([], TODAY, Calendar())
