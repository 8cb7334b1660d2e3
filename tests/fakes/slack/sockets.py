"""Socket Mode: tickets, hello, envelopes, acknowledgements, redelivery, disconnect frames."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from aiohttp import WSMsgType, web

from tests.fakes.slack.core import Slack
from tests.fakes.slack.delivery import RETRIES, SOCKET_KIND, Delivery

Json = dict[str, Any]


class Sockets:
    def __init__(self, slack: Slack, ack_within: float = 3.0) -> None:
        self.slack, self.ack_within = slack, ack_within
        self.tickets: set[str] = set()
        self.open: list[web.WebSocketResponse] = []
        self.unacked: dict[str, Delivery] = {}
        self.stray_acks: list[Json] = []
        self.connections_made = 0
        self._turn = 0
        self._timers: set[asyncio.TimerHandle] = set()

    # --- connecting ---------------------------------------------------------------------------------

    def new_url(self) -> str:
        ticket = f"ticket-{self.connections_made}-{len(self.tickets) + 1}"
        self.tickets.add(ticket)
        base, app_id = self.slack.base.replace("http", "ws", 1), self.slack.workspace.app_id
        return f"{base}/link/?ticket={ticket}&app_id={app_id}"

    async def serve(self, request: web.Request) -> web.StreamResponse:
        ticket = request.query.get("ticket", "")
        if ticket not in self.tickets:
            return web.Response(status=404)
        self.tickets.discard(ticket)  # a ticket opens one connection
        socket = web.WebSocketResponse(heartbeat=10.0)
        await socket.prepare(request)
        await self._greet(socket)
        try:
            await self._listen(socket)
        finally:
            self._forget(socket)
            await self.slack.changed()
        return socket

    async def _greet(self, socket: web.WebSocketResponse) -> None:
        self.connections_made += 1
        self.open.append(socket)
        await socket.send_json(
            {
                "type": "hello",
                "num_connections": len(self.open),
                "debug_info": {"host": "loopback", "build_number": 1, "approximate_connection_time": 18060},
                "connection_info": {"app_id": self.slack.workspace.app_id},
            }
        )
        await self.redeliver()
        await self.slack.changed()

    async def _listen(self, socket: web.WebSocketResponse) -> None:
        async for frame in socket:
            if frame.type == WSMsgType.TEXT and frame.data.startswith("{"):
                await self._acknowledged(json.loads(frame.data))

    def _forget(self, socket: web.WebSocketResponse) -> None:
        if socket in self.open:
            self.open.remove(socket)

    # --- envelopes ------------------------------------------------------------------------------------

    async def deliver(self, delivery: Delivery) -> None:
        """Waits for the acknowledgement, or until Slack would have given up."""
        if self.open or delivery.retried:
            self.unacked[delivery.id] = delivery
            await self._send(delivery)
            await delivery.done.wait()

    async def redeliver(self) -> None:
        """Everything still unacknowledged goes out again, at once."""
        for delivery in list(self.unacked.values()):
            await self._send(delivery)

    async def _send(self, delivery: Delivery) -> None:
        if not self.open:
            return
        delivery.attempts += 1
        self._turn += 1
        await self.open[self._turn % len(self.open)].send_json(_envelope(delivery))
        self._arm(delivery)

    def _arm(self, delivery: Delivery) -> None:
        """No acknowledgement in time: an event comes again, anything else is lost."""
        loop = asyncio.get_running_loop()
        timer = loop.call_later(self.ack_within, self._too_late, delivery, delivery.attempts)
        self._timers.add(timer)

    def _too_late(self, delivery: Delivery, attempt: int) -> None:
        if delivery.acked or delivery.attempts != attempt:
            return
        if delivery.retried and attempt <= RETRIES:
            self._again = asyncio.ensure_future(self._send(delivery))
        else:
            self.unacked.pop(delivery.id, None)
            delivery.give_up()

    async def _acknowledged(self, frame: Json) -> None:
        delivery = self.unacked.pop(frame.get("envelope_id", ""), None)
        if delivery is None:
            self.stray_acks.append(frame)
        else:
            delivery.finish(frame.get("payload"))
        await self.slack.changed()

    # --- ends -------------------------------------------------------------------------------------------

    async def disconnect(self, reason: str = "refresh_requested") -> None:
        """`warning` announces the end ten seconds ahead and leaves the socket open."""
        for socket in list(self.open):
            await socket.send_json(
                {"type": "disconnect", "reason": reason, "debug_info": {"host": "loopback"}}
            )
            if reason != "warning":
                await socket.close()

    def cut(self) -> None:
        """The network goes away: no frame, no goodbye."""
        for socket in list(self.open):
            if socket._req is not None and socket._req.transport is not None:
                socket._req.transport.abort()
            self._forget(socket)

    async def close(self) -> None:
        for timer in self._timers:
            timer.cancel()
        for delivery in self.unacked.values():
            delivery.give_up()
        for socket in list(self.open):
            await socket.close()


def _envelope(delivery: Delivery) -> Json:
    envelope: Json = {
        "envelope_id": delivery.id,
        "type": SOCKET_KIND[delivery.kind],
        "payload": delivery.payload,
        "accepts_response_payload": delivery.kind != "event",
    }
    if delivery.kind == "event":
        again = delivery.attempts - 1
        envelope |= {"retry_attempt": again, "retry_reason": "timeout" if again else ""}
    return envelope
