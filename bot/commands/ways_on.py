"""A no that names who can, and offers to put the wish to them."""

from __future__ import annotations

from bot.access import TABLE, Reach, Rule
from bot.cards import Card, RichText
from bot.commands.context import Context, Refused
from bot.commands.proposing import may_propose, who_decides
from bot.commands.registry import Command
from bot.commands.settling import plain, settled, tried
from bot.dialogs import Asked
from bot.domain.people import Person, Role
from bot.errors import IllegalMove, InvalidMilestone, UserError
from bot.reminders.deciding import reachable_first
from bot.views import rules
from bot.views.refusals import not_allowed
from bot.views.ways_on import NEEDS_MORE, Offer, only_they_can


def refused(ctx: Context, rule: Rule, command: Command | None = None, asked: Asked | None = None) -> Refused:
    """Why not, who can, and a proposal of what was wished, where it is whole and theirs to make."""
    people = who_decides(ctx, rule)
    who = named(ctx, people)
    if ctx.subject is None:
        of_everybody = Reach.ANY in TABLE[rule][Role.MEMBER]
        return Refused(not_allowed(None, () if of_everybody else who, ctx.reader, ctx.offers))
    if command is None or asked is None or not people or not _can_be_proposed(ctx, command):
        verb = command.verb.name if command else ""
        return Refused(not_allowed(ctx.subject, who, ctx.reader, ctx.offers, verb))
    return Refused(offer_card(ctx, rule, command, asked, people))


def offer_card(
    ctx: Context,
    rule: Rule,
    command: Command,
    asked: Asked,
    people: tuple[Person, ...],
    why: RichText | str = "",
) -> Card:
    """Who can, and the wish ready to be put to the first of them with one tap."""
    wish = _wish(ctx, command, asked)
    who = named(ctx, people)
    owner = ctx.names((wish.owner_id,)).get(wish.owner_id, "") if wish else ""
    to = reachable_first(ctx.uow, people) or people[0]
    asked_of = ctx.names((to.id,)).get(to.id, "")
    offer = Offer(
        ctx.milestone, command.verb.name, str(rule), who, asked_of, wish.to_words() if wish else None, owner
    )
    return only_they_can(offer, ctx.reader, ctx.offers, why)


def rule_words(ctx: Context, rule: Rule) -> RichText:
    """The rule as the one table has it, in plain words."""
    row = TABLE[rule]
    admits = {str(reach) for reach in row[Role.MEMBER]}
    if Reach.ANY in row[Role.ADMIN] and Reach.ANY not in row[Role.MEMBER]:
        admits.add("admin")
    return rules.rule_words(admits, ctx.person.role, ctx.reader)


def named(ctx: Context, people: tuple[Person, ...], most: int = 2) -> tuple[str, ...]:
    """``Chen Wei (lead)``, as the sender may call them; admins only where nobody nearer can."""
    near = [p for p in people if _is_near(ctx, p)] or list(people)
    names = ctx.names(p.id for p in near[:most])
    said = (_with_part(ctx, p, names[p.id]) for p in near[:most] if p.id in names)
    return tuple(dict.fromkeys(said))


def _is_near(ctx: Context, person: Person) -> bool:
    lead = ctx.project.lead_id if ctx.project else ""
    owner = ctx.subject.owner_id if ctx.subject else ""
    signs = ctx.subject.approver_id if ctx.subject else ""
    return person.id in (lead, owner, signs)


def _with_part(ctx: Context, person: Person, name: str) -> str:
    if name != person.name:
        return name  # to somebody from outside they are the team
    if ctx.project and ctx.project.lead_id == person.id:
        return ctx.reader.say("{name} (lead)", name=name[:20])
    if person.role is Role.ADMIN and not _is_near(ctx, person):
        return ctx.reader.say("{name} (admin)", name=name[:20])
    return name


def _can_be_proposed(ctx: Context, command: Command) -> bool:
    return command.on_milestone and command.verb.changes and may_propose(ctx)


def _wish(ctx: Context, command: Command, asked: Asked) -> Asked | None:
    """What exactly would be proposed; the turn ends in a refusal, so nothing the trial does is kept."""
    if not ctx.writes:
        return None
    try:
        return settled(ctx, asked, tried(ctx, command, plain(ctx, asked)))
    except (IllegalMove, InvalidMilestone):
        return None
    except UserError:  # it asks for more than can be tried: whoever decides is asked
        return None if command.verb.name in NEEDS_MORE else plain(ctx, asked)
