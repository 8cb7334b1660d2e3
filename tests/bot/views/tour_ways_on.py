"""What leads to every card about proposals, rules, handing over, resting reminders and feedback."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.feedback import DAILY_LIMIT
from bot.domain.milestone import Criterion, CriterionKind, Task
from bot.domain.proposal import PROPOSALS_LIMIT, Proposal
from bot.ports import UnitOfWork
from tests.scenarios.cast import ANA, BORIS, CHEN, LEO, TEAM
from tests.scenarios.conversation import Stage, Voice

LONG = "Wholly uninterrupted façade scaffolding "


async def ways_on(stage: Stage) -> None:
    """Every way a no goes on."""
    ana, boris, chen = stage.person("ana"), stage.person("boris"), stage.person("chen")
    await _proposing(stage, boris, chen)
    await _deciding(stage, boris, chen)
    await _asking_why(stage)
    await _resting(stage, ana)
    await _handing_over(stage)
    await _feedback(stage)


async def _proposing(stage: Stage, boris: Voice, chen: Voice) -> None:
    for words in (
        f"move APX-1 to 20 March because {LONG * 20}",
        "move APX-1",
        "take APX-1",
        "assign APX-1",
        "block APX-1 waiting on legal",
        f"rename APX-1 {LONG}",
        "drop APX-1",
        "done APX-1",
        "propose APX-1",
        "propose APX-1 to next friday",
        "propose APX-2 to 27 March",
        "proposals",
    ):
        await boris.commands(words)
    await boris.commands(f"propose APX-1 to 20 March because {LONG * 20}")
    await boris.commands("propose APX-1 to 20 March")
    await stage.person("leo").commands("propose APX-1 to 20 March")
    await boris.says("proposals")
    await boris.presses("APX-1")
    await chen.says("proposals")
    await chen.presses("APX-1")


async def _deciding(stage: Stage, boris: Voice, chen: Voice) -> None:
    await chen.presses("Ask why")
    await boris.presses("Answer", stage.is_told("boris", "asks why"))
    await boris.says(LONG * 20)
    await chen.says("proposals")
    await chen.presses("APX-1")
    await chen.presses("Accept")
    await chen.presses("Accept", chen.answer) if "Accept" in chen.answer.labels else None
    for step in ("Other date", "Decline"):
        await boris.commands("propose APX-1 to 25 March")
        await chen.says("proposals")
        await chen.presses("APX-1")
        await chen.presses(step)
    await boris.commands("propose APX-1 to @boris")
    await chen.says("proposals")
    await chen.presses("APX-1")
    await chen.presses("Other owner")
    await boris.commands("propose APX-1 to 26 March")
    await boris.presses("Withdraw")
    await stage.person("chen").says("proposals")

    def many(uow: UnitOfWork) -> None:
        for n in range(PROPOSALS_LIMIT):
            uow.proposals.add(
                Proposal(
                    id=f"tour{n}",
                    workspace_id=TEAM,
                    milestone_id="m1",
                    verb=f"v{n}",
                    rule="move",
                    by_id=LEO.id,
                    to_id=CHEN.id,
                    made_at=stage.clock.now(),
                )
            )

    await stage.do(many)
    await stage.person("leo").commands("propose APX-1 to 1 April")
    await _where_nobody_decides(stage)


async def _where_nobody_decides(stage: Stage) -> None:
    def leave(uow: UnitOfWork) -> None:
        for person in uow.people.all(TEAM):
            if person.id != BORIS.id:
                uow.people.save(replace(person, active=False))

    before = await stage.do(lambda uow: uow.people.all(TEAM))
    await stage.do(leave)
    await stage.person("boris").commands("propose APX-1 to 3 April")
    await stage.do(lambda uow: [uow.people.save(person) for person in before])


async def _asking_why(stage: Stage) -> None:
    for who in ("boris", "vic", "ana"):
        voice = stage.person(who)
        for words in ("why can't I move APX-1 to 27 March", "why can't I drop APX-1", "why APX-1"):
            await voice.commands(words)
    await stage.person("ana").commands("why can't I unblock APX-1")


async def _resting(stage: Stage, ana: Voice) -> None:
    for words in (
        "snooze off",
        "snooze APX-1",
        "snooze APX-1 until 30 June",
        "snooze APX-1 until today",
        "snooze APX-1 off",
        "snooze APX-1 until 9 March",
        "snooze APX-1 off",
    ):
        await ana.says(words)
    await stage.person("leo").says("snooze APX-1 until 9 March")


async def _handing_over(stage: Stage) -> None:
    def parts(uow: UnitOfWork) -> None:
        two = uow.milestones.by_key(TEAM, "APX", 2)
        assert two
        yes = Criterion("tour-yes", LONG.strip(), kind=CriterionKind.APPROVAL, approver_id=ANA.id)
        uow.milestones.save(
            two.next(approver_id=ANA.id, criteria=(yes,), tasks=(Task("tour", LONG.strip(), ANA.id),))
        )

    await stage.do(parts)
    ana, dora = stage.person("ana"), stage.person("dora")
    for words in (
        "handover to @dora",
        "handover to me",
        "handover to @gus",
        "handover to @vic",
        "handover @leo to @dora",
    ):
        await ana.says(words)
    await stage.person("boris").says("handover @ana to @boris")
    await ana.says("handover @zoltan to @dora")
    await dora.says("handover @ana to @eve")
    await dora.says("handover @chen to @boris")
    await dora.presses("Hand over")
    await dora.presses("Undo all of it")
    await dora.says("handover @ana to @chen")
    asked = dora.answer
    await dora.presses("Hand over")
    await dora.presses("Hand over", asked)
    await dora.says("undo")


async def _feedback(stage: Stage) -> None:
    dora, boris = stage.person("dora"), stage.person("boris")
    await dora.says("feedback")
    await boris.says("feedback")
    await boris.presses("Leave it") if "Leave it" in boris.answer.labels else await boris.says("never mind")
    for _ in range(DAILY_LIMIT + 1):
        await boris.says(f"feedback {LONG * 20}")
    await dora.says("feedback")
