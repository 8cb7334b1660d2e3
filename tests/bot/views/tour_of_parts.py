"""The tour's part about criteria and tasks: every list, question, notice and refusal."""

from __future__ import annotations

from tests.scenarios.cast import ANA, APEX, TEAM, add_milestone, milestone
from tests.scenarios.conversation import Stage, Voice

LONG = "Wholly uninterrupted façade scaffolding "


async def parts(stage: Stage) -> None:
    """On a milestone of its own, so that whatever was toured before is left alone."""
    now = stage.clock.now()
    number = await stage.do(lambda uow: uow.projects.next_number(TEAM, APEX.id)) + 1
    made = milestone(number, f"Parts fitted {LONG * 4}"[:200].strip(), ANA, now.date(), now)
    await stage.do(lambda uow: add_milestone(uow, made, now, posted=False))
    ana, chen, boris = (stage.person(who) for who in ("ana", "chen", "boris"))
    await _criteria(ana, chen, made.key)
    await _tasks(ana, boris, made.key)
    await _done(ana, made.key)


async def _criteria(ana: Voice, chen: Voice, key: str) -> None:
    long = (LONG * 5)[:190].strip()
    for words in (
        f"criteria {key}",
        f"criteria add {key} {long}",
        f"criteria add {key} {long}",
        f"criteria add {key} {LONG * 9}",
        f"criteria add {key} {'x, ' * 3}" + ", ".join(f"fact {n}" for n in range(20)),
        f"criteria add {key} coverage {long[:100]} ≥ 80 %, document: {long[:150]}",
        f"criteria add {key} {long[:150]} approved by @chen",
        f"criteria {key} page 2",
        f"criteria {key} coverage is 76",
        f"tick {key} coverage",
        "nearly",
        f"tick {key} approved",
        f"criteria tick {key}",
        f"criteria remove {key} façade",
        f"criteria reword {key} coverage",
    ):
        await ana.says(words)
    await ana.says(f"criteria {key}")
    while "Change…" not in ana.answer.labels:
        await ana.presses("More ›")
    await ana.presses("Change…")
    await ana.presses(ana.answer.labels[0])
    await ana.says(f"criteria remove {key}")
    await ana.presses(ana.answer.labels[0])
    await ana.presses("Undo")
    await ana.says(f"criteria {key} {long}")
    asked = ana.stage.is_told("chen", "Your yes is asked for")
    await chen.presses("Not yet", asked)
    await chen.presses("Approve", asked)


async def _tasks(ana: Voice, boris: Voice, key: str) -> None:
    long = (LONG * 5)[:190].strip()
    for words in (
        f"task {key}",
        f"task add {key}",
        f"task {key} {long} @boris",
        f"task {key} {long}",
        f"task {key} {LONG * 9}",
        f"task {key} pour",
        f"task give {key} pour",
        "leave it",
        f"task {key}",
    ):
        await ana.says(words)
    await ana.presses("Change…")
    await ana.presses("pour")
    await boris.says("tasks")
    await boris.says("mine")
    await boris.says(f"task remove {key} pour")
    await boris.presses("Done", boris.stage.is_told("boris", "A task for you"))


async def _done(ana: Voice, key: str) -> None:
    await ana.says(f"done {key}")
    await ana.says("yes")
    await ana.says("83")
    await ana.presses("It is filed elsewhere")
    await ana.says("site office, binder 3")
    assert "Achieved" in ana.answer.text, ana.answer.text
    await ana.says(f"criteria untick {key} coverage")
    await ana.says(f"criteria {key}")
