"""The channel's morning: what is late, stuck or due soon, worst first; the rest is counted."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from datetime import date

from bot.cards import Actions, Card, RichText, Text, Tone, joined, strong
from bot.domain.health import Health, Light, Reason, health
from bot.domain.milestone import Milestone, State
from bot.domain.people import Project
from bot.views.milestone import HEADLINE_LIMIT, light_words, shortened, when_words
from bot.views.offers import Offers
from bot.wording import Reader

MOST_LINES = 3
_TITLE_ROOM = 50
_ORDER = (Reason.OVERDUE, Reason.BLOCKED, Reason.DUE_SOON)
Lit = tuple[Milestone, Health]


def digest_card(
    project: Project,
    milestones: Iterable[Milestone],
    names: Mapping[str, str],
    day: date,
    reader: Reader,
    offers: Offers,
    asked: Container[str] = (),
) -> Card:
    """``milestones`` are the project's open ones; ``names`` people by id; ``day`` whose morning it is;
    ``asked`` ids of those that a message of their own asks about here today: counted, not repeated."""
    lit = [(m, health(m, reader.today, reader.calendar)) for m in milestones]
    news = sorted((item for item in lit if _is_news(item) and item[0].id not in asked), key=_urgency)
    counts = _counts(lit, reader)
    name = shortened(project.name, HEADLINE_LIMIT - len(counts) - len(reader.day(day)) - 5)
    title = joined((strong(f"{name}, {reader.day(day)}"), counts), " · ")
    lines = [_line(item, names, reader) for item in news[:MOST_LINES]]
    if len(news) > MOST_LINES:
        lines[-1] += " · " + reader.many("and {n} more", "and {n} more", len(news) - MOST_LINES)
    buttons = (
        offers.button(reader.say("All"), "status", project_id=project.id),
        offers.button(reader.say("Mine"), "mine"),
    )
    return Card(title, (*map(Text, lines), Actions(buttons)), _tone(lit))


def _is_news(item: Lit) -> bool:
    return bool(item[1].reasons) or _is_held(item[0])


def _urgency(item: Lit) -> tuple[int, date, int]:
    milestone, state = item
    """What rests comes last."""
    worst = min((_ORDER.index(reason) for reason in state.reasons), default=len(_ORDER))
    return worst, milestone.due, milestone.number


def _is_held(milestone: Milestone) -> bool:
    return milestone.state is State.ON_HOLD


def _counts(lit: list[Lit], reader: Reader) -> str:
    firsts = [state.reasons[0] if state.reasons else None for _, state in lit]
    overdue, blocked = firsts.count(Reason.OVERDUE), firsts.count(Reason.BLOCKED)
    held = sum(_is_held(m) for m, _ in lit)
    drafts = sum(m.state is State.DRAFT for m, _ in lit)
    on_track = len(lit) - overdue - blocked - held - drafts
    parts = [
        reader.many("{n} overdue", "{n} overdue", overdue) if overdue else "",
        reader.many("{n} blocked", "{n} blocked", blocked) if blocked else "",
        reader.many("{n} on track", "{n} on track", on_track) if on_track else "",
        reader.many("{n} on hold", "{n} on hold", held) if held else "",
        reader.many("{n} draft", "{n} drafts", drafts) if drafts else "",
    ]
    return ", ".join(filter(None, parts))


def _line(item: Lit, names: Mapping[str, str], reader: Reader) -> RichText:
    milestone, state = item
    name = strong(f"{milestone.key} {shortened(milestone.title, _TITLE_ROOM)}")
    reason = milestone.blocked.reason[:60] if milestone.blocked else ""
    facts = (
        light_words(milestone, state, reader),
        name,
        when_words(milestone, reader),
        names.get(milestone.owner_id, ""),
        reason,
    )
    return joined(facts, " · ")


def _tone(lit: list[Lit]) -> Tone:
    lights = {state.light for _, state in lit}
    if Light.RED in lights:
        return Tone.BAD
    return Tone.WARNING if Light.AMBER in lights else Tone.GOOD
