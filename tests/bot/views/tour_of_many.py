"""What is said about several milestones at once: bulk, paste, series, owners to come, copies."""

from __future__ import annotations

from bot.ports import Filter
from tests.scenarios.cast import APEX, APEX_HOME, TEAM
from tests.scenarios.conversation import Stage, Voice

_LONG = "Uninterruptedly waterproofed underground car park ramp "


async def many_at_once(stage: Stage) -> None:
    chen = stage.person("chen")
    await _pasting(stage, chen)
    await _together(stage, chen)
    await _refused(stage, chen)
    await _coming_again(stage, chen)
    await _copying(stage, chen)


async def key_of(stage: Stage, title: str) -> str:
    """The newest open milestone of that name."""
    page = await stage.do(lambda uow: uow.milestones.page(TEAM, Filter(project_id=APEX.id), 1, 200))
    return max((m for m in page.milestones if m.title.startswith(title)), key=lambda m: m.number).key


async def _pasting(stage: Stage, chen: Voice) -> None:
    await chen.says("paste", where=APEX_HOME)
    rows = "".join(
        f"{title} {_LONG * 2}\t{owner}\t12 June 2026\n"
        for title, owner in (("Ramp", "ana"), ("Gate", "ana"), ("Pump", "boris"), ("Lamp", "boris"))
    )
    wrong = f"{_LONG * 5}\tana\tsoon\n{_LONG}\tZorro\t12 June 2026\n\tana\t1 May 2020\n"
    shown = await chen.says(f"Milestone\tOwner\tDue\tColour\n{rows}{rows}{wrong}", where=APEX_HOME)
    await chen.presses("Add all 4", shown, where=APEX_HOME)
    await chen.presses("Add all 4", shown, where=APEX_HOME)
    await chen.says("Milestone\tDue\nA\t5/6/2026\n", where=APEX_HOME)
    await chen.says("Alpha built\tgreen\nBeta built\tred\n", where=APEX_HOME)
    await chen.says("Milestone\tDue\n" + "x\t12 June\n" * 300, where=APEX_HOME)
    await chen.says("Milestone\tDue\n" + "x" * 70_000 + "\t12 June\n", where=APEX_HOME)


async def _together(stage: Stage, chen: Voice) -> None:
    ana = stage.person("ana")
    keys = [await key_of(stage, title) for title in ("Ramp", "Gate", "Pump", "Lamp")]
    listed = ", ".join(keys)
    await chen.commands(f"move {listed} by 2 working days")
    done = await chen.presses("Do all 4")
    await ana.commands(f"block {keys[0]} waiting on the city's office for the permit")
    await chen.presses("Undo", done, where=APEX_HOME)
    await chen.presses("Undo the other 3")
    await chen.commands(f"{listed} to @leo")
    await chen.presses("Choose")
    await chen.presses(f"Without {keys[0]}")
    shown = await chen.presses("Do all")
    await chen.presses("Undo", shown, where=APEX_HOME)
    await chen.commands("new Fence painted by 19 June @chen")
    fence = await key_of(stage, "Fence")
    await chen.commands(f"{fence} and {keys[3]} to @dora")
    await chen.presses("Do all 2")
    await chen.presses("Undo", stage.shows(fence))
    boris = stage.person("boris")
    await boris.commands(f"move {fence} and {keys[0]} to 19 June")
    await boris.presses("Propose the other")


async def _refused(stage: Stage, chen: Voice) -> None:
    ramp, gate = await key_of(stage, "Ramp"), await key_of(stage, "Gate")
    await chen.commands(f"{ramp} and APX-9999 to @ana")
    await chen.commands(f"show {ramp} and {gate}")
    await chen.commands("move everything of phase Nowhere by 2 days")
    await chen.commands("move everything of @gus by 2 days")
    await chen.commands("move " + " ".join(f"APX-{n}" for n in range(1, 300)) + " by 2 days")
    await stage.person("vic").commands(f"move {ramp} and {gate} by 2 days")
    asked = await stage.person("ana").commands(f"drop {ramp} and {gate} because it is not needed")
    await stage.person("chen").presses("Propose the other", asked, where=APEX_HOME)


async def _coming_again(stage: Stage, chen: Voice) -> None:
    await chen.commands("stop the series", where=None)
    await chen.commands("new Fire drill held every last Friday, 6 times @ana")
    await chen.commands("new Tower crane inspected every 2 weeks on Monday @boris")
    await chen.commands("stop the series")
    drill = await key_of(stage, "Fire drill")
    await chen.commands(f"assign {drill} to @boris")
    await chen.presses("This and following")
    await chen.commands(f"repeat {drill} every week")
    ended = await chen.commands(f"end-series {drill}")
    await chen.commands(f"end-series {drill}")
    await chen.presses("Undo", ended, where=APEX_HOME)
    await chen.commands("repeat APX-2")
    await chen.commands("new Report filed every 0 weeks @ana")
    await stage.person("ana").commands(f"new {_LONG}approved by 19 June @Electrician tbd")


async def _copying(stage: Stage, chen: Voice) -> None:
    await chen.says("copy APX-2 to 12 June")
    shown = await chen.says(f"copy project APX as {_LONG[:50]} starting 4 May")
    await chen.presses("Copy all", shown)
    await chen.presses("Copy all", shown)
    await chen.says("copy project Atlantis as Lakeside starting 4 May")
    await chen.says("copy project APX as APX starting 4 May")
    await chen.says("never mind")
