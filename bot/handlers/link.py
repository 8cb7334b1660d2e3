"""link: a one-time code that makes another account, or a group, part of the workspace."""

from __future__ import annotations

import hashlib
from datetime import timedelta

from bot.access import Rule
from bot.commands import Command, Context
from bot.dialogs import Asked
from bot.messages import Audience, Reply
from bot.ports import Invitation
from bot.verbs import Verb
from bot.views.linking import code_card
from bot.wording import N_

verb = Verb(
    name="link",
    summary=N_("Be yourself in another chat, or link a group"),
    usage="[CODE]",
    examples=("link",),
    twins=("connect", "join"),
    changes=True,
    personal=True,
)

HOURS = 24


def handle(ctx: Context, asked: Asked) -> Reply:
    secret = ctx.new_code()
    ctx.uow.invitations.add(
        Invitation(
            code_hash=hashlib.sha256(secret.encode()).hexdigest(),
            workspace_id=ctx.workspace.id,
            created_by=ctx.person.id,
            person_id=ctx.person.id,
            project_id=ctx.project.id if ctx.project else "",
            expires_at=ctx.now + timedelta(hours=HOURS),
        )
    )
    card = code_card(secret, ctx.deep_link(secret), HOURS, ctx.reader)
    return Reply(card, Audience.DIRECT if ctx.must_be_brief else Audience.SENDER)


command = Command(verb=verb, rule=Rule.INVITE, handle=handle)
