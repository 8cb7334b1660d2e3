"""What comes again, in words; and ending it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from bot.cards import Actions, Button, Card, RichText, Style, Text, Tone, strong
from bot.domain.milestone import Milestone
from bot.domain.series import AHEAD, Every, Rule, Series
from bot.views.milestone import ITEM_ROOM, NAME_ROOM, shortened
from bot.views.offers import Offers
from bot.views.questions import leave_button
from bot.wording import N_, Reader

_MONDAY = date(2024, 1, 1)
_MOST = 3
_NTHS = {1: N_("first"), 2: N_("second"), 3: N_("third"), 4: N_("fourth"), 5: N_("fifth"), -1: N_("last")}
_ONCE = {
    Every.DAY: N_("every day"),
    Every.WEEK: N_("every week"),
    Every.MONTH: N_("every month"),
    Every.YEAR: N_("every year"),
}


def rule_words(rule: Rule, reader: Reader) -> str:
    """``every month on the last Friday, 6 times``."""
    often = reader.say(_ONCE[rule.every]) if rule.interval == 1 else _apart(rule, reader)
    return ", ".join(filter(None, (" ".join(filter(None, (often, _on(rule, reader)))), _end(rule, reader))))


def comes_again(rule: Rule, reader: Reader) -> RichText:
    """What was understood, and when the next one is to be expected."""
    return reader.rich(
        "Added; it comes again {rule}. The next appears when this is done, or up to {n} working days ahead.",
        rule=rule_words(rule, reader),
        n=AHEAD,
    )


def series_buttons(milestone: Milestone, history_id: str, reader: Reader, offers: Offers) -> Actions:
    """Beside a change to one of a series: the same for those that follow, or no more of them."""
    following = offers.button(
        reader.say("This and following"), "repeat", milestone_id=milestone.id, history_id=history_id,
        choice="following",
    )  # fmt: skip
    end = offers.button(reader.say("Stop the series"), "end-series", milestone_id=milestone.id)
    return Actions((following, end))


def following_card(series: Series, entry_id: str, reader: Reader, offers: Offers) -> Card:
    title = reader.rich(
        "Changed for the following, too: {title}.", title=strong(shortened(series.title, NAME_ROOM))
    )
    note = Text(RichText(_sentence(reader.say("It comes {rule}.", rule=rule_words(series.rule, reader)))))
    return Card(title, (note, Actions((_undo(entry_id, reader, offers), _mine(reader, offers)))), Tone.GOOD)


def nothing_follows_card(series: Series, reader: Reader, offers: Offers) -> Card:
    title = RichText(reader.say("That changes nothing for those that follow."))
    note = Text(RichText(_sentence(reader.say("It comes {rule}.", rule=rule_words(series.rule, reader)))))
    return Card(title, (note, Actions((_mine(reader, offers), _all(reader, offers)))))


def ended_card(series: Series, entry_id: str, reader: Reader, offers: Offers) -> Card:
    title = reader.rich(
        "Stopped: {title} does not come again.", title=strong(shortened(series.title, NAME_ROOM))
    )
    note = Text(RichText(reader.say("The one that is there already stays; drop it if it is not needed.")))
    return Card(title, (note, Actions((_undo(entry_id, reader, offers), _mine(reader, offers)))))


def over_card(series: Series, reader: Reader, offers: Offers) -> Card:
    title = reader.rich(
        "{title} does not come again already.", title=strong(shortened(series.title, NAME_ROOM))
    )
    return Card(title, (Actions((_mine(reader, offers), _all(reader, offers))),))


def which_series_card(found: Sequence[Series], reader: Reader, offers: Offers) -> Card:
    title = RichText(reader.say("Which of them is to stop?"))
    titles = [shortened(series.title, ITEM_ROOM) for series in found[:_MOST]]
    labels = [t if titles.count(t) == 1 else f"{n}. {t}" for n, t in enumerate(titles, 1)]
    buttons = [
        offers.button(label, "end-series", item=series.id)
        for label, series in zip(labels, found, strict=False)
    ]
    note = (Text(RichText(reader.say("Or name one by its key."))),) if len(found) > _MOST else ()
    return Card(title, (*note, Actions((*buttons, leave_button(reader, offers)))))


def no_series_card(reader: Reader, offers: Offers) -> Card:
    title = RichText(reader.say("Nothing comes again here, so there is nothing to stop."))
    new = offers.button(reader.say("Add one"), "new", style=Style.PRIMARY)
    return Card(title, (Actions((new, _all(reader, offers))),))


def _name(series: Series) -> RichText:
    return strong(shortened(series.title, NAME_ROOM))


def _apart(rule: Rule, reader: Reader) -> str:
    n = rule.interval
    if rule.every is Every.DAY:
        return reader.many("every {n} day", "every {n} days", n)
    if rule.every is Every.WEEK:
        return reader.many("every {n} week", "every {n} weeks", n)
    if rule.every is Every.YEAR:
        return reader.many("every {n} year", "every {n} years", n)
    return reader.say("every quarter") if n == 3 else reader.many("every {n} month", "every {n} months", n)


def _on(rule: Rule, reader: Reader) -> str:
    if rule.weekday >= 0:
        day = reader.weekday(_MONDAY + timedelta(days=rule.weekday))
        if rule.nth and rule.every is not Every.WEEK:
            return reader.say("on the {nth} {weekday}", nth=reader.say(_NTHS[rule.nth]), weekday=day)
        return reader.say("on {weekday}", weekday=day)
    if rule.day == 31:
        return reader.say("on the last day")
    return reader.say("on day {n}", n=rule.day) if rule.day else ""


def _end(rule: Rule, reader: Reader) -> str:
    if rule.times:
        return reader.many("{n} time in all", "{n} times in all", rule.times)
    return reader.say("until {day}", day=reader.day(rule.until)) if rule.until else ""


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def _undo(entry_id: str, reader: Reader, offers: Offers) -> Button:
    return offers.button(reader.say("Undo"), "undo", history_id=entry_id)


def _mine(reader: Reader, offers: Offers) -> Button:
    return offers.button(reader.say("Mine"), "mine")


def _all(reader: Reader, offers: Offers) -> Button:
    return offers.button(reader.say("All milestones"), "status")
