"""Channels that the bot cannot write to: said to whoever can do something about it."""

from __future__ import annotations

from bot.cards import Actions, Card, RichText, Text, Tone, strong
from bot.domain.milestone import Milestone
from bot.domain.people import Project
from bot.views.milestone import HEADLINE_LIMIT, shortened
from bot.views.offers import Offers
from bot.wording import N_, Reader

_PLACE_ROOM = 20


def cannot_hear_card(milestone: Milestone, place: str, reader: Reader, offers: Offers) -> Card:
    """To whoever changed it, once: the channel does not hear of changes any more."""
    where = shortened(place, _PLACE_ROOM) if place else reader.say("its channel")
    sentence = N_("Changed, but {place} can't hear of {what}: I am not in it.")
    key = milestone.key
    room = HEADLINE_LIMIT - len(reader.say(sentence, place=where, what=f"{key} "))
    title = reader.rich(sentence, place=where, what=strong(f"{key} {shortened(milestone.title, room)}"))
    remedy = Text(RichText(reader.say("Add me there again: its card and what waits follow by themselves.")))
    show = offers.button(reader.say("Show it"), "show", milestone_id=milestone.id)
    everything = offers.button(reader.say("All milestones"), "status")
    return Card(title, (remedy, Actions((show, everything))), Tone.WARNING)


def removed_card(project: Project, place: str, reader: Reader, offers: Offers, permission: str = "") -> Card:
    """To the lead at once: the project has lost its channel; ``permission`` is what the platform lacks."""
    where = shortened(place, _PLACE_ROOM) if place else reader.say("its channel")
    name = strong(shortened(project.name, _PLACE_ROOM))
    title = reader.rich(
        "I can't write in {place} any more, the channel of {project}.", place=where, project=name
    )
    lines = (
        reader.say("People still get their own reminders; the digest and what nobody answered wait."),
        _missing(permission, reader)
        if permission
        else reader.say("Add me there again, or say “settings channel” in another one to move there."),
    )
    status = offers.button(reader.say("All milestones"), "status", project_id=project.id)
    mine = offers.button(reader.say("Mine"), "mine")
    return Card(title, (*(Text(RichText(line)) for line in lines), Actions((status, mine))), Tone.WARNING)


def permission_in(code: str) -> str:
    """What a refusal says is missing; empty for every other reason."""
    kind, _, named = code.partition(":")
    return named if kind == "missing_scope" else ""


def _missing(permission: str, reader: Reader) -> str:
    return reader.say(
        "The app lacks the permission {permission}: an admin adds it to the app and installs it again.",
        permission=permission,
    )
