"""Reading the words of an answer as those of another verb."""

from __future__ import annotations

from itertools import chain

from bot.cards import RichText
from bot.commands.context import Context
from bot.commands.when import habits
from bot.domain.local_time import local
from bot.language.command_line import read_sentence
from bot.language.sentence import Sentence, Surroundings

NEW = "new"


def read_as_new(ctx: Context, words: str) -> Sentence:
    """As if somebody had asked for a new milestone: its name, date, owner and what proves it."""
    people = chain.from_iterable(
        (name, name.split(" ", 1)[0]) for name in ctx.uow.people.everybody(ctx.workspace.id)
    )
    around = Surroundings(local(ctx.now, ctx.reader.zone), habits(ctx, ctx.reader.calendar), tuple(people))
    return read_sentence(RichText(words), ctx.verbs, around, verb=NEW)
