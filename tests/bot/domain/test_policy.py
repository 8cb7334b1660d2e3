from __future__ import annotations

import pytest

from bot.domain.policy import NORMAL, Target


@pytest.mark.parametrize(
    ("duration", "offsets"),
    [(1, (2, 0)), (9, (2, 0)), (10, (5, 2, 0)), (40, (5, 2, 0)), (41, (10, 5, 2, 0))],
)
def test_longer_milestones_are_reminded_of_earlier(duration: int, offsets: tuple[int, ...]) -> None:
    assert NORMAL.offsets(duration) == offsets


def test_the_normal_ladder_goes_from_owner_to_lead_to_head() -> None:
    assert [(s.level, s.target, s.delay) for s in NORMAL.overdue] == [
        (1, Target.OWNER, 1),
        (2, Target.LEAD, 1),
        (3, Target.HEAD, 2),
    ]
    assert (NORMAL.repeat, NORMAL.repeat_every) == (3, 2)
