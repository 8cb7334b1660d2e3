from __future__ import annotations

from dataclasses import replace

import pytest

from bot.people import called, resembling
from tests.scenarios.cast import ANA, BORIS, CHEN, GUS, VIC

TEAM = (ANA, BORIS, CHEN, VIC, GUS)
OTHER_ANA = replace(ANA, id="ana2", name="Ana Weiss")


@pytest.mark.parametrize("name", ["Ana Costa", "ana costa", "Ana", "costa", "@ana", " ana "])
def test_a_name_is_known_whole_or_in_part(name: str) -> None:
    assert called(TEAM, name) == (ANA,)


def test_the_whole_name_comes_before_a_part_of_another() -> None:
    only_ana = replace(ANA, id="just", name="Ana")
    assert called((*TEAM, only_ana), "ana") == (only_ana,)


def test_two_of_one_name_are_two() -> None:
    assert called((*TEAM, OTHER_ANA), "ana") == (ANA, OTHER_ANA)


@pytest.mark.parametrize("name", ["", "@", "an", "anastasia", "gus", "Gus Gone"])
def test_nobody_is_guessed_and_nobody_who_left_is_meant(name: str) -> None:
    assert called(TEAM, name) == ()


@pytest.mark.parametrize(
    ("name", "meant"), [("Anna", ANA), ("Borris", BORIS), ("@chan", CHEN), ("costta", ANA)]
)
def test_a_slip_is_offered(name: str, meant: object) -> None:
    assert resembling(TEAM, name)[0] == meant


@pytest.mark.parametrize("name", ["", "Zoltan", "x" * 10_000])
def test_what_resembles_nobody_is_offered_nobody(name: str) -> None:
    assert resembling(TEAM, name) == ()


def test_nobody_who_left_is_offered() -> None:
    assert GUS not in resembling(TEAM, "Guss")
