"""show: one milestone with what happened to it."""

from __future__ import annotations

from bot.access import Rule
from bot.commands import Command, Context
from bot.commands.telling import everything_else, whole_story
from bot.dialogs import Asked
from bot.messages import Reply
from bot.verbs import Verb
from bot.views.moves import MORE
from bot.wording import N_

verb = Verb(
    name="show",
    summary=N_("Show one milestone and its history"),
    usage="MILESTONE",
    examples=("show APX-1",),
    twins=(
        *("open", "details", "history", "what about", "tell me about", "what happened to"),
        *("when is", "when's", "when are", "when will", "where is", "where's", "why is", "whose is"),
        *("show me the", "show me", "who owns", "who has", "who is responsible for", "who's responsible for"),
    ),
)


def handle(ctx: Context, asked: Asked) -> Reply:
    return ctx.private(everything_else(ctx) if asked.choice == MORE else whole_story(ctx))


command = Command(verb=verb, rule=Rule.VIEW, handle=handle, on_milestone=True)
