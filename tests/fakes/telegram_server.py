"""Telegram's Bot API on 127.0.0.1: stateful, and as strict as Telegram.

In a test: `async with TelegramServer() as telegram:`. As a process:
`python -m tests.fakes.telegram_server --port 8081 --log sent.jsonl`.
"""

from tests.fakes.telegram.faults import hang, not_json, refused, reset, server_error, too_many_requests
from tests.fakes.telegram.process import main
from tests.fakes.telegram.refusals import Refusal
from tests.fakes.telegram.server import TOKEN, TelegramServer
from tests.fakes.telegram.state import Call, CallbackAnswer
from tests.fakes.telegram.world import Button, Chat, Message, User

__all__ = [
    "TOKEN", "Button", "Call", "CallbackAnswer", "Chat", "Message", "Refusal", "TelegramServer", "User",
    "hang", "not_json", "refused", "reset", "server_error", "too_many_requests",
]  # fmt: skip

if __name__ == "__main__":
    main()
