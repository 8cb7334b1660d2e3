"""What somebody wishes and somebody else decides: asked, answered, told."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.cards import Button, Card, RichText, Style, joined, strong
from bot.domain.milestone import Milestone
from bot.domain.proposal import Stand
from bot.views.asking import NAME, Asks, about, card, detail, fitted, names_of, words_said
from bot.views.milestone import shortened
from bot.views.offers import Offers
from bot.views.refusals import reading
from bot.wording import N_, Reader

_ONE_OF_THREE = 16  # names in one line
ACCEPT, OTHER, WHY, DECLINE, ANSWER, WITHDRAW = "accept", "other", "why", "decline", "answer", "withdraw"


def proposed_card(asks: Asks, reader: Reader, offers: Offers, since: RichText | str = "") -> Card:
    """To whoever decides; ``since`` tells what changed after it was uttered, when something did."""
    title = _proposes(asks, reader)
    leads = shortened(asks.leads, NAME)
    why_you = reader.say("You lead {project}, so you decide.", project=leads) if leads else ""
    return card(
        title,
        (since, joined((detail(asks, reader), words_said(asks.proposal, reader)), " "), why_you),
        _answers(asks, reader, offers),
    )


def sent_card(asks: Asks, to: str, reader: Reader, offers: Offers) -> Card:
    """To the proposer, at once."""
    title = fitted(N_("Proposed to {name}: {wish} for {what}."), asks, reader, name=shortened(to, NAME))
    note = RichText(reader.say("I tell you what becomes of it."))
    why = () if asks.proposal.reason else (_mine(asks, reader.say("Say why"), ANSWER, offers),)
    buttons = (*why, _mine(asks, reader.say("Withdraw"), WITHDRAW, offers), _show(asks, reader, offers))
    said = joined((detail(asks, reader), words_said(asks.proposal, reader)), " ")
    return card(title, (said, note), buttons)


def known_card(asks: Asks, to: str, reader: Reader, offers: Offers) -> Card:
    """The same again, by the same person."""
    title = fitted(
        N_("{name} has it since {day}: {wish} for {what}."), asks, reader,
        name=shortened(to, NAME), day=reader.since(asks.proposal.made_at),
    )  # fmt: skip
    return card(
        title, (), (_mine(asks, reader.say("Withdraw"), WITHDRAW, offers), _show(asks, reader, offers))
    )


def joined_in_card(asks: Asks, others: Sequence[str], to: str, reader: Reader, offers: Offers) -> Card:
    """Somebody else wishes the same already: one question, several names."""
    title = fitted(
        N_("{name} proposed the same: {wish} for {what}."), asks, reader, name=names_of(others, reader)
    )
    note = reader.rich("{name} decides for both, and I tell you, too.", name=shortened(to, NAME))
    return card(
        title, (note,), (_mine(asks, reader.say("Withdraw"), WITHDRAW, offers), _show(asks, reader, offers))
    )


def yours_card(
    milestone: Milestone, verb: str, asked: dict[str, Any], reader: Reader, offers: Offers
) -> Card:
    """Nobody needs to be asked."""
    title = about(milestone, N_("You may do that yourself with {what}."), reader)
    do = offers.button(reader.say("Do it"), verb, milestone, Style.PRIMARY, **asked)
    return card(title, (), (do, offers.button(reader.say("Show it"), "show", milestone_id=milestone.id)))


def nobody_decides_card(milestone: Milestone, reader: Reader, offers: Offers) -> Card:
    title = about(milestone, N_("Nobody here could decide that for {what}."), reader)
    note = reader.say("Its project needs a lead, or the team an admin. Tell whoever set me up.")
    return card(title, (note,), reading(reader, offers))


def too_many_card(most: int, reader: Reader, offers: Offers) -> Card:
    title = RichText(reader.say("{n} of your proposals wait already.", n=most))
    note = reader.say("Withdraw one, or wait for an answer.")
    mine = offers.button(reader.say("My proposals"), "proposals", style=Style.PRIMARY)
    return card(title, (note,), (mine, offers.button(reader.say("Mine"), "mine")))


def what_card(milestone: Milestone, reader: Reader, offers: Offers) -> Card:
    """Proposing, but nothing was said to propose."""
    title = about(milestone, N_("What do you propose for {what}?"), reader)

    def button(label: str, what: str) -> Button:
        return offers.button(label, "propose", milestone_id=milestone.id, what=what)

    buttons = (
        button(reader.say("Another date"), "move"),
        button(reader.say("Another owner"), "assign"),
        button(reader.say("To drop it"), "drop"),
    )
    note = reader.say("Or say it: propose {key} to 20 March because …", key=milestone.key)
    return card(title, (note,), buttons)


def asked_why_card(asks: Asks, reader: Reader, offers: Offers) -> Card:
    """To the decider, who asked."""
    title = fitted(N_("I asked {name} why: {wish} for {what}."), asks, reader, name=names_of(asks.by, reader))
    note = reader.say("The answer comes here.")
    return card(title, (note,), _answers(asks, reader, offers, asked=True))


def why_card(asks: Asks, by: str, reader: Reader, offers: Offers) -> Card:
    """To the proposer."""
    title = fitted(N_("{name} asks why: {wish} for {what}."), asks, reader, name=shortened(by, NAME))
    answer = offers.button(
        reader.say("Answer"), "proposals", style=Style.PRIMARY, proposal_id=asks.proposal.id, step=ANSWER
    )
    buttons = (answer, _mine(asks, reader.say("Withdraw"), WITHDRAW, offers), _show(asks, reader, offers))
    return card(title, (words_said(asks.proposal, reader),), buttons)


def passed_word_card(to: str, reader: Reader, offers: Offers) -> Card:
    title = reader.rich("I told {name}.", name=strong(shortened(to, NAME)))
    mine = offers.button(reader.say("My proposals"), "proposals")
    return card(title, (), (mine, offers.button(reader.say("Mine"), "mine")))


_OUTCOMES = {
    Stand.ACCEPTED: N_("{name} accepted it: {wish} for {what}."),
    Stand.CHANGED: N_("{name} decided otherwise about {what}."),
    Stand.DECLINED: N_("{name} declined it: {wish} for {what}."),
    Stand.LAPSED: N_("{what} is closed, so this lapsed: {wish}."),
    Stand.REPLACED: N_("{by} proposed something else for {what} since."),
    Stand.WITHDRAWN: N_("{by} withdrew it: {wish} for {what}."),
    Stand.OPEN: N_("It still waits for an answer: {wish} for {what}."),
}


def outcome_card(asks: Asks, by: str, reader: Reader, offers: Offers, said: RichText | str = "") -> Card:
    """What became of it: to the proposer once, and to whoever presses an old button."""
    name, proposer = shortened(by, NAME), names_of(asks.by, reader)
    title = fitted(_OUTCOMES[asks.proposal.state], asks, reader, name=name, by=proposer)
    again: tuple[Button, ...] = ()
    if asks.proposal.state is Stand.DECLINED and asks.day and asks.milestone.is_open:
        label = reader.say("Propose another date")
        again = (offers.button(label, "propose", milestone_id=asks.milestone.id, what="move"),)
    mine = offers.button(reader.say("My proposals"), "proposals")
    return card(title, (said, _stands(asks, reader)), (*again, _show(asks, reader, offers), mine))


def _proposes(asks: Asks, reader: Reader) -> RichText:
    by = names_of(asks.by, reader)
    if asks.day:
        was = reader.day(asks.milestone.due)
        if asks.day == asks.milestone.due:
            return fitted(N_("{by} proposes {wish} for {what}, which it is."), asks, reader, by=by)
        return fitted(N_("{by} proposes {wish} for {what} (was {was})."), asks, reader, by=by, was=was)
    if asks.owner:
        by, owns = shortened(by, _ONE_OF_THREE), shortened(asks.owns, _ONE_OF_THREE)
        return fitted(N_("{by} proposes {wish} for {what} (now {owns})."), asks, reader, by=by, owns=owns)
    return fitted(N_("{by} proposes: {wish}, for {what}."), asks, reader, by=by)


def _answers(asks: Asks, reader: Reader, offers: Offers, *, asked: bool = False) -> tuple[Button, ...]:
    def button(label: str, step: str, style: Style = Style.DEFAULT) -> Button:
        return offers.button(
            label, "proposals", asks.milestone, style, proposal_id=asks.proposal.id, step=step
        )

    found = [button(reader.say("Accept"), ACCEPT, Style.PRIMARY)]
    if asks.day:
        found.append(button(reader.say("Other date"), OTHER))
    elif asks.owner:
        found.append(button(reader.say("Other owner"), OTHER))
    if not asked and not asks.proposal.asked_why:
        found.append(button(reader.say("Ask why"), WHY))
    return (*found, button(reader.say("Decline"), DECLINE))


def _mine(asks: Asks, label: str, step: str, offers: Offers) -> Button:
    return offers.button(label, "proposals", proposal_id=asks.proposal.id, step=step)


def _show(asks: Asks, reader: Reader, offers: Offers) -> Button:
    return offers.button(reader.say("Show it"), "show", milestone_id=asks.milestone.id)


def _stands(asks: Asks, reader: Reader) -> RichText:
    milestone = asks.milestone
    if not milestone.is_open or asks.proposal.state in (Stand.OPEN, Stand.REPLACED):
        return RichText()
    owns = shortened(asks.owns, NAME)
    return reader.rich("It is due {day} now, owned by {owner}.", day=reader.day(milestone.due), owner=owns)
