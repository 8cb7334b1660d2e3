"""tasks: everything the sender still has to do, the soonest milestone first."""

from __future__ import annotations

from bot.access import Rule
from bot.commands import Command, Context
from bot.commands.tasking import of_sender
from bot.dialogs import Asked
from bot.messages import Reply
from bot.verbs import Verb
from bot.views.tasks import my_tasks_card
from bot.wording import N_

verb = Verb(
    name="tasks",
    summary=N_("See your own open tasks"),
    usage="",
    examples=("tasks",),
    twins=("my tasks", "my to dos", "my steps"),
    personal=True,
)


def handle(ctx: Context, asked: Asked) -> Reply:
    card = my_tasks_card(of_sender(ctx), asked.page, ctx.reader, ctx.offers)
    return ctx.personal(card)


command = Command(verb=verb, rule=Rule.VIEW, handle=handle)
