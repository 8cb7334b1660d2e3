"""A sentence taken apart, and what it may lean on."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from bot.language.dates import Habits
from bot.refs import PersonRef

TEXT_LIMIT = 4_000
"""Characters of one message that are read; a longer one is refused before anything looks at it."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the sender's words may refer to.

    now      naive local wall clock of the sender.
    people   names and accounts as they may be typed without "@": full names, first names, user names.
    projects keys and names.
    """

    now: datetime
    habits: Habits = field(default_factory=Habits)
    people: tuple[str, ...] = ()
    projects: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """Words as typed, by the part they play; empty where nothing was said. No part is settled yet.

    verb        name of the verb, None when none was recognised.
    suggestions names of the nearest verbs when ``verb`` is None; the parts are then read for the first of
                them, so that one tap can run it.
    subject     what remains: the title of something new, else the words that point at a milestone.
    pointers    the subject cut at commas and "and" when it is a list of keys ("APX-3, 4 and 7").
    owner       "me", a name, or the text of a mention; ``owner_ref``: the account a mention named.
    when        a date phrase for `dates.read`, or a signed distance for `dates.read_shift` ("+3 days").
    said        the words the verb was said with.
    rest        everything after the verb, untouched.
    too_long    the message went over `TEXT_LIMIT`; nothing else is filled in.
    """

    verb: str | None = None
    suggestions: tuple[str, ...] = ()
    subject: str = ""
    pointers: tuple[str, ...] = ()
    owner: str = ""
    owner_ref: PersonRef | None = None
    when: str = ""
    criteria: tuple[str, ...] = ()
    reason: str = ""
    project: str = ""
    page: int = 1
    said: str = ""
    rest: str = ""
    too_long: bool = False

    @property
    def title(self) -> str:
        return self.subject

    @property
    def pointer(self) -> str:
        return self.subject
