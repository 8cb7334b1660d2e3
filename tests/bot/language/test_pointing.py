"""Which milestone is meant, and when it is asked instead."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.pointing import Match, point
from bot.ports import Pointed
from tests.bot.language.effort import calls_made


def milestone(key: str, title: str, *, is_open: bool = True) -> Pointed:
    return Pointed(id=key.lower(), key=key, title=title, project_key=key.rpartition("-")[0], is_open=is_open)


EVERYTHING = (
    milestone("APX-1", "Foundation pour"),
    milestone("APX-2", "Foundation inspection passed"),
    milestone("APX-3", "Beta"),
    milestone("APX-4", "Beta feedback report filed"),
    milestone("APX-7", "Permit approval"),
    milestone("APX-8", "Launch"),
    milestone("RIV-7", "Crèche roof closed"),
    milestone("APX2-7", "Steel delivered"),
    milestone("APX-9", "Permit renewal", is_open=False),
)


def keys(match: Match) -> list[str]:
    return [found.key for found in match.several]


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("APX-7", "APX-7"),
        ("apx-7", "APX-7"),
        ("apx7", "APX-7"),
        ("APX 7", "APX-7"),
        ("#APX-7", "APX-7"),
        ("APX-7.", "APX-7"),
        ("7", "APX-7"),
        ("#7", "APX-7"),
        ("007", "APX-7"),
        ("APX-7 Permit approval", "APX-7"),
        ("riv-7", "RIV-7"),
        ("apx2-7", "APX2-7"),
        ("beta", "APX-3"),
        ("Beta", "APX-3"),
        ("“Beta”", "APX-3"),
        ("permit approval", "APX-7"),
        ("approval", "APX-7"),
        ("approval permit", "APX-7"),
        ("the launch", "APX-8"),
        ("foundation pour", "APX-1"),
        ("inspection", "APX-2"),
        ("found insp", "APX-2"),
        ("creche", "RIV-7"),
        ("Crèche roof", "RIV-7"),
        ("feedback", "APX-4"),
        ("permit", "APX-7"),
    ],
)
def test_a_clear_pointer_finds_its_milestone(words: str, key: str) -> None:
    match = point(words, EVERYTHING, "APX")
    assert match.exact is not None
    assert (match.exact.key, match.several) == (key, ())


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("foundation", ["APX-1", "APX-2"]),
        ("fo", ["APX-1", "APX-2"]),
        ("la", ["APX-8"]),
        ("fundation pour", ["APX-1", "APX-2"]),
        ("permt approval", ["APX-7", "APX-9"]),
        ("lanuch", ["APX-8"]),
        ("steel arrived", ["APX2-7"]),
    ],
)
def test_what_is_only_near_or_shared_is_offered(words: str, found: list[str]) -> None:
    match = point(words, EVERYTHING, "APX")
    assert (match.exact, keys(match)) == (None, found)


@pytest.mark.parametrize(
    "words", ["", "   ", "?", "APX-99", "handover", "zzz", "99", "the", "it is what it is"]
)
def test_what_nobody_has_points_at_nothing(words: str) -> None:
    assert point(words, EVERYTHING, "APX") == Match()


def test_a_bare_number_without_a_project_is_asked() -> None:
    assert keys(point("7", EVERYTHING)) == ["APX-7", "RIV-7", "APX2-7"]


def test_a_number_of_another_project_is_offered_not_taken() -> None:
    assert point("7", EVERYTHING[:6], "RIV").exact is None


def test_of_two_with_one_name_the_open_one_is_meant() -> None:
    both = (milestone("APX-1", "Beta", is_open=False), milestone("APX-2", "Beta"))
    found = point("beta", both).exact
    assert found is not None
    assert found.key == "APX-2"


def test_two_open_ones_with_one_name_are_asked() -> None:
    assert keys(point("beta", (milestone("APX-1", "Beta"), milestone("RIV-2", "Beta")))) == ["APX-1", "RIV-2"]


def test_a_title_of_figures_does_not_hide_a_key() -> None:
    both = (milestone("APX-1", "7 inspections passed"), milestone("APX-7", "Launch"))
    found = point("7", both, "APX").exact
    assert found is not None
    assert found.key == "APX-7"


@given(st.text(max_size=300))
def test_any_pointer_gets_an_answer(words: str) -> None:
    match = point(words, EVERYTHING, "APX")
    assert match.exact is None or not match.several


@pytest.mark.timeout(10)
def test_two_hundred_long_titles_and_a_huge_pointer_are_little_work() -> None:
    crowd = [milestone(f"APX-{n}", " ".join(f"word{n}{i}x" for i in range(30))) for n in range(200)]
    many = " ".join(f"wodr{i}x" for i in range(40))
    assert calls_made(lambda: point("wrod" * 250_000, crowd)) < 200_000
    assert calls_made(lambda: point(many, crowd)) < 1_500_000
