"""What the pages tell people to type is understood, and the verb that CONTRIBUTING adds works."""

from __future__ import annotations

import re
import sys
from collections.abc import AsyncIterator, Iterator
from datetime import datetime
from pathlib import Path

import pytest

import bot.handlers
from bot.app.parts import registry
from bot.cards import RichText
from bot.language.command_line import read_sentence
from bot.language.dates import Habits
from bot.language.recurring import find_repeat
from bot.language.sentence import Sentence, Surroundings
from tests.docs.pages import ROOT, code, fenced
from tests.fakes.clock import FakeClock
from tests.scenarios.conversation import Stage, a_stage

README, CONTRIBUTING = ROOT / "README.md", ROOT / "CONTRIBUTING.md"
AROUND = Surroundings(
    datetime(2026, 3, 4, 10, 0),  # noqa: DTZ001  # sentences are read on the sender's wall clock
    Habits(),
    ("Ana", "Boris", "Chen"),
    ("APX", "RVS"),
)


def _typed() -> Iterator[str]:
    """Whole sentences: the blocks of plain text, what stands after ``/ms``, and the verbs' own examples."""
    for block in fenced(README, "text"):
        yield from block.splitlines()
    for text in code(README):
        said = re.fullmatch(r"/(?:ms|milestone) ([^…]+)", text)
        if said:
            yield said[1]
    for verb in registry().verbs:
        yield from verb.examples


def _read(line: str) -> Sentence:
    return read_sentence(RichText(line), registry().lexicon, AROUND)


@pytest.mark.parametrize("line", dict.fromkeys(_typed()))
def test_every_line_people_are_told_to_type_is_understood(line: str) -> None:
    sentence = _read(line)
    assert sentence.verb in _verbs_said_in(line)
    if sentence.verb == "new":
        assert sentence.title
        assert sentence.when or find_repeat(line, AROUND.now, AROUND.habits)
    if sentence.verb == "move":
        assert sentence.pointer
        assert sentence.when


def _verbs_said_in(line: str) -> set[str]:
    """Those of which a word for it, of one word or several, stands in the line."""
    plain = f" {line.casefold()} "
    return {v.name for v in registry().verbs if any(f" {word} " in plain for word in (v.name, *v.twins))}


def test_a_line_with_a_mistyped_verb_is_not() -> None:
    assert _read("mvoe RVS-3 to 12 June").verb is None


@pytest.fixture
def _verb_of_the_guide(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The example of CONTRIBUTING, as a file beside the other handlers."""
    (example,) = (block for block in fenced(CONTRIBUTING, "python") if block.startswith('"""due:'))
    (tmp_path / "due.py").write_text(example, "utf-8")
    monkeypatch.setattr(bot.handlers, "__path__", [*bot.handlers.__path__, str(tmp_path)])
    yield
    sys.modules.pop("bot.handlers.due", None)
    vars(bot.handlers).pop("due", None)


@pytest.fixture
async def stage(_verb_of_the_guide: None, database_url: str, clock: FakeClock) -> AsyncIterator[Stage]:
    async with a_stage(database_url, clock) as made:
        yield made


async def test_the_verb_of_the_guide_answers(stage: Stage) -> None:
    answer = await stage.person("ana").commands("due APX-1")
    milestone = await stage.milestone("APX-1")
    assert answer.text.startswith(f"{milestone.title} is due ")


async def test_the_verb_of_the_guide_shows_nothing_to_strangers(stage: Stage) -> None:
    milestone = await stage.milestone("APX-1")
    answer = await stage.person("olaf", tenant="T2").commands("due APX-1", where=None)
    assert milestone.title not in answer.text


async def test_the_verb_of_the_guide_is_in_help(stage: Stage) -> None:
    answer = await stage.person("ana").commands("help all")
    assert "due APX-1" in answer.text
