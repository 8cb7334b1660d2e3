"""Inline keyboards as Telegram takes or refuses them."""

from typing import cast

from tests.fakes.telegram.parameters import Parameters
from tests.fakes.telegram.refusals import (
    BUTTON_DATA_INVALID,
    BUTTON_WITHOUT_ACTION,
    KEYBOARD_NOT_ARRAY,
    KEYBOARD_NOT_JSON,
    bad_request,
)
from tests.fakes.telegram.world import Json

MOST_DATA_BYTES = 64
MOST_BUTTONS = 100
ACTIONS = frozenset({
    "callback_data", "url", "web_app", "login_url", "switch_inline_query", "copy_text", "pay",
    "switch_inline_query_current_chat", "switch_inline_query_chosen_chat",
})  # fmt: skip


def inline_keyboard(parameters: Parameters) -> list[list[Json]]:
    """The keyboard of a call, checked; empty when it has none (or another kind of markup)."""
    given = parameters.values.get("reply_markup")
    if given is None:
        return []
    if not isinstance(given, dict):
        raise KEYBOARD_NOT_JSON
    if "inline_keyboard" not in given:
        return []
    rows = given["inline_keyboard"]
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise KEYBOARD_NOT_ARRAY
    return _checked(cast(list[list[Json]], rows))


def _checked(rows: list[list[Json]]) -> list[list[Json]]:
    for button in (button for row in rows for button in row):
        _check(button)
    if sum(len(row) for row in rows) > MOST_BUTTONS:
        raise bad_request("reply markup is too long")
    return [row for row in rows if row]


def _check(button: Json) -> None:
    if not str(button.get("text", "")):
        raise bad_request('can\'t parse inline keyboard button: Field "text" must be of type String')
    if not ACTIONS & button.keys():
        raise BUTTON_WITHOUT_ACTION
    if "callback_data" in button and not 1 <= len(str(button["callback_data"]).encode()) <= MOST_DATA_BYTES:
        raise BUTTON_DATA_INVALID
