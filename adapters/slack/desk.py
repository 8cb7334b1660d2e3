"""Every payload comes past here: who and where is looked up, the core asked, the answer given."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from adapters.slack import form, hearing, receive
from adapters.slack.answer import Answers, Door
from adapters.slack.order import Errands, Once, Turns
from adapters.slack.people import Directory
from adapters.slack.receive import Scene
from adapters.slack.text import people_in
from bot.cards import Card
from bot.clock import Clock
from bot.forms import Form
from bot.messages import FormSubmission, HomeOpened, Incoming, Reply
from bot.ports import Receiver

Json = Mapping[str, Any]
Arrived = TypeVar("Arrived", bound=Incoming)


@dataclass(frozen=True, slots=True)
class Identity:
    """Who we are: the tenant this token belongs to, its address, and our own user there."""

    team: str
    bot: str
    bot_id: str
    url: str = ""


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
        self._once, self._turns = Once(), Turns()
        self.errands = Errands()

    async def command(self, body: Json) -> None:
        channel, user = body["channel_id"], {"id": body["user_id"], "name": body.get("user_name", "")}

        async def arrived() -> Incoming:
            scene = await self._scene(body, user, said=body.get("text", ""), acted_in=channel)
            return receive.slash_command(body, scene)

        await self._attend(channel, arrived, Door(body["trigger_id"], body.get("response_url", "")))

    async def press(self, body: Json) -> None:
        user, container = body["user"], body.get("container", {})
        at_home = container.get("type") == "view"
        channel = await self._directory.direct(user["id"]) if at_home else body["channel"]["id"]
        door = Door(body["trigger_id"], body.get("response_url", ""), bool(container.get("is_ephemeral")))

        async def arrived() -> Incoming:
            scene = await self._scene(body, user, acted_in=channel)
            door.private = door.private or channel == scene.direct
            return receive.button_press(body, scene, channel)

        press = await self._attend(channel, arrived, door)
        if at_home:
            await self._refresh_home(press)

    async def shortcut(self, body: Json) -> None:
        channel, said = body["channel"]["id"], body["message"].get("text", "")

        async def arrived() -> Incoming:
            scene = await self._scene(body, body["user"], said=said, acted_in=channel)
            return receive.message_shortcut(body, scene)

        await self._attend(channel, arrived, Door(body["trigger_id"], body.get("response_url", "")))

    async def submission(self, body: Json) -> dict[str, Any]:
        """What travels in the acknowledgement: errors by field, the next form, or nothing."""
        origin = form.opened_from(body["view"].get("private_metadata", ""))
        if origin is None:
            return {}

        async def arrived() -> FormSubmission:
            scene = await self._scene(body, body["user"], acted_in=origin.channel)
            return receive.form_submission(body, scene, origin)

        submitted, reply = await self._received(origin.channel, arrived)
        return self._settled(reply or Reply(), submitted, origin)

    async def event(self, body: Json) -> None:
        """Returns once the core has kept it; raises when it could not, so that Slack sends it again."""
        event = body["event"]
        who = await self._identity()
        key = self._key(body, who)
        if key and _concerns_us(event, who.bot):
            await self._once.do(key, lambda: self._happened(body, event))

    def _key(self, body: Json, who: Identity) -> str:
        event = body["event"]
        if event["type"] in hearing.SAID and event.get("subtype") not in hearing.CORRECTED:
            return hearing.message_key(who.team, event) if "ts" in event and "channel" in event else ""
        return str(body.get("event_id", ""))

    async def _happened(self, body: Json, event: Json) -> None:
        user = self._noticed(event)
        place = "" if event["type"] == "user_change" else _channel(event)
        async with self._turns.turn(place or user):
            scene = await self._scene(body, {"id": user}, said=event.get("text", ""), place=place)
            incoming = receive.happened(body, scene)
            reply = await self._receiver.receive(incoming) if incoming else None
        if incoming and reply:
            self.errands.run(self._deliver(reply, incoming, Door()))

    def _noticed(self, event: Json) -> str:
        """Who it is about; what it teaches us about people and channels is kept."""
        if event["type"] == "user_change":
            self._directory.learn(event["user"])
            return str(event["user"]["id"])
        if event["type"] == "channel_rename":
            self._directory.renamed(event["channel"]["id"])
        return str(event.get("inviter") or hearing.speaker(event) or event.get("actor_id") or "")

    async def _scene(
        self, body: Json, user: Json, *, said: str = "", acted_in: str = "", place: str = ""
    ) -> Scene:
        """``acted_in`` may be anybody's direct conversation; ``place`` of an event is ours."""
        who = await self._identity()
        team, directory = tenant(body, who.team), self._directory
        sender = await directory.sender(user["id"], team, user.get("name", ""))
        people = await directory.people((each for each in people_in(said) if each != who.bot), team)
        channel_name = await directory.channel_name(place)
        direct = await self._own_direct(user["id"], acted_in, place)
        return Scene(team, who.bot, sender, self._clock.now(), people, channel_name, direct, who.url)

    async def _own_direct(self, user: str, acted_in: str, place: str) -> str:
        if acted_in.startswith("D"):
            return await self._directory.direct(user)
        return place if place.startswith("D") else ""

    async def _received(
        self, channel: str, arrived: Callable[[], Awaitable[Arrived]]
    ) -> tuple[Arrived, Reply | None]:
        async with self._turns.turn(channel):
            incoming = await arrived()
            return incoming, await self._receiver.receive(incoming)

    async def _attend(self, channel: str, arrived: Callable[[], Awaitable[Incoming]], door: Door) -> Incoming:
        incoming, reply = await self._received(channel, arrived)
        if reply is not None:
            await self._deliver(reply, incoming, door)
        return incoming

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


def _concerns_us(event: Json, bot: str) -> bool:
    if event["type"] not in hearing.SAID:
        return True
    return hearing.is_for_us(event, bot) or hearing.is_correction(event, bot)


def tenant(body: Json, ours: str) -> str:
    """The workspace we are installed in for this envelope; in shared channels `team` may be the guest's."""
    authorizations = body.get("authorizations") or [{}]
    return str(authorizations[0].get("team_id") or ours)


def _channel(event: Json) -> str:
    channel = event.get("channel", "")
    return channel if isinstance(channel, str) else ""
