"""Whoever owns what was changed together hears of it once, however many there are."""

from __future__ import annotations

from collections.abc import Iterable

from bot.commands.context import Context
from bot.commands.draft import Change
from bot.reminders import many_news


def tell_owners(ctx: Context, changes: Iterable[Change], batch_id: str) -> None:
    """Owners before and after, the sender left out.  Only owners in the same workspace are ever named."""
    concerned = {owner: c.new for c in changes for owner in (c.new.owner_id, c.old.owner_id)}
    for owner_id, milestone in sorted(concerned.items()):
        if owner_id != ctx.person.id:
            many_news.changed_together(ctx.uow, owner_id, milestone, batch_id, ctx.person.id, ctx.now)
