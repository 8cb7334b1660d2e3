"""rename: another name for the same promise."""

from __future__ import annotations

import re

from bot.access import Rule
from bot.cards import RichText
from bot.commands import Command, Context, record, told
from bot.dialogs import Asked, Question
from bot.domain import lifecycle
from bot.domain.history import Action
from bot.domain.milestone import TITLE_LIMIT
from bot.forms import Field, Form
from bot.messages import Reply
from bot.verbs import Verb
from bot.views.milestone import NAME_ROOM, shortened
from bot.wording import N_

verb = Verb(
    name="rename",
    summary=N_("Give a milestone another name"),
    usage="MILESTONE to NAME",
    examples=("rename APX-1 to Prototype tested by five customers",),
    twins=("retitle", "change the name of", "call it"),
    changes=True,
)
_BETWEEN = re.compile(r"(?:^|\s+)(?:to|as|->|=>|→)\s+|\s*:\s+", re.IGNORECASE)
_KEY = re.compile(r"#?(?:[^\W\d_]\w{0,15}-)?\d{1,6}(?=[\s,:]|$)[,:]?\s*", re.IGNORECASE)
_TO = re.compile(r"(?:to|as|->|=>|→)\s+", re.IGNORECASE)
_QUOTES = '"“”„«»'
_NAMED = "named"
"""The words were taken apart already."""


def take_apart(ctx: Context, asked: Asked) -> Asked:
    """ "APX-1 to Roof closed": what it is called now, and its name from now on, as typed."""
    if asked.choice == _NAMED:
        return asked
    words = asked.text.strip()
    if key := _KEY.match(words):
        return _parts(asked, key[0].strip(" ,:"), _TO.sub("", words[key.end() :], count=1))
    pointer, *name = _BETWEEN.split(words, maxsplit=1)
    return _parts(asked, pointer, name[0] if name else "")


def _parts(asked: Asked, pointer: str, name: str) -> Asked:
    return asked.having(
        pointer=pointer.strip(_QUOTES + " "),
        title="",
        text=name.strip(),
        choice=_NAMED,
        owner="",
        when="",
        needs=(),
        reason="",
    )


def handle(ctx: Context, asked: Asked) -> Reply:
    milestone, reader = ctx.milestone, ctx.reader
    title = " ".join((asked.title or asked.value or asked.text).strip().strip(_QUOTES).split())
    if not title or len(title) > TITLE_LIMIT:
        return _ask_name(ctx, asked, is_too_long=bool(title))
    if title == milestone.title:
        return told(ctx, milestone, None, reader.rich("That is its name already."))
    renamed = lifecycle.renamed(milestone, title)
    entry = record(ctx, milestone, renamed, Action.RENAMED, note=asked.reason)
    was = shortened(milestone.title, NAME_ROOM)
    return told(ctx, renamed, entry, reader.rich("Renamed; it was “{title}”.", title=was))


def _ask_name(ctx: Context, asked: Asked, *, is_too_long: bool) -> Reply:
    reader, title = ctx.reader, shortened(ctx.milestone.title, NAME_ROOM)
    prompt = reader.rich("What should “{title}” be called?", title=title)
    if is_too_long:
        prompt = reader.rich("That name is over {n} characters. A shorter one?", n=TITLE_LIMIT)
    form = Form(
        title=reader.say("Rename"),
        token=ctx.form_token(asked.having(title="", text="", value="", choice=_NAMED)),
        fields=(Field("title", reader.say("Name"), value=ctx.milestone.title, max_length=TITLE_LIMIT),),
        submit=reader.say("Save"),
        cancel=reader.say("Cancel"),
        intro=prompt.text,
    )
    note = RichText(ctx.reader.say("Type the new name: what will be true that day."))
    question = Question(prompt=prompt, field="value", note=note)
    again = asked.having(milestone_id=ctx.milestone.id, title="", text="", value="", choice=_NAMED)
    return ctx.ask(question, again, form)


command = Command(verb=verb, rule=Rule.EDIT, handle=handle, on_milestone=True, take_apart=take_apart)
