"""Everything about projects, phases, settings, plans and going live, said once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.refs import ConversationRef
from tests.scenarios.cast import APEX_HOME, SLACK, TEAM, TENANT
from tests.scenarios.conversation import Stage
from tests.scenarios.voice import Voice

SITE = ConversationRef(SLACK, TENANT, "C-site")
LONGEST = ("Wohnanlage Riverside mit Tiefgarage und Kindertagesstätte, Bauabschnitt " * 3)[:80].strip()


async def setting_up(stage: Stage) -> None:
    chen, dora, ana = stage.person("chen"), stage.person("dora"), stage.person("ana")
    await _no_project_yet(stage)
    await _projects(chen, dora, ana)
    await _phases(chen, ana)
    await _settings(chen, dora, ana)
    await _plans(chen, ana)
    await _live(stage, chen, dora, ana)
    await _away(chen, ana)


async def _no_project_yet(stage: Stage) -> None:
    olaf = stage.person("olaf", tenant="T2")
    await olaf.says("project archive SEC")
    await olaf.presses("Leave")
    for words in ("project", "projects", "settings", "settings digest 8:30", "plan", "never mind"):
        await olaf.says(words)
    await olaf.says("undo")


async def _projects(chen: Voice, dora: Voice, ana: Voice) -> None:
    for words in ("projects", "project", "project Nowhere", "new project", "new project Apex release"):
        await ana.says(words)
    await ana.says(f"new project {'x' * 300}")
    await ana.says("never mind")
    await dora.says(f"new project {LONGEST}")
    await dora.commands(f"project {LONGEST} channel here")
    await dora.says("never mind", APEX_HOME)
    for words in (
        "rename",
        "scope",
        f"scope {'x' * 400}",
        "zone Atlantis",
        "lead Nobody",
        "lead Eve",
        "start someday",
        f"scope {LONGEST * 3}",
        "goals one; two; three",
        f"client {LONGEST}",
        f"department {LONGEST}",
    ):
        await chen.commands(f"project {words}")
    await chen.commands("undo")
    await chen.commands("project APX")
    await ana.commands("project rename Mine")
    changed = await chen.commands("project client Somebody")
    await ana.presses_token(changed.token("Undo"), APEX_HOME)
    await chen.commands("project client Somebody else")
    await chen.presses_token(changed.token("Undo"), APEX_HOME)


async def _phases(chen: Voice, ana: Voice) -> None:
    for words in (
        "phase",
        "phase add",
        f"phase add {LONGEST}, Build",
        "phase",
        "phase Build",
        "phase Nowhere",
        f"phase Build ends when {LONGEST * 2}",
        "phase exit Build",
        "phase rename Build",
        "phase order",
        "phase APX-1",
        "phase APX-1 Build",
        "phase APX-1 Build",
        "phase Build",
        "status",
        "phase add Build",
        "phase remove Build",
        "undo",
    ):
        await chen.commands(words)
    await ana.commands("phase add More")


async def _settings(chen: Voice, dora: Voice, ana: Voice) -> None:
    await ana.commands("settings")
    for words in (
        "holidays DE Bavaria",
        "holidays refresh",
        "holidays Narnia",
        "holidays DE Mordor",
        "days",
        "hours 9-8",
        "digest",
        "lead",
        "channel none",
        "APX channel here",
        "zone",
        "digest 9:00",
    ):
        await chen.commands(f"settings {words}")
    await chen.commands("set up")
    for _ in range(5):
        await chen.presses("Skip")
    await chen.presses("Finish later")
    await chen.commands("settings")
    await chen.commands("settings evidence keep")
    for words in (
        "evidence",
        "evidence maybe",
        "language",
        "completing",
        "completing anyone",
        "completing owner",
    ):
        await dora.commands(f"settings {words}")


async def _plans(chen: Voice, ana: Voice) -> None:
    await chen.commands("plan")
    await chen.presses("Go on")
    await chen.says(LONGEST * 2, APEX_HOME)
    await chen.says("Not a date", APEX_HOME)
    await chen.presses("Finish later") if "Finish later" in chen.answer.labels else None
    await chen.commands("plan")
    await ana.commands("plan")
    await ana.commands("plan", SITE)
    await ana.presses("Skip")
    await ana.says(", ;", SITE)
    await ana.presses("Finish later")


async def _live(stage: Stage, chen: Voice, dora: Voice, ana: Voice) -> None:
    await ana.commands("go live")
    await stage.person("vic").commands("go live")
    await dora.commands("go live")
    await dora.commands("rehearse")
    await dora.commands("rehearse")
    await chen.commands("assign APX-1 to @boris")
    await chen.commands("live")
    await stage.advance(timedelta(days=9))

    def unreachable(uow) -> None:  # type: ignore[no-untyped-def]
        for identity in uow.people.identities(TEAM, "boris"):
            uow.people.save_identity(replace(identity, reachable=False))

    await stage.do(unreachable)
    await chen.commands("live")
    await chen.presses("Go live")
    await chen.presses("Back to rehearsal")
    await chen.commands("undo")


async def _away(chen: Voice, ana: Voice) -> None:
    await chen.commands("project back")
    await chen.commands("project archive")
    await chen.presses("Leave")
    await chen.says("project archive APX")
    await chen.says("project APX")
    await ana.says("done APX-1")
    await chen.says("project back APX")
