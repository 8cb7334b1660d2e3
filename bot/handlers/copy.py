"""copy: the same again at another time, one milestone or a whole project."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.access import Matter, Rule, may
from bot.cards import RichText
from bot.commands import Command, Context, Refused, told
from bot.commands.change import post_card, record_new, tell_owner
from bot.commands.copying import ALL_MINE, MOST, Copy, make_copy, namesake, originals, planned_copy
from bot.commands.perform import require_sight
from bot.commands.project import named_project, project_like
from bot.commands.when import settle_due
from bot.commands.which import project_of, settle_milestone
from bot.commands.who import can_own, settle_owner
from bot.dialogs import Asked, Question
from bot.domain.copying import copied
from bot.domain.milestone import TITLE_LIMIT, Milestone
from bot.domain.people import PROJECT_NAME_LIMIT, Person, Project
from bot.language.copying import read_copying
from bot.messages import Reply
from bot.verbs import Verb
from bot.views import copying as views
from bot.views.milestone import NAME_ROOM, shortened
from bot.wording import N_

verb = Verb(
    name="copy",
    summary=N_("Plan the same again: a milestone or a whole project"),
    usage="MILESTONE as NAME to DATE",
    examples=("copy APX-1 to 12 June", "copy project Apex as Zenith starting 4 May"),
    twins=("duplicate", "clone"),
    changes=True,
)

WHOLE = "project"
_NAME_ROOM = 24


def handle(ctx: Context, asked: Asked) -> Reply:
    return _copy_project(ctx, asked) if asked.item == WHOLE else _copy_milestone(ctx, asked)


# --- one milestone ----------------------------------------------------------------------------------


def _copy_milestone(ctx: Context, asked: Asked) -> Reply:
    found = settle_milestone(ctx, asked)
    if isinstance(found, Reply):
        return found
    ctx = ctx.about(found, project_of(ctx, found))
    require_sight(ctx, asked)
    asked = asked.having(milestone_id=found.id, pointer="", title=asked.title[:TITLE_LIMIT] or found.title)
    owner = _owner(ctx, asked, found)
    if isinstance(owner, Reply):
        return owner
    calendar = ctx.project.calendar if ctx.project else ctx.person.calendar
    due = settle_due(ctx, asked.having(owner_id=owner.id, owner=""), asked.title, calendar)
    return due if isinstance(due, Reply) else _add(ctx, asked.title, owner, due)


def _owner(ctx: Context, asked: Asked, original: Milestone) -> Person | Reply:
    """As said, else the original's; asked when they are here no more."""
    prompt = ctx.reader.rich("Who owns “{title}”?", title=shortened(asked.title, NAME_ROOM))
    kept = ctx.uow.people.get(ctx.workspace.id, original.owner_id)
    if asked.owner or asked.owner_id or kept is None or not can_own(kept):
        return settle_owner(ctx, asked, prompt)
    return kept


def _add(ctx: Context, title: str, owner: Person, due: date) -> Reply:
    original = ctx.milestone
    made = copied(
        original,
        ident=ctx.uow.new_id(),
        number=ctx.uow.projects.next_number(ctx.workspace.id, original.project_id),
        by=ctx.person.id,
        at=ctx.now,
        title=title,
        due=due,
        owner_id=owner.id,
    )
    about = replace(ctx.about(made, ctx.project), on_anchor=False)
    entry = record_new(about, made)
    if ctx.project:
        post_card(about, entry, ctx.project)
    tell_owner(about, made)
    return told(about, made, entry, ctx.reader.rich("Copied from {key}.", key=original.key))


# --- a whole project --------------------------------------------------------------------------------


def _copy_project(ctx: Context, asked: Asked) -> Reply:
    source = _source(ctx, asked)
    asked = asked.having(project_id=source.id, pointer="")
    if refused := _unusable_name(ctx, asked):
        return refused
    _, total = originals(ctx, source)
    if total > MOST:
        raise Refused(views.too_many_card(total, MOST, ctx.reader, ctx.offers))
    starts = settle_due(ctx, asked, asked.title, source.calendar)
    if isinstance(starts, Reply):
        return starts
    copy = planned_copy(ctx, source, starts, asked.value)
    if copy.first and copy.first < ctx.today:
        raise Refused(views.too_early_card(copy.first, asked.title, ctx.reader, ctx.offers))
    if asked.code == copy.fingerprint:
        return _make(ctx, asked, copy)
    return _show(ctx, asked.having(due=starts.isoformat(), when=""), copy)


def _source(ctx: Context, asked: Asked) -> Project:
    found = named_project(ctx, asked.project_id or asked.pointer) or project_like(ctx, asked.pointer)
    if found is None or not may(ctx.person, Rule.VIEW, Matter(found)):
        raise Refused(views.unknown_project_card(asked.pointer, ctx.reader, ctx.offers))
    return found


def _unusable_name(ctx: Context, asked: Asked) -> Reply | None:
    """The question for a name, when none was said or it is taken."""
    reader, name = ctx.reader, asked.title
    taken = namesake(ctx, name) if name and not asked.step else None
    if name and len(name) <= PROJECT_NAME_LIMIT and taken is None:
        return None
    prompt = RichText(reader.say("What is the copy called?"))
    if taken:
        prompt = reader.rich("There is a project {name} already. What is the copy called?",
                             name=shortened(taken.name, _NAME_ROOM))  # fmt: skip
    if len(name) > PROJECT_NAME_LIMIT:
        prompt = RichText(reader.say("That name is too long. Say it in at most 80 characters."))
    return ctx.ask(Question(prompt=prompt, field="title"), asked.having(title=""))


def _show(ctx: Context, asked: Asked, copy: Copy) -> Reply:
    """The preview names the batch it would be, so that pressing twice makes one."""
    names = ctx.names({i for m, _, owner in copy.rows for i in (m.owner_id, owner)})
    rows = tuple(views.Row(m, due, names.get(owner, "")) for m, due, owner in copy.rows)
    given = asked.having(step=ctx.uow.new_id(), code=copy.fingerprint, text="", version=0).to_words()
    mine = None
    if not asked.value and any(owner != ctx.person.id for _, _, owner in copy.rows):
        all_mine = planned_copy(ctx, copy.source, copy.starts, ALL_MINE)
        mine = {**given, "value": ALL_MINE, "code": all_mine.fingerprint}
    shown = views.Preview(
        name=asked.title, starts=copy.starts, counted_from=copy.counted_from, rows=rows,
        phases=len(copy.phases), left=copy.left, has_changed=bool(asked.code),
    )  # fmt: skip
    return ctx.private(views.preview_card(shown, given, mine, ctx.reader, ctx.offers))


def _make(ctx: Context, asked: Asked, copy: Copy) -> Reply:
    before = ctx.uow.ledger.of_batch(ctx.workspace.id, asked.step)
    if before:
        return ctx.private(views.copied_already_card(before[0].id, ctx.reader, ctx.offers))
    project, entries = make_copy(ctx, copy, asked.title, asked.step)
    entry_id = entries[0].id if entries else ctx.uow.ledger.of_batch(ctx.workspace.id, asked.step)[0].id
    return ctx.private(views.copied_card(project, len(entries), entry_id, ctx.reader, ctx.offers))


def take_apart(ctx: Context, asked: Asked) -> Asked:
    if not asked.text or asked.item or asked.milestone_id:
        return asked
    said = read_copying(asked.text)
    return asked.having(
        text="", keys=(), reason="", item=WHOLE if said.is_project else "", pointer=said.which,
        title=said.name, when=said.when, owner=said.owner,
        project_id="" if said.is_project else asked.project_id,
    )  # fmt: skip


command = Command(verb=verb, rule=Rule.CREATE, handle=handle, take_apart=take_apart)
