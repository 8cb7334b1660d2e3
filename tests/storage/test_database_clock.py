from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, timedelta

import pytest
from sqlalchemy import make_url

from bot.errors import StoreUnavailable
from storage.database import DatabaseClock
from tests.fakes.postgres import create_database, drop_database

NAME = "milepost_clock_test"


class Counter:
    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def counter() -> Counter:
    return Counter()


@pytest.fixture
def url(postgres_url: str) -> Iterator[str]:
    create_database(postgres_url, NAME, None)
    yield str(make_url(postgres_url).set(database=NAME).render_as_string(hide_password=False))
    drop_database(postgres_url, NAME)


def test_the_databases_time_is_carried_on_by_the_counter(url: str, counter: Counter) -> None:
    clock = DatabaseClock(url, counter)
    first = clock.now()
    assert first.tzinfo is UTC
    assert clock.now() == first
    counter.seconds += 30
    assert clock.now() == first + timedelta(seconds=30)
    clock.close()


def test_the_database_is_asked_again_after_a_minute(url: str, counter: Counter) -> None:
    clock = DatabaseClock(url, counter)
    first = clock.now()
    counter.seconds += 3600
    assert clock.now() == first + timedelta(hours=1), "nobody waits for the answer"
    clock.close()
    assert clock.now() < first + timedelta(minutes=30), "the database says that no hour has passed"


def test_when_the_database_is_away_the_counter_goes_on(url: str, postgres_url: str, counter: Counter) -> None:
    clock = DatabaseClock(url, counter)
    first = clock.now()
    drop_database(postgres_url, NAME)
    counter.seconds += 3600
    clock.now()
    clock.close()
    assert clock.now() == first + timedelta(hours=1)


def test_a_database_that_never_answered_is_no_clock() -> None:
    with pytest.raises(StoreUnavailable):
        DatabaseClock("postgresql://127.0.0.1:9/nothing")
