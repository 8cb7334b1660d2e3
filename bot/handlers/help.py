"""help: what can be typed, by what somebody wants to do; each line a literal example."""

from __future__ import annotations

from bot.access import Rule
from bot.cards import Card
from bot.commands import Command, Context
from bot.dialogs import Asked
from bot.language.wanted import wanted
from bot.messages import Reply
from bot.verbs import Verb
from bot.views.help import everything_card, found_card, group_card, tasks_card, verb_card
from bot.views.purposes import grouped
from bot.wording import N_

verb = Verb(
    name="help",
    summary=N_("See what you can type"),
    usage="[VERB | I want to …]",
    examples=("help", "help move", "help I want to change a date", "help all"),
    twins=("?", "what can i type", "commands", "what can you do", "how do i", "how can i"),
    menu=True,
)
_ALL = frozenset({"all", "everything", "all verbs"})


def handle(ctx: Context, asked: Asked) -> Reply:
    words = " ".join(asked.text.casefold().strip(" ?.!/").split())
    return ctx.private(_card(ctx, words))


def _card(ctx: Context, words: str) -> Card:
    verbs = tuple(v for v in ctx.verbs.verbs if v.menu or not ctx.must_be_brief)
    groups = grouped(verbs)
    if words in _ALL:
        return everything_card(verbs, ctx.reader, ctx.offers)
    found = next((v for v in ctx.verbs if words and words in (v.name, *v.twins)), None)
    if found and found.name != "help":
        return verb_card(found, ctx.reader, ctx.offers)
    group = next((g for g in grouped(ctx.verbs.verbs) if words == g.name), None)
    if group:
        return group_card(group, ctx.reader, ctx.offers)
    meant = wanted(words, ctx.verbs.verbs) if words else ()
    if len(meant) == 1:
        return verb_card(meant[0], ctx.reader, ctx.offers)
    if meant:
        return found_card(words, meant, ctx.reader, ctx.offers)
    return tasks_card(groups, ctx.reader, ctx.offers)


command = Command(verb=verb, rule=Rule.VIEW, handle=handle)
