"""The floor over HTTP: Bolt's no-op behind Starlette and uvicorn, as its documentation shows: `PORT`."""

from __future__ import annotations

import sys

import uvicorn
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from benchmarks.slack import Bolt


def application() -> Starlette:
    handler = AsyncSlackRequestHandler(Bolt().app)

    async def events(request: Request) -> Response:
        return await handler.handle(request)

    async def alive(request: Request) -> Response:
        return PlainTextResponse("ok")

    return Starlette(routes=[Route("/slack/events", events, methods=["POST"]), Route("/livez", alive)])


if __name__ == "__main__":
    uvicorn.run(
        application(),
        host="127.0.0.1",
        port=int(sys.argv[1]),
        log_config=None,
        access_log=False,
        lifespan="off",
    )
