"""What one incoming thing got back, as its sender reads it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.cards import Card
from bot.forms import Form
from bot.messages import Reply
from bot.plain_text import card_text


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back for one incoming thing."""

    reply: Reply | None

    @property
    def card(self) -> Card:
        assert self.reply is not None, "nothing was answered"
        assert isinstance(self.reply.body, Card), f"no card but {self.reply}"
        return self.reply.body

    @property
    def form(self) -> Form:
        assert self.reply is not None, "nothing was answered"
        assert isinstance(self.reply.body, Form), f"no form but {self.text}"
        return self.reply.body

    @property
    def errors(self) -> Mapping[str, str]:
        return self.reply.errors if self.reply else {}

    @property
    def text(self) -> str:
        """Everything the sender can read of it."""
        if self.reply is None:
            return ""
        body = self.reply.body
        shown = card_text(body) if isinstance(body, Card) else body.intro if body else self.reply.toast
        return "\n".join((shown, *self.errors.values())).strip()

    @property
    def first_line(self) -> str:
        return self.card.title.text

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(button.label for button in self.card.buttons)

    def token(self, label: str) -> str:
        return token_of(self.card, label)


def token_of(card: Card, label: str) -> str:
    """The token of the button that begins with ``label``."""
    found = [button.token for button in card.buttons if button.label.startswith(label)]
    assert found, f"no button {label!r} among {[b.label for b in card.buttons]}"
    return found[0]
