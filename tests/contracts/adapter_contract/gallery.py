"""Every card and form the core can produce: verbs, mistakes, each button pressed in turn, time going by."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from bot.app.parts import drawn
from bot.cards import Button, Card, Picture
from bot.forms import Form
from bot.messages import Reply
from bot.refs import ConversationRef
from tests.fakes.clock import FakeClock
from tests.fakes.databases import SqliteDatabases
from tests.scenarios.cast import APEX_HOME, TELEGRAM
from tests.scenarios.conversation import Stage, Voice, a_stage
from tests.scenarios.surfaces import every_line

MISTAKES = (
    "", "sttus", "new", "new Beta", "new Beta by yesterday", "new Beta by 5/6", "new by Friday @nobody",
    "new " + "long " * 100 + "by Friday", "new <!channel> <b>`x`</b> by Friday @boris needs a, b",
    "show APX-99", "show SEC-1", "show", "done APX-2", "done APX-1", "move APX-1", "move APX-1 to friday",
    "move APX-2 to gibberish", "assign APX-1 to nobody", "assign APX-1 @boris", "block APX-2",
    "block APX-2 no crane", "unblock APX-2", "unblock APX-1", "undo", "link", "help", "help move",
    "status apex", "mine",
)  # fmt: skip
DAYS = 30
PRESSES = 500


@dataclass
class Gallery:
    """``cards`` by their words and buttons' labels, so that each is there once."""

    cards: dict[object, Card] = field(default_factory=dict)
    forms: dict[str, Form] = field(default_factory=dict)
    unpressed: deque[Button] = field(default_factory=deque)

    def take(self, card: Card | None) -> None:
        if card is None:
            return
        self.unpressed.extend(button for button in card.buttons if button.token)
        blocks = (drawn(block) if isinstance(block, Picture) else block for block in card.blocks)
        seen = (card.title, tuple(type(b) for b in card.blocks), tuple(b.label for b in card.buttons))
        self.cards.setdefault(seen, Card(card.title, tuple(blocks), card.tone))

    def answered(self, reply: Reply | None) -> None:
        if reply is None:
            return
        self.take(reply.unreachable)
        if isinstance(reply.body, Form):
            self.forms.setdefault(reply.body.title, reply.body)
        else:
            self.take(reply.body)


async def painted(folder: Path) -> Gallery:
    gallery = Gallery()
    with SqliteDatabases(folder).migrated() as url:
        async with a_stage(url, FakeClock()) as stage:
            await _say_everything(stage, gallery)
            await _press_everything(stage, gallery)
            for _ in range(DAYS):
                await stage.advance(timedelta(days=1))
                _look(stage, gallery)
            await _press_everything(stage, gallery)
    return gallery


async def _say_everything(stage: Stage, gallery: Gallery) -> None:
    for text in (*MISTAKES, *every_line()):
        for who in (stage.person("ana"), stage.person("vic"), stage.person("who", TELEGRAM)):
            await _say(who, text, gallery)
    _look(stage, gallery)


async def _say(who: Voice, text: str, gallery: Gallery) -> None:
    for where in (None, APEX_HOME):
        place = where if who.ref.platform == APEX_HOME.platform else _group(where)
        for form in (False, True):
            answer = await who.commands(text, place, form=form)
            gallery.answered(answer.reply)


def _group(where: ConversationRef | None) -> ConversationRef | None:
    return ConversationRef(TELEGRAM, "", "-100") if where else None


async def _press_everything(stage: Stage, gallery: Gallery) -> None:
    """Breadth first: what the first cards offer comes before what it leads to."""
    ana = stage.person("ana")
    pressed: set[str] = set()
    for _ in range(PRESSES):
        if not gallery.unpressed:
            break
        button = gallery.unpressed.popleft()
        if button.label not in pressed or len(pressed) < PRESSES // 5:
            pressed.add(button.label)
            answer = await ana.presses_token(button.token, APEX_HOME, form=len(pressed) % 2 == 0)
            gallery.answered(answer.reply)
            _look(stage, gallery)


def _look(stage: Stage, gallery: Gallery) -> None:
    for adapter in stage.adapters.values():
        for message in adapter.sent:
            if message.card not in gallery.cards.values():
                gallery.take(message.card)
