from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogs import Asked, answered
from bot.errors import NotUnderstood
from bot.ports import Dialog
from tests.fakes.clock import START

words = st.text(max_size=20)


def waiting(field: str, **asked: object) -> Dialog:
    return Dialog(
        workspace_id="w",
        person_id="p",
        conversation="c",
        verb="new",
        asked=asked,
        field=field,
        asked_at=START,
    )


@given(st.builds(Asked, title=words, when=words, needs=st.lists(words).map(tuple), page=st.integers(1, 99)))
def test_arguments_survive_being_stored(asked: Asked) -> None:
    assert Asked.from_json(json.loads(json.dumps(asked.to_json()))) == asked


def test_only_what_was_said_is_stored() -> None:
    assert Asked().to_json() == {}
    assert Asked(title="Roof", version=3).to_words() == {"title": "Roof"}


@pytest.mark.parametrize("raw", [{"no such": "x"}, {"page": "many"}, {"version": None}])
def test_what_is_no_argument_is_refused(raw: dict[str, object]) -> None:
    with pytest.raises(NotUnderstood):
        Asked.from_json(raw)


def test_an_answer_takes_its_place_beside_what_was_said() -> None:
    assert answered(waiting("when", title="Roof"), "friday") == Asked(title="Roof", when="friday")
    assert answered(waiting("needs"), "a, b") == Asked(needs=("a, b",))


def test_a_choice_adds_to_what_was_chosen_before() -> None:
    assert answered(waiting("choice", choice="c1"), "photos").choice == "c1,photos"
    assert answered(waiting("choice"), "photos").choice == "photos"


def test_what_an_answer_says_beside_fills_gaps_only() -> None:
    said = Asked(title="other", owner="boris", when="monday", reason="rain")
    assert Asked(title="Roof").filled_from(said) == Asked(
        title="Roof", owner="boris", when="monday", reason="rain"
    )
    settled = Asked(title="Roof", owner_id="ana", due="2026-03-06", reason="snow")
    assert settled.filled_from(said) == settled
