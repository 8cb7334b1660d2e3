"""The ticker and a relay that never fails, without a database: plan, send, look again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from bot.domain.notices import Notice, NoticeKind
from bot.reminders.escalation import sent
from bot.reminders.planner import plan
from bot.reminders.situation import Situation

MOST_LOOKS = 100


def simulate(situation: Situation, now: datetime) -> Iterator[Notice]:
    """Every notice, in order; whatever is planned is sent at the same instant."""
    for _ in range(MOST_LOOKS):
        found = plan(situation, now, "alert")
        situation = replace(situation, alert=found.alert)
        if found.notice:
            yield found.notice
            situation = _delivered(situation, found.notice, now)
        following = plan(situation, now, "alert").next_at
        if following is None:
            return
        assert following > now
        now = following
    raise AssertionError("it never comes to rest")


def _delivered(situation: Situation, notice: Notice, now: datetime) -> Situation:
    if notice.kind is not NoticeKind.OVERDUE or situation.alert is None:
        return situation
    level = situation.alert.planned_level
    return replace(situation, alert=sent(situation.alert, level, notice.person_id, now))
