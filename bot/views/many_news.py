"""To an owner, once: what somebody did to several of their milestones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.cards import Actions, Card, Column, RichText, Table, Text, plain, strong
from bot.domain.history import Action
from bot.domain.milestone import Milestone
from bot.views.milestone import shortened
from bot.views.offers import Offers
from bot.wording import Reader

_ROWS = 15
_TITLE_ROOM = 40
_NAME_ROOM = 24


@dataclass(frozen=True, slots=True)
class Change:
    """One milestone, in the reader's words: what was, what is."""

    milestone: Milestone
    was: str
    now: str


def together_card(
    by: str, action: Action, changes: Sequence[Change], mine: int, instead_of: str,
    reader: Reader, offers: Offers,
) -> Card:  # fmt: skip
    """``mine``: how many the reader owns now; ``instead_of``: the owner who cannot be reached."""
    who = strong(shortened(by or reader.say("Someone"), _NAME_ROOM))
    title = reader.filled(_sentence(action, len(changes), mine, reader), who=who)
    told = reader.say("For {name}, who cannot be reached.", name=shortened(instead_of, _NAME_ROOM))
    lines = (Text(RichText(told)),) if instead_of else ()
    first = changes[0].milestone
    buttons = (
        offers.button(reader.say("Mine"), "mine"),
        offers.button(reader.say("Show {key}", key=first.key), "show", milestone_id=first.id),
    )
    return Card(title, (*lines, _table(changes, reader), Actions(buttons)))


def added_here_card(by: str, changes: Sequence[Change], reader: Reader, offers: Offers) -> Card:
    """To the channel: what was added at once."""
    who = strong(shortened(by or reader.say("Someone"), _NAME_ROOM))
    words = reader.many(
        "{who} added {n} milestone.", "{who} added {n} milestones.", len(changes), who="{who}"
    )
    everything = offers.button(reader.say("All milestones"), "status")
    mine = offers.button(reader.say("Mine"), "mine")
    return Card(reader.filled(words, who=who), (_table(changes, reader), Actions((everything, mine))))


def _sentence(action: Action, many: int, mine: int, reader: Reader) -> str:
    """With ``{who}`` still to fill in."""
    n = many
    if action is Action.CREATED:
        return reader.many("{who} added {n} milestone for you.", "{who} added {n} milestones for you.", n,
                           who="{who}")  # fmt: skip
    if action is Action.UNDONE:
        return reader.many("{who} took a change to {n} of your milestones back.",
                           "{who} took changes to {n} of your milestones back.", n, who="{who}")  # fmt: skip
    if action is Action.ASSIGNED and mine:
        return reader.many("{who} gave you {n} milestone.", "{who} gave you {n} milestones.", mine,
                           who="{who}")  # fmt: skip
    if action is Action.ASSIGNED:
        return reader.many("{who} gave {n} of your milestones to somebody else.",
                           "{who} gave {n} of your milestones to somebody else.", n, who="{who}")  # fmt: skip
    return reader.many("{who} changed {n} of your milestones.", "{who} changed {n} of your milestones.", n,
                       who="{who}")  # fmt: skip


def _table(changes: Sequence[Change], reader: Reader) -> Table:
    columns = (
        Column(reader.say("Key"), 1),
        Column(reader.say("Milestone"), 2),
        Column(reader.say("Was"), 3),
        Column(reader.say("Now"), 1),
    )
    left = len(changes) - _ROWS
    rows = tuple(
        (
            plain(c.milestone.key),
            plain(shortened(c.milestone.title, _TITLE_ROOM)),
            plain(c.was),
            plain(c.now),
        )
        for c in changes[:_ROWS]
    )
    return Table(columns, rows, reader.many("and {n} more", "and {n} more", left) if left > 0 else "")
