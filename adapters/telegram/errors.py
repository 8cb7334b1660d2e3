"""What Telegram's errors mean for a message.  The order of the rows is part of the table: first match wins.

`BadRequest` is a `NetworkError` to the SDK; only the cause of a time-out says whether bytes may have left.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.errors import LONGEST_WAIT_SECONDS, Delivery, DeliveryError


@dataclass(frozen=True, slots=True)
class Row:
    """``words``: any of them is in the message (lower case); ``causes``: the transport's own errors."""

    error: type[TelegramError]
    kind: Delivery
    code: str
    words: tuple[str, ...] = ()
    causes: tuple[str, ...] = ()
    plain_text_may_pass: bool = False
    gone: bool = False

    def matches(self, error: TelegramError) -> bool:
        said = error.message.lower()
        return (
            isinstance(error, self.error)
            and (not self.words or any(word in said for word in self.words))
            and (not self.causes or bool(_causes(error).intersection(self.causes)))
        )


N, UNKNOWN, P, D = Delivery.NOT_SENT, Delivery.UNKNOWN, Delivery.PERMANENT, Delivery.DESTINATION

ROWS = (
    Row(RetryAfter, N, "retry_after"),
    Row(ChatMigrated, N, "chat_migrated"),
    Row(Forbidden, D, "bot_blocked", words=("blocked by the user",)),
    Row(Forbidden, D, "bot_kicked", words=("kicked", "not a member", "chat was deleted")),
    Row(Forbidden, D, "user_deactivated", words=("deactivated",)),
    Row(Forbidden, D, "never_started", words=("can't initiate conversation", "user not found")),
    Row(Forbidden, D, "forbidden"),
    Row(EndPointNotFound, P, "method_unknown"),
    Row(InvalidToken, Delivery.INSTALL, "invalid_token"),
    Row(Conflict, N, "conflict"),
    Row(BadRequest, D, "chat_not_found", words=("chat not found", "peer_id_invalid")),
    Row(BadRequest, D, "no_right_to_send",
        words=("not enough rights", "have no rights", "write_forbidden", "chat_restricted", "topic_closed",
               "need administrator rights")),
    Row(BadRequest, P, "cannot_parse", words=("can't parse entities",), plain_text_may_pass=True),
    Row(BadRequest, P, "too_long", words=("is too long", "entities_too_long"), plain_text_may_pass=True),
    Row(BadRequest, Delivery.DONE, "not_modified", words=("message is not modified",)),
    Row(BadRequest, P, "edit_target_gone", gone=True,
        words=("message to edit not found", "message can't be edited", "message_id_invalid")),
    Row(BadRequest, P, "thread_gone", words=("thread not found", "topic_deleted", "topic_id_invalid")),
    Row(BadRequest, P, "other_content",
        words=("there is no text in the message", "there is no caption in the message")),
    Row(BadRequest, P, "query_too_old", words=("query is too old",)),
    Row(BadRequest, P, "bad_request"),
    Row(TimedOut, N, "not_connected", causes=("PoolTimeout", "ConnectTimeout")),
    Row(TimedOut, UNKNOWN, "timed_out"),
    Row(NetworkError, N, "not_connected", causes=("ConnectError", "ConnectTimeout", "UnsupportedProtocol")),
    Row(NetworkError, UNKNOWN, "network"),
    Row(TelegramError, UNKNOWN, "unreadable_answer"),
)  # fmt: skip


def row_for(error: TelegramError) -> Row:
    return next(row for row in ROWS if row.matches(error))


FAILURES = (TelegramError, OverflowError)
"""What a call raises; the SDK cannot count a pause of more than a few million years."""


def classified(error: TelegramError | OverflowError) -> DeliveryError:
    if isinstance(error, OverflowError):
        return DeliveryError(Delivery.NOT_SENT, "retry_after", retry_after=LONGEST_WAIT_SECONDS)
    row = row_for(error)
    return DeliveryError(
        row.kind,
        row.code,
        retry_after=wait_of(error) if isinstance(error, RetryAfter) else None,
        moved_to=str(error.new_chat_id) if isinstance(error, ChatMigrated) else "",
        plain_text_may_pass=row.plain_text_may_pass,
        gone=row.gone,
    )


def wait_of(error: RetryAfter) -> float:
    """Seconds that Telegram asks for, whichever type this version of the SDK says it in."""
    wait = error.retry_after
    seconds = wait.total_seconds() if isinstance(wait, timedelta) else wait
    return float(min(seconds, LONGEST_WAIT_SECONDS))


def _causes(error: TelegramError) -> set[str]:
    """Names of the transport's error and its bases; named, since the transport is the SDK's own business."""
    cause = error.__cause__
    return {kind.__name__ for kind in type(cause).__mro__} if cause else set()
