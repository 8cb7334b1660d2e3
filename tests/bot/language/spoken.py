"""Verbs as handlers declare them, and somebody to say them: Wednesday 4 March 2026, ten in the morning."""

# ruff: noqa: DTZ001 - sentences are read on the sender's wall clock

from __future__ import annotations

from datetime import datetime

from bot.cards import Mention, RichText
from bot.domain.people import DateOrder
from bot.language.command_line import read_sentence
from bot.language.dates import Habits
from bot.language.sentence import Sentence, Surroundings
from bot.language.verb_words import Lexicon
from bot.refs import PersonRef
from bot.verbs import Verb


def verb(name: str, usage: str, *twins: str) -> Verb:
    return Verb(name=name, summary="", usage=usage, examples=(), twins=twins)


VERBS = Lexicon(
    (
        verb(
            "new",
            "TITLE by DATE @owner needs STANDARD, STANDARD",
            "add",
            "create",
            "plan",
            "add milestone",
            "new milestone",
            "create milestone",
        ),
        verb("show", "MILESTONE", "open", "details", "history"),
        verb("status", "[PROJECT]", "list", "where are we", "how are we doing", "how", "milestones"),
        verb("mine", "", "my list", "my milestones", "me"),
        verb(
            "move",
            "MILESTONE to DATE because REASON",
            "push",
            "push back",
            "postpone",
            "delay",
            "bring forward",
            "reschedule",
        ),
        verb("assign", "MILESTONE to @owner", "give", "hand over", "hand", "take", "reassign", "owner"),
        verb(
            "done", "MILESTONE", "complete", "finish", "close", "hit", "reached", "mark done", "mark complete"
        ),
        verb("block", "MILESTONE waiting on REASON", "blocked", "stuck", "waiting on", "waiting for"),
        verb("unblock", "MILESTONE", "unblocked"),
        verb("undo", "", "revert"),
        verb("link", "[CODE]", "connect"),
        verb("help", "[VERB]", "?", "commands"),
    )
)

AROUND = Surroundings(
    now=datetime(2026, 3, 4, 10, 0),
    habits=Habits(date_order=DateOrder.DMY),
    people=("Ana Costa", "Ana", "Boris", "Chen", "Zoë 🚀"),
    projects=("APX", "Apex", "Riverside", "RIV"),
)


def said(text: str, *, given: str = "") -> Sentence:
    return read_sentence(RichText(text), VERBS, AROUND, verb=given)


def mentioning(before: str, name: str, person: PersonRef | None, after: str = "") -> Sentence:
    span = Mention(len(before), len(before) + len(name), person)
    return read_sentence(RichText(before + name + after, (span,)), VERBS, AROUND)
