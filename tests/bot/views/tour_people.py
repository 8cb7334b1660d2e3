"""Every card about people coming, going, being set up and wanting to hear nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.domain.people import Gone
from bot.ports import UnitOfWork
from tests.bot.handlers.inviting import code_in, opens, with_links
from tests.scenarios.cast import TEAM, TELEGRAM, account
from tests.scenarios.conversation import Stage

LONG_NAME = "Maximiliana-Theodora von Hohenstauffen zu Oberursel"


async def people_come_and_go(stage: Stage) -> None:
    before = stage.dispatcher
    with_links(stage)
    await _inviting(stage)
    await _joining(stage)
    await _ending(stage)
    await _settings(stage)
    await _leaving(stage)
    await _stopping(stage)
    stage.dispatcher = before


async def _inviting(stage: Stage) -> None:
    ana, boris = stage.person("ana"), stage.person("boris")
    await ana.says("invite list")
    await ana.says("invite")
    await ana.says(f"{LONG_NAME} as external")
    await ana.presses("Nothing yet")
    await ana.says(f"invite {LONG_NAME} as viewer")
    await ana.says("invite Nina as admin")
    await ana.says("invite boris as member for APX-1")
    for number in range(4):
        await ana.says(f"invite {LONG_NAME} {number} as external for APX-1")
    revoked = ana.answer
    await ana.presses("Open invitations")
    await ana.presses("Revoke", revoked)
    await ana.presses("Revoke", revoked)
    await opens(stage, "dead", code_in(revoked))
    await boris.presses_token(revoked.token("Revoke"), boris.home)


async def _joining(stage: Stage) -> None:
    ana = stage.person("ana")
    code = code_in(await ana.says("invite Nina as external for APX-1"))
    nina, greeting = await opens(stage, "nina", code, LONG_NAME)
    await nina.presses("Language")
    await nina.presses("Start", greeting)
    await opens(stage, "late", code)
    second = code_in(await stage.person("chen").says("invite Olga as member"))
    await opens(stage, "nina", second, LONG_NAME)
    olga, _ = await opens(stage, "olga", second, LONG_NAME)
    await olga.presses("Start")
    there = stage.person("ana-tg", TELEGRAM)  # where Ana asked to be reminded
    await there.presses("Not them", stage.is_told("ana-tg", "joined by your invitation", TELEGRAM))
    await opens(stage, "nina", code_in(await stage.person("boris").says("invite Nina as member")))


async def _ending(stage: Stage) -> None:
    code = code_in(await stage.person("ana").says("invite Late as member"))
    stage.clock.jump_to(stage.clock.now() + timedelta(days=7))
    await opens(stage, "late", code)


async def _settings(stage: Stage) -> None:
    ana, dora = stage.person("ana"), stage.person("dora")
    for words in (
        "whoami", "person", "person @boris", "person @zoltan", "person @boris role lead", "person deputy",
        "person zone Atlantis", "person zone Berlin", "person department " + "Site and façade " * 4,
        "person days Mon, Wed", "person deputy @boris until 20 April", "person role admin",
    ):  # fmt: skip
        await ana.says(words)
    await stage.person("eve").says("whoami")
    for words in (
        "person @ana",
        "person role member",
        "person @boris left",
        "person @boris",
        "person @boris back",
    ):
        await dora.says(words)
    await dora.says("person @ana deputy @eve")


async def _leaving(stage: Stage) -> None:
    """A deputy hears what the owner hears, and takes over when they go."""
    dora = stage.person("dora")
    await dora.says("assign APX-2 to @ana")
    await stage.advance(timedelta(days=3))
    await dora.says("person @ana left")
    await dora.presses("Undo")
    await stage.do(lambda uow: _let_back(uow, "nina"))


def _let_back(uow: UnitOfWork, who: str) -> None:
    found = uow.people.by_ref(TEAM, account(who, TELEGRAM))
    if found:
        uow.people.save(replace(found, gone=Gone.PLATFORM))


async def _stopping(stage: Stage) -> None:
    ana = stage.person("ana")
    await ana.says("stop")
    await ana.says("stop")
    await ana.says("whoami")
    await ana.presses("Hear again")
    await stage.person("vic").says("stop")
    await stage.person("vic").says("hear again")
