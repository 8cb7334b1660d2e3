"""Cards and forms that the contract is told with."""

from __future__ import annotations

from datetime import UTC, date, datetime

from bot.cards import (
    Actions,
    Align,
    Button,
    Card,
    Column,
    Divider,
    Fields,
    Moment,
    Picture,
    Progress,
    RichText,
    Style,
    Table,
    Text,
    code,
    link,
    plain,
    strong,
)
from bot.domain.timeline import Timeline
from bot.forms import Field, FieldKind, Form, Option

DONE = Card(
    plain("APX-7 Prototype tested"), (Actions((Button("Done", "token-done"), Button("Move", "token-move"))),)
)
OTHER = Card(plain("APX-7 is achieved"))
SHORT = Card(plain("Only Chen can do that."))

AT = datetime(2026, 3, 13, 16, 30, tzinfo=UTC)
DATED = Card(
    plain("Due Fri 13 Mar 2026"),
    (
        Fields((("Due", plain("Fri 13 Mar")), ("Baseline", plain("2026-03-06")))),
        Table((Column("Due"),), ((plain("Wed 18 Mar"),),)),
    ),
)
TIMED = Card(plain("Said at"), (Text(RichText("13 Mar 16:30 UTC", (Moment(0, 16, AT),))),))

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c4944415408d763f8ffff3f0005fe02fea135ab3b0000000049454e44ae426082"
)
_TIMELINE = Timeline("Apex", date(2026, 3, 2), ())


def pictured(png: bytes = PNG) -> Card:
    return Card(plain("The plan"), (Picture(_TIMELINE, "Two milestones until May", "APX-7 on 13 Mar", png),))


EVERYTHING = Card(
    plain("🟢 On track · ") + strong("APX-7 Prototype tested"),
    (
        Text(plain("To prove: report filed.") + " See " + link("the plan", "https://x.example/?a=1&b=2")),
        Text(plain("Moved twice, type ") + code("/ms show APX-7"), quiet=True),
        Fields((("Owner", plain("Ana Costa")), ("Due", plain("Fri 13 Mar")))),
        Divider(),
        Table(
            (Column("Key"), Column("Title"), Column("Days", 2, Align.END)),
            (
                (plain("APX-8"), plain("Beta out"), plain("4")),
                (plain("APX-9"), plain("漢字の基礎"), plain("−2")),
            ),
            "2 of 11",
        ),
        Progress(1, 3, "1 of 3 criteria"),
        Actions(
            (
                Button("Done", "token-done", Style.PRIMARY),
                Button("Open", url="https://x.example/m/7"),
                Button("Undo", "token-undo", Style.DANGER),
            )
        ),
    ),
)
FACTS = (
    "🟢 On track · APX-7 Prototype tested", "To prove: report filed. See the plan", "/ms show APX-7",
    "Owner", "Ana Costa", "Fri 13 Mar", "APX-8", "Beta out", "−2", "漢字の基礎", "2 of 11", "1 of 3 criteria",
)  # fmt: skip

FORM = Form(
    title="New milestone",
    token="token-form",
    fields=(
        Field("title", "Title"),
        Field("due", "Due", FieldKind.DATE, value="2026-03-13"),
        Field("note", "Note", FieldKind.LONG_TEXT, required=False, hint="What will be true that day?"),
        Field(
            "cause", "What held it up?", FieldKind.CHOICE, value="scope",
            options=(Option("People", "people"), Option("Scope", "scope")),
        ),
        Field("owner", "Owner", FieldKind.PERSON, options=(Option("Ana", "p1"), Option("Boris", "p2"))),
        Field("days", "Days", FieldKind.NUMBER, required=False),
    ),
    submit="Create",
    cancel="Cancel",
    intro="One owner, one date.",
)  # fmt: skip


def everywhere(text: str) -> Card:
    """The same words wherever a card can hold some."""
    return Card(
        plain(text),
        (
            Text(strong(text)),
            Text(plain(text)),
            Text(plain(text), quiet=True),
            Fields((("Title", plain(text)),)),
            Table((Column("Title"),), ((plain(text),),)),
            Progress(1, 2, text),
            Picture(_TIMELINE, text, text),
            Actions((Button(text, "token"),)),
        ),
    )
