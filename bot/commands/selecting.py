"""Which milestones are meant when a sentence names several: by their keys, or all of something."""

from __future__ import annotations

import re

from bot.access import Matter, Rule, may
from bot.cards import RichText
from bot.commands.context import Context, Refused
from bot.commands.project import named_project, project_like
from bot.commands.which import project_of
from bot.commands.who import known_as
from bot.dialogs import Asked
from bot.domain.milestone import Milestone
from bot.domain.people import Project
from bot.domain.phases import Phase, named
from bot.language.several import Whole, keys_in, whole
from bot.ports import Filter
from bot.views import bulk

MOST = 200
"""Milestones that one sentence may change."""
CHOOSE = "choose"
_PAGE = 200
_MOST_READ = 1000
_NUMBER = re.compile(r"#?(?:[^\W\d_]\w{0,15}-)?0*(\d{1,6})")
_WITHOUT = re.compile(r"\s*(?:all\s+)?(?:without|except|but|not|leave\s+out)\b", re.IGNORECASE)
_MINE = frozenset({"mine", "me", "my", "my milestones", "my own", "i"})


def several(ctx: Context, asked: Asked) -> tuple[Milestone, ...] | None:
    """The milestones meant; None when the words are about one.  Raises `Refused` when none is found."""
    if asked.milestone_id:
        return None
    if asked.many:
        return _narrowed(ctx, asked, _by_ids(ctx, asked))
    if asked.keys:
        return _by_keys(ctx, asked)
    of = whole(asked.pointer) if asked.pointer else None
    return _bounded(ctx, _of_whole(ctx, asked, of)) if of else None


def is_plural(asked: Asked) -> bool:
    return not asked.milestone_id and bool(asked.many or asked.keys or whole(asked.pointer))


def _by_ids(ctx: Context, asked: Asked) -> tuple[Milestone, ...]:
    found = (ctx.uow.milestones.get(ctx.workspace.id, ident) for ident in asked.many[:MOST])
    return tuple(m for m in found if m and not m.withdrawn)


def _narrowed(ctx: Context, asked: Asked, milestones: tuple[Milestone, ...]) -> tuple[Milestone, ...]:
    """Of those shown, the ones that were typed; or all but those."""
    if asked.step != CHOOSE or not asked.pointer:
        return milestones
    without = _WITHOUT.match(asked.pointer)
    text = asked.pointer[without.end() :] if without else asked.pointer
    named_keys = keys_in(text) or (text.strip(),)
    numbers = {int(found[1]) for key in named_keys if (found := _NUMBER.fullmatch(key))}
    return tuple(m for m in milestones if (m.number in numbers) != bool(without))


def _by_keys(ctx: Context, asked: Asked) -> tuple[Milestone, ...]:
    if len(asked.keys) > MOST:
        raise Refused(bulk.too_many_card(len(asked.keys), MOST, ctx.reader, ctx.offers))
    found = {key: _by_key(ctx, key) for key in asked.keys}
    unknown = [key for key, milestone in found.items() if milestone is None]
    if unknown:
        raise Refused(bulk.unknown_keys_card(unknown, ctx.reader, ctx.offers))
    return tuple({m.id: m for m in found.values() if m}.values())


def _by_key(ctx: Context, key: str) -> Milestone | None:
    """A bare number is of this conversation's project.  What somebody may not see is not there."""
    letters, _, number = key.lstrip("#").upper().rpartition("-")
    letters = letters or (ctx.project.key if ctx.project else "")
    found = ctx.uow.milestones.by_key(ctx.workspace.id, letters, int(number))
    return found if found and not found.withdrawn and _is_seen(ctx, found) else None


def _is_seen(ctx: Context, milestone: Milestone) -> bool:
    return may(ctx.person, Rule.VIEW, Matter(project_of(ctx, milestone), milestone))


def _bounded(ctx: Context, milestones: tuple[Milestone, ...]) -> tuple[Milestone, ...]:
    seen = tuple(m for m in milestones if _is_seen(ctx, m))
    if not seen:
        raise Refused(bulk.nothing_open_card(ctx.reader, ctx.offers))
    if len(seen) > MOST:
        raise Refused(bulk.too_many_card(len(seen), MOST, ctx.reader, ctx.offers))
    return seen


def _of_whole(ctx: Context, asked: Asked, of: Whole) -> tuple[Milestone, ...]:
    project = named_project(ctx, asked.project_id) or ctx.project
    if of.phase:
        return _of_phase(ctx, _phase(ctx, of.phase, project), of.phase)
    if not of.name:
        return _open(ctx, Filter(project_id=project.id)) if project else _nothing_named(ctx, "")
    if of.name.casefold() in _MINE:
        return _of_person(ctx, ctx.person.id, asked)
    people = known_as(ctx, of.name)
    if len(people) == 1:
        return _of_person(ctx, people[0].id, asked)
    if phase := _phase(ctx, of.name, project):
        return _of_phase(ctx, phase, of.name)
    there = named_project(ctx, of.name) or project_like(ctx, of.name)
    return _open(ctx, Filter(project_id=there.id)) if there else _nothing_named(ctx, of.name)


def _of_person(ctx: Context, person_id: str, asked: Asked) -> tuple[Milestone, ...]:
    project = named_project(ctx, asked.project_id)
    return _open(ctx, Filter(project_id=project.id if project else "", owner_id=person_id))


def _of_phase(ctx: Context, phase: Phase | None, words: str) -> tuple[Milestone, ...]:
    if phase is None:
        return _nothing_named(ctx, words)
    of_project = _open(ctx, Filter(project_id=phase.project_id))
    return tuple(m for m in of_project if m.phase_id == phase.id)


def _phase(ctx: Context, words: str, project: Project | None) -> Phase | None:
    """Of this project; without one, the only phase of that name anywhere."""
    projects = (project,) if project else ctx.uow.projects.all(ctx.workspace.id)
    found = [named(ctx.uow.phases.of(ctx.workspace.id, p.id), words) for p in projects]
    phases = [phase for phase in found if phase]
    return phases[0] if len(phases) == 1 else None


def _nothing_named(ctx: Context, words: str) -> tuple[Milestone, ...]:
    raise Refused(bulk.nothing_named_card(RichText(words), ctx.reader, ctx.offers))


def _open(ctx: Context, which: Filter) -> tuple[Milestone, ...]:
    """Soonest first; of more than a thousand the first thousand, which is refused further on."""
    found: list[Milestone] = []
    for number in range(1, _MOST_READ // _PAGE + 1):
        page = ctx.uow.milestones.page(ctx.workspace.id, which, number, _PAGE)
        found += page.milestones
        if len(found) >= page.total:
            break
    return tuple(found)
