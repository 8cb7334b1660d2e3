"""An owner who is still to be found: said when it is made, and to the lead who must find them."""

from __future__ import annotations

from bot.cards import Actions, Card, RichText, Style, Text, Tone, code, strong
from bot.domain.milestone import Milestone
from bot.views.milestone import HEADLINE_LIMIT, shortened
from bot.views.offers import Offers
from bot.wording import Reader

_ROLE_ROOM = 24


def to_come_words(role: str, reader: Reader) -> RichText:
    """What was just added."""
    return reader.rich(
        "Added as a draft: {role} is still to be found. The lead is reminded.", role=shortened(role, 40)
    )


def to_come_card(milestone: Milestone, reader: Reader, offers: Offers) -> Card:
    """To the lead: who is missing for what, and by when."""
    role = shortened(milestone.owner_role, _ROLE_ROOM)
    when = reader.day_and_distance(milestone.due)
    taken = len(reader.say("{what} needs {role}: due {when}.", what="", role=role, when=when))
    what = strong(shortened(f"{milestone.key} {milestone.title}", HEADLINE_LIMIT - taken))
    title = reader.rich("{what} needs {role}: due {when}.", what=what, role=role, when=when)
    example = code(reader.say("assign {key} to @name", key=milestone.key))
    note = Text(reader.rich("It stays a draft until somebody owns it: {example}.", example=example))
    buttons = (
        offers.button(reader.say("Choose an owner"), "assign", milestone, Style.PRIMARY),
        offers.button(reader.say("I'll take it"), "assign", milestone, owner="me"),
        offers.button(reader.say("Show it"), "show", milestone_id=milestone.id),
    )
    return Card(title, (note, Actions(buttons)), Tone.WARNING)
