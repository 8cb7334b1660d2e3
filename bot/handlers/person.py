"""person: somebody of the team, and what is set for them: one's own by anyone, others' by lead or admin."""

from __future__ import annotations

from dataclasses import replace

from bot.access import Matter, Rule, may
from bot.cards import RichText
from bot.commands import Command, Context, Refused
from bot.commands.leaving import come_back, is_last_admin, leave, other_admins
from bot.commands.ledger import keep
from bot.commands.person_values import ASKING, READING, Unread
from bot.commands.profile import profile_of
from bot.commands.who import meant
from bot.dialogs import Asked, Choice, Question
from bot.domain.people import Gone, Person, Role
from bot.language.about_person import PARTS, about_person
from bot.messages import Reply
from bot.people import resembling
from bot.verbs import Verb
from bot.views import people_settings as view
from bot.views.milestone import NAME_ROOM, shortened
from bot.views.whoami import person_card
from bot.wording import N_

verb = Verb(
    name="person",
    summary=N_("See somebody, or set their deputy, department, language, hours"),
    usage="[WHO] [PART VALUE]",
    examples=("person @boris", "person @ana deputy @boris until 20 Dec", "person zone Berlin"),
    twins=("people", "who is", "set me", "set my", "profile"),
    changes=True,
    personal=True,
)

_READ = "read"
_MOST_BUTTONS = 3


def take_apart(ctx: Context, asked: Asked) -> Asked:
    if asked.step or asked.item or not asked.text.strip():
        return asked
    said = about_person(asked.text)
    return Asked(owner=said.who, item=said.part, value=said.value, owner_id=asked.owner_id, step=_READ)


def handle(ctx: Context, asked: Asked) -> Reply:
    person = _whom(ctx, asked)
    if isinstance(person, Reply):
        return person
    part = asked.item or (asked.choice if asked.choice in PARTS else "")
    if not part:
        return _shown(ctx, person)
    _require(ctx, person, part)
    act = _ACTS.get(part)
    return act(ctx, asked, person) if act else _set(ctx, asked, person, part)


def _whom(ctx: Context, asked: Asked) -> Person | Reply:
    """The sender when nobody is named; to an outsider nobody else is there."""
    if not asked.owner_id and not asked.owner:
        return ctx.person
    known = ctx.uow.people.get(ctx.workspace.id, asked.owner_id) if asked.owner_id else None
    found = (known,) if known else meant(ctx, asked.owner) if asked.owner else ()
    if not may(ctx.person, Rule.NAMES, Matter()):
        found = tuple(p for p in found if p.id == ctx.person.id)
    return found[0] if len(found) == 1 else _which(ctx, asked, found)


def _which(ctx: Context, asked: Asked, found: tuple[Person, ...]) -> Reply:
    name = shortened(asked.owner.lstrip("@"), NAME_ROOM)
    everybody = ctx.uow.people.all(ctx.workspace.id) if may(ctx.person, Rule.NAMES, Matter()) else ()
    people = found or resembling(everybody, asked.owner)
    if not people:
        raise Refused(view.nobody_card(name, ctx.reader, ctx.offers))
    prompt = ctx.reader.rich("I don't know anyone called “{name}” here. Did you mean", name=name)
    if found:
        prompt = ctx.reader.rich("“{name}” could be more than one person here. Who?", name=name)
    choices = [
        Choice(shortened(p.name, NAME_ROOM), {"owner_id": p.id, "owner": ""}) for p in people[:_MOST_BUTTONS]
    ]
    return ctx.ask(Question(prompt=prompt, field="owner", choices=choices), asked.having(owner=""))


def _require(ctx: Context, person: Person, part: str) -> None:
    """One's own things are one's own; roles and others' things ask the table."""
    rule = Rule.ROLES if part == "role" else Rule.PEOPLE
    is_own = person.id == ctx.person.id and part not in ("role", "left", "back")
    if is_own and part == "deputy":
        is_own = may(ctx.person, Rule.NAMES, Matter())
    if not is_own and not may(ctx.person, rule, Matter()):
        names = tuple(p.name for p in ctx.uow.people.all(ctx.workspace.id) if may(p, rule, Matter()))
        known = tuple(names) if may(ctx.person, Rule.NAMES, Matter()) else ()
        raise Refused(view.not_yours_card(rule is Rule.ROLES, known, ctx.reader, ctx.offers))
    if part in ("left", "back") and person.role is Role.ADMIN and not may(ctx.person, Rule.ROLES, Matter()):
        raise Refused(
            view.only_admins_card(person.name, person.role, other_admins(ctx, person), ctx.reader, ctx.offers)
        )


def _set(ctx: Context, asked: Asked, person: Person, part: str) -> Reply:
    if not asked.value.strip():
        return _ask(ctx, asked, person, part)
    now = READING[part](ctx, person, asked.value.strip())
    if isinstance(now, Unread):
        return _ask(ctx, asked, person, part, now.prompt)
    if part == "role" and now.role is not person.role and is_last_admin(ctx, person):
        raise Refused(view.last_admin_card(person.name, ctx.reader, ctx.offers))
    if now == person:
        return _shown(ctx, person, RichText(ctx.reader.say("It is so already.")))
    entry = keep(ctx, person, now)
    return _shown(ctx, now, view.changed_line(part, ctx.reader), entry.id)


def _ask(ctx: Context, asked: Asked, person: Person, part: str, unread: RichText | None = None) -> Reply:
    """What it should be: the likeliest as buttons, and free typing."""
    prompt, offered = ASKING[part](ctx, person)
    settled = {"owner_id": person.id, "owner": "", "item": part, "step": _READ}
    choices = [Choice(label, {**settled, "value": value}) for label, value in offered[:_MOST_BUTTONS]]
    note = prompt if unread else RichText(ctx.reader.say("Or type it.")) if offered else None
    question = Question(prompt=unread or prompt, field="value", choices=choices, note=note)
    return ctx.ask(question, asked.having(**settled, value="", text="", choice=""))


def _left(ctx: Context, asked: Asked, person: Person) -> Reply:
    """Asked once when there is something to hand over, for it moves other people's work."""
    if not person.active:
        return _shown(ctx, person)
    if is_last_admin(ctx, person):
        raise Refused(view.last_admin_card(person.name, ctx.reader, ctx.offers))
    entry, handed = leave(ctx, person, Gone.REMOVED)
    shares = [(ctx.names({taker}).get(taker, ""), len(ms)) for taker, ms in handed.takers.items()]
    return ctx.private(view.gone_card(person.name, shares, entry.id, ctx.reader, ctx.offers))


def _back(ctx: Context, asked: Asked, person: Person) -> Reply:
    if person.active:
        return _shown(ctx, person)
    entry = come_back(ctx, person)
    said = RichText(ctx.reader.say("Here again; what went to others stays there."))
    return _shown(ctx, replace(person, active=True, gone=None), said, entry.id)


def _shown(ctx: Context, person: Person, said: RichText | None = None, undo: str = "") -> Reply:
    may_set = person.id != ctx.person.id and may(ctx.person, Rule.PEOPLE, Matter())
    profile = profile_of(ctx, person)
    card = person_card(
        profile, said or RichText(), undo, may_set=may_set, reader=ctx.reader, offers=ctx.offers
    )
    return ctx.private(card)


_ACTS = {"left": _left, "back": _back}
command = Command(verb=verb, rule=Rule.VIEW, handle=handle, take_apart=take_apart)
