"""What a change means for proposals about the milestone: fulfilled, answered otherwise, or overtaken."""

from __future__ import annotations

from bot.commands.context import Context
from bot.domain.milestone import Milestone
from bot.domain.proposal import Proposal, Stand, decided
from bot.reminders.proposing import tell_decider, tell_proposer

_SAY_IT_ALL = frozenset(
    {"done", "begin", "submit", "approve", "hold", "resume", "reopen", "drop", "block", "unblock"}
)
"""Verbs that need no argument to be the same wish."""


def came_about(ctx: Context, old: Milestone, new: Milestone) -> str:
    """Settle every proposal that this change answers, and tell its proposer; the id of the first whose wish
    it was, empty when it was nobody's."""
    waiting = ctx.uow.proposals.open_about(new.workspace_id, new.id)
    answered = next((p for p in waiting if p.id == ctx.answering), None)
    whose = ""
    for proposal in waiting:
        state = _state(ctx, proposal, answered, old, new)
        if state is None:
            continue
        settle(ctx, proposal, state, new)
        whose = whose or (proposal.by_id if state in (Stand.ACCEPTED, Stand.CHANGED) else "")
    return whose if whose != ctx.person.id else ""


def settle(ctx: Context, proposal: Proposal, state: Stand, milestone: Milestone) -> Proposal:
    """Its state for good.  Raises `VersionConflict` when somebody else was first."""
    done = decided(proposal, state, ctx.person.id, ctx.now)
    ctx.uow.proposals.save(done)
    tell_proposer(ctx.uow, done, milestone, ctx.now)
    return done


def taken_back(ctx: Context, proposal: Proposal, state: Stand) -> Proposal:
    """By its proposer.  Whoever wishes the same still does, so the decider is asked by them."""
    done = settle(ctx, proposal, state, ctx.milestone)
    waiting = ctx.uow.proposals.open_about(proposal.workspace_id, proposal.milestone_id)
    same = next((p for p in waiting if p.wishes_the_same(proposal)), None)
    if same:
        tell_decider(ctx.uow, same, ctx.milestone, ctx.now)
    return done


def _state(
    ctx: Context, proposal: Proposal, answered: Proposal | None, old: Milestone, new: Milestone
) -> Stand | None:
    if answered and (proposal.id == answered.id or proposal.wishes_the_same(answered)):
        return Stand.ACCEPTED if _came_true(proposal, new) else Stand.CHANGED
    if proposal.verb == ctx.verb and _is_plain(proposal) and _came_true(proposal, new):
        return Stand.ACCEPTED
    return Stand.LAPSED if old.is_open and not new.is_open else None


def _is_plain(proposal: Proposal) -> bool:
    return proposal.verb in _SAY_IT_ALL or not {"due", "owner_id"}.isdisjoint(proposal.asked)


def _came_true(proposal: Proposal, new: Milestone) -> bool:
    due, owner = proposal.asked.get("due"), proposal.asked.get("owner_id")
    return (not due or due == new.due.isoformat()) and (not owner or owner == new.owner_id)
