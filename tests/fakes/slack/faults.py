"""What can be told to go wrong, method by method, call by call."""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import dataclass
from typing import Literal

When = Literal["before", "after"]
"""Whether the message exists when the caller is failed: before delivery, or after it."""


@dataclass(frozen=True)
class RateLimited:
    retry_after: int = 1


@dataclass(frozen=True)
class Status:
    """A bare HTTP status; the body is not JSON, as from a proxy."""

    code: int = 503
    when: When = "before"


@dataclass(frozen=True)
class Hang:
    """No answer at all until the server is released or stopped."""

    when: When = "after"


@dataclass(frozen=True)
class Reset:
    """The connection is torn down without an answer."""

    when: When = "after"


@dataclass(frozen=True)
class ErrorCode:
    code: str
    when: When = "before"


@dataclass(frozen=True)
class NotJson:
    when: When = "after"


Fault = RateLimited | Status | Hang | Reset | ErrorCode | NotJson


class FaultScript:
    """Each method has a queue; a call takes the first fault of its own queue, and otherwise succeeds."""

    def __init__(self) -> None:
        self._queues: defaultdict[str, deque[Fault | None]] = defaultdict(deque)
        self.taken: list[tuple[str, Fault]] = []

    def add(self, method: str, *faults: Fault | None, times: int = 1) -> None:
        """`None` lets one call through, to fail a later one."""
        self._queues[method].extend(faults * times)

    def take(self, method: str) -> Fault | None:
        queue = self._queues[method]
        fault = queue.popleft() if queue else None
        if fault is not None:
            self.taken.append((method, fault))
        return fault

    @property
    def left(self) -> dict[str, int]:
        """Faults that no call has met: a script that did not play is a test that proved nothing."""
        return {method: len(queue) for method, queue in self._queues.items() if queue}
