"""How everything is taken along: told to admins."""

from __future__ import annotations

import pytest

from tests.scenarios.conversation import Stage


@pytest.mark.parametrize("words", ["export all", "export", "uninstall", "backup"])
async def test_an_admin_learns_how_and_where(quick_stage: Stage, words: str) -> None:
    answer = await quick_stage.person("dora").says(words)
    assert "milepost export all --to milepost.jsonl.gz" in answer.text
    assert "milepost import milepost.jsonl.gz" in answer.text
    assert "before you uninstall" in answer.text


@pytest.mark.parametrize("who", ["ana", "chen", "eve", "vic"])
async def test_others_learn_who_can(quick_stage: Stage, who: str) -> None:
    answer = await quick_stage.person(who).says("export all")
    assert "milepost export" not in answer.text
    assert answer.labels
