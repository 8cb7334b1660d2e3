"""Every folder in ``adapters/`` is held to the contract; one without a harness is told what it lacks."""

from __future__ import annotations

import importlib
import inspect
from pathlib import Path
from types import ModuleType

from tests.contracts.adapter_contract.harness import OpenHarness

ROOT = Path(__file__).parents[3]


class NoContract(AssertionError):
    """A platform that cannot be tested as the others are."""


def platforms(root: Path = ROOT) -> list[str]:
    """Names of the folders that hold an adapter."""
    return sorted(each.parent.name for each in (root / "adapters").glob("*/__init__.py"))


def contract_of(platform: str, root: Path = ROOT) -> OpenHarness:
    """Raises `NoContract`."""
    place = f"tests/adapters/{platform}/contract.py"
    if not (root / place).exists():
        raise NoContract(
            f"adapters/{platform} has no {place}: define open_harness(clock, core) there, which yields a"
            " tests.contracts.adapter_contract.harness.Harness; see the other platforms' files."
        )
    return opening(importlib.import_module(f"tests.adapters.{platform}.contract"), place)


def opening(module: ModuleType, place: str) -> OpenHarness:
    """Raises `NoContract`."""
    found = getattr(module, "open_harness", None)
    if not callable(found) or list(inspect.signature(found).parameters) != ["clock", "core"]:
        raise NoContract(f"{place} must define open_harness(clock, core).")
    opened: OpenHarness = found
    return opened
