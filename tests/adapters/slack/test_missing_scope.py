"""A permission that was not granted is named, so that an admin can grant it."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from slack_sdk.errors import SlackApiError

from adapters.slack.errors import classified
from bot.errors import Delivery, DeliveryError


def refused(**said: object) -> DeliveryError:
    response = SimpleNamespace(data={"ok": False, **said}, status_code=200, headers={})
    with pytest.raises(DeliveryError) as found, classified():
        raise SlackApiError("refused", response)
    return found.value


@pytest.mark.parametrize(
    "needed", ["chat:write", "files:write", "channels:read,groups:read", "users:read.email"]
)
def test_the_scope_is_part_of_the_code(needed: str) -> None:
    error = refused(error="missing_scope", needed=needed, provided="chat:write")
    assert (error.kind, error.code) == (Delivery.DESTINATION, f"missing_scope:{needed}")


@pytest.mark.parametrize("needed", ["", "<script>", "a b", "x" * 3 + "\n", None, {"a": 1}])
def test_what_is_no_scope_is_not_passed_on(needed: object) -> None:
    assert refused(error="missing_scope", needed=needed).code == "missing_scope"


def test_other_refusals_name_nothing() -> None:
    assert refused(error="is_archived", needed="chat:write").code == "is_archived"
