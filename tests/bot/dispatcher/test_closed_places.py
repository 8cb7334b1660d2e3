"""The bot was put out of a channel: its lead hears of it, and whoever changes something, once."""

from __future__ import annotations

from bot.errors import Delivery, DeliveryError
from bot.messages import BotAdded, BotRemoved
from bot.refs import ConversationRef
from tests.bot.dispatcher.test_arrivals import arrives
from tests.fakes.adapter import Fault
from tests.scenarios.cast import APEX_HOME
from tests.scenarios.conversation import Stage

ELSEWHERE = ConversationRef("slack", "T1", "C-other")


async def put_out(stage: Stage) -> None:
    await arrives(stage.person("boris"), BotRemoved, APEX_HOME, reason="kicked")


async def test_the_lead_is_told_at_once_with_what_would_mend_it(stage: Stage) -> None:
    await put_out(stage)
    told = stage.is_told("chen", "I can't write in #apex any more, the channel of Apex release.")
    assert "Add me there again" in told.text
    assert [b.label for b in told.card.buttons] == ["All milestones", "Mine"]


async def test_a_missing_permission_is_named_with_who_adds_it(stage: Stage) -> None:
    lacking = DeliveryError(Delivery.DESTINATION, "missing_scope:chat:write")
    stage.adapters["slack"].faults.append(Fault(lacking))
    await stage.person("ana").commands("new Roof closed by 6 March me")
    told = stage.is_told("chen", "I can't write in #apex any more")
    assert "The app lacks the permission chat:write: an admin adds it to the app" in told.text


async def test_a_channel_of_no_project_is_nobodys_news(stage: Stage) -> None:
    await stage.person("ana").says("mine", ELSEWHERE)
    stage.hear_everything()
    await arrives(stage.person("boris"), BotRemoved, ELSEWHERE, reason="kicked")
    stage.nobody_is_told_anything_else()


async def test_who_changes_something_is_told_once_that_the_channel_cannot_hear(stage: Stage) -> None:
    ana = stage.person("ana")
    await put_out(stage)
    stage.hear_everything()
    await ana.says("move APX-1 to 16 March")
    told = stage.is_told("ana", "Changed, but #apex can't hear of APX-1 Prototype tested: I am not in it.")
    assert [b.label for b in told.card.buttons] == ["Show it", "All milestones"]
    await ana.says("move APX-1 to 18 March")
    said = [m for adapter in stage.adapters.values() for m in adapter.sent if "can't hear" in m.text]
    assert len(said) == 1


async def test_while_the_channel_hears_nobody_is_told(stage: Stage) -> None:
    await stage.person("ana").says("move APX-1 to 16 March")
    stage.shows("APX-1")
    stage.nobody_is_told_anything_else()


async def test_once_back_everything_follows_and_nothing_is_said(stage: Stage) -> None:
    ana = stage.person("ana")
    await put_out(stage)
    await arrives(ana, BotAdded, APEX_HOME)
    stage.hear_everything()
    await ana.says("move APX-1 to 16 March")
    assert "Mon 16 Mar" in stage.shows("APX-1").text
    stage.nobody_is_told_anything_else()
