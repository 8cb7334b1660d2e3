from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.milestone import CriterionKind
from bot.language.standards import Wanted, cut, figure, keyed, reported, wanted

NUMBER, DOCUMENT, APPROVAL = CriterionKind.NUMBER, CriterionKind.DOCUMENT, CriterionKind.APPROVAL


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("report filed", Wanted("report filed")),
        ("test coverage ≥ 80 %", Wanted("test coverage", NUMBER, "80", "%")),
        ("test coverage >= 82.5%", Wanted("test coverage", NUMBER, "82.5", "%")),
        ("coverage of at least 1,500 lines", Wanted("coverage", NUMBER, "1500", "lines")),
        ("at least 50 users signed in", Wanted("users signed in", NUMBER, "50")),
        ("at least 80 % test coverage", Wanted("test coverage", NUMBER, "80", "%")),
        ("document: inspection report", Wanted("inspection report", DOCUMENT)),
        ("Photo: north wall", Wanted("north wall", DOCUMENT)),
        ("design approved by @chen", Wanted("design approved", APPROVAL, approver="@chen")),
        ("signed off by Chen Wei", Wanted("signed off", APPROVAL, approver="Chen Wei")),
        ("sign-off from Chen", Wanted("sign-off", APPROVAL, approver="Chen")),
        ("50 invited users signed in", Wanted("50 invited users signed in")),
        ("at least one photo", Wanted("at least one photo")),
        ("documents are filed", Wanted("documents are filed")),
    ],
)
def test_a_standard_is_taken_at_its_words(text: str, read: Wanted) -> None:
    assert wanted(text) == read


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("83", "83"),
        (" 83 % ", "83"),
        ("83,5", "83.5"),
        ("1,500", "1500"),
        ("1.234,5", "1234.5"),
        ("1,234.5", "1234.5"),
        ("1 250 000", "1250000"),
        ("0.0", "0"),
        ("-3", "-3"),
        ("", ""),
        ("eighty", ""),
        ("1" * 40, ""),
        ("1,2,3.4.5", ""),
    ],
)
def test_a_figure_is_read_with_any_separators(typed: str, read: str) -> None:
    assert figure(typed) == read


@given(st.text(max_size=60))
def test_no_text_breaks_the_reading(text: str) -> None:
    figure(text)
    reported(text)
    keyed(text)
    assert all(part.strip() for part in cut(text))
    assert wanted(text).text or not text.strip()


def test_a_list_is_cut_where_things_end_and_not_inside_a_figure() -> None:
    assert cut("report filed, client signed; photos") == ("report filed", "client signed", "photos")
    assert cut("noise ≥ 83,5 dB, walls dry") == ("noise ≥ 83,5 dB", "walls dry")
    assert cut(" , ;") == ()


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("APX-1 report filed", ("APX-1", "report filed")),
        ("apx-1: report filed", ("apx-1", "report filed")),
        ("report filed for APX-1", ("APX-1", "report filed")),
        ("report per ISO-9001 filed", ("", "report per ISO-9001 filed")),
        ("APX-1", ("APX-1", "")),
        ("", ("", "")),
    ],
)
def test_a_key_stands_in_front_or_at_the_end(text: str, read: tuple[str, str]) -> None:
    assert keyed(text) == read


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("coverage is 83", ("coverage", "83")),
        ("test coverage is now 83,5 %", ("test coverage", "83.5")),
        ("coverage: 83", ("coverage", "83")),
        ("coverage is fine", ("", "")),
        ("is 83", ("", "")),
    ],
)
def test_a_report_names_what_and_how_much(text: str, read: tuple[str, str]) -> None:
    assert reported(text) == read
