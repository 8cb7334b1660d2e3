"""settings: read by anyone, changed by who leads; working days, holidays and hours really count."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any

import pytest

from bot.domain.people import NO_HOLIDAYS, Completing, Project, Workspace
from bot.refs import ConversationRef
from tests.scenarios.cast import APEX, APEX_HOME, NEIGHBOURS, SLACK, TEAM, TENANT
from tests.scenarios.conversation import Stage


async def apex(stage: Stage) -> Project:
    found = await stage.do(lambda uow: uow.projects.get(TEAM, APEX.id))
    assert found
    return found


async def team(stage: Stage, workspace: str = TEAM) -> Workspace:
    found = await stage.do(lambda uow: uow.workspaces.get(workspace))
    assert found
    return found


@pytest.mark.parametrize(
    ("words", "field", "value"),
    [
        ("settings digest 8:30", "digest_at", time(8, 30)),
        ("settings working days Mon-Sat", "week", frozenset(range(6))),
        ("settings days Sun to Thu", "week", frozenset({6, 0, 1, 2, 3})),
        ("settings hours 7:00-16:00", "opens", time(7)),
        ("settings zone Berlin", "zone", "Europe/Berlin"),
        ("settings holidays DE Bavaria", "region", "BY"),
        ("settings holidays none", "country", NO_HOLIDAYS),
        ("settings APX lead Ana", "lead_id", "ana"),
        ("settings channel none", "home", None),
    ],
)
async def test_each_setting_is_one_line_and_one_undo(
    stage: Stage, words: str, field: str, value: Any
) -> None:
    chen = stage.person("chen")
    answer = await chen.commands(words)
    assert getattr(await apex(stage), field) == value
    await chen.presses("Undo", answer)
    assert await apex(stage) == APEX


@pytest.mark.parametrize(
    "words",
    ["digest late", "digest 25:00", "working days Funday", "hours 16-7", "zone Atlantis", "holidays Narnia",
     "holidays DE Mordor", "lead Nobody", "days"],
)  # fmt: skip
async def test_what_cannot_be_read_is_asked_and_changes_nothing(quick_stage: Stage, words: str) -> None:
    chen = quick_stage.person("chen")
    answer = await chen.commands(f"settings {words}")
    assert answer.text
    assert await apex(quick_stage) == APEX


async def test_a_question_is_answered_by_typing(quick_stage: Stage) -> None:
    chen = quick_stage.person("chen")
    answer = await chen.commands("settings holidays DE Mordor")
    assert "Germany has the regions" in answer.first_line
    await chen.says("DE Hessen", APEX_HOME)
    assert (await apex(quick_stage)).region == "HE"


@pytest.mark.parametrize("who", ["ana", "vic"])
async def test_anyone_reads_them_and_others_change_nothing(quick_stage: Stage, who: str) -> None:
    person = quick_stage.person(who)
    answer = await person.commands("settings")
    assert answer.first_line == "Apex release works Mon–Fri, 9:00–18:00."
    assert "Chen Wei" in answer.text
    refused = await person.commands("settings digest 8:30")
    assert refused.first_line == "Only Chen Wei (lead) or an admin can change Apex release."
    assert await apex(quick_stage) == APEX


async def test_holidays_count_in_distances_and_are_challenged_as_dates(quick_stage: Stage) -> None:
    chen = quick_stage.person("chen")
    await chen.commands("settings holidays DE Bavaria")
    answer = await chen.commands("new Shell inspected by 3 April @ana")
    assert "Fri 3 Apr" in answer.first_line
    assert not await quick_stage.has("APX-3")
    await chen.presses("Thu 2 Apr", answer)
    answer = await chen.commands("move APX-3 to 7 April")
    project = await apex(quick_stage)
    assert project.calendar.between(date(2026, 4, 2), date(2026, 4, 7)) == 1
    assert "in 24 working days" in answer.text


async def test_reminders_and_digests_keep_the_projects_holidays_and_hour(stage: Stage) -> None:
    """Good Friday and Easter Monday are off: what is due on Tuesday is announced the Thursday before."""
    chen = stage.person("chen")
    await chen.commands("settings holidays DE Bavaria")
    await chen.commands("settings digest 8:30")
    await chen.commands("new Shell inspected by 7 April @ana")
    await stage.at(datetime(2026, 4, 1, 12, tzinfo=UTC))
    stage.hear_everything()
    heard = {message.ref for message in stage.adapters["slack"].sent}
    await stage.at(datetime(2026, 4, 6, 23, tzinfo=UTC))
    new = [m for m in stage.adapters["slack"].sent if m.ref not in heard and "T1" in str(m.ref)]
    days = {m.at.date() for m in new if "Shell inspected" in m.text or "Apex release" in m.text}
    assert days == {date(2026, 4, 2)}
    digest = stage.shows("Apex release, Thu 2 Apr")
    assert digest.at.time() == time(8, 30)


async def test_the_copy_of_the_holidays_is_the_projects_own(
    quick_stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    chen = quick_stage.person("chen")
    await chen.commands("settings holidays DE Bavaria")
    before = await apex(quick_stage)
    monkeypatch.setattr("bot.domain.public_holidays.days_off", lambda place, year: frozenset())
    assert (await apex(quick_stage)).holidays == before.holidays
    assert date(2026, 1, 6) in before.holidays
    assert {day.year for day in before.holidays} == set(range(2025, 2032))


async def test_the_form_sets_all_of_it_at_once_with_one_undo(quick_stage: Stage) -> None:
    chen = quick_stage.person("chen")
    form = (await chen.commands("set up", form=True)).form
    assert [field.name for field in form.fields] == [
        "set_zone", "set_days", "set_hours", "set_holidays", "set_lead", "set_digest",
    ]  # fmt: skip
    await chen.submits(set_zone="Berlin", set_days="Mon-Sat", set_hours="7-16", set_holidays="de-by",
                       set_lead="ana", set_digest="7:30")  # fmt: skip
    project = await apex(quick_stage)
    assert (project.zone, project.country, project.region) == ("Europe/Berlin", "DE", "BY")
    assert (project.lead_id, project.digest_at, project.closes) == ("ana", time(7, 30), time(16))
    await chen.says("undo")
    assert await apex(quick_stage) == APEX


async def test_setting_up_a_channel_that_is_nobodys_starts_its_project(quick_stage: Stage) -> None:
    site = ConversationRef(SLACK, TENANT, "C-site")
    ana = quick_stage.person("ana")
    await ana.commands("set up", site, form=True)
    await ana.submits(set_zone="Berlin", set_holidays="DE Bavaria")
    made = await quick_stage.do(lambda uow: uow.projects.by_home(TEAM, site))
    assert made is not None
    assert (made.name, made.lead_id, made.zone, made.region) == ("C-site", "ana", "Europe/Berlin", "BY")


@pytest.mark.parametrize("who", ["vic", "eve"])
async def test_who_only_looks_on_sets_up_no_channel(quick_stage: Stage, who: str) -> None:
    site = ConversationRef(SLACK, TENANT, "C-site")
    await quick_stage.person(who).commands("set up", site, form=True)
    assert await quick_stage.do(lambda uow: uow.projects.by_home(TEAM, site)) is None


async def test_a_form_with_something_unreadable_stays_open_and_saves_nothing(quick_stage: Stage) -> None:
    chen = quick_stage.person("chen")
    await chen.commands("set up", form=True)
    answer = await chen.submits(set_zone="Atlantis", set_days="Mon-Sat", set_hours="16-7", set_lead="zoe")
    assert set(answer.errors) == {"set_zone", "set_hours", "set_lead"}
    assert await apex(quick_stage) == APEX


async def test_a_form_of_somebody_who_does_not_lead_changes_nothing(quick_stage: Stage) -> None:
    chen, ana = quick_stage.person("chen"), quick_stage.person("ana")
    token = (await chen.commands("set up", form=True)).form.token
    await ana.submits(token, APEX_HOME, set_zone="Berlin")
    assert await apex(quick_stage) == APEX


async def test_where_no_form_can_be_shown_it_is_one_question_after_another(quick_stage: Stage) -> None:
    chen = quick_stage.person("chen")
    answer = await chen.says("set up")
    assert answer.first_line == "In which time zone is Apex release?"
    await chen.says("Berlin")
    await chen.presses("Mon–Sat")
    await chen.presses("Skip")
    answer = await chen.says("DE Bavaria")
    assert answer.first_line == "Who leads Apex release?"
    answer = await chen.presses("Finish later")
    project = await apex(quick_stage)
    assert (project.zone, project.region, len(project.week)) == ("Europe/Berlin", "BY", 6)
    assert "set any time" in answer.text


@pytest.mark.parametrize(
    ("words", "field", "value"),
    [
        ("settings evidence keep", "keep_evidence", True),
        ("settings who may complete anyone", "completing", Completing.ANYONE),
        ("settings completing lead", "completing", Completing.LEAD),
    ],
)
async def test_what_concerns_the_team_is_an_admins(
    quick_stage: Stage, words: str, field: str, value: Any
) -> None:
    before = await team(quick_stage)
    refused = await quick_stage.person("chen").commands(words)
    assert refused.first_line == "Only Dora Admin (admin) can change that for the team."
    assert await team(quick_stage) == before
    dora = quick_stage.person("dora")
    answer = await dora.commands(words)
    assert getattr(await team(quick_stage), field) == value
    await dora.presses("Undo", answer)
    assert await team(quick_stage) == before


@pytest.mark.parametrize(
    "words", ["settings language Klingon", "settings evidence maybe", "settings completing dogs"]
)
async def test_the_teams_settings_take_nothing_else(quick_stage: Stage, words: str) -> None:
    before = await team(quick_stage)
    answer = await quick_stage.person("dora").commands(words)
    assert answer.labels
    assert await team(quick_stage) == before


@pytest.mark.parametrize(
    ("setting", "who", "may"),
    [("owner", "ana", True), ("owner", "boris", False), ("lead", "ana", False), ("lead", "chen", True),
     ("anyone", "boris", True), ("anyone", "vic", False), ("anyone", "eve", False)],
)  # fmt: skip
async def test_who_may_mark_done_is_as_set(quick_stage: Stage, setting: str, who: str, may: bool) -> None:
    await quick_stage.person("dora").commands(f"settings completing {setting}")
    person = quick_stage.person(who)
    await person.commands("done APX-1")
    if may:
        await person.presses("report filed")
    assert (await quick_stage.milestone("APX-1")).is_open is not may


async def test_another_team_keeps_its_own(quick_stage: Stage) -> None:
    before = await team(quick_stage, NEIGHBOURS)
    await quick_stage.person("dora").commands("settings evidence keep")
    await quick_stage.person("dora").says("settings SEC digest 8:30")
    assert await team(quick_stage, NEIGHBOURS) == before


async def test_an_outsider_sees_no_settings(quick_stage: Stage) -> None:
    assert "Chen" not in (await quick_stage.person("eve").says("settings APX")).text
