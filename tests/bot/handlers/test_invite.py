"""Inviting: the link, the questions, the list, taking it back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.cards import Picture
from bot.domain.people import Identity, Role
from bot.domain.scannable import Scannable
from bot.language.inviting import ROLE_WORDS
from bot.ports import KnownPlace
from tests.bot.handlers.inviting import ADDRESS, code_in, opens, with_links
from tests.bot.handlers.test_link import GROUP
from tests.scenarios.cast import TEAM, TELEGRAM, account
from tests.scenarios.conversation import Stage


async def open_invitations(stage: Stage) -> int:
    return len(await stage.do(lambda uow: uow.invitations.open(TEAM, stage.clock.now())))


async def test_one_sentence_makes_a_link_with_its_picture(stage: Stage) -> None:
    answer = await with_links(stage).person("ana").says("invite Nina as external for APX-1")
    assert answer.first_line == "Pass this on to Nina: it works once, until Mon 9 Mar."
    assert f"{ADDRESS}open-" in answer.text
    assert "They join as external, for APX-1 Prototype tested, Fri 13 Mar." in answer.text
    assert answer.labels == ("Revoke", "Open invitations", "Another")
    (picture,) = (b for b in answer.card.blocks if isinstance(b, Picture))
    assert picture.subject == Scannable(ADDRESS + code_in(answer))
    assert picture.alt == "Code to scan: it opens the invitation until Mon 9 Mar"
    assert picture.text == ADDRESS + code_in(answer)


async def test_without_a_link_it_is_a_code_to_send(stage: Stage) -> None:
    answer = await stage.person("ana").says("invite Nina as member")
    assert "send me link code-" in answer.text
    assert not any(isinstance(b, Picture) for b in answer.card.blocks)


async def test_the_code_is_kept_only_as_its_hash(stage: Stage) -> None:
    code = code_in(await with_links(stage).person("ana").says("invite Nina as member"))
    assert await stage.do(lambda uow: uow.invitations.get(code)) is None


async def test_nothing_said_is_asked_by_buttons_in_two_questions(stage: Stage) -> None:
    ana = with_links(stage).person("ana")
    asked = await ana.says("invite")
    assert asked.first_line == "Whom do you invite, and as what?"
    assert asked.labels[:3] == ("External", "Member", "Viewer")
    which = await ana.presses("External")
    assert which.first_line == "Which milestone will be theirs?"
    made = await ana.presses("APX-1")
    assert "as external, for APX-1" in made.text
    assert await open_invitations(stage) == 1


async def test_the_question_can_be_answered_in_words(stage: Stage) -> None:
    ana = with_links(stage).person("ana")
    await ana.says("invite Nina")
    made = await ana.says("as external for APX-1")
    assert made.first_line == "Pass this on to Nina: it works once, until Mon 9 Mar."


async def test_somebody_from_outside_may_come_before_their_work_does(stage: Stage) -> None:
    ana = with_links(stage).person("ana")
    await ana.says("invite Nina as external")
    made = await ana.presses("Nothing yet")
    assert "They join as external. They see what is theirs" in made.text


async def test_several_milestones_in_one_invitation(stage: Stage) -> None:
    answer = await with_links(stage).person("chen").says("invite Nina as external for APX-1 and 2")
    assert "APX-1 Prototype tested" in answer.text
    assert "APX-2 Beta released" in answer.text


async def test_only_what_is_mine_to_give_can_be_promised(stage: Stage) -> None:
    answer = await with_links(stage).person("ana").says("invite Nina as external for APX-2")
    assert answer.first_line.startswith("Only Chen Wei")
    assert await open_invitations(stage) == 0


async def test_a_milestone_that_is_not_there_is_said(stage: Stage) -> None:
    answer = await with_links(stage).person("ana").says("invite Nina as external for APX-99")
    assert answer.first_line == "I don't know a milestone called “APX-99” here."


@pytest.mark.parametrize("role", ["admin", "lead"])
async def test_power_is_an_admins_to_give(stage: Stage, role: str) -> None:
    answer = await with_links(stage).person("ana").says(f"invite Nina as {role}")
    assert answer.first_line == f"Only an admin can invite somebody as {role}."
    assert (await stage.person("ana").presses("As member", answer, stage.person("ana").home)).text.count(
        "member"
    )
    allowed = await stage.person("dora").says(f"invite Nina as {role}")
    assert allowed.first_line.startswith("Pass this on to Nina")


@pytest.mark.parametrize("who", ["eve", "vic"])
async def test_who_looks_on_or_comes_from_outside_invites_nobody(stage: Stage, who: str) -> None:
    answer = await with_links(stage).person(who).says("invite Nina as member")
    assert answer.first_line.startswith("Only ")
    assert await open_invitations(stage) == 0


async def test_a_colleague_needs_no_invitation(stage: Stage) -> None:
    ana = with_links(stage).person("ana")
    answer = await ana.says("invite Boris as external for APX-1")
    assert answer.first_line == "Boris Novak is here already."
    assert answer.labels == ("Give them APX-1", "Show them", "Somebody else")
    other = await ana.presses("Somebody else")
    assert other.first_line == "Pass this on to Boris: it works once, until Mon 9 Mar."


async def test_the_list_shows_what_is_open_and_takes_it_back(stage: Stage) -> None:
    ana = with_links(stage).person("ana")
    code = code_in(await ana.says("invite Nina as external for APX-1"))
    listed = await ana.says("invite list")
    assert listed.first_line == "1 invitation is open."
    assert "Nina · external · APX-1 · by Ana Costa · until Mon 9 Mar" in listed.text
    taken = await ana.presses("Revoke Nina")
    assert taken.first_line == "Revoked: the invitation for Nina opens nothing any more."
    _, dead = await opens(stage, "nina", code)
    assert dead.first_line == "This invitation was taken back, so it opens nothing."
    assert "Ask Ana Costa for a new one" in dead.text


async def test_revoking_by_name(stage: Stage) -> None:
    ana = with_links(stage).person("ana")
    await ana.says("invite Nina as member")
    assert (await ana.says("invite revoke nina")).first_line.startswith("Revoked: the invitation for Nina")
    assert (await ana.says("invite revoke nina")).first_line == "No invitation is open."


async def test_others_invitations_are_not_mine_to_see_or_take_back(stage: Stage) -> None:
    ana, boris = with_links(stage).person("ana"), stage.person("boris")
    made = await ana.says("invite Nina as member")
    assert (await boris.says("invite list")).first_line == "No invitation is open."
    token = made.token("Revoke")
    answer = await boris.presses_token(token, boris.home)
    assert answer.first_line == "That button is out of date, so nothing was changed."
    assert (await stage.person("dora").says("invite list")).first_line == "1 invitation is open."
    assert await open_invitations(stage) == 1


async def test_revoking_twice_says_so(stage: Stage) -> None:
    ana = with_links(stage).person("ana")
    made = await ana.says("invite Nina as member")
    await ana.presses("Revoke", made)
    assert (await ana.presses("Revoke", made)).first_line == "That invitation is not open any more."


async def test_in_a_group_the_link_goes_by_direct_message(stage: Stage) -> None:
    ana = with_links(stage).person("ana")
    private = (await ana.commands("invite Nina as member")).reply
    assert private
    assert private.audience == "sender"  # where a platform can answer privately, it does
    await stage.do(lambda uow: _linked(uow, stage))
    there = (await stage.person("ana-tg", TELEGRAM).commands("invite Nina as member", GROUP)).reply
    assert there
    assert there.audience == "direct"


def _linked(uow, stage: Stage) -> None:  # type: ignore[no-untyped-def]
    uow.people.add_identity(Identity("ana", TEAM, account("ana-tg", TELEGRAM)), stage.clock.now())
    uow.places.put(KnownPlace(TEAM, GROUP, "site", is_direct=False))


async def test_it_ends_after_a_week(stage: Stage) -> None:
    code = code_in(await with_links(stage).person("ana").says("invite Nina as member"))
    stage.clock.jump_to(stage.clock.now() + timedelta(days=7))
    _, late = await opens(stage, "nina", code)
    assert late.first_line == "This invitation was good until Mon 9 Mar."
    assert await stage.do(lambda uow: uow.people.by_ref(TEAM, account("nina", TELEGRAM))) is None
    assert (await stage.person("ana").says("invite list")).first_line == "No invitation is open."


def test_every_role_can_be_invited_by_some_word() -> None:
    assert set(ROLE_WORDS.values()) == set(Role)
