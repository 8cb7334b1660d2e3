"""help: what can be typed, each line a literal example."""

from __future__ import annotations

from bot.access import Rule
from bot.commands import Command, Context
from bot.dialogs import Asked
from bot.messages import Reply
from bot.verbs import Verb
from bot.views.help import everything_card, verb_card
from bot.wording import N_

verb = Verb(
    name="help",
    summary=N_("See what you can type"),
    usage="[VERB]",
    examples=("help", "help move"),
    twins=("?", "what can i type", "commands", "start"),
    menu=True,
)


def handle(ctx: Context, asked: Asked) -> Reply:
    word = (
        (asked.pointer or asked.text).strip().casefold().split(" ")[-1] if asked.pointer or asked.text else ""
    )
    found = next((v for v in ctx.verbs if word and word in (v.name, *v.twins)), None)
    if found and found.name != "help":
        return ctx.private(verb_card(found, ctx.reader, ctx.offers))
    shown = tuple(v for v in ctx.verbs.verbs if v.menu or not ctx.must_be_brief)
    return ctx.private(everything_card(shown, ctx.reader, ctx.offers))


command = Command(verb=verb, rule=Rule.VIEW, handle=handle)
