"""What the pages take from the product is as the product is."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.docs import generated

REMEDY = "stale: run .venv/bin/python -m tests.docs.generated"


@pytest.mark.parametrize("page", [generated.README, generated.DECISIONS], ids=lambda page: page.parent.name)
def test_generated_blocks_are_up_to_date(page: Path) -> None:
    assert page.read_text("utf-8") == generated.pages()[page], REMEDY


def test_a_changed_block_is_noticed(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("above\n<!-- verbs: mark -->\n\nold\n\n<!-- /verbs -->\nbelow\n", "utf-8")
    renewed = generated.refreshed(page, "verbs", "new")
    assert renewed == "above\n<!-- verbs: mark -->\n\nnew\n\n<!-- /verbs -->\nbelow\n"


def test_a_page_that_lost_its_marks_is_noticed(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("nothing here", "utf-8")
    with pytest.raises(AssertionError, match="no block named verbs"):
        generated.refreshed(page, "verbs", "new")
