"""mine: what the sender owns, soonest first."""

from __future__ import annotations

from bot.access import Rule
from bot.cards import Card, RichText
from bot.commands import Command, Context
from bot.commands.lists import listed
from bot.dialogs import Asked
from bot.messages import Audience, Reply
from bot.ports import Filter
from bot.verbs import Verb
from bot.views.lists import mine_card, nothing_mine_card
from bot.wording import N_

verb = Verb(
    name="mine",
    summary=N_("See your own milestones"),
    usage="",
    examples=("mine",),
    twins=("my list", "my milestones", "me"),
    personal=True,
    menu=True,
)


def handle(ctx: Context, asked: Asked) -> Reply:
    page = listed(ctx, Filter(owner_id=ctx.person.id), asked.page)
    card = mine_card(page, ctx.reader, ctx.offers) if page.rows else nothing_mine_card(ctx.reader, ctx.offers)
    if not ctx.must_be_brief:
        return ctx.private(card)
    cannot = RichText(
        ctx.reader.say("I can't write to you directly yet: open a chat with me and press Start.")
    )
    return Reply(card, Audience.DIRECT, unreachable=Card(cannot))


command = Command(verb=verb, rule=Rule.VIEW, handle=handle)
