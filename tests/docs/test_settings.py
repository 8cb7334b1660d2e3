"""`.env.example` names every setting, with a comment, and no other."""

from __future__ import annotations

import re

import pytest

from bot.config import Settings
from tests.docs.pages import ROOT

EXAMPLE = (ROOT / ".env.example").read_text("utf-8")
_SETTING = re.compile(r"^([A-Z_]+)=(.*)$", re.MULTILINE)


def explained(example: str) -> set[str]:
    """Settings under a comment: directly, or in a group that one comment opens."""
    groups = re.split(r"\n\s*\n", example)
    return {name for group in groups if group.startswith("#") for name, _ in _SETTING.findall(group)}


def test_every_setting_is_in_the_example_and_every_line_of_it_is_a_setting() -> None:
    assert {name.lower() for name, _ in _SETTING.findall(EXAMPLE)} == set(Settings.model_fields)


def test_every_setting_of_the_example_is_explained() -> None:
    assert explained(EXAMPLE) == {name for name, _ in _SETTING.findall(EXAMPLE)}


def test_a_setting_without_a_comment_is_noticed() -> None:
    assert explained("# Said.\nA=1\nB=2\n\nC=3\n") == {"A", "B"}


@pytest.mark.parametrize("name", [name for name, _ in _SETTING.findall(EXAMPLE)])
def test_the_example_says_what_holds_without_it(name: str) -> None:
    value = dict(_SETTING.findall(EXAMPLE))[name]
    default = Settings.model_fields[name.lower()].default
    plain = default.get_secret_value() if hasattr(default, "get_secret_value") else default
    assert value == str(plain)


def test_the_example_copied_as_it_is_starts(monkeypatch: pytest.MonkeyPatch, tmp_path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / ".env").write_text(EXAMPLE, "utf-8")
    monkeypatch.chdir(tmp_path)
    assert Settings() == Settings(_env_file=None)
