from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.cards import Actions, Button, Card, Text
from bot.domain.calendar import Calendar
from bot.domain.milestone import Blocked, Criterion, Milestone, State
from bot.domain.people import Person, Project
from bot.domain.policy import Target
from bot.plain_text import card_text
from bot.ports import StoredAction
from bot.views.digest import digest_card
from bot.views.offers import Offers
from bot.views.reminders import (
    Tried,
    Why,
    assignment_card,
    cannot_deliver_card,
    cannot_post_card,
    overdue_card,
    reminder_card,
)
from bot.views.welcome import Welcome, welcome_card
from bot.wording import Reader

TODAY = date(2026, 3, 11)
READER = Reader("en", "Europe/Lisbon", TODAY, calendar=Calendar())
OWNER, LEAD = Why(Target.OWNER, "Apex"), Why(Target.LEAD, "Apex")
TRIED = Tried(("Ana Costa",), datetime(2026, 3, 16, 9, 0, tzinfo=UTC))
PROTOTYPE = Milestone(
    id="m7", workspace_id="w", project_id="apex", project_key="APX", number=7, title="Prototype tested",
    owner_id="ana", due=date(2026, 3, 13), zone="Europe/Lisbon", created_by="boris",
    created_at=datetime(2026, 2, 2, tzinfo=UTC), criteria=(Criterion("c1", "report filed"),),
)  # fmt: skip
LONG = replace(PROTOTYPE, title="The whole of the eastern retaining wall is surveyed " * 3)
KERN = Person("kern", "w", "Boris Kern")
KERN_AT_LENGTH = replace(KERN, name="Boris " * 20)
APEX = Project("apex", "w", "APX", "Apex", lead_id="boris")


class Offered:
    """Remembers what buttons do instead of storing it."""

    def __init__(self) -> None:
        self.actions: dict[str, StoredAction] = {}

    def offer(self, action: StoredAction, at: datetime) -> str:
        token = f"t{len(self.actions)}"
        self.actions[token] = action
        return token

    def get(self, token: str) -> StoredAction | None:
        return self.actions.get(token)


@pytest.fixture
def offered() -> Offered:
    return Offered()


@pytest.fixture
def offers(offered: Offered) -> Offers:
    return Offers(offered, "w", "slack/T1/D1/", datetime(2026, 3, 11, 9, 0, tzinfo=UTC))


def overdue(milestone: Milestone) -> Milestone:
    return replace(milestone, due=date(2026, 3, 9))


def lines(card: Card) -> list[str]:
    return [block.body.text for block in card.blocks if isinstance(block, Text)]


def labels(card: Card) -> list[str]:
    return [button.label for button in card.buttons]


def does(offered: Offered, card: Card, label: str) -> StoredAction:
    button: Button = next(b for b in card.buttons if b.label == label)
    return offered.actions[button.token]


def test_the_reminder_asks_the_owner_whether_it_will_hold(offers: Offers) -> None:
    card = reminder_card(PROTOTYPE, OWNER, READER, offers)
    assert card.title.text == "APX-7 Prototype tested is due Fri 13 Mar, in 2 working days. Will it hold?"
    assert lines(card) == ["You own it. Missing: report filed."]
    assert labels(card) == ["Done", "Need longer", "Blocked", "Snooze"]


def test_on_the_day_it_asks_whether_it_is_done(offers: Offers) -> None:
    card = reminder_card(replace(PROTOTYPE, due=TODAY), OWNER, READER, offers)
    assert card.title.text == "APX-7 Prototype tested is due today, Wed 11 Mar. Is it done?"


def test_a_blocked_milestone_is_reminded_of_with_what_is_in_its_way(offers: Offers) -> None:
    stuck = replace(PROTOTYPE, blocked=Blocked("city office", datetime(2026, 3, 9, 12, tzinfo=UTC), "ana"))
    card = reminder_card(stuck, OWNER, READER, offers)
    assert "Blocked since Mon 9 Mar: city office" in lines(card)
    assert labels(card) == ["Done", "Need longer", "Unblock", "Snooze"]


def test_a_reminder_that_came_to_somebody_else_says_why(offers: Offers) -> None:
    card = reminder_card(PROTOTYPE, Why(Target.OWNER, "Apex", "Boris Kern"), READER, offers)
    assert lines(card)[0].startswith("Boris Kern cannot be reached, so this comes to you.")


def test_the_buttons_do_what_they_say(offered: Offered, offers: Offers) -> None:
    card = reminder_card(PROTOTYPE, OWNER, READER, offers)
    verbs = {label: does(offered, card, label).verb for label in labels(card)}
    assert verbs == {"Done": "done", "Need longer": "move", "Blocked": "block", "Snooze": "snooze"}
    done = does(offered, card, "Done")
    assert (done.milestone_id, done.version, done.conversation) == ("m7", 1, "slack/T1/D1/")


def test_the_owner_of_something_overdue_is_asked_for_a_date(offers: Offers) -> None:
    card = overdue_card(overdue(PROTOTYPE), OWNER, Tried(), READER, offers)
    assert card.title.text == "🔴 Overdue · APX-7 Prototype tested · Mon 9 Mar, 2 working days over"
    assert lines(card) == ["You own it.", "Missing: report filed."]
    assert labels(card) == ["New date", "Done", "Blocked", "Snooze"]


def test_what_was_handed_in_is_approved_by_the_lead_not_finished_by_the_owner(offers: Offers) -> None:
    handed_in = replace(PROTOTYPE, state=State.IN_REVIEW, approver_id="chen")
    assert labels(reminder_card(handed_in, OWNER, READER, offers))[0] == "Show it"
    late = overdue(handed_in)
    assert labels(overdue_card(late, OWNER, Tried(), READER, offers))[:2] == ["New date", "Show it"]
    assert labels(overdue_card(late, LEAD, TRIED, READER, offers))[:2] == ["New date", "Approve"]


def test_the_lead_hears_what_was_tried_and_may_take_it(offered: Offered, offers: Offers) -> None:
    card = overdue_card(overdue(PROTOTYPE), LEAD, TRIED, READER, offers)
    tried = "Ana Costa: asked Mon 16 Mar, no reply yet. This comes to you because you lead Apex."
    assert lines(card)[0] == tried
    assert labels(card) == ["New date", "Done", "I'll take it", "Snooze"]
    take = does(offered, card, "I'll take it")
    assert (take.verb, take.asked["owner"]) == ("assign", "me")


def test_an_assignment_says_where_it_came_from(offers: Offers) -> None:
    card = assignment_card(PROTOTYPE, "Boris Kern", "#apex", READER, offers)
    assert card.title.text == "You own APX-7 Prototype tested now, due Fri 13 Mar, in 2 working days."
    assert lines(card) == ["Boris Kern made you the owner in #apex.", "To prove: report filed."]
    assert labels(card) == ["Show it", "Need longer", "Blocked"]


def test_an_assignment_from_nowhere_says_who(offers: Offers) -> None:
    assert lines(assignment_card(PROTOTYPE, "Boris", "", READER, offers))[0] == "Boris made you the owner."


def test_the_lead_learns_whose_messages_come_to_them(offers: Offers) -> None:
    card = cannot_deliver_card(KERN, "telegram", None, READER, offers)
    assert card.title.text == "Boris Kern cannot be reached on Telegram: reminders come to you."
    assert len(card.buttons) == 2


def test_the_invitation_is_for_whoever_cannot_be_reached(offered: Offered, offers: Offers) -> None:
    card = cannot_deliver_card(KERN, "telegram", None, READER, offers)
    invite = does(offered, card, "New invitation")
    assert (invite.verb, invite.asked) == ("link", {"owner_id": "kern"})


def test_an_assignment_heard_by_somebody_else_names_the_owner(offers: Offers) -> None:
    card = assignment_card(PROTOTYPE, "Chen", "#apex", READER, offers, instead_of="Boris Kern")
    assert card.title.text == "Boris Kern owns APX-7 Prototype tested now, due Fri 13 Mar, in 2 working days."
    assert lines(card)[0] == "Boris Kern cannot be reached, so this comes to you."
    assert "You own" not in card_text(card)


def test_whoever_asked_learns_that_the_channel_refuses_the_card(offers: Offers) -> None:
    card = cannot_post_card(PROTOTYPE, "#apex", READER, offers)
    assert card.title.text == "APX-7 Prototype tested is saved, but I may not post in #apex."
    assert "show APX-7" in lines(card)[0]


def test_the_digest_counts_everything_and_shows_the_worst_first(offers: Offers) -> None:
    late = replace(overdue(PROTOTYPE), id="a", number=1, title="Roof closed")
    stuck = replace(
        PROTOTYPE, id="b", number=2, title="Permit issued", due=date(2026, 5, 4), owner_id="chen",
        blocked=Blocked("city office", datetime(2026, 3, 9, tzinfo=UTC), "chen"),
    )  # fmt: skip
    fine = replace(PROTOTYPE, id="c", number=3, title="Handover", due=date(2026, 6, 1))
    names = {"ana": "Ana", "chen": "Chen"}
    card = digest_card(APEX, [fine, PROTOTYPE, stuck, late], names, TODAY, READER, offers)
    assert card.title.text == "Apex, Wed 11 Mar · 1 overdue, 1 blocked, 2 on track"
    assert lines(card) == [
        "🔴 Overdue · APX-1 Roof closed · Mon 9 Mar, 2 working days over · Ana",
        "⛔ Blocked · APX-2 Permit issued · Mon 4 May, in 38 working days · Chen · city office",
        "🟢 Due soon · APX-7 Prototype tested · Fri 13 Mar, in 2 working days · Ana",
    ]
    assert labels(card) == ["All", "Mine"]


def test_what_the_digest_leaves_out_is_counted(offers: Offers) -> None:
    many = [replace(overdue(PROTOTYPE), id=str(n), number=n) for n in range(1, 8)]
    shown = lines(digest_card(APEX, many, {}, TODAY, READER, offers))
    assert len(shown) == 3
    assert shown[-1].endswith("and 4 more")


EVERY_CARD: dict[str, Callable[[Milestone, Offers], Card]] = {
    "reminder": lambda m, o: reminder_card(m, OWNER, READER, o),
    "reminder today": lambda m, o: reminder_card(replace(m, due=TODAY), OWNER, READER, o),
    "reminder next year": lambda m, o: reminder_card(replace(m, due=date(2027, 1, 4)), OWNER, READER, o),
    "handed over": lambda m, o: reminder_card(m, Why(Target.OWNER, "A" * 90, "B" * 80), READER, o),
    "overdue": lambda m, o: overdue_card(overdue(m), OWNER, Tried(), READER, o),
    "overdue, lead": lambda m, o: overdue_card(overdue(m), LEAD, TRIED, READER, o),
    "overdue, channel": lambda m, o: overdue_card(overdue(m), Why(Target.CHANNEL, "Apex"), TRIED, READER, o),
    "overdue, head": lambda m, o: overdue_card(overdue(m), Why(Target.HEAD, "Apex"), TRIED, READER, o),
    "assignment": lambda m, o: assignment_card(m, "Boris " * 20, "#apex" * 20, READER, o),
    "assignment of another": lambda m, o: assignment_card(m, "Ana", "", READER, o, "Boris " * 20),
    "cannot deliver": lambda m, o: cannot_deliver_card(KERN_AT_LENGTH, "telegram", m, READER, o),
    "cannot post": lambda m, o: cannot_post_card(m, "#apex" * 20, READER, o),
    "welcome": lambda m, o: welcome_card(Welcome(can_set_up=True, rehearses=True), READER, o),
    "digest": lambda m, o: digest_card(
        replace(APEX, name="Apex " * 16), [overdue(m)] * 5, {"ana": "Ana"}, TODAY, READER, o
    ),
}


@pytest.mark.parametrize("name", EVERY_CARD)
@pytest.mark.parametrize("milestone", [PROTOTYPE, LONG], ids=["short", "long"])
def test_every_message_keeps_the_rules_of_the_voice(name: str, milestone: Milestone, offers: Offers) -> None:
    card = EVERY_CARD[name](milestone, offers)
    assert len(card.title.text) <= 90, card.title.text
    assert 1 <= len(lines(card)) <= 3
    assert 2 <= len(card.buttons) <= 4
    assert isinstance(card.blocks[-1], Actions)
    assert "!" not in card_text(card)


@pytest.mark.parametrize("name", ["reminder", "overdue", "assignment", "assignment of another"])
def test_a_title_cut_short_stands_in_full_below(name: str, offers: Offers) -> None:
    card = EVERY_CARD[name](LONG, offers)
    assert "…" in card.title.text
    assert LONG.title in lines(card)
