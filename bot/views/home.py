"""One person's first page: what is theirs, what waits for them, and where to begin something new."""

from __future__ import annotations

from dataclasses import dataclass

from bot.cards import Actions, Card, Column, RichText, Style, Table, Text, joined, plain, strong
from bot.domain.milestone import Milestone
from bot.views.lists import Listing, light_sign
from bot.views.milestone import shortened
from bot.views.offers import Offers
from bot.wording import Reader

MOST_ROWS = 8
MOST_WAITING = 3
_TITLE_ROOM = 50


@dataclass(frozen=True, slots=True)
class Waiting:
    """What somebody's yes is waited for: milestones handed in to them, and how many proposals."""

    handed_in: tuple[Milestone, ...] = ()
    proposals: int = 0

    @property
    def count(self) -> int:
        return len(self.handed_in) + self.proposals


def home_card(mine: Listing, waiting: Waiting, reader: Reader, offers: Offers) -> Card:
    """``mine`` soonest first; both lists are cut and counted."""
    rows = mine.rows[:MOST_ROWS]
    columns = (Column("", 1), Column(reader.say("Milestone"), 1), Column(reader.say("Due"), 1))
    footer = _more(mine.total - len(rows), reader)
    cells = tuple(
        (
            plain(light_sign(row)),
            plain(f"{row.milestone.key} {shortened(row.milestone.title, _TITLE_ROOM)}"),
            plain(reader.day_and_distance(row.milestone.due)),
        )
        for row in rows
    )
    table = (Table(columns, cells, footer),) if cells else ()
    return Card(
        _title(mine, waiting, reader), (*_waits(waiting, reader), *table, _ways_on(waiting, reader, offers))
    )


def _title(mine: Listing, waiting: Waiting, reader: Reader) -> RichText:
    overdue = sum(row.health.is_overdue for row in mine.rows)
    parts = [
        reader.many("{n} open", "{n} open", mine.total) if mine.total else reader.say("nothing open"),
        reader.many("{n} overdue", "{n} overdue", overdue) if overdue else "",
        reader.many("{n} waits for you", "{n} wait for you", waiting.count) if waiting.count else "",
    ]
    return joined((strong(reader.say("Yours")), ", ".join(filter(None, parts))), " · ")


def _waits(waiting: Waiting, reader: Reader) -> tuple[Text, ...]:
    shown = waiting.handed_in[:MOST_WAITING]
    lines = [
        reader.rich(
            "{title} is handed in to you.", title=strong(f"{m.key} {shortened(m.title, _TITLE_ROOM)}")
        )
        for m in shown[: MOST_WAITING - bool(waiting.proposals)]
    ]
    left = len(waiting.handed_in) - len(lines)
    if left:
        lines[-1] += f" · {_more(left, reader)}"
    if waiting.proposals:
        said = reader.many(
            "{n} proposal asks for your answer.", "{n} proposals ask for your answer.", waiting.proposals
        )
        lines.append(RichText(said))
    return tuple(map(Text, lines))


def _ways_on(waiting: Waiting, reader: Reader, offers: Offers) -> Actions:
    add = offers.button(reader.say("Add…"), "new", style=Style.PRIMARY)
    answer = (offers.button(reader.say("Proposals"), "proposals"),) if waiting.proposals else ()
    review = tuple(
        offers.button(reader.say("Show {key}", key=m.key), "show", milestone_id=m.id)
        for m in waiting.handed_in[: 1 if answer else 2]
    )
    rest = (
        offers.button(reader.say("All milestones"), "status"),
        offers.button(reader.say("Help"), "help"),
    )
    return Actions((add, *answer, *review, *rest)[:4])


def _more(count: int, reader: Reader) -> str:
    return reader.many("and {n} more", "and {n} more", count) if count > 0 else ""
