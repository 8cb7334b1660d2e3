"""Who may do what: every verb, role and relation against one table; nothing is allowed by omission."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from bot.access import TABLE, Matter, Rule, may, who_can
from bot.app.parts import registry
from bot.domain.milestone import Milestone
from bot.domain.people import Role
from tests.fakes.clock import START
from tests.scenarios.cast import ANA, APEX, BORIS, CHEN, milestone
from tests.scenarios.conversation import Stage

OWNER, LEAD, OTHER = "owner", "lead", "other"
RELATIONS = (OWNER, LEAD, OTHER)
EVERYBODY = {(role, relation) for role, relation in product(Role, RELATIONS)}
TEAM = {Role.ADMIN, Role.LEAD, Role.MEMBER}

# The permission matrix: view, a member; create, a member and no guest; edit and move, owner, project lead
# and admin; complete, owner or project lead; reassign, owner, project lead and admin.  An outsider sees and
# keeps only what they own; a viewer looks on.
_OWNERS = {(role, OWNER) for role in (*TEAM, Role.EXTERNAL)}
_LEADS = {(role, LEAD) for role in TEAM}
_ADMINS = {(Role.ADMIN, relation) for relation in RELATIONS}
SEE_ONE = EVERYBODY - {(Role.EXTERNAL, LEAD), (Role.EXTERNAL, OTHER)}
CHANGE = _OWNERS | _LEADS | _ADMINS

MAY = {
    "new": {(role, relation) for role, relation in EVERYBODY if role in TEAM},
    "status": EVERYBODY,
    "mine": EVERYBODY,
    "show": SEE_ONE,
    "done": _OWNERS | _LEADS,
    "move": CHANGE,
    "assign": CHANGE,
    "block": CHANGE,
    "unblock": CHANGE,
    "undo": CHANGE,  # of what somebody else did
    "link": EVERYBODY,  # themselves; inviting others asks as creating does
    "help": EVERYBODY,
}
SAID = {
    "new": "new Roof closed by 6 March @boris",
    "status": "status",
    "mine": "mine",
    "show": "show APX-1",
    "done": "done APX-1",
    "move": "move APX-1 to 16 March",
    "assign": "assign APX-1 to @boris",
    "block": "block APX-1 waiting on legal",
    "unblock": "unblock APX-1",
    "undo": "",  # the button on the card everybody sees
    "link": "link",
    "help": "help",
}
REFUSALS = ("Only ", "I don't know a milestone")


def test_every_verb_has_a_row() -> None:
    verbs = {verb.name for verb in registry().verbs}
    assert verbs == set(MAY) == set(SAID), "a handler was added or removed: say here who may use it"


def test_every_rule_but_anyone_has_a_test() -> None:
    assert set(TABLE) == set(Rule) - {Rule.ANYONE}


def test_a_rule_nobody_wrote_down_allows_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.access.TABLE", {})
    for role, rule in product(Role, set(Rule) - {Rule.ANYONE}):
        assert not may(replace(ANA, role=role), rule, Matter(APEX, _about(OWNER)))


def test_who_left_may_nothing() -> None:
    for role, rule in product(Role, set(Rule) - {Rule.ANYONE}):
        gone = replace(ANA, role=role, active=False)
        assert not may(gone, rule, Matter(replace(APEX, lead_id=ANA.id), _about(OWNER)))


def test_nobody_known_may_only_what_anyone_may() -> None:
    assert [rule for rule in Rule if may(None, rule, Matter())] == [Rule.ANYONE]


def test_a_refusal_names_lead_and_owner_once_each() -> None:
    owned = _about(OWNER)
    assert who_can(Matter(APEX, owned)) == (APEX.lead_id, ANA.id)
    assert who_can(Matter(replace(APEX, lead_id=ANA.id), owned)) == (ANA.id,)
    assert who_can(Matter()) == ()


def _about(relation: str) -> Milestone:
    made = milestone(1, "Prototype tested", ANA, START.date(), START)
    return made if relation == OWNER else replace(made, owner_id="chen")


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("relation", RELATIONS)
async def test_every_verb_asks_the_matrix(stage: Stage, role: Role, relation: str) -> None:
    """Ana in this role and relation tries every verb; what is refused changes nothing."""
    tried = {}
    for verb in MAY:
        await _cast(stage, role, relation)
        tried[verb] = await _is_allowed(stage, verb)
    assert tried == {verb: (role, relation) in allowed for verb, allowed in MAY.items()}


async def _cast(stage: Stage, role: Role, relation: str) -> None:
    """Ana in this role; she owns APX-1, or leads its project, or neither; Dora changed it last."""

    def work(uow) -> None:  # type: ignore[no-untyped-def]
        uow.people.save(replace(ANA, role=role))
        uow.projects.save(replace(APEX, lead_id=ANA.id if relation == LEAD else CHEN.id))
        now = uow.milestones.by_key(ANA.workspace_id, "APX", 1)
        uow.milestones.save(now.next(owner_id=ANA.id if relation == OWNER else BORIS.id, blocked=None))

    await stage.do(work)
    await stage.person("dora").commands("move APX-1 by 1 working day")


async def _is_allowed(stage: Stage, verb: str) -> bool:
    ana, before = stage.person("ana"), await stage.milestone()
    answer = await (ana.commands(SAID[verb]) if SAID[verb] else ana.presses("Undo", stage.shows("APX-1")))
    refused = answer.text.startswith(REFUSALS)
    if refused:
        assert await stage.milestone() == before
    return not refused


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
    for verb, words in SAID.items():
        answer = await gus.commands(words or verb)
        assert answer.first_line == "You no longer belong to this team, so I can't show you its dates.", verb


async def test_a_person_is_whoever_the_envelope_says(stage: Stage) -> None:
    """The same account id in another tenant is somebody else."""
    namesake = stage.person("ana", tenant="T2")
    assert "I don't know a milestone" in (await namesake.commands("show APX-1", namesake.home)).first_line
