"""A sentence about another verb: "why can't I move APX-2", "propose to drop APX-2"."""

from __future__ import annotations

from bot.cards import RichText
from bot.commands.context import Context
from bot.dialogs import Asked
from bot.domain.local_time import local
from bot.language.command_line import read_sentence
from bot.language.dates import Habits
from bot.language.sentence import Surroundings


def verb_in(ctx: Context, words: str, but: str) -> tuple[str, str]:
    """(verb, what follows it) when the words begin with one other than ``but``; the longest way wins."""
    spoken = f"{words.casefold()} "
    ways = ((alias, v.name) for v in ctx.verbs for alias in (v.name, *v.twins) if v.name != but)
    said = [(way, name) for way, name in ways if spoken.startswith(f"{way} ")]
    if not said:
        return "", words
    way, name = max(said, key=lambda pair: len(pair[0]))
    return name, words[len(way) :].strip()


def asked_about(ctx: Context, name: str, words: str) -> Asked:
    """What was said with that verb."""
    around = Surroundings(
        local(ctx.now, ctx.reader.zone), Habits(date_order=ctx.reader.date_order, language="en")
    )
    said = read_sentence(RichText(words), ctx.verbs, around, verb=name or "show")
    return Asked(
        what=name, pointer=said.pointer, when=said.when, owner=said.owner, reason=said.reason, text=words
    )
