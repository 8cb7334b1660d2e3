"""Through every state of a milestone's life, the moves that are refused, and what time does to it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.domain.milestone import Kind, Milestone, State
from bot.ports import UnitOfWork
from tests.scenarios.cast import ANA, APEX, TEAM, add_milestone, milestone
from tests.scenarios.conversation import Stage

LONG = "Wholly uninterrupted façade scaffolding "


async def through_every_state(stage: Stage) -> None:
    """Last of all: it takes a fortnight."""
    await _empty_lists(stage)
    key = await _made(stage)
    await _from_draft_to_review(stage, key)
    await _at_rest(stage, key)
    await _over_and_open_again(stage, key)
    await _refused(stage, key)
    await _time_passes(stage)


async def _made(stage: Stage, **changes: object) -> str:
    """A milestone of Ana's with the longest name and two standards."""

    def work(uow: UnitOfWork) -> Milestone:
        number = uow.projects.next_number(TEAM, APEX.id) + 1
        today = stage.clock.now().date()
        title = f"Step {number} {LONG * 6}"[:200].strip()
        made = milestone(
            number, title, ANA, today + timedelta(days=9), stage.clock.now(), (LONG * 4).strip(), "photos"
        )
        made = replace(made, **changes)  # type: ignore[arg-type]
        add_milestone(uow, made, stage.clock.now())
        return made

    return (await stage.do(work)).key


async def _empty_lists(stage: Stage) -> None:
    for who in ("eve", "chen", "ana"):
        for words in ("late", "next", "late all", "next mine", "late mine"):
            await stage.person(who).commands(words)


async def _from_draft_to_review(stage: Stage, key: str) -> None:
    ana, boris = stage.person("ana"), stage.person("boris")
    draft = await _made(stage, state=State.DRAFT, owner_role=f"{LONG * 2}"[:60].strip())
    for words in (f"show {draft}", f"confirm {draft}", f"begin {draft}", f"done {draft}"):
        await ana.commands(words)
    settled = await _made(stage, state=State.DRAFT)
    await ana.commands(f"confirm {settled}")
    await ana.commands(f"confirm {settled}")
    for words in (f"begin {key}", f"submit {key}", f"submit {key} to me", f"submit {key} to @boris"):
        await ana.commands(words)
    for words in (f"show {key}", f"approve {key}", f"send back {key}"):
        await boris.commands(words)
    await boris.commands(f"send back {key} because {LONG * 20}")
    chen = stage.person("chen")
    await chen.commands(f"show {key}")
    await chen.presses("More")


async def _at_rest(stage: Stage, key: str) -> None:
    ana = stage.person("ana")
    for words in (
        f"hold {key}",
        f"hold {key} until yesterday because of x",
        f"hold {key} until today because of x",
        f"hold {key} until in 3 working days",
        f"hold {key} until in 3 working days because {LONG * 20}",
        f"hold {key} until in 3 working days",
        f"show {key}",
        f"done {key}",
        "status",
    ):
        await ana.commands(words)
    await ana.commands(f"resume {key}")
    await ana.commands(f"resume {key}")


async def _over_and_open_again(stage: Stage, key: str) -> None:
    chen, boris = stage.person("chen"), stage.person("boris")
    other = await _made(stage, criteria=())
    await chen.commands(f"submit {other} to @boris")
    await boris.commands(f"approve {other}")
    await boris.commands(f"approve {other}")
    await chen.commands(f"show {other}")
    await chen.commands(f"reopen {other}")
    await chen.commands(f"reopen {other} because {LONG * 20}")
    await chen.commands(f"drop {key}")
    await chen.commands(f"drop {key} because {LONG * 20}")
    await chen.commands(f"drop {key} because {LONG * 20}")
    await chen.commands(f"show {key}")


async def _refused(stage: Stage, key: str) -> None:
    ana, chen = stage.person("ana"), stage.person("chen")
    for words in (f"begin {key}", f"hold {key} until in 9 days because of x", f"rename {key} to Other"):
        await chen.commands(words)
    await ana.commands(f"reopen {key} because of x")
    fresh = await _made(stage)
    for words in (
        f"approve {fresh}",
        f"resume {fresh}",
        f"reopen {fresh} because of x",
        f"confirm {fresh}",
        f"send back {fresh} because of x",
        f"rename {fresh}",
        f"rename {fresh} to {LONG * 9}",
        f"rename {fresh} to {(LONG * 4).strip()}",
    ):
        await chen.commands(words)


async def _time_passes(stage: Stage) -> None:
    today = stage.clock.now().date()
    await _made(stage, kind=Kind.EVENT, due=today + timedelta(days=1))
    rests = await _made(stage)
    await stage.person("ana").commands(f"hold {rests} until in 2 working days because {LONG * 20}")
    await stage.advance(timedelta(days=12))
    for who in ("ana", "vic"):
        for words in ("late", "late mine", "next", "next all"):
            await stage.person(who).commands(words)
    await _all_late(stage)


async def _all_late(stage: Stage) -> None:
    """Somebody to whom nothing lies ahead, and something behind."""

    def work(uow: UnitOfWork) -> None:
        number = uow.projects.next_number(TEAM, APEX.id) + 1
        late = milestone(number, "Left behind", ANA, stage.clock.now().date(), stage.clock.now())
        behind = replace(late, owner_id="dora", due=late.due - timedelta(days=4))
        add_milestone(uow, behind, stage.clock.now(), posted=False)

    await stage.do(work)
    await stage.person("dora").says("next")
