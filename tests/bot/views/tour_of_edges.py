"""The edges: the first word, help, empty lists, what is full, and channels that do not hear."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from bot.domain import quotas
from bot.domain.quotas import Quota
from bot.messages import BotAdded, BotRemoved, Incoming
from bot.refs import ConversationRef
from tests.scenarios.cast import APEX_HOME
from tests.scenarios.conversation import Stage, Voice

NEW_PLACE = ConversationRef("slack", "T1", "C-new-place")
_HELP = ("help", "help all", "help dates", "help I want to change a date", "help move", "help zzz")


async def edges(stage: Stage) -> None:
    ana = stage.person("ana")
    for words in (*_HELP, "home", "export all"):
        await ana.says(words)
    await stage.person("dora").says("export all")
    await stage.person("eve").says("blockers")
    await ana.commands("block APX-1 waiting on the city office")
    await ana.says("blockers")
    await ana.commands("unblock APX-1")
    await _unanswered(ana)
    await _full(ana)
    await _arrives(ana, BotAdded, NEW_PLACE)
    await _deaf(stage, ana)


async def _unanswered(ana: Voice) -> None:
    await ana.says("block", APEX_HOME)
    await ana.says("lunch is at noon", APEX_HOME)
    await ana.says("leave it", APEX_HOME)


async def _full(ana: Voice) -> None:
    with _room_for(2):
        for words in ("one", "two", "three"):
            await ana.commands(f"note APX-1 {words}")


async def _deaf(stage: Stage, ana: Voice) -> None:
    await _arrives(ana, BotRemoved, APEX_HOME)
    await ana.says("move APX-1 to 18 March")
    await ana.says("undo")
    await _arrives(ana, BotAdded, APEX_HOME)


async def _arrives(voice: Voice, kind: type, where: ConversationRef) -> None:
    incoming: Incoming = kind(
        key=voice.stage.key(),
        sender=voice.sender,
        place=voice.place(where),
        received_at=voice.stage.clock.now(),
    )
    await voice.stage.receive(incoming)


@contextmanager
def _room_for(notes: int) -> Iterator[None]:
    before = quotas.LIMITS
    quotas.LIMITS = {**before, Quota.NOTES: notes}
    try:
        yield
    finally:
        quotas.LIMITS = before
