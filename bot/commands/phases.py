"""What can be done with the phases of a project."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.access import Matter, Rule, may
from bot.cards import RichText
from bot.commands.change import record, told
from bot.commands.context import Context, Refused
from bot.commands.ledger import keep, keep_new
from bot.commands.perform import require
from bot.commands.targets import require_change
from bot.commands.which import project_of
from bot.dialogs import Asked, Choice, Question
from bot.domain.history import Action
from bot.domain.ledger import Deed
from bot.domain.milestone import Milestone
from bot.domain.people import Project
from bot.domain.phases import EXIT_LIMIT, MOST_PHASES, NAME_LIMIT, Phase, named, ordered
from bot.messages import Reply
from bot.reminders.situation import open_milestones
from bot.views.milestone import shortened
from bot.views.phases import phase_card, phases_card, unknown_phase_card
from bot.views.projects import archived_card
from bot.wording import N_

_ENDS = re.compile(r"\s+(?:ends?|is done|is over|true)\s+when\s+|\s*:\s+", re.IGNORECASE)
_RENAMED = re.compile(r"\s+(?:to|as|into|=>|->|→)\s+", re.IGNORECASE)
_LIST = re.compile(r"\s*[,;\n]\s*")
_KEY = re.compile(r"#?([^\W\d_]\w{0,15})-(\d{1,6})[,:]?\s*(.*)", re.DOTALL)
_NOWHERE = frozenset({"none", "no", "no phase", "nothing", "-", "out"})
_IN_PHASE = re.compile(r"\s+(?:in|of|for)\s+(?:the\s+)?phase\s+(.+)$", re.IGNORECASE)
_HINTS = {
    "rename": N_("For example: Construction"),
    "exit": N_("For example: Shell closed and inspected"),
    "order": N_("For example: Design, Build, Handover"),
}
_INTO = re.compile(r"^(?:to|in|into)\s+(?:phase\s+)?|^phase\s+", re.IGNORECASE)


def without_phase(ctx: Context, project: Project, title: str) -> tuple[str, Phase | None]:
    """ "Roof closed in phase Build" without the phase, and the phase; only one that the project has."""
    said = _IN_PHASE.search(title)
    found = named(of(ctx, project), said[1].strip(' ."“”')) if said else None
    return (title[: said.start()].strip(), found) if said and found else (title, None)


def of(ctx: Context, project: Project) -> tuple[Phase, ...]:
    return ctx.uow.phases.of(ctx.workspace.id, project.id)


def listed(ctx: Context, project: Project, said: RichText | str = "", undo: str = "") -> Reply:
    counts: dict[str, int] = {}
    for milestone in open_milestones(ctx.uow, project):
        counts[milestone.phase_id] = counts.get(milestone.phase_id, 0) + 1
    card = phases_card(project, of(ctx, project), counts, ctx.reader, ctx.offers, said, undo)
    return ctx.private(card)


def add(ctx: Context, asked: Asked, project: Project, words: str) -> Reply:
    """One or several; "Build ends when the shell is closed" says both."""
    require_change(ctx, project)
    entries = entries_in(words)
    if not entries:
        return _ask(ctx, asked, project, _examples(ctx))
    if wrong := wrong_phases(ctx, project, entries):
        return _ask(ctx, asked, project, wrong)
    batch_id, last = ctx.uow.new_id(), ""
    for name, leaving in entries:
        last = keep_new(ctx, new_phase(ctx, project, name, leaving), batch_id).id
    said = ctx.reader.many("{n} phase added.", "{n} phases added.", len(entries))
    return listed(ctx, project, said, last)


def new_phase(ctx: Context, project: Project, name: str, leaving: str = "") -> Phase:
    return Phase(
        id=ctx.uow.new_id(),
        workspace_id=ctx.workspace.id,
        project_id=project.id,
        name=name,
        position=len(of(ctx, project)) + 1,
        exit=leaving,
    )


def rename(ctx: Context, asked: Asked, project: Project, words: str) -> Reply:
    require_change(ctx, project)
    parts = _RENAMED.split(words, 1)
    phase = _settled(ctx, project, parts[0])
    name = _plain(parts[1]) if len(parts) > 1 else ""
    if not name:
        prompt = ctx.reader.rich("What is {phase} called from now on?", phase=shortened(phase.name, 40))
        return _ask_value(ctx, asked, prompt, f"{phase.name} to ")
    others = [other for other in of(ctx, project) if other.id != phase.id]
    if wrong := _wrong_name(ctx, others, name):
        return _ask_value(ctx, asked, wrong, f"{phase.name} to ")
    return _kept(ctx, project, phase, replace(phase, name=name))


def leave_when(ctx: Context, asked: Asked, project: Project, words: str) -> Reply:
    """What is true when a phase ends."""
    require_change(ctx, project)
    name, leaving = _split_exit(words)
    phase = _settled(ctx, project, name)
    if not leaving or len(leaving) > EXIT_LIMIT:
        prompt = ctx.reader.rich("What is true when {phase} ends?", phase=shortened(phase.name, 40))
        if leaving:
            prompt = RichText(ctx.reader.say("Say it in at most 200 characters."))
        return _ask_value(ctx, asked.having(item="exit"), prompt, f"{phase.name}: ")
    return _kept(ctx, project, phase, replace(phase, exit=leaving))


def order(ctx: Context, asked: Asked, project: Project, words: str) -> Reply:
    """Those named come first, in this order; the others follow as they were."""
    require_change(ctx, project)
    phases = of(ctx, project)
    if not words.strip():
        prompt = RichText(ctx.reader.say("In which order? Name them one after another."))
        return _ask_value(ctx, asked, prompt, "")
    first = [_settled(ctx, project, part) for part in _LIST.split(words) if part.strip()]
    first = list(dict.fromkeys(first))
    wanted = ordered([*first, *(phase for phase in phases if phase not in first)])
    batch_id, last = ctx.uow.new_id(), ""
    was = {phase.id: phase for phase in phases}
    for phase in wanted:
        if phase != was[phase.id]:
            last = keep(ctx, was[phase.id], phase, batch_id=batch_id).id
    return listed(ctx, project, ctx.reader.say("In this order now."), last)


def remove(ctx: Context, asked: Asked, project: Project, words: str) -> Reply:
    """Its milestones stay, in no phase; one undo brings all of it back."""
    require_change(ctx, project)
    phase = _settled(ctx, project, words)
    batch_id = ctx.uow.new_id()
    for milestone in open_milestones(ctx.uow, project):
        if milestone.phase_id == phase.id:
            record(ctx, milestone, milestone.next(phase_id=""), Action.PHASED, batch_id=batch_id)
    entry = keep(ctx, phase, replace(phase, withdrawn=True), Deed.REMOVED, batch_id)
    said = ctx.reader.rich("{phase} is removed; its milestones stay.", phase=shortened(phase.name, 40))
    return listed(ctx, project, said, entry.id)


def one(ctx: Context, asked: Asked, project: Project, words: str) -> Reply:
    """A phase by its name; with "ends when …" what is true when it ends."""
    name, leaving = _split_exit(words)
    if leaving:
        return leave_when(ctx, asked, project, words)
    phase = _settled(ctx, project, name)
    mine = tuple(m for m in open_milestones(ctx.uow, project) if m.phase_id == phase.id)
    return ctx.private(phase_card(project, phase, mine, ctx.reader, ctx.offers))


def pointed_at(ctx: Context, words: str) -> tuple[Milestone, str] | None:
    """As in "phase APX-3 Build": the milestone, and the words for its phase."""
    said = _KEY.fullmatch(words.strip())
    found = ctx.uow.milestones.by_key(ctx.workspace.id, said[1].upper(), int(said[2])) if said else None
    return (found, _INTO.sub("", said[3]).strip()) if said and found and not found.withdrawn else None


def put_into(ctx: Context, asked: Asked, milestone: Milestone, words: str) -> Reply:
    """Put a milestone into a phase of its own project, or out of all."""
    project = project_of(ctx, milestone)
    ctx = ctx.about(milestone, project)
    if project is None or not may(ctx.person, Rule.VIEW, Matter(project, milestone)):
        raise Refused(unknown_phase_card(words, (), ctx.reader, ctx.offers))
    if project.archived:
        raise Refused(archived_card(project, ctx.reader, ctx.offers))
    require(ctx, Rule.EDIT)
    if not words:
        return _ask_phase(ctx, asked, project, milestone)
    phase = None if words.casefold() in _NOWHERE else _settled(ctx, project, words)
    if milestone.phase_id == (phase.id if phase else ""):
        return told(ctx, milestone, None, RichText(ctx.reader.say("It is so already.")))
    moved = milestone.next(phase_id=phase.id if phase else "")
    entry = record(ctx, milestone, moved, Action.PHASED)
    said = RichText(ctx.reader.say("In no phase now."))
    if phase:
        said = ctx.reader.rich("In phase {phase} now.", phase=shortened(phase.name, 40))
    return told(ctx.about(moved, project), moved, entry, said)


def _ask_phase(ctx: Context, asked: Asked, project: Project, milestone: Milestone) -> Reply:
    phases = of(ctx, project)
    if not phases:
        raise Refused(unknown_phase_card("", (), ctx.reader, ctx.offers))
    prompt = ctx.reader.rich("Which phase is {key} in?", key=milestone.key)
    choices = [
        Choice(shortened(p.name, 30), {"item": "name", "value": f"{milestone.key} {p.name}"})
        for p in phases[:4]
    ]
    question = Question(prompt=prompt, field="reason", choices=choices)
    return ctx.ask(question, asked.having(item="name", value="", reason=""))


def _kept(ctx: Context, project: Project, was: Phase, now: Phase) -> Reply:
    entry = keep(ctx, was, now)
    return listed(ctx, project, ctx.reader.say("Noted."), entry.id)


def _settled(ctx: Context, project: Project, words: str) -> Phase:
    phases = of(ctx, project)
    found = named(phases, words.strip(' ."“”'))
    if found is None:
        raise Refused(unknown_phase_card(words, phases, ctx.reader, ctx.offers, project.id))
    return found


def entries_in(words: str) -> tuple[tuple[str, str], ...]:
    """(name, exit) of each; a name said twice counts once."""
    parts = [part for part in _LIST.split(words) if _plain(part)]
    if _ENDS.search(words) and len(parts) > 1 and "\n" not in words:
        parts = [words]  # the comma belongs to the sentence
    found = (_split_exit(part) for part in parts)
    return tuple({name.casefold(): (name, leaving) for name, leaving in found if name}.values())


def _split_exit(words: str) -> tuple[str, str]:
    name, *leaving = _ENDS.split(words.strip(), 1)
    return _plain(name), _plain(leaving[0]) if leaving else ""


def _plain(words: str) -> str:
    return " ".join(words.split()).strip(' ,;:"“”')


def wrong_phases(ctx: Context, project: Project, entries: tuple[tuple[str, str], ...]) -> RichText | None:
    phases = of(ctx, project)
    if len(phases) + len(entries) > MOST_PHASES:
        return RichText(ctx.reader.say("At most 20 phases fit one project."))
    if any(len(leaving) > EXIT_LIMIT for _, leaving in entries):
        return RichText(ctx.reader.say("Say it in at most 200 characters."))
    return next(filter(None, (_wrong_name(ctx, phases, name) for name, _ in entries)), None)


def _wrong_name(ctx: Context, others: list[Phase] | tuple[Phase, ...], name: str) -> RichText | None:
    if len(name) > NAME_LIMIT:
        return RichText(ctx.reader.say("That name is too long. Say it in at most 80 characters."))
    if any(other.name.casefold() == name.casefold() for other in others):
        return ctx.reader.rich("There is a phase called {name} already.", name=shortened(name, 40))
    return None


def _examples(ctx: Context) -> RichText:
    return RichText(ctx.reader.say("Which phases? Name them in order, with commas between."))


def _ask(ctx: Context, asked: Asked, project: Project, prompt: RichText) -> Reply:
    note = RichText(ctx.reader.say("For example: Design, Build, Handover"))
    question = Question(prompt=prompt, field="reason", note=note)
    return ctx.ask(question, asked.having(item="add", project_id=project.id, value="", reason=""))


def _ask_value(ctx: Context, asked: Asked, prompt: RichText, prefix: str) -> Reply:
    """The answer is read behind ``prefix``, which says what it is about."""
    question = Question(prompt=prompt, field="reason", note=RichText(ctx.reader.say(_HINTS[asked.item])))
    return ctx.ask(question, asked.having(value="", reason="", title=prefix))
