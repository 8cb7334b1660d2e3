"""Who cannot be written to yet is given the way there."""

from __future__ import annotations

from bot.app.parts import registry
from bot.dispatcher import Dispatcher
from bot.dispatcher.turn import Setting
from bot.messages import BotAdded
from bot.refs import ConversationRef
from tests.bot.dispatcher.test_arrivals import GROUP, arrives, linked_group
from tests.scenarios.conversation import CAPABILITIES, Stage


def with_links(stage: Stage) -> None:
    setting = Setting(
        registry=registry(),
        capabilities=CAPABILITIES,
        new_code=lambda: "code-000000000000001",
        deep_link=lambda code: f"https://t.me/milepost_bot?start={code}",
    )
    stage.dispatcher = Dispatcher(stage.store, setting, stage.clock, lambda: "ref")


async def test_the_way_into_the_direct_chat_is_a_button_that_opens_it(stage: Stage) -> None:
    ana = await linked_group(stage)
    with_links(stage)
    reply = (await ana.commands("mine", GROUP)).reply
    assert reply
    assert reply.unreachable
    (opens,) = reply.unreachable.buttons
    assert (opens.label, opens.url) == ("Open a chat with me", "https://t.me/milepost_bot?start=hello")


async def test_where_no_link_opens_a_chat_the_words_stand_alone(stage: Stage) -> None:
    ana = await linked_group(stage)
    reply = (await ana.commands("mine", GROUP)).reply
    assert reply
    assert reply.unreachable
    assert reply.unreachable.buttons == ()


async def test_what_the_link_carries_is_no_code(stage: Stage) -> None:
    ana = await linked_group(stage)
    home = ConversationRef("telegram", "", "D-ana-tg")
    answer = await arrives(ana, BotAdded, home, payload="hello")
    assert "code" not in answer.first_line
    assert answer.labels
