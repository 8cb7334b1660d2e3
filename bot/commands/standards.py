"""From words to criteria: what kind each is, and whose yes it takes."""

from __future__ import annotations

from dataclasses import dataclass

from bot.commands.context import Context
from bot.commands.who import known_as, settle_owner
from bot.dialogs import Asked
from bot.domain.milestone import Criterion, CriterionKind
from bot.language.standards import Wanted, cut, wanted
from bot.messages import Reply
from bot.views.milestone import NAME_ROOM, shortened


@dataclass(frozen=True, slots=True)
class Adding:
    """New criteria, none of them met yet."""

    criteria: tuple[Criterion, ...]


def to_add(ctx: Context, asked: Asked) -> Adding | Reply:
    """Everything that was written, or the question who has to say yes.  A yes of somebody who is nobody here
    ("signed by the client") is a plain fact."""
    texts = cut("\n".join((asked.value, *asked.needs)))
    found: list[Criterion] = []
    for text in texts:
        made = _made(ctx, asked, wanted(text))
        if isinstance(made, Reply):
            return made
        found.append(made)
    return Adding(tuple(found))


def _made(ctx: Context, asked: Asked, want: Wanted) -> Criterion | Reply:
    if want.kind is not CriterionKind.APPROVAL:
        return _criterion(ctx, want)
    people = known_as(ctx, want.approver)
    if len(people) == 1:
        return _criterion(ctx, want, people[0].id)
    if not people and not want.approver.startswith("@"):
        return _criterion(ctx, Wanted(f"{want.text} by {want.approver}"))
    prompt = ctx.reader.rich("Whose yes does “{text}” take?", text=shortened(want.text, NAME_ROOM))
    about = asked.having(owner=asked.owner or want.approver, milestone_id=ctx.milestone.id)
    person = settle_owner(ctx, about, prompt)
    return person if isinstance(person, Reply) else _criterion(ctx, want, person.id)


def _criterion(ctx: Context, want: Wanted, approver_id: str = "") -> Criterion:
    return Criterion(
        id=ctx.uow.new_id(),
        text=want.text,
        kind=want.kind,
        target=want.target,
        unit=want.unit,
        approver_id=approver_id,
    )
