"""A team with nothing yet: every list says so and leads on, and nothing breaks."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime

import pytest

from bot.app.parts import registry
from bot.domain.people import Identity, Person, Role, Workspace
from bot.ports import KnownPlace, UnitOfWork
from bot.refs import ConversationRef
from tests.fakes.clock import FakeClock
from tests.scenarios.cast import TEAM, TENANT, account, direct
from tests.scenarios.conversation import Stage, a_stage

CHANNEL = ConversationRef("slack", TENANT, "C-new")
LISTS = tuple(c.verb for c in registry() if not c.verb.changes and not c.on_milestone)


def nothing_yet(uow: UnitOfWork, now: datetime) -> None:
    """Ana alone, an admin, without a project."""
    uow.workspaces.add(Workspace(TEAM, "Acme"))
    uow.workspaces.install("slack", TENANT, TEAM, now)
    ana = Person("ana", TEAM, "Ana Costa", Role.ADMIN)
    uow.people.add(ana)
    uow.people.add_identity(Identity(ana.id, TEAM, account("ana"), "ana", direct(account("ana"))), now)
    uow.places.put(KnownPlace(TEAM, direct(account("ana")), "Ana", is_direct=True))


@pytest.fixture
async def empty(sqlite_url: str, clock: FakeClock) -> AsyncIterator[Stage]:
    async with a_stage(sqlite_url, clock, nothing_yet) as made:
        yield made


@pytest.mark.parametrize("verb", LISTS, ids=lambda verb: verb.name)
@pytest.mark.parametrize("where", [None, CHANNEL], ids=["direct", "channel"])
async def test_an_empty_list_says_so_and_leads_on(
    empty: Stage,
    verb,
    where: ConversationRef | None,  # type: ignore[no-untyped-def]
) -> None:
    answer = await empty.person("ana").says(verb.name.replace("-", " "), where)
    assert "went wrong" not in answer.text
    is_a_question = answer.first_line.endswith("?")
    assert is_a_question or len(answer.labels) >= 2, answer.text


async def test_the_first_step_from_nothing_makes_something(empty: Stage) -> None:
    ana = empty.person("ana")
    answer = await ana.says("status", CHANNEL)
    assert "Add one" in answer.labels
    await ana.presses("Add one")
    await ana.says("Roof closed by 6 March me", CHANNEL)
    assert "1 open" in (await ana.says("status", CHANNEL)).first_line
