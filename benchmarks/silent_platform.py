"""Slack's Web API and Telegram's Bot API in one small server that agrees to everything: `PORT`."""

from __future__ import annotations

import asyncio
import sys

from aiohttp import web

_LONG_POLL = 20.0  # seconds
_SLACK = {
    "ok": True, "team_id": "T0BENCH00", "user_id": "U0BENCHBOT", "bot_id": "B0BENCH", "ts": "1.2",
    "user": {"id": "U0BENCH01", "name": "ana", "real_name": "Ana Costa", "tz": "Europe/Berlin"},
    "channel": {"id": "D0BENCH01", "name": "launch"},
}  # fmt: skip
_BOT = {"id": 1, "is_bot": True, "first_name": "Milepost", "username": "milepost_bot"}


async def _slack(request: web.Request) -> web.Response:
    await request.read()
    return web.json_response(_SLACK)


async def _telegram(request: web.Request) -> web.Response:
    await request.read()
    method = request.match_info["method"]
    if method == "getUpdates":
        await asyncio.sleep(_LONG_POLL)
        return web.json_response({"ok": True, "result": []})
    return web.json_response({"ok": True, "result": _BOT if method == "getMe" else True})


def main(port: int) -> None:
    app = web.Application()
    app.router.add_get("/livez", lambda request: _slack(request))
    app.router.add_route("*", "/api/{method}", _slack)
    app.router.add_post("/answers", _slack)
    app.router.add_route("*", "/bot{token}/{method}", _telegram)
    web.run_app(app, host="127.0.0.1", port=port, print=None, access_log=None, shutdown_timeout=0.1)


if __name__ == "__main__":
    main(int(sys.argv[1]))
