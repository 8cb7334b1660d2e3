"""Groups where nobody can be answered privately: short there, personal things by direct message."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.domain.people import Identity
from bot.ports import KnownPlace, UnitOfWork
from bot.refs import ConversationRef
from tests.scenarios.cast import ANA, BORIS, TEAM, TELEGRAM, account
from tests.scenarios.conversation import Stage, Voice

GROUP = ConversationRef(TELEGRAM, "", "G-site")


@pytest.fixture
async def ana(stage: Stage) -> Voice:
    """Ana and Boris are on Telegram, too, and their group has a milestone of Ana's."""

    def join(uow: UnitOfWork) -> None:
        for person in (ANA, BORIS):
            uow.people.add_identity(
                Identity(person.id, TEAM, account(person.id, TELEGRAM)), stage.clock.now()
            )
        uow.places.put(KnownPlace(TEAM, GROUP, "Site", is_direct=False))

    await stage.do(join)
    voice = stage.person("ana", TELEGRAM)
    await voice.commands("new Doors hung by 6 March me", GROUP)
    stage.shows("GST-1", GROUP)
    return voice


async def test_a_change_is_one_line_where_the_card_is_seen_to_change(stage: Stage, ana: Voice) -> None:
    answer = await ana.commands("block GST-1 waiting on the joiner", GROUP)
    assert answer.text.splitlines()[0] == "Marked as blocked."
    assert "Ana Costa" not in answer.text
    assert stage.shows("⛔ Blocked · GST-1", GROUP).edits == 1
    stage.nobody_is_told_anything_else()


async def test_elsewhere_the_answer_is_the_card(stage: Stage, ana: Voice) -> None:
    answer = await ana.says("block GST-1 waiting on the joiner")
    assert answer.first_line.startswith("⛔ Blocked · GST-1")


async def test_a_press_on_the_groups_card_answers_with_the_change_alone(stage: Stage, ana: Voice) -> None:
    await ana.commands("block GST-1 waiting on the joiner", GROUP)
    answer = await ana.presses("Unblock", stage.shows("GST-1", GROUP))
    assert answer.reply
    assert (answer.reply.body, answer.text) == (None, "It can go on.")
    assert "🟢" in stage.shows("GST-1", GROUP).first_line


@pytest.mark.parametrize("words", ["mine", "link"])
async def test_personal_answers_go_by_direct_message_and_say_so_where_they_cannot(
    stage: Stage, ana: Voice, words: str
) -> None:
    answer = await ana.commands(words, GROUP)
    assert answer.reply
    assert answer.reply.audience == "direct"
    assert answer.reply.unreachable
    assert "open a chat with me and press Start" in answer.reply.unreachable.title.text


async def test_in_slack_they_are_private_where_they_were_asked(stage: Stage) -> None:
    answer = await stage.person("ana").commands("mine")
    assert answer.reply
    assert answer.reply.audience == "sender"


async def test_the_lead_stands_in_for_an_owner_who_never_started_the_bot(stage: Stage, ana: Voice) -> None:
    """Nothing that is Boris's can be written to: whoever leads hears his news, and why."""

    def unreachable(uow: UnitOfWork) -> None:
        for known in uow.people.identities(TEAM, BORIS.id):
            uow.people.save_identity(replace(known, reachable=False))

    await stage.do(unreachable)
    stage.hear_everything()
    await stage.person("dora").commands("assign APX-1 to @boris")
    stage.is_told("chen", "Boris Novak owns APX-1")
    stage.is_told("chen", "reminders come to you")
    stage.shows("APX-1")
    stage.nobody_is_told_anything_else()
