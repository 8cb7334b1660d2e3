"""The product's own source, parsed once, for the tests that hold it to the rules of the house."""

from __future__ import annotations

import ast
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
PRODUCT = ("bot", "storage", "adapters")


@dataclass(frozen=True)
class Source:
    """One module: its dotted name, where it is, its text and its tree."""

    name: str
    path: Path
    text: str
    tree: ast.Module

    @property
    def lines(self) -> int:
        return len(self.text.splitlines())

    @property
    def functions(self) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
        return (
            node for node in ast.walk(self.tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        )

    @property
    def imports(self) -> Iterator[str]:
        """What is imported, inside functions too. Relative imports stay within a room."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                yield from (f"{node.module}.{alias.name}" for alias in node.names)

    def at(self, node: ast.AST) -> str:
        return f"{self.path.relative_to(ROOT)}:{getattr(node, 'lineno', 1)}"


@cache
def product() -> tuple[Source, ...]:
    """Migrations are records of what happened, not code that changes."""
    return tuple(
        source for top in PRODUCT for source in _read(ROOT / top) if "versions" not in source.path.parts
    )


@cache
def suite() -> tuple[Source, ...]:
    return _read(ROOT / "tests")


@cache
def settings() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text())


def contracts() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = settings()["tool"]["importlinter"]["contracts"]
    return found


def is_third_party(module: str) -> bool:
    top = module.partition(".")[0]
    return top not in sys.stdlib_module_names and top not in PRODUCT


def _read(folder: Path) -> tuple[Source, ...]:
    return tuple(_parse(path) for path in sorted(folder.rglob("*.py")))


def _parse(path: Path) -> Source:
    text = path.read_text(encoding="utf-8")
    name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    return Source(name, path, text, ast.parse(text, str(path)))


def dotted(node: ast.AST) -> str:
    """``a.b.c`` of an attribute chain, with whatever it hangs on left out."""
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}".lstrip(".")
    return node.id if isinstance(node, ast.Name) else ""
