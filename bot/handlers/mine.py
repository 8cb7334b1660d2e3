"""mine: what the sender owns, soonest first."""

from __future__ import annotations

from bot.access import Rule
from bot.commands import Command, Context
from bot.commands.lists import listed
from bot.dialogs import Asked
from bot.messages import Audience, Reply
from bot.ports import Filter
from bot.verbs import Verb
from bot.views.linking import open_chat_card
from bot.views.lists import mine_card, nothing_mine_card
from bot.wording import N_

verb = Verb(
    name="mine",
    summary=N_("See your own milestones"),
    usage="",
    examples=("mine",),
    twins=(
        *("my list", "my milestones", "me", "my work", "what is mine", "what's mine", "what do i have"),
        *("what do i owe", "what should i do", "what do i do", "what's on my plate", "what is on my plate"),
    ),
    personal=True,
    menu=True,
)


def handle(ctx: Context, asked: Asked) -> Reply:
    page = listed(ctx, Filter(owner_id=ctx.person.id), asked.page)
    card = mine_card(page, ctx.reader, ctx.offers) if page.rows else nothing_mine_card(ctx.reader, ctx.offers)
    if not ctx.must_be_brief:
        return ctx.private(card)
    return Reply(card, Audience.DIRECT, unreachable=open_chat_card(ctx.reader, ctx.chat_link))


command = Command(verb=verb, rule=Rule.VIEW, handle=handle)
