"""Whoever leaves the platform's team, or the group they were known by, has left here, too."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.people import Gone, Person, Role
from bot.messages import PersonLeft, ProfileChanged, Standing
from bot.refs import ConversationRef
from tests.bot.dispatcher.test_arrivals import GROUP, arrives, linked_group
from tests.bot.handlers.inviting import code_in, opens, with_links
from tests.scenarios.cast import SLACK, TEAM, TELEGRAM, TENANT, account
from tests.scenarios.conversation import Stage

NOWHERE = ConversationRef(SLACK, TENANT, "D-")


async def behind(stage: Stage, who: str, platform: str = SLACK) -> Person:
    found = await stage.do(lambda uow: uow.people.by_ref(TEAM, account(who, platform)))
    assert found
    return found


async def test_a_deactivated_account_is_out_at_once_and_its_work_handed_over(stage: Stage) -> None:
    stage.hear_everything()
    await arrives(stage.person("boris"), PersonLeft, NOWHERE)
    assert (await behind(stage, "boris")).gone is Gone.PLATFORM
    assert (await stage.milestone("APX-2")).owner_id == "chen"
    stage.is_told("chen", "Boris Novak left, so I send nothing there any more.")


async def test_reactivated_they_are_back_with_their_role(stage: Stage) -> None:
    await arrives(stage.person("boris"), PersonLeft, NOWHERE)
    await arrives(stage.person("boris"), ProfileChanged, NOWHERE)
    back = await behind(stage, "boris")
    assert (back.active, back.gone, back.role) == (True, None, Role.MEMBER)


async def test_whom_the_team_sent_away_does_not_come_back_by_a_word(stage: Stage) -> None:
    await stage.person("dora").says("person @boris left")
    answer = await stage.person("boris").says("mine")
    assert answer.first_line.startswith("You no longer belong")
    assert not (await behind(stage, "boris")).active


async def test_leaving_twice_changes_nothing_more(stage: Stage) -> None:
    boris = stage.person("boris")
    await arrives(boris, PersonLeft, NOWHERE)
    before = await stage.milestone("APX-2")
    await arrives(boris, PersonLeft, NOWHERE)
    assert await stage.milestone("APX-2") == before


async def test_a_stranger_who_leaves_is_nobody(stage: Stage) -> None:
    await arrives(stage.person("nobody"), PersonLeft, NOWHERE)
    assert await stage.do(lambda uow: uow.people.by_ref(TEAM, account("nobody"))) is None


async def test_who_leaves_the_group_they_are_known_by_keeps_no_direct_access(stage: Stage) -> None:
    await linked_group(stage)
    mate = stage.person("mate", TELEGRAM, name="Mate Horvat")
    await mate.commands("new Roof closed by 6 March me", GROUP)
    assert "GST-2" in (await mate.says("mine")).text
    await arrives(mate, PersonLeft, GROUP)
    gone = await mate.says("mine")
    assert "GST-2" not in gone.text
    assert (await behind(stage, "mate", TELEGRAM)).gone is Gone.PLATFORM


async def test_back_in_the_group_they_are_back(stage: Stage) -> None:
    await linked_group(stage)
    mate = stage.person("mate", TELEGRAM)
    await mate.commands("status", GROUP)
    await arrives(mate, PersonLeft, GROUP)
    outside = mate.standing(Standing.GUEST)
    assert "no longer belong" in (await outside.commands("status", GROUP)).first_line
    assert "GST-1" in (await mate.commands("status", GROUP)).text
    assert (await behind(stage, "mate", TELEGRAM)).active


async def test_who_has_another_way_in_only_left_a_group(stage: Stage) -> None:
    ana = await linked_group(stage)
    await arrives(ana, PersonLeft, GROUP)
    assert (await behind(stage, "ana-tg", TELEGRAM)).active


async def test_who_was_invited_stays_when_they_leave_a_group(stage: Stage) -> None:
    await linked_group(stage)
    code = code_in(await with_links(stage).person("ana").says("invite Nina as member"))
    nina, _ = await opens(stage, "nina", code)
    await nina.presses("Start")
    await nina.commands("status", GROUP)
    await arrives(nina, PersonLeft, GROUP)
    assert (await behind(stage, "nina", TELEGRAM)).active


async def test_leaving_some_other_group_means_nothing(stage: Stage) -> None:
    await linked_group(stage)
    mate = stage.person("mate", TELEGRAM)
    await mate.commands("status", GROUP)
    await arrives(mate, PersonLeft, ConversationRef(TELEGRAM, "", "G-elsewhere"))
    assert (await behind(stage, "mate", TELEGRAM)).active


async def test_a_role_follows_the_platform_until_an_admin_gives_one(stage: Stage) -> None:
    newcomer = stage.person("newcomer", standing=Standing.ADMIN)
    await newcomer.commands("status")
    assert (await behind(stage, "newcomer")).role is Role.ADMIN
    await newcomer.standing(Standing.MEMBER).commands("status")
    assert (await behind(stage, "newcomer")).role is Role.MEMBER
    await arrives(newcomer.standing(Standing.GUEST), ProfileChanged, NOWHERE)
    assert (await behind(stage, "newcomer")).role is Role.EXTERNAL
    given = await behind(stage, "newcomer")
    await stage.do(lambda uow: uow.people.save(replace(given, role=Role.LEAD, follows=False)))
    await newcomer.commands("status")
    assert (await behind(stage, "newcomer")).role is Role.LEAD


async def test_where_slack_says_nothing_nobodys_role_is_guessed(stage: Stage) -> None:
    newcomer = stage.person("newcomer", standing=Standing.ADMIN)
    await newcomer.commands("status")
    await newcomer.standing(Standing.ANONYMOUS).commands("status")
    assert (await behind(stage, "newcomer")).role is Role.ADMIN


async def test_a_guest_sees_what_is_theirs_and_no_more(stage: Stage) -> None:
    guest = stage.person("guest", standing=Standing.GUEST)
    assert "Ana" not in (await guest.commands("status")).text
    assert (await guest.commands("show APX-1")).first_line == "I don't know a milestone called “APX-1” here."
    await stage.person("dora").commands("assign APX-1 to @guest")
    assert "APX-1" in (await guest.commands("show APX-1")).first_line
