"""late: what is over its date, the longest first."""

from __future__ import annotations

from itertools import takewhile

from bot.access import Rule
from bot.cards import Card
from bot.commands import Command, Context
from bot.commands.lists import rows_of
from bot.commands.scope import Scope, answer, expected, scope_of
from bot.dialogs import Asked
from bot.messages import Reply
from bot.verbs import Verb
from bot.views.due_lists import late_card, nothing_late_card
from bot.wording import N_

verb = Verb(
    name="late",
    summary=N_("See what is overdue"),
    usage="[PROJECT]",
    examples=("late", "late APX", "late mine"),
    twins=(
        *("overdue", "what is late", "what's late", "what is overdue", "what's overdue", "is anything late"),
        *("who is late", "who's late", "delayed", "what is behind", "what's behind"),
    ),
    menu=True,
)
_MOST = 20


def handle(ctx: Context, asked: Asked) -> Reply:
    scope = scope_of(ctx, asked, mine=False)
    return scope if isinstance(scope, Reply) else answer(ctx, scope, _told(ctx, scope))


def _told(ctx: Context, scope: Scope) -> Card:
    late = list(takewhile(lambda m: m.due < ctx.today, expected(ctx, scope.which)))
    if not late:
        following = next(expected(ctx, scope.which), None)
        return nothing_late_card(scope.name, following, ctx.reader, ctx.offers)
    rows = rows_of(ctx, late[:_MOST])
    return late_card(scope.name, rows, len(late), ctx.reader, ctx.offers)


command = Command(verb=verb, rule=Rule.VIEW, handle=handle)
