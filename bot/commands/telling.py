"""One milestone told in full: its card, every completion standard, and what happened to it."""

from __future__ import annotations

from dataclasses import replace

from bot.cards import Actions, Card, Text
from bot.commands.change import shown, story
from bot.commands.context import Context
from bot.views.milestone import milestone_card
from bot.views.stories import standards

_MOST_LINES = 5


def whole_story(ctx: Context) -> Card:
    card = milestone_card(shown(ctx, ctx.milestone), ctx.reader, ctx.offers)
    told = (*standards(ctx.milestone, ctx.reader), *story(ctx, _MOST_LINES))
    lines = tuple(Text(line, quiet=True) for line in told)
    before = tuple(b for b in card.blocks if not isinstance(b, Actions))
    after = tuple(b for b in card.blocks if isinstance(b, Actions)) or (_elsewhere(ctx),)
    return replace(card, blocks=(*before, *lines, *after))


def _elsewhere(ctx: Context) -> Actions:
    """From what is over and done with, to what is not."""
    everything = ctx.offers.button(ctx.reader.say("All milestones"), "status")
    return Actions((everything, ctx.offers.button(ctx.reader.say("Mine"), "mine")))
