"""What is told when people come, go, hand over or want to hear nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.cards import Actions, Button, Card, RichText, Style, Text, Tone, joined, strong
from bot.domain.milestone import Milestone
from bot.domain.people import Person, Role
from bot.views.milestone import headline, shortened
from bot.views.offers import Offers
from bot.wording import N_, Reader

_NAME = 24
_MOST = 3
_TITLE = 30
ROLES = {
    Role.ADMIN: N_("admin"),
    Role.LEAD: N_("lead"),
    Role.MEMBER: N_("member"),
    Role.EXTERNAL: N_("external"),
    Role.VIEWER: N_("viewer"),
}


def role_word(role: Role, reader: Reader) -> str:
    return reader.say(ROLES[role])


def in_short(milestones: Sequence[Milestone], reader: Reader, most: int = _MOST) -> RichText:
    """``APX-4 Permit issued, Thu 12 Mar`` for the first few, and how many more there are."""
    named = [f"{m.key} {shortened(m.title, _TITLE)}, {reader.day(m.due)}" for m in milestones[:most]]
    left = len(milestones) - most
    more = (reader.many("and {n} more", "and {n} more", left),) if left > 0 else ()
    return joined((*named, *more), " · ")


def handed_over_card(
    by: str, milestones: Sequence[Milestone], *, left: bool, reader: Reader, offers: Offers
) -> Card:
    """To whoever owns them now."""
    n, who = len(milestones), strong(shortened(by, _NAME))
    title = reader.filled(_handed_over(n, left, reader), who=who)
    show = offers.button(reader.say("Show the first"), "show", milestone_id=milestones[0].id)
    return Card(
        title,
        (Text(in_short(milestones, reader)), Actions((offers.button(reader.say("Mine"), "mine"), show))),
    )


def _handed_over(n: int, left: bool, reader: Reader) -> str:
    """With ``{who}`` still to fill in."""
    if left:
        return reader.many("{who} left, so {n} milestone is yours now.",
                           "{who} left, so {n} milestones are yours now.", n, who="{who}")  # fmt: skip
    return reader.many("{who} handed {n} milestone over to you.", "{who} handed {n} milestones over to you.",
                       n, who="{who}")  # fmt: skip


def left_card(
    name: str, shares: Sequence[tuple[str, int]], undo: str, *, reader: Reader, offers: Offers
) -> Card:
    """To the lead: who left, and who has their milestones now."""
    title = reader.rich("{who} left, so I send nothing there any more.", who=strong(shortened(name, _NAME)))
    went = ", ".join(f"{shortened(taker, _NAME)} {n}" for taker, n in shares[:_MOST])
    nothing = reader.say("Nothing was open.")
    words = reader.say("Open milestones went to: {list}.", list=went) if went else nothing
    everything = offers.button(reader.say("All milestones"), "status")
    back = (offers.button(reader.say("Undo"), "undo", history_id=undo),) if undo else ()
    mine = offers.button(reader.say("Mine"), "mine")
    return Card(title, (Text(RichText(words)), Actions((everything, *back, mine))), Tone.WARNING)


def came_card(
    person: Person, milestones: Sequence[Milestone], code_hash: str, *, reader: Reader, offers: Offers
) -> Card:
    """To whoever invited: who came by it, and the way back if that is somebody else."""
    who, what = strong(shortened(person.name, _NAME)), role_word(person.role, reader)
    title = reader.rich("{who} joined by your invitation, as {role}.", who=who, role=what)
    theirs = (
        reader.rich("Theirs now: {list}.", list=in_short(milestones, reader)) if milestones else RichText()
    )
    show = offers.button(reader.say("Show them"), "person", owner_id=person.id)
    label = reader.say("Not them")
    wrong = offers.button(label, "invite", style=Style.DANGER, choice="not_them", code=code_hash)
    return Card(title, (*_lines(theirs), Actions((show, wrong))), Tone.GOOD)


def stopped_card(
    name: str, milestones: Sequence[Milestone], person_id: str, *, reader: Reader, offers: Offers
) -> Card:
    """To the lead: reminders to this person need another way."""
    who = strong(shortened(name, _NAME))
    title = reader.rich("{who} asked me to stop: reminders come to you.", who=who)
    why = reader.say("They still own what they own. Remind them yourself, or choose another owner.")
    label = reader.say("Choose a deputy")
    deputy = offers.button(label, "person", owner_id=person_id, choice="deputy")
    buttons = Actions((*_other_owner(milestones, reader, offers), deputy))
    return Card(title, (*_lines(RichText(why), in_short(milestones, reader)), buttons), Tone.WARNING)


def deputy_card(
    milestone: Milestone, owner: str, until: date | None, *, reader: Reader, offers: Offers
) -> Card:
    """What an owner was told, to whoever stands in for them."""
    who = strong(shortened(owner, _NAME))
    why = reader.rich("You stand in for {who}.", who=who)
    if until:
        why = reader.rich("You stand in for {who} until {day}.", who=who, day=reader.day(until))
    show = offers.button(reader.say("Show it"), "show", milestone_id=milestone.id)
    buttons = Actions((show, offers.button(reader.say("Mine"), "mine")))
    return Card(headline(milestone, reader), (Text(why), buttons))


def _other_owner(milestones: Sequence[Milestone], reader: Reader, offers: Offers) -> tuple[Button, ...]:
    """For the first of them; all milestones to choose from where none is named."""
    if not milestones:
        return (offers.button(reader.say("All milestones"), "status"),)
    return (offers.button(reader.say("Choose another owner"), "assign", milestones[0]),)


def _lines(*lines: RichText) -> tuple[Text, ...]:
    return tuple(Text(line) for line in lines if line)
