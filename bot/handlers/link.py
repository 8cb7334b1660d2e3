"""link: a one-time code that makes another account, a colleague or a group part of the workspace."""

from __future__ import annotations

import hashlib
from datetime import timedelta

from bot.access import Rule
from bot.cards import Button, Card
from bot.commands import Command, Context, Refused
from bot.commands.perform import require
from bot.commands.who import settle_owner
from bot.dialogs import Asked
from bot.domain.people import Person, Role
from bot.messages import Audience, Reply
from bot.ports import Invitation
from bot.verbs import Verb
from bot.views import linking
from bot.wording import N_

verb = Verb(
    name="link",
    summary=N_("Be yourself in another chat, invite a colleague, or link a group"),
    usage="[CODE]",
    examples=("link", "link colleague"),
    twins=("connect", "join"),
    changes=True,
    personal=True,
)

HOURS = 24
_SOMEONE_NEW = frozenset({"colleague", "someone", "somebody"})


def handle(ctx: Context, asked: Asked) -> Reply:
    if asked.choice == linking.COLLEAGUE or not _SOMEONE_NEW.isdisjoint(asked.text.casefold().split()):
        require(ctx, Rule.INVITE)
        return _told(
            ctx, linking.invitation_card(_code(ctx, None), ctx.workspace.name, ctx.reader, ctx.offers)
        )
    if asked.owner or asked.owner_id:
        return _for_somebody(ctx, asked)
    code = _code(ctx, ctx.person)
    return _told(ctx, linking.code_card(code, ctx.reader, ctx.offers, _other_teams(ctx)))


def _for_somebody(ctx: Context, asked: Asked) -> Reply:
    person = settle_owner(ctx, asked, ctx.reader.rich("Whose account is it?"))
    if isinstance(person, Reply):
        return person
    if not _may_vouch(ctx, person):
        raise Refused(linking.only_admins_card(person.name, ctx.reader, ctx.offers))
    return _told(ctx, linking.for_person_card(_code(ctx, person), person.name, ctx.reader, ctx.offers))


def _may_vouch(ctx: Context, person: Person) -> bool:
    """Such a code is as good as the person: an admin's to give, or a lead's for whom no message reaches."""
    if person.id == ctx.person.id or ctx.person.role is Role.ADMIN:
        return True
    if person.role is Role.ADMIN or ctx.uow.people.address(person) is not None:
        return False
    return any(p.lead_id == ctx.person.id for p in ctx.uow.projects.all(ctx.workspace.id))


def _code(ctx: Context, person: Person | None) -> linking.Code:
    """A new code, for ``person`` or for whoever comes new; only its hash is kept."""
    secret = ctx.new_code()
    ctx.uow.invitations.add(
        Invitation(
            code_hash=hashlib.sha256(secret.encode()).hexdigest(),
            workspace_id=ctx.workspace.id,
            created_by=ctx.person.id,
            person_id=person.id if person else "",
            project_id=ctx.project.id if ctx.project else "",
            expires_at=ctx.now + timedelta(hours=HOURS),
        )
    )
    return linking.Code(secret, ctx.deep_link(secret), HOURS)


def _other_teams(ctx: Context) -> tuple[Button, ...]:
    """Ways to speak for another team in this conversation, where that is a choice at all."""
    if ctx.in_group or ctx.place.ref.workspace or ctx.sender is None:
        return ()
    others = (w for w in ctx.uow.workspaces.of_person(ctx.sender) if w.id != ctx.workspace.id)
    return tuple(
        ctx.offers.for_team(w.id).button(
            ctx.reader.say("Switch to {team}", team=w.name[:30]), "link", choice="workspace"
        )
        for w in others
    )


def _told(ctx: Context, card: Card) -> Reply:
    audience = Audience.DIRECT if ctx.must_be_brief else Audience.SENDER
    return Reply(card, audience, unreachable=linking.open_chat_card(ctx.reader, ctx.chat_link))


command = Command(verb=verb, rule=Rule.VIEW, handle=handle)
