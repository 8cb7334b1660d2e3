"""Tables on a narrow screen."""

from adapters.telegram.limits import TABLE_COLUMNS
from adapters.telegram.tables import display_width, fitted, stacked
from bot.cards import Align, Column, RichText, Table, strong


def table(*rows: tuple[str, ...], columns: tuple[Column, ...]) -> Table:
    return Table(columns, tuple(tuple(RichText(cell) for cell in row) for row in rows))


KEY, TITLE, OWNER, LEFT = Column("Key"), Column("Title"), Column("Owner", 3), Column("Left", 2, Align.END)


def test_what_fits_stands_in_columns() -> None:
    lines = fitted(table(("APX-7", "Permit", "3"), ("APX-12", "Pour", "12"), columns=(KEY, TITLE, LEFT)))
    assert lines == ["Key     Title   Left", "APX-7   Permit     3", "APX-12  Pour      12"]


def test_the_least_important_column_goes_first() -> None:
    row = ("APX-7", "Prototype tested", "Ana Maria Costa", "3")
    lines = fitted(table(row, columns=(KEY, TITLE, OWNER, LEFT)))
    assert lines == ["Key    Title             Left", "APX-7  Prototype tested     3"]


def test_a_long_title_is_shortened_before_it_is_stacked() -> None:
    lines = fitted(table(("APX-7", "Foundation pour inspected and signed"), columns=(KEY, TITLE)))
    assert lines
    assert lines[1] == "APX-7  Foundation pour inspected…"
    assert all(display_width(line) <= TABLE_COLUMNS for line in lines)


def test_columns_that_all_matter_and_do_not_fit_are_stacked_whole() -> None:
    wide = table(("🔴", "Foundation pour inspected and signed", "Fri 13 March 2026, in 7 working days"),
                 columns=(Column(""), TITLE, Column("Due")))  # fmt: skip
    assert fitted(wide) is None
    [row] = stacked(wide)
    assert row.text == "🔴 · Foundation pour inspected and signed · Fri 13 March 2026, in 7 working days"
    assert row.text[row.spans[0].start : row.spans[0].end] == "Foundation pour inspected and signed"


def test_widths_are_those_of_the_screen() -> None:
    assert (display_width("漢字"), display_width("é"), display_width("e\u0301"), display_width("🔴")) == (
        4,
        1,
        1,
        2,
    )
    lines = fitted(table(("🔴", "漢字"), ("x", "abcd"), columns=(Column(""), TITLE)))
    assert lines is not None
    assert lines[1:] == ["🔴  漢字", "x   abcd"]


def test_a_cell_with_line_ends_stays_one_line() -> None:
    lines = fitted(table(("A\nB",), columns=(TITLE,)))
    assert lines == ["Title", "A B"]


def test_a_cell_that_has_marks_of_its_own_keeps_them() -> None:
    wide = Table((TITLE,), ((strong("x" * 3) + " y",),))
    assert stacked(wide)[0].spans == (strong("xxx") + " y").spans


LIGHT, DUE = Column("Light", 4), Column("Due")


def test_a_light_that_does_not_fit_leaves_its_sign() -> None:
    rows = (("🔴 Overdue", "APX-2", "Foundation inspected", "Mon 23 Nov", "1 working day over"),
            ("⛔ Blocked", "APX-12", "Roof", "Fri 4 Dec", "in 8 working days"))  # fmt: skip
    lines = fitted(table(*rows, columns=(LIGHT, KEY, TITLE, DUE, Column("Left", 3))))
    assert lines is not None
    assert lines[1:] == ["🔴 APX-2   Foundation…  Mon 23 Nov", "⛔ APX-12  Roof         Fri 4 Dec"]
    assert all(display_width(line) <= TABLE_COLUMNS for line in lines)


def test_a_column_without_signs_goes_whole() -> None:
    row = ("APX-7", "Ana Maria Costa", "Prototype tested by all of us")
    lines = fitted(table(row, columns=(KEY, OWNER, TITLE)))
    assert lines is not None
    assert "Ana" not in "".join(lines)
