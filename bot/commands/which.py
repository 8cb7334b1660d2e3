"""Settling a milestone and a project: by button, key, name, or the card replied to."""

from __future__ import annotations

from bot.cards import Actions, Card, RichText
from bot.commands.context import Context, Refused
from bot.dialogs import Asked, Choice, Question
from bot.domain.milestone import Milestone
from bot.domain.people import Project
from bot.language.pointing import Match, point
from bot.messages import Reply
from bot.ports import Filter, Pointed
from bot.sight import is_outsider, sees
from bot.views.milestone import ITEM_ROOM, NAME_ROOM, shortened
from bot.views.refusals import reading

_MOST_BUTTONS = 4


def settle_milestone(ctx: Context, asked: Asked) -> Milestone | Reply:
    """The milestone meant, or buttons with those it could be.  Raises `Refused` when there is none."""
    pointed = asked.milestone_id or ("" if asked.pointer else ctx.replied_to)
    if pointed:
        found = ctx.uow.milestones.get(ctx.workspace.id, pointed)
        if found is None or found.withdrawn:
            raise not_here(ctx, asked)
        return found
    return _by_words(ctx, asked) if asked.pointer else _offer_mine(ctx, asked)


def project_of(ctx: Context, milestone: Milestone) -> Project | None:
    if ctx.project and ctx.project.id == milestone.project_id:
        return ctx.project
    return ctx.uow.projects.get(ctx.workspace.id, milestone.project_id)


def _by_words(ctx: Context, asked: Asked) -> Milestone | Reply:
    candidates = _in_sight(ctx, asked)
    match = point(asked.pointer, candidates, ctx.project.key if ctx.project else "")
    if match.exact:
        return _loaded(ctx, asked, match.exact.id)
    if match.several:
        return _several(ctx, asked, match)
    raise not_here(ctx, asked)


def _in_sight(ctx: Context, asked: Asked) -> tuple[Pointed, ...]:
    """Those that could be meant; to an outsider only what is theirs to see."""
    near = ctx.project.id if ctx.project else ""
    candidates = ctx.uow.milestones.candidates(ctx.workspace.id, asked.pointer, near)
    if not is_outsider(ctx.person):
        return candidates
    return tuple(candidate for candidate in candidates if _is_seen(ctx, candidate.id))


def _is_seen(ctx: Context, milestone_id: str) -> bool:
    found = ctx.uow.milestones.get(ctx.workspace.id, milestone_id)
    return found is not None and sees(ctx.person, found)


def _loaded(ctx: Context, asked: Asked, milestone_id: str) -> Milestone:
    found = ctx.uow.milestones.get(ctx.workspace.id, milestone_id)
    if found is None or found.withdrawn:
        raise not_here(ctx, asked)
    return found


def _several(ctx: Context, asked: Asked, match: Match) -> Reply:
    choices = [
        Choice(shortened(f"{p.key} {p.title}", ITEM_ROOM), {"milestone_id": p.id, "pointer": ""})
        for p in match.several[:_MOST_BUTTONS]
    ]
    prompt = ctx.reader.rich("“{words}”: which one?", words=shortened(asked.pointer, NAME_ROOM))
    return ctx.ask(Question(prompt=prompt, field="pointer", choices=choices), asked.having(pointer=""))


def _offer_mine(ctx: Context, asked: Asked) -> Reply:
    mine = Filter(project_id=ctx.project.id if ctx.project else "", owner_id=ctx.person.id)
    found = _first(ctx, mine)
    if not found and not is_outsider(ctx.person):
        found = _first(ctx, Filter(project_id=mine.project_id))
    if not found:
        raise Refused(_nothing_here(ctx))
    choices = [Choice(shortened(f"{m.key} {m.title}", ITEM_ROOM), {"milestone_id": m.id}) for m in found]
    prompt = RichText(ctx.reader.say("Which milestone?"))
    note = RichText(ctx.reader.say("Name it by its key, by part of its name, or reply to its card."))
    return ctx.ask(Question(prompt=prompt, field="pointer", choices=choices, note=note), asked)


def _first(ctx: Context, which: Filter) -> tuple[Milestone, ...]:
    return ctx.uow.milestones.page(ctx.workspace.id, which, 1, _MOST_BUTTONS).milestones


def not_here(ctx: Context, asked: Asked) -> Refused:
    """No such milestone, or none that the sender may see."""
    words, reader = shortened(asked.pointer, NAME_ROOM), ctx.reader
    title = (
        reader.rich("I don't know a milestone called “{words}” here.", words=words)
        if words
        else RichText(reader.say("That milestone is not here any more."))
    )
    buttons = (
        ctx.offers.button(reader.say("All milestones"), "status"),
        ctx.offers.button(reader.say("Mine"), "mine"),
    )
    return Refused(Card(title, (Actions(buttons),)))


def _nothing_here(ctx: Context) -> Card:
    title = RichText(ctx.reader.say("There is no open milestone here yet."))
    add = ctx.offers.button(ctx.reader.say("Add one"), "new")
    return Card(title, (Actions((add, *reading(ctx.reader, ctx.offers)[1:])),))
