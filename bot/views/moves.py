"""From one state to another as a button: which verb makes the move, and which fit a milestone as it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.cards import Button, Style
from bot.domain.lifecycle import route
from bot.domain.milestone import Milestone, State
from bot.views.offers import Offers
from bot.wording import N_, Reader

S = State
MORE = "more"
"""Chosen on a card: everything else that can be done."""
MOST = 4


@dataclass(frozen=True, slots=True)
class Way:
    """``label`` is a source sentence."""

    verb: str
    label: str

    def button(
        self, milestone: Milestone, reader: Reader, offers: Offers, style: Style = Style.DEFAULT
    ) -> Button:
        return offers.button(_said(self.label, reader), self.verb, milestone, style)


def _said(sentence: str, reader: Reader) -> str:
    return reader.say(sentence)


CONFIRM, BEGIN = Way("confirm", N_("Plan it")), Way("begin", N_("Begin"))
SUBMIT, APPROVE = Way("submit", N_("Hand in")), Way("approve", N_("Approve"))
SEND_BACK, DONE = Way("send-back", N_("Send back")), Way("done", N_("Done"))
HOLD, RESUME = Way("hold", N_("Put on hold")), Way("resume", N_("Resume"))
LONGER, DROP = Way("hold", N_("Hold longer")), Way("drop", N_("Drop"))
REOPEN, RENAME = Way("reopen", N_("Reopen")), Way("rename", N_("Rename"))
MOVE, ASSIGN = Way("move", N_("Move")), Way("assign", N_("Assign"))
CRITERIA, TASKS = Way("criteria", N_("What proves it")), Way("task", N_("Tasks"))
BLOCK, UNBLOCK = Way("block", N_("Blocked")), Way("unblock", N_("Unblock"))

_BY_PAIR: Mapping[tuple[State, State], Way] = {
    (S.DRAFT, S.PLANNED): CONFIRM,
    (S.PLANNED, S.IN_PROGRESS): BEGIN,
    (S.IN_PROGRESS, S.IN_REVIEW): SUBMIT,
    (S.IN_PROGRESS, S.ACHIEVED): DONE,
    (S.IN_REVIEW, S.ACHIEVED): APPROVE,
    (S.IN_REVIEW, S.IN_PROGRESS): SEND_BACK,
    (S.ACHIEVED, S.IN_PROGRESS): REOPEN,
    (S.CANCELLED, S.PLANNED): REOPEN,
}
_OPEN_CARD: Mapping[State, tuple[Way, ...]] = {
    S.DRAFT: (CONFIRM, MOVE, ASSIGN),
    S.PLANNED: (DONE, MOVE, BLOCK),
    S.IN_PROGRESS: (DONE, MOVE, BLOCK),
    S.IN_REVIEW: (APPROVE, SEND_BACK, MOVE),
    S.ON_HOLD: (RESUME, LONGER, MOVE),
}
_FURTHER: Mapping[State, tuple[Way, ...]] = {
    S.DRAFT: (CRITERIA, TASKS, HOLD, RENAME, DROP),
    S.PLANNED: (CRITERIA, TASKS, BEGIN, SUBMIT, HOLD, ASSIGN, RENAME, DROP),
    S.IN_PROGRESS: (CRITERIA, TASKS, SUBMIT, HOLD, ASSIGN, RENAME, DROP),
    S.IN_REVIEW: (CRITERIA, TASKS, BLOCK, HOLD, ASSIGN, RENAME, DROP),
    S.ON_HOLD: (CRITERIA, TASKS, ASSIGN, RENAME, DROP),
    S.ACHIEVED: (REOPEN,),
    S.CANCELLED: (REOPEN,),
    S.MISSED: (),
}


def way(start: State, to: State) -> Way | None:
    """What makes this one move; None for a miss, which no hand makes."""
    if to is S.ON_HOLD:
        return HOLD
    if to is S.CANCELLED:
        return DROP
    return RESUME if start is S.ON_HOLD else _BY_PAIR.get((start, to))


def first_step(milestone: Milestone, wanted: State) -> Way | None:
    """The nearest legal move on the way to ``wanted``; None when there is none."""
    steps = route(milestone, wanted)
    return way(milestone.state, steps[0]) if steps else None


def on_card(milestone: Milestone) -> tuple[Way, ...]:
    """What an open milestone's card offers first, the likeliest first."""
    if milestone.state is S.DRAFT and milestone.owner_role:
        return ASSIGN, MOVE
    return tuple(_unblocked(w, milestone) for w in _OPEN_CARD.get(milestone.state, ()))


def further(milestone: Milestone) -> tuple[Way, ...]:
    """What else can be done with it."""
    return tuple(_unblocked(w, milestone) for w in _FURTHER[milestone.state])


def card_buttons(milestone: Milestone, undo: str, reader: Reader, offers: Offers) -> tuple[Button, ...]:
    """At most four: what fits the state, then the way back while there is one, else the way to the rest."""
    ways = on_card(milestone)
    primary = ways[0].button(milestone, reader, offers, Style.PRIMARY)
    others = tuple(w.button(milestone, reader, offers) for w in ways[1:])
    last = (
        offers.button(reader.say("Undo"), "undo", milestone, history_id=undo)
        if undo
        else offers.button(reader.say("More"), "show", milestone_id=milestone.id, choice=MORE)
    )
    return (primary, *others, last)


def _unblocked(found: Way, milestone: Milestone) -> Way:
    return UNBLOCK if found is BLOCK and milestone.blocked else found
