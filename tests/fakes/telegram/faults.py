"""What goes wrong, by script: the next calls of a method fail, before or after their effect."""

from dataclasses import dataclass, field
from enum import Enum

from tests.fakes.telegram.refusals import Refusal
from tests.fakes.telegram.refusals import too_many_requests as refuse_for


class Way(Enum):
    REFUSE = "refuse"
    STATUS = "status"
    HANG = "hang"
    RESET = "reset"
    NOT_JSON = "not json"


@dataclass(frozen=True)
class Fault:
    """`after` means that the effect has happened and only the answer is lost."""

    way: Way
    after: bool = False
    refusal: Refusal | None = None
    status: int = 502


def too_many_requests(seconds: int) -> Fault:
    return Fault(Way.REFUSE, refusal=refuse_for(seconds))


def refused(refusal: Refusal) -> Fault:
    return Fault(Way.REFUSE, refusal=refusal)


def server_error(status: int = 502, *, after: bool = False) -> Fault:
    return Fault(Way.STATUS, after=after, status=status)


def hang(*, after: bool = True) -> Fault:
    return Fault(Way.HANG, after=after)


def reset(*, after: bool = True) -> Fault:
    return Fault(Way.RESET, after=after)


def not_json(*, after: bool = True) -> Fault:
    return Fault(Way.NOT_JSON, after=after)


@dataclass
class _Planned:
    method: str
    fault: Fault
    chat: int | None
    times: int


@dataclass
class FaultScript:
    _planned: list[_Planned] = field(default_factory=list)

    def add(self, method: str, fault: Fault, *, chat: int | None = None, times: int = 1) -> None:
        self._planned.append(_Planned(method.lower(), fault, chat, times))

    def next_for(self, method: str, chat: object) -> Fault | None:
        for planned in self._planned:
            if planned.times > 0 and planned.method == method.lower() and planned.chat in (None, chat):
                planned.times -= 1
                return planned.fault
        return None

    def left(self) -> int:
        """Faults that nothing has met: a test that planned them proved less than it meant to."""
        return sum(planned.times for planned in self._planned)
