"""One test per row of the table, in its order; errors are made as the SDK makes them."""

import httpx
import pytest
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

from adapters.telegram.errors import ROWS, classified
from bot.errors import Delivery


@pytest.fixture(autouse=True)
def _durations_are_timedeltas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")


def caused(error: TelegramError, cause: Exception) -> TelegramError:
    error.__cause__ = cause
    return error


N, UNKNOWN, P, D = Delivery.NOT_SENT, Delivery.UNKNOWN, Delivery.PERMANENT, Delivery.DESTINATION

CASES = [
    (lambda: RetryAfter(7), N, "retry_after"),
    (lambda: ChatMigrated(-1002), N, "chat_migrated"),
    (lambda: Forbidden("Forbidden: bot was blocked by the user"), D, "bot_blocked"),
    (lambda: Forbidden("Forbidden: bot was kicked from the supergroup chat"), D, "bot_kicked"),
    (lambda: Forbidden("Forbidden: bot is not a member of the group chat"), D, "bot_kicked"),
    (lambda: Forbidden("Forbidden: user is deactivated"), D, "user_deactivated"),
    (lambda: Forbidden("Forbidden: bot can't initiate conversation with a user"), D, "never_started"),
    (lambda: Forbidden("Forbidden: something new"), D, "forbidden"),
    (lambda: EndPointNotFound("no such method"), P, "method_unknown"),
    (lambda: InvalidToken("Unauthorized"), Delivery.INSTALL, "invalid_token"),
    (lambda: Conflict("terminated by other getUpdates request"), N, "conflict"),
    (lambda: BadRequest("Chat not found"), D, "chat_not_found"),
    (lambda: BadRequest("Not enough rights to send text messages to the chat"), D, "no_right_to_send"),
    (lambda: BadRequest("Can't parse entities: unsupported start tag"), P, "cannot_parse"),
    (lambda: BadRequest("Message is too long"), P, "too_long"),
    (lambda: BadRequest("Message is not modified: specified new message"), Delivery.DONE, "not_modified"),
    (lambda: BadRequest("Message to edit not found"), P, "edit_target_gone"),
    (lambda: BadRequest("Message can't be edited"), P, "edit_target_gone"),
    (lambda: BadRequest("Message thread not found"), P, "thread_gone"),
    (lambda: BadRequest("There is no text in the message to edit"), P, "other_content"),
    (lambda: BadRequest("Query is too old and response timeout expired"), P, "query_too_old"),
    (lambda: BadRequest("BUTTON_DATA_INVALID"), P, "bad_request"),
    (lambda: caused(TimedOut("Pool timeout"), httpx.PoolTimeout("")), N, "not_connected"),
    (lambda: caused(TimedOut(), httpx.ConnectTimeout("")), N, "not_connected"),
    (lambda: caused(TimedOut(), httpx.ReadTimeout("")), UNKNOWN, "timed_out"),
    (lambda: caused(TimedOut(), httpx.WriteTimeout("")), UNKNOWN, "timed_out"),
    (lambda: caused(NetworkError("x"), httpx.ConnectError("refused")), N, "not_connected"),
    (lambda: caused(NetworkError("x"), httpx.RemoteProtocolError("cut")), UNKNOWN, "network"),
    (lambda: caused(NetworkError("x"), httpx.ReadError("reset")), UNKNOWN, "network"),
    (lambda: caused(NetworkError("x"), httpx.WriteError("reset")), UNKNOWN, "network"),
    (lambda: NetworkError("Bad Gateway (502)"), UNKNOWN, "network"),
    (lambda: TelegramError("Invalid server response"), UNKNOWN, "unreadable_answer"),
]


@pytest.mark.parametrize(("make", "kind", "code"), CASES)
def test_an_error_is_classified_by_its_row(make, kind, code) -> None:  # type: ignore[no-untyped-def]  # rows of three
    failure = classified(make())
    assert (failure.kind, failure.code) == (kind, code)


def test_every_row_is_proved() -> None:
    assert {row.code for row in ROWS} == {code for _, _, code in CASES}


def test_a_pause_carries_its_length_and_a_migration_its_new_chat() -> None:
    assert classified(RetryAfter(7)).retry_after == 7.0
    assert classified(ChatMigrated(-1002)).moved_to == "-1002"
    assert classified(BadRequest("x")).retry_after is None


@pytest.mark.parametrize("seconds", [10**12, 10**9])
def test_a_pause_of_ages_is_asked_about_after_a_day(seconds: int) -> None:
    assert classified(RetryAfter(seconds)).retry_after == 24 * 3600


def test_a_pause_that_cannot_be_counted_is_a_pause() -> None:
    with pytest.raises(OverflowError) as found:
        RetryAfter(10**30)
    failure = classified(found.value)
    assert (failure.kind, failure.retry_after) == (Delivery.NOT_SENT, 24 * 3600)


def test_only_markup_and_length_are_worth_a_plain_second_try() -> None:
    plain = {row.code for row in ROWS if row.plain_text_may_pass}
    assert plain == {"cannot_parse", "too_long"}
    assert classified(BadRequest("Can't parse entities")).plain_text_may_pass


def test_only_a_lost_message_is_gone() -> None:
    assert [row.code for row in ROWS if row.gone] == ["edit_target_gone"]


def test_a_permanent_refusal_is_never_taken_for_the_network() -> None:
    """The SDK makes `BadRequest` a `NetworkError`: the wrong order would try for ever."""
    assert issubclass(BadRequest, NetworkError)
    assert classified(BadRequest("anything else")).kind is P
