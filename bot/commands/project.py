"""Which project something belongs to; a conversation without one gets its own."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from bot.cards import RichText
from bot.commands.context import Context
from bot.commands.quotas import room_for_project
from bot.dialogs import Asked, Choice, Question
from bot.domain.people import Project
from bot.messages import Reply
from bot.reminders import arm
from bot.views.milestone import NAME_ROOM, shortened

_VOWELS = frozenset("AEIOUY")
_KEY_LENGTH = 3
_CLEAR = 3  # letters of a name that say enough
_MOST_BUTTONS = 4
_WORDS_ROOM = 24


def settle_project(ctx: Context, asked: Asked) -> Project | Reply:
    """The project meant: said, bound to the conversation, the only one, or asked."""
    if asked.project_id:
        known = named_project(ctx, asked.project_id) or project_like(ctx, asked.project_id)
        if known:
            return known
    if ctx.project:
        return ctx.project
    if ctx.in_group:
        return _start(ctx, ctx.place.name or ctx.workspace.name, bound=True)
    everything = ctx.uow.projects.all(ctx.workspace.id)
    if not everything:
        return _start(ctx, ctx.reader.say("General"), bound=False)
    return everything[0] if len(everything) == 1 else _which(ctx, asked, everything)


def named_project(ctx: Context, words: str) -> Project | None:
    """The project with this id, key or name; none that was put away."""
    if not words.strip():
        return None
    known = ctx.uow.projects.get(ctx.workspace.id, words) or ctx.uow.projects.by_key(
        ctx.workspace.id, words.strip().upper()
    )
    if known and known.is_live:
        return known
    wanted = words.strip().lstrip("#").casefold()
    named = (p for p in ctx.uow.projects.all(ctx.workspace.id) if p.name.casefold() == wanted)
    return next(named, None)


def project_like(ctx: Context, words: str) -> Project | None:
    """The only project in whose name these words begin words."""
    wanted = [word for word in words.lstrip("#").casefold().split() if len(word) >= _CLEAR]
    found = [p for p in ctx.uow.projects.all(ctx.workspace.id) if wanted and _begins_with(p.name, wanted)]
    return found[0] if len(found) == 1 else None


def _begins_with(name: str, wanted: Iterable[str]) -> bool:
    parts = name.casefold().split()
    return all(any(part.startswith(word) for part in parts) for word in wanted)


def key_for(name: str, taken: Iterable[str]) -> str:
    """``Apex`` → ``APX``: the first letter and the consonants after it, unique among ``taken``."""
    plain = unicodedata.normalize("NFKD", name).upper()
    letters = [c for c in plain if "A" <= c <= "Z"]
    rest = [c for c in letters[1:] if c not in _VOWELS] or letters[1:]
    short = "".join([*letters[:1], *rest, *letters[1:]])[:_KEY_LENGTH] or "PRJ"
    stem = short if len(short) > 1 else f"{short}P"
    used = set(taken)
    return next(k for n in range(len(used) + 1) if (k := stem if not n else f"{stem}{n + 1}") not in used)


def _start(ctx: Context, name: str, *, bound: bool) -> Project:
    plain = name.lstrip("#").strip()[:80] or ctx.workspace.name
    project = Project(
        id=ctx.uow.new_id(),
        workspace_id=ctx.workspace.id,
        key=key_for(plain, ctx.uow.projects.keys(ctx.workspace.id)),
        name=plain[:1].upper() + plain[1:],
        lead_id=ctx.person.id,
        zone=ctx.person.zone,
        home=ctx.place.ref.root if bound else None,
        week=ctx.person.week,
        language=ctx.person.language,
    )
    room_for_project(ctx)
    ctx.uow.projects.add(project)
    arm.rearm_project(ctx.uow, project, ctx.now)
    return project


def _pages(ctx: Context, asked: Asked, projects: tuple[Project, ...]) -> list[Choice]:
    """A few buttons at a time; the last page leads to the first again."""
    if len(projects) <= _MOST_BUTTONS:
        return [Choice(shortened(p.name, NAME_ROOM), {"project_id": p.id, "page": 1}) for p in projects]
    size = _MOST_BUTTONS - 1
    pages = -(-len(projects) // size)
    at = (asked.page - 1) % pages
    shown = projects[at * size : (at + 1) * size]
    more = Choice(ctx.reader.say("More ›"), {"page": (at + 1) % pages + 1})
    return [*(Choice(shortened(p.name, NAME_ROOM), {"project_id": p.id, "page": 1}) for p in shown), more]


def _which(ctx: Context, asked: Asked, projects: tuple[Project, ...]) -> Reply:
    reader = ctx.reader
    choices = _pages(ctx, asked, projects)
    title, words = shortened(asked.title, NAME_ROOM), shortened(asked.project_id, _WORDS_ROOM)
    prompt = reader.rich("Which project is “{title}” for?", title=title)
    if words:
        prompt = reader.rich("I don't know a project called “{words}”. Which one is it for?", words=words)
    note = RichText(reader.say("Or type another project's name."))
    question = Question(prompt=prompt, field="project_id", choices=choices, note=note)
    return ctx.ask(question, asked.having(project_id=""))
