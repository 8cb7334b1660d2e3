"""Asking what held a date up: one tap, no blame (docs/rules.md)."""

from __future__ import annotations

from bot.cards import Actions, Button, Card, RichText, Text
from bot.domain.history import Cause
from bot.domain.milestone import Milestone
from bot.views.milestone import NAME_ROOM, shortened
from bot.views.offers import Offers
from bot.views.stories import cause_words
from bot.wording import Reader

FIRST = (Cause.RESOURCE, Cause.CLIENT, Cause.SCOPE)


def ask_cause(
    moved: Milestone, history_id: str, reader: Reader, offers: Offers, *, earlier: bool
) -> tuple[Text, Actions]:
    """The question with its likeliest answers."""
    milestone, words = moved, reader.say("What held it up? It helps the next plan, not a blame list.")
    question = Text(RichText(reader.say("What changed? It helps the next plan.") if earlier else words))
    other = offers.button(
        reader.say("Something else"),
        "move",
        milestone_id=milestone.id,
        history_id=history_id,
        choice="causes",
    )
    return question, Actions((*_buttons(FIRST, milestone, history_id, reader, offers), other))


def more_causes(milestone: Milestone, history_id: str, reader: Reader, offers: Offers) -> Card:
    """The other nine."""
    others = tuple(c for c in Cause if c not in FIRST)
    buttons = _buttons(others, milestone, history_id, reader, offers)
    title = reader.rich("What held “{title}” up?", title=shortened(milestone.title, NAME_ROOM))
    return Card(title, tuple(Actions(buttons[at : at + 3]) for at in range(0, len(buttons), 3)))


def _buttons(
    causes: tuple[Cause, ...], milestone: Milestone, history_id: str, reader: Reader, offers: Offers
) -> tuple[Button, ...]:
    return tuple(
        offers.button(
            cause_words(c, reader), "move", milestone_id=milestone.id, history_id=history_id, cause=str(c)
        )
        for c in causes
    )
