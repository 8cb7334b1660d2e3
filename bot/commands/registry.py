"""Verbs paired with their handlers, discovered from `bot.handlers`."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import ModuleType

from bot.access import Rule
from bot.commands.context import Context
from bot.dialogs import Asked
from bot.language.verb_words import Lexicon
from bot.messages import Reply
from bot.verbs import Verb

Handler = Callable[[Context, Asked], Reply]
TakeApart = Callable[[Context, Asked], Asked]


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """``on_milestone``: the verb is about one milestone, which is pointed at and checked before the
    handler runs; ``rule`` is asked of every command, button and form alike; ``take_apart`` reads words that
    only this verb understands ("criteria add APX-1 …") before anything is pointed at, and leaves alone what
    was taken apart before.

    ``for_many``: it can be done to several milestones at once; then its handler saves by `record` alone and
    tells owners by `tell_owner`, so that it can be drafted, and ``choice_for_many`` answers what it would ask
    about each one."""

    verb: Verb
    rule: Rule
    handle: Handler
    on_milestone: bool = False
    take_apart: TakeApart | None = None
    for_many: bool = False
    choice_for_many: str = ""


class Registry:
    """Commands by name, in the order people should meet them."""

    def __init__(self, commands: tuple[Command, ...]) -> None:
        self._by_name = {command.verb.name: command for command in commands}
        if len(self._by_name) != len(commands):
            raise ValueError("two handlers claim one verb")
        self.lexicon = Lexicon(command.verb for command in commands)

    def __iter__(self) -> Iterator[Command]:
        return iter(self._by_name.values())

    def get(self, name: str) -> Command | None:
        return self._by_name.get(name)

    @property
    def verbs(self) -> tuple[Verb, ...]:
        return self.lexicon.verbs


def known(ctx: Context, name: str) -> Command | None:
    """The command of this name, for a verb that is about another."""
    found = ctx.registry.get(name) if ctx.registry else None
    return found if isinstance(found, Command) else None


def everything(ctx: Context) -> tuple[Command, ...]:
    return tuple(found for found in ctx.registry or () if isinstance(found, Command))


def discover(package: ModuleType, order: tuple[str, ...] = ()) -> Registry:
    """Every module of ``package`` that has a ``command``; ``order`` names come first."""
    found = {c.verb.name: c for c in map(_command, _modules(package)) if c is not None}
    names = [n for n in order if n in found] + sorted(n for n in found if n not in order)
    return Registry(tuple(found[name] for name in names))


def _modules(package: ModuleType) -> Iterator[ModuleType]:
    for info in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
        yield importlib.import_module(info.name)


def _command(module: ModuleType) -> Command | None:
    command = getattr(module, "command", None)
    return command if isinstance(command, Command) else None
