"""Cards and forms as the core would answer with them; one of every block."""

from __future__ import annotations

from datetime import date

from bot.cards import (
    Actions,
    Align,
    Button,
    Card,
    Column,
    Divider,
    Fields,
    Picture,
    Progress,
    RichText,
    Style,
    Table,
    Text,
    Tone,
    code,
    mention,
    plain,
    strong,
)
from bot.domain.timeline import Timeline
from bot.forms import Field, FieldKind, Form, Option
from bot.refs import PersonRef

ANA = PersonRef("web", "demo", "ana")


def milestone(
    *, state: str = "🟢 On track", tone: Tone = Tone.NEUTRAL, due: str = "Fri 13 Mar, in 9 working days"
) -> Card:
    return Card(
        plain(f"{state} · ") + strong("APX-7 Prototype tested") + f" · {due}",
        (
            Text(mention("Ana Costa", ANA) + " · to prove: report filed, client signed · then Pilot start"),
            Progress(1, 2, "1 of 2 criteria met"),
            Actions(
                (
                    Button("Done", "t-done", Style.PRIMARY),
                    Button("Move", "t-move"),
                    Button("Blocked", "t-block"),
                    Button("Undo", "t-undo", Style.DANGER),
                )
            ),
        ),
        tone,
    )


ROWS = (
    ("🔴 Overdue", "APX-7", "Prototype tested", "Ana Costa", "Fri 27 Feb", "−1", "1 of 2"),
    (
        "🟡 At risk",
        "APX-9",
        "Beta released to the first ten customers",
        "Boris Petrov",
        "Wed 18 Mar",
        "12",
        "0 of 3",
    ),
    ("⛔ Blocked", "APX-4", "Permit issued", "Chen Wei", "Thu 12 Mar", "8", "2 of 3"),
    ("🟢 On track", "APX-12", "Foundation poured", "Chen Wei", "Fri 20 Mar", "14", "–"),
    ("🟢 On track", "APX-13", "Framing inspected ◆", "Ana Costa", "Fri 10 Apr", "29", "0 of 1"),
)


def status() -> Card:
    columns = (
        Column("Light"),
        Column("Key"),
        Column("Milestone"),
        Column("Owner", 2),
        Column("Due"),
        Column("Days", 3, Align.END),
        Column("Criteria", 5, Align.END),
    )
    rows = tuple(
        (plain(light), plain(key), strong(title), plain(owner), plain(due), plain(days), plain(criteria))
        for light, key, title, owner, due, days, criteria in ROWS
    )
    return Card(
        strong("Riverside House, Mon 2 Mar") + " · 1 overdue, 2 at risk, 2 on track",
        (
            Table(columns, rows, "5 of 14 shown"),
            Actions(
                (
                    Button("Next 5", "t-next", Style.PRIMARY),
                    Button("Mine", "t-mine"),
                    Button("Timeline", "t-gantt"),
                )
            ),
        ),
        Tone.BAD,
    )


def reminder() -> Card:
    return Card(
        strong("APX-7 Prototype tested") + " is due Fri 13 Mar, in 2 working days. Will it hold?",
        (
            Text(plain("Missing: report filed. Boris waits for it.")),
            Actions(
                (
                    Button("Yes", "t-yes", Style.PRIMARY),
                    Button("Need longer", "t-move"),
                    Button("Blocked", "t-block"),
                )
            ),
        ),
        Tone.WARNING,
    )


def achieved() -> Card:
    return Card(
        plain("✅ Achieved · ") + strong("APX-7 Prototype tested") + ", Thu 12 Mar, 1 working day early.",
        (
            Fields(
                (
                    ("Baseline", plain("Fri 6 Mar")),
                    ("Due", plain("Fri 13 Mar")),
                    ("Happened", plain("Thu 12 Mar")),
                )
            ),
            Divider(),
            Text(plain("Boris can start Pilot start."), quiet=True),
        ),
        Tone.GOOD,
    )


def picture(png: bytes) -> Card:
    words = "Prototype tested: Fri 13 Mar, was Fri 6 Mar\nPermit issued: Thu 12 Mar"
    subject = Timeline("Riverside House", date(2026, 3, 2), ())
    return Card(
        strong("Riverside House") + ", 14 milestones",
        (Picture(subject, "Timeline of 14 milestones", words, png),),
    )


def unclear(text: str) -> Card:
    return Card(
        plain(f"I didn't get “{text[:60]}”. I can move a date, tell you what is late, or add a milestone."),
        (Text(RichText("Type ") + code("help") + " to see everything."),),
    )


def new_form(token: str = "f-new") -> Form:
    return Form(
        "New milestone",
        token,
        (
            Field(
                "title",
                "What will be true that day?",
                hint="For example: Phase 2 report signed off by the client",
            ),
            Field("due", "By when?", FieldKind.DATE, hint="The day it is agreed for"),
            Field(
                "owner",
                "Who owns it?",
                FieldKind.PERSON,
                value="ana",
                options=(
                    Option("Ana Costa", "ana"),
                    Option("Boris Petrov", "boris"),
                    Option("Chen Wei", "chen"),
                ),
            ),
            Field("share", "How much is done, in %?", FieldKind.NUMBER, required=False),
            Field(
                "why",
                "Anything the others should know?",
                FieldKind.LONG_TEXT,
                required=False,
                max_length=2000,
            ),
        ),
        "Create",
        "Cancel",
        "One owner, one date, one place.",
    )


def hostile(text: str) -> Card:
    """The same text wherever a card can hold one."""
    return Card(
        plain(text),
        (
            Text(strong(text)),
            Fields(((text, plain(text)),)),
            Table((Column(text), Column(text, 2)), ((plain(text), plain(text)),), text),
            Progress(1, 2, text),
            Actions((Button(text, "t-none"),)),
        ),
    )
