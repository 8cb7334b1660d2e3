"""Slack as the adapter contract meets it, over Socket Mode."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from types import MappingProxyType

from adapters.slack.platform import SlackAdapter
from bot.ports import Adapter
from bot.refs import ConversationRef, MessageRef, PersonRef
from tests.adapters.slack.core import settings
from tests.adapters.slack.screen import shown
from tests.contracts.adapter_contract.core import Core
from tests.contracts.adapter_contract.harness import PAUSE, Harness, OpenForm, Shown, Thing
from tests.contracts.adapter_contract.tasks import running
from tests.fakes.clock import FakeClock
from tests.fakes.slack.core import Said
from tests.fakes.slack.delivery import Delivery
from tests.fakes.slack.faults import RateLimited, Reset
from tests.fakes.slack.people import inputs
from tests.fakes.slack.state import TALK, Message
from tests.fakes.slack.validators import faults_in_calls
from tests.fakes.slack_server import SlackServer

WRONG_TOKEN = "xoxb-nobody-gave-this"


@dataclass(frozen=True, slots=True)
class Spoken:
    message: Message
    deliveries: Sequence[Delivery]


class SlackHarness(Harness):
    absent = MappingProxyType({Thing.TOASTS: "Slack has no passing words"})

    def __init__(self, slack: SlackServer, clock: FakeClock, core: Core) -> None:
        self.slack, self.clock, self.core = slack, clock, core
        self.made = SlackAdapter(settings(slack, clock))
        self.adapter: Adapter = self.made
        team = slack.workspace.team
        self.ana = PersonRef("slack", team, slack.user("ana", real_name="Ana Costa", tz="Europe/Lisbon"))
        self.boris = PersonRef("slack", team, slack.user("boris", real_name="Boris Petrov"))
        self.group = self._place(slack.channel("launch", self.ana.id, self.boris.id))
        self.secrets = (slack.token, slack.app_token, slack.signing_secret, WRONG_TOKEN)

    def _place(self, channel: str) -> ConversationRef:
        return ConversationRef("slack", self.slack.workspace.team, channel)

    def _channel(self, who: PersonRef, direct: bool) -> str:
        return self.slack.direct(who.id) if direct else self.group.id

    async def _settled(self) -> None:
        for desk in self.made._desks:
            await desk.errands.finish()

    async def says(
        self, who: PersonRef, text: str, *, direct: bool = False, naming: PersonRef | None = None
    ) -> Spoken:
        named = f"{text} <@{naming.id}>" if naming else text
        channel = self._channel(who, direct)
        deliveries = await self.slack.types(
            who.id, channel, named if direct else f"{self.slack.mention} {named}"
        )
        await self._settled()
        return Spoken(self.slack.messages(channel)[-1 - self._answers(channel)], deliveries)

    def _answers(self, channel: str) -> int:
        """Messages behind the one just typed."""
        said = self.slack.messages(channel)
        return next(n for n, each in enumerate(reversed(said)) if each.user != self.slack.workspace.bot)

    async def commands(self, who: PersonRef, text: str, *, direct: bool = False) -> Sequence[Delivery]:
        delivery = await self.slack.slash(who.id, self._channel(who, direct), text)
        await self._settled()
        return (delivery,)

    async def presses(self, who: PersonRef, shown: Shown, label: str) -> Sequence[Delivery]:
        delivery = await self.slack.press(who.id, shown.origin, label)
        await self._settled()
        return (delivery,)

    async def guesses(self, who: PersonRef, shown: Shown, token: str) -> None:
        await self.slack.press_value(who.id, shown.origin, token)
        await self._settled()

    async def delivers_again(self, done: Spoken | Sequence[Delivery]) -> None:
        for delivery in done.deliveries if isinstance(done, Spoken) else done:
            await self.slack.deliver_again(delivery)
        await self._settled()

    async def answers_with_photo(
        self, who: PersonRef, shown: Shown | None, name: str, content: bytes, text: str = ""
    ) -> Spoken:
        channel = self.group.id if shown else self.slack.direct(who.id)
        photo = self.slack.uploads(who.id, name, content)
        thread = shown.id if shown else None
        deliveries = await self.slack.types(who.id, channel, text, thread, (photo,))
        await self._settled()
        return Spoken(self.slack.messages(channel)[-1], deliveries)

    async def corrects(self, said: Spoken, text: str) -> None:
        await self.slack.edits(said.message, text)
        await self._settled()

    async def another_bot_says(self, text: str) -> None:
        robot = self.slack.user("ci", is_bot=True)
        message = self.slack._written(robot, self.group.id, f"{self.slack.mention} {text}", None)
        message.bot_id = "B00000CI"
        for body in self.slack._heard(message):
            await self.slack.deliver("event", body)
        await self._settled()

    async def adds_bot(self) -> None:
        bot = self.slack.workspace.bot
        await self.slack.happens(
            type="member_joined_channel", user=bot, channel=self.group.id, inviter=self.ana.id
        )

    async def removes_bot(self) -> None:
        await self.slack.removes_bot(self.group.id)

    async def moves_group(self) -> ConversationRef:
        return self._place(await self.slack.moves_channel(self.group.id))

    def form(self, who: PersonRef) -> OpenForm | None:
        view = self.slack.modal(who.id)
        if view is None:
            return None
        labels = tuple(block["label"]["text"] for block in inputs(view))
        return OpenForm(view.body["title"]["text"], labels, view.errors)

    async def submits(self, who: PersonRef, **values: str) -> None:
        await self.slack.submits(who.id, **values)
        await self._settled()

    async def cancels(self, who: PersonRef) -> None:
        await self.slack.closes(who.id)
        await self._settled()

    async def sees(self, who: PersonRef, where: ConversationRef) -> list[Shown]:
        names = {user.id: user.name for user in self.slack.workspace.users.values()}
        seen = (said for said in self.slack.said if said.channel == where.id and not said.message.deleted)
        return [shown(said, names) for said in seen if _is_for(said, who)]

    async def vanishes(self, message: MessageRef) -> None:
        self.slack.workspace.channels[message.conversation.id].messages[message.id].deleted = True

    async def fails(self, how: Thing) -> None:
        match how:
            case Thing.LIMITED:
                self.slack.faults.add("chat.postMessage", RateLimited(int(PAUSE)))
            case Thing.ANSWER_LOST:
                self.slack.faults.add("chat.postMessage", Reset())
            case _:
                await self.slack.stop()

    def closed_place(self) -> ConversationRef:
        closed = self.slack.channel("closed", self.ana.id)
        self.slack.workspace.channels[closed].archived = True
        return self._place(closed)

    def unreachable(self) -> PersonRef:
        return replace(self.ana, id=self.slack.user("gone", deleted=True))

    async def distrusted(self) -> Sequence[Adapter]:
        wrong = replace(settings(self.slack, self.clock), bot_token=WRONG_TOKEN)
        return (SlackAdapter(wrong),)


def _is_for(said: Said, who: PersonRef) -> bool:
    return said.kind != "ephemeral" or said.to == who.id


@asynccontextmanager
async def open_harness(clock: FakeClock, core: Core) -> AsyncIterator[SlackHarness]:
    """Both validators must have nothing against whatever was sent."""
    async with SlackServer(clock=lambda: clock.now().timestamp()) as slack:
        slack.subscriptions |= TALK
        harness = SlackHarness(slack, clock, core)
        async with running(harness.adapter.run(core)):
            await slack.until(lambda: slack.sockets.open)
            yield harness
    assert faults_in_calls([call for call in slack.calls if call.outcome != "invalid_blocks"]) == []
    assert slack.faults.left == {}
