"""A new project: its name asked for, its key derived, its channel settled."""

from __future__ import annotations

from dataclasses import replace

from bot.access import Rule
from bot.cards import RichText
from bot.commands.context import Context
from bot.commands.ledger import keep_new
from bot.commands.perform import require
from bot.commands.project import key_for
from bot.commands.setting_up import about
from bot.dialogs import Asked, Choice, Question
from bot.domain.people import PROJECT_NAME_LIMIT, Project
from bot.messages import Reply
from bot.views.milestone import shortened
from bot.views.projects import started_card

ANOTHER = "another"
STARTING = (
    "new project", "start project", "create project", "add project", "start a project", "start a new project",
    "open project",
)  # fmt: skip
_SAID_BEFORE = (*(f"{way} " for way in STARTING), "called ", "named ")


def start(ctx: Context, asked: Asked, words: str) -> Reply:
    """Start a project with this name; asks for one that is missing, too long or taken."""
    require(ctx, Rule.CREATE)
    name = " ".join(words.split()).strip("\"“”'").lstrip("#:").strip()
    for way in _SAID_BEFORE:
        name = name[len(way) :].strip() if name.casefold().startswith(way) else name
    if not any(map(str.isalnum, name)) or len(name) > PROJECT_NAME_LIMIT:
        return ask_name(ctx, asked, too_long=len(name) > PROJECT_NAME_LIMIT)
    namesake = _namesake(ctx, name)
    if namesake and asked.choice != ANOTHER:
        return _ask_another(ctx, asked, namesake, name)
    project = made(ctx, name)
    entry = keep_new(ctx, project)
    return ctx.private(started_card(about(ctx, project), ctx.reader, ctx.offers, entry.id))


def start_here(ctx: Context) -> Project:
    """A project of this channel's own, called like it."""
    require(ctx, Rule.CREATE)
    named = ctx.place.name.lstrip("#").strip()[:PROJECT_NAME_LIMIT]
    name = named if any(map(str.isalnum, named)) else ctx.workspace.name[:PROJECT_NAME_LIMIT]
    project = made(ctx, name[:1].upper() + name[1:])
    keep_new(ctx, project)
    return project


def made(ctx: Context, name: str) -> Project:
    """Led by the sender, at home in this channel unless it is another project's already."""
    free = ctx.in_group and ctx.uow.projects.by_home(ctx.workspace.id, ctx.place.ref.root) is None
    return Project(
        id=ctx.uow.new_id(),
        workspace_id=ctx.workspace.id,
        key=key_for(name, ctx.uow.projects.keys(ctx.workspace.id)),
        name=name,
        lead_id=ctx.person.id,
        zone=ctx.person.zone,
        home=ctx.place.ref.root if free else None,
        week=ctx.person.week,
        language=ctx.person.language,
    )


def _namesake(ctx: Context, name: str) -> Project | None:
    wanted = name.casefold()
    everything = ctx.uow.projects.all(ctx.workspace.id)
    return next((p for p in everything if wanted in (p.name.casefold(), p.key.casefold())), None)


def ask_name(ctx: Context, asked: Asked, *, too_long: bool) -> Reply:
    reader = ctx.reader
    prompt = RichText(reader.say("What is the project called?"))
    if too_long:
        prompt = RichText(reader.say("That name is too long. Say it in at most 80 characters."))
    here = ctx.place.name.lstrip("#").strip()[:PROJECT_NAME_LIMIT] if ctx.in_group else ""
    choices = [Choice(shortened(here, 30), {"value": here})] if here else []
    note = RichText(reader.say("For example: Riverside"))
    question = Question(prompt=prompt, field="reason", choices=choices, note=note)
    return ctx.ask(question, asked.having(item="new", value="", reason="", text=""))


def _ask_another(ctx: Context, asked: Asked, namesake: Project, name: str) -> Reply:
    reader = ctx.reader
    prompt = reader.rich(
        "There is a project called {name} ({key}) already.",
        name=shortened(namesake.name, 40),
        key=namesake.key,
    )
    choices = [
        Choice(reader.say("Show it"), {"item": "show", "value": "", "project_id": namesake.id}),
        Choice(reader.say("Start another"), {"item": "new", "value": name, "choice": ANOTHER}),
    ]
    question = Question(prompt=prompt, field="reason", choices=choices)
    return ctx.ask(question, replace(asked, item="new", value="", reason="", text="", project_id=""))
