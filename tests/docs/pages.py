"""The pages people read, taken apart: links, fenced blocks, and what stands between backticks."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGES = (*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md")))
RECORDS = frozenset((ROOT / "docs" / "decisions").glob("[0-9]*.md"))
"""Decisions tell of their day: what they name may have moved since."""

_FENCE = re.compile(r"^( *)```(\w*)\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"`([^`\n]+)`")
_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


def name_of(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def prose(page: Path) -> str:
    """The page without its fenced blocks."""
    return _FENCE.sub("", page.read_text("utf-8"))


def fenced(page: Path, language: str) -> tuple[str, ...]:
    """The fenced blocks of one language, without their indent."""
    found = _FENCE.findall(page.read_text("utf-8"))
    return tuple(
        re.sub(f"^{indent}", "", body, flags=re.MULTILINE) for indent, lang, body in found if lang == language
    )


def code(page: Path) -> tuple[str, ...]:
    return tuple(_CODE.findall(prose(page)))


def links(page: Path) -> tuple[str, ...]:
    return tuple(_LINK.findall(prose(page)))


def anchors(page: Path) -> set[str]:
    """The headings as links name them."""
    return {_anchor(heading) for heading in _HEADING.findall(prose(page))}


def _anchor(heading: str) -> str:
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
