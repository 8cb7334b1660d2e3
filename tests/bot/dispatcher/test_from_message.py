"""A milestone out of somebody's message: its words, what was said with it, and the way back."""

from __future__ import annotations

from datetime import date

import pytest

from bot.cards import Link, RichText, Text
from bot.forms import Form
from bot.messages import MessageShortcut
from bot.refs import ConversationRef, MessageRef
from tests.bot.dispatcher.test_arrivals import arrives
from tests.scenarios.cast import APEX_HOME
from tests.scenarios.conversation import Answer, Stage

THERE = "https://acme.slack.com/archives/C-apex/p17000"


async def chosen(stage: Stage, text: str, words: str = "", form: bool = False, link: str = THERE) -> Answer:
    return await arrives(
        stage.person("ana"),
        MessageShortcut,
        APEX_HOME,
        text=RichText(text),
        message=MessageRef(APEX_HOME, "1.7"),
        words=RichText(words),
        permalink=link,
        can_open_form=form,
    )


async def test_what_was_said_with_it_is_read_and_the_message_is_the_name(stage: Stage) -> None:
    await chosen(stage, "Roof closed before winter\nsays the insurer", "by 6 March @boris")
    made = await stage.milestone("APX-3")
    assert (made.title, made.owner_id, made.due) == ("Roof closed before winter", "boris", date(2026, 3, 6))
    assert made.origin == THERE


async def test_another_name_said_with_it_counts(stage: Stage) -> None:
    await chosen(stage, "we should do something about the roof", "Roof closed by 6 March me")
    assert (await stage.milestone("APX-3")).title == "Roof closed"


async def test_the_card_leads_back_to_the_message(stage: Stage) -> None:
    await chosen(stage, "Roof closed", "by 6 March me")
    card = stage.shows("APX-3").card
    links = [s.url for b in card.blocks if isinstance(b, Text) for s in b.body.spans if isinstance(s, Link)]
    assert links == [THERE]


async def test_the_form_keeps_the_way_back(stage: Stage) -> None:
    ana = stage.person("ana")
    answer = await chosen(stage, "Roof closed", form=True)
    assert answer.reply
    form = answer.reply.body
    assert isinstance(form, Form)
    assert form.fields[0].value == "Roof closed"
    await ana.submits(form.token, APEX_HOME, title="Roof closed", owner_id="ana", due="2026-03-06", needs="")
    assert (await stage.milestone("APX-3")).origin == THERE


async def test_questions_in_between_keep_the_way_back(stage: Stage) -> None:
    await chosen(stage, "Roof closed", "me")
    await stage.person("ana").says("6 March", APEX_HOME)
    assert (await stage.milestone("APX-3")).origin == THERE


async def test_without_a_link_nothing_is_shown(stage: Stage) -> None:
    await chosen(stage, "Roof closed", "by 6 March me", link="")
    assert "its message" not in stage.shows("APX-3").text


@pytest.mark.parametrize("text", ["", "   \n  "])
async def test_a_message_without_words_asks_for_the_name(quick_stage: Stage, text: str) -> None:
    answer = await chosen(quick_stage, text)
    assert "name" in answer.first_line
    assert not await quick_stage.has("APX-3")


async def test_a_very_long_message_is_cut_to_a_name(quick_stage: Stage) -> None:
    await chosen(quick_stage, "x" * 3000, "by 6 March me")
    assert len((await quick_stage.milestone("APX-3")).title) == 200


async def test_a_viewer_makes_none_of_it(quick_stage: Stage) -> None:
    voice = quick_stage.person("vic")
    home = ConversationRef("slack", "T1", "C-apex")
    await arrives(
        voice, MessageShortcut, home, text=RichText("Roof"), message=MessageRef(home, "1"),
        words=RichText("by 6 March me"),
    )  # fmt: skip
    assert not await quick_stage.has("APX-3")
