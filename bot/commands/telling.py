"""One milestone told in full: its card, every completion standard, and what happened to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.access import Rule, may
from bot.cards import Actions, Button, Card, Text
from bot.commands.change import shown, story
from bot.commands.context import Context
from bot.views.milestone import headline, milestone_card
from bot.views.moves import Way, further
from bot.views.rows import in_rows
from bot.views.stories import standards

_MOST_LINES = 5
ASKS: Mapping[str, Rule] = {
    **dict.fromkeys(("begin", "submit", "block", "unblock"), Rule.REPORT),
    **dict.fromkeys(("rename", "confirm"), Rule.EDIT),
    **dict.fromkeys(("hold", "resume", "move"), Rule.MOVE),
    **dict.fromkeys(("criteria", "task"), Rule.VIEW),
    "assign": Rule.REASSIGN,
    "drop": Rule.DROP,
    "reopen": Rule.REOPEN,
}
"""What the verbs behind *More* ask for, so that nobody is offered what would be refused."""


def whole_story(ctx: Context) -> Card:
    card = milestone_card(shown(ctx, ctx.milestone), ctx.reader, ctx.offers)
    told = (*standards(ctx.milestone, ctx.reader), *story(ctx, _MOST_LINES))
    lines = tuple(Text(line, quiet=True) for line in told)
    before = tuple(b for b in card.blocks if not isinstance(b, Actions))
    after = tuple(b for b in card.blocks if isinstance(b, Actions)) or _from_the_end(ctx)
    return replace(card, blocks=(*before, *lines, *after))


def everything_else(ctx: Context) -> Card:
    """What can be done beside what the card offers, as far as the sender may."""
    buttons = [*_offered(ctx), _show(ctx), _everything(ctx)]
    return Card(headline(ctx.milestone, ctx.reader), in_rows(buttons))


def _from_the_end(ctx: Context) -> tuple[Actions, ...]:
    """From what is over and done with, to what is not; and the way back, for who may go it."""
    mine = ctx.offers.button(ctx.reader.say("Mine"), "mine")
    return (Actions((*_offered(ctx), _everything(ctx), mine)),)


def _offered(ctx: Context) -> tuple[Button, ...]:
    return tuple(
        found.button(ctx.milestone, ctx.reader, ctx.offers)
        for found in further(ctx.milestone)
        if _may(ctx, found)
    )


def _may(ctx: Context, found: Way) -> bool:
    rule = ASKS.get(found.verb)
    return rule is not None and may(ctx.person, rule, ctx.matter)


def _show(ctx: Context) -> Button:
    return ctx.offers.button(ctx.reader.say("Show it"), "show", milestone_id=ctx.milestone.id)


def _everything(ctx: Context) -> Button:
    return ctx.offers.button(ctx.reader.say("All milestones"), "status")
