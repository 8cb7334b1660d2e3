"""What is over its date, and what comes next."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from bot.messages import Audience
from tests.scenarios.cast import ANA, BORIS, EVE, TELEGRAM, add_milestone, milestone
from tests.scenarios.conversation import Stage


@pytest.fixture
async def later(stage: Stage) -> Stage:
    """Tuesday 17 March: APX-1 is two working days over, APX-2 due on Friday."""
    stage.clock.jump_to(datetime(2026, 3, 17, 10, 0, tzinfo=UTC))
    return stage


@pytest.mark.parametrize("words", ["late", "what's late?", "overdue", "late APX", "late apex"])
async def test_late_names_what_is_over_and_by_how_much(later: Stage, words: str) -> None:
    answer = await later.person("vic").commands(words)
    assert answer.first_line == "Apex release · 1 overdue, the longest by 2 working days"
    assert "APX-1 | Prototype tested | Ana Costa | Fri 13 Mar" in answer.text
    assert "APX-2" not in answer.text
    assert answer.labels == ("Show APX-1", "All milestones", "Mine")


async def test_nothing_late_says_what_comes_next(stage: Stage) -> None:
    answer = await stage.person("ana").commands("late")
    assert answer.first_line == "Nothing is overdue in Apex release."
    assert "Next: APX-1 Prototype tested, Fri 13 Mar, in 9 working days." in answer.text


async def test_what_rests_is_not_late(later: Stage) -> None:
    await later.person("ana").commands("hold APX-1 until 30 March because of x")
    assert "Nothing is overdue" in (await later.person("ana").commands("late")).first_line


async def test_ones_own_late_ones(later: Stage) -> None:
    assert "Yours · 1 overdue" in (await later.person("ana").says("late mine")).first_line
    assert "Nothing of yours is overdue." in (await later.person("boris").says("late mine")).first_line


async def test_late_asked_about_one_milestone_shows_it(later: Stage) -> None:
    answer = await later.person("ana").says("is APX-1 late?")
    assert "APX-1 Prototype tested" in answer.first_line


async def test_next_in_the_channel_is_the_projects(stage: Stage) -> None:
    answer = await stage.person("vic").commands("next")
    assert answer.first_line == "Next: APX-1 Prototype tested, Fri 13 Mar, in 9 working days."
    assert "APX-2 | Beta released | Boris Novak" in answer.text
    assert answer.labels == ("Show APX-1", "All milestones", "Mine")


async def test_next_in_private_is_ones_own(stage: Stage) -> None:
    answer = await stage.person("boris").says("what's next?")
    assert answer.first_line.startswith("Next: APX-2 Beta released")
    assert "APX-1" not in answer.text


async def test_nothing_next_says_what_is_late_instead(later: Stage) -> None:
    answer = await later.person("ana").says("next")
    assert answer.first_line == "Nothing of yours is due next."
    assert answer.labels[0] == "1 overdue"
    assert "Yours · 1 overdue" in (await later.person("vic").says("next")).text or answer.labels


async def test_nothing_at_all_offers_to_add_one(stage: Stage) -> None:
    answer = await stage.person("chen").says("next")
    assert answer.labels == ("Add one", "All milestones", "Mine")


async def test_only_five_are_shown_and_the_rest_counted(stage: Stage) -> None:
    now = stage.clock.now()

    def many(uow) -> None:  # type: ignore[no-untyped-def]
        for n in range(3, 12):
            add_milestone(uow, milestone(n, f"Step {n}", BORIS, date(2026, 4, n), now), now, posted=False)

    await stage.do(many)
    answer = await stage.person("ana").commands("next")
    assert "and 6 more" in answer.text
    assert "Step 6" not in answer.text


async def test_somebody_from_outside_sees_only_their_own(later: Stage) -> None:
    eve = later.person("eve")
    for words in ("late", "next", "late all", "next APX"):
        assert "APX" not in (await eve.says(words)).text, words
    now = later.clock.now()
    await later.do(
        lambda uow: add_milestone(uow, milestone(3, "Steel delivered", EVE, date(2026, 3, 16), now), now)
    )
    answer = await eve.says("late")
    assert "APX-3" in answer.text
    assert "APX-1" not in answer.text


async def test_ones_own_list_is_not_read_out_in_a_group(stage: Stage) -> None:
    code = (await stage.person("ana").says("link")).text.split("link ", 1)[1].split()[0]
    ana = stage.person("ana-tg", TELEGRAM)
    await ana.says(f"link {code}")
    from bot.refs import ConversationRef

    group = ConversationRef(TELEGRAM, "", "G-site")
    await ana.commands("late mine", group)
    if ana.answer.reply and "Nothing of yours" in ana.answer.text:
        assert ana.answer.reply.audience is Audience.DIRECT
    assert ANA.name not in ana.answer.text
