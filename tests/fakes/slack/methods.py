"""What every Web API method goes through: token, scope, arguments, pages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.fakes.slack.core import Slack
from tests.fakes.slack.state import SlackError

Json = dict[str, Any]
Handler = Callable[[Slack, Json], Json]


@dataclass(frozen=True)
class Method:
    run: Handler
    needs: str | None
    with_app_token: bool = False


METHODS: dict[str, Method] = {}


def method(name: str, needs: str | None = None, with_app_token: bool = False) -> Callable[[Handler], Handler]:
    def enrol(run: Handler) -> Handler:
        METHODS[name] = Method(run, needs, with_app_token)
        return run

    return enrol


def call(slack: Slack, name: str, token: str, args: Json) -> Json:
    found = METHODS.get(name)
    if found is None:
        raise SlackError("unknown_method", req_method=name)
    _authorise(slack, token, found)
    if found.needs:
        require_scope(slack, found.needs)
    return {"ok": True, **found.run(slack, args)}


def _authorise(slack: Slack, token: str, found: Method) -> None:
    if not token:
        raise SlackError("not_authed")
    if found.with_app_token and token == slack.token:
        raise SlackError("not_allowed_token_type")
    if token != (slack.app_token if found.with_app_token else slack.token):
        raise SlackError("invalid_auth")
    if slack.dead_token:
        raise SlackError(slack.dead_token)


def require_scope(slack: Slack, scope: str) -> None:
    if scope not in slack.scopes:
        raise SlackError("missing_scope", needed=scope, provided=",".join(sorted(slack.scopes)))


def required(args: Json, name: str) -> Any:
    if args.get(name) in (None, ""):
        raise SlackError(
            "invalid_arguments", response_metadata={"messages": [f"[ERROR] missing required field: {name}"]}
        )
    return args[name]


def page(everything: list[Any], args: Json, name: str) -> Json:
    start, limit = int(args.get("cursor") or 0), int(args.get("limit") or 100)
    following = str(start + limit) if start + limit < len(everything) else ""
    return {
        name: everything[start : start + limit],
        "has_more": bool(following),
        "response_metadata": {"next_cursor": following},
    }
