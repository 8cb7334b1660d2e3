"""The same to several milestones: shown before it is done, and told once it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.cards import Actions, Button, Card, Column, RichText, Style, Table, Text, Tone, code, plain, strong
from bot.domain.milestone import Milestone
from bot.views.milestone import ITEM_ROOM, NAME_ROOM, listed, shortened
from bot.views.offers import Offers
from bot.views.questions import leave_button
from bot.wording import Reader

ROWS = 20
"""Milestones named in a preview; the others are counted."""
_TITLE_ROOM = 40
_FEW = 3


@dataclass(frozen=True, slots=True)
class Row:
    """One milestone of a preview.  ``owner`` as the reader may call them."""

    milestone: Milestone
    owner: str
    was: str
    would_be: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """``who`` could do it, when it is not the reader's to change; else ``why`` it does not apply."""

    key: str
    why: str = ""
    who: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """``doing``: the verb's own word as a label; ``of_mine``: how many of the rows the reader owns;
    ``may_propose``: the reader may ask for what is not theirs to do."""

    doing: str
    rows: tuple[Row, ...]
    left_out: tuple[LeftOut, ...]
    of_mine: int
    has_changed: bool = False
    may_propose: bool = False


def preview_card(preview: Preview, again: Mapping[str, Sequence[str]], verb: str, given: Mapping[str, object],
                 reader: Reader, offers: Offers) -> Card:  # fmt: skip
    """Nothing is saved yet.  ``again`` holds ids by step: what each button would do it to."""
    title = RichText(
        reader.many("{doing}: {n} milestone would change.", "{doing}: {n} milestones would change.",
                    len(preview.rows), doing=preview.doing)
    )  # fmt: skip
    lines = tuple(Text(line) for line in _lines(preview, reader) if line)
    buttons = tuple(_buttons(preview, again, verb, given, reader, offers))
    return Card(title, (*lines, changes_table(preview.rows, reader), Actions(buttons)), Tone.WARNING)


def changes_table(rows: Sequence[Row], reader: Reader, most: int = ROWS) -> Table:
    columns = (
        Column(reader.say("Key"), 1),
        Column(reader.say("Milestone"), 2),
        Column(reader.say("Was"), 3),
        Column(reader.say("Would be"), 1),
        Column(reader.say("Owner"), 4),
    )
    left = len(rows) - most
    footer = reader.many("and {n} more", "and {n} more", left) if left > 0 else ""
    return Table(columns, tuple(_cells(row) for row in rows[:most]), footer)


def nothing_to_do_card(
    preview: Preview, asked_about: int, theirs: Sequence[str], verb: str, given: Mapping[str, object],
    reader: Reader, offers: Offers,
) -> Card:  # fmt: skip
    """``theirs``: ids of those that can be proposed to others."""
    title = RichText(
        reader.many("Nothing was changed: {n} milestone, and none it applies to.",
                    "Nothing was changed: {n} milestones, and none it applies to.", asked_about)
    )  # fmt: skip
    lines = tuple(Text(line) for line in _lines(preview, reader) if line)
    ways = _onward(reader, offers).buttons
    if theirs and preview.may_propose:
        ways = (_propose(theirs, verb, given, reader, offers), *ways)
    return Card(title, (*lines, Actions(ways)))


def proposed_card(keys: Sequence[str], reader: Reader, offers: Offers) -> Card:
    """What was put to those who decide, one wish each."""
    n = len(keys)
    title = RichText(
        reader.many("Proposed for {n} milestone; I tell you what comes of it.",
                    "Proposed for {n} milestones; I tell you what comes of each.", n)
    )  # fmt: skip
    return Card(title, (Text(RichText(listed(keys, reader, 10))), _onward(reader, offers)), Tone.GOOD)


def nothing_proposed_card(reader: Reader, offers: Offers) -> Card:
    title = RichText(reader.say("Nothing was proposed: none of them needs somebody else's word now."))
    return Card(title, (_onward(reader, offers),))


def _propose(
    ids: Sequence[str], verb: str, given: Mapping[str, object], reader: Reader, offers: Offers
) -> Button:
    asked: dict[str, Any] = {**given, "many": tuple(ids), "step": "propose"}
    return offers.button(reader.many("Propose the other", "Propose the other {n}", len(ids)), verb, **asked)


def done_card(preview: Preview, history_id: str, reader: Reader, offers: Offers) -> Card:
    title = RichText(
        reader.many("{doing}: {n} milestone changed.", "{doing}: {n} milestones changed.",
                    len(preview.rows), doing=preview.doing)
    )  # fmt: skip
    named = listed([f"{r.milestone.key} {r.would_be}" for r in preview.rows], reader, _FEW)
    undo = offers.button(reader.say("Undo"), "undo", history_id=history_id, choice="all")
    everything = offers.button(reader.say("All milestones"), "status")
    return Card(title, (Text(RichText(named)), Actions((undo, everything))), Tone.GOOD)


def one_at_a_time_card(
    keys: Sequence[str], ids: Sequence[str], verb: str, reader: Reader, offers: Offers
) -> Card:
    title = RichText(reader.say("That goes one milestone at a time. Which first?"))
    buttons = [offers.button(key, verb, milestone_id=ident) for key, ident in zip(keys, ids, strict=True)]
    return Card(title, (Actions((*buttons[:_FEW], leave_button(reader, offers))),))


def choose_prompt(keys: Sequence[str], reader: Reader) -> tuple[RichText, RichText]:
    prompt = reader.rich("Which of these {n}? Type their keys.", n=len(keys))
    example = code(reader.say("without {key}", key=keys[0]))
    return prompt, reader.rich("{keys}. Or say {example}.", keys=listed(keys, reader, 10), example=example)


def too_many_card(many: int, most: int, reader: Reader, offers: Offers) -> Card:
    title = reader.rich("That is {n} milestones; at most {most} change at once.", n=many, most=most)
    note = Text(RichText(reader.say("Name one phase, one person or some keys, and take them in turn.")))
    return Card(title, (note, _onward(reader, offers)))


def unknown_keys_card(keys: Sequence[str], reader: Reader, offers: Offers) -> Card:
    """Nothing is done to the others: a mistyped key may be the one that mattered."""
    named = strong(shortened(listed(keys, reader, _FEW), NAME_ROOM))
    title = reader.rich("Nothing was changed: I don't know {keys} here.", keys=named)
    return Card(title, (_onward(reader, offers),))


def nothing_open_card(reader: Reader, offers: Offers) -> Card:
    title = RichText(reader.say("Nothing of that is open, so nothing was changed."))
    return Card(title, (_onward(reader, offers),))


def nothing_named_card(words: RichText, reader: Reader, offers: Offers) -> Card:
    if not words:
        title = RichText(reader.say("Everything of which project, phase or person?"))
    else:
        said = shortened(words.text, NAME_ROOM)
        title = reader.rich("I don't know a phase, person or project “{words}” here.", words=said)
    example = code("move everything of phase Build by 2 days")
    note = Text(reader.rich("For example: {example}", example=example))
    return Card(title, (note, _onward(reader, offers)))


def _lines(preview: Preview, reader: Reader) -> tuple[RichText, ...]:
    changed = reader.say("Something changed since I showed this. Here it is as it stands now.")
    theirs = [item for item in preview.left_out if item.who]
    others = [item for item in preview.left_out if not item.who]
    return (
        RichText(changed) if preview.has_changed else RichText(),
        _theirs(theirs, reader),
        RichText(_unfit(others, reader)),
    )


def _theirs(items: Sequence[LeftOut], reader: Reader) -> RichText:
    """Split and said: whose they are, and so who could."""
    if not items:
        return RichText()
    keys = listed([item.key for item in items], reader)
    people = listed(list(dict.fromkeys(item.who for item in items)), reader)
    return reader.rich("Not yours to change: {keys}. Ask {people}.", keys=keys, people=people)


def _unfit(items: Sequence[LeftOut], reader: Reader) -> str:
    if not items:
        return ""
    reasons = listed([f"{item.key} ({shortened(item.why, ITEM_ROOM)})" for item in items], reader)
    return reader.say("Left out: {list}.", list=reasons)


def _buttons(
    preview: Preview, again: Mapping[str, Sequence[str]], verb: str, given: Mapping[str, object],
    reader: Reader, offers: Offers,
) -> list[Button]:  # fmt: skip
    def button(label: str, step: str, style: Style = Style.DEFAULT) -> Button:
        ids = tuple(again["mine" if step == "mine" else "all"])
        asked: dict[str, Any] = {**given, "many": ids, "step": step}
        return offers.button(label, verb, style=style, **asked)

    n = len(preview.rows)
    found = [button(reader.many("Do it", "Do all {n}", n), str(given.get("step", "")), Style.PRIMARY)]
    if others := again["theirs"] if preview.may_propose else ():
        found.append(_propose(others, verb, given, reader, offers))
    if n > 1:
        found.append(button(reader.say("Choose"), "choose"))
    if 0 < preview.of_mine < n and not others:
        found.append(button(reader.say("Only mine"), "mine"))
    return [*found, leave_button(reader, offers)]


def _cells(row: Row) -> tuple[RichText, ...]:
    return (
        plain(row.milestone.key),
        plain(shortened(row.milestone.title, _TITLE_ROOM)),
        plain(row.was),
        plain(row.would_be),
        plain(row.owner or "–"),
    )


def _onward(reader: Reader, offers: Offers) -> Actions:
    everything = offers.button(reader.say("All milestones"), "status")
    return Actions((everything, offers.button(reader.say("Mine"), "mine")))
