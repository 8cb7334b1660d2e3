"""Slack payloads to `Incoming`.  Pure: what a payload does not say itself comes in a `Scene`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from adapters.slack import hearing
from adapters.slack.files import attachments
from adapters.slack.form import Origin, values
from adapters.slack.text import PLATFORM, read_text, without_mention
from bot.messages import (
    BotAdded,
    BotRemoved,
    ButtonPress,
    ChatMessage,
    ConversationMoved,
    FormSubmission,
    HomeOpened,
    Incoming,
    MessageDeleted,
    MessageEdited,
    MessageShortcut,
    PersonLeft,
    Place,
    PlaceKind,
    ProfileChanged,
    Sender,
    SlashCommand,
)
from bot.refs import ConversationRef, MessageRef

Json = Mapping[str, Any]
_LEFT: Final = {
    "channel_left", "group_left", "channel_archive", "group_archive", "channel_deleted", "group_deleted",
}  # fmt: skip
_BACK: Final = {"channel_unarchive", "group_unarchive"}


@dataclass(frozen=True, slots=True)
class Scene:
    """``team`` is the tenant of the verified envelope; ``bot`` our user id; ``people`` mentioned, by id.

    ``direct`` is our own direct conversation with the sender, where it matters: a command can also be typed
    in a direct conversation between two people, which we cannot write to; ``url`` the workspace's address.
    """

    team: str
    bot: str
    sender: Sender
    now: datetime
    people: Mapping[str, Sender]
    channel_name: str = ""
    direct: str = ""
    url: str = ""

    @property
    def names(self) -> Mapping[str, str]:
        return {user: person.name for user, person in self.people.items()}

    @property
    def mentioned(self) -> tuple[Sender, ...]:
        return tuple(self.people.values())

    def conversation(self, channel: str, thread: str = "") -> ConversationRef:
        return ConversationRef(PLATFORM, self.team, channel, thread)

    def place(self, channel: str, thread: str = "", name: str = "") -> Place:
        kind = PlaceKind.DIRECT if channel == self.direct else PlaceKind.GROUP
        return Place(self.conversation(channel, thread), kind, name or self.channel_name)


def slash_command(body: Json, scene: Scene) -> SlashCommand:
    return SlashCommand(
        key=f"c:{body['trigger_id']}",
        sender=scene.sender,
        place=scene.place(body["channel_id"], name=_channel_name(body.get("channel_name", ""))),
        received_at=scene.now,
        can_open_form=True,
        mentioned=scene.mentioned,
        text=read_text(body.get("text", ""), scene.team, scene.names),
    )


def _channel_name(name: str) -> str:
    """Slack names a private channel and a direct conversation by their kind alone."""
    return "" if name in ("directmessage", "privategroup") else name


def button_press(body: Json, scene: Scene, channel: str) -> ButtonPress:
    """``channel`` is where it was pressed; for a press on the Home surface the direct conversation."""
    container = body.get("container", {})
    stamp, thread = container.get("message_ts", ""), _reply_thread(container, "message_ts")
    return ButtonPress(
        key=f"a:{body['trigger_id']}:{body['actions'][0].get('action_ts', '')}",
        sender=scene.sender,
        place=scene.place(channel, thread),
        received_at=scene.now,
        can_open_form=True,
        token=str(body["actions"][0].get("value", "")),
        message=MessageRef(scene.conversation(channel, thread), stamp) if stamp else None,
    )


def form_submission(body: Json, scene: Scene, origin: Origin) -> FormSubmission:
    return FormSubmission(
        key=f"v:{body['trigger_id']}",
        sender=scene.sender,
        place=scene.place(origin.channel, origin.thread),
        received_at=scene.now,
        can_open_form=True,
        token=origin.token,
        values=values(body["view"], scene.team),
    )


def message_shortcut(body: Json, scene: Scene) -> MessageShortcut:
    message, channel = body["message"], body["channel"]
    thread = _reply_thread(message, "ts")
    return MessageShortcut(
        key=f"s:{body['trigger_id']}",
        sender=scene.sender,
        place=scene.place(channel["id"], thread, _channel_name(channel.get("name", ""))),
        received_at=scene.now,
        can_open_form=True,
        mentioned=scene.mentioned,
        text=read_text(message.get("text", ""), scene.team, scene.names),
        message=MessageRef(scene.conversation(channel["id"], thread), message["ts"]),
        permalink=_permalink(scene.url, channel["id"], message["ts"], thread),
    )


def happened(body: Json, scene: Scene) -> Incoming | None:
    """An event of the Events API; None when it means nothing to us."""
    event = body["event"]
    kind = event["type"]
    if kind in _LEFT or kind in _BACK:
        return _membership(body, scene, event["channel"], back=kind in _BACK)
    reader = _EVENTS.get(kind)
    return reader(body, scene) if reader else None


def _chat_message(body: Json, scene: Scene) -> Incoming | None:
    event = body["event"]
    if event.get("subtype") in hearing.CORRECTED:
        return _corrected(body, scene)
    if not hearing.is_for_us(event, scene.bot):
        return None
    channel, thread = event["channel"], _reply_thread(event, "ts")
    root = scene.conversation(channel)
    return ChatMessage(
        key=hearing.message_key(scene.team, event),
        sender=scene.sender,
        place=scene.place(channel, thread),
        received_at=scene.now,
        mentioned=scene.mentioned,
        text=read_text(without_mention(event.get("text", ""), scene.bot), scene.team, scene.names),
        message=MessageRef(scene.conversation(channel, thread), event["ts"]),
        reply_to=MessageRef(root, thread) if thread else None,
        attachments=attachments(event),
        permalink=_permalink(scene.url, channel, event["ts"], thread),
        overheard=not hearing.is_meant(event, scene.bot),
    )


def _corrected(body: Json, scene: Scene) -> Incoming | None:
    event = body["event"]
    if not hearing.is_correction(event, scene.bot):
        return None
    before, channel = event["previous_message"], event["channel"]
    thread = _reply_thread(before, "ts")
    message = MessageRef(scene.conversation(channel, thread), before["ts"])
    place = scene.place(channel, thread)
    if event["subtype"] == "message_deleted":
        return MessageDeleted(
            key=_key(body), sender=scene.sender, place=place, received_at=scene.now, message=message
        )
    text = without_mention(event["message"].get("text", ""), scene.bot)
    return MessageEdited(
        key=_key(body),
        sender=scene.sender,
        place=place,
        received_at=scene.now,
        text=read_text(text, scene.team, scene.names),
        message=message,
    )


def _permalink(url: str, channel: str, stamp: str, thread: str) -> str:
    """As Slack builds them; empty while the workspace's address is not known."""
    if not url:
        return ""
    link = f"{url.rstrip('/')}/archives/{channel}/p{stamp.replace('.', '')}"
    return f"{link}?thread_ts={thread}&cid={channel}" if thread else link


def _reply_thread(said: Json, own: str) -> str:
    """A message that starts a thread does not stand in it."""
    thread = said.get("thread_ts") or ""
    return "" if thread == said.get(own) else str(thread)


def _home_opened(body: Json, scene: Scene) -> HomeOpened | None:
    event = body["event"]
    if event.get("tab") != "home":
        return None
    place = scene.place(event["channel"])
    return HomeOpened(key=_key(body), sender=scene.sender, place=place, received_at=scene.now)


def _profile_changed(body: Json, scene: Scene) -> ProfileChanged | PersonLeft:
    """No place: only the profile that came along matters.  A deactivated account is one that left."""
    place = Place(scene.conversation(""), PlaceKind.DIRECT)
    if body["event"]["user"].get("deleted"):
        return PersonLeft(key=_key(body), sender=scene.sender, place=place, received_at=scene.now)
    return ProfileChanged(key=_key(body), sender=scene.sender, place=place, received_at=scene.now)


def _moved(body: Json, scene: Scene) -> ConversationMoved:
    event = body["event"]
    return ConversationMoved(
        key=_key(body),
        sender=scene.sender,
        place=scene.place(event["old_channel_id"]),
        received_at=scene.now,
        new=scene.conversation(event["new_channel_id"]),
    )


def _joined_or_left(body: Json, scene: Scene) -> Incoming | None:
    """Somebody else coming or going is no business of ours."""
    event = body["event"]
    if event.get("user") != scene.bot:
        return None
    return _membership(body, scene, event["channel"], back=event["type"] == "member_joined_channel")


def _membership(body: Json, scene: Scene, channel: str, *, back: bool) -> Incoming:
    place = scene.place(channel)
    if back:
        return BotAdded(key=_key(body), sender=scene.sender, place=place, received_at=scene.now)
    reason = body["event"]["type"]
    return BotRemoved(key=_key(body), sender=scene.sender, place=place, received_at=scene.now, reason=reason)


def _key(body: Json) -> str:
    return f"e:{body['event_id']}"


_EVENTS: Final[Mapping[str, Callable[[Json, Scene], Incoming | None]]] = {
    "message": _chat_message,
    "app_mention": _chat_message,
    "app_home_opened": _home_opened,
    "user_change": _profile_changed,
    "channel_id_changed": _moved,
    "member_joined_channel": _joined_or_left,
    "member_left_channel": _joined_or_left,
}
