from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest

from bot.domain.local_time import instant_of, local, local_date, morning, zone_named

VECTORS = [  # domain TM-2
    ("America/New_York", "2026-03-08", "02:30", "2026-03-08T07:00"),  # a gap: the first instant after it
    ("America/New_York", "2026-11-01", "01:30", "2026-11-01T05:30"),  # twice: the first of the two
    ("Europe/Berlin", "2026-03-28", "09:00", "2026-03-28T08:00"),
    ("Europe/Berlin", "2026-03-29", "09:00", "2026-03-29T07:00"),
    ("Europe/London", "2026-03-29", "01:30", "2026-03-29T01:00"),
    ("Europe/London", "2026-10-25", "01:30", "2026-10-25T00:30"),
    ("Africa/Cairo", "2025-04-25", "00:00", "2025-04-24T22:00"),
    ("Australia/Lord_Howe", "2026-10-04", "02:15", "2026-10-03T15:30"),  # half an hour only
]


@pytest.mark.parametrize(("zone", "day", "at", "expected"), VECTORS)
def test_wall_time_becomes_one_instant_even_when_clocks_change(
    zone: str, day: str, at: str, expected: str
) -> None:
    instant = instant_of(date.fromisoformat(day), time.fromisoformat(at), zone)
    assert instant == datetime.fromisoformat(expected).replace(tzinfo=UTC)


def test_an_instant_has_a_local_date_and_wall_clock() -> None:
    instant = datetime(2026, 3, 2, 23, 30, tzinfo=UTC)
    assert local_date(instant, "Asia/Tokyo") == date(2026, 3, 3)
    assert local(instant, "America/New_York") == datetime(2026, 3, 2, 18, 30)  # noqa: DTZ001 - a wall clock


def test_a_morning_is_nine_unless_said_otherwise() -> None:
    assert morning(date(2026, 3, 2), "Europe/Lisbon") == datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
    assert morning(date(2026, 3, 2), "Europe/Lisbon", time(7, 15)).time() == time(7, 15)


@pytest.mark.parametrize("name", ["", "Mars/Olympus", "../etc/passwd", "Europe/\x00"])
def test_a_zone_nobody_knows_is_utc(name: str) -> None:
    assert zone_named(name).key == "UTC"
    assert zone_named("Europe/Berlin").key == "Europe/Berlin"
