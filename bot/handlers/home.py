"""home: mine, what waits for me, and a quick way to add; what a platform's own home surface shows."""

from __future__ import annotations

from bot.access import Rule
from bot.commands import Command, Context
from bot.commands.lists import handed_in_to, listed
from bot.dialogs import Asked
from bot.messages import Reply
from bot.ports import Filter
from bot.verbs import Verb
from bot.views.home import Waiting, home_card
from bot.wording import N_

verb = Verb(
    name="home",
    summary=N_("See what is yours and what waits for you"),
    usage="",
    examples=("home",),
    twins=(
        *("my day", "what waits for me", "what's waiting for me", "start page"),
        *("hi", "hello", "good morning", "what's up"),
    ),
    personal=True,
    menu=True,
)


def handle(ctx: Context, asked: Asked) -> Reply:
    mine = listed(ctx, Filter(owner_id=ctx.person.id), 1)
    proposals = len(ctx.uow.proposals.waiting_for(ctx.workspace.id, ctx.person.id))
    waiting = Waiting(handed_in_to(ctx), proposals)
    card = home_card(mine, waiting, ctx.reader, ctx.offers)
    return ctx.personal(card)


command = Command(verb=verb, rule=Rule.VIEW, handle=handle)
