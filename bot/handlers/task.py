"""task: a step towards a milestone, and whose it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from bot.access import Rule
from bot.cards import RichText
from bot.commands import Command, Context, record
from bot.commands.parts import (
    ADD,
    ONE,
    SAY,
    SHOW,
    explained,
    list_of,
    pick,
    require_part,
    seen_by,
    taken_apart,
)
from bot.commands.tasking import finish, require_task, tell_assignee
from bot.commands.who import known_as, settle_owner
from bot.dialogs import Asked, Question
from bot.domain import tasks
from bot.domain.history import Action
from bot.domain.milestone import Milestone, Task
from bot.domain.people import Person
from bot.forms import Field, FieldKind, Form
from bot.messages import Reply
from bot.verbs import Verb
from bot.views.milestone import NAME_ROOM, shortened
from bot.views.parts import TASKS
from bot.views.tasks import task_card
from bot.wording import N_

verb = Verb(
    name=TASKS,
    summary=N_("Note a step towards a milestone and who does it"),
    usage="MILESTONE STEP @person",
    examples=("task APX-1 order steel @boris", "task APX-1", "task done APX-1 order steel"),
    twins=("to do", "todo", "step"),
    changes=True,
)

DONE, OPEN, GIVE, REMOVE = "done", "open", "give", "remove"
_WORDS = {
    ADD: ("new",),
    DONE: ("finish", "finished", "tick"),
    OPEN: ("not done", "undone", "reopen", "untick"),
    GIVE: ("assign", "hand"),
    REMOVE: ("delete", "drop"),
}
_MENTION = re.compile(r"(?:^|\s+)(?:(?:to|for|by)\s+)?(@\S+)\s*$", re.IGNORECASE)
_TO = re.compile(r"\s+to\s+(\S.*)$", re.IGNORECASE)


def take_apart(ctx: Context, asked: Asked) -> Asked:
    apart = taken_apart(ctx, asked, _WORDS)
    return _behind(apart) if apart.choice == SAY else apart


def _behind(asked: Asked) -> Asked:
    """As in "task APX-1 order steel done"."""
    for word in (f" {phrase}" for phrase in ("not done", DONE)):
        if asked.value.casefold().endswith(word):
            return asked.having(
                choice=OPEN if "not" in word else DONE, value=asked.value[: -len(word)].strip()
            )
    return asked.having(choice=ADD)


def handle(ctx: Context, asked: Asked) -> Reply:
    with explained(ctx):
        return _DO.get(asked.choice, _show)(ctx, asked)


def _show(ctx: Context, asked: Asked) -> Reply:
    return list_of(ctx, TASKS, page=asked.page)


def _add(ctx: Context, asked: Asked) -> Reply:
    require_part(ctx, Rule.EDIT, command, asked)
    words = asked.value or " ".join(asked.needs)
    text, who = _text_and_who(ctx, words)
    if not text:
        return _ask_what(ctx, asked)
    about = asked.having(choice=ADD, value=words, owner=asked.owner or who, milestone_id=ctx.milestone.id)
    person = _assignee(ctx, about, text)
    if isinstance(person, Reply):
        return person
    task = Task(ctx.uow.new_id(), text, person.id if person else "")
    added = tasks.added(ctx.milestone, task)
    entry = record(ctx, ctx.milestone, added, Action.TASK_ADDED, note=text)
    tell_assignee(ctx, added, task)
    said = ctx.reader.rich("Added: {text}.", text=text)
    if person:
        said = ctx.reader.rich("Added for {name}: {text}.", name=person.name, text=text)
    return list_of(ctx, TASKS, said, added, entry)


def _ask_what(ctx: Context, asked: Asked) -> Reply:
    reader, title = ctx.reader, shortened(ctx.milestone.title, NAME_ROOM)
    about = asked.having(choice=ADD, milestone_id=ctx.milestone.id, value="")
    prompt = reader.rich("What is the next step for “{title}”?", title=title)
    note = RichText(reader.say("Name who does it, too, for example: order steel @boris."))
    form = Form(
        title=reader.say("Add a task"),
        token=ctx.form_token(about),
        fields=(Field("needs", reader.say("Task"), FieldKind.TEXT, max_length=tasks.TEXT_LIMIT),),
        submit=reader.say("Save"),
        cancel=reader.say("Cancel"),
        intro=prompt.text,
    )
    return ctx.ask(Question(prompt=prompt, field="needs", note=note), about, form)


def _assignee(ctx: Context, asked: Asked, text: str) -> Person | Reply | None:
    """Nobody, when nobody was named: the owner answers for it anyway."""
    if not asked.owner and not asked.owner_id:
        return None
    return settle_owner(ctx, asked, _who_does(ctx, text))


def _who_does(ctx: Context, text: str) -> RichText:
    return ctx.reader.rich("Who does “{text}”?", text=shortened(text, NAME_ROOM))


def _done(ctx: Context, asked: Asked) -> Reply:
    found = pick(ctx, asked, TASKS, ctx.milestone.tasks, lambda t: not t.is_done)
    return found if isinstance(found, Reply) else finish(ctx, found)


def _open(ctx: Context, asked: Asked) -> Reply:
    found = pick(ctx, asked, TASKS, ctx.milestone.tasks, lambda t: t.is_done)
    if isinstance(found, Reply):
        return found
    require_task(ctx, found)
    if not found.is_done:
        return list_of(ctx, TASKS, ctx.reader.rich("“{text}” is open already.", text=found.text))
    opened = tasks.opened(ctx.milestone, found.id)
    entry = record(ctx, ctx.milestone, opened, Action.TASK_OPENED, note=found.text)
    return list_of(ctx, TASKS, ctx.reader.rich("Open again: {text}.", text=found.text), opened, entry)


def _give(ctx: Context, asked: Asked) -> Reply:
    require_part(ctx, Rule.EDIT, command, asked)
    words, who = _text_and_who(ctx, asked.value)
    asked = asked.having(value=words, owner=asked.owner or who)
    found = pick(ctx, asked, TASKS, ctx.milestone.tasks, lambda t: not t.is_done)
    if isinstance(found, Reply):
        return found
    about = asked.having(item=found.id, title=found.text, milestone_id=ctx.milestone.id)
    person = settle_owner(ctx, about, _who_does(ctx, found.text))
    return person if isinstance(person, Reply) else _given(ctx, found, person)


def _given(ctx: Context, task: Task, person: Person) -> Reply:
    if person.id == task.assignee_id:
        return list_of(ctx, TASKS, ctx.reader.rich("{name} has it already.", name=person.name))
    given = tasks.given(ctx.milestone, task.id, person.id)
    entry = record(ctx, ctx.milestone, given, Action.TASK_GIVEN, note=task.text)
    _tell(ctx, given, task.id)
    said = ctx.reader.rich("{name} has it now: {text}.", name=person.name, text=task.text)
    return list_of(ctx, TASKS, said, given, entry)


def _tell(ctx: Context, milestone: Milestone, task_id: str) -> None:
    task = tasks.find(milestone, task_id)
    if task:
        tell_assignee(ctx, milestone, task)


def _remove(ctx: Context, asked: Asked) -> Reply:
    require_part(ctx, Rule.EDIT, command, asked)
    found = pick(ctx, asked, TASKS, ctx.milestone.tasks)
    if isinstance(found, Reply):
        return found
    removed = tasks.removed(ctx.milestone, found.id)
    entry = record(ctx, ctx.milestone, removed, Action.TASK_REMOVED, note=found.text)
    return list_of(ctx, TASKS, ctx.reader.rich("Removed: {text}.", text=found.text), removed, entry)


def _one(ctx: Context, asked: Asked) -> Reply:
    found = pick(ctx, asked, TASKS, ctx.milestone.tasks)
    if isinstance(found, Reply):
        return found
    return ctx.private(task_card(found, seen_by(ctx, ctx.milestone), ctx.reader, ctx.offers))


def _text_and_who(ctx: Context, words: str) -> tuple[str, str]:
    """(the step, whoever is named at its end): a mention, or after "to" somebody known here."""
    for said in ctx.mentions:
        if words.casefold().rstrip().endswith(said):
            before = words.rstrip()[: -len(said)]
            return re.sub(r"\s*(?:\b(?:to|for|by)\s*)?@?$", "", before, flags=re.IGNORECASE), said
    if mention := _MENTION.search(words):
        return words[: mention.start()].strip(), mention[1]
    to = _TO.search(words)
    if to and len(known_as(ctx, to[1])) == 1:
        return words[: to.start()].strip(), to[1]
    return words.strip(), ""


_DO: Mapping[str, Callable[[Context, Asked], Reply]] = {
    SHOW: _show,
    ADD: _add,
    DONE: _done,
    OPEN: _open,
    GIVE: _give,
    REMOVE: _remove,
    ONE: _one,
}

command = Command(verb=verb, rule=Rule.VIEW, handle=handle, on_milestone=True, take_apart=take_apart)
