"""What a Slack workspace remembers: people, channels, messages, files, views."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count
from typing import Any

_SCOPES = (
    "commands chat:write im:write im:history users:read users:read.email app_mentions:read channels:read"
    " channels:history channels:join groups:read groups:history mpim:history files:read files:write team:read"
)
_EVENTS = (
    "app_home_opened app_mention message.im app_uninstalled tokens_revoked channel_archive channel_unarchive"
    " channel_rename channel_deleted channel_id_changed channel_left member_joined_channel"
    " member_left_channel group_archive group_unarchive group_left user_change"
)
BOT_SCOPES = frozenset(_SCOPES.split())
SUBSCRIPTIONS = frozenset(_EVENTS.split())
TALK = frozenset({"message.channels", "message.groups", "message.mpim"})
"""What people say to each other; a server without a bot behind it would wait for somebody to hear it."""


class SlackError(Exception):
    """An `ok: false` answer, with whatever Slack sends beside the code."""

    def __init__(self, code: str, **beside: Any) -> None:
        super().__init__(code)
        self.code = code
        self.beside = beside


@dataclass
class User:
    id: str
    name: str
    real_name: str
    team: str
    tz: str = "Europe/London"
    locale: str = "en-GB"
    email: str = ""
    is_bot: bool = False
    deleted: bool = False
    is_restricted: bool = False
    is_ultra_restricted: bool = False
    is_stranger: bool = False
    is_admin: bool = False
    is_owner: bool = False

    def as_json(self) -> dict[str, Any]:
        known = {"tz": self.tz, "locale": self.locale} if not (self.is_bot or self.is_stranger) else {}
        return known | {
            "id": self.id, "team_id": self.team, "name": self.name, "real_name": self.real_name,
            "deleted": self.deleted, "is_bot": self.is_bot, "is_app_user": False,
            "is_restricted": self.is_restricted, "is_ultra_restricted": self.is_ultra_restricted,
            "is_stranger": self.is_stranger, "is_admin": self.is_admin, "is_owner": self.is_owner,
            "is_primary_owner": self.is_owner, "updated": 1700000000,
            "profile": {"real_name": self.real_name, "display_name": self.name, "email": self.email},
        }  # fmt: skip


@dataclass
class Message:
    channel: str
    ts: str
    user: str
    text: str
    blocks: list[dict[str, Any]] = field(default_factory=list)
    thread_ts: str | None = None
    metadata: dict[str, Any] | None = None
    client_msg_id: str | None = None
    bot_id: str | None = None
    edits: list[str] = field(default_factory=list)
    deleted: bool = False
    parent_user: str = ""
    files: list[dict[str, Any]] = field(default_factory=list)

    def as_json(self, with_metadata: bool = False) -> dict[str, Any]:
        optional = {
            "thread_ts": self.thread_ts,
            "parent_user_id": self.parent_user,
            "bot_id": self.bot_id,
            "client_msg_id": self.client_msg_id,
            "metadata": self.metadata if with_metadata else None,
            "blocks": self.blocks,
            "files": self.files,
        }
        shown = {name: value for name, value in optional.items() if value}
        return {"type": "message", "user": self.user, "text": self.text, "ts": self.ts, **shown}


@dataclass
class Channel:
    id: str
    name: str
    kind: str = "channel"  # channel, group, im or mpim
    members: set[str] = field(default_factory=set)
    archived: bool = False
    shared: bool = False
    messages: dict[str, Message] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        return {
            "id": self.id, "name": self.name,
            "is_channel": self.kind == "channel", "is_group": self.kind == "group",
            "is_im": self.kind == "im", "is_mpim": self.kind == "mpim", "is_private": self.kind != "channel",
            "is_archived": self.archived, "is_ext_shared": self.shared, "num_members": len(self.members),
        }  # fmt: skip


@dataclass
class View:
    id: str
    user: str
    body: dict[str, Any]
    hash: str
    values: dict[str, dict[str, Any]] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    open: bool = True

    def as_json(self, app_id: str, team: str) -> dict[str, Any]:
        return {
            "private_metadata": "", "callback_id": "", "external_id": "", **self.body, "id": self.id,
            "team_id": team, "app_id": app_id, "hash": self.hash, "root_view_id": self.id,
            "previous_view_id": None, "state": {"values": self.values},
        }  # fmt: skip


@dataclass
class Workspace:
    """One team. Identifiers are counted, so a run can be repeated."""

    team: str = "T00000001"
    domain: str = "acme"
    app_id: str = "A00000001"
    bot: str = "UBOT00001"
    bot_id: str = "BBOT00001"
    started: float = 1_800_000_000.0
    users: dict[str, User] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    views: dict[str, View] = field(default_factory=dict)
    homes: dict[str, View] = field(default_factory=dict)
    files: dict[str, dict[str, Any]] = field(default_factory=dict)
    numbers: count[int] = field(default_factory=lambda: count(1))

    def __post_init__(self) -> None:
        self.users[self.bot] = User(self.bot, "milepost", "Milepost", self.team, is_bot=True)

    def new_id(self, letter: str) -> str:
        return f"{letter}{next(self.numbers):08d}"

    def new_ts(self, now: float) -> str:
        """Unique and growing, even when the clock stands still."""
        return f"{int(now)}.{next(self.numbers) % 1_000_000:06d}"

    def user(self, user_id: str) -> User:
        if user_id not in self.users:
            raise SlackError("user_not_found")
        return self.users[user_id]

    def channel(self, channel_id: str) -> Channel:
        """A private channel the bot is not in looks exactly like one that does not exist."""
        found = self.channels.get(channel_id)
        if found is None or (found.kind != "channel" and self.bot not in found.members):
            raise SlackError("channel_not_found")
        return found

    def direct(self, user_id: str) -> Channel:
        person = self.user(user_id)
        if person.is_bot:
            raise SlackError("cannot_dm_bot")
        if person.deleted:
            raise SlackError("user_disabled")
        pair = {self.bot, user_id}
        for channel in self.channels.values():
            if channel.kind == "im" and channel.members == pair:
                return channel
        made = Channel(self.new_id("D"), "", "im", pair)
        self.channels[made.id] = made
        return made

    def postable(self, target: str) -> Channel:
        if target.startswith(("U", "W")):
            return self.direct(target)
        channel = self.channel(target)
        if channel.archived:
            raise SlackError("is_archived")
        if self.bot not in channel.members:
            raise SlackError("not_in_channel")
        return channel

    def message(self, channel_id: str, ts: str) -> Message:
        found = self.channel(channel_id).messages.get(ts)
        if found is None or found.deleted:
            raise SlackError("message_not_found")
        return found
