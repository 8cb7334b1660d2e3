"""Everything of one person to another: shown, asked, done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.cards import Actions, Button, Card, RichText, Style, Text, Tone, joined, strong
from bot.domain.handing_over import Parts
from bot.domain.milestone import Milestone
from bot.views.milestone import shortened
from bot.views.offers import Offers
from bot.views.people_news import in_short
from bot.views.questions import leave_button
from bot.views.refusals import reading
from bot.wording import Reader

_NAME = 20
DO = "do"


@dataclass(frozen=True, slots=True)
class Shown:
    """What would change hands.  ``giver`` and ``taker`` names; ``kept`` stay, which only ``keepers`` can
    give; ``mark`` of what is shown."""

    giver: str
    giver_id: str
    taker: str
    taker_id: str
    owned: Sequence[Milestone]
    led: Sequence[str]
    counted: Parts
    kept: int
    keepers: str
    mark: str
    is_outsider: bool = False


def preview_card(shown: Shown, reader: Reader, offers: Offers, said: str = "") -> Card:
    """How many and the next few, before anything changes; ``said``: why it is shown again."""
    giver, taker = strong(shortened(shown.giver, _NAME)), strong(shortened(shown.taker, _NAME))
    title = reader.rich(
        "Hand {count} of {giver} to {taker}?", count=_count(shown, reader), giver=giver, taker=taker
    )
    outside = reader.say("{name} is from outside the team.", name=shortened(shown.taker, _NAME))
    also = joined(
        (said, _also(shown, reader), _stays(shown, reader), outside if shown.is_outsider else ""), " "
    )
    lines = (in_short(shown.owned, reader), also)
    do = offers.button(
        reader.say("Hand over"), "handover", style=Style.PRIMARY,
        from_id=shown.giver_id, owner_id=shown.taker_id, choice=DO, value=shown.mark,
    )  # fmt: skip
    other = offers.button(reader.say("Another person"), "handover", from_id=shown.giver_id)
    return _card(title, lines, (do, other, leave_button(reader, offers)))


def done_card(shown: Shown, undo: str, reader: Reader, offers: Offers) -> Card:
    """One undo takes all of it back."""
    giver, taker = strong(shortened(shown.giver, _NAME)), strong(shortened(shown.taker, _NAME))
    title = reader.rich(
        "Handed over: {count} of {giver} to {taker}.", count=_count(shown, reader), giver=giver, taker=taker
    )
    back = offers.button(reader.say("Undo all of it"), "undo", history_id=undo)
    buttons = (back, offers.button(reader.say("All milestones"), "status"))
    also = joined((_also(shown, reader), _stays(shown, reader)), " ")
    return _card(title, (in_short(shown.owned, reader), also), buttons, Tone.GOOD)


def took_over_card(
    by: str, led: Sequence[str], parts: Sequence[Milestone], reader: Reader, offers: Offers
) -> Card:
    """To whoever has it now, where no milestone changed its owner."""
    name = strong(shortened(by, _NAME))
    if led:
        title = reader.rich(
            "{name} handed over to you: you lead {projects}.", name=name, projects=_listed(led, reader)
        )
    else:
        title = reader.rich("{name} handed tasks and approvals over to you.", name=name)
    buttons = (
        offers.button(reader.say("Mine"), "mine"),
        offers.button(reader.say("All milestones"), "status"),
    )
    return _card(title, (in_short(parts, reader),), buttons)


def itself_card(name: str, giver_id: str, reader: Reader, offers: Offers) -> Card:
    """To oneself, or to whom it belongs already."""
    title = reader.rich("All of that is {name}'s already.", name=strong(shortened(name, _NAME)))
    other = offers.button(reader.say("To somebody else"), "handover", from_id=giver_id)
    return _card(title, (), (other, offers.button(reader.say("Mine"), "mine")))


def gone_card(name: str, giver_id: str, reader: Reader, offers: Offers) -> Card:
    title = reader.rich("{name} is not with the team any more.", name=strong(shortened(name, _NAME)))
    note = reader.say("Choose somebody who is here.")
    other = offers.button(reader.say("To somebody else"), "handover", style=Style.PRIMARY, from_id=giver_id)
    return _card(title, (note,), (other, offers.button(reader.say("Mine"), "mine")))


def only_to_members_card(name: str, giver_id: str, reader: Reader, offers: Offers) -> Card:
    """Somebody's own, to somebody who looks on or is from outside."""
    title = reader.rich("{name} is no member, so a lead must say so.", name=strong(shortened(name, _NAME)))
    note = reader.say("Hand it to a member, or ask a lead or an admin to hand it over.")
    other = offers.button(reader.say("To a member"), "handover", style=Style.PRIMARY, from_id=giver_id)
    return _card(title, (note,), (other, offers.button(reader.say("Mine"), "mine")))


def nothing_card(name: str, reader: Reader, offers: Offers) -> Card:
    title = reader.rich("{name} has nothing open to hand over.", name=strong(shortened(name, _NAME)))
    return _card(title, (), reading(reader, offers))


def not_yours_card(shown: Shown, reader: Reader, offers: Offers) -> Card:
    """None of it may be given by the sender."""
    title = reader.rich(
        "Only {who} can hand over what is {name}'s.",
        who=shown.keepers,
        name=strong(shortened(shown.giver, _NAME)),
    )
    note = reader.say("Ask them; or propose another owner on a milestone's card.")
    return _card(title, (note,), reading(reader, offers))


def _count(shown: Shown, reader: Reader) -> str:
    if shown.owned:
        return reader.many("{n} milestone", "{n} milestones", len(shown.owned))
    if shown.led:
        return reader.many("{n} project", "{n} projects", len(shown.led))
    return reader.many("{n} part", "{n} parts", shown.counted.tasks + shown.counted.yeses)


def _also(shown: Shown, reader: Reader) -> str:
    tasks, yeses = shown.counted.tasks, shown.counted.yeses
    parts = (
        reader.many("{n} task", "{n} tasks", tasks) if tasks else "",
        reader.many("{n} approval", "{n} approvals", yeses) if yeses else "",
        reader.say("leading {projects}", projects=_listed(shown.led, reader)) if shown.led else "",
    )
    named = ", ".join(part for part in parts if part)
    return reader.say("Also: {list}.", list=named) if named else ""


def _stays(shown: Shown, reader: Reader) -> str:
    if not shown.kept:
        return ""
    return reader.many(
        "{n} stays: only {who} can give it.",
        "{n} stay: only {who} can give them.",
        shown.kept,
        who=shown.keepers,
    )


def _listed(names: Sequence[str], reader: Reader) -> str:
    first = ", ".join(shortened(name, _NAME) for name in names[:2])
    left = len(names) - 2
    return (
        reader.many("{names} and {n} more", "{names} and {n} more", left, names=first) if left > 0 else first
    )


def _card(
    title: RichText, lines: Sequence[RichText | str], buttons: tuple[Button, ...], tone: Tone = Tone.NEUTRAL
) -> Card:
    texts = tuple(Text(RichText() + line) for line in lines if line)
    return Card(title, (*texts, Actions(buttons)), tone)
