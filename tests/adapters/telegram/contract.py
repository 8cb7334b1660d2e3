"""Telegram as the adapter contract meets it, by long polling."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from types import MappingProxyType

from adapters.telegram import TelegramSettings
from adapters.telegram.platform import Telegram
from bot.ports import Adapter
from bot.refs import ConversationRef, MessageRef, PersonRef
from tests.adapters.telegram.conftest import VERBS
from tests.contracts.adapter_contract.core import Core
from tests.contracts.adapter_contract.harness import PAUSE, Harness, Shown, Thing
from tests.contracts.adapter_contract.tasks import running
from tests.fakes.clock import FakeClock
from tests.fakes.telegram.schemas import faults_of_calls
from tests.fakes.telegram.updates import Update
from tests.fakes.telegram.world import Chat, Message, User
from tests.fakes.telegram_server import TelegramServer, reset, too_many_requests

WRONG_TOKEN = "424242:" + "A" * 35
NAMES = {"text_mention", "mention"}


@dataclass(frozen=True, slots=True)
class Done:
    """The updates that something caused."""

    updates: Sequence[Update]
    message: Message | None = None


class TelegramHarness(Harness):
    absent = MappingProxyType({})

    def __init__(self, telegram: TelegramServer, clock: FakeClock, core: Core) -> None:
        self.telegram, self.core = telegram, core
        self.settings = TelegramSettings(telegram.token, clock, verbs=VERBS, api_url=telegram.base_url)
        self.made = Telegram(self.settings)
        self.adapter: Adapter = self.made
        users = telegram.user("Ana", "ana_c"), telegram.user("Boris")
        self.users = {_ref(user): user for user in users}
        self.ana, self.boris = self.users
        self.chat = telegram.group("Apex", *users, bot_is_admin=True)
        self.group = _place(self.chat)
        self.secrets = (telegram.token, WRONG_TOKEN)
        self._query = ""

    async def begin(self) -> None:
        await self.telegram.state.updates.polling.wait()
        for user in self.users.values():
            self.telegram.starts(user)
        await self._settled()
        self.core.forget()

    async def _settled(self) -> None:
        await self.telegram.until(lambda: len(self.telegram.state.updates) == 0)
        if self.made._intake:
            await self.made._intake.drain()

    def _chat(self, who: PersonRef, direct: bool) -> Chat:
        return self.telegram.state.private(self.users[who]) if direct else self.chat

    async def _done(self, made: int, message: Message | None = None) -> Done:
        await self._settled()
        return Done(tuple(self.telegram.state.updates.all_made[made:]), message)

    @property
    def _made(self) -> int:
        return len(self.telegram.state.updates.all_made)

    async def says(
        self, who: PersonRef, text: str, *, direct: bool = False, naming: PersonRef | None = None
    ) -> Done:
        made, name = self._made, self.users[naming].name if naming else ""
        words = f"{text} {name}".strip() if direct else f"@{self.telegram.bot.username} {text} {name}".strip()
        mentions = {name: self.users[naming]} if naming else {}
        message = self.telegram.says(self.users[who], words, self._chat(who, direct), mentions=mentions)
        return await self._done(made, message)

    async def commands(self, who: PersonRef, text: str, *, direct: bool = False) -> Done:
        made = self._made
        message = self.telegram.says(self.users[who], f"/ms {text}", self._chat(who, direct))
        return await self._done(made, message)

    async def presses(self, who: PersonRef, shown: Shown, label: str) -> Done:
        made = self._made
        self._query = self.telegram.presses(self.users[who], shown.origin, label)
        return await self._done(made)

    async def guesses(self, who: PersonRef, shown: Shown, token: str) -> None:
        self._query = self.telegram.presses_data(self.users[who], shown.origin, token)
        await self._settled()

    async def delivers_again(self, done: Done) -> None:
        """Where polled and delivered updates meet; the fake forgets what was confirmed, as Telegram does."""
        assert self.made._intake
        assert done.updates
        for update in done.updates:
            assert await self.made._intake.take(update.as_json())
        await self._settled()

    async def answers_with_photo(
        self, who: PersonRef, shown: Shown | None, name: str, content: bytes, text: str = ""
    ) -> Done:
        made, chat = self._made, self._chat(who, direct=shown is None)
        answered = shown.origin if shown else None
        user = self.users[who]
        message = self.telegram.sends_photo(user, content, chat, caption=text, reply_to=answered)
        return await self._done(made, message)

    async def corrects(self, said: Done, text: str) -> None:
        assert said.message
        self.telegram.edits(said.message, text)
        await self._settled()

    async def another_bot_says(self, text: str) -> None:
        robot = self.telegram.user("CI", "ci_bot", bot=True)
        self.telegram.says(robot, f"@{self.telegram.bot.username} {text}", self.chat)
        await self._settled()

    async def adds_bot(self) -> None:
        self.chat.members[self.telegram.bot.id] = "left"
        self.telegram.adds_bot(self.users[self.ana], self.chat)
        await self._settled()

    async def removes_bot(self) -> None:
        self.telegram.kicks_bot(self.users[self.ana], self.chat)
        await self._settled()

    async def moves_group(self) -> ConversationRef:
        large = self.telegram.migrates(self.chat, by=self.users[self.ana])
        await self._settled()
        return _place(large)

    async def sees(self, who: PersonRef, where: ConversationRef) -> list[Shown]:
        chat = self.telegram.state.chats[int(where.id)]
        return [_shown(message) for message in self.telegram.told(chat)]

    def toast(self) -> str:
        answer = self.telegram.answer_to(self._query)
        assert answer, "the press still spins"
        return answer.text

    async def vanishes(self, message: MessageRef) -> None:
        chat = self.telegram.state.chats[int(message.conversation.id)]
        self.telegram.deletes(chat.messages[int(message.id)])

    async def fails(self, how: Thing) -> None:
        match how:
            case Thing.LIMITED:
                self.telegram.fail("sendMessage", too_many_requests(int(PAUSE)))
            case Thing.ANSWER_LOST:
                self.telegram.fail("sendMessage", reset())
            case _:
                await self.telegram.__aexit__()

    def closed_place(self) -> ConversationRef:
        closed = self.telegram.group("Closed")
        closed.members[self.telegram.bot.id] = "kicked"
        return _place(closed)

    def unreachable(self) -> PersonRef:
        return _ref(self.telegram.user("Never Started"))

    async def distrusted(self) -> Sequence[Adapter]:
        return (Telegram(replace(self.settings, token=WRONG_TOKEN)),)


def _ref(user: User) -> PersonRef:
    return PersonRef("telegram", "", str(user.id))


def _place(chat: Chat) -> ConversationRef:
    return ConversationRef("telegram", "", str(chat.id))


def _shown(message: Message) -> Shown:
    return Shown(
        id=str(message.id),
        text=message.words,
        buttons=tuple(button.label for button in message.buttons),
        pings=tuple(str(entity) for entity in message.entities if entity["type"] in NAMES),
        pictures=int(message.photo is not None),
        origin=message,
    )


@asynccontextmanager
async def open_harness(clock: FakeClock, core: Core) -> AsyncIterator[TelegramHarness]:
    """Everything that the adapter sent has Telegram's shape, whatever the test was about."""
    now = clock.now
    async with TelegramServer(now=lambda: now().timestamp(), first_webhook_wait=0.01) as telegram:
        harness = TelegramHarness(telegram, clock, core)
        async with running(harness.adapter.run(core)):
            await harness.begin()
            yield harness
    assert faults_of_calls(telegram.calls) == []
    assert telegram.state.faults.left() == 0
