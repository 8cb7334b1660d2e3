"""Invitations: what they are for is kept, they are taken once, listed while open, and taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.domain.people import Gone, Person, Role
from bot.ports import Invitation
from tests.contracts.storage_contract.cast import ANA, BO, DAY, OURS, PROJECT, START, THEIRS, Team

INVITATION = Invitation(
    code_hash="h1",
    workspace_id=OURS,
    created_by=ANA,
    created_at=START,
    expires_at=START + 7 * DAY,
    project_id=PROJECT,
    role=Role.EXTERNAL,
    name="Nina 😀 ‮niN",
    milestone_ids=("m1", "m2"),
)


async def test_an_invitation_is_read_back_as_written(team: Team) -> None:
    await team.do(lambda unit: unit.invitations.add(INVITATION))
    assert await team.see(lambda unit: unit.invitations.get("h1")) == INVITATION
    assert await team.see(lambda unit: unit.invitations.get("h2")) is None


async def test_used_it_says_whom_it_brought(team: Team) -> None:
    await team.do(lambda unit: unit.invitations.add(INVITATION))
    used = await team.do(lambda unit: unit.invitations.use("h1", START))
    assert used == replace(INVITATION, used_at=START)
    await team.do(lambda unit: unit.invitations.brought(OURS, "h1", BO))
    assert (await team.see(lambda unit: unit.invitations.get("h1"))) == replace(used, used_by=BO)
    assert await team.do(lambda unit: unit.invitations.use("h1", START)) is None


async def test_a_revoked_one_is_worth_nothing_and_only_once_revoked(team: Team) -> None:
    await team.do(lambda unit: unit.invitations.add(INVITATION))
    assert not await team.do(lambda unit: unit.invitations.revoke(THEIRS, "h1", START))
    assert await team.do(lambda unit: unit.invitations.revoke(OURS, "h1", START))
    assert not await team.do(lambda unit: unit.invitations.revoke(OURS, "h1", START))
    assert await team.do(lambda unit: unit.invitations.use("h1", START)) is None


async def test_what_was_used_or_is_too_old_cannot_be_revoked(team: Team) -> None:
    await team.do(lambda unit: unit.invitations.add(INVITATION))
    assert not await team.do(lambda unit: unit.invitations.revoke(OURS, "h1", INVITATION.expires_at))
    await team.do(lambda unit: unit.invitations.use("h1", START))
    assert not await team.do(lambda unit: unit.invitations.revoke(OURS, "h1", START))


async def test_open_ones_are_listed_those_that_end_last_first(team: Team) -> None:
    def several(unit) -> None:  # type: ignore[no-untyped-def]
        unit.invitations.add(INVITATION)
        unit.invitations.add(replace(INVITATION, code_hash="h2", expires_at=START + 9 * DAY))
        unit.invitations.add(replace(INVITATION, code_hash="used", used_at=START))
        unit.invitations.add(replace(INVITATION, code_hash="revoked", revoked_at=START))
        unit.invitations.add(replace(INVITATION, code_hash="old", expires_at=START))
        unit.invitations.add(replace(INVITATION, code_hash="a code", role=None))

    await team.do(several)
    listed = await team.see(lambda unit: unit.invitations.open(OURS, START))
    assert [i.code_hash for i in listed] == ["h2", "h1"]
    assert await team.see(lambda unit: unit.invitations.open(THEIRS, START)) == ()


async def test_who_somebody_brought_follows_them_when_two_are_one(team: Team) -> None:
    await team.do(lambda unit: unit.invitations.add(replace(INVITATION, created_by=BO)))
    await team.do(lambda unit: unit.invitations.brought(OURS, "h1", BO))
    await team.do(lambda unit: unit.people.save(Person(ANA, OURS, "Ana", deputy_id=BO)))
    await team.do(lambda unit: unit.people.merge(OURS, BO, ANA))
    found = await team.see(lambda unit: unit.invitations.get("h1"))
    assert found
    assert (found.created_by, found.used_by) == (ANA, ANA)


async def test_all_that_is_set_for_a_person_is_kept(team: Team) -> None:
    detailed = Person(
        ANA, OURS, "Ana", Role.EXTERNAL, active=False, deputy_id=BO, deputy_until=date(2026, 12, 20),
        department="Site", stopped=True, gone=Gone.MISTAKEN, follows=True,
    )  # fmt: skip
    await team.do(lambda unit: unit.people.save(detailed))
    assert await team.see(lambda unit: unit.people.get(OURS, ANA)) == detailed


async def test_who_asked_to_stop_has_no_address(team: Team) -> None:
    ana = await team.see(lambda unit: unit.people.get(OURS, ANA))
    assert ana
    assert await team.see(lambda unit: unit.people.address(ana))
    assert await team.see(lambda unit: unit.people.address(replace(ana, stopped=True))) is None


async def test_the_group_that_vouches_is_kept_with_the_account(team: Team) -> None:
    (only,) = await team.see(lambda unit: unit.people.identities(OURS, ANA))
    vouched = replace(only, vouched="telegram//-100")
    await team.do(lambda unit: unit.people.save_identity(vouched))
    assert await team.see(lambda unit: unit.people.identities(OURS, ANA)) == (vouched,)
