"""From an error somebody can put right to the card that says how."""

from __future__ import annotations

from bot.cards import Card
from bot.commands.context import Refused
from bot.domain.milestone import Milestone
from bot.errors import IllegalMove, InvalidMilestone, InvalidProject, UserError
from bot.views.offers import Offers
from bot.views.refusals import invalid, not_understood
from bot.views.state_refusals import illegal_move
from bot.wording import Reader


def refusal(error: UserError, milestone: Milestone | None, reader: Reader, offers: Offers) -> Card:
    """Every `UserError` has a sentence and a way on."""
    if isinstance(error, Refused):
        return error.card
    if isinstance(error, IllegalMove):
        return illegal_move(error, milestone, reader, offers)
    if isinstance(error, InvalidMilestone | InvalidProject):
        return invalid(error, reader, offers)
    return not_understood(str(error), (), {}, reader, offers)
