"""What criteria and tasks share: their words taken apart, which one is meant, what happened to it since."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

from bot.access import Matter, Rule, may
from bot.cards import RichText
from bot.commands.change import told
from bot.commands.context import Context, Refused
from bot.commands.perform import require
from bot.commands.registry import Command
from bot.dialogs import Asked
from bot.domain.history import History
from bot.domain.milestone import Criterion, Milestone, State, Task
from bot.domain.notices import NoticeKind
from bot.domain.standards import same
from bot.errors import InvalidMilestone
from bot.language.branches import Branches, branch
from bot.language.standards import cut, keyed
from bot.messages import Reply
from bot.reminders import arm
from bot.reminders.address import Posted
from bot.views.criteria import criteria_card
from bot.views.part_refusals import proof_stays_card, unfit_card
from bot.views.parts import CRITERIA, Seen, which_card
from bot.views.tasks import tasks_card

SHOW, SAY, ADD, ONE = "show", "say", "add", "one"
_CLEAR = 3  # letters that say enough
_PAGE = re.compile(r"page \d+", re.IGNORECASE)
P = TypeVar("P", Criterion, Task)


def taken_apart(ctx: Context, asked: Asked, words: Branches) -> Asked:
    """``choice`` the part of the verb, ``pointer`` the milestone, ``value`` what follows.  What came from a
    button or was taken apart before is left alone."""
    if asked.choice or asked.milestone_id or not asked.text:
        return asked
    name, rest = branch(asked.text, words)
    key, rest = keyed(rest)
    if not name:
        name, rest = branch(rest, dict.fromkeys(words, ()))
    rest = "" if _PAGE.fullmatch(rest) else rest
    if not key and not ctx.replied_to:
        key, rest = _by_name(name, rest)
    return Asked(pointer=key, value=rest, choice=name or (SAY if rest else SHOW), page=asked.page)


def _by_name(part: str, rest: str) -> tuple[str, str]:
    """As in "criteria Roof closed: photos taken"; with nothing but a name, the list is wanted."""
    name, colon, said = rest.partition(": ")
    if colon and len(name.split()) > 1:
        return name, said
    return ("", rest) if part not in ("", SHOW) else (rest, "")


def matching(parts: Sequence[P], words: str) -> tuple[P, ...]:
    """By its number in the list, its words, or a clear part of them; several that are listed, all or none."""
    if words.isdecimal() and len(words) < _CLEAR:
        return tuple(parts[int(words) - 1 : int(words)]) if int(words) else ()
    exact = tuple(p for p in parts if same(p.text, words))
    if exact or len(words.strip()) < _CLEAR:
        return exact
    folded = " ".join(words.casefold().split())
    return tuple(p for p in parts if folded in " ".join(p.text.casefold().split()))


def listed(parts: Sequence[P], words: str) -> tuple[P, ...]:
    """Those of a list in words; empty unless every item of it is exactly one of them."""
    found = [matching(parts, item) for item in cut(words)]
    return tuple(dict.fromkeys(m[0] for m in found)) if all(len(m) == 1 for m in found) else ()


def pick(
    ctx: Context, asked: Asked, verb: str, parts: Sequence[P], among: Callable[[P], bool] = lambda p: True
) -> P | Reply:
    """The one that is meant, else buttons with those it could be (``among`` says which make sense), or what
    became of it since the button was shown."""
    if asked.item:
        found = next((p for p in parts if p.id == asked.item), None)
        if found is None:
            return list_of(ctx, verb, ctx.reader.rich("That one was removed since. Nothing was changed."))
        if asked.title and found.text != asked.title:
            return list_of(ctx, verb, ctx.reader.rich("It reads differently now. Nothing was changed."))
        return found
    meant = matching(parts, asked.value) if asked.value else ()
    if len(meant) == 1:
        return meant[0]
    if not parts:
        return list_of(ctx, verb)
    likely = tuple(p for p in meant or parts if among(p)) or tuple(parts)
    seen = seen_by(ctx, ctx.milestone, page=asked.page)
    return ctx.private(which_card(verb, asked.choice, likely, seen, ctx.reader, ctx.offers))


def seen_by(
    ctx: Context,
    milestone: Milestone,
    said: RichText | None = None,
    entry: History | None = None,
    page: int = 1,
) -> Seen:
    people = {c.done_by for c in milestone.criteria} | {t.done_by for t in milestone.tasks}
    people |= {c.approver_id for c in milestone.criteria} | {t.assignee_id for t in milestone.tasks}
    undo = entry.id if entry else ""
    return Seen(milestone, ctx.names(people), ctx.person.id, said, undo, page)


def list_of(
    ctx: Context,
    verb: str,
    said: RichText | None = None,
    milestone: Milestone | None = None,
    entry: History | None = None,
    page: int = 1,
) -> Reply:
    """All of them as they stand, below what just happened; in a group that reads along, one line."""
    about = milestone or ctx.milestone
    if said is not None and (ctx.on_anchor or ctx.must_be_brief):
        return told(ctx, about, entry, said)
    make = criteria_card if verb == CRITERIA else tasks_card
    return ctx.private(make(seen_by(ctx, about, said, entry, page), ctx.reader, ctx.offers))


@contextmanager
def explained(ctx: Context) -> Iterator[None]:
    """A rule about parts that is broken becomes the card that says which."""
    try:
        yield
    except InvalidMilestone as error:
        card = unfit_card(error.code, ctx.milestone, ctx.reader, ctx.offers)
        if card is None:
            raise
        raise Refused(card) from error


def require_part(ctx: Context, rule: Rule, command: Command, asked: Asked) -> None:
    """Raises `Refused` unless the sender may; a trial of what they would like is no change."""
    if ctx.draft is None:
        require(ctx, rule, command, asked)


def require_open(ctx: Context) -> None:
    """Raises `Refused`: what proved an achieved milestone stays until it is reopened."""
    if ctx.milestone.state is State.ACHIEVED:
        raise Refused(proof_stays_card(ctx.milestone, ctx.reader, ctx.offers))


def may_as(ctx: Context, rule: Rule, given_to: str = "") -> bool:
    """Whether the sender may, when the part in question is ``given_to`` somebody."""
    return may(ctx.person, rule, Matter(ctx.project, ctx.subject, given_to))


def tell(
    ctx: Context, milestone: Milestone, kind: NoticeKind, person_id: str, occurrence: str, **detail: str
) -> Posted:
    """Tell somebody about one part (``item``), once per ``occurrence``; never what they did themselves."""
    if ctx.draft is not None or person_id == ctx.person.id:
        return Posted.KNOWN
    about = {"by": ctx.person.id, **detail}
    return arm.announce_part(ctx.uow, milestone, kind, person_id, about, occurrence, ctx.now)
