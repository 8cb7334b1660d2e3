from __future__ import annotations

from dataclasses import replace

import pytest

import bot.handlers
from bot.access import Rule
from bot.commands import Registry, discover
from bot.commands.project import key_for
from bot.handlers import mine, status


def test_a_handler_is_found_by_being_there() -> None:
    found = {command.verb.name for command in discover(bot.handlers)}
    assert {"new", "status", "help"} <= found


def test_known_names_come_first_and_the_rest_by_letter() -> None:
    names = [command.verb.name for command in discover(bot.handlers, ("status", "new", "no such verb"))]
    assert names[:2] == ["status", "new"]
    assert names[2:] == sorted(names[2:])


def test_two_handlers_cannot_claim_one_verb() -> None:
    with pytest.raises(ValueError, match="one verb"):
        Registry((status.command, replace(mine.command, verb=status.verb)))


def test_every_file_of_the_handlers_is_called_like_its_verb() -> None:
    for command in discover(bot.handlers):
        assert command.handle.__module__ == f"bot.handlers.{command.verb.name.replace('-', '_')}"


ASK_BY_THEMSELVES = {
    *("link", "undo", "person", "live", "stop"),  # of whom, and of what it is about
    *("criteria", "task", "tick", "note"),  # of the part in question
    *("proposals", "snooze", "feedback"),  # of what is the sender's own, or put to them
}


def test_what_changes_a_milestone_asks_for_more_than_sight() -> None:
    lenient = [
        c.verb.name for c in discover(bot.handlers) if c.verb.changes and c.rule in (Rule.VIEW, Rule.ANYONE)
    ]
    assert set(lenient) <= ASK_BY_THEMSELVES


def test_no_two_verbs_share_a_word() -> None:
    said = [word for verb in discover(bot.handlers).verbs for word in (verb.name, *verb.twins)]
    assert sorted(said) == sorted(set(said))


@pytest.mark.parametrize(
    ("name", "taken", "key"),
    [
        ("Apex", (), "APX"),
        ("Riverside", (), "RVR"),
        ("Ω", (), "PRJ"),
        ("A", (), "AP"),
        ("", (), "PRJ"),
        ("Zürich Süd", (), "ZRC"),
        ("Apex", ("APX",), "APX2"),
        ("Apex", ("APX", "APX2"), "APX3"),
        ("123 4", (), "PRJ"),
        ("aei", (), "AEI"),
    ],
)
def test_a_project_gets_a_short_key_of_its_own(name: str, taken: tuple[str, ...], key: str) -> None:
    assert key_for(name, taken) == key
