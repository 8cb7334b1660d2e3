"""Calls to Slack that people can see, each refusal already classified."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import Any, Final

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.config import SlackSettings
from adapters.slack.errors import classified
from adapters.slack.render import Payload
from adapters.slack.text import PLATFORM
from bot.errors import Delivery, DeliveryError
from bot.ports import Sending
from bot.refs import ConversationRef, MessageRef

Json = dict[str, Any]
EVENT_TYPE: Final = "milepost_notice"
_OIDS: Final = uuid.uuid5(uuid.NAMESPACE_URL, "milepost:outbox")
_TIMEOUT: Final = aiohttp.ClientTimeout(total=20.0, sock_connect=3.0, sock_read=10.0)
_BEFORE: Final = timedelta(seconds=5)  # clocks differ; look a little further back than the send began
_PAGES: Final = 10


def client_msg_id(oid: str) -> str:
    return str(uuid.uuid5(_OIDS, oid))


class Wire:
    """One connection pool and one Web API client, made when the loop first needs them.

    No retry handler: the SDK's default would post twice after a lost connection.
    """

    def __init__(self, settings: SlackSettings) -> None:
        self._session: aiohttp.ClientSession | None = None
        self.token = settings.bot_token
        self._client = AsyncWebClient(settings.bot_token, base_url=settings.api_url, retry_handlers=[])

    @property
    def session(self) -> aiohttp.ClientSession:
        if self._session is None or self._session.closed:
            self._session = aiohttp.ClientSession(timeout=_TIMEOUT, trust_env=True)
        return self._session

    @property
    def web(self) -> AsyncWebClient:
        self._client.session = self.session
        return self._client

    async def call(self, method: str, **arguments: Any) -> Any:
        """One Web API call as JSON.  Raises `DeliveryError`."""
        with classified():
            return await self.web.api_call(method, json=arguments)

    async def call_as(self, token: str, method: str) -> Any:
        """A call with another token than the bot's.  Raises `DeliveryError`."""
        with classified():
            return await self.web.api_call(method, headers={"Authorization": f"Bearer {token}"})

    async def ask(self, method: str, **arguments: Any) -> Any:
        """A reading call; these take no JSON.  Raises `DeliveryError`."""
        with classified():
            return await self.web.api_call(method, http_verb="GET", params=arguments)

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()


class Speaker:
    """Posting, editing, whispering, asking what arrived."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    async def post(self, to: ConversationRef, payload: Payload, how: Sending | None = None) -> MessageRef:
        """``how`` marks the message so that it can be found again.  A public channel is joined once."""
        arguments = _body(payload) | _place(to) | (_marks(how.oid) if how else {})
        try:
            answer = await self._wire.call("chat.postMessage", **arguments)
        except DeliveryError as error:
            if error.code != "not_in_channel" or not await self._joined(to.id):
                raise
            answer = await self._wire.call("chat.postMessage", **arguments)
        return MessageRef(_landed(to, answer["channel"]), answer["ts"])

    async def _joined(self, channel: str) -> bool:
        try:
            await self._wire.call("conversations.join", channel=channel)
        except DeliveryError:
            return False
        return True

    async def edit(self, message: MessageRef, payload: Payload) -> None:
        place = {"channel": message.conversation.id, "ts": message.id}
        await self._wire.call("chat.update", **_body(payload), **place)

    async def whisper(self, to: ConversationRef, user: str, payload: Payload) -> None:
        await self._wire.call("chat.postEphemeral", **_body(payload), **_place(to), user=user)

    async def respond(self, url: str, payload: Payload, *, replace: bool, thread: str = "") -> None:
        """Answers at a response URL, seen by the one who acted.  Raises `DeliveryError`."""
        said: Json = _body(payload) | {"response_type": "ephemeral", "replace_original": replace}
        said |= {"thread_ts": thread} if thread else {}
        with classified():
            async with self._wire.session.post(url, json=said) as answer:
                answer.raise_for_status()

    async def upload(self, to: ConversationRef, name: str, content: bytes, alt: str) -> None:
        """A picture of its own, beside the message that says the same."""
        thread = to.thread or None
        with classified():
            await self._wire.web.files_upload_v2(
                channel=to.id, filename=name, content=content, alt_txt=alt, title=name, thread_ts=thread
            )

    async def direct(self, user: str) -> str:
        answer = await self._wire.call("conversations.open", users=user)
        return str(answer["channel"]["id"])

    async def find(self, to: ConversationRef, oid: str, since: datetime) -> MessageRef | None:
        """The message that carries ``oid``, no further back than the send.

        None means that Slack does not have it; raises `DeliveryError` when that cannot be said.
        """
        oldest = f"{(since - _BEFORE).timestamp():.6f}"
        where: Json = {"channel": await self._channel(to.id), "oldest": oldest, "include_all_metadata": 1}
        method = "conversations.replies" if to.thread else "conversations.history"
        where |= {"ts": to.thread} if to.thread else {}
        for _ in range(_PAGES):
            answer = await self._wire.ask(method, limit=200, **where)
            for said in answer["messages"]:
                if said.get("metadata", {}).get("event_payload", {}).get("oid") == oid:
                    return MessageRef(_landed(to, where["channel"]), said["ts"])
            where["cursor"] = answer.get("response_metadata", {}).get("next_cursor", "")
            if not where["cursor"]:
                return None
        raise DeliveryError(Delivery.UNKNOWN, "too_many_messages")

    async def _channel(self, target: str) -> str:
        return await self.direct(target) if target.startswith(("U", "W")) else target


def _body(payload: Payload) -> Json:
    """Nothing in the text is parsed for names, and links are not unfolded."""
    quiet = {"unfurl_links": False, "unfurl_media": False, "link_names": False, "parse": "none"}
    return {"text": payload.text, "blocks": list(payload.blocks), **quiet}


def _place(to: ConversationRef) -> Json:
    return {"channel": to.id} | ({"thread_ts": to.thread} if to.thread else {})


def _marks(oid: str) -> Json:
    metadata = {"event_type": EVENT_TYPE, "event_payload": {"oid": oid}}
    return {"client_msg_id": client_msg_id(oid), "metadata": metadata}


def _landed(to: ConversationRef, channel: str) -> ConversationRef:
    """Writing to a person lands in the direct conversation with them."""
    return ConversationRef(PLATFORM, to.workspace, channel, to.thread)
