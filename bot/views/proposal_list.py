"""Proposals that wait: for the reader, and the reader's own for others."""

from __future__ import annotations

from collections.abc import Sequence

from bot.cards import Actions, Button, Card, Column, RichText, Table, joined, plain
from bot.views.asking import Asks, card, names_of, wish
from bot.views.milestone import shortened
from bot.views.offers import Offers
from bot.views.refusals import reading
from bot.wording import Reader

_TITLE = 24
_MOST_ASKED = 3  # buttons of a list


def proposals_card(waiting: Sequence[Asks], mine: Sequence[Asks], reader: Reader, offers: Offers) -> Card:
    """Those the reader decides, and those of theirs that others do."""
    if not waiting and not mine:
        title = RichText(reader.say("No proposal waits, neither for you nor for others."))
        note = reader.say("Where you may not change a date, I offer to propose it to whoever may.")
        return card(title, (note,), reading(reader, offers))
    counts = (
        reader.many("{n} proposal waits for you", "{n} proposals wait for you", len(waiting))
        if waiting
        else "",
        reader.many("{n} of yours waits for others", "{n} of yours wait for others", len(mine))
        if mine
        else "",
    )
    titles = (reader.say("From"), reader.say("Proposes"), reader.say("For"))
    columns = (Column(titles[0], 2), Column(titles[1], 1), Column(titles[2], 1))
    rows = [_row(asks, names_of(asks.by, reader), reader) for asks in waiting]
    rows += [_row(asks, reader.say("you"), reader) for asks in mine]
    open_ = [_open(asks, reader, offers) for asks in (*waiting, *mine)[:_MOST_ASKED]]
    actions = Actions((*open_, offers.button(reader.say("Mine"), "mine")))
    return Card(joined(counts, ", "), (Table(columns, tuple(rows)), actions))


def _row(asks: Asks, by: str, reader: Reader) -> tuple[RichText, ...]:
    what = f"{asks.milestone.key} {shortened(asks.milestone.title, _TITLE)}"
    return plain(by), plain(wish(asks, reader)), plain(what)


def _open(asks: Asks, reader: Reader, offers: Offers) -> Button:
    label = f"{asks.milestone.key} {wish(asks, reader)}"
    return offers.button(shortened(label, 40), "proposals", proposal_id=asks.proposal.id, step="open")
