"""What was done to several milestones at once, and taking it back."""

from __future__ import annotations

from collections.abc import Sequence

from bot.cards import Actions, Card, RichText, Style, Text, Tone, strong
from bot.domain.milestone import Milestone
from bot.views.milestone import listed
from bot.views.offers import Offers
from bot.views.questions import leave_button
from bot.wording import Reader

_STORIES = 3


def undone_card(many: int, left: int, reader: Reader, offers: Offers) -> Card:
    """All that could be taken back is as it was."""
    title = RichText(
        reader.many("Undone: {n} milestone is as it was.", "Undone: {n} milestones are as they were.", many)
    )
    kept = (Text(RichText(_left_as_is(left, reader))),) if left else ()
    return Card(title, (*kept, _onward(reader, offers)), Tone.GOOD)


def some_changed(
    many: int, changed: Sequence[tuple[str, str]], history_id: str, reader: Reader, offers: Offers
) -> Card:
    """Nothing was undone: which were changed since, and whether to undo the rest."""
    title = RichText(
        reader.many(
            "Nothing was undone: {n} milestone was changed since.",
            "Nothing was undone: {n} milestones were changed since.",
            len(changed),
        )
    )
    told = Text(RichText(listed([f"{key}: {story}" for key, story in changed], reader, _STORIES)))
    if not many:
        return Card(title, (told, _onward(reader, offers)))
    label = reader.many("Undo the other {n}", "Undo the other {n}", many)
    rest = offers.button(label, "undo", style=Style.PRIMARY, history_id=history_id, choice="rest")
    return Card(title, (told, Actions((rest, leave_button(reader, offers)))))


def one_or_all(milestone: Milestone, many: int, history_id: str, reader: Reader, offers: Offers) -> Card:
    """The change was one of several made together."""
    title = reader.rich(
        "{key} was changed together with others, {n} in all. Undo which?", key=strong(milestone.key), n=many
    )
    everything = offers.button(
        reader.say("Undo all {n}", n=many), "undo", history_id=history_id, choice="all"
    )
    one = offers.button(
        reader.say("Only {key}", key=milestone.key), "undo", history_id=history_id, choice="one"
    )
    return Card(title, (Actions((everything, one, leave_button(reader, offers))),))


def _left_as_is(left: int, reader: Reader) -> str:
    return reader.many(
        "{n} was changed since and stays as it is.", "{n} were changed since and stay as they are.", left
    )


def _onward(reader: Reader, offers: Offers) -> Actions:
    everything = offers.button(reader.say("All milestones"), "status")
    return Actions((everything, offers.button(reader.say("Mine"), "mine")))
