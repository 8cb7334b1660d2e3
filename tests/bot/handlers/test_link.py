from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.people import Identity, Role
from bot.messages import PlaceKind, Standing
from bot.refs import ConversationRef
from tests.scenarios.cast import ANA, NEIGHBOURS, TEAM, TELEGRAM, account
from tests.scenarios.conversation import Stage, Voice

GROUP = ConversationRef(TELEGRAM, "", "G-site")
BAD_CODE = "That code does not work: it was used, it is too old, or it has a typo."


async def code(voice: Voice, words: str = "link") -> str:
    answer = await voice.says(words)
    return answer.text.split("send me link ")[1].split()[0]


async def people(stage: Stage) -> int:
    return len(await stage.do(lambda uow: uow.people.all(TEAM)))


async def person_behind(stage: Stage, who: str, platform: str = TELEGRAM) -> str:
    found = await stage.do(lambda uow: uow.people.by_ref(TEAM, account(who, platform)))
    return found.id if found else ""


async def test_a_code_makes_another_account_the_same_person(stage: Stage) -> None:
    secret = await code(stage.person("ana"))
    there, before = stage.person("ana-tg", TELEGRAM), await people(stage)
    answer = await there.says(f"link {secret}")
    assert answer.first_line == "Linked: here you are Ana Costa of Acme."
    assert await person_behind(stage, "ana-tg") == ANA.id
    assert await people(stage) == before
    assert "APX-1" in (await there.says("mine")).text


async def test_a_code_alone_is_enough_where_nobody_is_known(stage: Stage) -> None:
    secret = await code(stage.person("ana"))
    await stage.person("ana-tg", TELEGRAM).says(secret)
    assert await person_behind(stage, "ana-tg") == ANA.id


async def test_a_code_is_kept_only_as_its_hash(stage: Stage) -> None:
    secret = await code(stage.person("ana"))
    assert await stage.do(lambda uow: uow.invitations.use(secret, stage.clock.now())) is None


async def test_a_code_works_once(stage: Stage) -> None:
    secret = await code(stage.person("ana"))
    await stage.person("ana-tg", TELEGRAM).says(f"link {secret}")
    answer = await stage.person("mallory", TELEGRAM).says(f"link {secret}")
    assert answer.first_line == BAD_CODE
    assert await person_behind(stage, "mallory") == ""


async def test_a_code_lasts_a_day(stage: Stage) -> None:
    secret = await code(stage.person("ana"))
    stage.clock.jump_to(stage.clock.now() + timedelta(hours=24, seconds=1))
    answer = await stage.person("ana-tg", TELEGRAM).says(f"link {secret}")
    assert answer.first_line == BAD_CODE


@pytest.mark.parametrize("wrong", ["code-00000000000009Z", "not-even-of-the-right-length", "x" * 10_000])
async def test_a_guessed_code_links_nobody(stage: Stage, wrong: str) -> None:
    before = await people(stage)
    answer = await stage.person("mallory", TELEGRAM).says(f"link {wrong}")
    assert answer.first_line in (BAD_CODE, "I don't know you yet, so I can't show you anyone's dates.")
    assert await people(stage) == before


async def test_a_colleague_joins_as_themselves(stage: Stage) -> None:
    secret = await code(stage.person("ana"), "link colleague")
    answer = await stage.person("nina", TELEGRAM, name="Nina New").says(f"link {secret}")
    assert answer.first_line == "Linked: here you are Nina New of Acme."
    joined = await stage.do(lambda uow: uow.people.by_ref(TEAM, account("nina", TELEGRAM)))
    assert joined
    assert (joined.name, joined.role) == ("Nina New", Role.MEMBER)
    assert joined.id != ANA.id


async def test_the_button_invites_a_colleague_too(stage: Stage) -> None:
    ana = stage.person("ana")
    await ana.says("link")
    answer = await ana.presses("Invite a colleague")
    assert answer.first_line == "Send this code to one colleague: it adds them to Acme."


async def test_who_only_looks_on_may_link_themselves_and_invite_nobody(stage: Stage) -> None:
    vic = stage.person("vic")
    own = await code(vic)
    answer = await vic.says("link colleague")
    assert answer.first_line == "Only members of the team can do that. Ask an admin to add you."
    in_group = await stage.person("vic-tg", TELEGRAM).commands(f"link {own}", GROUP)
    assert in_group.first_line == BAD_CODE
    own = await code(vic)
    await stage.person("vic-tg", TELEGRAM).says(f"link {own}")
    assert await person_behind(stage, "vic-tg") == "vic"


async def test_a_code_for_somebody_else_is_an_admins_to_give(stage: Stage) -> None:
    answer = await stage.person("ana").says("link @dora")
    assert answer.first_line == "Only an admin can make a code for Dora Admin."
    secret = await code(stage.person("dora"), "link @boris")
    await stage.person("boris-tg", TELEGRAM).says(f"link {secret}")
    assert await person_behind(stage, "boris-tg") == "boris"


async def test_a_lead_may_give_a_code_to_somebody_no_message_reaches(stage: Stage) -> None:
    chen = stage.person("chen")
    assert (await chen.says("link @boris")).first_line.startswith("Only an admin")

    def unreachable(uow) -> None:  # type: ignore[no-untyped-def]
        for who in ("boris", "dora"):
            (only,) = uow.people.identities(TEAM, who)
            uow.people.save_identity(replace(only, reachable=False))

    await stage.do(unreachable)
    secret = await code(chen, "link @boris")
    await stage.person("boris-tg", TELEGRAM).says(f"link {secret}")
    assert await person_behind(stage, "boris-tg") == "boris"
    assert (await chen.says("link @dora")).first_line.startswith("Only an admin")
    assert (await stage.person("ana").says("link @boris")).first_line.startswith("Only an admin")


async def test_a_code_of_someone_who_left_is_worth_nothing(stage: Stage) -> None:
    secret = await code(stage.person("ana"))
    await stage.do(lambda uow: uow.people.save(replace(ANA, active=False)))
    answer = await stage.person("ana-tg", TELEGRAM).says(f"link {secret}")
    assert answer.first_line == BAD_CODE


async def test_linking_two_people_who_are_one_makes_them_one(stage: Stage) -> None:
    colleague = await code(stage.person("chen"), "link colleague")
    there = stage.person("ana-tg", TELEGRAM, name="Ana C.")
    await there.says(f"link {colleague}")
    await there.says("new Roof closed by 6 March me")
    before = await people(stage)
    secret = await code(stage.person("ana"))
    answer = await there.says(f"link {secret}")
    assert answer.first_line == "Linked: here you are Ana Costa of Acme."
    assert await people(stage) == before - 1
    assert (await stage.milestone("APX-3")).owner_id == ANA.id
    assert "APX-3" in (await stage.person("ana").says("mine")).text


async def test_reminders_move_here_only_when_asked(stage: Stage) -> None:
    secret = await code(stage.person("ana"))
    there = stage.person("ana-tg", TELEGRAM)
    await there.says(f"link {secret}")
    assert await platform_of(stage) == "slack"
    answer = await there.presses("Remind me here")
    assert answer.first_line == "From now on your reminders come here, in your own morning."
    assert await platform_of(stage) == TELEGRAM


async def platform_of(stage: Stage) -> str:
    def address(uow):  # type: ignore[no-untyped-def]
        return uow.people.address(uow.people.get(TEAM, ANA.id)).ref.platform

    return str(await stage.do(address))


async def test_in_a_group_the_code_goes_by_direct_message(stage: Stage) -> None:
    await _linked_group(stage)
    answer = await stage.person("ana-tg", TELEGRAM).commands("link", GROUP)
    assert answer.reply
    assert answer.reply.audience == "direct"
    assert answer.reply.unreachable


async def _linked_group(stage: Stage) -> None:
    secret = await code(stage.person("ana"))
    await stage.person("ana-tg", TELEGRAM).commands(f"link {secret}", GROUP)


async def test_a_code_in_a_group_links_the_group_and_names_who_brought_it(stage: Stage) -> None:
    await _linked_group(stage)
    assert await person_behind(stage, "ana-tg") == ANA.id
    mate = stage.person("mate", TELEGRAM, name="Mate Horvat")
    answer = await mate.commands("new Doors hung by 6 March me", GROUP)
    assert answer.text == "Added"
    stage.shows("GST-1 Doors hung", GROUP)


async def test_an_unlinked_group_says_so_and_a_member_links_it_by_button(stage: Stage) -> None:
    secret = await code(stage.person("ana"))
    ana = stage.person("ana-tg", TELEGRAM)
    await ana.says(f"link {secret}")
    stranger = stage.person("mate", TELEGRAM)
    assert (await stranger.commands("status", GROUP)).labels == ()
    answer = await ana.commands("status", GROUP)
    assert answer.first_line == "This group is not linked to a team yet."
    assert answer.labels == ("Link it to Acme",)
    foreign = await stranger.presses("Link it", answer, GROUP)
    assert foreign.first_line == "That button is out of date, so nothing was changed."
    elsewhere = await ana.presses("Link it", answer, ConversationRef(TELEGRAM, "", "G-other"))
    assert "out of date" in elsewhere.first_line
    linked = await ana.presses("Link it", answer, GROUP)
    assert linked.first_line == "This group is now linked to Acme."


async def test_who_only_looks_on_links_no_group_by_somebody_elses_button(stage: Stage) -> None:
    for who in ("ana", "vic"):
        secret = await code(stage.person(who))
        await stage.person(f"{who}-tg", TELEGRAM).says(f"link {secret}")
    vic = stage.person("vic-tg", TELEGRAM)
    assert (await vic.commands("status", GROUP)).labels == ()
    offered = await stage.person("ana-tg", TELEGRAM).commands("status", GROUP)
    assert "out of date" in (await vic.presses("Link it", offered, GROUP)).first_line
    assert await stage.do(lambda uow: uow.places.get(GROUP)) is None


async def test_a_group_of_another_team_is_not_taken_over(stage: Stage) -> None:
    await _linked_group(stage)
    secret = await code(stage.person("olaf", tenant="T2"))
    answer = await stage.person("olaf-tg", TELEGRAM).commands(f"link {secret}", GROUP)
    assert answer.first_line == "This group belongs to another team already."
    assert await stage.do(lambda uow: uow.people.by_ref(NEIGHBOURS, account("olaf-tg", TELEGRAM))) is None


async def test_a_slack_channel_stays_with_its_own_team(stage: Stage) -> None:
    secret = await code(stage.person("olaf", tenant="T2"))
    answer = await stage.person("ana").commands(f"link {secret}")
    assert answer.first_line == "This group belongs to another team already."


async def test_who_is_in_two_teams_is_asked_once_and_can_switch(stage: Stage) -> None:
    await in_two_teams(stage)
    both = stage.person("both", TELEGRAM)
    asked = await both.says("status")
    assert asked.first_line == "You belong to more than one team. Which one is this about?"
    assert asked.labels == ("Acme", "Next door")
    chosen = await both.presses("Acme")
    assert chosen.first_line == "From here on this chat is about Acme."
    assert (await both.says("status")).first_line == "Acme · 2 open"
    await both.says("link")
    await both.presses("Switch to Next door")
    assert (await both.says("status")).first_line == "Next door · 1 open"


async def in_two_teams(stage: Stage) -> None:
    ref = account("both", TELEGRAM)

    def work(uow) -> None:  # type: ignore[no-untyped-def]
        uow.people.add_identity(Identity(ANA.id, TEAM, ref), stage.clock.now())
        uow.people.add_identity(Identity("olaf", NEIGHBOURS, ref), stage.clock.now())

    await stage.do(work)


async def test_whoever_posts_anonymously_can_use_no_code(stage: Stage) -> None:
    secret = await code(stage.person("ana"))
    nobody = stage.person("anonymous-bot", TELEGRAM, standing=Standing.ANONYMOUS)
    answer = await nobody.commands(f"link {secret}", GROUP)
    assert answer.first_line.startswith("I can't tell who you are")
    assert nobody.place(GROUP).kind is PlaceKind.GROUP
    assert await stage.do(lambda uow: uow.places.get(GROUP)) is None


async def test_a_stranger_is_told_how_to_come_in(stage: Stage) -> None:
    answer = await stage.person("mallory", TELEGRAM).says("status")
    assert answer.first_line == "I don't know you yet, so I can't show you anyone's dates."
    assert "“link colleague”" in answer.text
