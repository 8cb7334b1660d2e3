"""The timeline as a drawing: what is on it, where, and that nothing breaks it."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.health import Light
from bot.domain.timeline import MOST_ROWS, Timeline, TimelineRow
from bot.pictures import svg
from bot.pictures.axis import axis_over
from bot.pictures.text import fitted, width
from bot.pictures.timeline import WIDTH
from bot.wording import Reader

TODAY = date(2026, 3, 2)
NAMESPACE = "{http://www.w3.org/2000/svg}"


def row(
    label: str = "APX-7 Prototype tested",
    *,
    due: int = 11,
    start: int = -10,
    baseline: int | None = None,
    light: Light = Light.GREEN,
    done: bool = False,
) -> TimelineRow:
    first = None if baseline is None else TODAY + timedelta(baseline)
    return TimelineRow(label, TODAY + timedelta(start), TODAY + timedelta(due), first, light, done)


def timeline(*rows: TimelineRow, left_out: int = 0, dark: bool = False, title: str = "Apex") -> Timeline:
    return Timeline(title, TODAY, rows, left_out, dark)


def parsed(drawing: str) -> ET.Element:
    return ET.fromstring(drawing)  # noqa: S314  # our own drawing


def words(drawing: str) -> list[str]:
    return ["".join(text.itertext()) for text in parsed(drawing).iter(f"{NAMESPACE}text")]


def test_it_names_the_project_every_milestone_and_its_date() -> None:
    said = words(svg(timeline(row(), row("APX-9 Beta released", due=16))))
    for text in (
        "Apex",
        "APX-7 Prototype tested",
        "Fri 13 Mar",
        "APX-9 Beta released",
        "Wed 18 Mar",
        "Today",
    ):
        assert text in said


def test_months_are_named_and_a_new_year_says_which() -> None:
    said = words(svg(timeline(row(due=400))))
    assert any(re.fullmatch(r"Jan 2027", text) for text in said)
    assert any(re.fullmatch(r"[A-Z][a-z]{2}", text) for text in said)


def test_words_are_in_the_readers_language() -> None:
    reader = Reader("de", "Europe/Berlin", TODAY)
    assert "Fr. 13. März" in words(svg(timeline(row()), reader))


def test_the_legend_explains_the_signs_that_are_there_and_no_others() -> None:
    rows = (row(), row(light=Light.AMBER), row(light=Light.RED, baseline=0), row(done=True, light=Light.NONE))
    assert {"On track", "At risk", "Overdue", "Done", "First promise"} <= set(words(svg(timeline(*rows))))
    assert {"At risk", "Overdue", "Done", "First promise"}.isdisjoint(words(svg(timeline(row()))))


def test_every_kind_of_sign_has_a_shape_of_its_own() -> None:
    """Told apart with two colours only: that of the paper, and any other."""
    kinds = (
        row("x"),
        row("x", light=Light.AMBER),
        row("x", light=Light.RED),
        row("x", light=Light.NONE),
        row("x", done=True),
    )
    assert len({_shapes(svg(timeline(kind))) for kind in kinds}) == len(kinds)


def _shapes(drawing: str) -> str:
    signs = "".join(re.findall(r"<(?:path|circle)[^>]*>", drawing))
    return re.sub(r"#\w{6}", "ink", signs.replace("#ffffff", "paper"))


def test_a_promise_that_never_moved_leaves_no_ghost() -> None:
    assert "stroke-dasharray" not in svg(timeline(row(baseline=11)))
    assert "stroke-dasharray" not in svg(timeline(row()))
    assert "stroke-dasharray" in svg(timeline(row(baseline=4)))


def test_what_is_left_out_is_counted() -> None:
    assert "and 7 more" in words(svg(timeline(row(), left_out=7)))
    assert not any("more" in text for text in words(svg(timeline(row()))))


def test_by_night_the_paper_is_dark() -> None:
    day, night = svg(timeline(row())), svg(timeline(row(), dark=True))
    assert 'fill="#ffffff"' in day
    assert 'fill="#ffffff"' not in night


def test_nothing_to_show_is_an_empty_sheet_with_its_title() -> None:
    assert words(svg(timeline()))[0] == "Apex"


def test_more_rows_than_fit_are_not_drawn() -> None:
    said = words(svg(timeline(*(row(f"APX-{n}") for n in range(MOST_ROWS + 5)))))
    assert f"APX-{MOST_ROWS - 1}" in said
    assert f"APX-{MOST_ROWS}" not in said


HOSTILE = (
    "<script>alert(1)</script>",
    "</svg><image href='file:///etc/passwd'/>",
    "&lt; & \" ' ]]> <!-- -->",
    '#import sys; #read("/etc/passwd") $x^2$',
    "x" * 10_000,
    "\u202eright to left \u2066isolated",
    "\x00\x08\x1b[31m\ufffe\ud800",
    "👩‍👩‍👧‍👦" * 500,
    "日本語 العربية שלום ไทย",
    " \n\t ",
    "",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_no_label_breaks_the_drawing_or_leaves_its_column(text: str) -> None:
    drawing = svg(timeline(row(text), title=text))
    tags = {element.tag.removeprefix(NAMESPACE) for element in parsed(drawing).iter()}
    assert tags <= {"svg", "rect", "text", "tspan", "path", "circle", "line"}
    assert len(drawing) < 20_000
    assert not set("\u202e\u2066\x00\x1b\ufffe\ud800") & set(drawing)


@given(st.text(max_size=600), st.floats(20, 400))
def test_a_fitted_text_fits(text: str, room: float) -> None:
    assert width(fitted(text, 13, room), 13) <= room


def test_a_short_text_is_left_alone_and_a_cut_one_says_so() -> None:
    assert fitted("Permit issued", 13, 200) == "Permit issued"
    assert fitted("Permit issued by the city", 13, 100).endswith("…")


def test_a_sign_is_not_cut_in_half() -> None:
    cut = fitted("e\u0301" * 100, 13, 100)
    assert cut.removesuffix("…").endswith("\u0301")


days = st.dates()


@given(st.lists(days, min_size=1, max_size=20))
def test_every_day_lies_on_the_axis_whatever_the_years(some: list[date]) -> None:
    axis = axis_over(some, 300, 900)
    assert all(300 <= axis.x(day) <= 900 for day in some)
    places = [axis.x(month) for month in axis.months(58)]
    assert all(b - a >= 40 for a, b in pairwise(places))
    assert len(places) < 20


@given(days, days, days)
def test_any_dates_can_be_drawn(start: date, due: date, today: date) -> None:
    only = TimelineRow("x", start, due, start, Light.GREEN, done=False)
    assert parsed(svg(Timeline("t", today, (only,)))).get("width") == f"{WIDTH:.0f}"
