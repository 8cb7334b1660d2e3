"""Long polling: a batch is confirmed, by asking for what comes after it, only when all of it is saved."""

from __future__ import annotations

import asyncio
import json
import logging
from typing import cast
from urllib.parse import urlencode

from telegram.error import Conflict, RetryAfter, TelegramError
from telegram.request import BaseRequest

from adapters.telegram.errors import wait_of
from adapters.telegram.intake import Intake, Raw
from adapters.telegram.limits import LONG_POLL_SECONDS, READ_SECONDS, UPDATES_AT_ONCE
from adapters.telegram.receive import ALLOWED_UPDATES
from bot.clock import Clock
from bot.errors import where

WAITS = (1.0, 2.0, 4.0, 8.0, 15.0, 30.0)
_ODD = (LookupError, TypeError, ValueError, AttributeError, ArithmeticError, OSError, RuntimeError)
"""What an odd answer makes the SDK raise: it must not end the polling."""
_log = logging.getLogger(__name__)


class Poller:
    """``address`` is the bot's API address with its token.  The SDK's own `get_updates` decodes a whole batch
    at once, so that one odd update would stop all; here they stay raw until each is taken by itself."""

    def __init__(self, request: BaseRequest, address: str, intake: Intake, clock: Clock) -> None:
        self._request, self._address, self._intake, self._clock = request, address, intake, clock
        self._offset = 0
        self._saved: set[int] = set()
        self._failures = 0

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            try:
                batch = await self._fetch()
                await self._settle(batch)
            except TelegramError as error:
                await self._wait_after(error)
            except _ODD as error:
                _log.error("updates not fetched (%s)", where(error))
                await self._back_off(self._next_wait())

    async def _fetch(self) -> list[Raw]:
        asked = {
            "offset": self._offset,
            "limit": UPDATES_AT_ONCE,
            "timeout": LONG_POLL_SECONDS,
            "allowed_updates": json.dumps(ALLOWED_UPDATES),
        }
        url = f"{self._address}/getUpdates?{urlencode(asked)}"
        found = await self._request.post(url, read_timeout=LONG_POLL_SECONDS + READ_SECONDS)
        return [raw for raw in cast(list[Raw], found) if isinstance(raw.get("update_id"), int)]

    async def _settle(self, batch: list[Raw]) -> None:
        """What could not be saved is asked for again, and what follows it too, but taken only once."""
        new = [raw for raw in batch if _id(raw) not in self._saved]
        outcomes = await asyncio.gather(*(self._intake.take(raw) for raw in new))
        failed = [_id(raw) for raw, saved in zip(new, outcomes, strict=True) if not saved]
        self._saved.update(_id(raw) for raw in batch if _id(raw) not in failed)
        if batch:
            self._offset = min(failed) if failed else max(map(_id, batch)) + 1
        self._saved = {update_id for update_id in self._saved if update_id >= self._offset}
        if failed:
            await self._back_off(self._next_wait())
        else:
            self._failures = 0

    async def _wait_after(self, error: TelegramError) -> None:
        if isinstance(error, RetryAfter):
            await self._back_off(wait_of(error))
            return
        wait = self._next_wait()
        if isinstance(error, Conflict):
            _log.error("another process or a webhook takes this bot's updates: %s", error.message)
        else:
            _log.warning("updates not fetched (%s), next try in %g s", type(error).__name__, wait)
        await self._back_off(wait)

    def _next_wait(self) -> float:
        wait = WAITS[min(self._failures, len(WAITS) - 1)]
        self._failures += 1
        return wait

    async def _back_off(self, seconds: float) -> None:
        await self._clock.sleep(seconds)


def _id(raw: Raw) -> int:
    return cast(int, raw["update_id"])
