"""A word to whoever runs this: kept, shown to the admins, and to nobody else."""

from __future__ import annotations

from datetime import timedelta

from bot.app.doctor import examine
from bot.config import Settings
from bot.domain.feedback import DAILY_LIMIT, Feedback
from tests.scenarios.cast import NEIGHBOURS, TEAM
from tests.scenarios.conversation import Stage


async def kept(stage: Stage, team: str = TEAM) -> tuple[Feedback, ...]:
    return await stage.do(lambda uow: uow.feedback.latest(team, 50))


async def test_it_is_kept_and_told_to_the_admin(stage: Stage) -> None:
    answer = await stage.person("boris").says("feedback the digest comes too early")
    assert answer.first_line == "Kept, word for word. Thank you."
    assert "Dora Admin can read it." in answer.text
    (said,) = await kept(stage)
    assert (said.by_id, said.words) == ("boris", "the digest comes too early")
    told = stage.is_told("dora", "Boris Novak has feedback")
    assert "“the digest comes too early”" in told.text
    stage.nobody_is_told_anything_else()


async def test_without_words_they_are_asked_for(stage: Stage) -> None:
    boris = stage.person("boris")
    asked = await boris.says("feedback")
    assert asked.first_line == "What is good, what is missing, what is wrong?"
    assert await kept(stage) == ()
    await boris.says("show me the whole plan at once")
    assert [f.words for f in await kept(stage)] == ["show me the whole plan at once"]


async def test_it_can_be_written_in_a_form(stage: Stage) -> None:
    boris = stage.person("boris")
    await boris.commands("feedback", form=True)
    await boris.submits(reason="two\nlines")
    assert [f.words for f in await kept(stage)] == ["two\nlines"]


async def test_an_admin_reads_the_latest(stage: Stage) -> None:
    await stage.person("boris").says("feedback first")
    stage.clock.jump_to(stage.clock.now() + timedelta(minutes=1))
    await stage.person("eve").says("feedback second")
    answer = await stage.person("dora").says("feedback")
    lines = answer.text.splitlines()
    assert lines[1:3] == ["Mon 2 Mar · Eve Contractor: second", "Mon 2 Mar · Boris Novak: first"]


async def test_nobody_else_reads_it(stage: Stage) -> None:
    await stage.person("boris").says("feedback my secret")
    for who in ("ana", "leo", "eve", "vic"):
        assert "my secret" not in (await stage.person(who).says("feedback")).text


async def test_a_day_holds_only_so_much(stage: Stage) -> None:
    boris = stage.person("boris")
    for n in range(DAILY_LIMIT):
        await boris.says(f"feedback number {n}")
    answer = await boris.says("feedback one more")
    assert "enough for a day" in answer.first_line
    assert len(await kept(stage)) == DAILY_LIMIT
    stage.clock.jump_to(stage.clock.now() + timedelta(days=1, minutes=1))
    await boris.says("feedback one more")
    assert len(await kept(stage)) == DAILY_LIMIT + 1


async def test_a_neighbour_reads_nothing_of_it(stage: Stage) -> None:
    await stage.person("boris").says("feedback my secret")
    answer = await stage.person("olaf", tenant="T2").says("feedback")
    assert answer.first_line == "Nobody has said anything yet."
    assert await kept(stage, NEIGHBOURS) == ()


async def test_hostile_words_stay_words(stage: Stage) -> None:
    await stage.person("boris").says("feedback <!channel> *bold* </pre>")
    assert [f.words for f in await kept(stage)] == ["<!channel> *bold* </pre>"]


async def test_doctor_counts_it_and_shows_no_word(database_url: str, stage: Stage) -> None:
    await stage.person("boris").says("feedback my secret")
    said: list[str] = []
    await examine(lambda: Settings(_env_file=None, database_url=database_url), said.append)
    assert "ok    Feedback: 1 kept; admins read it by typing: feedback" in said
    assert not any("my secret" in line for line in said)
