"""Telegram's text and entities become `RichText`."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import MessageEntity, User

from adapters.telegram.words import clean_name, mention_of, person, rich_text, without
from bot.cards import Link, Mention, RichText


def test_offsets_beyond_the_basic_plane_become_code_points() -> None:
    boris = User(7, "Boris", False)
    entities = [MessageEntity("text_mention", 3, 5, user=boris), MessageEntity("mention", 13, 4)]
    rich = rich_text("🎉 Boris and @ana", entities)
    assert rich.spans == (Mention(2, 7, person(7)), Mention(12, 16, None))
    assert [rich.text[span.start : span.end] for span in rich.spans] == ["Boris", "@ana"]


def test_links_keep_their_address_and_formatting_is_dropped() -> None:
    entities = [MessageEntity("bold", 0, 4), MessageEntity("text_link", 0, 4, url="https://example.org")]
    assert rich_text("Plan", entities).spans == (Link(0, 4, "https://example.org"),)


def test_overlapping_spans_give_way_to_the_first() -> None:
    entities = [MessageEntity("mention", 0, 4), MessageEntity("text_link", 2, 3, url="https://example.org")]
    assert rich_text("@ana x", entities).spans == (Mention(0, 4, None),)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("@mile_bot done APX-7", "done APX-7"),
        ("done @mile_bot APX-7", "done APX-7"),
        ("done APX-7 @mile_bot", "done APX-7"),
        ("@mile_bot", ""),
    ],
)
def test_the_bots_own_name_leaves_no_gap(text: str, left: str) -> None:
    at = text.index("@mile_bot")
    rich = rich_text(text, [MessageEntity("mention", at, 9)])
    found = mention_of(rich, "Mile_Bot", person(1))
    assert found == (at, at + 9)
    assert without(rich, *found).text == left


def test_other_mentions_move_with_the_words() -> None:
    rich = RichText("@bot give @ana", (Mention(0, 4, None), Mention(10, 14, None)))
    assert without(rich, 0, 4) == RichText("give @ana", (Mention(5, 9, None),))


def test_another_name_is_not_the_bot() -> None:
    rich = RichText("@mile_bot2 x", (Mention(0, 10, None),))
    assert mention_of(rich, "mile_bot", person(1)) is None


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Ana\u202eevil", "Anaevil"),
        ("\u200bAna\ufeff  Costa ", "Ana Costa"),
        ("Zoë 👩‍🚀", "Zoë 👩‍🚀"),
        ("\u200f", ""),
    ],
)
def test_names_lose_what_hides_or_reorders(name: str, shown: str) -> None:
    assert clean_name(name) == shown


@given(st.text(max_size=60), st.data())
def test_any_entity_is_read_without_harm(text: str, data: st.DataObject) -> None:
    units = len(text.encode("utf-16-le", "surrogatepass")) // 2
    offset = data.draw(st.integers(0, units))
    length = data.draw(st.integers(1, units - offset + 3))
    rich = rich_text(text, [MessageEntity("mention", offset, length)])
    assert rich.text == text
    assert all(0 <= span.start < span.end <= len(text) for span in rich.spans)
