"""The card about milestones changed together, made when it is sent: only what still is as it was made."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.domain.history import Action, History
from bot.domain.milestone import Milestone
from bot.domain.notices import NoticeKind
from bot.reminders.to_come import is_to_come
from bot.reminders.turn import Composed, Turn
from bot.views.changes import was_and_is
from bot.views.many_news import Change, added_here_card, together_card
from bot.views.to_come import to_come_card
from bot.wording import Reader, reader_for


def _together(turn: Turn) -> Composed | None:
    """None once nothing of it stands, and to a stand-in who did it themselves."""
    reads = turn.person(turn.row.person_id) or turn.project
    found = [pair for pair in _entries(turn) if _is_theirs(turn, *pair)]
    if reads is None or not found or turn.said("by") == reads.id:
        return None
    reader = reader_for(reads, turn.now)
    names = turn.names(_named(found))
    changes = tuple(_change(entry, milestone, names, reader) for entry, milestone in found)
    action = found[0][0].action
    by = turn.name(turn.said("by"))
    if not turn.row.person_id:
        return Composed(added_here_card(by, changes, reader, turn.offers))
    mine = sum(milestone.owner_id == turn.meant_for for _, milestone in found)
    absent = turn.name(turn.said("instead_of"))
    return Composed(together_card(by, action, changes, mine, absent, reader, turn.offers))


def _entries(turn: Turn) -> list[tuple[History, Milestone]]:
    """Each change that is still the last of its milestone, with the milestone as it is."""
    entries = turn.uow.histories.of_batch(turn.row.workspace_id, turn.said("batch"))
    loaded = [(e, turn.uow.milestones.get(turn.row.workspace_id, e.milestone_id)) for e in entries]
    standing = [(e, m) for e, m in loaded if m and m.version == e.version]
    return sorted(standing, key=lambda pair: (pair[1].project_key, pair[1].number))


def _is_theirs(turn: Turn, entry: History, milestone: Milestone) -> bool:
    """A channel reads of everything."""
    if not turn.row.person_id:
        return not milestone.withdrawn
    return turn.meant_for in (milestone.owner_id, entry.before.get("owner_id"))


def _named(found: list[tuple[History, Milestone]]) -> set[str]:
    return {str(facts.get("owner_id", "")) for entry, _ in found for facts in (entry.before, entry.after)}


def _change(entry: History, milestone: Milestone, names: Mapping[str, str], reader: Reader) -> Change:
    if entry.action is Action.CREATED:
        return Change(milestone, "–", reader.day(milestone.due))
    return Change(milestone, *was_and_is(entry.before, entry.after, names, reader))


def _to_come(turn: Turn) -> Composed | None:
    """None once they were found, or somebody else must find them."""
    milestone, reads = turn.milestone, turn.person(turn.row.person_id)
    if milestone is None or reads is None or not is_to_come(milestone):
        return None
    if milestone.owner_id != turn.meant_for:
        return None
    return Composed(to_come_card(milestone, reader_for(reads, turn.now), turn.offers))


COMPOSERS: Mapping[NoticeKind, Callable[[Turn], Composed | None]] = {
    NoticeKind.TOGETHER: _together,
    NoticeKind.OWNER_TO_COME: _to_come,
}
