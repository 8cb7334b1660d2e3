"""A change in two short cells: what was, and what is or would be."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from bot.domain.history import Facts
from bot.domain.milestone import State
from bot.wording import N_, Reader

STATES: Mapping[State, str] = {
    State.DRAFT: N_("Draft"),
    State.PLANNED: N_("Planned"),
    State.IN_PROGRESS: N_("In progress"),
    State.IN_REVIEW: N_("In review"),
    State.ON_HOLD: N_("On hold"),
    State.ACHIEVED: N_("✅ Achieved"),
    State.MISSED: N_("Missed"),
    State.CANCELLED: N_("Cancelled"),
}
_TOLD = ("withdrawn", "state", "due", "owner_id", "blocked", "title", "phase_id")
"""What is told of a change, the most telling first; what follows from it is left out."""


def was_and_is(before: Facts, after: Facts, names: Mapping[str, str], reader: Reader) -> tuple[str, str]:
    """In the reader's words; ``names`` are people's by id.  Two dashes when nothing visible differs."""
    name = next((fact for fact in _TOLD if fact in after), "")
    if not name:
        return "–", "–"
    return _words(name, before, names, reader), _words(name, after, names, reader)


def state_words(state: State, reader: Reader) -> str:
    return reader.say(STATES[state])


def _words(name: str, facts: Facts, names: Mapping[str, str], reader: Reader) -> str:
    value = facts.get(name)
    match name:
        case "withdrawn":
            return reader.say("Withdrawn") if value else reader.say("In the plan")
        case "state":
            return state_words(State(str(value)), reader)
        case "due":
            return reader.day(date.fromisoformat(str(value)))
        case "owner_id":
            return names.get(str(value)) or reader.say("someone who left")
        case "blocked":
            return reader.say("⛔ Blocked") if value else reader.say("Not blocked")
        case _:
            return str(value or "–")
