"""How much there is and how much more fits: said before it bites, and kindly when it does."""

from __future__ import annotations

from collections.abc import Mapping

from bot.cards import Actions, Button, Card, RichText, Text, Tone, strong
from bot.domain.quotas import Quota, Usage
from bot.views.milestone import shortened
from bot.views.offers import Offers
from bot.wording import N_, Reader

_NAME_ROOM = 30
_NEAR: Mapping[Quota, str] = {
    Quota.MILESTONES: N_("{name} has {used} milestones; {left} more fit it."),
    Quota.PROJECTS: N_("{name} has {used} projects; {left} more fit."),
    Quota.INVITATIONS: N_("{name} has {used} open invitations; {left} more fit."),
    Quota.NOTES: N_("You wrote {used} notes since yesterday; {left} more fit."),
}
_FULL: Mapping[Quota, str] = {
    Quota.MILESTONES: N_("{name} is full: {limit} milestones fit one project. Nothing was added."),
    Quota.PROJECTS: N_("{name} is full: {limit} projects fit one team. Nothing was added."),
    Quota.INVITATIONS: N_("{limit} invitations are open already. Nothing was added."),
    Quota.NOTES: N_("{limit} notes in one day is all I keep of one person. Nothing was added."),
}
_INSTEAD: Mapping[Quota, str] = {
    Quota.MILESTONES: N_("Start another project for what comes next; this one keeps everything it has."),
    Quota.PROJECTS: N_("Archive what is over, or put new milestones into a project there is."),
    Quota.INVITATIONS: N_("One link can be passed on to the person it is for; old ones end by themselves."),
    Quota.NOTES: N_("Tomorrow there is room again; a file can hold what is long."),
}


def near_card(usage: Usage, name: str, reader: Reader, offers: Offers) -> Card:
    """Before it bites: to whoever could make room."""
    who = strong(shortened(name, _NAME_ROOM))
    title = reader.rich(_NEAR[usage.quota], name=who, used=usage.used, left=usage.left)
    instead = Text(RichText(reader.say(_INSTEAD[usage.quota])))
    return Card(title, (instead, Actions(_buttons(reader, offers))), Tone.WARNING)


def full_card(usage: Usage, name: str, reader: Reader, offers: Offers) -> Card:
    """It bites: what is full, that nothing was done, and what would do instead."""
    title = reader.rich(_FULL[usage.quota], name=strong(shortened(name, _NAME_ROOM)), limit=usage.limit)
    instead = Text(RichText(reader.say(_INSTEAD[usage.quota])))
    return Card(title, (instead, Actions(_buttons(reader, offers))), Tone.WARNING)


def _buttons(reader: Reader, offers: Offers) -> tuple[Button, ...]:
    return (
        offers.button(reader.say("All milestones"), "status"),
        offers.button(reader.say("Mine"), "mine"),
    )
