"""The two validators see what is wrong, and leave what is right alone."""

from typing import Any

import pytest

from tests.fakes.slack.core import Call
from tests.fakes.slack.validators import faults_in_blocks, faults_in_calls, faults_in_view

TEXT = {"type": "plain_text", "text": "Hi"}
SECTION = {"type": "section", "text": {"type": "mrkdwn", "text": "*Hi*"}}
TABLE = {
    "type": "table",
    "column_settings": [{"align": "right"}],
    "rows": [[{"type": "raw_text", "text": "a"}], [{"type": "raw_text", "text": "1"}]],
}
MODAL = {
    "type": "modal",
    "title": TEXT,
    "submit": TEXT,
    "blocks": [
        {
            "type": "input",
            "block_id": "b",
            "label": TEXT,
            "element": {"type": "plain_text_input", "action_id": "a"},
        }
    ],
}


def test_good_blocks_and_views_pass() -> None:
    assert list(faults_in_blocks([SECTION, {"type": "header", "text": TEXT}, TABLE])) == []
    assert list(faults_in_view(MODAL)) == []


@pytest.mark.parametrize(
    "block",
    [
        {"type": "nosuch"},
        {"type": "section", "text": {"type": "mrkdwn", "text": "x" * 3001}},
        {"type": "header", "text": {"type": "mrkdwn", "text": "x"}},
        {"type": "header", "text": {"type": "plain_text", "text": "x" * 151}},
        {
            "type": "actions",
            "elements": [{"type": "button", "text": {"type": "plain_text", "text": "x" * 76}}],
        },
        {"type": "actions", "elements": [{"type": "button", "style": "loud", "text": TEXT}]},
        {"type": "table", "rows": [[{"type": "raw_text"}]]},
    ],
)
def test_bad_blocks_are_held_against_us(block: dict[str, Any]) -> None:
    assert list(faults_in_blocks([block])) != []


@pytest.mark.parametrize(
    "change", [{"title": {"type": "mrkdwn", "text": "x"}}, {"private_metadata": "x" * 3001}]
)
def test_bad_views_are_held_against_us(change: dict[str, Any]) -> None:
    assert list(faults_in_view({**MODAL, **change})) != []


def test_faults_are_told_with_the_call_they_stand_in() -> None:
    [*faults] = faults_in_calls([Call("chat.postMessage", {"blocks": [{"type": "nosuch"}]}), Call("x", {})])
    assert faults
    assert all(fault.startswith("chat.postMessage: ") for fault in faults)
