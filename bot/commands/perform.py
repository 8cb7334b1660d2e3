"""One command, from words to answer: which milestone, may they, is the button still true, do it."""

from __future__ import annotations

from dataclasses import replace

from bot.access import Rule, may
from bot.commands.bulk import to_several
from bot.commands.change import shown, what_happened_since
from bot.commands.context import Context, Refused
from bot.commands.keeping import held, keep, mentioning
from bot.commands.refusing import refusal
from bot.commands.registry import Command
from bot.commands.selecting import is_plural
from bot.commands.ways_on import refused
from bot.commands.which import not_here, project_of, settle_milestone
from bot.dialogs import Asked
from bot.errors import IllegalMove, InvalidMilestone
from bot.messages import Reply
from bot.views.milestone import milestone_card
from bot.views.projects import archived_card
from bot.views.refusals import no_longer_here


def perform(ctx: Context, command: Command, asked: Asked) -> Reply:
    """Run ``command``.  Raises `Refused` when access or the facts say no."""
    if not ctx.person.active:
        raise Refused(no_longer_here(ctx.reader))
    if command.take_apart:
        asked = command.take_apart(ctx, asked)
    asked = held(ctx, asked)
    ctx = replace(ctx, files=asked.files)
    if command.on_milestone and is_plural(asked):
        return to_several(ctx, command, asked)
    if command.on_milestone:
        found = settle_milestone(ctx, asked)
        if isinstance(found, Reply):
            return found
        ctx = ctx.about(found, project_of(ctx, found))
        require_sight(ctx, asked)
        if ctx.project and ctx.project.archived and command.verb.changes:
            raise Refused(archived_card(ctx.project, ctx.reader, ctx.offers))
    require(ctx, command.rule, command, asked)
    ctx = _with_files(ctx)
    if command.on_milestone and asked.version and asked.version != ctx.milestone.version:
        return _stale(ctx)
    try:
        return mentioning(ctx, command.handle(ctx, asked))
    except (IllegalMove, InvalidMilestone) as error:
        raise Refused(refusal(error, ctx.subject, ctx.reader, ctx.offers)) from error


def _with_files(ctx: Context) -> Context:
    """What came along belongs to the milestone before anything is done with it."""
    if not ctx.files or ctx.subject is None:
        return ctx
    require(ctx, Rule.ANSWER)
    return replace(ctx, files=(), kept=keep(ctx, ctx.subject, ctx.files))


def require(ctx: Context, rule: Rule, command: Command | None = None, asked: Asked | None = None) -> None:
    """Raises `Refused`, naming who could and offering to ask them, unless the sender may."""
    if not may(ctx.person, rule, ctx.matter):
        raise refused(ctx, rule, command, asked)


def require_sight(ctx: Context, asked: Asked) -> None:
    """What somebody may not see is not there: the same words as for what does not exist."""
    if not may(ctx.person, Rule.VIEW, ctx.matter):
        raise not_here(ctx, asked)


def _stale(ctx: Context) -> Reply:
    """An old button never acts: it says what changed since, and shows the card as it is now."""
    return ctx.private(
        milestone_card(shown(ctx, ctx.milestone), ctx.reader, ctx.offers, what_happened_since(ctx))
    )
