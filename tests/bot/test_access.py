"""Who may do what: every verb, role and relation against one table; nothing is allowed by omission."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from itertools import product

import pytest

from bot.access import TABLE, Matter, Rule, may, who_can
from bot.app.parts import registry
from bot.commands import Command
from bot.domain.milestone import Milestone, State, Task
from bot.domain.people import Role
from bot.ports import StoredAction
from bot.refs import ConversationRef
from tests.fakes.clock import START
from tests.scenarios.answers import Answer
from tests.scenarios.cast import ANA, APEX, APEX_HOME, BORIS, CHEN, milestone
from tests.scenarios.conversation import Stage

Way = Callable[[Stage, Command, ConversationRef], Awaitable[Answer]]

REFUSALS = ("Only ", "I don't know a milestone", "That milestone is not here any more.")
RELATIONS = ("own", "part", "led", "other's", "other project")
STRICTER: dict[str, str] = {
    "live": "somebody who leads a project, or an admin, decides it for everybody",
    "plan": "it writes a project's plan, which its lead or an admin does",
}
"""Verbs that refuse more than their rule does, and why; nobody may refuse less."""

# The permission matrix as the house rules state it: view, a member; create, a member and no guest; edit and
# move, owner, project lead and admin; complete, owner or project lead; reassign, owner, project lead and
# admin; delete and archive, project lead and admin; configure, admin.  An outsider sees and reports what is
# theirs and never moves a date; a viewer looks on.
TEAM = (Role.ADMIN, Role.LEAD, Role.MEMBER)
STATED = {
    Rule.VIEW: {*product((*TEAM, Role.VIEWER), RELATIONS), (Role.EXTERNAL, "own"), (Role.EXTERNAL, "part")},
    Rule.CREATE: set(product(TEAM, RELATIONS)),
    Rule.EDIT: {*product(TEAM, ("own", "led")), *product([Role.ADMIN], RELATIONS)},
    Rule.MOVE: {*product(TEAM, ("own", "led")), *product([Role.ADMIN], RELATIONS)},
    Rule.REPORT: {
        *product(TEAM, ("own", "led")),
        *product([Role.ADMIN], RELATIONS),
        (Role.EXTERNAL, "own"),
    },
    Rule.TASK: {
        *product(TEAM, ("own", "led")),
        *product([Role.ADMIN], RELATIONS),
        (Role.EXTERNAL, "own"),
    },
    Rule.SIGN: set(),
    Rule.COMPLETE: {*product(TEAM, ("own", "led")), (Role.EXTERNAL, "own")},
    Rule.REASSIGN: {*product(TEAM, ("own", "led")), *product([Role.ADMIN], RELATIONS)},
    Rule.DROP: {*product(TEAM, ["led"]), *product([Role.ADMIN], RELATIONS)},
    Rule.REOPEN: {*product(TEAM, ["led"]), *product([Role.ADMIN], RELATIONS)},
    Rule.APPROVE: {
        *product(TEAM, ("led", "part")),
        *product([Role.ADMIN], RELATIONS),
        (Role.EXTERNAL, "part"),
    },
    Rule.PROPOSE: {*product(TEAM, RELATIONS), (Role.EXTERNAL, "own"), (Role.EXTERNAL, "part")},
    Rule.NAMES: set(product((*TEAM, Role.VIEWER), RELATIONS)),
    Rule.NOTES: set(product((*TEAM, Role.VIEWER), RELATIONS)),
    Rule.MONEY: set(product((*TEAM, Role.VIEWER), RELATIONS)),
    Rule.INVITE: set(product(TEAM, RELATIONS)),
    Rule.PEOPLE: set(product((Role.ADMIN, Role.LEAD), RELATIONS)),
    Rule.ROLES: set(product([Role.ADMIN], RELATIONS)),
    Rule.CONFIGURE: set(product([Role.ADMIN], RELATIONS)),
}


@pytest.mark.parametrize("rule", STATED)
def test_the_table_says_what_the_house_rules_state(rule: Rule) -> None:
    allowed = {
        (role, relation)
        for role, relation in product(Role, RELATIONS)
        if may(replace(ANA, role=role), rule, _matter(relation))
    }
    assert allowed == STATED[rule]


@pytest.mark.parametrize("rule", [Rule.TASK, Rule.SIGN])
@pytest.mark.parametrize("role", Role)
def test_whose_a_task_or_a_yes_is_may_give_it_unless_they_only_look_on(role: Role, rule: Rule) -> None:
    theirs = replace(_matter("other's"), given_to=ANA.id)
    assert may(replace(ANA, role=role), rule, theirs) == (role is not Role.VIEWER)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("relation", RELATIONS)
def test_nobody_says_yes_for_somebody_else(role: Role, relation: str) -> None:
    assert not may(replace(ANA, role=role), Rule.SIGN, replace(_matter(relation), given_to=BORIS.id))


def test_every_rule_but_anyone_has_a_row_for_every_role() -> None:
    assert set(TABLE) == set(Rule) - {Rule.ANYONE}
    assert all(set(row) == set(Role) for row in TABLE.values())


def test_what_a_viewer_may_do_changes_nothing() -> None:
    reading = {Rule.VIEW, Rule.NAMES, Rule.NOTES, Rule.MONEY}
    assert {rule for rule, row in TABLE.items() if row[Role.VIEWER]} == reading


def test_a_rule_nobody_wrote_down_allows_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.access.TABLE", {})
    for role, rule in product(Role, set(Rule) - {Rule.ANYONE}):
        assert not may(replace(ANA, role=role), rule, _matter("own"))


def test_who_left_may_nothing() -> None:
    for role, rule in product(Role, set(Rule) - {Rule.ANYONE}):
        gone = replace(ANA, role=role, active=False)
        assert not may(gone, rule, Matter(replace(APEX, lead_id=ANA.id), _about(ANA.id)))


def test_nobody_known_may_only_what_anyone_may() -> None:
    assert [rule for rule in Rule if may(None, rule, Matter())] == [Rule.ANYONE]


def test_a_refusal_names_lead_and_owner_once_each() -> None:
    owned = _about(ANA.id)
    assert who_can(Matter(APEX, owned)) == (APEX.lead_id, ANA.id)
    assert who_can(Matter(replace(APEX, lead_id=ANA.id), owned)) == (ANA.id,)
    assert who_can(Matter()) == ()


def test_a_refusal_names_only_those_who_may() -> None:
    owned = replace(_about(ANA.id), approver_id=BORIS.id)
    assert who_can(Matter(APEX, owned), Rule.APPROVE) == (BORIS.id, APEX.lead_id)
    assert who_can(Matter(APEX, owned), Rule.DROP) == who_can(Matter(APEX, owned), Rule.REOPEN)
    assert who_can(Matter(APEX, owned), Rule.DROP) == (APEX.lead_id,)
    assert who_can(Matter(APEX, owned), Rule.ROLES) == ()


def test_who_owns_it_by_now_no_longer_signs_it_off() -> None:
    theirs = replace(_about(ANA.id), approver_id=ANA.id)
    assert not may(ANA, Rule.APPROVE, Matter(APEX, theirs))
    assert who_can(Matter(APEX, theirs), Rule.APPROVE) == (APEX.lead_id,)
    assert may(ANA, Rule.APPROVE, Matter(replace(APEX, lead_id=ANA.id), theirs))


def test_a_task_or_one_yes_is_not_the_whole_sign_off() -> None:
    part = replace(_about(BORIS.id), tasks=(Task("t", "Scaffold ordered", ANA.id),))
    assert not may(ANA, Rule.APPROVE, Matter(APEX, part))


def _about(owner_id: str) -> Milestone:
    made = milestone(1, "Prototype tested", ANA, START.date(), START)
    return replace(made, owner_id=owner_id)


def _matter(relation: str) -> Matter:
    """What Ana stands to in this way; "other project" is one she has nothing to do with at all."""
    project = replace(APEX, lead_id=ANA.id if relation == "led" else CHEN.id)
    about = _about(ANA.id if relation == "own" else BORIS.id)
    return Matter(project, replace(about, approver_id=ANA.id if relation == "part" else ""))


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("relation", RELATIONS)
async def test_every_verb_asks_the_matrix(stage: Stage, role: Role, relation: str) -> None:
    """Ana, in this role and standing so to APX-1, tries every verb there is, by word and by button; what is
    refused changes nothing.  A new verb takes part by being there."""
    wrong = []
    for command in registry():
        allowed = _allowed(command, role, relation)
        for way in (_typed, _pressed):
            await _cast(stage, role, relation)
            refused = await _is_refused(stage, command, way, relation)
            if refused == allowed and not (refused and command.verb.name in STRICTER):
                wrong.append(
                    f"{command.verb.name} ({command.rule}){way.__name__}: {'no' if refused else 'yes'}"
                )
    assert wrong == []


def _allowed(command: Command, role: Role, relation: str) -> bool:
    """What the table says: who may not see it may not do anything with it."""
    person, here = replace(ANA, role=role), None if relation == "other project" else APEX
    if command.on_milestone:
        about = _matter(relation)
        return may(person, Rule.VIEW, about) and may(person, command.rule, about)
    led = replace(APEX, lead_id=person.id if relation == "led" else CHEN.id)
    return may(person, command.rule, Matter(led if here else None))


async def _cast(stage: Stage, role: Role, relation: str) -> None:
    """Ana in this role; APX-1 hers, or signed off by her, or of a project she leads, or none of that."""
    about = _matter(relation)

    def work(uow) -> None:  # type: ignore[no-untyped-def]
        uow.people.save(replace(ANA, role=role))
        uow.projects.save(about.project)
        now, wanted = uow.milestones.by_key(ANA.workspace_id, "APX", 1), about.milestone
        changes = {"owner_id": wanted.owner_id, "approver_id": wanted.approver_id, "blocked": None}
        uow.milestones.save(now.next(**changes, state=State.PLANNED, hold=None, withdrawn=False))

    await stage.do(work)


async def _is_refused(stage: Stage, command: Command, way: Way, relation: str) -> bool:
    ana, before = stage.person("ana"), await stage.milestone()
    answer = await way(stage, command, ana.home if relation == "other project" else APEX_HOME)
    refused = answer.text.startswith(REFUSALS)
    if refused:
        assert await stage.milestone() == before, command.verb.name
    return refused


async def _typed(stage: Stage, command: Command, where: ConversationRef) -> Answer:
    words = f"{command.verb.name} APX-1" if command.on_milestone else command.verb.name
    return await stage.person("ana").commands(words, where)


async def _pressed(stage: Stage, command: Command, where: ConversationRef) -> Answer:
    asked = {"milestone_id": "m1"} if command.on_milestone else {}
    action = StoredAction(
        workspace_id=ANA.workspace_id, verb=command.verb.name, asked=asked, conversation=str(where)
    )
    token = await stage.do(lambda uow: uow.actions.offer(action, stage.clock.now()))
    return await stage.person("ana").presses_token(token, where)


async def test_an_outsider_is_not_shown_what_others_own(stage: Stage) -> None:
    eve = stage.person("eve")
    unknown = (await eve.says("show Unobtainium mined")).text
    for words in (
        "show APX-1",
        "show prototype",
        "move APX-1 to 16 March",
        "done APX-1",
        "take APX-1",
    ):
        answer = await eve.says(words)
        pointer = "prototype" if "prototype" in words else "APX-1"
        assert answer.text == unknown.replace("Unobtainium mined", pointer), words
    assert "Nothing is open" in (await eve.says("status")).first_line
    assert "APX" not in (await eve.says("show")).text


async def test_an_outsider_is_not_offered_what_others_own(stage: Stage) -> None:
    """Two that could be meant would be two names told."""
    await stage.person("ana").commands("new Beta tested by 6 March me")
    eve = stage.person("eve")
    answer = await eve.says("show beta")
    assert answer.first_line == "I don't know a milestone called “beta” here."
    await stage.person("dora").commands("assign APX-3 to @eve")
    assert "APX-3 Beta tested" in (await eve.says("show beta")).first_line


async def test_who_left_is_refused_everything_kindly(stage: Stage) -> None:
    gus = stage.person("gus")
    for verb in (verb.name for verb in registry().verbs):
        answer = await gus.commands(verb)
        assert answer.first_line == "You no longer belong to this team, so I can't show you its dates.", verb


async def test_a_person_is_whoever_the_envelope_says(stage: Stage) -> None:
    """The same account id in another tenant is somebody else."""
    namesake = stage.person("ana", tenant="T2")
    assert "I don't know a milestone" in (await namesake.commands("show APX-1", namesake.home)).first_line
