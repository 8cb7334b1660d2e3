"""A fortnight of one milestone, told in one channel: nobody hears anything twice, nor anything in vain."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from bot.domain.history import Action, Cause
from tests.fakes.clock import FakeClock
from tests.scenarios.conversation import Stage, a_stage


@pytest.fixture
async def stage(database_url: str, clock: FakeClock) -> AsyncIterator[Stage]:
    async with a_stage(database_url, clock) as made:
        yield made


def morning(day: int) -> datetime:
    """Just after nine, when reminders have gone out."""
    return datetime(2026, 3, day, 9, 1, tzinfo=UTC)


async def test_from_the_sentence_to_the_proof(stage: Stage) -> None:
    ana, boris, chen = (stage.person(name) for name in ("ana", "boris", "chen"))

    # Monday: said in the channel, shown there, told to its owner.
    await chen.commands("new Doors hung by 11 March @boris needs photos taken")
    stage.shows("🟢 On track · APX-3 Doors hung · Wed 11 Mar, in 7 working days")
    stage.is_told("boris", "You own APX-3 Doors hung now")
    stage.nobody_is_told_anything_else()

    # The next Monday is two working days before: its owner is asked, in their morning, once.
    await stage.at(datetime(2026, 3, 9, 8, 59, tzinfo=UTC))
    stage.hear_everything()
    await stage.at(morning(9))
    asked = stage.is_told("boris", "APX-3 Doors hung is due Wed 11 Mar, in 2 working days. Will it hold?")

    # It will not: the reminder's own button, the new date, the reason, the cause.
    await boris.presses("Need longer", asked)
    await boris.says("16 March because the joiner is ill")
    await boris.presses("People")
    card = stage.shows("APX-3 Doors hung · Mon 16 Mar")
    assert "First promised for Wed 11 Mar" in card.text
    moved = (await stage.history("APX-3"))[-1]
    assert (moved.action, moved.note, moved.cause) == (Action.MOVED, "the joiner is ill", Cause.RESOURCE)

    # What was promised before is no longer asked about; what is promised now is.
    stage.hear_everything()
    await stage.at(datetime(2026, 3, 12, 8, 59, tzinfo=UTC))
    assert not [m for m in stage.adapters["slack"].to(boris.ref) if m.at > morning(9) and "APX-3" in m.text]
    stage.hear_everything()
    await stage.at(morning(12))
    stage.is_told("boris", "APX-3 Doors hung is due Mon 16 Mar, in 2 working days")

    # Handed over on the way: the new owner hears it at once, the old one no more.
    await boris.commands("assign APX-3 to @ana")
    stage.is_told("ana", "You own APX-3 Doors hung now")
    stage.hear_everything()
    await stage.at(morning(16))
    assert not [m for m in stage.adapters["slack"].to(boris.ref) if m.at > morning(12) and "APX-3" in m.text]

    # Done on the day, with its proof; afterwards nobody is asked anything about it.
    await ana.commands("done APX-3")
    await ana.presses("photos taken")
    assert "proved: photos taken" in stage.shows("✅ Achieved · APX-3 Doors hung · Mon 16 Mar, on time").text
    stage.hear_everything()
    await stage.at(morning(27))
    about = [
        m.text for a in stage.adapters.values() for m in a.sent if m.at > morning(16) and "APX-3" in m.text
    ]
    assert about == []
    assert [line.action for line in await stage.history("APX-3")] == [
        Action.CREATED, Action.MOVED, Action.ASSIGNED, Action.ACHIEVED,
    ]  # fmt: skip
