"""Whatever is typed gets a sentence back, changes nothing by accident, and is kept as it was typed."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.cards import Mention, RichText
from bot.dispatcher.cleaning import cleaned, plain
from bot.messages import ChatMessage, Place, PlaceKind, Sender
from bot.refs import ConversationRef, MessageRef, PersonRef
from tests.fakes.clock import START
from tests.scenarios.conversation import Stage

HOSTILE = [
    "<!channel>",
    "<!here> <@U123> <https://evil|click>",
    "<b>bold</b> & &lt;",
    "`code` ```more```",
    "*stars* _under_ ~tilde~ [x](y)",
    "\u202egnp.exe\u202c right to left",
    "مرحبا بالعالم",
    "🚀🎉 launched",
    "é combining e\u0301",
    "{owner} {0} %s %(x)s",
    "'; DROP TABLE milestones; --",
    "=HYPERLINK(1)",
    "../../etc/passwd",
    "zero\u200bwidth",
]
PIECES = """
new show status mine move assign done block unblock undo link help by to because needs waiting on @ana
@nobody me APX-1 APX-2 APX-99 SEC-1 beta prototype friday tomorrow 5/6 31.2. -3 days \" ' , ; : ? ! — ( )
yes no cancel everything page 0 999999999999 2026-02-30
"""
BROKEN = ["nul\x00nul", "half\ud800letter", "bell\x07", "\udfff\ud800", "\x1b[31mred"]


@pytest.mark.parametrize("title", HOSTILE)
async def test_a_title_is_kept_as_it_was_typed(stage: Stage, title: str) -> None:
    ana = stage.person("ana")
    await ana.commands("new", form=True)
    await ana.submits(title=title, owner_id="ana", due="2026-03-06", needs=title)
    made = await stage.milestone("APX-3")
    assert made.title == " ".join(title.split())
    assert made.criteria[0].text == " ".join(title.split())
    await ana.commands(f"block APX-3 waiting on {title}")
    assert "APX-3" in stage.shows("Blocked since").text
    assert "Something went wrong" not in (await ana.commands("show APX-3")).text


@pytest.mark.parametrize("text", BROKEN)
async def test_what_no_database_keeps_is_replaced_and_the_rest_stands(stage: Stage, text: str) -> None:
    ana = stage.person("ana", name=text)
    fresh = stage.person("fresh", name=text)
    await ana.commands(f'new "Roof {text} closed" by 6 March me needs {text}')
    assert "Roof" in (await stage.milestone("APX-3")).title
    for answer in (
        await ana.commands(f"block APX-3 waiting on {text}"),
        await ana.commands(f"show {text}"),
        await ana.says(text),
        await fresh.says(f"assign APX-3 to {text}"),
        await ana.submits(text, title=text),
        await ana.presses_token(text),
        await ana.says("show", quoted=text),
    ):
        assert answer.text
        assert "Something went wrong" not in answer.text


@pytest.mark.parametrize(
    "verb", ["", "new ", "show ", "move ", "status ", "help ", "block APX-1 waiting on "]
)
async def test_a_million_characters_are_answered_at_once(quick_stage: Stage, verb: str) -> None:
    before = time.process_time()
    answer = await quick_stage.person("ana").commands(verb + "x" * 1_000_000)
    assert answer.first_line == "That is longer than I can read: at most 4000 characters."
    assert len(answer.text) < 500
    assert time.process_time() - before < 2


async def test_a_form_of_a_million_characters_is_answered_beside_its_field(quick_stage: Stage) -> None:
    ana = quick_stage.person("ana")
    await ana.commands("new", form=True)
    answer = await ana.submits(title="x" * 1_000_000, owner_id="y" * 1_000_000, due="z" * 1_000_000)
    assert "too long" in answer.errors["title"]
    await ana.submits(title="Roof", owner_id="y" * 1_000_000, due="2026-03-06")
    await ana.submits(title="Roof", owner_id="ana", due="z" * 1_000_000)
    assert not await quick_stage.has("APX-3")
    await ana.submits(
        title="Roof", owner_id="ana", due="2026-03-06", needs="\n".join("abc" for _ in range(9_999))
    )
    assert len((await quick_stage.milestone("APX-3")).criteria) == 1


async def test_twenty_standards_fit_and_more_are_left_out(quick_stage: Stage) -> None:
    ana = quick_stage.person("ana")
    await ana.commands("new", form=True)
    await ana.submits(
        title="Roof", owner_id="ana", due="2026-03-06", needs="\n".join(f"s{n}" for n in range(30))
    )
    assert len((await quick_stage.milestone("APX-3")).criteria) == 20


@pytest.mark.parametrize("name", ["🚀", "👩‍🚀 Ana", "‮evil", "@@@", "<!channel>", "x" * 500, " "])
async def test_a_name_of_any_kind_becomes_a_person(stage: Stage, name: str) -> None:
    fresh = stage.person("fresh", name=name)
    await fresh.commands("new Roof closed by 6 March me")
    made = await stage.milestone("APX-3")
    owner = await stage.do(lambda uow: uow.people.get("acme", made.owner_id))
    assert owner
    assert 0 < len(owner.name) <= 80
    assert len(stage.shows("APX-3").first_line) <= 90
    assert "Something went wrong" not in (await stage.person("ana").says(f"assign APX-1 to {name}")).text


async def test_an_unknown_zone_or_language_is_no_reason_to_fail(stage: Stage) -> None:
    fresh = stage.person("fresh")
    fresh.sender = replace(fresh.sender, zone="Mars/Olympus", language="../../xx")
    assert (await fresh.commands("new Roof closed by 6 March me")).text == "Added"
    assert "APX-3" in (await fresh.says("mine")).text


@pytest.mark.parametrize("said", ["", "   ", "\n\n", "​"])
async def test_saying_nothing_shows_my_list_or_what_one_can_do(stage: Stage, said: str) -> None:
    assert (await stage.person("ana").says(said)).text


def test_cleaning_keeps_length_so_that_mentions_stay_where_they_are() -> None:
    ana = PersonRef("slack", "T", "ana")
    text = RichText("a\x00 @Ana", (Mention(3, 7, ana),))
    message = ChatMessage(
        key="k",
        sender=Sender(ana, "A\ud800na"),
        place=Place(ConversationRef("slack", "T", "C"), PlaceKind.GROUP, "#a\x00"),
        received_at=START,
        text=text,
        message=MessageRef(ConversationRef("slack", "T", "C"), "1"),
        quoted="\x00",
    )
    clean = cleaned(message)
    assert isinstance(clean, ChatMessage)
    assert [piece for piece, span in clean.text.pieces() if span] == ["@Ana"]
    assert (clean.sender.name, clean.place.name, clean.quoted) == ("A�na", "#a�", "�")


def test_what_is_clean_is_left_alone() -> None:
    assert plain("tab\there\nand there") == "tab\there\nand there"


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
async def test_random_words_are_always_answered(quick_stage: Stage, data: st.DataObject) -> None:
    """Verbs, keys, dates, names and noise in any order: an answer, and never the one for what broke."""
    pieces = st.sampled_from(PIECES.split())
    words = data.draw(st.lists(pieces | st.text(max_size=12), max_size=9).map(" ".join))
    in_channel = data.draw(st.booleans())
    ana = quick_stage.person("ana")
    answer = await (ana.commands(words) if in_channel else ana.says(words))
    assert answer.reply is not None
    assert "Something went wrong" not in answer.text, words
