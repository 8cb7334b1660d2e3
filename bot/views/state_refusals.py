"""A state that cannot change so, with the reason and the nearest move that would."""

from __future__ import annotations

from bot.cards import Actions, Button, Card, RichText, Style, Text, strong
from bot.domain.milestone import Milestone, State
from bot.errors import IllegalMove
from bot.views.milestone import HEADLINE_LIMIT, NAME_ROOM, listed, shortened
from bot.views.moves import ASSIGN, SEND_BACK, Way, first_step
from bot.views.offers import Offers
from bot.wording import N_, Reader

_WANTS = {"approved": State.IN_REVIEW, "sent back": State.IN_REVIEW}
"""Where somebody has to get first for what is no state of its own; for all else, under way."""
_BY_WISH = {
    "resumed": N_("{milestone} is not on hold."),
    "unblocked": N_("{milestone} is not blocked."),
    "reopened": N_("{milestone} is open already."),
    State.PLANNED: N_("{milestone} is no draft any more."),
    State.MISSED: N_("Only its day passing makes {milestone} missed."),
}
_BY_STATE = {
    State.DRAFT: N_("{milestone} is still a draft."),
    State.PLANNED: N_("{milestone} was not handed in yet."),
    State.IN_PROGRESS: N_("{milestone} was not handed in yet."),
    State.IN_REVIEW: N_("{milestone} was handed in and waits for approval."),
    State.ON_HOLD: N_("{milestone} is on hold until {day}."),
    State.ACHIEVED: N_("{milestone} is achieved already."),
    State.MISSED: N_("{milestone} was missed: its day is over."),
    State.CANCELLED: N_("{milestone} was dropped."),
}
_SPEAKS_FIRST = frozenset({State.DRAFT, State.ON_HOLD, State.ACHIEVED, State.MISSED, State.CANCELLED})
"""States that explain every refusal by themselves."""


def illegal_move(error: IllegalMove, milestone: Milestone | None, reader: Reader, offers: Offers) -> Card:
    """Why this state cannot become that one, and the nearest legal move on the way there."""
    mine = offers.button(reader.say("Mine"), "mine")
    if milestone is None:
        title = RichText(reader.say("It can't do that from where it is."))
        return Card(title, (Actions((mine, offers.button(reader.say("All milestones"), "status"))),))
    sentence, day = _sentence(error, milestone), ""
    if milestone.hold:
        day = reader.day(milestone.hold.review_on)
    room = HEADLINE_LIMIT - len(reader.say(sentence, milestone="", day=day))
    title = reader.rich(sentence, milestone=strong(shortened(milestone.title, room)), day=day)
    step = _nearest(error, milestone)
    likely = (step.button(milestone, reader, offers, Style.PRIMARY),) if step else ()
    return Card(title, (Actions((*likely, _show(milestone, reader, offers), mine)),))


def _sentence(error: IllegalMove, milestone: Milestone) -> str:
    by_state = _BY_STATE[milestone.state]
    return by_state if milestone.state in _SPEAKS_FIRST else _BY_WISH.get(error.wanted, by_state)


def _nearest(error: IllegalMove, milestone: Milestone) -> Way | None:
    """None when it is where it should be, or when nothing leads there."""
    if error.wanted in _BY_WISH and milestone.state not in _SPEAKS_FIRST:
        return None
    is_state = error.wanted in frozenset(State)
    wanted = State(error.wanted) if is_state else _WANTS.get(error.wanted, State.IN_PROGRESS)
    return first_step(milestone, wanted)


def nobody_owns_it_yet(milestone: Milestone, reader: Reader, offers: Offers) -> Card:
    """A draft whose owner is still a role to fill."""
    role = shortened(milestone.owner_role, NAME_ROOM)
    title = reader.rich("It needs a name first: who is the {role}?", role=role)
    note = Text(RichText(reader.say("A milestone counts once one person owns it.")))
    give = ASSIGN.button(milestone, reader, offers, Style.PRIMARY)
    return Card(title, (note, Actions((give, _show(milestone, reader, offers)))))


def not_proved_yet(milestone: Milestone, reader: Reader, offers: Offers) -> Card:
    """Approval has to wait for what is not there yet."""
    name = shortened(milestone.title, NAME_ROOM)
    title = reader.rich("“{title}” still has something to prove.", title=name)
    missing = reader.rich("Missing: {list}.", list=listed([c.text for c in milestone.missing], reader))
    back = SEND_BACK.button(milestone, reader, offers)
    proof = offers.button(reader.say("What proves it"), "criteria", milestone_id=milestone.id)
    return Card(title, (Text(missing), Actions((back, proof, _show(milestone, reader, offers)))))


def _show(milestone: Milestone, reader: Reader, offers: Offers) -> Button:
    return offers.button(reader.say("Show it"), "show", milestone_id=milestone.id)
