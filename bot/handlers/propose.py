"""propose: what one may not do oneself, put to whoever may."""

from __future__ import annotations

from bot.access import Rule, may
from bot.cards import RichText
from bot.commands import Command, Context, told
from bot.commands.inner import asked_about, verb_in
from bot.commands.proposing import propose
from bot.commands.registry import known
from bot.commands.settling import dated, plain, settled, tried
from bot.commands.when import ask_when
from bot.commands.who import ask_who
from bot.dialogs import Asked
from bot.messages import Reply
from bot.verbs import Verb
from bot.views.milestone import NAME_ROOM, shortened
from bot.views.proposals import what_card, yours_card
from bot.wording import N_

verb = Verb(
    name="propose",
    summary=N_("Propose a date or an owner to whoever decides"),
    usage="MILESTONE to DATE because REASON",
    examples=("propose APX-2 to 27 March because the truck broke down",),
    twins=("suggest",),
    changes=True,
)

_WITHOUT_SAYING = {"move": "when", "assign": "owner"}


def take_apart(ctx: Context, asked: Asked) -> Asked:
    """ "propose to drop APX-2": another verb, with what was said about it."""
    if asked.what or asked.milestone_id or asked.due or asked.owner_id:
        return asked
    name, rest = verb_in(ctx, asked.text.strip().removeprefix("to ").strip(), verb.name)
    command = known(ctx, name)
    if command is None or not command.on_milestone or not command.verb.changes:
        return asked
    return asked_about(ctx, name, rest)


def handle(ctx: Context, asked: Asked) -> Reply:
    what = asked.what or _understood(asked)
    command = known(ctx, what)
    if command is None or not command.on_milestone or not command.verb.changes:
        return ctx.private(what_card(ctx.milestone, ctx.reader, ctx.offers))
    asked = asked.having(what=what, milestone_id=ctx.milestone.id)
    rule = _right(asked, command)
    if may(ctx.person, rule, ctx.matter):
        words = asked.having(what="", right="", version=0, milestone_id="").to_words()
        return ctx.private(yours_card(ctx.milestone, what, words, ctx.reader, ctx.offers))
    if _is_settled(asked) or not command.for_many:
        return propose(ctx, command, dated(ctx, plain(ctx, asked)), rule)
    return _settle(ctx, command, asked)


def _settle(ctx: Context, command: Command, asked: Asked) -> Reply:
    draft = tried(ctx, command, plain(ctx, asked))
    wish = settled(ctx, asked, draft)
    if wish:
        return propose(ctx, command, wish, command.rule)
    if draft.question is None:
        return told(ctx, ctx.milestone, None, RichText(ctx.reader.say("It is so already.")))
    if asked.when or asked.owner or asked.due:
        return ctx.ask(draft.question, draft.asked.having(what=asked.what))
    return _ask(ctx, asked, asked.what)


def _right(asked: Asked, command: Command) -> Rule:
    """A part of a milestone may ask for more than its verb does."""
    return Rule(asked.right) if asked.right in set(Rule) else command.rule


def _understood(asked: Asked) -> str:
    if asked.when or asked.due:
        return "move"
    return "assign" if asked.owner or asked.owner_id else ""


def _is_settled(asked: Asked) -> bool:
    """As a refusal's button carries it; a typed answer is read anew."""
    return asked.step == "settled"


def _ask(ctx: Context, asked: Asked, what: str) -> Reply:
    """Which date, or whom: the one thing that is missing."""
    title = shortened(ctx.milestone.title, NAME_ROOM)
    if _WITHOUT_SAYING.get(what) == "owner":
        return ask_who(ctx, asked, ctx.reader.rich("Whom do you propose for “{title}”?", title=title))
    calendar = ctx.project.calendar if ctx.project else ctx.person.calendar
    day = ctx.reader.day(ctx.milestone.due)
    prompt = ctx.reader.rich("Which date do you propose for “{title}”, due {day}?", title=title, day=day)
    return ask_when(ctx, asked, prompt, calendar)


command = Command(verb=verb, rule=Rule.PROPOSE, handle=handle, on_milestone=True, take_apart=take_apart)
