"""Every sentence a person reads goes through a reader; no literal reaches a card, form or button alone."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

BOT = Path(__file__).parents[3] / "bot"
ROOMS = ("views", "handlers", "commands", "dispatcher", "reminders")
MODULES = [
    BOT / "dialogs.py",
    BOT / "people.py",
    *sorted(path for room in ROOMS for path in (BOT / room).glob("*.py") if path.name != "__init__.py"),
]
SAYING = {"say", "rich", "many"}
SHOWING = {
    "RichText", "Text", "Card", "strong", "plain", "code", "link", "joined", "Column", "Button", "button",
    "Option", "Choice", "Question", "Form", "Field", "Reply", "Picture", "Table", "Fields",
}  # fmt: skip
PLACES_FOR_WORDS = {
    "button": (0,), "Button": (0,), "Choice": (0,), "Option": (0,), "Column": (0,), "Field": (1,),
    "Reply": (),
}  # fmt: skip
NAMED_WORDS = {
    "title",
    "submit",
    "cancel",
    "intro",
    "hint",
    "label",
    "prompt",
    "note",
    "toast",
    "alt",
    "text",
}
TYPED = {"code"}
"""Shown to be typed as it stands, in the language commands are in."""
_WORDS = re.compile(r"[^\W\d_]{2,}")


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def name_of(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def shown(call: ast.Call) -> Iterator[ast.expr]:
    """The arguments of a showing call that people read."""
    places = PLACES_FOR_WORDS.get(name_of(call))
    yield from (arg for at, arg in enumerate(call.args) if places is None or at in places)
    yield from (keyword.value for keyword in call.keywords if keyword.arg in NAMED_WORDS)


def literals(node: ast.expr) -> Iterator[str]:
    """Strings that would be read as they stand; not what a reader says or what is only compared."""
    if isinstance(node, ast.Call):
        return
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.expr) and not isinstance(node, ast.Compare | ast.Subscript):
            yield from literals(child)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(BOT)))
def test_no_literal_is_shown_without_a_reader(path: Path) -> None:
    calls = [node for node in ast.walk(tree(path)) if isinstance(node, ast.Call)]
    found = [
        f"{path.name}:{call.lineno} {text!r}"
        for call in calls
        if name_of(call) in SHOWING - TYPED
        for argument in shown(call)
        for text in literals(argument)
        if _WORDS.search(text)
    ]
    assert found == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(BOT)))
def test_what_a_reader_says_can_be_extracted(path: Path) -> None:
    """A literal, or a value marked where it is written down."""
    module = tree(path)
    marked = {node.targets[0].id for node in module.body if _is_marked_table(node)}  # type: ignore[attr-defined]
    found = [
        f"{path.name}:{call.lineno} {ast.unparse(sentence)}"
        for call in ast.walk(module)
        if isinstance(call, ast.Call) and name_of(call) in SAYING and isinstance(call.func, ast.Attribute)
        for sentence in call.args[: 2 if name_of(call) == "many" else 1]
        if not _is_extractable(sentence, marked)
    ]
    assert found == []


def _is_marked_table(node: ast.stmt) -> bool:
    """``NAMES = {KEY: N_("..."), ...}``"""
    value = getattr(node, "value", None)
    targets = getattr(node, "targets", None) or [getattr(node, "target", None)]
    if not isinstance(value, ast.Dict) or not isinstance(targets[0], ast.Name):
        return False
    node.targets = targets  # type: ignore[attr-defined]
    return all(isinstance(v, ast.Call) and name_of(v) == "N_" for v in value.values)


def _is_extractable(sentence: ast.expr, marked: set[str]) -> bool:
    if isinstance(sentence, ast.Constant):
        return isinstance(sentence.value, str)
    if isinstance(sentence, ast.Subscript) and isinstance(sentence.value, ast.Name):
        return sentence.value.id in marked
    return ast.unparse(sentence) in MARKED_ELSEWHERE


MARKED_ELSEWHERE = {
    "verb.summary",  # N_ in each handler
    "_reason(error)",  # a row of a marked table
    "sentence",  # a parameter that callers fill with N_
}


def test_summaries_of_verbs_are_marked() -> None:
    for path in (BOT / "handlers").glob("[a-z]*.py"):
        for call in ast.walk(tree(path)):
            if isinstance(call, ast.Call) and name_of(call) == "Verb":
                summary = next(k.value for k in call.keywords if k.arg == "summary")
                assert isinstance(summary, ast.Call), path.name
                assert name_of(summary) == "N_", path.name


def test_the_rule_bites() -> None:
    bad = ast.parse('Card(RichText("Hello there"), (Text(RichText(f"Due {day} soon")),))')
    found = [
        text
        for call in ast.walk(bad)
        if isinstance(call, ast.Call) and name_of(call) in SHOWING
        for argument in shown(call)
        for text in literals(argument)
        if _WORDS.search(text)
    ]
    assert found == ["Hello there", "Due ", " soon"]
