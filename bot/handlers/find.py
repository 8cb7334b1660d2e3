"""find: milestones, notes and files by any word in them."""

from __future__ import annotations

from bot.access import Matter, Rule, may
from bot.cards import RichText
from bot.commands import Command, Context
from bot.dialogs import Asked, Question
from bot.domain.finding import Found, ranked, wanted
from bot.messages import Reply
from bot.verbs import Verb
from bot.views.finding import found_card, nothing_found_card
from bot.wording import N_

PAGE_SIZE = 8

verb = Verb(
    name="find",
    summary=N_("Find milestones, notes and files by a word in them"),
    usage="WORDS",
    examples=("find prototype",),
    twins=("search", "look for", "look up", "where did we", "search for"),
)


def take_apart(ctx: Context, asked: Asked) -> Asked:
    """Everything behind the verb is looked for, dates and names included."""
    return Asked(reason=asked.text, page=asked.page) if asked.text else asked


def handle(ctx: Context, asked: Asked) -> Reply:
    words = wanted(asked.reason)
    if not words:
        return _ask(ctx, asked)
    found = ranked(_seen(ctx, words), words)
    if not found:
        return ctx.private(nothing_found_card(asked.reason, ctx.reader, ctx.offers))
    last = -(-len(found) // PAGE_SIZE)
    number = min(max(asked.page, 1), last)
    shown = found[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
    names = ctx.names({hit.by_id for hit in shown})
    place = (number, last, len(found))
    return ctx.private(found_card(asked.reason, shown, place, names, ctx.reader, ctx.offers))


def _seen(ctx: Context, words: tuple[str, ...]) -> tuple[Found, ...]:
    """Outsiders find what is theirs."""
    is_outsider = not may(ctx.person, Rule.NOTES, Matter())
    return ctx.uow.findings.find(ctx.workspace.id, words, ctx.person.id if is_outsider else "")


def _ask(ctx: Context, asked: Asked) -> Reply:
    note = RichText(ctx.reader.say("A word of its name, of a note or of a file's name is enough."))
    prompt = RichText(ctx.reader.say("What shall I look for?"))
    return ctx.ask(Question(prompt=prompt, field="reason", note=note), asked)


command = Command(verb=verb, rule=Rule.VIEW, handle=handle, take_apart=take_apart)
