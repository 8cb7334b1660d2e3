from __future__ import annotations

import os
from pathlib import Path

import pytest

from bot.errors import ConfigError
from storage.database import hold_lock


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/data/milepost.sqlite3"


def test_a_second_process_is_refused_with_one_sentence(url: str) -> None:
    with hold_lock(url), pytest.raises(ConfigError) as refused, hold_lock(url):
        pass
    assert str(refused.value).count(".") >= 1
    assert f"process {os.getpid()}" in str(refused.value)
    assert "DATABASE_URL" in str(refused.value)


def test_the_lock_is_free_again_afterwards(url: str) -> None:
    with hold_lock(url):
        pass
    with hold_lock(url):
        pass


def test_two_databases_have_two_locks(url: str, tmp_path: Path) -> None:
    with hold_lock(url), hold_lock(f"sqlite:///{tmp_path}/other.sqlite3"):
        pass


@pytest.mark.parametrize("shared", ["postgresql://localhost/milepost", "sqlite://"])
def test_what_needs_no_lock_takes_none(shared: str) -> None:
    with hold_lock(shared), hold_lock(shared):
        pass
