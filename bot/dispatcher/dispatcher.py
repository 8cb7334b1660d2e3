"""The front door: duplicates end here, refusals become cards, and what breaks is named, not shown."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import replace

from bot.cards import Card, Picture
from bot.clock import Clock
from bot.dispatcher.cleaning import cleaned
from bot.dispatcher.lanes import Lanes
from bot.dispatcher.pace import Pace, TooFast
from bot.dispatcher.reading import only_reads
from bot.dispatcher.turn import Setting, Turn
from bot.errors import MilepostError, StoreUnavailable, UserError, VersionConflict, where
from bot.messages import Audience, ButtonPress, FormSubmission, Incoming, Reply
from bot.people import welcome
from bot.ports import Store, StoredAction, UnitOfWork
from bot.views.refusals import failed, slow_down

log = logging.getLogger(__name__)

_TRIES = 3
"""A lost race is tried again: the second time round it reads what the winner did."""

Draw = Callable[[Picture], Picture]


class _Refusal(MilepostError):
    """Carries a refusal's card past the rollback, with the buttons it offers."""

    def __init__(self, reply: Reply, turn: Turn) -> None:
        super().__init__("refused")
        self.reply, self.offered, self.met_first = reply, turn.actions.offered, turn.met_first


class Dispatcher:
    """Implements `bot.ports.Receiver`.  ``wake`` is called after each commit that may have added
    messages; ``draw`` fills in pictures, off the loop, after the commit; ``pace`` slows floods down."""

    def __init__(
        self,
        store: Store,
        setting: Setting,
        clock: Clock,
        new_reference: Callable[[], str],
        wake: Callable[[], None] = lambda: None,
        draw: Draw = lambda picture: picture,
        pace: Pace | None = None,
    ) -> None:
        self._store, self._setting, self._clock = store, setting, clock
        self._new_reference, self._wake, self._draw = new_reference, wake, draw
        self._lanes, self._pace = Lanes(), pace

    async def receive(self, incoming: Incoming) -> Reply | None:
        """One commit, at most one answer.  Raises `StoreUnavailable` only."""
        too_fast = self._pace.check(incoming, self._clock.now()) if self._pace else None
        if too_fast:
            return self._slowed(incoming, too_fast)
        async with self._lanes.of(str(incoming.place.ref.root)):
            try:
                return await self._drawn(await self._handled(cleaned(incoming)))
            except StoreUnavailable:
                raise
            except Exception as error:
                reference = self._new_reference()
                log.error("turn failed", extra={"reference": reference, **_facts(incoming, error)})
                return self._failed(incoming, reference)

    async def _handled(self, incoming: Incoming) -> Reply | None:
        if only_reads(incoming, self._setting.registry.lexicon):
            reply, settled = await self._read(incoming)
            if settled:
                return reply
        reply = await self._write(incoming)
        self._wake()
        return reply

    async def _read(self, incoming: Incoming) -> tuple[Reply | None, bool]:
        """(answer, True), or (None, False) when this turn turns out to need writing."""

        def work(uow: UnitOfWork) -> tuple[Reply | None, bool]:
            turn = Turn(self._setting, uow, incoming, self._clock.now(), writes=False)
            return turn.run(), not turn.is_new_face

        try:
            return await self._store.read(work)
        except UserError:
            return None, False

    async def _write(self, incoming: Incoming) -> Reply | None:
        for _ in range(_TRIES - 1):
            try:
                return await self._once(incoming)
            except VersionConflict:
                continue
        return await self._once(incoming)

    async def _once(self, incoming: Incoming, *, is_known: bool = False) -> Reply | None:
        try:
            return await self._store.write(lambda uow: self._turn(uow, incoming))
        except _Refusal as refusal:
            if refusal.met_first and not is_known:
                return await self._greeted(incoming)
            offered = refusal.offered
            is_new = await self._store.write(lambda uow: self._refuse(uow, incoming, offered))
            return refusal.reply if is_new else None

    async def _greeted(self, incoming: Incoming) -> Reply | None:
        """Who is refused at their very first word is known from then on: what is offered names their team."""
        now = self._clock.now()
        await self._store.write(lambda uow: welcome(uow, incoming.sender, incoming.place, now))
        return await self._once(incoming, is_known=True)

    def _turn(self, uow: UnitOfWork, incoming: Incoming) -> Reply | None:
        now = self._clock.now()
        if not uow.inbox.add(incoming.place.ref.platform, incoming.key, now):
            return None
        turn = Turn(self._setting, uow, incoming, now, writes=True)
        try:
            return turn.run()
        except UserError as error:
            raise _Refusal(turn.refused(error), turn) from error

    def _refuse(self, uow: UnitOfWork, incoming: Incoming, offered: list[StoredAction]) -> bool:
        """After the rollback: who spoke and where, the key and the buttons, nothing else."""
        now = self._clock.now()
        if offered:
            welcome(uow, incoming.sender, incoming.place, now)
        for action in offered:
            uow.actions.offer(action, now)
        return uow.inbox.add(incoming.place.ref.platform, incoming.key, now)

    def _slowed(self, incoming: Incoming, too_fast: TooFast) -> Reply | None:
        """Said once in a flood; a form keeps what was typed, a press says it in passing."""
        reader = Turn.stranger_reader(incoming, self._clock.now())
        card = slow_down(too_fast.seconds, reader)
        if isinstance(incoming, FormSubmission) and incoming.values:
            return Reply(errors={next(iter(incoming.values)): card.title.text})
        if too_fast.is_news:
            return Reply(card, toast=card.title.text)
        return Reply(toast=card.title.text) if isinstance(incoming, ButtonPress) else None

    def _failed(self, incoming: Incoming, reference: str) -> Reply:
        reader = Turn.stranger_reader(incoming, self._clock.now())
        return Reply(failed(reference, reader), Audience.SENDER)

    async def _drawn(self, reply: Reply | None) -> Reply | None:
        if reply is None or not isinstance(reply.body, Card):
            return reply
        if not any(isinstance(block, Picture) and not block.png for block in reply.body.blocks):
            return reply
        return replace(reply, body=await asyncio.to_thread(self._pictured, reply.body))

    def _pictured(self, card: Card) -> Card:
        blocks = tuple(self._draw(b) if isinstance(b, Picture) else b for b in card.blocks)
        return replace(card, blocks=blocks)


def _facts(incoming: Incoming, error: Exception) -> dict[str, str]:
    """What a log may say of it: never what was typed, which an error's own words may repeat."""
    kind, platform = type(incoming).__name__, incoming.place.ref.platform
    return {"kind": kind, "platform": platform, "where": where(error)}
