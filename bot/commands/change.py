"""What every change does: save, remember, re-plan reminders, bring anchors up to date, answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.cards import Actions, Card, RichText, Text
from bot.commands.context import Context
from bot.commands.draft import Change
from bot.commands.keeping import keep
from bot.commands.outcomes import came_about
from bot.commands.quotas import room_for_milestone
from bot.commands.which import project_of
from bot.domain.history import Action, Cause, Facts, History, difference, facts
from bot.domain.milestone import Milestone
from bot.domain.people import Project
from bot.messages import Audience, Reply
from bot.ports import Due
from bot.refs import ConversationRef
from bot.reminders import arm, closed_places
from bot.reminders.recurring import series_subject
from bot.sight import told_to
from bot.views.milestone import Shown, headline, milestone_card
from bot.views.series import series_buttons
from bot.views.stories import line, people_of, since_then

_FOLLOWED = frozenset({Action.MOVED, Action.ASSIGNED, Action.RENAMED})
"""Changes of one of a series that may go for those that follow, too."""


def record(
    ctx: Context,
    old: Milestone,
    new: Milestone,
    action: Action,
    note: str = "",
    cause: Cause | None = None,
    batch_id: str = "",
) -> History:
    """Save ``new`` over ``old`` with its line of history; reminders and anchors follow.

    Changes that share a ``batch_id`` were made together and are undone together.

    Raises `VersionConflict` when somebody else was first.
    """
    before, after = difference(old, new)
    if ctx.draft is not None:
        ctx.draft.changes.append(Change(old, new, action, note, cause))
        return _entry(ctx, new, action, before, after)
    ctx.uow.milestones.save(new)
    entry = replace(
        _entry(ctx, new, action, before, after),
        note=note,
        cause=cause,
        batch_id=batch_id,
        proposed_by="" if action is Action.UNDONE else came_about(ctx, old, new),
    )
    ctx.uow.histories.add(entry)
    arm.rearm(ctx.uow, new, ctx.now, before=old)
    if new.series_id and old.is_open != new.is_open:
        ctx.uow.due.put(Due(ctx.now, new.workspace_id, series_subject(new.series_id)))
    arm.refresh_anchors(ctx.uow, new, ctx.now, undo="" if action is Action.UNDONE else entry.id)
    closed_places.tell_who_acts(ctx.uow, new, project_of(ctx, new), ctx.person.id, ctx.now)
    return entry


def tell_owner(ctx: Context, milestone: Milestone) -> None:
    """Tell the new owner at once, unless they did it themselves, or this is only a draft."""
    if ctx.draft is None:
        arm.announce_assignment(ctx.uow, milestone, ctx.person.id, ctx.now)


def record_new(ctx: Context, milestone: Milestone, batch_id: str = "") -> History:
    """Save a milestone for the first time; undoing its creation withdraws it.  Raises `Refused` when its
    project is full."""
    room_for_milestone(ctx, milestone, project_of(ctx, milestone))
    ctx.uow.milestones.add(milestone)
    entry = _entry(ctx, milestone, Action.CREATED, {"withdrawn": True}, facts(milestone))
    entry = replace(entry, batch_id=batch_id)
    ctx.uow.histories.add(entry)
    arm.rearm(ctx.uow, milestone, ctx.now)
    keep(ctx, milestone, ctx.files)
    return entry


def post_card(ctx: Context, entry: History, project: Project) -> ConversationRef | None:
    """Show the new milestone where its project lives: here when this is a group, else in its home, which
    hears nothing of it in a rehearsal."""
    elsewhere = None if ctx.workspace.rehearsal else project.home
    where = ctx.place.ref if ctx.in_group else elsewhere
    if where is not None:
        arm.announce_card(ctx.uow, ctx.milestone, where, ctx.person.id, ctx.now, undo=entry.id)
    return where


def told(
    ctx: Context,
    milestone: Milestone,
    entry: History | None,
    said: RichText,
    more: tuple[Text | Actions, ...] = (),
) -> Reply:
    """The answer to a change: the card as it now is.  Where everybody already sees the card change, only
    what is not on it."""
    if ctx.draft is not None:
        return Reply(None, toast=said.text)
    if ctx.on_anchor and not more:
        return Reply(None, toast=said.text)
    card = milestone_card(shown(ctx, milestone, entry), ctx.reader, ctx.offers, said)
    if entry and milestone.series_id and milestone.is_open and entry.action in _FOLLOWED:
        more = (*more, series_buttons(milestone, entry.id, ctx.reader, ctx.offers))
    if ctx.must_be_brief and _anchored_here(ctx, milestone):
        buttons = tuple(b for b in card.blocks if isinstance(b, Actions) and not more)
        card = Card(said or card.title, buttons, card.tone)
    elif ctx.on_anchor:
        card = Card(headline(milestone, ctx.reader), (Text(said),), card.tone)
    card = replace(card, blocks=(*card.blocks, *more))
    return Reply(card, Audience.SENDER, edits=ctx.pressed and not ctx.on_anchor, toast=said.text)


def shown(ctx: Context, milestone: Milestone, entry: History | None = None) -> Shown:
    names = ctx.names({milestone.owner_id, milestone.approver_id})
    undo = entry.id if entry else ""
    return Shown(
        milestone, names.get(milestone.owner_id, ""), undo, approver=names.get(milestone.approver_id, "")
    )


def story(ctx: Context, most: int) -> tuple[RichText, ...]:
    """The last lines of the milestone's history, newest first."""
    entries = ctx.uow.histories.of(ctx.workspace.id, ctx.milestone.id, most)
    names = ctx.names(people_of(entries))
    return tuple(line(told_to(ctx.person, entry), names, ctx.reader) for entry in entries)


def what_happened_since(ctx: Context) -> RichText:
    """Why an old button or an old undo no longer applies to the milestone."""
    latest = ctx.uow.histories.of(ctx.workspace.id, ctx.milestone.id, 1)[0]
    return since_then(told_to(ctx.person, latest), names_in(ctx, latest), ctx.reader)


def names_in(ctx: Context, entry: History) -> Mapping[str, str]:
    return ctx.names(people_of((entry,)))


def _entry(ctx: Context, milestone: Milestone, action: Action, before: Facts, after: Facts) -> History:
    return History(
        id=ctx.uow.new_id(),
        workspace_id=milestone.workspace_id,
        milestone_id=milestone.id,
        at=ctx.now,
        actor_id=ctx.person.id,
        action=action,
        before=before,
        after=after,
        version=milestone.version,
    )


def _anchored_here(ctx: Context, milestone: Milestone) -> bool:
    here: ConversationRef = ctx.place.ref.root
    anchors = ctx.uow.anchors.of(milestone.workspace_id, milestone.id)
    return any(anchor.message.conversation.root == here for anchor in anchors)
