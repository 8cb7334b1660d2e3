"""A wish made plain enough for somebody else to fulfil later: its verb is tried, and nothing saved."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.commands.context import Context
from bot.commands.draft import Change, Draft
from bot.commands.registry import Command
from bot.commands.when import KEEP, habits
from bot.dialogs import Asked
from bot.domain.local_time import local
from bot.language.dates import read
from bot.ports import StoredAction
from bot.views.offers import Offers

_OURS = frozenset({"when", "owner"})
"""What a proposer settles; anything else the verb would ask is asked of whoever does it."""


class NoButtons:
    """A trial shows no cards, so it offers nothing."""

    def offer(self, action: StoredAction, at: datetime) -> str:
        return ""

    def get(self, token: str) -> StoredAction | None:
        return None

    def forget_expired(self) -> int:
        return 0


def tried(ctx: Context, command: Command, asked: Asked) -> Draft:
    """What the handler would do, or ask, with the arguments it was given in ``asked``.

    Raises what the handler raises.  Only for a turn that is rolled back, or a verb that can be drafted.
    """
    draft = Draft()
    alone = replace(
        ctx, draft=draft, offers=Offers(NoButtons(), ctx.workspace.id, "", ctx.now), verb=command.verb.name,
        pressed=False, on_anchor=False, can_open_form=False, submitted=frozenset(),
    )  # fmt: skip
    draft.said = command.handle(alone, asked).toast
    return draft


def settled(ctx: Context, asked: Asked, draft: Draft) -> Asked | None:
    """The arguments without a word that time or place would change ("Friday", "me"); None while a date or a
    person is missing, or when nothing would change."""
    if draft.changes:
        return _as_changed(ctx, plain(ctx, asked), draft.changes)
    return None if draft.question is None or draft.question.field in _OURS else plain(ctx, asked)


def plain(ctx: Context, asked: Asked) -> Asked:
    """As the verb itself is asked, about this milestone."""
    title = "" if asked.title == asked.pointer else asked.title
    return asked.having(
        milestone_id=ctx.milestone.id, title=title, pointer="", version=0, what="", right="", proposal_id=""
    )


def _as_changed(ctx: Context, asked: Asked, changes: list[Change]) -> Asked:
    old, new = changes[0].old, changes[-1].new
    if new.due != old.due:
        asked = asked.having(due=new.due.isoformat(), when="", text="", choice=asked.choice or KEEP)
    if new.owner_id != old.owner_id:
        asked = asked.having(owner_id=new.owner_id, owner="", text="")
    if new.title != old.title:
        asked = asked.having(value=asked.value or new.title)
    return dated(ctx, asked)


def dated(ctx: Context, asked: Asked) -> Asked:
    return asked.having(when=_as_a_day(ctx, asked.when))


def _as_a_day(ctx: Context, words: str) -> str:
    """ "Friday" as its date, for it may be another Friday by the time it is done."""
    if not words:
        return ""
    reading = read(words, local(ctx.now, ctx.reader.zone), habits(ctx, ctx.reader.calendar))
    return reading.date.isoformat() if reading.is_understood and reading.date else words
