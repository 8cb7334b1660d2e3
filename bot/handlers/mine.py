"""mine: what the sender owns, soonest first, and their tasks of what others own."""

from __future__ import annotations

from bot.access import Rule
from bot.cards import Card
from bot.commands import Command, Context
from bot.commands.lists import listed
from bot.commands.tasking import of_sender
from bot.dialogs import Asked
from bot.messages import Reply
from bot.ports import Filter
from bot.verbs import Verb
from bot.views.lists import mine_card, nothing_mine_card
from bot.views.tasks import my_tasks_card, with_tasks
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
    card = _card(ctx, asked)
    return ctx.personal(card)


def _card(ctx: Context, asked: Asked) -> Card:
    page, tasks = listed(ctx, Filter(owner_id=ctx.person.id), asked.page), of_sender(ctx)
    if page.rows:
        return with_tasks(mine_card(page, ctx.reader, ctx.offers), tasks, ctx.reader, ctx.offers)
    if tasks:
        return my_tasks_card(tasks, 1, ctx.reader, ctx.offers)
    return nothing_mine_card(ctx.reader, ctx.offers)


command = Command(verb=verb, rule=Rule.VIEW, handle=handle)
