"""The same to several milestones: one preview, one commit, one undo."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace

from bot.access import Matter, Rule, may, who_can
from bot.cards import RichText
from bot.commands.change import record
from bot.commands.context import Context, Refused
from bot.commands.draft import Change
from bot.commands.drafting import Left, Plan, planned
from bot.commands.proposing import propose
from bot.commands.registry import Command
from bot.commands.selecting import CHOOSE, several
from bot.commands.settling import plain, settled, tried
from bot.commands.telling_owners import tell_owners
from bot.commands.which import project_of
from bot.dialogs import Asked, Choice, Question
from bot.domain.history import difference
from bot.domain.milestone import Milestone
from bot.errors import IllegalMove, InvalidMilestone
from bot.messages import Reply
from bot.views import bulk
from bot.views.changes import was_and_is
from bot.views.milestone import NAME_ROOM, shortened
from bot.views.refusals import doing

MINE, PROPOSE = "mine", "propose"
_SHARED = frozenset({"when", "owner", "reason"})
"""Fields that mean the same for all of them; what asks for anything else is about one alone."""


def to_several(ctx: Context, command: Command, asked: Asked) -> Reply:
    """Show what it would do; do it when that very preview was confirmed; else show anew."""
    milestones = several(ctx, asked) or ()
    if not command.for_many:
        return _one_at_a_time(ctx, milestones)
    if asked.step == MINE:
        milestones = tuple(m for m in milestones if m.owner_id == ctx.person.id)
    if asked.step == CHOOSE and not asked.pointer:
        return _ask_which(ctx, asked, milestones)
    if asked.step == PROPOSE:
        return _proposed(ctx, command, asked, milestones)
    plan = planned(ctx, command, asked, milestones)
    if not plan.changes and (left := _asking(plan)) and left.question:
        return _ask(ctx, asked, left, left.question, milestones)
    if plan.changes and asked.step == _fingerprint(plan.changes):
        return _carried_out(ctx, plan)
    return _shown(ctx, asked, plan, len(milestones))


def _shown(ctx: Context, asked: Asked, plan: Plan, asked_about: int) -> Reply:
    preview = _preview(ctx, plan, has_changed=asked.step not in ("", CHOOSE, MINE))
    theirs = [left.milestone.id for left in plan.left if left.is_not_theirs]
    if not plan.changes:
        words = _settled(asked).to_words()
        card = bulk.nothing_to_do_card(preview, asked_about, theirs, ctx.verb, words, ctx.reader, ctx.offers)
        return ctx.private(card)
    everything = [change.old.id for change in plan.changes]
    mine = [c.old.id for c in plan.changes if c.old.owner_id == ctx.person.id]
    given = {**_settled(asked).to_words(), "step": _fingerprint(plan.changes)}
    again = {"all": everything, MINE: mine, "theirs": theirs}
    return ctx.private(bulk.preview_card(preview, again, ctx.verb, given, ctx.reader, ctx.offers))


def _carried_out(ctx: Context, plan: Plan) -> Reply:
    batch_id = ctx.uow.new_id()
    entries = [
        record(ctx, c.old, c.new, c.action, note=c.note, cause=c.cause, batch_id=batch_id)
        for c in plan.changes
    ]
    tell_owners(ctx, plan.changes, batch_id)
    return ctx.private(bulk.done_card(_preview(ctx, plan), entries[0].id, ctx.reader, ctx.offers))


def _proposed(ctx: Context, command: Command, asked: Asked, milestones: Sequence[Milestone]) -> Reply:
    """What is not theirs to do is put to those who decide, one wish each."""
    sent = [m.key for m in milestones if _wished(ctx.about(m, project_of(ctx, m)), command, asked)]
    if not sent:
        return ctx.private(bulk.nothing_proposed_card(ctx.reader, ctx.offers))
    return ctx.private(bulk.proposed_card(sent, ctx.reader, ctx.offers))


def _wished(ctx: Context, command: Command, asked: Asked) -> bool:
    """False when it is theirs to do after all, is so already, or cannot be."""
    alone = plain(ctx, asked.having(many=(), keys=(), step=""))
    if may(ctx.person, command.rule, ctx.matter):
        return False
    try:
        wish = settled(ctx, alone, tried(ctx, command, alone))
        if wish:
            propose(ctx, command, wish, command.rule)
    except (Refused, IllegalMove, InvalidMilestone):
        return False
    return wish is not None


def _preview(ctx: Context, plan: Plan, *, has_changed: bool = False) -> bulk.Preview:
    ids = {i for c in plan.changes for i in (c.old.owner_id, c.new.owner_id)}
    names = ctx.names(ids)
    rows = []
    for change in plan.changes:
        was, would_be = was_and_is(*difference(change.old, change.new), names, ctx.reader)
        rows.append(bulk.Row(change.old, names.get(change.old.owner_id, ""), was, would_be))
    return bulk.Preview(
        doing=doing(ctx.verb, ctx.reader),
        rows=tuple(rows),
        left_out=tuple(_left_out(ctx, left) for left in plan.left),
        of_mine=sum(c.old.owner_id == ctx.person.id for c in plan.changes),
        has_changed=has_changed,
        may_propose=may(ctx.person, Rule.PROPOSE, Matter()),
    )


def _left_out(ctx: Context, left: Left) -> bulk.LeftOut:
    if not left.is_not_theirs:
        return bulk.LeftOut(left.milestone.key, left.why)
    able = who_can(Matter(project_of(ctx, left.milestone), left.milestone))
    names = ctx.names(able)
    return bulk.LeftOut(left.milestone.key, who=next(filter(None, map(names.get, able)), "–"))


def _fingerprint(changes: Sequence[Change]) -> str:
    """Names exactly what was shown: which milestones, at which version, and what they would become."""
    told = [
        (
            c.old.id,
            c.old.version,
            c.new.due,
            c.new.owner_id,
            c.new.state,
            c.new.phase_id,
            bool(c.new.blocked),
            c.new.hold and c.new.hold.review_on,
        )
        for c in changes
    ]
    return hashlib.sha256(repr(told).encode()).hexdigest()[:16]


def _settled(asked: Asked) -> Asked:
    return asked.having(keys=(), many=(), pointer="", project_id="", page=1, step="", text="")


# --- asking -----------------------------------------------------------------------------------------


def _asking(plan: Plan) -> Left | None:
    asking = (left for left in plan.left if left.question and left.question.field in _SHARED)
    return next(asking, None)


def _ask(
    ctx: Context, asked: Asked, left: Left, question: Question, milestones: Sequence[Milestone]
) -> Reply:
    """What one of them asked, asked once for all of them."""
    choices = [Choice(c.label, _without_one(c)) for c in question.choices]
    title = shortened(left.milestone.title, NAME_ROOM)
    prompt = (
        _prompt(ctx, question.field, len(milestones)) if title in question.prompt.text else question.prompt
    )
    many = tuple(m.id for m in milestones)
    kept = left.asked.having(milestone_id="", keys=(), many=many, pointer="", choice=asked.choice)
    return ctx.ask(replace(question, prompt=prompt, choices=choices), kept)


def _without_one(choice: Choice) -> dict[str, object]:
    return {name: value for name, value in choice.fills.items() if name != "milestone_id"}


def _prompt(ctx: Context, field: str, n: int) -> RichText:
    reader = ctx.reader
    prompts = {
        "when": reader.many("Which date for this {n}?", "Which date for these {n}?", n),
        "owner": reader.many("Who takes over this {n}?", "Who takes over these {n}?", n),
        "reason": reader.many("Why, for this {n}?", "Why, for all {n}?", n),
    }
    return RichText(prompts[field])


def _ask_which(ctx: Context, asked: Asked, milestones: Sequence[Milestone]) -> Reply:
    keys = [m.key for m in milestones]
    prompt, note = bulk.choose_prompt(keys, ctx.reader)
    choices = [
        Choice(
            ctx.reader.say("Without {key}", key=m.key),
            {"many": tuple(o.id for o in milestones if o.id != m.id), "step": ""},
        )
        for m in milestones[:3]
    ]
    return ctx.ask(Question(prompt=prompt, field="pointer", choices=choices, note=note), asked)


def _one_at_a_time(ctx: Context, milestones: Sequence[Milestone]) -> Reply:
    keys, ids = [m.key for m in milestones], [m.id for m in milestones]
    return ctx.private(bulk.one_at_a_time_card(keys, ids, ctx.verb, ctx.reader, ctx.offers))
