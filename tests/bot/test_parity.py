"""Every verb, twin and example works in every place, says the same everywhere, and leads on when refused.

Made from the registry: a verb that is added takes part by being there.
"""

from __future__ import annotations

from collections import Counter

import pytest

from bot.app.parts import registry
from bot.cards import Card, RichText
from bot.commands import Command
from bot.language.command_line import read_sentence
from bot.language.dates import Habits
from bot.language.sentence import Surroundings
from tests.fakes.clock import START, FakeClock
from tests.fakes.databases import SqliteDatabases
from tests.scenarios.conversation import CAPABILITIES, a_stage
from tests.scenarios.surfaces import SURFACES, Surface, lines_of
from tests.scenarios.voice_rules import faults

WHO = ("ana", "vic", "eve")
"""Who owns APX-1, who only looks on, and who is from outside and has nothing here."""
BROKEN = ("Something went wrong", "I didn't get")
DIFFERS = {"link", "invite"}
"""Verbs that offer a link only where a platform can open one."""
COMMANDS = {command.verb.name: command for command in registry()}

Said = dict[tuple[str, str], str]
"""The first line of the answer by who said what."""


@pytest.mark.parametrize("name", COMMANDS)
async def test_every_word_for_it_works_everywhere(sqlite_databases: SqliteDatabases, name: str) -> None:
    wrong: list[str] = []
    said = {s: await _everything(sqlite_databases, s, COMMANDS[name], wrong) for s in SURFACES}
    assert wrong == []
    assert name in DIFFERS or _different(said) == []


async def _everything(
    databases: SqliteDatabases, surface: Surface, command: Command, wrong: list[str]
) -> Said:
    """Say all of it on one surface, and note what is wrong with the answers."""
    said: Said = {}
    with databases.migrated() as url:
        async with a_stage(url, FakeClock(), surface.furnish) as stage:
            for who in WHO:
                for line in lines_of(command):
                    answer = await surface.hears(stage, who, line)
                    assert answer.reply, f"{surface}, {who}: {line} is not answered"
                    wrong += [f"{surface}, {who}: {line}: {fault}" for fault in _faults(answer.reply.body)]
                    said[who, line] = answer.text.split("\n")[0]
    wrong += [f"{surface}, {key}: {first}" for key, first in said.items() if first.startswith(BROKEN)]
    return said


def _faults(body: object) -> list[str]:
    return faults(body) if isinstance(body, Card) else []


def _different(said: dict[Surface, Said]) -> list[str]:
    """What one platform answers otherwise than another in the same kind of place; only where a group cannot
    be answered privately may it be told less."""
    direct = [answers for surface, answers in said.items() if not surface.in_group]
    private = [a for s, a in said.items() if s.in_group and CAPABILITIES[s.platform].private_replies]
    return [
        f"{key}: {list(firsts)}"
        for alike in (direct, private)
        for key in alike[0]
        if len(firsts := Counter(answers[key] for answers in alike)) > 1
    ]


def test_no_word_stands_for_two_verbs() -> None:
    words = Counter(w for verb in registry().verbs for w in {verb.name, *verb.twins})
    assert [word for word, times in words.items() if times > 1] == []


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
def test_every_word_is_read_as_its_verb(command: Command) -> None:
    around = Surroundings(START.replace(tzinfo=None), Habits(), ("Ana", "Boris", "Chen"), ("APX",))
    for word in filter(str.strip, (command.verb.name, *(t for t in command.verb.twins if t != "?"))):
        line = f"{word} APX-1" if command.on_milestone else word
        assert read_sentence(RichText(line), registry().lexicon, around).verb == command.verb.name, line
