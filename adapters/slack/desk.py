"""Every payload comes past here: who and where is looked up, the core asked, the answer given."""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from adapters.slack import form, receive
from adapters.slack.answer import Answers, Door
from adapters.slack.people import Directory
from adapters.slack.receive import Scene
from adapters.slack.text import people_in
from bot.cards import Card
from bot.clock import Clock
from bot.forms import Form
from bot.messages import FormSubmission, HomeOpened, Incoming, Reply
from bot.ports import Receiver

Json = Mapping[str, Any]
REMEMBERED: Final = 10_000
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Identity:
    """Who we are: the tenant this token belongs to, and our own user there."""

    team: str
    bot: str
    bot_id: str


class Desk:
    """``identity`` asks Slack who we are, once."""

    def __init__(
        self,
        receiver: Receiver,
        directory: Directory,
        answers: Answers,
        identity: Callable[[], Awaitable[Identity]],
        clock: Clock,
    ) -> None:
        self._receiver, self._directory, self._answers = receiver, directory, answers
        self._identity, self._clock = identity, clock
        self._once = Once()
        self.errands = Errands()

    async def command(self, body: Json) -> None:
        user, shown = body["user_id"], body.get("user_name", "")
        scene = await self._scene(body, user, shown, said=body.get("text", ""), acted_in=body["channel_id"])
        door = Door(body["trigger_id"], body.get("response_url", ""))
        await self._attend(receive.slash_command(body, scene), door)

    async def press(self, body: Json) -> None:
        user = body["user"]
        at_home = body.get("container", {}).get("type") == "view"
        channel = await self._directory.direct(user["id"]) if at_home else body["channel"]["id"]
        scene = await self._scene(body, user["id"], user.get("name", ""), acted_in=channel)
        private = bool(body.get("container", {}).get("is_ephemeral")) or channel == scene.direct
        door = Door(body["trigger_id"], body.get("response_url", ""), private)
        press = receive.button_press(body, scene, channel)
        await self._attend(press, door)
        if at_home:
            await self._refresh_home(press)

    async def shortcut(self, body: Json) -> None:
        user = body["user"]
        said = body["message"].get("text", "")
        place = body["channel"]["id"]
        scene = await self._scene(body, user["id"], user.get("name", ""), said=said, acted_in=place)
        door = Door(body["trigger_id"], body.get("response_url", ""))
        await self._attend(receive.message_shortcut(body, scene), door)

    async def submission(self, body: Json) -> dict[str, Any]:
        """What travels in the acknowledgement: errors by field, the next form, or nothing."""
        user = body["user"]
        origin = form.opened_from(body["view"].get("private_metadata", ""))
        if origin is None:
            return {}
        scene = await self._scene(body, user["id"], user.get("name", ""), acted_in=origin.channel)
        submitted = receive.form_submission(body, scene, origin)
        reply = await self._receiver.receive(submitted) or Reply()
        return self._settled(reply, submitted, origin)

    async def event(self, body: Json) -> None:
        """Returns once the core has kept it; raises when it could not, so that Slack sends it again."""
        event = body["event"]
        who = await self._identity()
        key = self._key(body, who)
        if key and (event["type"] not in ("message", "app_mention") or receive.is_for_us(event, who.bot)):
            await self._once.do(key, lambda: self._happened(body, event))

    def _key(self, body: Json, who: Identity) -> str:
        event = body["event"]
        if event["type"] in ("message", "app_mention"):
            return receive.message_key(who.team, event) if "ts" in event and "channel" in event else ""
        return str(body.get("event_id", ""))

    async def _happened(self, body: Json, event: Json) -> None:
        user = self._noticed(event)
        place = "" if event["type"] == "user_change" else _channel(event)
        scene = await self._scene(body, user, said=event.get("text", ""), place=place)
        incoming = receive.happened(body, scene)
        if incoming is None:
            return
        reply = await self._receiver.receive(incoming)
        if reply is not None:
            self.errands.run(self._deliver(reply, incoming, Door()))

    def _noticed(self, event: Json) -> str:
        """Who it is about; what it teaches us about people and channels is kept."""
        if event["type"] == "user_change":
            self._directory.learn(event["user"])
            return str(event["user"]["id"])
        if event["type"] == "channel_rename":
            self._directory.renamed(event["channel"]["id"])
        return str(event.get("inviter") or event.get("user") or event.get("actor_id") or "")

    async def _scene(
        self, body: Json, user: str, shown: str = "", *, said: str = "", acted_in: str = "", place: str = ""
    ) -> Scene:
        """``acted_in`` may be anybody's direct conversation; ``place`` of an event is ours."""
        who = await self._identity()
        team = tenant(body, who.team)
        sender, names, name, direct = await asyncio.gather(
            self._directory.sender(user, team, shown),
            self._directory.names(each for each in people_in(said) if each != who.bot),
            self._directory.channel_name(place),
            self._own_direct(user, acted_in, place),
        )
        return Scene(team, who.bot, sender, self._clock.now(), names, name, direct)

    async def _own_direct(self, user: str, acted_in: str, place: str) -> str:
        if acted_in.startswith("D"):
            return await self._directory.direct(user)
        return place if place.startswith("D") else ""

    async def _attend(self, incoming: Incoming, door: Door) -> None:
        reply = await self._receiver.receive(incoming)
        if reply is not None:
            await self._deliver(reply, incoming, door)

    async def _deliver(self, reply: Reply, incoming: Incoming, door: Door) -> None:
        if isinstance(incoming, HomeOpened):
            if isinstance(reply.body, Card):
                await self._answers.show_home(incoming.sender.ref.id, reply.body)
        elif not isinstance(reply.body, Form):
            await self._answers.give(reply, incoming, door)
        elif not await self._answers.open_form(reply.body, incoming, door):
            await self._ask_in_words(incoming, door)

    async def _ask_in_words(self, incoming: Incoming, door: Door) -> None:
        """The form came too late to open; nothing is saved yet, so the same is asked one by one."""
        again = replace(incoming, can_open_form=False, key=f"{incoming.key}:words")
        reply = await self._receiver.receive(again)
        if reply is not None and not isinstance(reply.body, Form):
            await self._answers.give(reply, again, door)

    def _settled(self, reply: Reply, submitted: FormSubmission, origin: form.Origin) -> dict[str, Any]:
        if reply.errors:
            return {"response_action": "errors", "errors": dict(reply.errors)}
        if isinstance(reply.body, Form):
            next_origin = replace(origin, token=reply.body.token)
            return {"response_action": "update", "view": form.view(reply.body, next_origin)}
        self.errands.run(self._answers.give(reply, submitted, Door(response_url=origin.response_url)))
        return {}

    async def _refresh_home(self, press: Incoming) -> None:
        opened = HomeOpened(
            key=f"{press.key}:home", sender=press.sender, place=press.place, received_at=press.received_at
        )
        reply = await self._receiver.receive(opened)
        if reply is not None:
            await self._deliver(reply, opened, Door())


def tenant(body: Json, ours: str) -> str:
    """The workspace we are installed in for this envelope; in shared channels `team` may be the guest's."""
    authorizations = body.get("authorizations") or [{}]
    return str(authorizations[0].get("team_id") or ours)


def _channel(event: Json) -> str:
    channel = event.get("channel", "")
    return channel if isinstance(channel, str) else ""


class Once:
    """One effect per key in this process: a second arrival waits for the first and shares its fate.

    The inbox does this for what changes anything; this spares people two answers to a question that
    arrived both as a message and as a mention.
    """

    def __init__(self) -> None:
        self._done: OrderedDict[str, None] = OrderedDict()
        self._running: dict[str, asyncio.Task[None]] = {}

    async def do(self, key: str, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        if key in self._done:
            return
        if key not in self._running:
            task = asyncio.ensure_future(work())
            self._running[key] = task
            task.add_done_callback(lambda done: self._settled(key, done))
        await asyncio.shield(self._running[key])

    def _settled(self, key: str, task: asyncio.Task[None]) -> None:
        self._running.pop(key, None)
        if task.cancelled() or task.exception():
            return
        self._done[key] = None
        while len(self._done) > REMEMBERED:
            self._done.popitem(last=False)


class Errands:
    """Work that goes on after the acknowledgement, finished before an orderly stop."""

    def __init__(self) -> None:
        self._running: set[asyncio.Task[None]] = set()

    def run(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.ensure_future(work)
        self._running.add(task)
        task.add_done_callback(self._over)

    async def finish(self, within: float = 5.0) -> None:
        """Waits ``within`` seconds; what is not done by then is cancelled."""
        if not self._running:
            return
        _, late = await asyncio.wait(self._running, timeout=within)
        for task in late:
            task.cancel()

    def _over(self, task: asyncio.Task[None]) -> None:
        self._running.discard(task)
        if not task.cancelled() and (error := task.exception()):
            log.error("an answer failed after its acknowledgement", exc_info=error)
