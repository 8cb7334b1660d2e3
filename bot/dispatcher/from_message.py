"""A milestone out of somebody's message: its first line is the name, the rest is asked as always."""

from __future__ import annotations

from bot.commands import Context
from bot.dialogs import Asked
from bot.dispatcher.reading import asked_in, surroundings
from bot.domain.milestone import TITLE_LIMIT
from bot.language.command_line import read_sentence
from bot.messages import MessageShortcut

NEW = "new"
_AS_FORM = "form"
_SELF = frozenset({"me", "myself"})


def from_message(ctx: Context, incoming: MessageShortcut) -> Asked:
    """What was said with it counts before what the message says; the way back to it is kept."""
    sentence = read_sentence(incoming.words, ctx.verbs, surroundings(ctx, ctx.writes), verb=NEW)
    asked = asked_in(ctx, sentence) if incoming.words else Asked(choice=_AS_FORM)
    if asked.title.casefold() in _SELF:
        asked = asked.having(title="", owner="me")
    title = asked.title or first_line(incoming.text.text)
    return asked.having(title=title, origin=incoming.permalink)


def first_line(text: str) -> str:
    return text.strip().split("\n", 1)[0][:TITLE_LIMIT]
