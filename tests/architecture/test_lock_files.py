"""What a fresh machine installs is what pyproject.toml asks for, file by file."""

from __future__ import annotations

import re

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.architecture.sources import ROOT, settings

RUNTIME, DEVELOPMENT = "requirements.lock", "requirements-dev.lock"


def pins(file: str) -> dict[str, str]:
    """Library to version."""
    found = re.findall(r"^([\w.-]+)(?:\[[^]]*])?==([\w.+!]+)", (ROOT / file).read_text(), flags=re.MULTILINE)
    return {canonicalize_name(name): version for name, version in found}


def asked_for(file: str) -> list[str]:
    runtime: list[str] = settings()["project"]["dependencies"]
    return runtime if file == RUNTIME else runtime + settings()["dependency-groups"]["dev"]


@pytest.mark.parametrize("file", [RUNTIME, DEVELOPMENT])
def test_every_dependency_is_pinned_within_its_range(file: str) -> None:
    pinned = pins(file)
    for requirement in map(Requirement, asked_for(file)):
        assert requirement.specifier.contains(pinned[canonicalize_name(requirement.name)]), requirement


@pytest.mark.parametrize("file", [RUNTIME, DEVELOPMENT])
def test_every_pin_has_its_hashes(file: str) -> None:
    blocks = re.split(r"^(?=[\w.-]+(?:\[[^]]*])?==)", (ROOT / file).read_text(), flags=re.MULTILINE)
    assert [block for block in blocks if "==" in block and "--hash=sha256:" not in block] == []


@pytest.mark.parametrize("file", [RUNTIME, DEVELOPMENT])
def test_a_lock_file_names_no_host(file: str) -> None:
    assert "://" not in (ROOT / file).read_text()


def test_running_and_testing_use_the_same_versions() -> None:
    runtime, development = pins(RUNTIME), pins(DEVELOPMENT)
    assert {name: development[name] for name in runtime if name in development} == {
        name: version for name, version in runtime.items() if name in development
    }
