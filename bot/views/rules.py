"""Who may do what, in plain words: read from the one table (docs/security.md)."""

from __future__ import annotations

from collections.abc import Collection

from bot.cards import Actions, Card, RichText, Style, Text
from bot.domain.milestone import Milestone
from bot.domain.people import Role
from bot.views.deeds import is_named, listed_names, only, would
from bot.views.milestone import HEADLINE_LIMIT, shortened
from bot.views.offers import Offers
from bot.views.people_news import role_word
from bot.wording import N_, Reader

WAYS = {
    "given": N_("whoever it was given to"),
    "own": N_("its owner"),
    "led": N_("the project's lead"),
    "signs": N_("whoever signs it off"),
    "part": N_("whoever has a part in it"),
    "any": N_("every member"),
    "admin": N_("an admin"),
}


def rule_words(admitted: Collection[str], role: Role, reader: Reader) -> RichText:
    """Whom the rule admits, by how they stand to it, and what the reader is."""
    words = [reader.say(WAYS[way]) for way in WAYS if way in admitted] or [reader.say("nobody")]
    first, last = ", ".join(words[:-1]), words[-1]
    named = reader.say("{one} or {other}", one=first, other=last) if first else last
    return reader.rich(
        "That is for {list}; you are here as {role}.", list=named, role=role_word(role, reader)
    )


def why_not_card(
    milestone: Milestone, verb: str, names: tuple[str, ...], why: RichText, reader: Reader, offers: Offers
) -> Card:
    """To somebody who may not even propose it: the rule, and whom to talk to."""
    who = listed_names(names, reader)
    ask = reader.rich("Talk to {who}: it is one tap for them.", who=names[0] if names else who)
    buttons = (
        offers.button(reader.say("Show it"), "show", milestone_id=milestone.id),
        offers.button(reader.say("All milestones"), "status"),
    )
    return Card(only(verb, who, milestone, reader), (Text(why), Text(ask), Actions(buttons)))


def you_may_card(milestone: Milestone, verb: str, why: RichText, reader: Reader, offers: Offers) -> Card:
    """Nothing forbids it; ``why`` is what stands in the way all the same, if something does."""
    sentence = N_("You may: {do}, for {what}.")
    do = would(verb, "", reader) if is_named(verb) else verb
    room = HEADLINE_LIMIT - len(reader.say(sentence, do=do, what=""))
    title = reader.rich(sentence, do=do, what=shortened(f"{milestone.key} {milestone.title}", room))
    show = offers.button(reader.say("Show it"), "show", milestone_id=milestone.id)
    go = offers.button(reader.say("Do it now"), verb, milestone, Style.PRIMARY)
    lines = (Text(why),) if why else ()
    return Card(
        title, (*lines, Actions((show, offers.button(reader.say("Mine"), "mine")) if why else (go, show)))
    )


def overview_card(
    milestone: Milestone, may: tuple[str, ...], others: tuple[str, ...], who: tuple[str, ...],
    reader: Reader, offers: Offers,
) -> Card:  # fmt: skip
    """What the reader may do with it, and what others may."""
    room = HEADLINE_LIMIT - len(reader.say("What you may do with {what}.", what=""))
    title = reader.rich(
        "What you may do with {what}.", what=shortened(f"{milestone.key} {milestone.title}", room)
    )
    yours = (
        reader.rich("You: {list}.", list=", ".join(may))
        if may
        else RichText(reader.say("You may look at it."))
    )
    theirs = reader.rich("Only {who}: {list}.", who=listed_names(who, reader), list=", ".join(others))
    buttons = (
        offers.button(reader.say("Propose…"), "propose", milestone_id=milestone.id),
        offers.button(reader.say("Show it"), "show", milestone_id=milestone.id),
    )
    return Card(title, (Text(yours), *((Text(theirs),) if others else ()), Actions(buttons)))
