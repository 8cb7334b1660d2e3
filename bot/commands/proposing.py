"""Putting a wish to whoever may decide it: once, however often and by however many it is uttered."""

from __future__ import annotations

from dataclasses import replace

from bot.access import Rule, may
from bot.commands.context import Context, Refused
from bot.commands.outcomes import taken_back
from bot.commands.registry import Command
from bot.dialogs import Asked
from bot.domain.milestone import NOTE_LIMIT
from bot.domain.people import Person
from bot.domain.proposal import PROPOSALS_LIMIT, Proposal, Stand
from bot.messages import Reply
from bot.reminders.about_proposals import asks_of
from bot.reminders.deciding import deciders, reachable_first
from bot.reminders.proposing import tell_decider
from bot.views import proposals as views
from bot.views.asking import Asks


def may_propose(ctx: Context) -> bool:
    return may(ctx.person, Rule.PROPOSE, ctx.matter)


def who_decides(ctx: Context, rule: Rule) -> tuple[Person, ...]:
    """Everybody but the sender who may do it, whom to ask first in front."""
    return deciders(ctx.uow, ctx.workspace.id, rule, ctx.matter, {ctx.person.id})


def propose(ctx: Context, command: Command, asked: Asked, rule: Rule) -> Reply:
    """Keep the wish, tell the decider, answer the sender.  Raises `Refused` when nobody could decide."""
    to = reachable_first(ctx.uow, who_decides(ctx, rule))
    if to is None:
        raise Refused(views.nobody_decides_card(ctx.milestone, ctx.reader, ctx.offers))
    wish = _proposal(ctx, command, asked, rule, to)
    about = ctx.uow.proposals.open_about(ctx.workspace.id, ctx.milestone.id)
    same = [p for p in about if p.wishes_the_same(wish)]
    mine = next((p for p in same if p.by_id == ctx.person.id), None)
    if mine:
        return ctx.private(views.known_card(shown(ctx, mine), _name(ctx, mine.to_id), ctx.reader, ctx.offers))
    _replace_earlier(ctx, wish, about)
    if same:
        return _join(ctx, wish, same)
    ctx.uow.proposals.add(wish)
    tell_decider(ctx.uow, wish, ctx.milestone, ctx.now)
    return ctx.private(views.sent_card(shown(ctx, wish), _name(ctx, to.id), ctx.reader, ctx.offers))


def shown(ctx: Context, proposal: Proposal) -> Asks:
    """Raises `LookupError` when its milestone is gone."""
    asks = asks_of(ctx.uow, proposal, ctx.person)
    if asks is None:
        raise LookupError(proposal.milestone_id)
    return asks


def _proposal(ctx: Context, command: Command, asked: Asked, rule: Rule, to: Person) -> Proposal:
    words = asked.having(
        version=0, pointer="", what="", right="", proposal_id="", step="", reason=""
    ).to_words()
    return Proposal(
        id=ctx.uow.new_id(),
        workspace_id=ctx.workspace.id,
        milestone_id=ctx.milestone.id,
        verb=command.verb.name,
        rule=str(rule),
        asked=words,
        reason=asked.reason.strip()[:NOTE_LIMIT],
        by_id=ctx.person.id,
        to_id=to.id,
        made_at=ctx.now,
        seen=ctx.milestone.version,
    )


def _replace_earlier(ctx: Context, wish: Proposal, about: tuple[Proposal, ...]) -> None:
    """One person wishes one thing at a time; how many wait in all is bounded."""
    earlier = [p for p in about if p.by_id == ctx.person.id and p.verb == wish.verb]
    for proposal in earlier:
        taken_back(ctx, proposal, Stand.REPLACED)
    if len(ctx.uow.proposals.open_of(ctx.workspace.id, ctx.person.id)) >= PROPOSALS_LIMIT:
        raise Refused(views.too_many_card(PROPOSALS_LIMIT, ctx.reader, ctx.offers))


def _join(ctx: Context, wish: Proposal, same: list[Proposal]) -> Reply:
    beside = replace(wish, to_id=same[0].to_id)
    ctx.uow.proposals.add(beside)
    names = ctx.names(p.by_id for p in same)
    others = [names[p.by_id] for p in same if p.by_id in names]
    card = views.joined_in_card(shown(ctx, beside), others, _name(ctx, beside.to_id), ctx.reader, ctx.offers)
    return ctx.private(card)


def _name(ctx: Context, person_id: str) -> str:
    return ctx.names((person_id,)).get(person_id) or ctx.reader.say("someone who left")
