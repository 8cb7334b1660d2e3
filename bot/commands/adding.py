"""Adding several milestones at once: one batch, one word to each owner, one message where they live."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.commands.change import record_new
from bot.commands.context import Context
from bot.commands.draft import Change
from bot.commands.telling_owners import tell_owners
from bot.domain.history import Action, History
from bot.domain.milestone import CRITERIA_LIMIT, TITLE_LIMIT, Criterion, Milestone
from bot.domain.people import Project
from bot.reminders import many_news


def add_together(
    ctx: Context, project: Project, made: Sequence[Milestone], batch_id: str
) -> tuple[History, ...]:
    """Save all of them; their channel reads of it in one message instead of one each."""
    entries = tuple(record_new(ctx, milestone, batch_id) for milestone in made)
    tell_owners(ctx, [Change(m, m, Action.CREATED) for m in made], batch_id)
    if project.home is not None:
        many_news.added_together(ctx.uow, made[0], project.home, batch_id, ctx.person.id, ctx.now)
    return entries


def criteria_of(ctx: Context, needs: Iterable[str]) -> tuple[Criterion, ...]:
    """Completion standards by their words, none of them ticked."""
    texts = dict.fromkeys(" ".join(text.split())[:TITLE_LIMIT] for text in needs if text.strip())
    return tuple(Criterion(ctx.uow.new_id(), text) for text in list(texts)[:CRITERIA_LIMIT])
