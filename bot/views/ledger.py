"""What was done to a workspace, a project, a phase or a person, told from the ledger; and its undoing."""

from __future__ import annotations

from collections.abc import Mapping

from bot.cards import Actions, Card, RichText, Text
from bot.domain.ledger import Deed, Entry, Kind
from bot.views.milestone import NAME_ROOM, shortened
from bot.views.offers import Offers
from bot.views.refusals import reading
from bot.wording import N_, Reader

_KINDS: Mapping[Kind, str] = {
    Kind.WORKSPACE: N_("the team's settings"),
    Kind.PROJECT: N_("the project"),
    Kind.PHASE: N_("the phase"),
    Kind.PERSON: N_("the person"),
    Kind.SERIES: N_("the series"),
}
_DEEDS: Mapping[Deed, str] = {
    Deed.CREATED: N_("{who} added {what}"),
    Deed.CHANGED: N_("{who} changed {what}"),
    Deed.ARCHIVED: N_("{who} archived {what}"),
    Deed.BROUGHT_BACK: N_("{who} brought {what} back"),
    Deed.REMOVED: N_("{who} removed {what}"),
    Deed.WENT_LIVE: N_("{who} went live"),
    Deed.REHEARSED: N_("{who} went back to rehearsal"),
    Deed.JOINED: N_("{who} joined"),
    Deed.LEFT: N_("{who} said that {what} left"),
    Deed.HANDED_OVER: N_("{who} handed over {what}"),
    Deed.UNDONE: N_("{who} undid the last change"),
}


def story(entry: Entry, names: Mapping[str, str], reader: Reader) -> RichText:
    """``Ana changed the project Riverside``; ``names`` are people's by id."""
    who = names.get(entry.actor_id) or reader.say("someone who left")
    name = str(entry.after.get("name") or entry.before.get("name") or "")
    what = reader.say(_KINDS[entry.subject.kind])
    if name and entry.subject.kind is not Kind.WORKSPACE:
        what = f"{what} {shortened(name, NAME_ROOM)}"
    return reader.rich(_DEEDS[entry.deed], who=shortened(who, 20), what=what)


def taken_back(done: RichText, reader: Reader, offers: Offers) -> Card:
    return Card(reader.rich("Undone: {deed}.", deed=done), (Actions(reading(reader, offers)),))


def nothing_undone(done: RichText, reader: Reader, offers: Offers) -> Card:
    """Somebody changed it since, so what was recorded is no longer the way back."""
    title = RichText(reader.say("That was changed again since, so nothing was undone."))
    return Card(title, (Text(done), Actions(reading(reader, offers))))


def not_yours(lead: str, reader: Reader, offers: Offers) -> Card:
    """Who may take back what was done to a project or the team."""
    who = shortened(lead, 20) or reader.say("an admin")
    title = reader.rich("Only {who} or an admin can undo that.", who=who)
    if not lead:
        title = RichText(reader.say("Only an admin can undo that."))
    return Card(title, (Actions(reading(reader, offers)),))
