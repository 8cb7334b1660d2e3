"""Added, removed, migrated, renamed, opened, chosen on a message."""

from __future__ import annotations

from bot.cards import RichText
from bot.forms import Form
from bot.messages import (
    BotAdded,
    BotRemoved,
    ConversationMoved,
    HomeOpened,
    MessageShortcut,
    ProfileChanged,
)
from bot.refs import ConversationRef, MessageRef
from tests.fakes.adapter import direct_of
from tests.scenarios.cast import ANA, APEX_HOME, SLACK, TEAM, TELEGRAM, TENANT, account
from tests.scenarios.conversation import Answer, Stage, Voice

GROUP = ConversationRef(TELEGRAM, "", "G-site")
SUPERGROUP = ConversationRef(TELEGRAM, "", "G-100-site")


async def arrives(voice: Voice, kind: type, where: ConversationRef, **more: object) -> Answer:
    stage = voice.stage
    incoming = kind(
        key=stage.key(),
        sender=voice.sender,
        place=voice.place(where),
        received_at=stage.clock.now(),
        **more,
    )
    voice.answer = await stage.receive(incoming)
    voice._last = where
    return voice.answer


async def linked_group(stage: Stage) -> Voice:
    """Ana is on Telegram and brought a group along, with one milestone in it."""
    answer = await stage.person("ana").says("link", account_home(stage))
    secret = answer.text.split("send me link ")[1].split()[0]
    ana = stage.person("ana-tg", TELEGRAM)
    await ana.commands(f"link {secret}", GROUP)
    await ana.commands("new Doors hung by 6 March me", GROUP)
    return ana


def account_home(stage: Stage) -> ConversationRef:
    return direct_of(account("ana"))


async def test_everything_follows_a_group_that_migrates(stage: Stage) -> None:
    ana = await linked_group(stage)
    card = stage.shows("GST-1", GROUP)
    await arrives(ana, ConversationMoved, GROUP, new=SUPERGROUP)
    assert "GST-1" in (await ana.commands("status", SUPERGROUP)).text
    moved = MessageRef(SUPERGROUP, card.ref.id)
    assert "GST-1" in (await ana.says("show", SUPERGROUP, reply_to=moved)).first_line
    assert "GST-2" not in (await ana.commands("new Roof closed by 6 March me", SUPERGROUP)).text
    stage.shows("GST-2 Roof closed", SUPERGROUP)


async def test_a_migration_heard_twice_is_one(stage: Stage) -> None:
    ana = await linked_group(stage)
    for _ in range(2):
        await arrives(ana, ConversationMoved, GROUP, new=SUPERGROUP)
    assert "GST-1" in (await ana.commands("status", SUPERGROUP)).text


async def test_a_channel_the_bot_was_removed_from_is_left_alone_until_it_is_back(stage: Stage) -> None:
    ana = stage.person("ana")
    await arrives(ana, BotRemoved, APEX_HOME, reason="not_in_channel")
    place = await stage.do(lambda uow: uow.places.get(APEX_HOME))
    assert place
    assert place.disabled == "not_in_channel"
    await arrives(ana, BotAdded, APEX_HOME)
    back = await stage.do(lambda uow: uow.places.get(APEX_HOME))
    assert back
    assert back.disabled == ""


async def test_words_from_a_channel_prove_that_it_is_back(stage: Stage) -> None:
    ana = stage.person("ana")
    await arrives(ana, BotRemoved, APEX_HOME, reason="not_in_channel")
    await ana.commands("move APX-1 to 16 March")
    place = await stage.do(lambda uow: uow.places.get(APEX_HOME))
    assert place
    assert place.disabled == ""


async def test_who_blocks_the_bot_is_not_written_to_until_they_speak_again(stage: Stage) -> None:
    ana = stage.person("ana")
    await arrives(ana, BotRemoved, ana.home, reason="blocked")
    assert await stage.do(lambda uow: uow.people.address(ANA)) is None
    await ana.says("undo")
    assert await stage.do(lambda uow: uow.people.address(ANA)) is not None


async def test_whoever_adds_the_bot_is_welcomed_once_and_privately(stage: Stage) -> None:
    stage.hear_everything()
    answer = await arrives(stage.person("ana"), BotAdded, APEX_HOME)
    assert answer.reply
    assert answer.reply.audience == "sender"
    assert answer.first_line == "I keep your milestones: one owner, one date, one place."
    stage.nobody_is_told_anything_else()


async def test_starting_by_an_invitations_link_redeems_it(stage: Stage) -> None:
    secret = (await stage.person("ana").says("link")).text.split("send me link ")[1].split()[0]
    ana = stage.person("ana-tg", TELEGRAM)
    answer = await arrives(ana, BotAdded, ana.home, payload=secret)
    assert answer.first_line == "Linked: here you are Ana Costa of Acme."


async def test_starting_without_an_invitation_says_how_to_get_one(stage: Stage) -> None:
    mallory = stage.person("mallory", TELEGRAM)
    answer = await arrives(mallory, BotAdded, mallory.home)
    assert answer.first_line == "I don't know you yet, so I can't show you anyone's dates."


async def test_a_new_name_is_taken_over_and_nothing_else(stage: Stage) -> None:
    renamed = stage.person("ana", name="Ana Maria Costa")
    await arrives(renamed, ProfileChanged, ConversationRef(SLACK, TENANT, ""))
    found = await stage.do(lambda uow: uow.people.get(TEAM, ANA.id))
    assert found
    assert (found.name, found.zone, found.role) == ("Ana Maria Costa", ANA.zone, ANA.role)


async def test_the_name_of_somebody_unknown_makes_nobody(stage: Stage) -> None:
    before = len(await stage.do(lambda uow: uow.people.all(TEAM)))
    await arrives(stage.person("fresh"), ProfileChanged, ConversationRef(SLACK, TENANT, ""))
    assert len(await stage.do(lambda uow: uow.people.all(TEAM))) == before


async def test_home_shows_what_is_mine(stage: Stage) -> None:
    ana = stage.person("ana")
    answer = await arrives(ana, HomeOpened, ana.home)
    assert answer.first_line == "Yours · 1 open"


async def test_a_message_becomes_a_milestone_by_its_shortcut(stage: Stage) -> None:
    ana = stage.person("ana")
    message = MessageRef(APEX_HOME, "55")
    answer = await arrives(
        ana,
        MessageShortcut,
        APEX_HOME,
        text=RichText("Roof closed\nand more about it"),
        message=message,
        can_open_form=True,
    )
    assert isinstance(answer.reply and answer.reply.body, Form)
    assert answer.form.fields[0].value == "Roof closed"


async def test_in_a_new_tenant_nobody_is_admin_by_being_first(stage: Stage) -> None:
    first, second = (stage.person(n, tenant="T-new", name=n.title()) for n in ("una", "dos"))
    await first.says("mine")
    await second.says("mine")
    roles = {}
    for voice in (first, second):
        scenes = await stage.do(lambda uow, v=voice: uow.workspaces.scenes(v.ref, v.home))
        roles[voice.ref.id] = str(scenes[0].person.role)
    assert roles == {"una": "member", "dos": "member"}
