"""From rehearsal to live and back: who may, what it would send, and ladders that begin anew."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

from bot.access import Matter, Rule, may
from bot.commands.context import Context, Refused
from bot.commands.ledger import keep
from bot.commands.who import name_of
from bot.domain.ledger import Deed
from bot.domain.milestone import Milestone
from bot.domain.people import Project, Role
from bot.messages import Reply
from bot.reminders import arm, preview
from bot.reminders.address import cannot_deliver
from bot.reminders.escalation import resolved
from bot.reminders.preview import Coming
from bot.reminders.situation import open_milestones, situation_of
from bot.views.going_live import (
    Line,
    live_already_card,
    live_card,
    live_now_card,
    not_live_card,
    rehearsing_card,
)

AHEAD = timedelta(days=3)


def go_live(ctx: Context, *, sure: bool) -> Reply:
    """Show what would be sent in the next three days; when ``sure``, switch and show it."""
    require_going_live(ctx)
    if not ctx.workspace.rehearsal:
        return ctx.private(live_already_card(ctx.reader, ctx.offers))
    lines = [_line(ctx, coming) for coming in coming_up(ctx)]
    if not sure:
        return ctx.private(live_card(lines, ctx.reader, ctx.offers))
    entry = keep(ctx, ctx.workspace, replace(ctx.workspace, rehearsal=False), Deed.WENT_LIVE)
    for _, milestone in _everything(ctx):
        _begin_anew(ctx, milestone)
    return ctx.private(live_now_card(lines, entry.id, ctx.reader, ctx.offers))


def rehearse(ctx: Context) -> Reply:
    """Everything to the lead alone again."""
    require_going_live(ctx)
    if ctx.workspace.rehearsal:
        return ctx.private(rehearsing_card("", ctx.reader, ctx.offers))
    entry = keep(ctx, ctx.workspace, replace(ctx.workspace, rehearsal=True), Deed.REHEARSED)
    return ctx.private(rehearsing_card(entry.id, ctx.reader, ctx.offers))


def require_going_live(ctx: Context) -> None:
    """Raises `Refused`, naming who can, unless the sender leads a project here or is an admin."""
    projects = ctx.uow.projects.all(ctx.workspace.id)
    if may(ctx.person, Rule.CONFIGURE, Matter()):
        return
    if any(may(ctx.person, Rule.SETTINGS, Matter(project)) for project in projects):
        return
    people = ctx.uow.people.all(ctx.workspace.id)
    admins = [name_of(ctx, p.id) for p in people if p.active and p.role is Role.ADMIN]
    leads = [name_of(ctx, project.lead_id) for project in projects]
    raise Refused(not_live_card(list(dict.fromkeys([*leads, *admins])), ctx.reader, ctx.offers))


def coming_up(ctx: Context) -> tuple[Coming, ...]:
    """Everything the planner would send in the next three days, were the team live now."""
    until, found = ctx.now + AHEAD, list[Coming]()
    for project in ctx.uow.projects.all(ctx.workspace.id):
        milestones = open_milestones(ctx.uow, project)
        found += preview.of_project(project, milestones, ctx.now, until)
        situations = (situation_of(ctx.uow, milestone) for milestone in milestones)
        for situation in filter(None, situations):
            found += preview.of_milestone(situation, ctx.now, until)
    found += _said_to_leads(ctx, found)
    return tuple(sorted(found, key=lambda coming: (coming.at, coming.notice.key)))


def _said_to_leads(ctx: Context, found: Sequence[Coming]) -> list[Coming]:
    """Once a day and person the lead also hears that somebody cannot be reached."""
    extra: dict[str, Coming] = {}
    for coming in sorted(found, key=lambda one: one.at):
        person = ctx.uow.people.get(ctx.workspace.id, coming.notice.person_id)
        project = ctx.uow.projects.get(ctx.workspace.id, coming.notice.project_id)
        lead = ctx.uow.people.get(ctx.workspace.id, project.lead_id) if project else None
        if person is None or project is None or lead is None or lead.id == person.id:
            continue
        if ctx.uow.people.address(person) is None:
            notice = cannot_deliver(person, project, lead, "", coming.at)
            extra.setdefault(notice.key, Coming(coming.at, notice))
    return list(extra.values())


def _everything(ctx: Context) -> Iterator[tuple[Project, Milestone]]:
    for project in ctx.uow.projects.all(ctx.workspace.id):
        for milestone in open_milestones(ctx.uow, project):
            yield project, milestone


def _begin_anew(ctx: Context, milestone: Milestone) -> None:
    """Nobody heard the steps of a rehearsal, so the first one is said first."""
    alert = ctx.uow.alerts.open_for(milestone.workspace_id, milestone.id)
    if alert:
        ctx.uow.alerts.put(resolved(alert))
    arm.rearm(ctx.uow, milestone, ctx.now)


def _line(ctx: Context, coming: Coming) -> Line:
    notice = coming.notice
    milestone = ctx.uow.milestones.get(ctx.workspace.id, notice.milestone_id) if notice.milestone_id else None
    project = ctx.uow.projects.get(ctx.workspace.id, notice.project_id)
    person = ctx.uow.people.get(ctx.workspace.id, notice.person_id) if notice.person_id else None
    whom = person.name if person else _place_of(ctx, project)
    absent = str(notice.detail.get("instead_of", ""))
    about = name_of(ctx, absent) if absent else project.name if project else ""
    unreachable = person is not None and ctx.uow.people.address(person) is None
    return Line(coming.at, whom, notice.kind, milestone, about, unreachable)


def _place_of(ctx: Context, project: Project | None) -> str:
    place = ctx.uow.places.get(project.home.root) if project and project.home else None
    return place.name if place else project.name if project else ""
