"""note: something worth remembering about a milestone, and what was noted before."""

from __future__ import annotations

from bot.access import Rule
from bot.cards import RichText
from bot.commands import Command, Context
from bot.commands.noting import apart, take_back, visible, write
from bot.dialogs import Asked, Question
from bot.domain.milestone import NOTE_LIMIT
from bot.forms import Field, FieldKind, Form
from bot.messages import Reply
from bot.verbs import Verb
from bot.views.milestone import NAME_ROOM, shortened
from bot.views.notes import ADD, UNDO, notes_card, taken_back
from bot.wording import N_

PAGE_SIZE = 8

verb = Verb(
    name="note",
    summary=N_("Note something about a milestone, or read its notes"),
    usage="MILESTONE TEXT",
    examples=("note APX-1 the crane comes on Monday", "notes APX-1"),
    twins=(
        *("notes", "comment", "comments", "remark", "remarks", "jot down", "write down"),
        *("note for", "note on"),
    ),
    changes=True,
)


def take_apart(ctx: Context, asked: Asked) -> Asked:
    """Words after the verb: which milestone, and what to note."""
    if not asked.text or asked.choice:
        return asked
    pointer, text = apart(asked.text, replied=bool(ctx.replied_to))
    return Asked(pointer=pointer, reason=text, page=asked.page)


def handle(ctx: Context, asked: Asked) -> Reply:
    if asked.choice == UNDO:
        return _undo(ctx, asked)
    if asked.reason.strip() or ctx.kept:
        return write(ctx, asked)
    return _ask(ctx, asked) if asked.choice == ADD else _list(ctx, asked)


def _list(ctx: Context, asked: Asked) -> Reply:
    page = ctx.uow.notes.page(ctx.workspace.id, visible(ctx, ctx.milestone), asked.page, PAGE_SIZE)
    names = ctx.names({note.author_id for note in page.notes})
    last = max(1, -(-page.total // PAGE_SIZE))
    number = min(max(asked.page, 1), last)
    return ctx.private(notes_card(ctx.milestone, page, (number, last), names, ctx.reader, ctx.offers))


def _ask(ctx: Context, asked: Asked) -> Reply:
    reader = ctx.reader
    prompt = reader.rich("What shall I note on “{title}”?", title=shortened(ctx.milestone.title, NAME_ROOM))
    form = Form(
        title=reader.say("Note"),
        token=ctx.form_token(asked.having(choice="", milestone_id=ctx.milestone.id)),
        fields=(Field("reason", reader.say("Note"), FieldKind.LONG_TEXT, max_length=NOTE_LIMIT),),
        submit=reader.say("Save"),
        cancel=reader.say("Cancel"),
        intro=prompt.text,
    )
    hint = RichText(reader.say("Or answer the milestone's card at any time: that becomes a note."))
    question = Question(prompt=prompt, field="reason", note=hint)
    return ctx.ask(question, asked.having(choice="", milestone_id=ctx.milestone.id), form)


def _undo(ctx: Context, asked: Asked) -> Reply:
    note = ctx.uow.notes.get(ctx.workspace.id, asked.item)
    if note is None or note.milestone_id != ctx.milestone.id:
        return _list(ctx, asked.having(choice=""))
    if note.is_removed:
        return ctx.private(taken_back(ctx.milestone, note, ctx.reader, ctx.offers))
    return take_back(ctx, note)


command = Command(verb=verb, rule=Rule.VIEW, handle=handle, on_milestone=True, take_apart=take_apart)
