"""The core as adapters see it: takes each key once, as the inbox does, and answers what a test says."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from bot.messages import Incoming, Reply

T = TypeVar("T")
Answer = Callable[[Incoming], Reply | None]


class Core:
    """``received`` is everything that came; ``new`` only what came for the first time."""

    def __init__(self) -> None:
        self.received: list[Incoming] = []
        self.new: list[Incoming] = []
        self._answer: Answer = lambda _: None

    def answers(self, answer: Reply | Answer) -> None:
        self._answer = answer if callable(answer) else lambda _: answer

    async def receive(self, incoming: Incoming) -> Reply | None:
        known = any(incoming.key == earlier.key for earlier in self.received)
        self.received.append(incoming)
        if known:
            return None
        self.new.append(incoming)
        return self._answer(incoming)

    def only(self, kind: type[T]) -> T:
        """The one thing that came, which is of this kind."""
        assert [type(each) for each in self.new] == [kind], self.new
        found = self.new[0]
        assert isinstance(found, kind)
        return found

    def last(self, kind: type[T]) -> T:
        assert self.new, "nothing came"
        assert isinstance(self.new[-1], kind), self.new[-1]
        return self.new[-1]

    def forget(self) -> None:
        self.received.clear()
        self.new.clear()
