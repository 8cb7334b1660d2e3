"""Opening an invitation: three taps, once, and the way back when it was the wrong person."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.domain.people import Gone, Person, Role
from bot.messages import Standing
from bot.refs import ConversationRef
from tests.bot.handlers.inviting import code_in, opens, with_links
from tests.scenarios.cast import ANA, TEAM, TELEGRAM, account
from tests.scenarios.conversation import Stage

GROUP = ConversationRef(TELEGRAM, "", "G-site")


async def invited(stage: Stage, words: str = "invite Nina as external for APX-1", who: str = "ana") -> str:
    return code_in(await with_links(stage).person(who).says(words))


async def behind(stage: Stage, who: str) -> Person | None:
    return await stage.do(lambda uow: uow.people.by_ref(TEAM, account(who, TELEGRAM)))


async def test_three_taps_from_the_link_to_being_in(stage: Stage) -> None:
    nina, greeting = await opens(
        stage, "nina", await invited(stage), "Nina Novak"
    )  # link, the chat's own Start
    assert greeting.first_line == "Ana Costa invites you to keep dates for Apex release with Milepost."
    assert "You will see your own milestones and what they wait for." in greeting.text
    assert "Type stop whenever you like." in greeting.text
    assert greeting.labels == ("Start", "Language")
    assert await behind(stage, "nina") is None
    here = await nina.presses("Start")
    assert here.first_line == "Here you are Nina Novak of Acme, as external."
    assert "Yours: APX-1 Prototype tested, Fri 13 Mar." in here.text
    joined = await behind(stage, "nina")
    assert joined
    assert joined.role is Role.EXTERNAL
    assert (await stage.milestone()).owner_id == joined.id
    assert "APX-1" in (await nina.says("mine")).text


async def test_who_invited_is_told_who_came(stage: Stage) -> None:
    nina, _ = await opens(stage, "nina", await invited(stage), "Nina Novak")
    stage.hear_everything()
    await nina.presses("Start")
    told = stage.is_told("ana", "Nina Novak joined by your invitation, as external.")
    assert "Theirs now: APX-1 Prototype tested" in told.text


async def test_looking_uses_nothing_up(stage: Stage) -> None:
    code = await invited(stage)
    await opens(stage, "preview", code)
    await opens(stage, "curious", code)
    nina, _ = await opens(stage, "nina", code)
    assert (await nina.presses("Start")).first_line.startswith("Here you are")


async def test_it_works_once(stage: Stage) -> None:
    code = await invited(stage)
    nina, _ = await opens(stage, "nina", code)
    slow, seen = await opens(stage, "slow", code)
    await nina.presses("Start")
    late = await slow.presses("Start", seen)
    assert late.first_line == "This invitation was used already: each works once."
    assert await behind(stage, "slow") is None
    _, again = await opens(stage, "third", code)
    assert again.first_line == "This invitation was used already: each works once."
    assert "Ask Ana Costa for a new one" in again.text


@pytest.mark.parametrize("code", ["open-00000000000009Z", "x" * 64, "../../etc", "%00"])
async def test_a_code_nobody_made_opens_nothing(stage: Stage, code: str) -> None:
    _, answer = await opens(with_links(stage), "mallory", code)
    assert answer.first_line == "That code does not work: it was used, it is too old, or it has a typo."
    assert await behind(stage, "mallory") is None


async def test_typed_or_pasted_the_code_greets_as_well(stage: Stage) -> None:
    code = await invited(stage)
    nina = stage.person("nina", TELEGRAM)
    assert (await nina.says(f"link {code}")).labels == ("Start", "Language")
    assert (await nina.says(code)).labels == ("Start", "Language")


async def test_the_language_is_asked_before_anybody_joins(stage: Stage) -> None:
    nina, _ = await opens(stage, "nina", await invited(stage), language="de")
    choice = await nina.presses("Language")
    assert choice.first_line == "Which language shall I use with you?"
    assert "English" in choice.labels
    greeting = await nina.presses("English")
    await nina.presses("Start", greeting)
    joined = await behind(stage, "nina")
    assert joined
    assert joined.language == "en"


async def test_their_own_language_is_kept(stage: Stage) -> None:
    nina, _ = await opens(stage, "nina", await invited(stage), language="de")
    await nina.presses("Start")
    joined = await behind(stage, "nina")
    assert joined
    assert joined.language == "de"


async def test_the_wrong_person_is_sent_away_and_what_was_given_goes_back(stage: Stage) -> None:
    code = await invited(stage)
    mallory, _ = await opens(stage, "mallory", code, "Mallory")
    await mallory.presses("Start")
    ana = stage.person("ana")
    told = stage.is_told("ana", "Mallory joined by your invitation")
    out = await ana.presses("Not them", told)
    assert out.first_line == "Mallory is out, and that link is dead."
    assert "1 milestone went back." in out.text
    assert (await stage.milestone()).owner_id == ANA.id
    refused = await mallory.says("show APX-1")
    assert "Prototype" not in refused.text
    assert refused.first_line == "You no longer belong to this team, so I can't show you its dates."
    _, again = await opens(stage, "mallory", code)
    assert again.first_line == "You were taken out of Acme."
    once_more = await ana.presses("Not them", told)
    assert once_more.first_line == "That invitation is not open any more."


async def test_a_member_cannot_bring_back_whom_the_team_sent_away(stage: Stage) -> None:
    mallory, _ = await opens(stage, "mallory", await invited(stage), "Mallory")
    await mallory.presses("Start")
    await stage.person("ana").presses("Not them", stage.is_told("ana", "Mallory joined"))
    boris = code_in(await stage.person("boris").says("invite Mal as member"))
    _, no = await opens(stage, "mallory", boris)
    assert no.first_line == "You were taken out of Acme."
    dora = code_in(await stage.person("dora").says("invite Mal as viewer"))
    voice, _ = await opens(stage, "mallory", dora)
    assert (await voice.presses("Start")).first_line == "Here you are Mallory of Acme, as viewer."


async def test_only_whoever_invited_or_leads_says_not_them(stage: Stage) -> None:
    nina, _ = await opens(stage, "nina", await invited(stage))
    await nina.presses("Start")
    told = stage.is_told("ana", "joined by your invitation")
    token = next(b.token for b in told.card.buttons if b.label == "Not them")
    stranger = await stage.person("boris").presses_token(token, stage.person("boris").home)
    assert "out of date" in stranger.first_line
    joined = await behind(stage, "nina")
    assert joined
    assert joined.active


async def test_who_is_here_already_is_told_so_and_the_code_stays_good(stage: Stage) -> None:
    nina, _ = await opens(stage, "nina", await invited(stage), "Nina Novak")
    await nina.presses("Start")
    second = code_in(await stage.person("chen").says("invite Olga as external for APX-2"))
    _, answer = await opens(stage, "nina", second)
    assert answer.first_line == "You are in Acme already, as Nina Novak."
    olga, _ = await opens(stage, "olga", second)
    assert (await olga.presses("Start")).first_line.startswith("Here you are Olga")


async def test_who_left_the_platform_comes_back_as_who_they_were(stage: Stage) -> None:
    nina, _ = await opens(stage, "nina", await invited(stage), "Nina Novak")
    await nina.presses("Start")
    was = await behind(stage, "nina")
    assert was
    await stage.do(lambda uow: uow.people.save(replace(was, active=False, gone=Gone.PLATFORM)))
    again = code_in(await stage.person("boris").says("invite Nina as member"))
    nina, _ = await opens(stage, "nina", again)
    await nina.presses("Start")
    now = await behind(stage, "nina")
    assert now
    assert (now.id, now.role, now.active) == (was.id, Role.MEMBER, True)


async def test_an_invitation_of_somebody_who_left_is_worth_nothing(stage: Stage) -> None:
    code = await invited(stage)
    nina, greeting = await opens(stage, "nina", code)
    await stage.do(lambda uow: uow.people.save(replace(ANA, active=False)))
    assert (await nina.presses("Start", greeting)).first_line.startswith("That code does not work")
    assert await behind(stage, "nina") is None


async def test_what_is_no_longer_the_inviters_is_not_given(stage: Stage) -> None:
    code = await invited(stage)
    await stage.person("dora").commands("assign APX-1 to @boris")
    nina, _ = await opens(stage, "nina", code)
    here = await nina.presses("Start")
    assert "Nothing is yours yet" in here.text
    assert (await stage.milestone()).owner_id == "boris"


async def test_pressed_in_another_chat_start_is_out_of_date(stage: Stage) -> None:
    _, greeting = await opens(stage, "nina", await invited(stage))
    mallory = stage.person("mallory", TELEGRAM)
    answer = await mallory.presses_token(greeting.token("Start"), mallory.home)
    assert answer.first_line == "That button is out of date, so nothing was changed."
    assert await behind(stage, "mallory") is None


async def test_in_a_group_nobody_is_let_in_by_a_personal_invitation(stage: Stage) -> None:
    code = await invited(stage)
    answer = await stage.person("nina", TELEGRAM).commands(f"link {code}", GROUP)
    assert "open a chat with me" in answer.first_line
    assert await behind(stage, "nina") is None


async def test_whoever_posts_anonymously_cannot_open_one(stage: Stage) -> None:
    code = await invited(stage)
    nobody = stage.person("anonymous-bot", TELEGRAM, standing=Standing.ANONYMOUS)
    assert (await nobody.says(f"link {code}")).first_line.startswith("I can't tell who you are")


async def test_a_newcomers_undo_takes_nobody_out(stage: Stage) -> None:
    """Else what was given would be left with nobody."""
    nina, _ = await opens(stage, "nina", await invited(stage), "Nina Novak")
    await nina.presses("Start")
    assert (await nina.says("undo")).first_line == "There is nothing of yours to undo."
    joined = await behind(stage, "nina")
    assert joined
    assert joined.active


async def test_who_sent_somebody_away_by_mistake_takes_it_back(stage: Stage) -> None:
    nina, _ = await opens(stage, "nina", await invited(stage), "Nina Novak")
    await nina.presses("Start")
    ana = stage.person("ana")
    out = await ana.presses("Not them", stage.is_told("ana", "Nina Novak joined"))
    boris = stage.person("boris")
    other = await boris.presses_token(out.token("Undo"), boris.home)
    assert "out of date" in other.first_line
    assert (await ana.presses("Undo", out)).first_line.startswith("Undone")
    joined = await behind(stage, "nina")
    assert joined
    assert joined.active
    assert (await stage.milestone()).owner_id == joined.id


@pytest.mark.parametrize("role", ["lead", "admin"])
async def test_whom_an_admin_raised_since_an_inviter_sends_away_no_more(stage: Stage, role: str) -> None:
    nina, _ = await opens(stage, "nina", await invited(stage, "invite Nina as member"), "Nina Novak")
    await nina.presses("Start")
    told = stage.is_told("ana", "Nina Novak joined")
    await stage.person("dora").says(f"person Nina role {role}")
    answer = await stage.person("ana").presses("Not them", told)
    assert answer.first_line == f"Nina Novak is {role} here, so only an admin can decide that."
    assert "Ask Dora Admin" in answer.text
    joined = await behind(stage, "nina")
    assert joined
    assert joined.active
