"""A new platform is one folder: it is found, told what it owes, and held to the same contract."""

from __future__ import annotations

import shutil
from pathlib import Path
from types import ModuleType

import pytest

from tests.contracts.adapter_contract.discovery import ROOT, NoContract, contract_of, opening, platforms
from tests.contracts.adapter_contract.harness import Harness, Thing


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """The project's adapters, and a folder beside them that somebody copied to begin a new platform."""
    shutil.copytree(ROOT / "adapters", tmp_path / "adapters", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(tmp_path / "adapters" / "web", tmp_path / "adapters" / "carrier_pigeon")
    return tmp_path


def test_every_folder_of_an_adapter_is_found_and_brings_its_harness() -> None:
    assert platforms() == ["slack", "telegram", "web"]
    for platform in platforms():
        assert callable(contract_of(platform))


def test_a_copied_folder_is_a_platform_and_is_told_what_it_owes(copied: Path) -> None:
    assert "carrier_pigeon" in platforms(copied)
    with pytest.raises(NoContract) as told:
        contract_of("carrier_pigeon", copied)
    assert "tests/adapters/carrier_pigeon/contract.py" in str(told.value)
    assert "open_harness(clock, core)" in str(told.value)


def test_a_folder_without_a_package_is_no_platform(copied: Path) -> None:
    (copied / "adapters" / "notes").mkdir()
    assert "notes" not in platforms(copied)


def test_a_contract_that_opens_nothing_is_refused() -> None:
    empty = ModuleType("contract")
    with pytest.raises(NoContract):
        opening(empty, "tests/adapters/toy/contract.py")
    empty.open_harness = lambda: None  # type: ignore[attr-defined]
    with pytest.raises(NoContract):
        opening(empty, "tests/adapters/toy/contract.py")


def test_a_harness_that_leaves_something_out_cannot_be_made() -> None:
    class Lazy(Harness):
        async def commands(self, *_: object, **__: object) -> None: ...

    with pytest.raises(TypeError, match="presses"):
        Lazy()  # type: ignore[abstract]


async def test_what_a_platform_does_not_have_it_gives_a_reason_for(on: Harness) -> None:
    assert set(on.absent) <= set(Thing)
    assert all(len(reason.split()) > 3 for reason in on.absent.values())
