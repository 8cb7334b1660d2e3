"""Every path, link, test and command that a page names exists."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import typer.main

from bot.__main__ import cli
from tests.docs.pages import PAGES, RECORDS, ROOT, anchors, code, fenced, links, name_of

MADE_LATER = {".env", "milepost.sqlite3", "milepost.sqlite3.before-…"}
"""Files that appear when Milepost is set up or runs."""

TOP = ("bot", "storage", "adapters", "tests", "docs", "benchmarks", ".ci")
_FILE = re.compile(r"\.?[\w-]+\.(?:py|md|toml|txt|json|lock|png|example|sqlite3\S*)|Makefile|Procfile")
_HOLDER = re.compile(r"<\w+>")
_TARGET = re.compile(r"^([\w ]+?):(?!=)", re.MULTILINE)
_FORBIDDEN = re.compile(r"(?<![\w.])/(?:work|root|tmp|home)/|\bTODO\b|\bFIXME\b")

every_page = pytest.mark.parametrize("page", PAGES, ids=name_of)


@cache
def _file_names() -> frozenset[str]:
    inside = (path for top in TOP for path in (ROOT / top).rglob("*") if "node_modules" not in path.parts)
    return frozenset(path.name for path in (*inside, *ROOT.iterdir()))


def exists(path: str) -> bool:
    """Whether the tree has it; ``<verb>`` stands for any name, a bare file name for one anywhere."""
    if path in MADE_LATER:
        return True
    if "/" in path:
        return any(ROOT.glob(_HOLDER.sub("*", path).rstrip("/")))
    return path in _file_names()


def paths(page: Path) -> Iterator[str]:
    """What stands between backticks and looks like a file or a folder of ours."""
    for text in code(page):
        path = text.partition("::")[0]
        if " " not in path and (path.partition("/")[0] in TOP or _FILE.fullmatch(path)):
            yield path


@pytest.mark.parametrize("page", [page for page in PAGES if page not in RECORDS], ids=name_of)
def test_every_path_on_a_page_exists(page: Path) -> None:
    assert [path for path in paths(page) if not exists(path)] == []


@pytest.mark.parametrize(
    "path", ["bot/nowhere.py", "nowhere.md", "adapters/<platform>/nowhere.py", "tests/x"]
)
def test_a_path_that_does_not_exist_is_noticed(path: str) -> None:
    assert not exists(path)


@every_page
def test_every_link_leads_somewhere(page: Path) -> None:
    assert [link for link in links(page) if not _leads_somewhere(page, link)] == []


def _leads_somewhere(page: Path, link: str) -> bool:
    if link.startswith(("https://", "http://127.0.0.1")):
        return True
    file, _, anchor = link.partition("#")
    target = page.parent / file if file else page
    return target.exists() and (not anchor or anchor in anchors(target))


@every_page
def test_every_test_on_a_page_exists(page: Path) -> None:
    named = [text.split("::") for text in code(page) if "::" in text]
    assert [name for file, name in named if f"def {name}(" not in (ROOT / file).read_text("utf-8")] == []


@every_page
def test_every_command_of_milepost_on_a_page_exists(page: Path) -> None:
    lines = [*code(page), *(line for block in fenced(page, "sh") for line in block.splitlines())]
    said = [words for line in lines for words in re.findall(r"(?:^|/|: )milepost ((?:[a-z]+ ?)+)", line)]
    assert [words for words in said if not _is_command(words.split())] == []


def _is_command(words: list[str]) -> bool:
    command = typer.main.get_command(cli)
    for word in words:
        command = getattr(command, "commands", {}).get(word)
        if command is None:
            return False
    return True


@every_page
def test_every_make_target_on_a_page_exists(page: Path) -> None:
    lines = [*code(page), *(line for block in fenced(page, "sh") for line in block.splitlines())]
    said = {words for line in lines for words in re.findall(r"^make ([a-z]+)", line)}
    rules = _TARGET.findall((ROOT / "Makefile").read_text("utf-8"))
    assert said <= {target for names in rules for target in names.split()}


@every_page
def test_no_page_speaks_of_one_machine_or_of_unfinished_work(page: Path) -> None:
    assert _FORBIDDEN.findall(page.read_text("utf-8")) == []


def test_pictures_load_quickly() -> None:
    sizes = {path.name: path.stat().st_size for path in (ROOT / "docs").rglob("*.png")}
    assert sizes
    assert {name: size for name, size in sizes.items() if size > 300_000} == {}
