"""Cards become Block Kit: as kept in `golden/`, within every limit, and harmless whatever people write.

After a wanted change: WRITE_GOLDEN=1 python -m pytest tests/adapters/slack/test_rendering.py
"""

import json
import os
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from adapters.slack import limits, render
from adapters.slack.grid import display_width, drawn
from bot.cards import (
    Actions,
    Align,
    Block,
    Button,
    Card,
    Column,
    Fields,
    Link,
    Progress,
    RichText,
    Strong,
    Table,
    Text,
    code,
    link,
    mention,
    plain,
    strong,
)
from bot.refs import PersonRef
from tests.adapters.slack import cards
from tests.fakes.slack.limits import all_text, check_message, check_view, pings
from tests.fakes.slack.validators import faults_in_blocks, faults_in_view

GOLDEN = Path(__file__).parent / "golden"
WRITE = "WRITE_GOLDEN"


def as_json(payload: render.Payload) -> dict[str, Any]:
    return {"text": payload.text, "blocks": list(payload.blocks)}


@pytest.mark.parametrize("name", sorted(cards.ALL))
def test_a_render_is_what_was_kept(name: str) -> None:
    shown = as_json(render.message(cards.ALL[name]))
    file = GOLDEN / f"{name}.json"
    if os.environ.get(WRITE):
        file.write_text(json.dumps(shown, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    assert shown == json.loads(file.read_text(encoding="utf-8"))


def accepted(payload: render.Payload) -> None:
    """By the server's limits and by both validators."""
    blocks = list(payload.blocks)
    check_message(payload.text, blocks, [])
    assert list(faults_in_blocks(blocks)) == []


@pytest.mark.parametrize("name", sorted(cards.ALL))
def test_every_card_is_accepted_as_message_and_on_the_home_surface(name: str) -> None:
    accepted(render.message(cards.ALL[name]))
    accepted(render.message(cards.ALL[name], native_tables=False))
    view = render.home(cards.ALL[name])
    check_view(view)
    assert list(faults_in_view(view)) == []


# --- hostile text -------------------------------------------------------------------------------------

HOSTILE = [
    "<!channel>", "<!here|here>", "<@U1>", "<@U1|ana>", "<https://evil.example|click>", "&lt;!channel&gt;",
    "*bold* _it_ ~no~ `code` ```block```", "&amp;", "a|b>c", "\u202egnp.exe", "\x00\x07", "‮<!everyone>",
    "👩‍👩‍👧‍👦" * 50, "🏗️", "x" * 5_000, "<" * 2_000, "&" * 3_500, "\n" * 400, " ", "",
]  # fmt: skip


def everywhere(text: str) -> Card:
    """The same words in every place that holds words."""
    ana = PersonRef("slack", "T1", "U1")
    styled = RichText(text, (Strong(0, len(text)),) if text else ())
    blocks: tuple[Block, ...] = (
        Text(plain(text)),
        Text(styled),
        Text(code(text), quiet=True),
        Text(mention(text, None) + " " + link(text or "x", f"https://x.example/{text[:500]}"), quiet=True),
        Fields(((text, plain(text)), ("Owner", mention(text or "x", ana)))),
        Progress(1, 2, text),
        Table((Column(text[:300]), Column("b")), ((plain(text), styled),), footer=text),
        Actions((Button(text or "x", "token"),)),
    )
    return Card(strong(text) + " title", blocks)


def harmless(payload: render.Payload) -> None:
    """The one mention the card itself makes is the only one there is."""
    assert set(pings(payload.text, [])) == set()
    assert set(pings("", list(payload.blocks))) <= {"<@U1>"}
    written = re.sub(r"<@U1>|<https://[^<>|]*\|[^<>|]*>", "", " ".join(mrkdwn_of(payload)))
    assert "<" not in written
    assert not re.search(r"[\x00-\x08\u202a-\u202e]", " ".join(all_text(list(payload.blocks))))


def mrkdwn_of(payload: render.Payload) -> list[str]:
    def walk(node: Any) -> list[str]:
        if isinstance(node, dict):
            own = [node["text"]] if node.get("type") == "mrkdwn" else []
            return own + [text for value in node.values() for text in walk(value)]
        return [text for each in node for text in walk(each)] if isinstance(node, list | tuple) else []

    return [payload.text, *walk(payload.blocks)]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_calls_nobody_and_breaks_nothing(text: str) -> None:
    payload = render.message(everywhere(text))
    harmless(payload)
    accepted(payload)


@given(st.text(max_size=300))
@example("<!channel>")
def test_no_text_at_all_calls_anybody(text: str) -> None:
    payload = render.message(everywhere(text))
    harmless(payload)
    accepted(payload)


def test_what_people_wrote_is_what_people_read() -> None:
    title = "Fish & <chips> *now*"
    payload = render.message(Card(plain(title), (Text(plain(title)),)))
    assert payload.text == "Fish &amp; &lt;chips&gt; *now*\nFish &amp; &lt;chips&gt; *now*"
    assert payload.blocks[0]["elements"][0]["elements"] == [{"type": "text", "text": title}]


def test_a_mention_calls_people_of_slack_and_nobody_else() -> None:
    body = Text(
        mention("Ana", cards.ANA) + mention("Boris", cards.ELSEWHERE) + mention("Chen", None), quiet=True
    )
    forged = Text(mention("x", PersonRef("slack", "T1", "U1> <!channel")), quiet=True)
    payload = render.message(Card(plain("x"), (body, forged)))
    assert payload.blocks[1]["elements"][0]["text"] == "<@U1>BorisChen"
    assert payload.blocks[2]["elements"][0]["text"] == "x"


def test_an_odd_link_is_only_text() -> None:
    rich = RichText("here", (Link(0, 4, "javascript:alert(1)"),))
    payload = render.message(Card(rich, (Text(rich, quiet=True),)))
    assert "javascript" not in json.dumps(as_json(payload))


# --- limits ----------------------------------------------------------------------------------------------


def test_a_million_characters_are_cut_and_counted() -> None:
    payload = render.message(Card(plain("Big"), (Text(plain("word " * 200_000)),)))
    accepted(payload)
    assert re.search(r"… \+\d+", json.dumps(payload.blocks, ensure_ascii=False))
    assert len(payload.text) <= limits.TEXT_ADVISED


def test_a_long_title_alone_is_cut_too() -> None:
    payload = render.message(Card(plain("<" * 9_000)))
    accepted(payload)
    assert payload.text.endswith(" …")


def test_too_many_blocks_keep_the_first_the_count_and_the_buttons() -> None:
    blocks = tuple(Text(plain(f"line {number}")) for number in range(120))
    payload = render.message(Card(plain("Many"), (*blocks, Actions((Button("Done", "t"),)))))
    accepted(payload)
    assert len(payload.blocks) == limits.BLOCKS_PER_MESSAGE
    assert payload.blocks[-2]["elements"][0]["text"] == "… +73"
    assert payload.blocks[-1]["type"] == "actions"


def test_few_blocks_are_all_there() -> None:
    payload = render.message(Card(plain("Few"), tuple(Text(plain("x")) for _ in range(48))))
    assert len(payload.blocks) == 49
    assert "…" not in json.dumps(payload.blocks, ensure_ascii=False)


def table(rows: int, width: int = 4) -> Table:
    columns = tuple(Column(f"c{number}", number + 1) for number in range(width))
    return Table(columns, tuple(tuple(plain(f"{row}.{n}") for n in range(width)) for row in range(rows)))


@pytest.mark.parametrize(
    ("rows", "width", "native"), [(99, 4, True), (100, 4, False), (2, 20, True), (2, 21, False)]
)
def test_a_table_is_native_while_slack_takes_it(rows: int, width: int, native: bool) -> None:
    payload = render.message(Card(plain("T"), (table(rows, width),)))
    accepted(payload)
    assert ("table" in [block["type"] for block in payload.blocks]) is native


def test_a_table_of_many_words_is_drawn() -> None:
    wordy = Table((Column("a"),), tuple((plain("x" * 200),) for _ in range(60)))
    payload = render.message(Card(plain("T"), (wordy,)))
    accepted(payload)
    assert "table" not in [block["type"] for block in payload.blocks]


def test_only_one_table_of_a_message_is_native() -> None:
    payload = render.message(Card(plain("T"), (table(2), table(2))))
    accepted(payload)
    assert [block["type"] for block in payload.blocks] == ["rich_text", "table", "rich_text"]


def test_the_home_surface_has_no_native_table() -> None:
    kinds = [block["type"] for block in render.home(Card(plain("T"), (table(2),)))["blocks"]]
    assert kinds == ["rich_text", "rich_text"]


def test_more_than_ten_fields_stand_in_several_sections() -> None:
    fields = Fields(tuple((f"label {n}", plain("x")) for n in range(23)))
    payload = render.message(Card(plain("F"), (fields,)))
    accepted(payload)
    assert [len(block["fields"]) for block in payload.blocks[1:]] == [10, 10, 3]


def test_buttons_of_one_block_have_different_names_and_links_no_token() -> None:
    buttons = (*(Button(f"b{n}", f"t{n}") for n in range(30)), Button("site", url="https://x.example"))
    payload = render.message(Card(plain("B"), (Actions(buttons),)))
    accepted(payload)
    elements = [element for block in payload.blocks[1:] for element in block["elements"]]
    assert [element.get("value") for element in elements][-2:] == ["t29", None]
    assert elements[-1]["url"] == "https://x.example"


# --- tables drawn with characters --------------------------------------------------------------------------


def test_a_drawn_table_lines_up_by_what_is_seen() -> None:
    drawing = drawn(
        Table(
            (Column("名前"), Column("n", align=Align.END)),
            ((plain("東京"), plain("1")), (plain("Ana"), plain("20"))),
            footer="2 rows",
        ),
        40,
    )
    assert drawing == "名前   n\n東京   1\nAna   20\n2 rows"
    assert display_width("東京") == 4
    assert display_width("e\u0301") == 1


def test_a_narrow_place_drops_the_least_important_columns_first() -> None:
    wide = Table(
        (Column("key", 1), Column("note", 3), Column("owner", 2)),
        ((plain("APX-7"), plain("n" * 30), plain("Ana")),),
    )
    assert drawn(wide, 60).startswith("key")
    assert drawn(wide, 20).splitlines()[0] == "key    owner"
    assert drawn(wide, 6).splitlines() == ["key", "APX-7"]
    assert drawn(wide, 1).splitlines() == ["key", "APX-7"]
