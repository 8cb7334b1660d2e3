"""Cards as Telegram shows them: golden renders, limits, hostile text."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.telegram.limits import BUTTONS, CAPTION_UNITS, MESSAGES_OF_A_CARD, TEXT_UNITS
from adapters.telegram.render import Key, keyboard, pages, plain_pages
from bot.cards import (
    Actions,
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
    Tone,
    code,
    link,
    mention,
    plain,
    strong,
)
from bot.domain.timeline import Timeline
from bot.refs import PersonRef
from tests.fakes.telegram.markup import parse_html, utf16_length

GOLDEN = Path(__file__).parent / "golden"
ANA = PersonRef("telegram", "", "5000000001")
BORIS = PersonRef("slack", "T1", "U1")
TIMELINE = Timeline("Apex", date(2026, 3, 2), ())

NOON = RichText("12:00 UTC", (Moment(0, 9, datetime(2026, 3, 2, 12, tzinfo=UTC)),))

CREATED = Card(
    plain("🟢 On track · ") + strong("APX-7 Prototype tested") + " · Fri 13 Mar, in 7 working days",
    (
        Text(mention("Ana", ANA) + " · to prove: report filed, client <signed>"),
        Text(plain("Boris waits for it"), quiet=True),
        Progress(1, 4, "1 of 4 proved"),
        Actions((
            Button("Done", "tok-done", Style.PRIMARY), Button("Move", "tok-move"),
            Button("Blocked", "tok-blocked"), Button("Undo", "tok-undo"),
        )),
    ),
    Tone.GOOD,
)  # fmt: skip

STATUS = Card(
    strong("Apex · 1 overdue, 9 on track"),
    (
        Table(
            (Column(""), Column("Key"), Column("Title"), Column("Owner", 3), Column("Due", 2)),
            (
                (plain("🔴"), plain("APX-7"), plain("Prototype & <test>"), plain("Ana"), plain("13 Mar")),
                (plain("🟢"), plain("APX-12"), plain("漢字の基礎"), plain("Boris"), plain("2 Apr")),
            ),
            "2 of 10",
        ),
        Divider(),
        Fields((("Owner", mention("Boris", BORIS)), ("Type", code("/ms done APX-7")))),
        Text(link("Plan", "https://example.org/?a=1&b=2") + " by " + NOON),
        Actions((Button("All", "tok-all"), Button("Open the page", url="https://example.org"))),
    ),
)  # fmt: skip


def shown(card: Card) -> str:
    return "--- next message ---\n".join(f"{page.text}\n{rows(page.keyboard)}\n" for page in pages(card))


def rows(keyboard: tuple[tuple[Key, ...], ...]) -> str:
    labels = ([f"[{key.label}|{key.token or key.url}|{key.style}]" for key in row] for row in keyboard)
    return "\n".join(" ".join(row) for row in labels)


@pytest.mark.parametrize(("name", "card"), [("created", CREATED), ("status", STATUS)])
def test_a_card_looks_as_agreed(name: str, card: Card) -> None:
    assert shown(card) == (GOLDEN / f"{name}.txt").read_text()


def test_a_table_too_wide_for_a_phone_is_stacked() -> None:
    columns = (Column("Title"), Column("Due"))
    long = Table(
        columns, ((plain("Foundation pour inspected and signed"), plain("Fri 13 March 2026, in 7 days")),)
    )
    [page] = pages(Card(plain("Apex"), (long,)))
    assert "<pre>" not in page.text
    assert "<b>Foundation pour inspected and signed</b> · Fri 13 March 2026, in 7 days" in page.text


def test_a_picture_carries_the_words_as_its_caption() -> None:
    card = Card(
        plain("Apex"), (Picture(TIMELINE, "Three rows", "A\nB", b"png"), Actions((Button("All", "t"),)))
    )
    [page] = pages(card)
    assert (page.photo, page.text, page.keyboard) == (b"png", "<b>Apex</b>", ((Key("All", "t"),),))


def test_a_picture_that_was_not_drawn_is_told_in_words() -> None:
    [page] = pages(Card(plain("Apex"), (Picture(TIMELINE, "Three rows", "A\nB"),)))
    assert (page.photo, page.text) == (b"", "<b>Apex</b>\nA\nB")


def test_words_longer_than_a_caption_follow_the_picture() -> None:
    card = Card(
        plain("Apex"), (Picture(TIMELINE, "Rows", "A", b"png"), Text(plain("x" * (CAPTION_UNITS + 1))))
    )
    photo, text = pages(card)
    assert (photo.photo, photo.text, text.photo) == (b"png", "Rows", b"")


def test_a_long_card_is_cut_between_lines_with_the_buttons_last() -> None:
    lines = "\n".join(f"{number} {'x' * 90}" for number in range(100))
    card = Card(plain("Long"), (Text(strong("Kept") + "\n" + lines), Actions((Button("All", "t"),))))
    found = pages(card)
    assert len(found) == 3
    assert [bool(page.keyboard) for page in found] == [False, False, True]
    texts = [parse_html(page.text)[0] for page in found]
    assert all(utf16_length(text) <= TEXT_UNITS for text in texts)
    assert "\n".join(texts) == f"Long\nKept\n{lines}"


def test_what_is_left_out_is_counted() -> None:
    found = pages(Card(plain("Huge"), (Text(plain("y" * 1_000_000)),)))
    assert len(found) == MESSAGES_OF_A_CARD
    text = "".join(parse_html(page.text)[0] for page in found)
    kept, left_out = text.count("y"), int(text.rpartition("+")[2].replace(",", ""))
    assert kept + left_out == 1_000_000


def test_a_monospaced_block_is_closed_in_each_message() -> None:
    lines = tuple((plain(f"row {number} {'z' * 20}"),) for number in range(200))
    found = pages(Card(plain("T"), (Table((Column("Title"),), lines),)))
    assert len(found) == 2
    assert all(page.text.count("<pre>") == page.text.count("</pre>") == 1 for page in found)


def test_a_second_copy_says_so_quietly() -> None:
    [page] = pages(Card(plain("Due")), repeat=True)
    assert page.text == "<b>Due</b>\n<i>↻</i>"


def test_the_plain_version_says_the_same_without_markup() -> None:
    [page] = plain_pages(CREATED)
    assert not page.html
    assert page.text.startswith("🟢 On track · APX-7 Prototype tested")
    assert "client <signed>" in page.text
    assert [key.label for row in page.keyboard for key in row] == ["Done", "Move", "Blocked", "Undo"]


def test_rows_of_buttons_are_as_full_as_a_phone_shows() -> None:
    labels = ["Done", "Move", "Blocked", "Undo", "All", "Report is filed by the client", "Not yet"]
    found = keyboard(Button(label, "t") for label in labels)
    assert [[key.label for key in row] for row in found] == [
        ["Done", "Move", "Blocked", "Undo"],
        ["All"],
        ["Report is filed by the client"],
        ["Not yet"],
    ]


def test_no_more_buttons_than_telegram_takes() -> None:
    found = keyboard(Button("x", "t") for _ in range(BUTTONS + 20))
    assert sum(map(len, found)) == BUTTONS


HOSTILE = [
    "<b>", "</pre>", "<!channel>", "&amp;&lt;", '"><a href="tg://x">', "`code`", "*bold* _it_ [x](y)",
    "\u202eevil", "\x00\x07", "😀" * 50, "שלום\u200f", "x" * 5000,
    "\ud83d", "e\u0301" * 40, "<3 & >", "a\u2028b",
]  # fmt: skip


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_stay_words_everywhere(words: str) -> None:
    assert_reads_back(words)


@settings(max_examples=60)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=300))
def test_any_words_parse_and_come_back(words: str) -> None:
    assert_reads_back(words)


def assert_reads_back(words: str) -> None:
    cell = plain(words)
    card = Card(
        cell,
        (
            Text(strong(words) + link(words, "https://example.org/" + words) + mention(words, ANA)),
            Table((Column(words),), ((cell,),), words),
            Fields(((words, cell),)),
            Actions((Button(words, "t"),)),
        ),
    )
    texts, kinds = [], set()
    for page in pages(card):
        text, entities = parse_html(page.text)
        texts.append(text)
        kinds |= {entity["type"] for entity in entities}
        assert utf16_length(text) <= TEXT_UNITS
    assert kinds <= {"bold", "text_link", "text_mention", "pre"}
    visible = "".join(c for c in words if c.isprintable())
    assert letters(visible) in letters("".join(texts))


def letters(text: str) -> str:
    """Without spaces: lines are cut and trimmed, words are not changed."""
    return "".join(character for character in text if character.isalnum())


def test_a_link_that_is_no_web_address_is_only_words() -> None:
    [page] = pages(Card(plain("T"), (Text(link("Plan", "javascript:alert(1)")),)))
    assert page.text == "<b>T</b>\nPlan"


def test_people_of_other_platforms_are_named_not_mentioned() -> None:
    [page] = pages(Card(plain("T"), (Text(mention("Boris", BORIS) + mention(" all", None)),)))
    assert page.text == "<b>T</b>\nBorisall"
