"""Changing one setting of a project, whichever verb it was said with: read, check, keep, tell."""

from __future__ import annotations

from dataclasses import replace

from bot.cards import RichText
from bot.commands.context import Context
from bot.commands.ledger import keep
from bot.commands.settings import REFRESH, SETTINGS, Setting
from bot.commands.targets import require_change
from bot.commands.who import name_of, owners
from bot.dialogs import Asked, Choice, Question
from bot.domain.people import Project
from bot.messages import Reply
from bot.ports import Filter
from bot.refs import ConversationRef
from bot.reminders.situation import open_milestones
from bot.views.milestone import NAME_ROOM, listed, shortened
from bot.views.projects import About, project_card
from bot.views.settings import hint_words, likely_values, question_words

INSTEAD = "instead"


def about(ctx: Context, project: Project) -> About:
    which = Filter(project_id=project.id)
    total = ctx.uow.milestones.page(ctx.workspace.id, which, 1, 1).total
    place = ctx.uow.places.get(project.home.root) if project.home else None
    return About(project, name_of(ctx, project.lead_id), total, place.name if place else "")


def set_one(ctx: Context, asked: Asked, project: Project, name: str, words: str) -> Reply:
    """One setting to what ``words`` say; asks when they say nothing, or nothing that can be read."""
    require_change(ctx, project)
    setting = SETTINGS[name]
    words = words.strip() or ("here" if name == "channel" and ctx.in_group else "")
    if not words:
        return ask_for(ctx, asked, project, setting)
    if (taken := _taken_by(ctx, project, name, words)) and asked.choice != INSTEAD:
        return _ask_instead(ctx, asked, project, taken)
    changed = setting.read(ctx, project, words)
    if words.casefold() == REFRESH and isinstance(changed, Project) and asked.choice != REFRESH:
        return _ask_refresh(ctx, asked, project, changed)
    if isinstance(changed, RichText):
        return ask_for(ctx, asked, project, setting, changed)
    if changed == project:
        return told(ctx, project, RichText(ctx.reader.say("It is so already.")))
    return _kept(ctx, project, changed, taken)


def ask_for(
    ctx: Context, asked: Asked, project: Project, setting: Setting, why_not: RichText | None = None
) -> Reply:
    """The question for one setting, with likely answers as buttons; ``why_not`` the last was no answer."""
    reader = ctx.reader
    asked = asked.having(project_id=project.id, item=setting.name, value="", reason="", text="")
    prompt = why_not or question_words(setting.name, shortened(project.name, NAME_ROOM), reader)
    leads = [(option.label, option.value) for option in owners(ctx)[:3]] if setting.name == "lead" else ()
    values = leads or likely_values(setting.name, project, ctx.person.zone, reader)
    choices = [Choice(label, {"value": value}) for label, value in values]
    note = RichText(hint_words(setting.name, reader))
    return ctx.ask(Question(prompt=prompt, field="reason", choices=choices, note=note), asked)


def told(ctx: Context, project: Project, said: RichText, undo: str = "") -> Reply:
    return ctx.private(project_card(about(ctx, project), ctx.reader, ctx.offers, said, undo))


def _kept(ctx: Context, project: Project, changed: Project, taken: Project | None) -> Reply:
    batch_id = ctx.uow.new_id() if taken else ""
    if taken:  # taking a channel away from a project changes that one as well
        require_change(ctx, taken)
        keep(ctx, taken, replace(taken, home=None), batch_id=batch_id)
    entry = keep(ctx, project, changed, batch_id=batch_id)
    return told(ctx, changed, noted(ctx, project, changed), entry.id)


def noted(ctx: Context, was: Project, now: Project) -> RichText:
    """Said after a change; no date moves by itself when other days are worked, so those at odds are named."""
    if was.calendar == now.calendar:
        return RichText(ctx.reader.say("Noted."))
    off = [m for m in open_milestones(ctx.uow, now) if not now.calendar.is_working(m.due)]
    newly = [m.key for m in off if was.calendar.is_working(m.due)]
    if not newly:
        return RichText(ctx.reader.say("Noted. Every date is on a working day."))
    keys = listed(newly, ctx.reader)
    return ctx.reader.rich("Noted. Due on a day off now, and not moved: {keys}.", keys=keys)


def _taken_by(ctx: Context, project: Project, name: str, words: str) -> Project | None:
    """The other project whose home this conversation is."""
    if name != "channel" or not ctx.in_group or words.casefold() in ("none", "no", "off", "-"):
        return None
    return homed_elsewhere(ctx, project, ctx.place.ref.root)


def homed_elsewhere(ctx: Context, project: Project, home: ConversationRef) -> Project | None:
    other = ctx.uow.projects.by_home(ctx.workspace.id, home)
    return other if other and other.id != project.id else None


def _ask_refresh(ctx: Context, asked: Asked, project: Project, changed: Project) -> Reply:
    """What a newer list would add and take away, before it does (docs/rules.md, CAL-2)."""
    reader = ctx.reader
    added, gone = sorted(changed.holidays - project.holidays), sorted(project.holidays - changed.holidays)
    if not (added or gone):
        return told(ctx, project, RichText(reader.say("The list of holidays is up to date.")))
    prompt = reader.rich("The list of holidays differs: {n} added, {m} gone.", n=len(added), m=len(gone))
    days = listed([f"+{reader.day(d)}" for d in added] + [f"−{reader.day(d)}" for d in gone], reader, 8)
    fills = {"item": "holidays", "value": REFRESH, "choice": REFRESH, "project_id": project.id}
    choices = [Choice(reader.say("Take the new list"), fills)]
    question = Question(prompt=prompt, field="reason", choices=choices, note=RichText(days))
    return ctx.ask(question, asked.having(item="holidays", project_id=project.id, value="", text=""))


def _ask_instead(ctx: Context, asked: Asked, project: Project, taken: Project) -> Reply:
    reader, name = ctx.reader, shortened(project.name, 24)
    prompt = reader.rich(
        "This channel is the home of {other}. Make it {name}'s?", other=shortened(taken.name, 24), name=name
    )
    fills = {"item": "channel", "value": "here", "choice": INSTEAD, "project_id": project.id}
    choices = [Choice(reader.say("Make it {name}'s", name=name), fills)]
    note = reader.rich(
        "{other} then has no channel; nothing else of it changes.", other=shortened(taken.name, 40)
    )
    question = Question(prompt=prompt, field="reason", choices=choices, note=note)
    return ctx.ask(question, asked.having(project_id=project.id, item="channel", text="", value=""))
