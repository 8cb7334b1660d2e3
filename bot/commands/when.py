"""Settling a date: read the words, and ask rather than guess."""

from __future__ import annotations

from datetime import date, timedelta

from bot.cards import RichText
from bot.commands.context import Context
from bot.dialogs import Asked, Choice, Question
from bot.domain.calendar import Calendar
from bot.domain.local_time import local
from bot.forms import Field, FieldKind, Form
from bot.language.dates import Doubt, Habits, Reading, read
from bot.messages import Reply
from bot.views.milestone import NAME_ROOM, shortened
from bot.views.questions import another_day

KEEP = "keep"
_HORIZON = timedelta(days=365 * 30)


def habits(ctx: Context, calendar: Calendar, *, looks_back: bool = False) -> Habits:
    return Habits(
        date_order=ctx.reader.date_order,
        calendar=calendar,
        looks_back=looks_back,
        language=ctx.reader.language,
    )


def settle_due(ctx: Context, asked: Asked, title: str, calendar: Calendar) -> date | Reply:
    """The date meant, or the question that would settle it.  What was typed is kept."""
    if asked.due:
        return _checked(ctx, asked, date.fromisoformat(asked.due), calendar)
    if not asked.when:
        prompt = ctx.reader.rich("When is “{title}” due?", title=shortened(title, NAME_ROOM))
        return ask_when(ctx, asked, prompt, calendar)
    reading = _read(ctx, asked, calendar)
    if reading.is_understood and reading.date:
        return _checked(ctx, asked, reading.date, calendar)
    if reading.is_ambiguous:
        return _which(ctx, asked, reading)
    return ask_when(ctx, asked, _not_a_date(ctx, asked, reading), calendar)


def understood_due(ctx: Context, asked: Asked, calendar: Calendar) -> str:
    """The date that was typed, in ISO, to fill a form with; empty when it takes a question."""
    if asked.due or not asked.when:
        return asked.due
    reading = _read(ctx, asked, calendar)
    return reading.date.isoformat() if reading.is_understood and reading.date else ""


def _read(ctx: Context, asked: Asked, calendar: Calendar) -> Reading:
    return read(asked.when, local(ctx.now, ctx.reader.zone), habits(ctx, calendar))


def ask_when(ctx: Context, asked: Asked, prompt: RichText, calendar: Calendar) -> Reply:
    """Ask for the date: a date picker where one can be shown, else buttons and free typing."""
    days = _likely(ctx.today, calendar)
    choices = [Choice(ctx.reader.day_and_distance(d), {"due": d.isoformat(), "when": ""}) for d in days]
    note = RichText(ctx.reader.say("Or type a date, for example “end of May” or “in 10 working days”."))
    question = Question(prompt=prompt, field="when", choices=choices, note=note)
    return ctx.ask(question, asked.having(when="", due=""), _date_form(ctx, asked, prompt))


def _checked(ctx: Context, asked: Asked, due: date, calendar: Calendar) -> date | Reply:
    if due < ctx.today:
        prompt = ctx.reader.rich("{day} is past. Which date did you mean?", day=ctx.reader.day(due))
        return ask_when(ctx, asked, prompt, calendar)
    if due - ctx.today > _HORIZON:
        prompt = ctx.reader.rich("{day} is too far away to plan for. Which date?", day=ctx.reader.day(due))
        return ask_when(ctx, asked, prompt, calendar)
    if calendar.is_working(due) or asked.choice == KEEP:
        return due
    return _not_worked(ctx, asked, due, calendar)


def _not_worked(ctx: Context, asked: Asked, due: date, calendar: Calendar) -> Reply:
    reader = ctx.reader
    keep = Choice(
        reader.say("Keep {day}", day=reader.day(due)), {"due": due.isoformat(), "choice": KEEP, "when": ""}
    )
    near = [d for d in (calendar.preceding(due), calendar.following(due)) if d >= ctx.today]
    moves = [Choice(reader.day(d), {"due": d.isoformat(), "when": ""}) for d in near]
    prompt = reader.rich("{day} is not a working day. Which date?", day=reader.day(due))
    question = Question(prompt=prompt, field="when", choices=[*moves, keep], choices_matter=True)
    return ctx.ask(question, asked.having(when="", due=""))


def _which(ctx: Context, asked: Asked, reading: Reading) -> Reply:
    days = list(dict.fromkeys(c.date for c in reading.candidates))[:3]
    choices = [Choice(ctx.reader.day_and_distance(d), {"due": d.isoformat(), "when": ""}) for d in days]
    prompt = ctx.reader.rich("“{words}”: which one?", words=shortened(asked.when, NAME_ROOM))
    note = RichText(another_day(ctx.reader))
    question = Question(prompt=prompt, field="when", choices=choices, note=note)
    return ctx.ask(question, asked.having(when="", due=""))


def _not_a_date(ctx: Context, asked: Asked, reading: Reading) -> RichText:
    words = shortened(asked.when, NAME_ROOM)
    if reading.doubt is Doubt.IMPOSSIBLE:
        return ctx.reader.rich("“{words}” does not exist in the calendar. Which date?", words=words)
    return ctx.reader.rich("I can't read “{words}” as a date. Which date?", words=words)


def _likely(today: date, calendar: Calendar) -> tuple[date, ...]:
    friday = today + timedelta(days=(4 - today.weekday()) % 7 or 7)
    days = (calendar.preceding(friday), calendar.add(today, 10), _month_end(today, calendar))
    return tuple(sorted({d for d in days if d > today}))[:3]


def _month_end(today: date, calendar: Calendar) -> date:
    first = (today.replace(day=1) + timedelta(days=32)).replace(day=1)
    return calendar.preceding(first - timedelta(days=1))


def _date_form(ctx: Context, asked: Asked, prompt: RichText) -> Form:
    reader = ctx.reader
    return Form(
        title=reader.say("Choose a date"),
        token=ctx.form_token(asked.having(when="", due="")),
        fields=(Field("due", reader.say("Due"), FieldKind.DATE),),
        submit=reader.say("Save"),
        cancel=reader.say("Cancel"),
        intro=prompt.text,
    )
