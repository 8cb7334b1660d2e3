"""One command, from words to answer: which milestone, may they, is the button still true, do it."""

from __future__ import annotations

from bot.access import Matter, Rule, may, who_can
from bot.commands.bulk import to_several
from bot.commands.change import shown, what_happened_since
from bot.commands.context import Context, Refused
from bot.commands.refusing import refusal
from bot.commands.registry import Command
from bot.commands.selecting import is_plural
from bot.commands.which import not_here, project_of, settle_milestone
from bot.commands.who import name_of
from bot.dialogs import Asked
from bot.errors import IllegalMove, InvalidMilestone
from bot.messages import Reply
from bot.views.milestone import milestone_card
from bot.views.refusals import no_longer_here, not_allowed


def perform(ctx: Context, command: Command, asked: Asked) -> Reply:
    """Run ``command``.  Raises `Refused` when access or the facts say no."""
    if not ctx.person.active:
        raise Refused(no_longer_here(ctx.reader))
    if command.take_apart:
        asked = command.take_apart(ctx, asked)
    if command.on_milestone and is_plural(asked):
        return to_several(ctx, command, asked)
    if command.on_milestone:
        found = settle_milestone(ctx, asked)
        if isinstance(found, Reply):
            return found
        ctx = ctx.about(found, project_of(ctx, found))
        require_sight(ctx, asked)
    require(ctx, command.rule)
    if command.on_milestone and asked.version and asked.version != ctx.milestone.version:
        return _stale(ctx)
    try:
        return command.handle(ctx, asked)
    except (IllegalMove, InvalidMilestone) as error:
        raise Refused(refusal(error, ctx.subject, ctx.reader, ctx.offers)) from error


def require(ctx: Context, rule: Rule) -> None:
    """Raises `Refused`, naming who could, unless the sender may."""
    matter = Matter(ctx.project, ctx.subject)
    if may(ctx.person, rule, matter):
        return
    names = tuple(name_of(ctx, person_id) for person_id in who_can(matter, rule))
    raise Refused(not_allowed(ctx.subject, names, ctx.reader, ctx.offers))


def require_sight(ctx: Context, asked: Asked) -> None:
    """What somebody may not see is not there: the same words as for what does not exist."""
    if not may(ctx.person, Rule.VIEW, Matter(ctx.project, ctx.subject)):
        raise not_here(ctx, asked)


def _stale(ctx: Context) -> Reply:
    """An old button never acts: it says what changed since, and shows the card as it is now."""
    return ctx.private(
        milestone_card(shown(ctx, ctx.milestone), ctx.reader, ctx.offers, what_happened_since(ctx))
    )
