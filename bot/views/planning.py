"""A plan in the making: what is unfinished, and the questions that settle it."""

from __future__ import annotations

from collections.abc import Sequence

from bot.cards import Actions, Button, Card, RichText, Style, Text, strong
from bot.domain.people import Project
from bot.domain.planning import Gap, Item
from bot.views.milestone import HEADLINE_LIMIT, shortened
from bot.views.offers import Offers
from bot.wording import N_, Reader

_ROOM = 60
_MOST_LINES = 12
_GAPS = {
    Gap.SCOPE: N_("nobody said in a sentence what it is to bring about"),
    Gap.PHASES: N_("it has no phases"),
    Gap.EXIT: N_("{name}: what is true when this phase ends?"),
    Gap.DATE: N_("{name}: a draft, its date is a guess"),
    Gap.HOLIDAYS: N_("whose holidays it keeps is not set"),
    Gap.CHANNEL: N_("it has no channel: type “project channel here” there"),
    Gap.PEOPLE: N_("nobody but the lead has joined yet"),
}


def gap_words(item: Item, reader: Reader) -> str:
    return reader.say(_GAPS[item.gap], name=shortened(item.name, _ROOM))


def unfinished_card(
    project: Project, unfinished: Sequence[Item], reader: Reader, offers: Offers, said: str = "",
    *, rehearses: bool, may_go_on: bool,
) -> Card:  # fmt: skip
    """What is left, and the way on."""
    count = reader.many("{n} thing is unfinished", "{n} things are unfinished", len(unfinished))
    rest = f": {count}." if unfinished else f": {reader.say('the plan is complete')}."
    title = strong(shortened(project.name, HEADLINE_LIMIT - len(rest))) + rest
    notes = (Text(RichText(said)),) if said else ()
    lines = [f"• {gap_words(item, reader)}" for item in unfinished[:_MOST_LINES]]
    if left := len(unfinished) - len(lines):
        lines.append(reader.many("and {n} more", "and {n} more", left))
    listed = tuple(Text(RichText(line), quiet=True) for line in lines)
    return Card(
        title, (*notes, *listed, Actions(_buttons(project, unfinished, reader, offers, rehearses, may_go_on)))
    )


def _buttons(project: Project, unfinished: Sequence[Item], reader: Reader, offers: Offers,
             rehearses: bool, may_go_on: bool) -> tuple[Button, ...]:  # fmt: skip
    go_on = offers.button(
        reader.say("Go on"), "plan", None, Style.PRIMARY, choice="go", project_id=project.id
    )
    invite = offers.button(reader.say("Invite somebody"), "invite")
    live = offers.button(reader.say("Go live…"), "live")
    gaps = {item.gap for item in unfinished}
    buttons = [
        *([go_on] if may_go_on and gaps - {Gap.CHANNEL, Gap.PEOPLE} else []),
        *([invite] if may_go_on and Gap.PEOPLE in gaps else []),
        offers.button(reader.say("Milestones"), "status", project_id=project.id),
        *([live] if rehearses and may_go_on else []),
    ]
    if len(buttons) < 2:
        buttons.append(offers.button(reader.say("Settings"), "settings", project_id=project.id))
    return tuple(buttons[:4])
