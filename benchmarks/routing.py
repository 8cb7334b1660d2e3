"""A command that does nothing: what our way costs on top of Bolt's, with one verb and with two hundred."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from types import SimpleNamespace
from typing import Any, cast

from benchmarks.report import Line, at_least, fact
from benchmarks.requests import CHANNEL, TEAM, USER
from benchmarks.rounds import ROUNDS, contest
from benchmarks.slack import Bolt, Ours, timed
from bot.access import Rule
from bot.clock import SystemClock
from bot.commands import Command, Context, Registry
from bot.dialogs import Asked
from bot.dispatcher import Dispatcher
from bot.dispatcher.turn import Setting
from bot.domain.people import Identity, Person, Role, Workspace
from bot.messages import Incoming, Reply, SlashCommand
from bot.ports import Capabilities, KnownPlace, Scene, Store, UnitOfWork
from bot.refs import ConversationRef, PersonRef
from bot.verbs import Verb

_TIMES = 800
_MANY = 200


async def routing() -> Sequence[Line]:
    one, many = _registry(1), _registry(_MANY)
    first, last = Ours(Router(one)), f"verb{_MANY - 1}"
    runs = {
        "bolt": timed(Bolt().answer, lambda: "verb0", _TIMES),
        "acknowledged": timed(first.acknowledge, lambda: "verb0", _TIMES, afterwards=first.catch_up),
        "routed": timed(Ours(Router(one)).answer, lambda: "verb0", _TIMES),
        "routed, many": timed(Ours(Router(many)).answer, lambda: last, _TIMES),
        "turn": timed(Ours(_dispatcher(one)).answer, lambda: "verb0", _TIMES),
        "turn, many": timed(Ours(_dispatcher(many)).answer, lambda: last, _TIMES),
    }
    found = await contest(runs)
    assert _Nothing.done == 5 * _TIMES * (ROUNDS + 1), "a turn failed"
    return (
        fact("Bolt's no-op, one listener, signed", found.of("bolt") / 1e-6, "µs"),
        fact("  ours until it is acknowledged, share of Bolt's", found.share("acknowledged", "bolt"), ""),
        at_least("1 no-op until its handler has run, share of Bolt's", found.share("routed", "bolt"), 0.85),
        at_least("1 the same with 200 verbs, share of one verb", found.share("routed, many", "routed"), 0.97),
        fact("  whole turn without a database, share of Bolt's", found.share("turn", "bolt"), ""),
        at_least("1 whole turn with 200 verbs, share of one verb", found.share("turn, many", "turn"), 0.97),
    )


class Router:
    """A receiver that finds the verb and calls its handler, and nothing else."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry

    async def receive(self, incoming: Incoming) -> Reply | None:
        assert isinstance(incoming, SlashCommand)
        command = self._registry.get(incoming.text.text.partition(" ")[0])
        assert command is not None
        return command.handle(cast(Context, None), Asked())


class _AtOnce:
    """A store without a database: the work runs here and now."""

    def __init__(self) -> None:
        self._unit = cast(
            UnitOfWork, SimpleNamespace(workspaces=SimpleNamespace(scenes=_scenes), actions=None)
        )

    async def read(self, work: Callable[[UnitOfWork], Any]) -> Any:
        return work(self._unit)


def _dispatcher(registry: Registry) -> Dispatcher:
    capabilities = {"slack": Capabilities(forms=True, private_replies=True, can_find=True)}
    setting = Setting(registry=registry, capabilities=capabilities, new_code=str)
    return Dispatcher(cast(Store, _AtOnce()), setting, SystemClock(), str)


def _registry(verbs: int) -> Registry:
    return Registry(tuple(_command(f"verb{number}") for number in range(verbs)))


def _command(name: str) -> Command:
    verb = Verb(name=name, summary="Do nothing", usage="", examples=(name,), twins=(f"{name} twin",))
    return Command(verb=verb, rule=Rule.VIEW, handle=_Nothing.handle)


class _Nothing:
    """What every verb does here; counted, for a turn that fails would be fast."""

    done = 0

    @classmethod
    def handle(cls, ctx: Context, asked: Asked) -> Reply:
        cls.done += 1
        return Reply()


_WHERE = ConversationRef("slack", TEAM, CHANNEL)
_WHO = PersonRef("slack", TEAM, USER)
_SCENE = Scene(
    workspace=Workspace("w", "Team"),
    person=Person("p", "w", "Ana Costa", Role.MEMBER, "Europe/Berlin"),
    identity=Identity("p", "w", _WHO),
    place=KnownPlace("w", _WHERE, "launch", is_direct=False),
    project=None,
    installed=True,
    chosen=False,
)


def _scenes(sender: PersonRef, conversation: ConversationRef) -> tuple[Scene, ...]:
    return (_SCENE,)
