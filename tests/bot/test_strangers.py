"""Another team's milestones are not there: by verb, button and form the words for what does not exist."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.app.parts import registry
from bot.messages import Standing
from bot.ports import StoredAction
from bot.refs import ConversationRef
from bot.views.questions import LEAVE
from tests.scenarios.cast import APEX_HOME, SECRET_HOME, SLACK, TEAM, TELEGRAM, TENANT, account, direct
from tests.scenarios.conversation import Stage

ON_MILESTONE = [c.verb.name for c in registry() if c.on_milestone]
OUT_OF_DATE = "That button is out of date, so nothing was changed."
SAY = {verb: f"{verb} {{}}" for verb in ON_MILESTONE} | {
    "move": "move {} to 16 March",
    "assign": "assign {} to me",
    "block": "block {} waiting on legal",
}
"""Every verb about a milestone, new ones by themselves; with more to say where that says more."""


@pytest.fixture
async def untouched(stage: Stage) -> AsyncIterator[Stage]:
    """Whatever happens, the neighbours' milestone stays as it was and nobody hears of it."""
    before = await stage.milestone("SEC-1", "next-door")
    yield stage
    assert await stage.milestone("SEC-1", "next-door") == before
    stage.nobody_is_told_anything_else()


@pytest.mark.parametrize("verb", ON_MILESTONE)
@pytest.mark.parametrize("pointer", ["SEC-1", "Merger announced", "merger"])
async def test_by_words(untouched: Stage, verb: str, pointer: str) -> None:
    ana = untouched.person("ana")
    absent = await ana.commands(SAY[verb].format("XYZ-9"))
    answer = await ana.commands(SAY[verb].format(pointer))
    assert answer.text == absent.text.replace("XYZ-9", pointer)
    assert answer.labels == absent.labels


@pytest.mark.parametrize("verb", [v.name for v in registry().verbs] + [LEAVE])
async def test_by_a_button_of_theirs(untouched: Stage, verb: str) -> None:
    """A token that names their workspace says no more than one that was guessed."""
    theirs = await _token(untouched, "next-door", verb, str(APEX_HOME))
    ana = untouched.person("ana")
    guessed = await ana.presses_token("guessed-guessed-guess", APEX_HOME)
    answer = await ana.presses_token(theirs, APEX_HOME)
    assert guessed.first_line == OUT_OF_DATE
    assert (answer.text, answer.labels) == (guessed.text, guessed.labels)


@pytest.mark.parametrize("verb", ON_MILESTONE)
async def test_by_a_button_of_ours_that_names_theirs(untouched: Stage, verb: str) -> None:
    ana = untouched.person("ana")
    crafted = await _token(untouched, TEAM, verb, str(APEX_HOME), milestone_id="secret")
    absent = await _token(untouched, TEAM, verb, str(APEX_HOME), milestone_id="no such")
    answer = await ana.presses_token(crafted, APEX_HOME)
    assert answer.text == (await ana.presses_token(absent, APEX_HOME)).text
    assert answer.first_line == "That milestone is not here any more."


@pytest.mark.parametrize("verb", [v.name for v in registry().verbs])
async def test_by_a_form_of_theirs(untouched: Stage, verb: str) -> None:
    theirs = await _token(untouched, "next-door", verb, str(APEX_HOME))
    answer = await untouched.person("ana").submits(theirs, APEX_HOME, title="x", due="2026-03-09", reason="y")
    assert answer.first_line == OUT_OF_DATE


async def test_by_undoing_their_history(untouched: Stage) -> None:
    crafted = await _token(untouched, TEAM, "undo", str(APEX_HOME), history_id="0-secret")
    answer = await untouched.person("ana").presses_token(crafted, APEX_HOME)
    assert answer.first_line == "There is nothing of yours to undo."


async def test_by_their_project_or_people(untouched: Stage) -> None:
    ana = untouched.person("ana")
    status = await _token(untouched, TEAM, "status", str(APEX_HOME), project_id="p-secret")
    assert "Merger" not in (await ana.presses_token(status, APEX_HOME)).text
    new = {"title": "Roof", "due": "2026-03-09"}
    theirs = await _token(untouched, TEAM, "new", str(APEX_HOME), owner_id="olaf", **new)
    assert (await ana.presses_token(theirs, APEX_HOME)).first_line == "Who owns “Roof”?"
    there = await _token(untouched, TEAM, "new", str(APEX_HOME), owner_id="ana", project_id="p-secret", **new)
    assert (await ana.presses_token(there, APEX_HOME)).first_line.startswith("🟢 Due soon · APX-3 Roof")
    untouched.shows("APX-3")


async def test_by_replying_to_their_card_or_quoting_it(untouched: Stage) -> None:
    theirs = untouched.shows("Merger", SECRET_HOME)
    ana = untouched.person("ana")
    offered = await ana.says("done", APEX_HOME)
    assert (await ana.says("done", APEX_HOME, reply_to=theirs.ref)).text == offered.text
    assert (await ana.says("done", APEX_HOME, quoted=theirs.first_line)).text == offered.text


async def test_from_a_channel_that_is_theirs(untouched: Stage) -> None:
    """The tenant of the envelope decides: Ana is nobody next door but a guest, who sees what is theirs."""
    ana = untouched.person("ana")
    for verb in ON_MILESTONE:
        answer = await ana.commands(f"{verb} SEC-1", SECRET_HOME)
        assert answer.first_line == "I don't know a milestone called “SEC-1” here.", verb
    assert "Merger" not in (await ana.commands("status all", SECRET_HOME)).text


async def test_a_button_pressed_in_another_chat_is_out_of_date(stage: Stage) -> None:
    ana = stage.person("ana")
    await ana.commands("show APX-1")
    token = ana.answer.token("Done")
    for place in (ana.home, ConversationRef(SLACK, TENANT, "C-other"), direct(account("boris"))):
        assert (await ana.presses_token(token, place)).first_line == OUT_OF_DATE
    assert (await ana.presses_token(token, APEX_HOME)).first_line.startswith("“Prototype tested” needs")


async def test_a_form_sent_from_another_chat_is_out_of_date(stage: Stage) -> None:
    ana = stage.person("ana")
    await ana.commands("new", form=True)
    answer = await ana.submits(where=ana.home, title="Roof", owner_id="ana", due="2026-03-09")
    assert answer.first_line == OUT_OF_DATE
    assert not await stage.has("APX-3")


@pytest.mark.parametrize("token", ["", "x", "x" * 10_000, "../../etc", "💥", "' OR 1=1 --", "\x00", "\ud800"])
async def test_a_guessed_token_does_nothing(stage: Stage, token: str) -> None:
    ana = stage.person("ana")
    assert (await ana.presses_token(token, APEX_HOME)).first_line == OUT_OF_DATE
    assert (await ana.submits(token or " ", APEX_HOME, title="x")).first_line == OUT_OF_DATE


async def test_a_token_nobody_was_shown_for_ninety_days_is_out_of_date(stage: Stage) -> None:
    ana = stage.person("ana")
    await ana.commands("show APX-1")
    token = ana.answer.token("Done")
    stage.clock.jump_to(stage.clock.now() + timedelta(days=90, seconds=1))
    assert (await ana.presses_token(token, APEX_HOME)).first_line == OUT_OF_DATE


async def test_an_old_button_explains_what_changed_and_does_nothing(stage: Stage) -> None:
    ana, chen = stage.person("ana"), stage.person("chen")
    shown = await ana.commands("show APX-1")
    await chen.commands("move APX-1 to 16 March because the lab is closed")
    answer = await ana.presses("Blocked", shown)
    assert "Nothing was changed. Since then: Chen Wei moved it from Fri 13 Mar to Mon 16 Mar" in answer.text
    assert "Mon 16 Mar" in answer.first_line
    assert (await stage.milestone()).blocked is None
    assert "What does" in (await ana.presses("Blocked", answer)).first_line


async def test_an_anonymous_admin_reads_what_the_group_sees_and_changes_nothing(stage: Stage) -> None:
    group = await _joined_group(stage)
    nobody = stage.person("anonymous-bot", TELEGRAM, standing=Standing.ANONYMOUS)
    assert "Acme" in (await nobody.commands("status all", group)).first_line
    assert (await nobody.commands("show APX-1", group)).first_line.startswith("🟢 On track · APX-1")
    assert "What do you want to do?" in (await nobody.commands("help", group)).first_line
    assert (await nobody.commands("show", group)).first_line == "Which milestone?"
    before = await stage.milestone()
    changing = {verb.name for verb in registry().verbs if verb.changes}
    changes = [words.format("APX-1") for verb, words in SAY.items() if verb in changing]
    for words in ("mine", "link", "new Roof closed by 6 March me", "undo", *changes):
        answer = await nobody.commands(words, group)
        assert answer.first_line == "I can't tell who you are while you post anonymously.", words
    assert await stage.milestone() == before
    assert not await stage.has("APX-3")


async def test_nobody_becomes_a_person_by_posting_anonymously(stage: Stage) -> None:
    group = await _joined_group(stage)
    await stage.person("anonymous-bot", TELEGRAM, standing=Standing.ANONYMOUS).commands("frobnicate", group)
    found = await stage.do(lambda uow: uow.people.by_ref(TEAM, account("anonymous-bot", TELEGRAM)))
    assert found is None


async def test_a_guest_sees_nothing_that_is_not_theirs_and_adds_nothing(stage: Stage) -> None:
    guest = stage.person("guest", standing=Standing.GUEST, name="Gast Wirt")
    assert (await guest.commands("status")).first_line == "Nothing is open in Apex release."
    assert (await guest.commands("done APX-1")).first_line == "I don't know a milestone called “APX-1” here."
    for words in ("new Roof closed by 6 March me", "link colleague", "invite Nina as member"):
        assert (await guest.commands(words)).first_line.startswith("Only "), words


async def test_someone_of_another_tenant_in_a_shared_channel_is_a_guest(stage: Stage) -> None:
    olaf = stage.person("olaf", tenant="T2")
    assert (await olaf.commands("new Roof closed by 6 March me")).first_line.startswith("Only ")
    assert (await olaf.commands("done APX-1")).first_line == "I don't know a milestone called “APX-1” here."


async def test_the_refusal_of_a_newcomer_offers_buttons_that_work(stage: Stage) -> None:
    """The very first word of somebody new, in a tenant nobody has heard of."""
    fresh = stage.person("fresh", tenant="T-new", name="Fresh Face")
    answer = await fresh.says("frobnicate")
    assert answer.first_line == "I didn't get “frobnicate”."
    assert (await fresh.presses("All milestones")).first_line.startswith("Nothing is open in")


async def _joined_group(stage: Stage) -> ConversationRef:
    from bot.ports import KnownPlace

    group = ConversationRef(TELEGRAM, "", "G-site")
    await stage.do(lambda uow: uow.places.put(KnownPlace(TEAM, group, "Site", is_direct=False)))
    return group


async def _token(stage: Stage, workspace: str, verb: str, where: str, **asked: str) -> str:
    action = StoredAction(workspace_id=workspace, verb=verb, asked=asked, conversation=where)
    return await stage.do(lambda uow: uow.actions.offer(action, stage.clock.now()))
