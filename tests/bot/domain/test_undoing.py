"""What stands of a history after undos, also of undos one after the other."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.history import Action, History
from bot.domain.undoing import standing

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def entry(number: int, action: Action) -> History:
    return History(
        id=str(number), workspace_id="w", milestone_id="m", at=NOW, actor_id="ana", action=action,
        before={}, after={}, version=number,
    )  # fmt: skip


def left(letters: str) -> str:
    """c(hange), u(ndo), s(aid why), oldest first → numbers of what stands, newest first."""
    kinds = {"c": Action.MOVED, "u": Action.UNDONE, "s": Action.CAUSE_NAMED}
    story = [entry(number, kinds[letter]) for number, letter in enumerate(letters, 1)]
    return "".join(e.id for e in standing(reversed(story)))


@pytest.mark.parametrize(
    ("story", "stands"),
    [
        ("", ""),
        ("c", "1"),
        ("cc", "21"),
        ("ccu", "1"),
        ("ccuu", ""),
        ("ccuc", "41"),
        ("cscu", "1"),
        ("cucu", ""),
    ],
)
def test_every_undo_takes_the_newest_change_that_stood(story: str, stands: str) -> None:
    assert left(story) == stands


@given(st.text("cu", max_size=9))
def test_it_is_a_pile_where_undo_takes_from_the_top(story: str) -> None:
    pile: list[str] = []
    kept = ""
    for letter in story:
        if letter == "u" and not pile:
            continue
        kept += letter
        if letter == "c":
            pile.append(str(len(kept)))
        else:
            pile.pop()
    assert left(kept) == "".join(reversed(pile))
