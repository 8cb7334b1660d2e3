"""Something that comes again: reading how often, starting a series, changing what follows, ending it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

from bot.cards import RichText
from bot.commands import ledger
from bot.commands.context import Context
from bot.commands.when import habits
from bot.dialogs import Asked
from bot.domain.calendar import Calendar
from bot.domain.facts import facts
from bot.domain.history import Action, History
from bot.domain.ledger import Deed, Entry
from bot.domain.local_time import local
from bot.domain.milestone import Milestone
from bot.domain.recurrence import due_on, first_day
from bot.domain.series import Every, Rule, Series, shifted_rule
from bot.errors import InvalidMilestone
from bot.language.command_line import read_sentence
from bot.language.recurring import Repeat, find_repeat
from bot.language.sentence import Sentence, Surroundings
from bot.reminders.recurring import rearm_series


def with_repeat(ctx: Context, asked: Asked) -> Asked:
    """The arguments of a sentence that says how often, which is cut out before the rest is read."""
    if asked.again or not asked.text:
        return asked
    found = _repeat(ctx, asked.text)
    if found is None:
        return asked
    said = reread(ctx, found.rest, asked)
    starts = found.starts.isoformat() if found.starts else ""
    return said.having(again=json.dumps({**found.rule.to_json(), "starts": starts}), text="")


def reread(ctx: Context, text: str, asked: Asked) -> Asked:
    """``asked`` as it would be if only ``text`` had been said."""
    said = read_sentence(RichText(text), ctx.verbs, _surroundings(ctx), verb=ctx.verb)
    return asked.having(**_parts(said))


def rule_of(asked: Asked) -> Rule:
    """Raises `InvalidMilestone` for anything that `with_repeat` did not write."""
    try:
        return Rule.from_json(json.loads(asked.again))
    except (ValueError, KeyError, TypeError) as error:
        raise InvalidMilestone("series_no_day") from error


def first_of(ctx: Context, asked: Asked, calendar: Calendar) -> tuple[date, date] | None:
    """(day by the rule, day of work) it begins on; None when the rule does not say which day."""
    rule, said = rule_of(asked), json.loads(asked.again).get("starts") or asked.due
    if rule.weekday < 0 and not rule.day and rule.every is not Every.DAY and not said:
        return None
    day = first_day(rule, max(date.fromisoformat(said), ctx.today) if said else ctx.today)
    due = due_on(rule, day, calendar)
    if due < ctx.today:
        due = calendar.following(day)
    return day, due


def start_series(
    ctx: Context, milestone: Milestone, rule: Rule, starts: date, batch_id: str = ""
) -> tuple[Series, Entry]:
    """``milestone``, saved with the series' id, is the first of it."""
    series = Series(
        id=milestone.series_id,
        workspace_id=milestone.workspace_id,
        project_id=milestone.project_id,
        rule=rule,
        title=milestone.title,
        owner_id=milestone.owner_id,
        starts=starts,
        last=starts,
        milestone_id=milestone.id,
        created_by=ctx.person.id,
        needs=tuple(criterion.text for criterion in milestone.criteria),
        phase_id=milestone.phase_id,
    )
    ctx.uow.series.add(series)
    rearm_series(ctx.uow, series, ctx.now)
    return series, ledger.wrote_new(ctx, series, {"ended": True}, batch_id)


def end_series(ctx: Context, series: Series) -> Entry:
    return ledger.keep(ctx, series, replace(series, ended=True), Deed.REMOVED)


def change_following(ctx: Context, series: Series, milestone: Milestone, entry: History) -> Entry | None:
    """What was just done to this one also for those that follow; None when it means nothing for them."""
    now = series
    if entry.action is Action.ASSIGNED:
        now = replace(now, owner_id=milestone.owner_id)
    if "title" in entry.after:
        now = replace(now, title=milestone.title)
    if "criteria" in entry.after:
        now = replace(now, needs=tuple(criterion.text for criterion in milestone.criteria))
    if entry.action is Action.MOVED:
        now = replace(now, rule=shifted_rule(series.rule, milestone.due))
    return ledger.keep(ctx, series, now) if facts(now) != facts(series) else None


def _repeat(ctx: Context, text: str) -> Repeat | None:
    return find_repeat(text, local(ctx.now, ctx.reader.zone), habits(ctx, ctx.reader.calendar))


def _surroundings(ctx: Context) -> Surroundings:
    names = ctx.uow.people.everybody(ctx.workspace.id)
    people = tuple(way for name in names for way in (name, name.split(" ", 1)[0]))
    projects = tuple(part for pair in ctx.uow.projects.keys_and_names(ctx.workspace.id) for part in pair)
    now = local(ctx.now, ctx.reader.zone)
    return Surroundings(now, habits(ctx, ctx.reader.calendar), people, projects)


def _parts(said: Sentence) -> dict[str, object]:
    return {
        "title": said.title,
        "pointer": said.pointer,
        "owner": said.owner,
        "when": said.when,
        "needs": said.criteria,
        "reason": said.reason,
    }
