"""Another vendor's client (npm grammy) holds a conversation with the server: the fake is not merely ours."""

import asyncio
import os
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.fakes.telegram.schemas import faults_in, faults_of_calls
from tests.fakes.telegram_server import TelegramServer

PEER = Path(__file__).parent / "telegram" / "peer"
REMEDY = f"install Node 20 or newer, then: npm ci --ignore-scripts --prefix {PEER.relative_to(Path.cwd())}"


@pytest.fixture
def node() -> str:
    found = shutil.which("node")
    if found and (PEER / "node_modules" / "grammy").is_dir():
        return found
    if os.environ.get("CI") == "true":
        pytest.fail(f"the Telegram fake must be proved by grammy: {REMEDY}")
    pytest.skip(f"NOT TESTED: the Telegram fake against grammy; {REMEDY}")


@pytest.fixture
async def telegram(node: str) -> AsyncIterator[TelegramServer]:
    async with TelegramServer() as server:
        root = server.base_url.removesuffix("/bot")
        process = await asyncio.create_subprocess_exec(node, str(PEER / "bot.mjs"), root, server.token)
        yield server
        process.terminate()
        await process.wait()


async def test_grammy_polls_replies_edits_and_answers_presses(telegram: TelegramServer) -> None:
    ana = telegram.user("Ana")
    telegram.starts(ana, "code-7")
    await telegram.until(lambda: len(telegram.told(ana)) == 1)
    said = telegram.says(ana, "hello 🎉")
    await telegram.until(lambda: len(telegram.told(ana)) == 2)
    telegram.edits(said, "good day")
    await telegram.until(lambda: len(telegram.told(ana)) == 3)
    pressed = telegram.presses(ana, telegram.told(ana)[1], "Again")
    await telegram.until(lambda: telegram.told(ana)[1].text == "Said twice")
    answer = telegram.answer_to(pressed)
    assert answer
    assert answer.text == "Once more"
    assert [message.text for message in telegram.told(ana)] == [
        "Hello Ana, code-7",
        "Said twice",
        "Corrected: good day",
    ]
    telegram.assert_nothing_else()
    assert faults_of_calls(telegram.calls) == []
    assert [
        f for update in telegram.state.updates.all_made for f in faults_in("TelegramUpdate", update.as_json())
    ] == []
