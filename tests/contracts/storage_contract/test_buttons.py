"""Buttons, one-time codes, and what already arrived."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from bot.ports import Invitation, StoredAction, UnitOfWork
from tests.contracts.storage_contract.cast import (
    ANA,
    CHANNEL,
    DAY,
    GROUP,
    OURS,
    PROJECT,
    SECOND,
    START,
    THEIRS,
    Team,
)
from tests.fakes.clock import FakeClock


class TestArrivals:
    async def test_the_same_thing_arrives_once(self, team: Team) -> None:
        assert await team.do(lambda unit: unit.inbox.add("slack", "E1", START))
        assert not await team.do(lambda unit: unit.inbox.add("slack", "E1", START + SECOND))
        assert await team.do(lambda unit: unit.inbox.add("telegram", "E1", START))

    async def test_it_arrives_once_even_twice_at_once(self, team: Team) -> None:
        twice = (team.do(lambda unit: unit.inbox.add("slack", "E1", START)) for _ in range(4))
        assert sorted(await asyncio.gather(*twice)) == [False, False, False, True]

    async def test_what_failed_may_arrive_again(self, team: Team) -> None:
        def fail(unit: UnitOfWork) -> None:
            unit.inbox.add("slack", "E1", START)
            raise LookupError("the work failed")

        with pytest.raises(LookupError):
            await team.do(fail)
        assert await team.do(lambda unit: unit.inbox.add("slack", "E1", START))

    async def test_old_keys_are_forgotten(self, team: Team) -> None:
        await team.do(lambda unit: unit.inbox.add("slack", "old", START))
        await team.do(lambda unit: unit.inbox.add("slack", "new", START + DAY))
        assert await team.do(lambda unit: unit.inbox.forget_before(START + DAY)) == 1
        assert not await team.do(lambda unit: unit.inbox.add("slack", "new", START))


def action(**changes: object) -> StoredAction:
    values: dict[str, object] = {
        "workspace_id": OURS,
        "verb": "move",
        "asked": {"due": "2026-04-01", "why": "“☂”"},
        "conversation": str(CHANNEL),
        "milestone_id": "m1",
        "version": 3,
    }
    return StoredAction(**{**values, **changes})  # type: ignore[arg-type]


class TestButtons:
    async def test_a_button_shown_by_a_read_can_be_pressed(self, team: Team) -> None:
        token = await team.see(lambda unit: unit.actions.offer(action(), START))
        assert await team.see(lambda unit: unit.actions.get(token)) == action()

    async def test_a_button_of_a_change_that_failed_was_never_stored(self, team: Team) -> None:
        tokens: list[str] = []

        def fail(unit: UnitOfWork) -> None:
            tokens.append(unit.actions.offer(action(), START))
            raise LookupError("the work failed")

        with pytest.raises(LookupError):
            await team.do(fail)
        assert await team.see(lambda unit: unit.actions.get(tokens[0])) is None
        assert await team.do(lambda unit: unit.actions.offer(action(), START)) == tokens[0]
        assert await team.see(lambda unit: unit.actions.get(tokens[0])) == action()

    async def test_the_same_button_has_the_same_token_and_any_other_another(self, team: Team) -> None:
        def offer(**changes: object) -> asyncio.Future[str]:
            return asyncio.ensure_future(team.do(lambda unit: unit.actions.offer(action(**changes), START)))

        token = await offer()
        assert len(token) == 22
        assert token == await offer(asked={"why": "“☂”", "due": "2026-04-01"})
        others = [
            await offer(workspace_id=THEIRS),
            await offer(verb="done"),
            await offer(asked={}),
            await offer(conversation=str(GROUP)),
            await offer(milestone_id="m2"),
            await offer(version=4),
        ]
        assert len({token, *others}) == 7

    async def test_a_guess_finds_nothing(self, team: Team) -> None:
        assert await team.see(lambda unit: unit.actions.get("A" * 22)) is None

    async def test_a_button_lives_ninety_days_after_it_was_last_shown(
        self, team: Team, clock: FakeClock
    ) -> None:
        token = await team.see(lambda unit: unit.actions.offer(action(), START))
        clock.jump_to(START + 60 * DAY)
        await team.see(lambda unit: unit.actions.offer(action(), clock.now()))
        clock.jump_to(START + 149 * DAY)
        assert await team.see(lambda unit: unit.actions.get(token)) == action()
        clock.jump_to(START + 151 * DAY)
        assert await team.see(lambda unit: unit.actions.get(token)) is None
        assert await team.do(lambda unit: unit.actions.forget_expired()) == 1


CODE = Invitation(code_hash="h", workspace_id=OURS, created_by=ANA, expires_at=START, for_chat=True)


class TestInvitations:
    async def test_a_code_works_once(self, team: Team) -> None:
        code = Invitation(
            code_hash="h", workspace_id=OURS, created_by=ANA, expires_at=START + DAY, project_id=PROJECT
        )
        await team.do(lambda unit: unit.invitations.add(code))
        at_once = (team.do(lambda unit: unit.invitations.use("h", START)) for _ in range(3))
        used = [found for found in await asyncio.gather(*at_once) if found]
        assert used == [replace(code, used_at=START)]

    async def test_an_expired_or_unknown_code_does_not(self, team: Team) -> None:
        await team.do(lambda unit: unit.invitations.add(replace(CODE, expires_at=START)))
        assert await team.do(lambda unit: unit.invitations.use("h", START)) is None
        assert await team.do(lambda unit: unit.invitations.use("x", START)) is None
