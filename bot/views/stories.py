"""What happened, told from history."""

from __future__ import annotations

from datetime import date

from bot.cards import RichText, joined
from bot.domain.history import Action, Cause, History
from bot.wording import N_, Reader

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
    Action.ASSIGNED: N_("{who} gave it to someone else"),
    Action.BLOCKED: N_("{who} said it is blocked"),
    Action.UNBLOCKED: N_("{who} said it can go on"),
    Action.CAUSE_NAMED: N_("{who} said why"),
    Action.UNDONE: N_("{who} undid the last change"),
}


def deed(entry: History, actor: str, reader: Reader) -> RichText:
    """``Ana moved it from Fri 6 Mar to Fri 13 Mar: truck broke down``."""
    return joined((_what(entry, actor, reader), _why(entry, reader)), ": ")


def line(entry: History, actor: str, reader: Reader) -> RichText:
    """One line of history with its day."""
    return joined((reader.since(entry.at), deed(entry, actor, reader)), " · ")


def since_then(entry: History, actor: str, reader: Reader) -> RichText:
    """What made an old button out of date."""
    return reader.rich("That button is out of date: {deed}.", deed=deed(entry, actor, reader))


def cause_words(cause: Cause, reader: Reader) -> str:
    return reader.say(CAUSES[cause])


def _what(entry: History, actor: str, reader: Reader) -> RichText:
    if entry.action is Action.MOVED:
        was, now = str(entry.before.get("due", "")), str(entry.after.get("due", ""))
        return reader.rich(
            "{who} moved it from {was} to {now}", who=actor, was=_day(was, reader), now=_day(now, reader)
        )
    return reader.rich(_DEEDS[entry.action], who=actor)


def _why(entry: History, reader: Reader) -> RichText:
    parts = (cause_words(entry.cause, reader) if entry.cause else "", entry.note)
    return joined(parts, ", ")


def _day(iso: str, reader: Reader) -> str:
    return reader.day(date.fromisoformat(iso)) if iso else "–"
