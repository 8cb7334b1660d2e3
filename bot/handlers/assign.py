"""assign: exactly one owner, told at once."""

from __future__ import annotations

from bot.access import Rule
from bot.commands import Command, Context, record, told
from bot.commands.change import tell_owner
from bot.commands.who import settle_owner
from bot.dialogs import Asked
from bot.domain import lifecycle
from bot.domain.history import Action
from bot.messages import Reply
from bot.verbs import Verb
from bot.views.milestone import NAME_ROOM, shortened
from bot.wording import N_

verb = Verb(
    name="assign",
    summary=N_("Give a milestone to someone"),
    usage="MILESTONE to @owner",
    examples=("assign APX-1 to @boris", "assign APX-1 to me"),
    twins=("give", "hand over", "hand", "take", "reassign", "owner"),
    changes=True,
)


def handle(ctx: Context, asked: Asked) -> Reply:
    milestone, reader = ctx.milestone, ctx.reader
    owner = settle_owner(
        ctx, asked, reader.rich("Who takes over “{title}”?", title=shortened(milestone.title, NAME_ROOM))
    )
    if isinstance(owner, Reply):
        return owner
    if owner.id == milestone.owner_id and not milestone.owner_role:
        return told(ctx, milestone, None, reader.rich("{owner} has it already.", owner=owner.name))
    given = lifecycle.assigned(milestone, owner.id)
    entry = record(ctx, milestone, given, Action.ASSIGNED, note=asked.reason)
    tell_owner(ctx, given)
    return told(ctx, given, entry, reader.rich("{owner} has it now.", owner=owner.name))


command = Command(verb=verb, rule=Rule.REASSIGN, handle=handle, on_milestone=True, for_many=True)
