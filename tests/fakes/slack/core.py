"""The server's memory beside the workspace: calls, what was said, triggers, response URLs."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.fakes.slack.faults import FaultScript
from tests.fakes.slack.limits import check_message, pings
from tests.fakes.slack.state import BOT_SCOPES, SUBSCRIPTIONS, Channel, Message, SlackError, View, Workspace

Json = dict[str, Any]
PATIENCE = 5.0


@dataclass
class Call:
    """One request to the Web API or a response URL, as it arrived; `outcome` is `ok`, a code or a fault."""

    method: str
    args: Json
    outcome: str = "open"


@dataclass(eq=False)
class Said:
    """Something a person can see: a message, an ephemeral one, or the answer in an acknowledgement."""

    kind: str  # message, ephemeral or file
    channel: str
    to: str | None
    message: Message
    seen: bool = False

    @property
    def text(self) -> str:
        return self.message.text

    @property
    def blocks(self) -> list[Json]:
        return self.message.blocks

    @property
    def ts(self) -> str:
        return self.message.ts

    @property
    def thread_ts(self) -> str | None:
        return self.message.thread_ts

    @property
    def pings(self) -> list[str]:
        return pings(self.text, self.blocks)

    @property
    def buttons(self) -> dict[str, Json]:
        """Label to button, with the block it stands in."""
        return {
            element["text"]["text"]: element | {"block_id": block.get("block_id", "")}
            for block in self.blocks
            for element in [*block.get("elements", []), block.get("accessory", {})]
            if element.get("type") == "button"
        }


@dataclass
class ResponseUrl:
    channel: str
    user: str
    expires: float
    origin: Said | None = None
    left: int = 5


@dataclass
class Trigger:
    user: str
    expires: float
    used: bool = False


@dataclass
class Slack:
    """Everything but the network."""

    workspace: Workspace = field(default_factory=Workspace)
    clock: Callable[[], float] = time.time
    token: str = "xoxb-test-token"
    app_token: str = "xapp-test-token"
    signing_secret: str = "test-signing-secret"
    scopes: frozenset[str] = BOT_SCOPES
    subscriptions: frozenset[str] = SUBSCRIPTIONS
    dead_token: str | None = None  # token_revoked, account_inactive or token_expired once it no longer works
    one_message_per_second: bool = False
    repeats_by_client_msg_id: bool = False  # undocumented in Slack, so nothing may rest on it
    faults: FaultScript = field(default_factory=FaultScript)
    calls: list[Call] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)
    triggers: dict[str, Trigger] = field(default_factory=dict)
    response_urls: dict[str, ResponseUrl] = field(default_factory=dict)
    on_accept: list[Callable[[Message], None]] = field(default_factory=list)
    new_socket_url: Callable[[], str] = str
    base: str = ""
    _changed: asyncio.Condition = field(default_factory=asyncio.Condition)
    _last_post: dict[str, float] = field(default_factory=dict)

    # --- saying -------------------------------------------------------------------------------

    def post(self, channel: Channel, args: Json, kind: str = "message") -> Message:
        if (copy := self._earlier_copy(channel, args)) is not None:
            return copy
        check_message(args.get("text", ""), args.get("blocks", []), args.get("attachments", []))
        self._pace(channel)
        message = self._message(channel, args)
        channel.messages[message.ts] = message
        to = next(iter(channel.members - {self.workspace.bot}), None) if channel.kind == "im" else None
        self.said.append(Said(kind, channel.id, to, message))
        for listener in self.on_accept:
            listener(message)
        return message

    def whisper(self, channel: str, user: str, args: Json) -> Said:
        check_message(args.get("text", ""), args.get("blocks", []), args.get("attachments", []))
        said = Said("ephemeral", channel, user, self._message(Channel(channel, ""), args))
        self.said.append(said)
        return said

    def rewrite(self, message: Message, args: Json) -> None:
        check_message(args.get("text", ""), args.get("blocks", []), args.get("attachments", []))
        message.edits.append(message.text)
        message.text = args.get("text", "")
        message.blocks = args.get("blocks", [])
        message.metadata = args.get("metadata", message.metadata)

    def _message(self, channel: Channel, args: Json) -> Message:
        thread = args.get("thread_ts")
        return Message(
            channel.id, self.workspace.new_ts(self.clock()), self.workspace.bot, args.get("text", ""),
            args.get("blocks", []), thread, args.get("metadata"), args.get("client_msg_id"),
            self.workspace.bot_id,
        )  # fmt: skip

    def _earlier_copy(self, channel: Channel, args: Json) -> Message | None:
        wanted = args.get("client_msg_id")
        if not (self.repeats_by_client_msg_id and wanted):
            return None
        return next((m for m in channel.messages.values() if m.client_msg_id == wanted), None)

    def _pace(self, channel: Channel) -> None:
        now, last = self.clock(), self._last_post.get(channel.id)
        if self.one_message_per_second and last is not None and now - last < 1.0:
            raise SlackError("ratelimited", retry_after=1)
        self._last_post[channel.id] = now

    # --- what interactions carry ----------------------------------------------------------------

    def new_trigger(self, user: str) -> str:
        name = f"{len(self.triggers) + 1}.{self.workspace.team}.trigger"
        self.triggers[name] = Trigger(user, self.clock() + 3.0)
        return name

    def exchange(self, trigger_id: str) -> str:
        trigger = self.triggers.get(trigger_id)
        if trigger is None:
            raise SlackError("invalid_trigger_id")
        if trigger.used:
            raise SlackError("exchanged_trigger_id")
        if self.clock() > trigger.expires:
            raise SlackError("expired_trigger_id")
        trigger.used = True
        return trigger.user

    def new_response_url(self, channel: str, user: str, origin: Said | None = None) -> str:
        name = f"{self.workspace.team}/{len(self.response_urls) + 1}"
        self.response_urls[name] = ResponseUrl(channel, user, self.clock() + 1800, origin)
        return f"{self.base}/response/{name}"

    def respond(self, name: str, args: Json) -> None:
        """A POST to a response URL: five uses within thirty minutes."""
        url = self.response_urls.get(name)
        if url is None or self.clock() > url.expires:
            raise SlackError("expired_url")
        if url.left == 0:
            raise SlackError("used_url")
        url.left -= 1
        if args.get("delete_original") and url.origin:
            url.origin.message.deleted = True
        elif args.get("replace_original") and url.origin:
            self.rewrite(url.origin.message, args)
        elif args.get("response_type") == "in_channel":
            self.post(self.workspace.channels[url.channel], args)
        else:
            url.origin = self.whisper(url.channel, url.user, args)

    def modal(self, user: str) -> View | None:
        opened = [view for view in self.workspace.views.values() if view.user == user and view.open]
        return opened[-1] if opened else None

    # --- bookkeeping for tests --------------------------------------------------------------------

    async def changed(self) -> None:
        async with self._changed:
            self._changed.notify_all()

    async def until(self, true: Callable[[], Any], patience: float = PATIENCE) -> None:
        """Waits, woken by every call, until the condition holds."""
        async with self._changed, asyncio.timeout(patience):
            await self._changed.wait_for(lambda: bool(true()))

    async def hears(self, where: str, containing: str = "", patience: float = PATIENCE) -> Said:
        """The oldest thing not yet looked at in this channel, or said to this person; now it is looked at."""
        await self.until(lambda: self._unseen(where, containing), patience)
        found = self._unseen(where, containing)[0]
        found.seen = True
        return found

    def _unseen(self, where: str, containing: str) -> list[Said]:
        here = [said for said in self.said if where in (said.channel, said.to) and not said.seen]
        return [said for said in here if containing in said.text or containing in str(said.blocks)]

    @property
    def unexpected(self) -> list[Said]:
        return [said for said in self.said if not said.seen]

    def nobody_hears_anything_else(self) -> None:
        left = [f"{said.kind} in {said.channel} to {said.to}: {said.text[:120]}" for said in self.unexpected]
        assert not left, "nobody looked at:\n" + "\n".join(left)

    def messages(self, channel: str) -> list[Message]:
        """As a person sees them now: edits applied, deletions gone."""
        return [
            message for message in self.workspace.channels[channel].messages.values() if not message.deleted
        ]

    def ephemerals(self, user: str) -> list[Said]:
        return [
            said
            for said in self.said
            if said.kind == "ephemeral" and said.to == user and not said.message.deleted
        ]

    def direct_messages(self, user: str) -> list[Message]:
        """What the bot wrote to this person, oldest first."""
        channel = self.workspace.direct(user)
        return [message for message in self.messages(channel.id) if message.user == self.workspace.bot]

    def calls_to(self, method: str) -> list[Call]:
        return [call for call in self.calls if call.method == method]
