"""Every outside library has one home, named in pyproject.toml; the domain has almost none."""

from __future__ import annotations

import pytest

from tests.architecture.sources import contracts, is_third_party, product

VALUE_MODULES = {
    "__future__", "abc", "bisect", "calendar", "collections", "dataclasses", "datetime", "decimal",
    "enum", "fractions", "functools", "hashlib", "heapq", "itertools", "math", "operator", "re",
    "statistics", "string", "types", "typing", "unicodedata", "zoneinfo",
}  # fmt: skip
"""What pure code needs of the standard library: no files, no network, no clock, no chance."""

DOMAIN_NEIGHBOURS = ("bot.domain", "bot.refs", "bot.errors")
WORK_UNSEEN = {
    "aiohttp": {"adapters.slack"},  # Bolt's HTTP
    "holidays": {"bot.domain"},
    "psycopg": {"storage"},  # SQLAlchemy's driver
    "pydantic": {"bot.config"},  # what settings are made of
}
"""Homes of libraries that do their work without necessarily being imported."""

BEHIND_ONE_MODULE = ("dateutil", "holidays", "numpy")


def homes() -> dict[str, set[str]]:
    """Library to the modules that may import it, from the contracts that protect one."""
    return WORK_UNSEEN | {
        library: set(contract["allowed_importers"])
        for contract in contracts()
        if contract["type"] == "protected"
        for library in contract["protected_modules"]
        if is_third_party(library)
    }


def lives_in(module: str, home: str) -> bool:
    return f"{module}.".startswith(f"{home}.")


def may_import(module: str, library: str) -> bool:
    return any(lives_in(module, home) for home in homes().get(library.partition(".")[0], ()))


def test_every_outside_library_has_a_home_and_stays_there() -> None:
    astray = [
        f"{source.name} imports {imported}"
        for source in product()
        for imported in source.imports
        if is_third_party(imported) and not may_import(source.name, imported)
    ]
    assert not astray


@pytest.mark.parametrize(
    ("module", "library"),
    [
        ("bot.people", "psycopg"),
        ("adapters.web.send", "aiohttp"),
        ("bot.messages", "pydantic"),
        ("bot.reminders.planner", "holidays"),
        ("bot.app", "requests"),
        ("bot.appendix", "uvicorn"),
    ],
)
def test_a_library_away_from_home_is_not_welcome(module: str, library: str) -> None:
    assert not may_import(module, library)


@pytest.mark.parametrize(
    ("module", "library"), [("storage.database", "psycopg.rows"), ("bot.app", "uvicorn")]
)
def test_a_library_at_home_is_welcome(module: str, library: str) -> None:
    assert may_import(module, library)


def test_the_domain_imports_values_only() -> None:
    foreign = [
        f"{source.name} imports {imported}"
        for source in product()
        if lives_in(source.name, "bot.domain")
        for imported in source.imports
        if imported.partition(".")[0] not in VALUE_MODULES | set(BEHIND_ONE_MODULE)
        and not any(lives_in(imported, neighbour) for neighbour in DOMAIN_NEIGHBOURS)
    ]
    assert not foreign


@pytest.mark.parametrize("library", BEHIND_ONE_MODULE)
def test_a_heavy_library_stays_behind_one_module_of_the_domain(library: str) -> None:
    users = {s.name for s in product() if any(lives_in(imported, library) for imported in s.imports)}
    assert len(users) <= 1
