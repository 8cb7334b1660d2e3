"""The cards whose renders are kept in `golden/`, as the product would show them."""

from datetime import UTC, date, datetime
from typing import Final

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
    joined,
    link,
    mention,
    plain,
    strong,
)
from bot.cards import Moment as MomentSpan
from bot.domain.timeline import Timeline
from bot.refs import PersonRef

ANA: Final = PersonRef("slack", "T1", "U1")
ELSEWHERE: Final = PersonRef("telegram", "", "77")
AT: Final = datetime(2026, 3, 13, 16, 30, tzinfo=UTC)

MILESTONE: Final = Card(
    plain("🟢 On track · ") + strong("APX-7 Prototype tested") + " · Fri 13 Mar, in 7 working days",
    (
        Text(
            mention("Ana", ANA) + " · to prove: report filed, client signed · then " + strong("Pilot start")
        ),
        Fields((("Owner", mention("Ana", ANA)), ("Due", plain("Fri 13 Mar")), ("Baseline", plain("")))),
        Progress(1, 3, "1 of 3 criteria"),
        Text(plain("Moved twice, last by ") + mention("Boris", ELSEWHERE), quiet=True),
        Actions(
            (
                Button("Done", "tok-done", Style.PRIMARY),
                Button("Move", "tok-move"),
                Button("Blocked", "tok-block", Style.DANGER),
                Button("Open", url="https://milepost.example/m/7"),
            )
        ),
    ),
    Tone.GOOD,
)

STATUS: Final = Card(
    plain("Apex: 1 overdue, 1 blocked, 9 on track"),
    (
        Table(
            (Column("", 1), Column("Milestone", 1), Column("Owner", 2), Column("Days", 1, Align.END)),
            (
                (plain("🔴"), strong("APX-7 Prototype tested"), mention("Ana", ANA), plain("-2")),
                (plain("⛔"), plain("APX-4 Permit issued"), plain(""), plain("3")),
            ),
            footer="2 of 11",
        ),
        Divider(),
        Actions((Button("Next", "tok-next"),)),
    ),
)

WORDS: Final = Card(
    plain("Every span"),
    (
        Text(
            joined(
                [strong("bold"), code("/ms new"), link("the plan", "https://x.example/?a=1&b=2"),
                 link("no link", "javascript:alert(1)"),
                 RichText("13 Mar 16:30 UTC", (MomentSpan(0, 16, AT),))],
                " and ",
            )
        ),
        Text(
            joined(
                [strong("bold"), code("/ms new"), link("the plan", "https://x.example/?a=1&b=2"),
                 mention("Ana", ANA), RichText("13 Mar 16:30 UTC", (MomentSpan(0, 16, AT),))],
                " and ",
            ),
            quiet=True,
        ),
    ),
)  # fmt: skip

_TIMELINE: Final = Timeline("Apex", date(2026, 3, 2), ())
_IN_WORDS: Final = "APX-7  13 Mar\nAPX-9  18 Mar"
PLAN: Final = Card(
    plain("The plan of Apex"),
    (
        Picture(_TIMELINE, "Two milestones until May", _IN_WORDS, b"x"),
        Picture(_TIMELINE, "Two milestones until May", _IN_WORDS),
    ),
)

ALL: Final = {"milestone": MILESTONE, "status": STATUS, "words": WORDS, "plan": PLAN}
