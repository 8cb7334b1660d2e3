"""Notes, files, invitations, what comes again and when to look: Ana's own, and how a stranger asks for it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from bot.domain.files import Copy, KeptFile
from bot.domain.finding import wanted
from bot.domain.milestone import Milestone
from bot.domain.notes import Note
from bot.domain.people import Role
from bot.domain.series import Every, Rule, Series
from bot.ports import Blob, Due, Invitation, UnitOfWork, Which
from tests.contracts.storage_contract.cast import (
    ANA,
    ANA_IN_SLACK,
    BO,
    DAY,
    OURS,
    PROJECT,
)
from tests.fakes.clock import START

_FIRST_DAY = date(2026, 3, 30)


def add_belongings(unit: UnitOfWork, of: Milestone) -> None:
    """One of each, about ``of``."""
    _said(unit, of)
    _invited(unit)
    unit.series.add(
        Series(
            id="s1",
            workspace_id=OURS,
            project_id=PROJECT,
            rule=Rule(every=Every.MONTH),
            title=of.title,
            owner_id=ANA,
            starts=_FIRST_DAY,
            last=_FIRST_DAY,
            milestone_id=of.id,
            created_by=ANA,
        )
    )
    unit.due.put(Due(START, OURS, f"m:{of.id}"))


def _said(unit: UnitOfWork, of: Milestone) -> None:
    unit.notes.add(
        Note(id="n1", workspace_id=OURS, milestone_id=of.id, author_id=ANA, at=START, text="The crane comes")
    )
    unit.blobs.add(
        Blob(id="b1", owner="", name="plan.pdf", mime="", size=4, sha256="ab", at=START, content=b"plan")
    )
    unit.files.add(
        KeptFile(
            id="f1",
            workspace_id=OURS,
            milestone_id=of.id,
            by_id=ANA,
            at=START,
            platform="slack",
            file_id="F1",
            name="plan.pdf",
            size=4,
            note_id="n1",
            copy=Copy.HELD,
            blob_id="b1",
        )
    )


def _invited(unit: UnitOfWork) -> None:
    """One that still waits, and one that brought somebody."""
    waiting = Invitation(
        code_hash="i1",
        workspace_id=OURS,
        created_by=ANA,
        created_at=START,
        expires_at=START + DAY,
        role=Role.MEMBER,
    )
    used = Invitation(
        code_hash="i2", workspace_id=OURS, created_by=ANA, expires_at=START + DAY, used_at=START
    )
    unit.invitations.add(waiting)
    unit.invitations.add(used)


def _brings(unit: UnitOfWork, team: str) -> object:
    unit.invitations.brought(team, "i2", BO)
    invitation = unit.invitations.get("i2")
    return invitation is not None and invitation.used_by == BO


def _forgets_the_account(unit: UnitOfWork, team: str) -> object:
    unit.people.forget_identity(team, ANA_IN_SLACK)
    return unit.people.by_ref(OURS, ANA_IN_SLACK) is None


def _looks_no_more(unit: UnitOfWork, team: str) -> object:
    (entry,) = unit.due.take(START, 1)
    unit.due.put(entry)
    unit.due.remove(team, entry.subject)
    return not unit.due.take(START, 1)


ABOUT_BELONGINGS: dict[str, Callable[[UnitOfWork, str], object]] = {
    "Notes.get": lambda u, team: u.notes.get(team, "n1"),
    "Notes.page": lambda u, team: u.notes.page(team, Which(), 1, 20).total,
    "Notes.count_by": lambda u, team: u.notes.count_by(team, ANA, START),
    "Notes.last_by": lambda u, team: u.notes.last_by(team, ANA),
    "Files.get": lambda u, team: u.files.get(team, "f1"),
    "Files.of_note": lambda u, team: u.files.of_note(team, "n1"),
    "Files.page": lambda u, team: u.files.page(team, Which(), 1, 20).total,
    "Files.held": lambda u, team: u.files.held(team),
    "Findings.find": lambda u, team: u.findings.find(team, wanted("crane")),
    "Invitations.open": lambda u, team: u.invitations.open(team, START),
    "Invitations.brought": _brings,
    "Invitations.revoke": lambda u, team: u.invitations.revoke(team, "i1", START),
    "People.forget_identity": _forgets_the_account,
    "SeriesBook.get": lambda u, team: u.series.get(team, "s1"),
    "SeriesBook.of": lambda u, team: u.series.of(team),
    "DueTable.remove": _looks_no_more,
}
