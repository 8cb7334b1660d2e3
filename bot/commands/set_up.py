"""Everything a project needs to work, in one form, or one question after another."""

from __future__ import annotations

from collections.abc import Mapping

from bot.cards import RichText
from bot.commands.context import Context
from bot.commands.ledger import keep
from bot.commands.setting_up import noted, told
from bot.commands.settings import SETTINGS, Setting
from bot.commands.targets import require_change
from bot.commands.who import owners
from bot.dialogs import Asked, Choice, Question
from bot.domain.people import Project
from bot.forms import OWN
from bot.messages import Reply
from bot.views.milestone import shortened
from bot.views.settings import FORM_FIELDS, hint_words, likely_values, question_words, set_up_form

SKIP, LATER = "skip", "later"


def ask_all(ctx: Context, asked: Asked, project: Project, field: str = "", words: str = "") -> Reply:
    """The form where one can be shown; else the next question, what was answered being kept already."""
    require_change(ctx, project)
    if ctx.can_open_form and ctx.capabilities.forms:
        token = ctx.form_token(Asked(project_id=project.id, choice="form"))
        return Reply(set_up_form(project, owners(ctx), token, ctx.reader))
    if words == LATER:
        return told(ctx, project, RichText(ctx.reader.say("The rest can be set any time.")))
    setting = SETTINGS[field] if field else None
    if setting and words and words != SKIP:
        changed = setting.read(ctx, project, words)
        if isinstance(changed, RichText):
            return _ask(ctx, asked, project, setting, changed)
        if changed != project:
            keep(ctx, project, changed)
        project = changed
    following = _after(field)
    if not following:
        return told(ctx, project, RichText(ctx.reader.say("That is all. Change any of it at any time.")))
    return _ask(ctx, asked, project, SETTINGS[following])


def take_all(ctx: Context, project: Project, answers: Mapping[str, str]) -> Reply:
    """The whole form in one change, or each field that cannot be read with the reason beside it."""
    require_change(ctx, project)
    changed, wrong = project, dict[str, str]()
    for name in FORM_FIELDS:
        words = answers.get(name, "").strip()
        if not words:
            continue
        read = SETTINGS[name].read(ctx, changed, words)
        if isinstance(read, RichText):
            wrong[OWN + name] = read.text
        else:
            changed = read
    if wrong:
        return Reply(errors=wrong)
    if changed == project:
        return told(ctx, project, RichText(ctx.reader.say("It is so already.")))
    entry = keep(ctx, project, changed)
    return told(ctx, changed, noted(ctx, project, changed), entry.id)


def _after(field: str) -> str:
    at = FORM_FIELDS.index(field) + 1 if field in FORM_FIELDS else 0
    return FORM_FIELDS[at] if at < len(FORM_FIELDS) else ""


def _ask(
    ctx: Context, asked: Asked, project: Project, setting: Setting, why_not: RichText | None = None
) -> Reply:
    """One at a time, with a way past it and a way out."""
    reader = ctx.reader
    prompt = why_not or question_words(setting.name, shortened(project.name, 30), reader)
    likely = likely_values(setting.name, project, ctx.person.zone, reader)[:2]
    if setting.name == "lead":
        likely = tuple((option.label, option.value) for option in owners(ctx)[:2])
    fills = {"item": setting.name, "project_id": project.id, "choice": "form"}
    choices = [Choice(label, {**fills, "value": value}) for label, value in likely]
    choices.append(Choice(reader.say("Skip"), {**fills, "value": SKIP}))
    choices.append(Choice(reader.say("Finish later"), {**fills, "value": LATER}))
    note = RichText(hint_words(setting.name, reader))
    question = Question(prompt=prompt, field="reason", choices=choices, note=note)
    return ctx.ask(question, asked.having(**fills, value="", reason="", text=""))
