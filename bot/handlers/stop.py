"""stop: nothing comes any more, at once; what that means for what they own is said, and told to the lead."""

from __future__ import annotations

from dataclasses import replace

from bot.access import Rule
from bot.commands import Command, Context
from bot.commands.handing_over import leads_of, owned_by
from bot.commands.ledger import keep
from bot.dialogs import Asked
from bot.messages import Reply
from bot.reminders import people_news
from bot.verbs import Verb
from bot.views.whoami import heard_again_card, stopped_already_card, stopping_card
from bot.wording import N_

verb = Verb(
    name="stop",
    summary=N_("Hear nothing from me any more"),
    usage="",
    examples=("stop",),
    twins=("unsubscribe", "opt out", "be quiet", "stop messages", "hear again"),
    changes=True,
    personal=True,
)

_AGAIN = "again"


def handle(ctx: Context, asked: Asked) -> Reply:
    person = ctx.person
    if asked.choice == _AGAIN or asked.said == "hear again":
        keep(ctx, person, replace(person, stopped=False))
        return ctx.private(heard_again_card(ctx.reader, ctx.offers))
    if person.stopped:
        return ctx.private(stopped_already_card(ctx.reader, ctx.offers))
    stopped = replace(person, stopped=True)
    keep(ctx, person, stopped)
    owned = owned_by(ctx, person.id)
    leads = leads_of(ctx, owned) - {person.id}
    people_news.stopped(ctx.uow, stopped, sorted(leads), ctx.now)
    names = tuple(ctx.names(leads).values())
    return ctx.private(stopping_card(len(owned), names, ctx.reader, ctx.offers))


command = Command(verb=verb, rule=Rule.VIEW, handle=handle)
