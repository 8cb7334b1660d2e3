"""What happened, told from history."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from bot.cards import RichText, joined
from bot.domain.history import Action, Cause, History
from bot.domain.milestone import Milestone
from bot.views.milestone import ITEM_ROOM, ON_THE_CARD, REASON_ROOM, shortened
from bot.wording import N_, Reader

Names = Mapping[str, str]

CAUSES: dict[Cause, str] = {
    Cause.RESOURCE: N_("People"),
    Cause.CLIENT: N_("Waiting for someone"),
    Cause.SCOPE: N_("Scope changed"),
    Cause.APPROVAL: N_("Permit or approval"),
    Cause.PREDECESSOR: N_("Something before it was late"),
    Cause.EQUIPMENT: N_("Equipment"),
    Cause.MATERIAL: N_("Material"),
    Cause.SUBCONTRACTOR: N_("Subcontractor"),
    Cause.QUALITY: N_("Rework"),
    Cause.ESTIMATE: N_("Planned too tight"),
    Cause.EXTERNAL: N_("Weather or site"),
    Cause.FINANCE: N_("Money"),
}
_DEEDS: dict[Action, str] = {
    Action.CREATED: N_("{who} added it"),
    Action.STARTED: N_("{who} started it"),
    Action.ACHIEVED: N_("{who} marked it done"),
    Action.BLOCKED: N_("{who} said it is blocked"),
    Action.UNBLOCKED: N_("{who} said it can go on"),
    Action.CAUSE_NAMED: N_("{who} said why"),
    Action.UNDONE: N_("{who} undid the last change"),
}


def standards(milestone: Milestone, reader: Reader) -> tuple[RichText, ...]:
    """What proves it, whole: where the card names only the first few."""
    if len(milestone.criteria) <= ON_THE_CARD and all(len(c.text) <= ITEM_ROOM for c in milestone.criteria):
        return ()
    there = [c.text for c in milestone.criteria if c.is_done]
    missing = [c.text for c in milestone.missing]
    return (
        *((reader.rich("To prove: {list}", list="; ".join(missing)),) if missing else ()),
        *((reader.rich("Proved: {list}", list="; ".join(there)),) if there else ()),
    )


def people_of(entries: Iterable[History]) -> set[str]:
    """Ids of everybody these lines name."""
    named = (e.after.get("owner_id", "") for e in entries if e.action is Action.ASSIGNED)
    return {*(e.actor_id for e in entries), *map(str, named)} - {""}


def deed(entry: History, names: Names, reader: Reader) -> RichText:
    """``Ana moved it from Fri 6 Mar to Fri 13 Mar: truck broke down``; ``names`` are people's by id."""
    return joined((_what(entry, names, reader), _why(entry, reader)), ": ")


def line(entry: History, names: Names, reader: Reader) -> RichText:
    """One line of history with its day."""
    return joined((reader.since(entry.at), deed(entry, names, reader)), " · ")


def since_then(entry: History, names: Names, reader: Reader) -> RichText:
    """What happened since, so that an old wish no longer applies."""
    return reader.rich("Nothing was changed. Since then: {deed}.", deed=deed(entry, names, reader))


def cause_words(cause: Cause, reader: Reader) -> str:
    return reader.say(CAUSES[cause])


def _what(entry: History, names: Names, reader: Reader) -> RichText:
    who = _name(entry.actor_id, names, reader)
    if entry.action is Action.MOVED:
        was, now = str(entry.before.get("due", "")), str(entry.after.get("due", ""))
        return reader.rich(
            "{who} moved it from {was} to {now}", who=who, was=_day(was, reader), now=_day(now, reader)
        )
    if entry.action is Action.ASSIGNED:
        owner = str(entry.after.get("owner_id", ""))
        if owner == entry.actor_id:
            return reader.rich("{who} took it over", who=who)
        return reader.rich("{who} gave it to {owner}", who=who, owner=_name(owner, names, reader))
    return reader.rich(_DEEDS[entry.action], who=who)


def _name(person_id: str, names: Names, reader: Reader) -> str:
    return names.get(person_id) or reader.say("someone who left")


def _why(entry: History, reader: Reader) -> RichText:
    note = shortened(" ".join(entry.note.split()), REASON_ROOM) if entry.note else ""
    parts = (cause_words(entry.cause, reader) if entry.cause else "", note)
    return joined(parts, ", ")


def _day(iso: str, reader: Reader) -> str:
    return reader.day(date.fromisoformat(iso)) if iso else "–"
