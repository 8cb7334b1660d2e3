"""handover: everything of one person to another, shown first, one commit, one undo."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.access import Matter, Rule, may
from bot.cards import RichText
from bot.commands import Command, Context
from bot.commands.belongings import Belongings, belongings, give
from bot.commands.perform import perform
from bot.commands.proposing import who_decides
from bot.commands.registry import known
from bot.commands.ways_on import named
from bot.commands.which import project_of
from bot.commands.who import can_own, meant, settle_owner
from bot.dialogs import Asked, Choice, Question
from bot.domain.people import Person, Role
from bot.messages import Reply
from bot.people import resembling
from bot.verbs import Verb
from bot.views import handover as views
from bot.views.deeds import listed_names
from bot.views.milestone import NAME_ROOM, shortened
from bot.views.questions import another_person
from bot.wording import N_

verb = Verb(
    name="handover",
    summary=N_("Hand everything of one person to another"),
    usage="[@from] to @to",
    examples=("handover @boris to @chen",),
    twins=(
        *("hand over everything", "hand over all", "give everything", "give all", "hand everything over"),
        *("reassign everything", "reassign all"),
    ),
    changes=True,
)

_MEMBERS = frozenset({Role.ADMIN, Role.LEAD, Role.MEMBER})
_TO = re.compile(r"\s*(?:^|\s)(?:to|->|→)\s+", re.IGNORECASE)
_ASIDE = re.compile(
    r"^(?:(?:everything|all|of|from|that|is|belonging|owned|by|milestones?)\b\s*)+", re.IGNORECASE
)
_OWN = frozenset(
    {"", "me", "mine", "my", "my milestones", "my own", "i own", "i have", "myself", "my work", "it"}
)
_KEY = re.compile(r"#?[A-Za-z][A-Za-z0-9]{1,9}-[0-9]{1,6}")
_MOST = 3


def take_apart(ctx: Context, asked: Asked) -> Asked:
    """ "@boris to @chen", "of mine to @dora", "to @dora": whose, and whose it will be."""
    if asked.from_id or asked.owner_id or asked.choice:
        return asked
    parts = _TO.split(asked.text.strip().rstrip("."), maxsplit=1)
    whose = _ASIDE.sub("", parts[0].strip()).strip()
    to = parts[1].strip() if len(parts) > 1 else ""
    is_own = whose.casefold().removesuffix("'s") in _OWN
    return asked.having(
        from_id=ctx.person.id if is_own else "", pointer="" if is_own else whose, owner=to, when="", reason=""
    )


def handle(ctx: Context, asked: Asked) -> Reply:
    one = known(ctx, "assign") if _KEY.fullmatch(asked.pointer) else None
    if one:  # "handover APX-1 to @chen" is about that milestone alone
        return perform(replace(ctx, verb=one.verb.name), one, Asked(pointer=asked.pointer, owner=asked.owner))
    giver = _giver(ctx, asked)
    if isinstance(giver, Reply):
        return giver
    asked = asked.having(from_id=giver.id, pointer="")
    refused = _without_right(ctx, giver)
    if refused:
        return refused
    taker = _taker(ctx, asked, giver)
    if isinstance(taker, Reply):
        return taker
    return _hand(ctx, asked, giver, taker)


def _hand(ctx: Context, asked: Asked, giver: Person, taker: Person) -> Reply:
    everything = belongings(ctx, giver, taker)
    shown = _shown(ctx, everything, giver, taker)
    if not everything:
        return ctx.private(views.nothing_card(shown.giver, ctx.reader, ctx.offers))
    if asked.choice != views.DO:
        return ctx.private(views.preview_card(shown, ctx.reader, ctx.offers))
    if asked.value != everything.mark:
        said = ctx.reader.say("It changed since, so nothing was done yet.")
        return ctx.private(views.preview_card(shown, ctx.reader, ctx.offers, said))
    undo = give(ctx, everything, giver, taker)
    return ctx.private(views.done_card(shown, undo, ctx.reader, ctx.offers))


def _giver(ctx: Context, asked: Asked) -> Person | Reply:
    if asked.from_id:
        person = ctx.uow.people.get(ctx.workspace.id, asked.from_id)
        return person or _ask_whose(ctx, asked, "", ())
    found = meant(ctx, asked.pointer)
    return found[0] if len(found) == 1 else _ask_whose(ctx, asked, asked.pointer, found)


def _ask_whose(ctx: Context, asked: Asked, words: str, found: tuple[Person, ...]) -> Reply:
    name = shortened(words.lstrip("@"), NAME_ROOM)
    people = found or resembling(ctx.uow.people.all(ctx.workspace.id), words) or (ctx.person,)
    names = ctx.names(p.id for p in people)
    choices = [
        Choice(shortened(names[p.id], NAME_ROOM), {"from_id": p.id, "pointer": ""}) for p in people[:_MOST]
    ]
    prompt = ctx.reader.rich("I don't know anyone called “{name}” here. Whose shall I hand over?", name=name)
    if found:
        prompt = ctx.reader.rich("“{name}” could be more than one person here. Whose?", name=name)
    note = RichText(another_person(ctx.reader))
    return ctx.ask(
        Question(prompt=prompt, field="pointer", choices=choices, note=note), asked.having(from_id="")
    )


def _without_right(ctx: Context, giver: Person) -> Reply | None:
    """Nothing of it is the sender's to give: who could; and nothing there at all is said as that."""
    everything = belongings(ctx, giver, None)
    if everything:
        return None
    shown = _shown(ctx, everything, giver, giver)
    if everything.kept:
        return ctx.private(views.not_yours_card(shown, ctx.reader, ctx.offers))
    return ctx.private(views.nothing_card(shown.giver, ctx.reader, ctx.offers))


def _taker(ctx: Context, asked: Asked, giver: Person) -> Person | Reply:
    prompt = ctx.reader.rich("Who takes over from {name}?", name=shortened(giver.name, NAME_ROOM))
    found = meant(ctx, asked.owner) if asked.owner else ()
    if len(found) == 1 and not can_own(found[0]):
        return _cannot_take(ctx, found[0], giver)
    taker = settle_owner(ctx, asked, prompt, but=giver.id)
    if isinstance(taker, Reply):
        return taker
    if taker.id == giver.id:
        return ctx.private(views.itself_card(_name(ctx, taker), giver.id, ctx.reader, ctx.offers))
    is_own = giver.id == ctx.person.id and not may(ctx.person, Rule.PEOPLE, Matter())
    if is_own and taker.role not in _MEMBERS:
        return ctx.private(views.only_to_members_card(_name(ctx, taker), giver.id, ctx.reader, ctx.offers))
    return taker


def _cannot_take(ctx: Context, person: Person, giver: Person) -> Reply:
    card = views.gone_card if not person.active else views.only_to_members_card
    return ctx.private(card(_name(ctx, person), giver.id, ctx.reader, ctx.offers))


def _shown(ctx: Context, everything: Belongings, giver: Person, taker: Person) -> views.Shown:
    return views.Shown(
        giver=_name(ctx, giver),
        giver_id=giver.id,
        taker=_name(ctx, taker),
        taker_id=taker.id,
        owned=everything.owned,
        led=tuple(p.name for p in everything.led),
        counted=everything.counted,
        kept=len(everything.kept),
        keepers=_keepers(ctx, everything),
        mark=everything.mark,
        is_outsider=taker.role is Role.EXTERNAL,
    )


def _keepers(ctx: Context, everything: Belongings) -> str:
    """Who could give what the sender may not: for the first of it, that stands for the rest."""
    if not everything.kept:
        return ""
    about = ctx.about(everything.kept[0], project_of(ctx, everything.kept[0]))
    return listed_names(named(about, who_decides(about, Rule.REASSIGN)), ctx.reader)


def _name(ctx: Context, person: Person) -> str:
    return ctx.names((person.id,)).get(person.id, person.name)


command = Command(verb=verb, rule=Rule.CREATE, handle=handle, take_apart=take_apart)
