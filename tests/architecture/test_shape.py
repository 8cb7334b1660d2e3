"""Size, names and habits of the product's code."""

from __future__ import annotations

import ast
import re
from collections import Counter
from statistics import quantiles

import pytest

from tests.architecture.sources import ROOT, Source, dotted, product, suite

LONGEST_MODULE = 300
LONGEST_FUNCTION = 50
NINE_IN_TEN_FUNCTIONS = 25

ADAPTER_FILES = {"__init__", "config", "receive", "render", "send", "errors", "limits"}

MAY_CATCH_EVERYTHING = {
    "bot.dispatcher.dispatcher",  # a handler's surprise becomes a reference for the person, and a log line
    "bot.reminders.scheduler",  # one failed tick must not end the ticking
    "bot.reminders.relay",  # one message that cannot be sent must not hold the others
    "adapters.telegram.intake",  # what cannot be saved now is asked for again, the poll loop goes on
    "adapters.slack.guard",  # the guard before the signature check: never a 500 for a stranger
}

SAYS_NOTHING = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "managers", "base", "core"}
UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX|HACK|NotImplementedError|for now)\b")
WALL_CLOCK = {"datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time", "time.time_ns"}
SLEEPING = {"time.sleep", "asyncio.sleep", "wait_for_timeout"}
REAL_TIME = WALL_CLOCK | SLEEPING | {"time.monotonic", "time.perf_counter"}


def calls(source: Source, names: set[str]) -> list[str]:
    """Where something of these names is called; ``asyncio.sleep(0)`` only lets others go first."""
    return [
        f"{source.at(node)} {dotted(node.func)}"
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Call) and _named(node, names) and not _yields(node)
    ]


def _named(call: ast.Call, names: set[str]) -> bool:
    return any(f".{dotted(call.func)}".endswith(f".{name}") for name in names)


def _yields(call: ast.Call) -> bool:
    return [ast.dump(argument) for argument in call.args] == [ast.dump(ast.Constant(0))]


def length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1


def catches_everything(handler: ast.ExceptHandler) -> bool:
    caught = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return any(kind is None or dotted(kind) in {"Exception", "BaseException"} for kind in caught)


def suppresses_everything(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Call)
        and _named(node, {"suppress"})
        and any(dotted(kind) in {"Exception", "BaseException"} for kind in node.args)
    )


def broad_catches(source: Source) -> list[ast.AST]:
    return [
        node
        for node in ast.walk(source.tree)
        if (isinstance(node, ast.ExceptHandler) and catches_everything(node)) or suppresses_everything(node)
    ]


def test_no_module_is_longer_than_a_few_screens() -> None:
    long = {s.name: s.lines for s in (*product(), *suite()) if s.lines > LONGEST_MODULE}
    assert not long


def test_no_function_is_longer_than_a_screen() -> None:
    long = {s.at(f): length(f) for s in product() for f in s.functions if length(f) > LONGEST_FUNCTION}
    assert not long


def test_nine_functions_in_ten_are_read_at_a_glance() -> None:
    assert quantiles((length(f) for s in product() for f in s.functions), n=10)[-1] <= NINE_IN_TEN_FUNCTIONS


def test_everything_is_caught_in_five_places_only() -> None:
    places = Counter(source.name for source in product() for _ in broad_catches(source))
    assert set(places) <= MAY_CATCH_EVERYTHING
    assert all(times == 1 for times in places.values()), places


def test_every_adapter_has_the_same_files() -> None:
    folders = [folder for folder in (ROOT / "adapters").iterdir() if (folder / "__init__.py").exists()]
    files = {folder.name: {path.stem for path in folder.glob("*.py")} for folder in folders}
    assert not {name: missing for name, found in files.items() if (missing := ADAPTER_FILES - found)}


def test_names_of_modules_say_what_is_inside() -> None:
    assert not [source.name for source in product() if source.path.stem in SAYS_NOTHING]


def test_nothing_is_left_unfinished() -> None:
    assert not [source.name for source in product() if UNFINISHED.search(source.text)]


def test_only_the_clock_reads_the_clock() -> None:
    readers = [call for s in product() if s.name != "bot.clock" for call in calls(s, WALL_CLOCK)]
    assert not readers


def test_no_test_sleeps_or_reads_the_real_clock() -> None:
    outside = (s for s in suite() if not s.name.startswith("tests.faults"))
    assert not [call for source in outside for call in calls(source, REAL_TIME)]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("time.sleep(1)", 1),
        ("from datetime import datetime\ndatetime.now(UTC)", 1),
        ("await asyncio.sleep(0.1)", 1),
        ("page.wait_for_timeout(50)", 1),
        ("await asyncio.sleep(0)", 0),
        ("clock.now()", 0),
        ("await clock.sleep(1)", 0),
    ],
)
def test_sleeping_and_clock_reading_are_recognised(text: str, count: int) -> None:
    source = Source("planted", ROOT / "planted.py", text, ast.parse(text))
    assert len(calls(source, REAL_TIME)) == count


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("try: x()\nexcept Exception: y()", 1),
        ("try: x()\nexcept: y()", 1),
        ("try: x()\nexcept (OSError, BaseException): y()", 1),
        ("with contextlib.suppress(Exception): x()", 1),
        ("try: x()\nexcept OSError: y()", 0),
    ],
)
def test_catching_everything_is_recognised(text: str, count: int) -> None:
    source = Source("planted", ROOT / "planted.py", text, ast.parse(text))
    assert len(broad_catches(source)) == count
