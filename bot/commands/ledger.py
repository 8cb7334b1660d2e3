"""Changing what is not a milestone: saved, written into the ledger, and taken back.

For a workspace, a project, a phase or a person alike: ``entry = keep(ctx, was, now)`` saves ``now`` and
remembers what differs; a button ``undo`` with ``history_id=entry.id`` takes exactly that back, and the plain
word takes back whatever was done last, a milestone's change or one of these.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from bot.access import Matter, Rule, may
from bot.commands.context import Context
from bot.commands.quotas import room_for_project
from bot.domain.facts import Kept, facts, restored, subject_of
from bot.domain.ledger import Deed, Entry, Facts, Kind, difference, still_stands
from bot.domain.people import Person, Project, Role
from bot.domain.phases import Phase
from bot.domain.series import Series
from bot.ports import UnitOfWork
from bot.reminders import arm
from bot.reminders.recurring import rearm_series

_RULES = {
    Kind.WORKSPACE: Rule.CONFIGURE,
    Kind.PROJECT: Rule.SETTINGS,
    Kind.PHASE: Rule.SETTINGS,
    Kind.PERSON: Rule.PEOPLE,
    Kind.SERIES: Rule.EDIT,
}
_OF_A_PROJECT = (Kind.PROJECT, Kind.PHASE, Kind.SERIES)


def keep(ctx: Context, was: Kept, now: Kept, deed: Deed = Deed.CHANGED, batch_id: str = "") -> Entry:
    """Save ``now`` over ``was`` with its line in the ledger; reminders and digests follow."""
    before, after = difference(facts(was), facts(now))
    return _write(ctx, was, now, _entry(ctx, now, deed, before, after, batch_id))


def keep_new(ctx: Context, value: Project | Phase, batch_id: str = "") -> Entry:
    """Save a project or phase for the first time; undoing its creation withdraws it."""
    if isinstance(value, Project):
        room_for_project(ctx)
        ctx.uow.projects.add(value)
        arm.rearm_project(ctx.uow, value, ctx.now)
    else:
        ctx.uow.phases.add(value)
    entry = _entry(ctx, value, Deed.CREATED, {"withdrawn": True}, facts(value), batch_id)
    ctx.uow.ledger.add(entry)
    return entry


def wrote_new(ctx: Context, value: Series, before: Facts, batch_id: str = "") -> Entry:
    """Remember what was just saved for the first time; undoing it leaves it as ``before`` says."""
    entry = _entry(ctx, value, Deed.CREATED, before, facts(value), batch_id)
    ctx.uow.ledger.add(entry)
    return entry


def take_back(ctx: Context, entry: Entry) -> bool:
    """The recorded state back.  False when somebody changed it since: then nothing happens."""
    is_now = standing(ctx.uow, entry)
    if is_now is None or not still_stands(entry, facts(is_now)):
        return False
    back = restored(is_now, entry.before)
    undo = _entry(ctx, back, Deed.UNDONE, entry.after, entry.before, "", undoes=entry.id)
    _write(ctx, is_now, back, undo)
    return True


def standing(uow: UnitOfWork, entry: Entry) -> Kept | None:
    """What the entry is about, as it is now."""
    return _GET[entry.subject.kind](uow, entry.workspace_id, entry.subject.id)


def may_take_back(ctx: Context, entry: Entry) -> bool:
    """Whoever may make such a change; for a project also whoever made it, and for somebody who left whoever
    leads a project: their card tells them of it."""
    own = entry.actor_id == ctx.person.id
    if entry.subject.kind is Kind.PERSON and _gives_power(ctx, entry):
        return may(ctx.person, Rule.ROLES, Matter())
    if entry.deed is Deed.LEFT and ctx.person.active and _leads_something(ctx):
        return True
    if own and entry.deed is Deed.REMOVED:  # whom they invited themselves, and then sent away
        return may(ctx.person, Rule.INVITE, Matter())
    if own and entry.subject == subject_of(ctx.person):
        return True
    if own and (entry.subject.kind in _OF_A_PROJECT or entry.deed in (Deed.WENT_LIVE, Deed.REHEARSED)):
        return may(ctx.person, Rule.CREATE, Matter())
    return may(ctx.person, _RULES[entry.subject.kind], Matter(project_of_entry(ctx, entry)))


def _gives_power(ctx: Context, entry: Entry) -> bool:
    """A role, or the coming and going of somebody whose role only an admin gives."""
    person = standing(ctx.uow, entry)
    is_admin = isinstance(person, Person) and person.role is Role.ADMIN
    return "role" in entry.after or ("active" in entry.after and is_admin)


def _leads_something(ctx: Context) -> bool:
    return any(project.lead_id == ctx.person.id for project in ctx.uow.projects.all(ctx.workspace.id))


def project_of_entry(ctx: Context, entry: Entry) -> Project | None:
    value = standing(ctx.uow, entry)
    if isinstance(value, Phase | Series):
        return ctx.uow.projects.get(ctx.workspace.id, value.project_id)
    return value if isinstance(value, Project) else None


def _entry(
    ctx: Context, value: Kept, deed: Deed, before: Facts, after: Facts, batch_id: str, undoes: str = ""
) -> Entry:
    return Entry(
        id=ctx.uow.new_id(),
        workspace_id=ctx.workspace.id,
        subject=subject_of(value),
        at=ctx.now,
        actor_id=ctx.person.id,
        deed=deed,
        before=before,
        after=after,
        batch_id=batch_id,
        undoes=undoes,
    )


def _write(ctx: Context, was: Kept, now: Kept, entry: Entry) -> Entry:
    ctx.uow.ledger.add(entry)
    _SAVE[entry.subject.kind](ctx.uow, now)
    if isinstance(was, Project) and isinstance(now, Project):
        arm.project_changed(ctx.uow, was, now, ctx.now)
        if now.is_live and not was.is_live:  # what comes again rested while it was away
            for series in ctx.uow.series.of(now.workspace_id, now.id):
                rearm_series(ctx.uow, series, ctx.now)
    if isinstance(now, Series):
        rearm_series(ctx.uow, now.next(), ctx.now)
    return entry


_GET: Mapping[Kind, Callable[[UnitOfWork, str, str], Kept | None]] = {
    Kind.WORKSPACE: lambda uow, workspace_id, _: uow.workspaces.get(workspace_id),
    Kind.PROJECT: lambda uow, workspace_id, ident: uow.projects.get(workspace_id, ident),
    Kind.PHASE: lambda uow, workspace_id, ident: uow.phases.get(workspace_id, ident),
    Kind.PERSON: lambda uow, workspace_id, ident: uow.people.get(workspace_id, ident),
    Kind.SERIES: lambda uow, workspace_id, ident: uow.series.get(workspace_id, ident),
}
_SAVE: Mapping[Kind, Callable[[UnitOfWork, Any], None]] = {
    Kind.WORKSPACE: lambda uow, value: uow.workspaces.save(value),
    Kind.PROJECT: lambda uow, value: uow.projects.save(value),
    Kind.PHASE: lambda uow, value: uow.phases.save(value),
    Kind.PERSON: lambda uow, value: uow.people.save(value),
    Kind.SERIES: lambda uow, value: uow.series.save(value.next()),
}
