"""What every platform's ``tests/adapters/<platform>/contract.py`` provides: adapter, fake and people.

It defines ``open_harness(clock, core)``, an asynchronous context manager that yields a `Harness`.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from bot.ports import Adapter
from bot.refs import ConversationRef, MessageRef, PersonRef
from tests.contracts.adapter_contract.core import Core
from tests.fakes.clock import FakeClock


class Thing(StrEnum):
    """What platforms need not have.  A harness does it, or says in `Harness.absent` why there is none."""

    EDITED_WORDS = "people correct what they said"
    BOTS = "other bots speak"
    TOASTS = "a passing word after a press"
    LIMITED = "the next message is refused for being one too many"
    ANSWER_LOST = "the next message arrives and its answer does not"
    NOT_REACHED = "the platform's servers cannot be reached"
    CLOSED_PLACE = "a conversation that the bot may not write to"
    UNREACHABLE = "a person that the bot may not write to"
    BOT_ADDED = "the bot is added to a conversation"
    BOT_REMOVED = "the bot is thrown out"
    MOVED = "a conversation gets another id"


PAUSE = 7.0
"""Seconds that a harness's platform asks for when it refuses for being one too many."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A message of the bot as a person sees it now: words as read on the screen, without markup.

    ``moments`` counts the instants shown in the reader's own zone; ``pings`` whom the message calls;
    ``pictures`` how many drawings; ``origin`` is the fake's own object, for pressing.
    """

    id: str
    text: str
    buttons: tuple[str, ...] = ()
    pings: tuple[str, ...] = ()
    moments: int = 0
    pictures: int = 0
    origin: Any = None


@dataclass(frozen=True, slots=True)
class OpenForm:
    """A form as a person sees it."""

    title: str
    labels: tuple[str, ...]
    errors: Mapping[str, str]


class Harness(ABC):
    """Ana and Boris share ``group`` with the bot; both can be written to directly.

    Everything a person does returns when the bot has done what it had to do about it.  ``secrets`` are
    what no log line, finding or repr may hold; ``group_name`` what people call the group.
    """

    adapter: Adapter
    core: Core
    ana: PersonRef
    boris: PersonRef
    group: ConversationRef
    secrets: tuple[str, ...]
    absent: Mapping[Thing, str]

    # --- what people do -------------------------------------------------------------------------------

    @abstractmethod
    async def says(
        self, who: PersonRef, text: str, *, direct: bool = False, naming: PersonRef | None = None
    ) -> Any:
        """Words addressed to the bot; ``naming`` puts a mention of that person behind them.

        Returns what `delivers_again` and `corrects` take.
        """

    @abstractmethod
    async def commands(self, who: PersonRef, text: str, *, direct: bool = False) -> Any:
        """``/ms text``."""

    @abstractmethod
    async def presses(self, who: PersonRef, shown: Shown, label: str) -> Any: ...

    @abstractmethod
    async def delivers_again(self, done: Any) -> None:
        """The platform delivers the same thing once more."""

    @abstractmethod
    async def guesses(self, who: PersonRef, shown: Shown, token: str) -> None:
        """A press with a token that no button of the bot had."""

    @abstractmethod
    async def answers_with_photo(
        self, who: PersonRef, shown: Shown | None, name: str, content: bytes, text: str = ""
    ) -> Any:
        """A photo in answer to a message of the bot's in the group, or straight to the bot for None.

        Platforms that give photos no name leave ``name`` out of account."""

    async def corrects(self, said: Any, text: str) -> None:
        raise AssertionError(self.absent[Thing.EDITED_WORDS])

    async def another_bot_says(self, text: str) -> None:
        raise AssertionError(self.absent[Thing.BOTS])

    async def adds_bot(self) -> None:
        raise AssertionError(self.absent[Thing.BOT_ADDED])

    async def removes_bot(self) -> None:
        raise AssertionError(self.absent[Thing.BOT_REMOVED])

    async def moves_group(self) -> ConversationRef:
        """Returns the new address."""
        raise AssertionError(self.absent[Thing.MOVED])

    # --- forms: only called where ``capabilities.forms`` -----------------------------------------------

    def form(self, who: PersonRef) -> OpenForm | None:
        raise AssertionError("this platform has no forms")

    async def submits(self, who: PersonRef, **values: str) -> None:
        raise AssertionError("this platform has no forms")

    async def cancels(self, who: PersonRef) -> None:
        raise AssertionError("this platform has no forms")

    # --- what people see ----------------------------------------------------------------------------------

    @abstractmethod
    async def sees(self, who: PersonRef, where: ConversationRef) -> list[Shown]:
        """Everything of the bot's that this person sees there now, oldest first."""

    def toast(self) -> str:
        """The last passing word; empty when there was none."""
        raise AssertionError(self.absent[Thing.TOASTS])

    # --- what goes wrong ------------------------------------------------------------------------------------

    @abstractmethod
    async def vanishes(self, message: MessageRef) -> None:
        """The message is deleted by somebody else."""

    async def fails(self, how: Thing) -> None:
        """LIMITED (for `PAUSE` seconds), ANSWER_LOST or NOT_REACHED, from the next message on."""
        raise AssertionError(self.absent[how])

    def closed_place(self) -> ConversationRef:
        raise AssertionError(self.absent[Thing.CLOSED_PLACE])

    def unreachable(self) -> PersonRef:
        raise AssertionError(self.absent[Thing.UNREACHABLE])

    async def distrusted(self) -> Sequence[Adapter]:
        """Adapters that are set up wrongly, so that ``check()`` has something to find."""
        return ()


OpenHarness = Callable[[FakeClock, Core], AbstractAsyncContextManager[Harness]]
