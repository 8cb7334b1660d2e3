"""One milestone as a card: headline, what proves it, what is in its way, what can be done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.cards import Actions, Button, Card, RichText, Text, Tone, joined, link, strong
from bot.domain.health import Health, Light, Reason, health
from bot.domain.milestone import Milestone, State
from bot.views.moves import card_buttons as open_buttons
from bot.views.offers import Offers
from bot.views.proof import missing_words, proved_words, task_progress
from bot.wording import N_, Reader

HEADLINE_LIMIT = 90  # characters of a first line (docs/voice.md, rule 1)
NAME_ROOM = 40  # characters of a title or name inside another sentence
ITEM_ROOM = 60
BACK = "back"
"""Chosen on a withdrawn milestone's card: undo takes the withdrawing back."""
ON_THE_CARD = 3  # completion standards; `show` lists the rest
REASON_ROOM = 160
_STATE_WORDS = {
    State.DRAFT: N_("Draft"),
    State.ON_HOLD: N_("On hold"),
    State.CANCELLED: N_("Cancelled"),
    State.MISSED: N_("Missed"),
}
"""States that have no light."""
_TONES = {Light.GREEN: Tone.GOOD, Light.AMBER: Tone.WARNING, Light.RED: Tone.BAD, Light.NONE: Tone.NEUTRAL}


@dataclass(frozen=True, slots=True)
class Shown:
    """A milestone with the names a card needs; ``undo`` is the history entry its Undo would reverse."""

    milestone: Milestone
    owner: str
    undo: str = ""
    approver: str = ""


def light_words(milestone: Milestone, state: Health, reader: Reader) -> str:
    """The light as a sign and a word, for those who cannot see the sign."""
    if milestone.withdrawn:
        return reader.say("Withdrawn")
    if milestone.state is State.ACHIEVED:
        return reader.say("✅ Achieved")
    if milestone.state in _STATE_WORDS:
        return reader.say(_STATE_WORDS[milestone.state])
    if state.is_overdue:
        return reader.say("🔴 Overdue")
    if Reason.BLOCKED in state.reasons:
        return reader.say("⛔ Blocked")
    if milestone.state is State.IN_REVIEW:
        return reader.say("🟢 In review")
    return reader.say("🟢 Due soon") if Reason.DUE_SOON in state.reasons else reader.say("🟢 On track")


def headline(milestone: Milestone, reader: Reader) -> RichText:
    """Light, key, title, date and distance in at most 90 characters; a long title is shortened here
    and stands in full in the card."""
    state = health(milestone, reader.today, reader.calendar)
    words, when = light_words(milestone, state, reader), when_words(milestone, reader)
    room = HEADLINE_LIMIT - len(words) - len(when) - len(milestone.key) - 7
    name = strong(f"{milestone.key} {shortened(milestone.title, room)}")
    return joined((words, name, when), " · ")


def when_words(milestone: Milestone, reader: Reader) -> str:
    if milestone.state is State.ACHIEVED and milestone.actual_done:
        return f"{reader.day(milestone.actual_done)}, {_outcome(milestone, reader)}"
    if milestone.hold and milestone.state is State.ON_HOLD:
        return reader.say("until {day}", day=reader.day(milestone.hold.review_on))
    return reader.day_and_distance(milestone.due) if milestone.is_open else reader.day(milestone.due)


def milestone_card(shown: Shown, reader: Reader, offers: Offers, said: RichText | str = "") -> Card:
    """The card as it now is, with its buttons.  ``said`` is what just happened, if anything did."""
    milestone = shown.milestone
    state = health(milestone, reader.today, reader.calendar)
    lines = tuple(Text(line) for line in (RichText() + said, *body_lines(shown, reader, said)) if line)
    buttons = card_buttons(shown, reader, offers)
    actions = (Actions(buttons),) if buttons else ()
    return Card(headline(milestone, reader), (*lines, *actions), _TONES[state.light])


def body_lines(shown: Shown, reader: Reader, said: RichText | str = "") -> tuple[RichText, ...]:
    """At most three lines, two below what was ``said``: the whole title if the headline cut it, who and
    what proves it, what is in the way and what moved."""
    milestone = shown.milestone
    title = _full_title(milestone, reader)
    who = _who(shown, reader, 1 if said and title else ON_THE_CARD)
    first = _moved(milestone, reader)
    known = said and reader.day(milestone.baseline_due or milestone.due) in str(said)
    trouble = joined((_in_the_way(shown, reader), "" if known else first), " · ")
    return (joined((title, who), " · "), trouble) if said else (title, who, trouble)


def card_buttons(shown: Shown, reader: Reader, offers: Offers) -> tuple[Button, ...]:
    milestone = shown.milestone
    undo = (
        (offers.button(reader.say("Undo"), "undo", milestone, history_id=shown.undo),) if shown.undo else ()
    )
    if milestone.withdrawn:
        back = offers.button(reader.say("Bring it back"), "undo", milestone_id=milestone.id, choice=BACK)
        return back, offers.button(reader.say("All milestones"), "status")
    if not milestone.is_open:
        show = offers.button(reader.say("Show it"), "show", milestone_id=milestone.id)
        return (*undo, show) if undo else ()
    return open_buttons(milestone, shown.undo, reader, offers)


def shortened(title: str, room: int) -> str:
    """``title`` in at most ``room`` characters (never under 12), cut with an ellipsis."""
    room = max(room, 12)
    return title if len(title) <= room else title[: room - 1].rstrip() + "…"


def listed(items: Sequence[str], reader: Reader, most: int = ON_THE_CARD) -> str:
    """The first few of ``items``, each on part of a line, and how many more there are."""
    first = ", ".join(shortened(item, ITEM_ROOM) for item in items[:most])
    left = len(items) - most
    return f"{first} {reader.many('and {n} more', 'and {n} more', left)}" if left > 0 else first


def _full_title(milestone: Milestone, reader: Reader) -> RichText:
    return (
        RichText(milestone.title) if milestone.title not in headline(milestone, reader).text else RichText()
    )


def _who(shown: Shown, reader: Reader, most: int) -> RichText:
    milestone, owner = shown.milestone, shortened(shown.owner, NAME_ROOM)
    if milestone.missing:
        missing = listed(missing_words(milestone, reader), reader, most)
        who = reader.rich("{owner} · to prove: {list}", owner=owner, list=missing)
    elif milestone.criteria and milestone.state is State.ACHIEVED:
        proved = listed(proved_words(milestone, reader), reader, most)
        who = reader.rich("{owner} · proved: {list}", owner=owner, list=proved)
    else:
        who = RichText(owner)
    origin = link(reader.say("its message"), milestone.origin) if milestone.origin else ""
    return joined((who, task_progress(milestone, reader), origin), " · ")


def _in_the_way(shown: Shown, reader: Reader) -> RichText:
    """Why it rests, whose yes it waits for, what blocks it."""
    milestone = shown.milestone
    if milestone.hold and milestone.state is State.ON_HOLD:
        reason = shortened(" ".join(milestone.hold.reason.split()), REASON_ROOM)
        return reader.rich("Due {day} · on hold: {reason}", day=reader.day(milestone.due), reason=reason)
    waits = milestone.state is State.IN_REVIEW and bool(shown.approver)
    who = shortened(shown.approver, NAME_ROOM)
    review = reader.rich("{name} is asked to approve it", name=who) if waits else RichText()
    return joined((review, _blocked_by(milestone, reader)), " · ")


def _blocked_by(milestone: Milestone, reader: Reader) -> RichText:
    flag = milestone.blocked
    if not flag or not milestone.is_open:
        return RichText()
    reason = shortened(" ".join(flag.reason.split()), REASON_ROOM)
    return reader.rich("Blocked since {day}: {reason}", day=reader.since(flag.since), reason=reason)


def _moved(milestone: Milestone, reader: Reader) -> RichText:
    first = milestone.baseline_due
    if not first or first == milestone.due or not milestone.is_open:
        return RichText()
    return reader.rich("First promised for {day}", day=reader.day(first))


def _outcome(milestone: Milestone, reader: Reader) -> str:
    late = reader.calendar.between(milestone.due, milestone.actual_done or milestone.due)
    if late > 0:
        return reader.many("{n} working day late", "{n} working days late", late)
    if late < 0:
        return reader.many("{n} working day early", "{n} working days early", -late)
    return reader.say("on time")
