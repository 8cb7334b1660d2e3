"""What proves a milestone, as a list to tick and one by one."""

from __future__ import annotations

from bot.cards import Button, Card, Column, RichText, Table, plain
from bot.domain.milestone import Criterion, CriterionKind
from bot.views.milestone import ITEM_ROOM, shortened
from bot.views.offers import Offers
from bot.views.parts import CELL_ROOM, CRITERIA, Seen, nothing_card, on_part, one_part, part_list
from bot.views.proof import standard_words, standing_words
from bot.wording import N_, Reader


def criteria_card(seen: Seen, reader: Reader, offers: Offers) -> Card:
    """What proves the milestone, what of it is there, and the next to tick."""
    milestone = seen.milestone
    if not milestone.criteria:
        return nothing_card(
            seen, N_("Nothing proves “{title}” yet."), _proof_example(seen, reader), reader, offers
        )
    done, total = milestone.progress
    counted = reader.say("{done} of {total} proved", done=done, total=total)
    rows = tuple(_criterion_row(n, c, seen, reader) for n, c in enumerate(milestone.criteria, 1))
    columns = (Column(reader.say("No."), 2), Column(reader.say("To prove")), Column(reader.say("Stands")))
    ticks = [_tick(c, seen, reader, offers) for c in milestone.missing]
    return part_list(seen, counted, Table(columns, rows), ticks, CRITERIA, reader, offers)


def criterion_card(c: Criterion, seen: Seen, reader: Reader, offers: Offers) -> Card:
    """One of them, and everything that can be done with it."""
    milestone = seen.milestone
    name = standard_words(c, reader, seen.names.get(c.approver_id, ""))
    stands = standing_words(c, seen.names.get(c.done_by, ""), reader)
    first = (
        on_part(CRITERIA, "untick", c, reader.say("Untick"), milestone, offers)
        if c.is_done
        else _tick(c, seen, reader, offers, alone=True)
    )
    more = (
        on_part(CRITERIA, "reword", c, reader.say("Reword…"), milestone, offers),
        on_part(CRITERIA, "remove", c, reader.say("Remove"), milestone, offers),
        offers.button(reader.say("All of them"), CRITERIA, milestone_id=milestone.id, choice="show"),
    )
    return one_part(milestone, name, stands, (first, *more), reader)


def _proof_example(seen: Seen, reader: Reader) -> str:
    return reader.say("For example: criteria add {key} report filed", key=seen.milestone.key)


def _tick(c: Criterion, seen: Seen, reader: Reader, offers: Offers, *, alone: bool = False) -> Button:
    """The one tap that brings this standard forward, as its kind needs it."""
    label, word = _label(c, seen, reader)
    text = "" if alone else f" {shortened(c.text, ITEM_ROOM - 20)}"
    colon = "" if alone or c.kind is CriterionKind.BOOLEAN else ":"
    if alone and c.kind is CriterionKind.BOOLEAN:
        label = reader.say("Tick")
    return on_part(CRITERIA, word, c, f"{label}{colon}{text}", seen.milestone, offers)


def _label(c: Criterion, seen: Seen, reader: Reader) -> tuple[str, str]:
    """(what the button says before the standard's own words, what it does)."""
    if c.kind is CriterionKind.APPROVAL and c.approver_id != seen.viewer:
        name = seen.names.get(c.approver_id, "") or reader.say("for a yes")
        return reader.say("Ask {name}", name=shortened(name, 20)), "ask"
    if c.kind is CriterionKind.APPROVAL:
        return reader.say("Approve"), "sign"
    labels = {CriterionKind.NUMBER: reader.say("Figure"), CriterionKind.DOCUMENT: reader.say("File")}
    return labels.get(c.kind, "✓"), "tick"


def _criterion_row(number: int, c: Criterion, seen: Seen, reader: Reader) -> tuple[RichText, ...]:
    name = standard_words(c, reader, seen.names.get(c.approver_id, ""))
    stands = standing_words(c, seen.names.get(c.done_by, ""), reader)
    return plain(str(number)), plain(shortened(name, CELL_ROOM)), plain(shortened(stands, CELL_ROOM))
