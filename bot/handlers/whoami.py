"""whoami: who I am here, what I may and may not, when I hear."""

from __future__ import annotations

from bot.access import Rule
from bot.commands import Command, Context
from bot.commands.profile import profile_of, rights_of
from bot.dialogs import Asked
from bot.messages import Reply
from bot.verbs import Verb
from bot.views.whoami import whoami_card
from bot.wording import N_

verb = Verb(
    name="whoami",
    summary=N_("See who you are here and what you may"),
    usage="",
    examples=("whoami",),
    twins=("who am i", "what may i do", "what may i", "my role", "my settings", "my profile"),
    personal=True,
)


def handle(ctx: Context, asked: Asked) -> Reply:
    profile = profile_of(ctx, ctx.person)
    return ctx.private(whoami_card(profile, rights_of(ctx.person.role), ctx.reader, ctx.offers))


command = Command(verb=verb, rule=Rule.VIEW, handle=handle)
