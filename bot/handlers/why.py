"""why: which rule stands in the way, who can, and the offer to ask them."""

from __future__ import annotations

from bot.access import Rule, may
from bot.cards import RichText
from bot.commands import Command, Context, Refused
from bot.commands.inner import asked_about, verb_in
from bot.commands.proposing import may_propose, who_decides
from bot.commands.registry import everything, known
from bot.commands.settling import plain, tried
from bot.commands.ways_on import named, offer_card, rule_words
from bot.dialogs import Asked
from bot.errors import UserError
from bot.messages import Reply
from bot.verbs import Verb
from bot.views.rules import overview_card, why_not_card, you_may_card
from bot.wording import N_

verb = Verb(
    name="why",
    summary=N_("See why you can't do something, and who can"),
    usage="can't I VERB MILESTONE",
    examples=("why can't I move APX-2",),
    twins=(
        *("why can't i", "why can’t i", "why cant i", "why can i not", "why cannot i", "why may i not"),
        *("why can't we", "why am i not allowed to", "may i", "am i allowed to", "what may i do with"),
    ),
)


_NOT_A_RIGHT = frozenset({Rule.PROPOSE, Rule.VIEW})
"""Verbs open to whoever sees it; what more they ask they say themselves."""


def take_apart(ctx: Context, asked: Asked) -> Asked:
    """The verb asked about, and what was said with it."""
    if asked.what or asked.milestone_id:
        return asked
    return asked_about(ctx, *verb_in(ctx, asked.text.strip().rstrip("?").strip(), verb.name))


def handle(ctx: Context, asked: Asked) -> Reply:
    command = known(ctx, asked.what)
    if command is None or not command.on_milestone or not command.verb.changes:
        return _overview(ctx)
    if may(ctx.person, command.rule, ctx.matter):
        why = _in_the_way(ctx, command, asked)
        raise Refused(you_may_card(ctx.milestone, command.verb.name, why, ctx.reader, ctx.offers))
    people, rule = who_decides(ctx, command.rule), rule_words(ctx, command.rule)
    if people and may_propose(ctx):
        raise Refused(offer_card(ctx, command.rule, command, asked, people, rule))
    who = named(ctx, people)
    return ctx.private(why_not_card(ctx.milestone, command.verb.name, who, rule, ctx.reader, ctx.offers))


def _in_the_way(ctx: Context, command: Command, asked: Asked) -> RichText:
    """What its state or its facts forbid.  The turn ends in a refusal, so the trial leaves nothing behind."""
    try:
        tried(ctx, command, plain(ctx, asked))
    except Refused as error:
        return error.card.title
    except UserError:
        return RichText(ctx.reader.say("Only where it stands now, it can't be: look at its card."))
    return RichText()


def _overview(ctx: Context) -> Reply:
    commands = [
        c for c in everything(ctx) if c.on_milestone and c.verb.changes and c.rule not in _NOT_A_RIGHT
    ]
    matter = ctx.matter
    mine = tuple(c.verb.name for c in commands if may(ctx.person, c.rule, matter))
    others = [c for c in commands if c.verb.name not in mine]
    who = named(ctx, who_decides(ctx, Rule.DROP))
    names = tuple(c.verb.name for c in others)
    return ctx.private(overview_card(ctx.milestone, mine, names, who, ctx.reader, ctx.offers))


command = Command(verb=verb, rule=Rule.VIEW, handle=handle, on_milestone=True, take_apart=take_apart)
