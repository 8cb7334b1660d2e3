"""Settling a person: by mention, by name, or by asking."""

from __future__ import annotations

from bot.cards import RichText
from bot.commands.context import Context
from bot.dialogs import Asked, Choice, Question
from bot.domain.people import Person, Role
from bot.forms import Field, FieldKind, Form, Option
from bot.messages import Reply, Sender
from bot.people import called, mentioned, resembling
from bot.views.milestone import NAME_ROOM, shortened
from bot.views.questions import another_person

ME = "me"
_MOST_BUTTONS = 3
_MOST_OPTIONS = 100
_NAME_ROOM = 20  # in a sentence that says more
_CAN_OWN = frozenset({Role.ADMIN, Role.LEAD, Role.MEMBER, Role.EXTERNAL})


def settle_owner(ctx: Context, asked: Asked, prompt: RichText, but: str = "") -> Person | Reply:
    """The person meant, or the question that would settle it; whoever has the id ``but`` is not offered."""
    if asked.owner_id:
        person = ctx.uow.people.get(ctx.workspace.id, asked.owner_id)
        return person if person and can_own(person) else ask_who(ctx, asked, prompt, but)
    if not asked.owner:
        return ask_who(ctx, asked, prompt, but)
    found = _found(ctx, asked.owner)
    if len(found) == 1 and can_own(found[0]):
        return found[0]
    return _which(ctx, asked, found)


def ask_who(ctx: Context, asked: Asked, prompt: RichText, but: str = "") -> Reply:
    """Ask for the owner: "me" first, then those who own most here."""
    options = tuple(option for option in owners(ctx) if option.value != but)
    choices = [_choice(ctx, option.value, option.label) for option in options[:_MOST_BUTTONS]]
    note = RichText(another_person(ctx.reader))
    question = Question(prompt=prompt, field="owner", choices=choices, note=note)
    return ctx.ask(question, asked.having(owner="", owner_id=""), _form(ctx, asked, options, prompt))


def understood_owner(ctx: Context, asked: Asked) -> str:
    """The id of the owner that was typed, to fill a form with; the sender's when none was."""
    if asked.owner_id or not asked.owner:
        return asked.owner_id or ctx.person.id
    found = _found(ctx, asked.owner)
    return found[0].id if len(found) == 1 and can_own(found[0]) else ""


def known_as(ctx: Context, words: str) -> tuple[Person, ...]:
    """Everybody here who may be meant by a mention, an account or a name."""
    return _found(ctx, words)


def owners(ctx: Context) -> tuple[Option, ...]:
    """Everybody who can own a milestone, as options of a form, the sender first."""
    people = sorted(_everybody(ctx), key=lambda p: (p.id != ctx.person.id, p.name.casefold()))
    return tuple(Option(p.name[:75], p.id) for p in people[:_MOST_OPTIONS])


def name_of(ctx: Context, person_id: str) -> str:
    return ctx.names({person_id}).get(person_id) or ctx.reader.say("someone who left")


def meant(ctx: Context, words: str) -> tuple[Person, ...]:
    """Everybody the words could mean, whatever their role; also somebody who left, by their whole name."""
    found = _found(ctx, words) or called(ctx.uow.people.all(ctx.workspace.id), words)
    wanted = words.strip().lstrip("@").casefold()
    return found or tuple(
        p for p in ctx.uow.people.all(ctx.workspace.id) if wanted and p.name.casefold() == wanted
    )


def _found(ctx: Context, words: str) -> tuple[Person, ...]:
    if words.casefold().lstrip("@") in (ME, "myself", "i"):
        return (ctx.person,)
    mention = ctx.mentions.get(words.casefold()) or ctx.mentions.get(words.lstrip("@").casefold())
    if mention and mention.person:
        profile = ctx.profiles.get(mention.person) or Sender(
            mention.person, words.lstrip("@"), zone=ctx.person.zone, language=ctx.person.language
        )
        person = mentioned(ctx.uow, ctx.workspace, profile, ctx.now)
        return (person,) if person else ()
    by_account = _by_username(ctx, words)
    return (by_account,) if by_account else called(_everybody(ctx), words)


def _by_username(ctx: Context, words: str) -> Person | None:
    platform = ctx.place.ref.platform
    return ctx.uow.people.by_username(ctx.workspace.id, platform, words.lstrip("@")) if words else None


def _which(ctx: Context, asked: Asked, found: tuple[Person, ...]) -> Reply:
    name = shortened(asked.owner.lstrip("@"), _NAME_ROOM)
    found = tuple(person for person in found if can_own(person))
    people = found or resembling(_everybody(ctx), asked.owner)
    note = RichText(another_person(ctx.reader))
    if found:
        prompt = ctx.reader.rich("“{name}” could be more than one person here. Who?", name=name)
    elif people:
        prompt = ctx.reader.rich("I don't know anyone called “{name}” here. Did you mean", name=name)
        note = RichText()
    else:
        prompt = ctx.reader.rich("I don't know anyone called “{name}” here. Who should own it?", name=name)
        people = (ctx.person,)
    choices = [_choice(ctx, person.id, person.name) for person in people[:_MOST_BUTTONS] if can_own(person)]
    question = Question(prompt=prompt, field="owner", choices=choices, note=note)
    return ctx.ask(question, asked.having(owner="", owner_id=""))


def _choice(ctx: Context, person_id: str, name: str) -> Choice:
    label = ctx.reader.say("Me") if person_id == ctx.person.id else shortened(name, NAME_ROOM)
    return Choice(label, {"owner_id": person_id, "owner": ""})


def _everybody(ctx: Context) -> tuple[Person, ...]:
    return tuple(p for p in ctx.uow.people.all(ctx.workspace.id) if can_own(p))


def can_own(person: Person) -> bool:
    return person.active and person.role in _CAN_OWN


def _form(ctx: Context, asked: Asked, options: tuple[Option, ...], prompt: RichText) -> Form:
    reader = ctx.reader
    return Form(
        title=reader.say("Choose an owner"),
        token=ctx.form_token(asked.having(owner="", owner_id="")),
        fields=(Field("owner_id", reader.say("Owner"), FieldKind.PERSON, options=options),),
        submit=reader.say("Save"),
        cancel=reader.say("Cancel"),
        intro=prompt.text,
    )
