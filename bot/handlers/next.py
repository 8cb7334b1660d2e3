"""next: what is due next, one's own or the project's."""

from __future__ import annotations

from bot.access import Rule
from bot.cards import Card
from bot.commands import Command, Context
from bot.commands.lists import rows_of
from bot.commands.scope import Scope, answer, expected, scope_of
from bot.dialogs import Asked
from bot.messages import Reply
from bot.verbs import Verb
from bot.views.due_lists import next_card, nothing_next_card
from bot.wording import N_

verb = Verb(
    name="next",
    summary=N_("See what is due next"),
    usage="[PROJECT]",
    examples=("next", "next APX", "next mine"),
    twins=(
        *("what is next", "what's next", "what comes next", "what is due", "what's due", "upcoming"),
        *("what is coming up", "what's coming up", "coming up", "what is due next", "what's due next"),
        *("due this week", "what is due this week", "what's due this week"),
    ),
    menu=True,
)
_MOST = 5


def handle(ctx: Context, asked: Asked) -> Reply:
    scope = scope_of(ctx, asked, mine=True)
    return scope if isinstance(scope, Reply) else answer(ctx, scope, _told(ctx, scope))


def _told(ctx: Context, scope: Scope) -> Card:
    everything = list(expected(ctx, scope.which))
    ahead = [m for m in everything if m.due >= ctx.today]
    if not ahead:
        late = len(everything)
        return nothing_next_card(scope.name, late, scope.asked, ctx.reader, ctx.offers)
    return next_card(rows_of(ctx, ahead[:_MOST]), len(ahead), ctx.reader, ctx.offers)


command = Command(verb=verb, rule=Rule.VIEW, handle=handle)
