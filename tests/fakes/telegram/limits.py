"""Telegram's published rates as sliding windows: counted always, refused only when asked to."""

from collections import defaultdict, deque
from dataclasses import dataclass, field

from tests.fakes.telegram.refusals import too_many_requests


@dataclass(frozen=True)
class Window:
    messages: int
    seconds: float


OVERALL = Window(30, 1.0)
PER_CHAT = Window(1, 1.0)
PER_GROUP = Window(20, 60.0)


@dataclass
class RateLimits:
    enforced: bool = False
    violations: int = 0
    _sent: dict[tuple[str, int], deque[float]] = field(default_factory=lambda: defaultdict(deque))

    def count(self, chat_id: int, now: float) -> None:
        own = PER_GROUP if chat_id < 0 else PER_CHAT
        waits = [self._wait(("chat", chat_id), own, now), self._wait(("bot", 0), OVERALL, now)]
        if max(waits) > 0:
            self.violations += 1
            if self.enforced:
                raise too_many_requests(int(max(waits)) + 1)
        self._sent[("chat", chat_id)].append(now)
        self._sent[("bot", 0)].append(now)

    def _wait(self, key: tuple[str, int], window: Window, now: float) -> float:
        sent = self._sent[key]
        while sent and sent[0] <= now - window.seconds:
            sent.popleft()
        return sent[0] + window.seconds - now if len(sent) >= window.messages else 0.0
