"""Making invitations and opening them, as the stories about joining do."""

from __future__ import annotations

from dataclasses import replace
from itertools import count

from bot.app.parts import registry
from bot.dispatcher import Dispatcher
from bot.dispatcher.turn import Setting
from bot.messages import BotAdded
from tests.scenarios.answers import Answer
from tests.scenarios.cast import TELEGRAM
from tests.scenarios.conversation import CAPABILITIES, Stage, Voice

ADDRESS = "https://t.me/milepost_bot?start="


def with_links(stage: Stage) -> Stage:
    """The same stage, on which invitations are links."""
    numbers = count(1)
    setting = Setting(
        registry=registry(),
        capabilities=CAPABILITIES,
        new_code=lambda: f"open-{next(numbers):0>15}",
        deep_link=lambda code: f"{ADDRESS}{code}",
    )
    stage.dispatcher = Dispatcher(stage.store, setting, stage.clock, lambda: "ref")
    return stage


def code_in(answer: Answer) -> str:
    """The code of the link shown."""
    return answer.text.split(ADDRESS)[1].split()[0]


async def opens(
    stage: Stage, who: str, code: str, name: str = "", language: str = ""
) -> tuple[Voice, Answer]:
    """Somebody follows the link to Telegram and presses its Start: one tap."""
    voice = stage.person(who, TELEGRAM, name=name)
    voice.sender = sender = replace(voice.sender, language=language)
    voice._last = voice.home
    voice.answer = await stage.receive(
        BotAdded(
            key=stage.key(),
            sender=sender,
            place=voice.place(None),
            received_at=stage.clock.now(),
            payload=code,
        )
    )
    return voice, voice.answer
