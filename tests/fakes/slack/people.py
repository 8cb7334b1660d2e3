"""What people do in Slack: type, command, press, fill in, edit, leave, archive."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.fakes.slack import payloads
from tests.fakes.slack.core import Json, Said, Slack
from tests.fakes.slack.delivery import Delivery, HttpDelivery
from tests.fakes.slack.limits import check_message
from tests.fakes.slack.sockets import Sockets
from tests.fakes.slack.state import Channel, Message, User, View


@dataclass
class People(Slack):
    """The server as its users see it. Each act returns once the bot acknowledged it, or Slack gave up."""

    http: HttpDelivery | None = None
    deliveries: list[Delivery] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.sockets = Sockets(self)

    # --- the cast ---------------------------------------------------------------------------------

    def user(self, name: str, **facts: Any) -> str:
        made = User(
            self.workspace.new_id("U"), name, facts.pop("real_name", name.title()), self.workspace.team
        )
        for fact, value in facts.items():
            setattr(made, fact, value)
        self.workspace.users[made.id] = made
        return made.id

    def channel(
        self, name: str, *members: str, kind: str = "channel", with_bot: bool = True, as_id: str = ""
    ) -> str:
        inside = {*members, self.workspace.bot} if with_bot else set(members)
        letter = "G" if kind == "mpim" else "C"
        made = Channel(as_id or self.workspace.new_id(letter), name, kind, inside)
        self.workspace.channels[made.id] = made
        return made.id

    def direct(self, user: str) -> str:
        return self.workspace.direct(user).id

    @property
    def mention(self) -> str:
        return f"<@{self.workspace.bot}>"

    # --- writing ----------------------------------------------------------------------------------

    async def types(
        self, user: str, channel: str, text: str, thread: str | None = None, files: Sequence[str] = ()
    ) -> list[Delivery]:
        message = self._written(user, channel, text, thread)
        message.files = [payloads.file(self, name) for name in files]
        return [await self.deliver("event", body) for body in self._heard(message)]

    def uploads(self, user: str, name: str, content: bytes, mime: str = "image/jpeg", **facts: Any) -> str:
        """A file that is there to be shared; its id."""
        file_id = self.workspace.new_id("F")
        self.workspace.files[file_id] = {
            "id": file_id, "name": name, "user": user, "mimetype": mime, "size": len(content),
            "bytes": content, "mode": "hosted", **facts,
        }  # fmt: skip
        return file_id

    def _written(self, user: str, channel: str, text: str, thread: str | None) -> Message:
        room = self.workspace.channels[channel]
        message = Message(channel, self.workspace.new_ts(self.clock()), user, text, thread_ts=thread)
        parent = room.messages.get(thread or "")
        message.parent_user = parent.user if parent else ""
        message.client_msg_id = f"typed-{message.ts}"
        room.messages[message.ts] = message
        return message

    def _heard(self, message: Message) -> list[Json]:
        room = self.workspace.channels[message.channel]
        if self.workspace.bot not in room.members:
            return []
        heard = []
        if self.mention in message.text and room.kind != "im" and "app_mention" in self.subscriptions:
            heard.append(payloads.mention(self, message))
        if self._hears_all(room):
            heard.append(payloads.said_in_channel(self, message, room.kind))
        return heard

    def _hears_all(self, room: Channel) -> bool:
        plural = {"channel": "channels", "group": "groups", "im": "im", "mpim": "mpim"}[room.kind]
        return f"message.{plural}" in self.subscriptions

    async def edits(self, message: Message, text: str) -> Delivery | None:
        room = self.workspace.channels[message.channel]
        before, message.text = message.text, text
        if not self._hears_all(room):
            return None
        return await self.deliver("event", payloads.edited(self, message, before, room.kind))

    async def deletes(self, message: Message) -> Delivery | None:
        room = self.workspace.channels[message.channel]
        message.deleted = True
        if not self._hears_all(room):
            return None
        return await self.deliver("event", payloads.deleted(self, message, room.kind))

    async def slash(self, user: str, channel: str, text: str, command: str = "/milestone") -> Delivery:
        delivery = await self.deliver("command", payloads.command(self, user, channel, command, text))
        self._said_in_ack(delivery, channel, user)
        return delivery

    def _said_in_ack(self, delivery: Delivery, channel: str, user: str) -> None:
        """Text or blocks in the acknowledgement are shown to the sender alone."""
        answer = delivery.answer
        args = {"text": answer} if isinstance(answer, str) and answer else answer
        if isinstance(args, dict) and (args.get("text") or args.get("blocks")):
            check_message(args.get("text", ""), args.get("blocks", []), [])
            self.whisper(channel, user, args)

    # --- pressing and filling in ----------------------------------------------------------------------

    async def press(self, user: str, said: Said | Message, label: str) -> Delivery:
        """`label` is the text of a button, or its action_id."""
        seen = said if isinstance(said, Said) else Said("message", said.channel, None, said)
        return await self.deliver(
            "interaction", payloads.pressed(self, user, seen, find_button(seen.buttons, label))
        )

    async def press_value(self, user: str, said: Said, value: str) -> Delivery:
        """A press that no button of ours made: a guessed or a stale token."""
        button = {"type": "button", "action_id": "press:0", "block_id": "b", "value": value,
                  "text": {"type": "plain_text", "text": "?"}}  # fmt: skip
        return await self.deliver("interaction", payloads.pressed(self, user, said, button))

    async def press_in_view(self, user: str, view: View, label: str) -> Delivery:
        shown = Said("view", "", user, Message("", view.id, user, "", view.body["blocks"]))
        return await self.deliver(
            "interaction", payloads.pressed_in_view(self, user, view, find_button(shown.buttons, label))
        )

    async def opens_modal(self, user: str) -> View:
        await self.until(lambda: self.modal(user))
        view = self.modal(user)
        assert view is not None
        return view

    async def submits(self, user: str, **answers: str) -> View:
        """By block id, or by label with underscores for spaces; empty required fields are refused."""
        view = self.modal(user)
        assert view is not None, f"{user} has no modal open"
        view.values = {block["block_id"]: _typed(block, answers) for block in inputs(view)}
        unfilled = [block["block_id"] for block in inputs(view) if _missing(block, view)]
        assert not unfilled, f"the client would not submit without {unfilled}"
        delivery = await self.deliver("interaction", payloads.submitted(self, view))
        self._apply(view, delivery)
        return view

    def _apply(self, view: View, delivery: Delivery) -> None:
        answer = delivery.answer if isinstance(delivery.answer, dict) else {}
        view.errors = answer.get("errors", {})
        unknown = set(view.errors) - {block["block_id"] for block in inputs(view)}
        assert not unknown, f"errors for blocks that do not exist: {unknown}"
        match answer.get("response_action"):
            case "update":
                view.body = answer["view"]
            case "errors":
                pass
            case _:
                view.open = not delivery.acked

    async def closes(self, user: str) -> Delivery | None:
        view = self.modal(user)
        assert view is not None
        view.open = False
        return (
            await self.deliver("interaction", payloads.closed(self, view))
            if view.body.get("notify_on_close")
            else None
        )

    async def shortcut(self, user: str, message: Message, callback_id: str) -> Delivery:
        return await self.deliver("interaction", payloads.message_shortcut(self, user, message, callback_id))

    async def global_shortcut(self, user: str, callback_id: str) -> Delivery:
        return await self.deliver("interaction", payloads.global_shortcut(self, user, callback_id))

    # --- life of a workspace ---------------------------------------------------------------------------

    async def opens_home(self, user: str, tab: str = "home") -> Delivery:
        return await self.happens(type="app_home_opened", user=user, channel=self.direct(user), tab=tab)

    async def archives(self, user: str, channel: str) -> Delivery:
        self.workspace.channels[channel].archived = True
        return await self.happens(type="channel_archive", channel=channel, user=user)

    async def removes_bot(self, channel: str) -> Delivery:
        room = self.workspace.channels[channel]
        room.members.discard(self.workspace.bot)
        return await self.happens(
            type="group_left" if room.kind == "group" else "channel_left", channel=channel
        )

    async def changes(self, user: str, **facts: Any) -> Delivery:
        for fact, value in facts.items():
            setattr(self.workspace.users[user], fact, value)
        return await self.happens(type="user_change", user=self.workspace.users[user].as_json())

    async def moves_channel(self, channel: str) -> str:
        """A private channel that becomes shared gets a new id."""
        room = self.workspace.channels.pop(channel)
        room.id = self.workspace.new_id("C")
        self.workspace.channels[room.id] = room
        for message in room.messages.values():
            message.channel = room.id
        await self.happens(type="channel_id_changed", old_channel_id=channel, new_channel_id=room.id)
        return room.id

    async def happens(self, **event: Any) -> Delivery:
        """Any event at all, as the bot would be told of it."""
        return await self.deliver("event", payloads.event(self, event))

    # --- reaching the bot ----------------------------------------------------------------------------------

    async def deliver(self, kind: str, payload: Json) -> Delivery:
        delivery = Delivery(kind, payload, payload.get("event_id") or self.workspace.new_id("env-"))
        self.deliveries.append(delivery)
        await self.hand_over(delivery)
        return delivery

    async def deliver_again(self, delivery: Delivery) -> Delivery:
        """The same thing once more, as after a lost acknowledgement."""
        return await self.deliver(delivery.kind, delivery.payload)

    async def hand_over(self, delivery: Delivery) -> None:
        if self.http is not None:
            await self.http.deliver(delivery)
        else:
            await self.sockets.deliver(delivery)
        await self.changed()


def find_button(buttons: dict[str, Json], label: str) -> Json:
    for text, button in buttons.items():
        if label in (text, button.get("action_id")):
            return button
    raise AssertionError(f"no button {label!r}; there are {list(buttons)}")


def inputs(view: View) -> list[Json]:
    return [block for block in view.body.get("blocks", []) if block["type"] == "input"]


def _typed(block: Json, answers: dict[str, str]) -> Json:
    element = block["element"]
    label = block["label"]["text"].lower().replace(" ", "_")
    given = answers.get(block["block_id"], answers.get(label))
    return {element["action_id"]: _state(element, given)}


def _state(element: Json, given: str | None) -> Json:
    kind = element["type"]
    match kind:
        case "datepicker":
            return {"type": kind, "selected_date": given or element.get("initial_date")}
        case "users_select":
            return {"type": kind, "selected_user": given or element.get("initial_user")}
        case "static_select" | "radio_buttons":
            return {"type": kind, "selected_option": _option(element, given) or element.get("initial_option")}
        case _:
            return {"type": kind, "value": given if given is not None else element.get("initial_value")}


def _option(element: Json, given: str | None) -> Json | None:
    found = [each for each in element["options"] if given in (each["value"], each["text"]["text"])]
    assert found or given is None, f"no option {given!r}"
    return found[0] if found else None


def _missing(block: Json, view: View) -> bool:
    [(_, state)] = view.values[block["block_id"]].items()
    empty = all(value in (None, "") for name, value in state.items() if name != "type")
    return empty and not block.get("optional", False)
