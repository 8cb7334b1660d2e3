"""A `Form` to a modal and back."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from adapters.slack import limits
from adapters.slack.text import PLATFORM
from bot.forms import Field, FieldKind, Form, Option
from bot.refs import PersonRef

Json = dict[str, Any]
CALLBACK: Final = "form"
_ANSWER: Final = "answer"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a modal was opened and what it answers; it travels in the view's private metadata."""

    token: str
    channel: str
    thread: str = ""
    response_url: str = ""


def view(form: Form, origin: Origin) -> Json:
    """The modal.  Errors of a submission are keyed by field name, which is the block id."""
    intro = [_section(form.intro)] if form.intro else []
    return {
        "type": "modal",
        "callback_id": CALLBACK,
        "private_metadata": _packed(origin),
        "title": _plain(form.title, limits.VIEW_TITLE),
        "submit": _plain(form.submit, limits.VIEW_TITLE),
        "close": _plain(form.cancel, limits.VIEW_TITLE),
        "blocks": [*intro, *(_input(field) for field in form.fields)],
    }


def _packed(origin: Origin) -> str:
    parts = [origin.token, origin.channel, origin.thread, origin.response_url]
    return json.dumps(parts, separators=(",", ":"))


def opened_from(private_metadata: str) -> Origin | None:
    """Untrusted: a token is authorised again at use, and this only says where to answer."""
    try:
        parts = json.loads(private_metadata)
    except ValueError:
        return None
    if not isinstance(parts, list) or len(parts) != 4 or not all(isinstance(part, str) for part in parts):
        return None
    return Origin(*parts)


def values(view: Mapping[str, Any], team: str) -> dict[str, str]:
    """Field name to answer; an empty answer is an empty text."""
    states = view.get("state", {}).get("values", {})
    return {name: _answer(next(iter(state.values()), {}), team) for name, state in states.items()}


def _answer(state: Mapping[str, Any], team: str) -> str:
    if user := state.get("selected_user"):
        return str(PersonRef(PLATFORM, team, user))
    if chosen := state.get("selected_option"):
        return str(chosen["value"])
    return str(state.get("selected_date") or state.get("value") or "")


def _input(field: Field) -> Json:
    element = {"action_id": _ANSWER, **_element(field)}
    return {
        "type": "input",
        "block_id": field.name,
        "label": _plain(field.label, limits.INPUT_LABEL),
        "optional": not field.required,
        "element": element,
    } | ({"hint": _plain(field.hint, limits.INPUT_LABEL)} if field.hint else {})


def _element(field: Field) -> Json:
    match field.kind:
        case FieldKind.DATE:
            return {"type": "datepicker"} | _initial("initial_date", _iso(field.value))
        case FieldKind.NUMBER:
            return {"type": "number_input", "is_decimal_allowed": True} | _initial(
                "initial_value", field.value
            )
        case FieldKind.PERSON if not field.options:
            return {"type": "users_select"}
        case FieldKind.CHOICE | FieldKind.PERSON if field.options:
            return _choice(field)
        case _:
            return _typed(field)


def _typed(field: Field) -> Json:
    longest = max(1, min(field.max_length, limits.TYPED_TEXT))
    return {
        "type": "plain_text_input",
        "multiline": field.kind is FieldKind.LONG_TEXT,
        "max_length": longest,
    } | _initial("initial_value", field.value[:longest])


def _choice(field: Field) -> Json:
    kind = (
        "radio_buttons" if len(field.options) <= limits.RADIO_BUTTONS and field.required else "static_select"
    )
    chosen = next((option for option in field.options if option.value == field.value), None)
    return {"type": kind, **_options(field.options)} | _initial("initial_option", chosen and _option(chosen))


def _options(options: Sequence[Option]) -> Json:
    """Above a hundred they stand in groups, named by their place in the list."""
    if len(options) <= limits.OPTIONS:
        return {"options": [_option(each) for each in options]}
    starts = range(0, len(options), limits.OPTIONS)[: limits.OPTION_GROUPS]
    return {"option_groups": [_group(options, start) for start in starts]}


def _group(options: Sequence[Option], start: int) -> Json:
    here = options[start : start + limits.OPTIONS]
    label = f"{start + 1}–{start + len(here)}"
    return {"label": _plain(label, limits.OPTION_LABEL), "options": [_option(each) for each in here]}


def _option(option: Option) -> Json:
    return {"text": _plain(option.label, limits.OPTION_LABEL), "value": option.value[: limits.OPTION_VALUE]}


def _initial(name: str, value: Any) -> Json:
    return {name: value} if value else {}


def _iso(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return ""


def _section(text: str) -> Json:
    return {"type": "section", "text": _plain(text, limits.SECTION_TEXT)}


def _plain(text: str, most: int) -> Json:
    shown = text if len(text) <= most else text[: most - 1] + "…"
    return {"type": "plain_text", "text": shown or " ", "emoji": False}
