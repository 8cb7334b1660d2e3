from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.cards import RichText, Strong, strong
from bot.domain.people import DateOrder
from bot.wording import Reader, reader_for
from tests.scenarios.cast import ANA, APEX

MONDAY = date(2026, 3, 2)
READER = Reader("en", "Europe/Berlin", MONDAY)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 3, 2), "Mon 2 Mar, today"),
        (date(2026, 3, 3), "Tue 3 Mar, in 1 working day"),
        (date(2026, 3, 13), "Fri 13 Mar, in 9 working days"),
        (date(2026, 2, 27), "Fri 27 Feb, 1 working day over"),
        (date(2026, 2, 20), "Fri 20 Feb, 6 working days over"),
        (date(2027, 1, 4), "Mon 4 Jan 2027, in 220 working days"),
    ],
)
def test_a_date_is_said_in_full_once_with_its_distance(day: date, words: str) -> None:
    assert READER.day_and_distance(day) == words


def test_days_of_rest_have_words_of_their_own() -> None:
    saturday = Reader("en", "UTC", date(2026, 3, 7))
    assert saturday.distance(date(2026, 3, 8)) == "before the next working day"
    assert Reader("en", "UTC", date(2026, 3, 8)).distance(date(2026, 3, 7)) == "over"


def test_an_instant_is_said_in_the_readers_own_zone() -> None:
    late = datetime(2026, 3, 6, 23, 30, tzinfo=UTC)
    assert READER.clock(late) == "Sat 7 Mar 00:30"
    assert READER.since(late) == "Sat 7 Mar"


def test_rich_values_keep_their_spans() -> None:
    said = READER.rich("Nothing is open in {name}.", name=strong("Apex"))
    assert said == RichText("Nothing is open in Apex.", (Strong(19, 23),))


@pytest.mark.parametrize("value", ["{owner}", "{0}", "%s", "{{}}", "{"])
def test_what_people_typed_is_never_read_as_a_template(value: str) -> None:
    assert READER.rich("Undone: {deed}.", deed=value).text == f"Undone: {value}."
    assert READER.say("Show {key}", key=value) == f"Show {value}"


def test_a_person_reads_in_their_way_and_a_channel_in_its_projects() -> None:
    now = datetime(2026, 3, 1, 23, 30, tzinfo=UTC)
    person = replace(ANA, zone="Asia/Tokyo", date_order=DateOrder.DMY)
    assert reader_for(person, now).today == date(2026, 3, 2)
    assert reader_for(person, now).date_order is DateOrder.DMY
    assert reader_for(replace(APEX, zone="America/New_York"), now).today == date(2026, 3, 1)
    assert reader_for(APEX, now).date_order is DateOrder.UNKNOWN
