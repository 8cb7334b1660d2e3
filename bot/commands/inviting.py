"""Making invitations, reading them back, and taking them back, with whoever came by them."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import timedelta

from bot.access import Matter, Rule, may
from bot.commands.context import Context
from bot.commands.handing_over import HandedOver, hand_over, owned_by, successor
from bot.commands.ledger import keep
from bot.commands.quotas import room_for_invitation
from bot.domain.history import Action
from bot.domain.ledger import Deed, Entry
from bot.domain.milestone import Milestone
from bot.domain.people import Gone, Person, Project, Role
from bot.ports import Invitation, UnitOfWork
from bot.views.inviting import Letter

LIFE = timedelta(days=7)
_GIVES_POWER = frozenset({Role.ADMIN, Role.LEAD})


def rule_for(role: Role) -> Rule:
    """What it takes to invite somebody as this."""
    return Rule.ROLES if role in _GIVES_POWER else Rule.INVITE


def make(
    ctx: Context, name: str, role: Role, project: Project | None, milestones: tuple[Milestone, ...]
) -> Letter:
    """A new invitation; its code is shown this once and only its hash is kept."""
    room_for_invitation(ctx)
    secret = ctx.new_code()
    invitation = Invitation(
        code_hash=hashlib.sha256(secret.encode()).hexdigest(),
        workspace_id=ctx.workspace.id,
        created_by=ctx.person.id,
        created_at=ctx.now,
        expires_at=ctx.now + LIFE,
        project_id=project.id if project else "",
        role=role,
        name=name,
        milestone_ids=tuple(m.id for m in milestones),
    )
    ctx.uow.invitations.add(invitation)
    return replace(read_letter(ctx.uow, invitation), secret=secret, address=ctx.deep_link(secret))


def read_letter(uow: UnitOfWork, invitation: Invitation) -> Letter:
    """An invitation with the names people know things by."""
    workspace_id = invitation.workspace_id
    inviter = uow.people.get(workspace_id, invitation.created_by)
    team = uow.workspaces.get(workspace_id)
    project = uow.projects.get(workspace_id, invitation.project_id) if invitation.project_id else None
    found = (uow.milestones.get(workspace_id, ident) for ident in invitation.milestone_ids)
    return Letter(
        role=invitation.role or Role.MEMBER,
        name=invitation.name,
        team=team.name if team else "",
        project=project.name if project else "",
        inviter=inviter.name if inviter else "",
        expires_at=invitation.expires_at,
        code_hash=invitation.code_hash,
        milestones=tuple(m for m in found if m and m.is_open),
    )


def may_take_back(ctx: Context, invitation: Invitation) -> bool:
    """Whoever made it, and whoever sets things for others."""
    return invitation.created_by == ctx.person.id or may(ctx.person, Rule.PEOPLE, Matter())


def open_ones(ctx: Context) -> tuple[Invitation, ...]:
    """Those the sender may take back, that end last first."""
    found = ctx.uow.invitations.open(ctx.workspace.id, ctx.now)
    return tuple(invitation for invitation in found if may_take_back(ctx, invitation))


def welcome_in(ctx: Context, newcomer: Person, invitation: Invitation) -> tuple[Milestone, ...]:
    """``ctx`` speaks for whoever invited: the newcomer joins, and gets what the invitation was for, as far as
    it is still open and the inviter's to give.  Joining is the newcomer's own deed, giving the inviter's."""
    before = replace(newcomer, active=False, gone=Gone.MISTAKEN)
    keep(replace(ctx, person=newcomer), before, newcomer, Deed.JOINED)
    given = hand_over(ctx, _to_give(ctx, invitation), lambda _: newcomer.id, tell=frozenset())
    return given.takers.get(newcomer.id, ())


def send_away(ctx: Context, person: Person) -> tuple[Entry, HandedOver]:
    """It was not them: out at once, and what is theirs goes back to whoever had it before."""
    batch = ctx.uow.new_id()
    gone = replace(person, active=False, gone=Gone.MISTAKEN)
    entry = keep(ctx, person, gone, Deed.REMOVED, batch)
    after = successor(ctx, gone)
    theirs = owned_by(ctx, person.id)
    had = {m.id: _had_before(ctx, m, person) for m in theirs}
    return entry, hand_over(ctx, theirs, lambda m: had[m.id] or after(m), batch_id=batch, giver=gone)


def _to_give(ctx: Context, invitation: Invitation) -> list[Milestone]:
    found = [ctx.uow.milestones.get(ctx.workspace.id, ident) for ident in invitation.milestone_ids]
    return [m for m in found if m and m.is_open and _may_give(ctx, m)]


def _may_give(ctx: Context, milestone: Milestone) -> bool:
    project = ctx.uow.projects.get(ctx.workspace.id, milestone.project_id)
    return may(ctx.person, Rule.REASSIGN, Matter(project, milestone))


def _had_before(ctx: Context, milestone: Milestone, person: Person) -> str:
    """Whoever owned it before this person did, while they are still here."""
    for entry in ctx.uow.histories.of(ctx.workspace.id, milestone.id):
        if entry.action is Action.ASSIGNED and entry.after.get("owner_id") == person.id:
            before = ctx.uow.people.get(ctx.workspace.id, str(entry.before.get("owner_id", "")))
            return before.id if before and before.active else ""
    return ""
