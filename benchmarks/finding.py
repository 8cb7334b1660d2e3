"""Finding again among very many milestones and notes: words that stand everywhere, rarely, nowhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from random import Random
from time import perf_counter

from sqlalchemy import Connection, text

from benchmarks.databases import WORKSPACE, Filled, the_id
from benchmarks.milestones import serving
from benchmarks.report import Line, at_most, fact
from benchmarks.requests import CHANNEL, command
from benchmarks.rounds import Spread
from bot.domain.finding import folded, ranked, wanted
from storage.columns import microseconds
from storage.engines import connect
from storage.repositories.hits import spelled_words

GOAL = 50.0  # milliseconds
_TIMES = 40
_BATCH = 5_000
_WORDS_IN_A_NOTE = 20
_PEOPLE = 50
_VOCABULARY = 20_000
_SYLLABLES = ("ka", "lo", "mi", "ren", "stu", "tor", "vel", "wan", "zi", "dra", "пол", "ста", "größ", "ñan")

_NOTE = """
INSERT INTO notes (workspace_id, id, milestone_id, author_id, at, text, edits)
VALUES (:workspace, :id, :milestone, :author, :at, :text, '[]')
"""
_FINDING = """
INSERT INTO findings (workspace_id, kind, item_id, milestone_id, by_id, words)
VALUES (:workspace, :kind, :id, :milestone, :author, {words})
"""
_SPELLED = {"sqlite": ":words", "postgresql": "array_to_tsvector(string_to_array(:words, ' '))"}

QUERIES: Mapping[str, str] = {
    "a word in every name": "signed",
    "a word in every third note": "crane",
    "two words that are everywhere": "signed client",
    "a word in one note of a hundred": "gravel",
    "a rare word": "zirconium",
    "a common and a rare word": "signed 77777",
    "a beginning of two letters": "cr",
    "a beginning of one word": "zirco",
    "a word of another script": "СТАРЕН",
    "nothing found": "xyzzyq",
    "nothing found, both words common": "crane xyzzyq",
}


async def finding(where: str, database: Filled) -> Sequence[Line]:
    """The store's answer with its ranking; and once from the signed command to the finished answer."""
    _write(database)
    times = await _in_the_store(database)
    whole = await _as_commands(database)
    lines: list[Line] = []
    for name, spent in times.items():
        lines.append(at_most(f"find {name}, {where}", Spread.of(spent), GOAL, "ms"))
        lines.append(at_most("  worst", _worst(spent), GOAL, "ms"))
    lines.append(fact(f"  from command to answer, all kinds, {where}", Spread.of(whole), "ms"))
    return lines


async def _in_the_store(database: Filled) -> Mapping[str, Sequence[float]]:
    store = database.open()
    found: dict[str, list[float]] = {name: [] for name in QUERIES}
    try:
        for _ in range(_TIMES):
            for name, query in QUERIES.items():
                begun = perf_counter()
                words = wanted(query)
                hits = await store.read(lambda uow, w=words: uow.findings.find(WORKSPACE, w))  # type: ignore[misc]  # bound now
                ranked(hits, words)
                found[name].append((perf_counter() - begun) * 1000)
                assert bool(hits) != name.startswith("nothing"), name
    finally:
        await store.close()
    return {name: spent[1:] for name, spent in found.items()}


async def _as_commands(database: Filled) -> Sequence[float]:
    spent: list[float] = []
    async with serving({database.milestones: database}) as slack:
        ours = slack[database.milestones]
        for _ in range(_TIMES // 3):
            for query in QUERIES.values():
                asked = command(f"find {query}", CHANNEL)
                begun = perf_counter()
                await ours.answer(asked)
                spent.append((perf_counter() - begun) * 1000)
    return spent[len(QUERIES) :]


def _worst(spent: Sequence[float]) -> Spread:
    return Spread(max(spent), max(spent), max(spent))


def _write(database: Filled) -> None:
    """As many notes as there are milestones, all of it indexed as the repositories do."""
    engine = connect(database.url)
    with engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            connection.connection.driver_connection.execute("PRAGMA synchronous = OFF")  # type: ignore[union-attr]  # it is there
        with connection.begin():
            if connection.dialect.name == "postgresql":
                connection.execute(text("SET LOCAL statement_timeout = 0"))
            _fill(connection, database.milestones)
            connection.execute(text("ANALYZE"))  # what autovacuum would do in a minute
    engine.dispose()


def _fill(connection: Connection, milestones: int) -> None:
    found = text(_FINDING.format(words=_SPELLED[connection.dialect.name]))
    for batch in _batches(range(milestones)):
        connection.execute(found, [_named(number) for number in batch])
    now, random = microseconds(datetime.now(UTC)), Random(7)
    words = [_word(random) for _ in range(_VOCABULARY)]
    for batch in _batches(range(milestones)):
        notes = [_noted(number, _said(number, random, words), now) for number in batch]
        connection.execute(text(_NOTE), notes)
        connection.execute(found, notes)


def _batches(numbers: range) -> Iterator[range]:
    for start in range(0, len(numbers), _BATCH):
        yield numbers[start : start + _BATCH]


def _word(random: Random) -> str:
    return "".join(random.choice(_SYLLABLES) for _ in range(random.randint(2, 4)))


def _said(number: int, random: Random, words: Sequence[str]) -> str:
    """Few words are said often: the square of chance."""
    said = [words[int(random.random() ** 2 * len(words))] for _ in range(_WORDS_IN_A_NOTE)]
    said += ["crane"] if number % 3 == 0 else []
    said += ["gravel"] if number % 100 == 0 else []
    said += ["zirconium"] if number % 20_000 == 0 else []
    said += ["старен"] if number % 500 == 0 else []
    return " ".join(said)


def _named(number: int) -> dict[str, object]:
    name = f"P{number % 100} {number // 100 + 1} Signed off by client {number}"
    ident = the_id("d", number)
    return _row("milestone", ident, ident, None, name)


def _noted(number: int, said: str, now: int) -> dict[str, object]:
    author = the_id("b", number % _PEOPLE)
    row = _row("note", the_id("e", number), the_id("d", number), author, said)
    return {**row, "text": said, "at": now + number}


def _row(kind: str, ident: str, milestone: str, author: str | None, said: str) -> dict[str, object]:
    words = spelled_words(WORKSPACE, kind, folded(said))
    whole = {"workspace": WORKSPACE, "kind": kind, "id": ident, "milestone": milestone}
    return {**whole, "author": author, "words": words}
