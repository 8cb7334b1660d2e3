"""Which part of a verb was meant."""

from __future__ import annotations

import pytest

from bot.language.branches import branch

PARTS = {"add": ("new",), "tick": ("is there", "done"), "untick": ()}


@pytest.mark.parametrize(
    ("typed", "name", "rest"),
    [
        ("add report filed", "add", "report filed"),
        ("ADD  Report filed", "add", "Report filed"),
        ("new: report filed", "add", "report filed"),
        ("is there report filed", "tick", "report filed"),
        ("add a line\nand another", "add", "a line\nand another"),
        ("untick", "untick", ""),
    ],
)
def test_a_part_is_found_by_its_name_or_a_twin(typed: str, name: str, rest: str) -> None:
    assert branch(typed, PARTS) == (name, rest)


@pytest.mark.parametrize("typed", ["", "   ", "address book printed", "is the report there", "APX-1 add"])
def test_what_begins_with_no_part_is_left_as_it_is(typed: str) -> None:
    assert branch(typed, PARTS) == ("", typed.strip())
