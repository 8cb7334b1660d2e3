from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.notices import MANNERS, Notice, NoticeKind, OnDoubt

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
REMINDER = Notice(
    kind=NoticeKind.DUE_SOON,
    workspace_id="w",
    occurrence="2026-03-13:2",
    planned_for=NOW,
    milestone_id="m7",
    person_id="ana",
)


def test_every_kind_has_its_manner() -> None:
    assert set(MANNERS) == set(NoticeKind)


@pytest.mark.parametrize(
    "change",
    [{"occurrence": "2026-03-13:0"}, {"person_id": "boris"}, {"milestone_id": "m8"}, {"kind": "overdue"}],
)
def test_another_kind_subject_occurrence_or_recipient_is_another_notice(change: dict[str, str]) -> None:
    other = replace(REMINDER, **change)  # type: ignore[arg-type]
    assert other.key != REMINDER.key


def test_when_it_was_planned_does_not_make_it_another() -> None:
    assert replace(REMINDER, planned_for=NOW + timedelta(seconds=14)).key == REMINDER.key


def test_a_notice_expires_by_its_kind() -> None:
    assert REMINDER.expires_at == NOW + timedelta(hours=24)
    assert replace(REMINDER, kind=NoticeKind.DIGEST).expires_at == NOW + timedelta(hours=6)


def test_what_must_be_heard_may_be_repeated_once_and_the_rest_never() -> None:
    repeated = {kind for kind, manner in MANNERS.items() if manner.on_doubt is OnDoubt.RESEND_ONCE}
    milestones = {NoticeKind.CARD, NoticeKind.CARD_EDIT, NoticeKind.ASSIGNED, NoticeKind.OVERDUE}
    people = {NoticeKind.HANDED_OVER, NoticeKind.LEFT, NoticeKind.JOINED}
    assert repeated >= milestones | people
    assert not repeated & {NoticeKind.DUE_SOON, NoticeKind.DIGEST, NoticeKind.WELCOME, NoticeKind.STOPPED}


def test_an_escalation_goes_before_a_reminder_before_a_digest() -> None:
    order = sorted(MANNERS, key=lambda kind: MANNERS[kind].priority)
    urgency = [order.index(k) for k in (NoticeKind.OVERDUE, NoticeKind.DUE_SOON, NoticeKind.DIGEST)]
    assert urgency == sorted(urgency)
