"""Why a criterion or a task cannot be changed like that, and what can."""

from __future__ import annotations

from bot.cards import Actions, Button, Card, RichText, Text, strong
from bot.domain.milestone import Criterion, Milestone
from bot.views.milestone import HEADLINE_LIMIT, shortened
from bot.views.offers import Offers
from bot.views.parts import CRITERIA, TASKS
from bot.views.proof import standard_words
from bot.wording import N_, Reader

_WORDS = {
    "criterion_twice": N_("“{title}” has that one already."),
    "criterion_too_long": N_("That is too long to tick: at most 200 characters each."),
    "criterion_empty": N_("Say in a few words what will be true."),
    "too_many_criteria": N_("“{title}” has room for 20 things to prove, no more."),
    "task_twice": N_("“{title}” has that task already."),
    "task_too_long": N_("That is too long for a task: at most 200 characters."),
    "task_empty": N_("Say in a few words what is to be done."),
    "too_many_tasks": N_("“{title}” has room for 50 tasks, no more."),
}
_ADVICE = {
    "too_many_criteria": N_("Remove or merge some, or split the milestone."),
    "too_many_tasks": N_("Remove what is done, or split the milestone."),
    "criterion_too_long": N_("One fact each; a note can hold the rest."),
    "task_too_long": N_("One step each; a note can hold the rest."),
}


def unfit_card(code: str, milestone: Milestone, reader: Reader, offers: Offers) -> Card | None:
    """The sentence for one rule broken; None for a rule that is not about parts."""
    if code not in _WORDS:
        return None
    verb = TASKS if "task" in code else CRITERIA
    title = reader.rich(_WORDS[code], title=shortened(milestone.title, 40))
    advice = (Text(RichText(reader.say(_ADVICE[code]))),) if code in _ADVICE else ()
    return Card(
        title, (*advice, Actions((_list(verb, milestone, reader, offers), _show(milestone, reader, offers))))
    )


def proof_stays_card(milestone: Milestone, reader: Reader, offers: Offers) -> Card:
    """What proved an achieved milestone is not taken away behind its back."""
    sentence = N_("{milestone} is achieved, so what proved it stays.")
    room = HEADLINE_LIMIT - len(reader.say(sentence, milestone=""))
    title = reader.rich(sentence, milestone=strong(shortened(milestone.title, room)))
    note = Text(RichText(reader.say("Reopen it first if that is no longer true.")))
    reopen = offers.button(reader.say("Reopen"), "reopen", milestone)
    return Card(title, (note, Actions((reopen, _show(milestone, reader, offers)))))


def their_yes_card(c: Criterion, milestone: Milestone, approver: str, reader: Reader, offers: Offers) -> Card:
    """Nobody says yes in somebody else's name."""
    name = shortened(approver or reader.say("the one who was named"), 24)
    sentence = N_("Only {name} can say yes to “{text}”.")
    room = HEADLINE_LIMIT - len(reader.say(sentence, name=name, text=""))
    title = reader.rich(sentence, name=name, text=shortened(c.text, room))
    ask = offers.button(
        reader.say("Ask {name}", name=name),
        CRITERIA,
        milestone_id=milestone.id,
        choice="ask",
        item=c.id,
        title=c.text,
    )
    return Card(title, (Actions((ask, _list(CRITERIA, milestone, reader, offers))),))


def not_a_figure_card(c: Criterion, words: str, milestone: Milestone, reader: Reader, offers: Offers) -> Card:
    title = reader.rich("“{words}” is no figure I can read.", words=shortened(words, 40))
    note = Text(reader.rich("{standard}: type a number, for example 83.", standard=standard_words(c, reader)))
    again = offers.button(
        reader.say("Try again"), CRITERIA, milestone_id=milestone.id, choice="tick", item=c.id, title=c.text
    )
    return Card(title, (note, Actions((again, _list(CRITERIA, milestone, reader, offers)))))


def _list(verb: str, milestone: Milestone, reader: Reader, offers: Offers) -> Button:
    label = reader.say("All tasks") if verb == TASKS else reader.say("What proves it")
    return offers.button(label, verb, milestone_id=milestone.id, choice="show")


def _show(milestone: Milestone, reader: Reader, offers: Offers) -> Button:
    return offers.button(reader.say("Show it"), "show", milestone_id=milestone.id)
