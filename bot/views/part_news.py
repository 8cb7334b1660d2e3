"""What people are told about one part of a milestone: a task that is theirs, a yes that is asked of them."""

from __future__ import annotations

from typing import Any

from bot.cards import Actions, Card, RichText, Style, Text, Tone, strong
from bot.domain.milestone import Criterion, Milestone, Task
from bot.views.milestone import HEADLINE_LIMIT, shortened
from bot.views.offers import Offers
from bot.views.parts import CRITERIA, TASKS
from bot.wording import N_, Reader

_NAME_ROOM = 24


def task_given_card(milestone: Milestone, task: Task, by: str, reader: Reader, offers: Offers) -> Card:
    """To whoever has it now; they can say it is done without owning the milestone."""
    title = _quoting(N_("A task for you: {text}."), task.text, reader)
    about = reader.rich(
        "{name} gave it to you for {milestone}, due {when}.",
        name=shortened(by, _NAME_ROOM),
        milestone=strong(_named(milestone)),
        when=reader.day_and_distance(milestone.due),
    )
    buttons = (
        offers.button(reader.say("Done"), TASKS, style=Style.PRIMARY, **_part(milestone, task, "done")),
        offers.button(reader.say("All tasks"), TASKS, milestone_id=milestone.id, choice="show"),
        offers.button(reader.say("Show it"), "show", milestone_id=milestone.id),
    )
    return Card(title, (*_whole(task.text, title), Text(about), Actions(buttons)))


def sign_off_card(milestone: Milestone, c: Criterion, by: str, reader: Reader, offers: Offers) -> Card:
    """To the one whose yes counts."""
    title = _quoting(N_("Your yes is asked for: {text}."), c.text, reader)
    about = reader.rich(
        "{name} asks you. It proves {milestone}, due {when}.",
        name=shortened(by, _NAME_ROOM),
        milestone=strong(_named(milestone)),
        when=reader.day_and_distance(milestone.due),
    )
    buttons = (
        offers.button(reader.say("Approve"), CRITERIA, style=Style.PRIMARY, **_part(milestone, c, "sign")),
        offers.button(reader.say("Not yet"), CRITERIA, **_part(milestone, c, "not_yet")),
        offers.button(reader.say("Show it"), "show", milestone_id=milestone.id),
    )
    return Card(title, (*_whole(c.text, title), Text(about), Actions(buttons)), Tone.WARNING)


def signed_card(milestone: Milestone, c: Criterion, by: str, reader: Reader, offers: Offers) -> Card:
    """To the owner: the yes, or that it has to wait."""
    name = shortened(by, _NAME_ROOM)
    sentence = N_("{name} approved: {text}.") if c.is_done else N_("{name} says not yet: {text}.")
    title = _quoting(sentence, c.text, reader, name=name)
    left = len(milestone.missing)
    still = reader.many("{n} more thing is to prove.", "{n} more things are to prove.", left)
    about = strong(_named(milestone)) + " · " + (still if left else reader.say("Everything is proved."))
    criteria = offers.button(
        reader.say("What is missing"), CRITERIA, milestone_id=milestone.id, choice="show"
    )
    done = offers.button(reader.say("Done"), "done", milestone, Style.PRIMARY)
    show = offers.button(reader.say("Show it"), "show", milestone_id=milestone.id)
    tone = Tone.GOOD if c.is_done else Tone.WARNING
    return Card(
        title, (*_whole(c.text, title), Text(about), Actions((criteria if left else done, show))), tone
    )


def _quoting(sentence: str, text: str, reader: Reader, **values: str) -> RichText:
    """The sentence with as much of the text as the line holds."""
    room = HEADLINE_LIMIT - len(reader.say(sentence, text="", **values))
    return reader.rich(sentence, text=strong(shortened(text, room)), **values)


def _whole(text: str, title: RichText) -> tuple[Text, ...]:
    return () if text in title.text else (Text(RichText(text)),)


def _named(milestone: Milestone) -> str:
    return f"{milestone.key} {shortened(milestone.title, 60)}"


def _part(milestone: Milestone, part: Criterion | Task, word: str) -> dict[str, Any]:
    return {"milestone_id": milestone.id, "choice": word, "item": part.id, "title": part.text}
