"""Reminders that rest, told to the one they rest for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.cards import Actions, Button, Card, RichText, Text, strong
from bot.domain.local_time import local_date
from bot.domain.milestone import Milestone
from bot.domain.policy import Target
from bot.views.milestone import HEADLINE_LIMIT, listed, shortened
from bot.views.offers import Offers
from bot.views.refusals import reading
from bot.wording import N_, Reader

_MOST = 3


def rests_card(
    milestone: Milestone, until: datetime, told_as: Target | None, reader: Reader, offers: Offers
) -> Card:
    """Until when, and what does not rest."""
    day = local_date(until, reader.zone)
    title = _about(milestone, N_("{what} rests for you until {day}."), reader, day=reader.day(day))
    others = (
        reader.say("Should it be overdue, the lead hears of it as before.")
        if told_as is Target.OWNER
        else reader.say("Everybody else is told as before.")
    )
    before = reader.say("It is due before that: {day}.", day=reader.day(milestone.due))
    lines = (before, others) if milestone.due < day else (others,)
    wake = offers.button(reader.say("Remind me again"), "snooze", milestone_id=milestone.id, choice="off")
    return _card(title, lines, (wake, _show(milestone, reader, offers)))


def woken_card(milestone: Milestone, reader: Reader, offers: Offers) -> Card:
    title = _about(milestone, N_("You are reminded of {what} again."), reader)
    return _card(title, (), (_again(milestone, reader, offers), _show(milestone, reader, offers)))


def not_resting_card(milestone: Milestone, reader: Reader, offers: Offers) -> Card:
    title = _about(milestone, N_("Nothing rests for {what}."), reader)
    return _card(title, (), (_again(milestone, reader, offers), _show(milestone, reader, offers)))


def not_told_card(milestone: Milestone, reader: Reader, offers: Offers) -> Card:
    """To somebody whom nothing would be sent anyway."""
    title = _about(milestone, N_("No reminder of {what} comes to you."), reader)
    note = reader.say("They come to its owner, and to the lead when it is overdue.")
    mine = offers.button(reader.say("Mine"), "mine")
    return _card(title, (note,), (_show(milestone, reader, offers), mine))


def resting_card(rests: Sequence[tuple[Milestone, datetime]], reader: Reader, offers: Offers) -> Card:
    """Which of several shall wake."""
    if not rests:
        title = RichText(reader.say("Nothing rests for you."))
        note = reader.say("For example: snooze APX-1 until Monday")
        return _card(title, (note,), reading(reader, offers))
    title = RichText(reader.many("{n} rests for you. Which one?", "{n} rest for you. Which one?", len(rests)))
    items = [f"{m.key}: {reader.day(local_date(until, reader.zone))}" for m, until in rests]
    buttons = tuple(
        offers.button(shortened(f"{m.key} {m.title}", 40), "snooze", milestone_id=m.id, choice="off")
        for m, _ in rests[:_MOST]
    )
    mine = offers.button(reader.say("Mine"), "mine")
    return _card(title, (listed(items, reader),), (*buttons, mine))


def _again(milestone: Milestone, reader: Reader, offers: Offers) -> Button:
    return offers.button(reader.say("Snooze"), "snooze", milestone_id=milestone.id)


def _show(milestone: Milestone, reader: Reader, offers: Offers) -> Button:
    return offers.button(reader.say("Show it"), "show", milestone_id=milestone.id)


def _about(milestone: Milestone, sentence: str, reader: Reader, **values: str) -> RichText:
    room = HEADLINE_LIMIT - len(reader.say(sentence, what="", **values))
    return reader.rich(sentence, what=strong(shortened(f"{milestone.key} {milestone.title}", room)), **values)


def _card(title: RichText, lines: Sequence[str], buttons: tuple[Button, ...]) -> Card:
    return Card(title, (*(Text(RichText(line)) for line in lines if line), Actions(buttons)))
