"""feedback: a word to whoever runs this, kept and shown to the admins."""

from __future__ import annotations

from datetime import timedelta

from bot.access import Matter, Rule, may
from bot.cards import RichText
from bot.commands import Command, Context
from bot.dialogs import Asked, Question
from bot.domain.feedback import DAILY_LIMIT, WORDS_LIMIT, Feedback
from bot.domain.people import Person, Role
from bot.forms import Field, FieldKind, Form
from bot.messages import Reply
from bot.reminders.feedback import tell_admins
from bot.verbs import Verb
from bot.views import feedback as views
from bot.wording import N_

verb = Verb(
    name="feedback",
    summary=N_("Tell whoever runs me what is good or missing"),
    usage="TEXT",
    examples=("feedback the digest comes too early",),
    twins=("complain", "suggestion box"),
    changes=True,
    personal=True,
)

_MOST = 5
_READ, _SAY = "read", "say"


def handle(ctx: Context, asked: Asked) -> Reply:
    words = (asked.reason if asked.step == _SAY else asked.text).strip()
    if not words and asked.step != _SAY and may(ctx.person, Rule.CONFIGURE, Matter()):
        return _read(ctx)
    if not words:
        return _ask(ctx, asked)
    since = ctx.now - timedelta(days=1)
    if ctx.uow.feedback.said_since(ctx.workspace.id, ctx.person.id, since) >= DAILY_LIMIT:
        return ctx.private(views.enough_card(DAILY_LIMIT, _names(ctx), ctx.reader, ctx.offers))
    said = Feedback(ctx.uow.new_id(), ctx.workspace.id, ctx.person.id, ctx.now, words[:WORDS_LIMIT])
    ctx.uow.feedback.add(said)
    tell_admins(ctx.uow, said, _admins(ctx), ctx.now)
    return ctx.private(views.kept_card(said, _names(ctx), ctx.reader, ctx.offers))


def _read(ctx: Context) -> Reply:
    latest = ctx.uow.feedback.latest(ctx.workspace.id, _MOST)
    names = ctx.names(f.by_id for f in latest)
    return ctx.private(views.latest_card(latest, names, ctx.reader, ctx.offers))


def _ask(ctx: Context, asked: Asked) -> Reply:
    reader, asking = ctx.reader, asked.having(step=_SAY, text="", reason="")
    prompt = RichText(reader.say("What is good, what is missing, what is wrong?"))
    form = Form(
        title=reader.say("Feedback"),
        token=ctx.form_token(asking),
        fields=(Field("reason", reader.say("Your words"), FieldKind.LONG_TEXT, max_length=2000),),
        submit=reader.say("Send"),
        cancel=reader.say("Cancel"),
        intro=prompt.text,
    )
    note = RichText(reader.say("It is kept with your name and shown to the admins."))
    return ctx.ask(Question(prompt=prompt, field="reason", note=note), asking, form)


def _admins(ctx: Context) -> tuple[Person, ...]:
    people = ctx.uow.people.all(ctx.workspace.id)
    return tuple(p for p in people if p.role is Role.ADMIN and p.active and p.id != ctx.person.id)


def _names(ctx: Context) -> tuple[str, ...]:
    names = ctx.names(p.id for p in _admins(ctx))
    return tuple(dict.fromkeys(names.values()))


command = Command(verb=verb, rule=Rule.VIEW, handle=handle)
