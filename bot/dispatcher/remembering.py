"""Remember which buttons a turn offered, so that a refusal can store them after its rollback."""

from __future__ import annotations

from datetime import datetime

from bot.ports import StoredAction, StoredActions


class Remembering:
    """A `StoredActions` that keeps what was offered."""

    def __init__(self, actions: StoredActions) -> None:
        self._actions = actions
        self.offered: list[StoredAction] = []

    def offer(self, action: StoredAction, at: datetime) -> str:
        self.offered.append(action)
        return self._actions.offer(action, at)

    def get(self, token: str) -> StoredAction | None:
        return self._actions.get(token)

    def forget_expired(self) -> int:
        return self._actions.forget_expired()
