"""The little English words that say which part of a sentence follows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto
from typing import TypeAlias

Phrase: TypeAlias = tuple[str, ...]


class Pull(Enum):
    """How surely a date follows."""

    DEADLINE = auto()  # "by", "due": any date, also a bare month or one that does not exist
    TARGET = auto()  # "to", for something that exists already: like a deadline
    MOMENT = auto()  # "on", "at", "for": a day, not a month or a year
    SPAN = auto()  # "in", "within": a distance or a month
    BARE = auto()  # nothing before it


@dataclass(frozen=True, slots=True)
class Connectives:
    """One language's connectives, each a tuple of lower-case words.

    dates      what announces a date; ``kept`` of them belong to the phrase itself ("in 3 days").
    guards     before these words a date at the end of a title is part of the title ("Memorial of 9/11").
    backward   aliases of a verb that move a date to the front ("bring forward").
    mine       aliases that make the sender the owner ("take").
    empty      words that point at nothing ("how are we").
    asking     first words of a question; ``asked_about`` what it may end with beside the name.
    agent      announces who did something: such a name owns it and stays in the title as well.
    reasons    what opens a reason; ``causes`` only about something that exists ("due to" may name it).
    particles  second words of a verb that may stand apart from it ("hand Beta over").
    """

    dates: Mapping[Phrase, Pull]
    kept: frozenset[Phrase]
    existing_only: frozenset[Phrase]
    owners: tuple[Phrase, ...]
    targets: tuple[Phrase, ...]
    projects: tuple[Phrase, ...]
    criteria: tuple[Phrase, ...]
    reasons: tuple[Phrase, ...]
    causes: tuple[Phrase, ...]
    openings: tuple[Phrase, ...]
    closings: frozenset[str]
    linking: frozenset[str]
    me: frozenset[str]
    this: frozenset[str]
    guards: frozenset[str]
    never_bare: frozenset[str]
    no_date_yet: frozenset[str]
    nouns: tuple[str, ...]
    articles: frozenset[str]
    naming: frozenset[str]
    particles: frozenset[str]
    backward: frozenset[str]
    mine: frozenset[str]
    joining: frozenset[str]
    empty: frozenset[str]
    asking: frozenset[str]
    asked_about: frozenset[str]
    origins: tuple[Phrase, ...]
    page: str
    agent: str
    last_of_list: str


def _phrases(text: str) -> tuple[Phrase, ...]:
    """Longest first, so that "due by" is not read as "due"."""
    return tuple(sorted((tuple(part.split()) for part in text.split("|")), key=len, reverse=True))


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _dates(rows: Mapping[Pull, str]) -> dict[Phrase, Pull]:
    found = {phrase: pull for pull, text in rows.items() for phrase in _phrases(text)}
    return dict(sorted(found.items(), key=lambda row: -len(row[0])))


_DEADLINES = (
    "by | due | due by | due on | due date | due in | until | till | before | deadline | no later than"
    " | not later than | latest by | on or before"
)
_TARGETS = "to | -> | => | →"
_HAPPENED = "finished | completed | as of | since"

ENGLISH = Connectives(
    dates=_dates(
        {
            Pull.DEADLINE: _DEADLINES,
            Pull.TARGET: f"{_TARGETS} | {_HAPPENED}",
            Pull.MOMENT: "on | at | for",
            Pull.SPAN: "in | within",
        }
    ),
    kept=frozenset(_phrases("in | within | before | at | due in")),
    existing_only=frozenset(_phrases(f"{_TARGETS} | {_HAPPENED}")),
    owners=_phrases("owner | owner is | owned by | assigned to | assign to | responsible | lead is | for"),
    targets=_phrases(_TARGETS),
    projects=_phrases("in | for | project | in project | for project"),
    criteria=_phrases("needs | to prove | proof | proven by | done when | criteria | standards | requires"),
    reasons=_phrases("because | because of | b/c | bc"),
    causes=_phrases(
        "reason | due to | waiting on | waiting for | waits for | waits on | blocked by | held up by"
        " | stuck on"
    ),
    openings=_phrases(
        "please | pls | plz | can you | could you | would you | can you please | could you please | hey | hi"
        " | hello | ok | okay | we | i | we've | i've | we have | i have | i want to | i'd like to | let's"
        " | lets | we are | we're | i'll | i will | we'll | i'm | i am | just"
        " | i need to | we need to | ms | milestone"
    ),
    closings=_words("please pls plz thanks thx"),
    linking=_words("is was are has been got now be gets it's"),
    me=_words("me myself"),
    this=frozenset(("this", "it", "that", "this one", "that one", "this milestone", "the milestone")),
    guards=_words(
        "of from since after about vs versus with the a an no version every each and or per than like between"
        " via as is was mr mrs ms dr to last this next during before through"
    ),
    never_bare=_words("now morning night evening afternoon noon lunch lunchtime midday midnight"),
    no_date_yet=_words("asap tbd tba soon whenever someday later never ? ?? ???"),
    nouns=("milestone", "milestones"),
    articles=_words("a an the new another"),
    naming=_words("called named titled"),
    particles=_words(
        "forward over back out off up in done complete completed finished closed achieved reached hit blocked"
        " unblocked"
    )
    | {"on hold", "off hold"},
    backward=_words("forward in advance earlier"),
    mine=frozenset(("take", "take over", "claim", "grab")),
    joining=_words("on by for"),
    empty=_words("are we is it i us you doing going things there"),
    asking=_words("when when's who who's whose why where where's what what's"),
    asked_about=_words("due done ready finished happening expected planned late overdue be it now today for"),
    origins=_phrases("from"),
    page="page",
    agent="by",
    last_of_list="and",
)
