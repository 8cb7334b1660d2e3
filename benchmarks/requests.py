"""Signed Slack commands, ready to be timed."""

from __future__ import annotations

import hashlib
import hmac
import time
from dataclasses import dataclass
from itertools import count
from urllib.parse import urlencode

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
TEAM, USER, BOT = "T0BENCH00", "U0BENCH01", "U0BENCHBOT"
CHANNEL = "C0BENCH01"
"""Bound to no project: there ``status`` lists the whole workspace."""

_numbers = count(1)


@dataclass(frozen=True, slots=True)
class Signed:
    body: str
    headers: dict[str, str]


def command(text: str, channel: str = CHANNEL, response_url: str = "http://127.0.0.1/r") -> Signed:
    """``/milestone text`` as Slack delivers it, with a trigger of its own."""
    fields = {
        "token": "gIkuvaNzQIHg97ATvDxqgjtO", "team_id": TEAM, "team_domain": "example",
        "channel_id": channel, "channel_name": "launch", "user_id": USER, "user_name": "ana",
        "command": "/milestone", "text": text, "api_app_id": "A0BENCH01", "is_enterprise_install": "false",
        "response_url": response_url, "trigger_id": f"{next(_numbers)}.{time.time_ns()}.bench",
    }  # fmt: skip
    body = urlencode(fields)
    stamp = str(int(time.time()))
    digest = hmac.new(SECRET.encode(), f"v0:{stamp}:{body}".encode(), hashlib.sha256).hexdigest()
    headers = {
        "content-type": "application/x-www-form-urlencoded",
        "x-slack-request-timestamp": stamp,
        "x-slack-signature": f"v0={digest}",
    }
    return Signed(body, headers)
