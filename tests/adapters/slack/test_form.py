"""Forms become modals that Slack takes, and answers come back as text."""

import pytest

from adapters.slack.form import Origin, opened_from, values, view
from bot.forms import Field, FieldKind, Form, Option
from tests.fakes.slack.limits import check_view
from tests.fakes.slack.validators import faults_in_view

ORIGIN = Origin("token", "C1", "1.2", "https://hooks.example/1")


def form(*fields: Field) -> Form:
    return Form("New milestone", "token", fields, "Create", "Cancel")


def accepted(made: dict[str, object]) -> None:
    check_view(made)
    assert list(faults_in_view(made)) == []


def options(count: int) -> tuple[Option, ...]:
    return tuple(Option(f"Person {number}", f"p{number}") for number in range(count))


@pytest.mark.parametrize("kind", list(FieldKind))
@pytest.mark.parametrize("required", [True, False])
@pytest.mark.parametrize("count", [0, 1, 10, 100, 350])
def test_every_kind_of_field_is_taken(kind: FieldKind, required: bool, count: int) -> None:
    field = Field("f", "Label", kind, required, value="p0", hint="Hint", options=options(count))
    accepted(view(form(field), ORIGIN))


def test_long_and_hostile_words_are_taken() -> None:
    odd = "<!channel> & " * 400
    field = Field("f", odd, FieldKind.CHOICE, hint=odd, options=(Option(odd, "v"),), value="v")
    accepted(view(Form(odd, "t", (field,), odd, odd, odd), ORIGIN))


def test_what_is_filled_in_already_is_shown() -> None:
    made = view(
        form(
            Field("title", "Title", value="Prototype"),
            Field("due", "Due", FieldKind.DATE, value="2026-03-13"),
            Field("odd", "Due", FieldKind.DATE, value="next Friday"),
            Field("why", "Why", FieldKind.CHOICE, options=options(3), value="p2"),
        ),
        ORIGIN,
    )
    elements = [block["element"] for block in made["blocks"]]
    assert elements[0]["initial_value"] == "Prototype"
    assert elements[1]["initial_date"] == "2026-03-13"
    assert "initial_date" not in elements[2]
    assert elements[3]["initial_option"]["value"] == "p2"


def test_where_a_form_was_opened_travels_with_it() -> None:
    assert opened_from(view(form(Field("f", "F")), ORIGIN)["private_metadata"]) == ORIGIN


@pytest.mark.parametrize(
    "metadata", ["", "x", "{}", "[]", "[1,2,3,4]", '["a"]', "null", '["a","b","c","d","e"]']
)
def test_what_is_not_ours_is_not_read(metadata: str) -> None:
    assert opened_from(metadata) is None


def test_every_kind_of_answer_is_text() -> None:
    state = {
        "a": {"answer": {"type": "plain_text_input", "value": "words"}},
        "b": {"answer": {"type": "plain_text_input", "value": None}},
        "c": {"answer": {"type": "datepicker", "selected_date": "2026-03-13"}},
        "d": {"answer": {"type": "static_select", "selected_option": {"value": "p2"}}},
        "e": {"answer": {"type": "static_select", "selected_option": None}},
        "f": {"answer": {"type": "users_select", "selected_user": "U7"}},
        "g": {},
    }
    assert values({"state": {"values": state}}, "T1") == {
        "a": "words", "b": "", "c": "2026-03-13", "d": "p2", "e": "", "f": "slack/T1/U7", "g": "",
    }  # fmt: skip
    assert values({}, "T1") == {}
