"""What happened, told from history."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from bot.cards import RichText, joined
from bot.domain.history import Action, Cause, History
from bot.domain.milestone import Milestone
from bot.domain.record import hold_in
from bot.views.milestone import ITEM_ROOM, NAME_ROOM, ON_THE_CARD, REASON_ROOM, shortened
from bot.views.proof import missing_words, proved_words
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
    Action.CONFIRMED: N_("{who} settled the draft"),
    Action.STARTED: N_("{who} started it"),
    Action.SUBMITTED: N_("{who} handed it in for approval"),
    Action.APPROVED: N_("{who} approved it"),
    Action.SENT_BACK: N_("{who} sent it back"),
    Action.HELD: N_("{who} put it on hold"),
    Action.RESUMED: N_("{who} took it off hold"),
    Action.DROPPED: N_("{who} dropped it"),
    Action.MISSED: N_("Its day passed without it"),
    Action.REOPENED: N_("{who} reopened it"),
    Action.RENAMED: N_("{who} renamed it"),
    Action.PHASED: N_("{who} put it into another phase"),
    Action.ACHIEVED: N_("{who} marked it done"),
    Action.BLOCKED: N_("{who} said it is blocked"),
    Action.UNBLOCKED: N_("{who} said it can go on"),
    Action.CAUSE_NAMED: N_("{who} said why"),
    Action.PROOF_ADDED: N_("{who} added what proves it"),
    Action.PROOF_REMOVED: N_("{who} took away what was to prove it"),
    Action.PROOF_REWORDED: N_("{who} reworded what proves it"),
    Action.TICKED: N_("{who} ticked"),
    Action.UNTICKED: N_("{who} unticked"),
    Action.MEASURED: N_("{who} gave a figure"),
    Action.SIGNED: N_("{who} approved"),
    Action.TASK_ADDED: N_("{who} added a task"),
    Action.TASK_GIVEN: N_("{who} gave a task on"),
    Action.TASK_DONE: N_("{who} did a task"),
    Action.TASK_OPENED: N_("{who} opened a task again"),
    Action.TASK_REMOVED: N_("{who} removed a task"),
    Action.HANDED_OVER: N_("{who} handed tasks and approvals over"),
    Action.REPEATED: N_("{who} lets it come again"),
    Action.UNDONE: N_("{who} undid the last change"),
    Action.RESTORED: N_("{who} brought it back"),
}
_NAMING = {Action.ASSIGNED: ("owner_id",), Action.SUBMITTED: ("approver_id",)}
"""Actions whose line names somebody beside who did it."""


def standards(milestone: Milestone, reader: Reader) -> tuple[RichText, ...]:
    """What proves it, whole: where the card names only the first few."""
    if len(milestone.criteria) <= ON_THE_CARD and all(len(c.text) <= ITEM_ROOM for c in milestone.criteria):
        return ()
    there, missing = proved_words(milestone, reader), missing_words(milestone, reader)
    return (
        *((reader.rich("To prove: {list}", list="; ".join(missing)),) if missing else ()),
        *((reader.rich("Proved: {list}", list="; ".join(there)),) if there else ()),
    )


def people_of(entries: Iterable[History]) -> set[str]:
    """Ids of everybody these lines name."""
    named = (e.after.get(name, "") for e in entries for name in _NAMING.get(e.action, ()))
    return {*(e.actor_id for e in entries), *(e.proposed_by for e in entries), *map(str, named)} - {""}


def deed(entry: History, names: Names, reader: Reader) -> RichText:
    """``Ana moved it from Fri 6 Mar to Fri 13 Mar: truck broke down``; ``names`` are people's by id."""
    told = _what(entry, names, reader)
    if entry.proposed_by:
        told = reader.rich(
            "{deed}, as {who} proposed", deed=told, who=_name(entry.proposed_by, names, reader)
        )
    return joined((told, _why(entry, reader)), ": ")


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
    if entry.action in _TOLD_IN_FULL:
        return _TOLD_IN_FULL[entry.action](entry, who, names, reader)
    return reader.rich(_DEEDS[entry.action], who=who)


def _submitted(entry: History, who: str, names: Names, reader: Reader) -> RichText:
    approver = str(entry.after.get("approver_id", ""))
    if not approver:
        return reader.rich(_DEEDS[entry.action], who=who)
    return reader.rich(
        "{who} handed it in for {name} to approve", who=who, name=_name(approver, names, reader)
    )


def _held(entry: History, who: str, names: Names, reader: Reader) -> RichText:
    hold = hold_in(entry.after.get("hold"))
    if hold is None:
        return reader.rich(_DEEDS[entry.action], who=who)
    return reader.rich("{who} put it on hold until {day}", who=who, day=reader.day(hold.review_on))


def _renamed(entry: History, who: str, names: Names, reader: Reader) -> RichText:
    was = shortened(str(entry.before.get("title", "")), NAME_ROOM)
    return reader.rich("{who} renamed it, it was “{title}”", who=who, title=was)


_TOLD_IN_FULL: Mapping[Action, Callable[[History, str, Names, Reader], RichText]] = {
    Action.SUBMITTED: _submitted,
    Action.HELD: _held,
    Action.RENAMED: _renamed,
}


def _name(person_id: str, names: Names, reader: Reader) -> str:
    return names.get(person_id) or reader.say("someone who left")


def _why(entry: History, reader: Reader) -> RichText:
    note = shortened(" ".join(entry.note.split()), REASON_ROOM) if entry.note else ""
    parts = (cause_words(entry.cause, reader) if entry.cause else "", note)
    return joined(parts, ", ")


def _day(iso: str, reader: Reader) -> str:
    return reader.day(date.fromisoformat(iso)) if iso else "–"
