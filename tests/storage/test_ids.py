from __future__ import annotations

from datetime import timedelta
from uuid import RFC_4122, UUID

from storage.ids import Ids
from tests.fakes.clock import START


def test_an_id_is_a_uuid_of_version_seven() -> None:
    made = UUID(Ids().new(START))
    assert (made.version, made.variant) == (7, RFC_4122)
    assert made.int >> 80 == START.timestamp() * 1000


def test_ids_follow_each_other_within_a_millisecond_whatever_chance_says() -> None:
    highest = Ids(lambda bits: (1 << bits) - 1)
    made = [highest.new(START) for _ in range(3)]
    assert made == sorted(set(made))


def test_ids_do_not_go_back_with_the_clock() -> None:
    ids = Ids()
    later = ids.new(START + timedelta(hours=1))
    assert ids.new(START) > later


def test_later_ids_are_greater_in_any_process() -> None:
    assert Ids().new(START) < Ids().new(START + timedelta(milliseconds=1))
