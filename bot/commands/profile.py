"""Who somebody is and what they may, read for showing."""

from __future__ import annotations

from collections.abc import Mapping

from bot.access import TABLE, Reach, Rule
from bot.commands.context import Context
from bot.domain.people import Person, Role
from bot.ports import Filter
from bot.views.whoami import Profile, Rights
from bot.wording import N_

DEEDS: Mapping[Rule, str] = {
    Rule.VIEW: N_("see milestones"),
    Rule.NAMES: N_("see names"),
    Rule.NOTES: N_("read notes"),
    Rule.MONEY: N_("see amounts"),
    Rule.CREATE: N_("add"),
    Rule.EDIT: N_("change"),
    Rule.MOVE: N_("move"),
    Rule.REPORT: N_("report"),
    Rule.COMPLETE: N_("complete"),
    Rule.REASSIGN: N_("give away"),
    Rule.DROP: N_("drop"),
    Rule.PROPOSE: N_("propose dates"),
    Rule.ANSWER: N_("add notes and files"),
    Rule.INVITE: N_("invite"),
    Rule.PEOPLE: N_("set things for others"),
    Rule.ROLES: N_("give roles"),
    Rule.CONFIGURE: N_("set up the team"),
}
"""What a rule lets somebody do, in words; rules left out are told by the verbs they belong to."""


def rights_of(role: Role) -> Rights:
    """The role's column of the table, in words."""
    anything, own = _reaching(role, Reach.ANY), _reaching(role, Reach.OWN)
    never = tuple(words for rule, words in DEEDS.items() if not TABLE[rule][role])
    return Rights(anything, own, never, Reach.LED in TABLE[Rule.EDIT][role])


def profile_of(ctx: Context, person: Person) -> Profile:
    """What the sender may know of ``person``."""
    identities = ctx.uow.people.identities(ctx.workspace.id, person.id)
    deputy = person.deputy_on(ctx.today)
    return Profile(
        person=person,
        team=ctx.workspace.name,
        accounts=tuple(dict.fromkeys(identity.ref.platform for identity in identities)),
        deputy=ctx.names({deputy}).get(deputy, "") if deputy else "",
        owned=ctx.uow.milestones.page(ctx.workspace.id, Filter(owner_id=person.id), 1, 1).total,
    )


def _reaching(role: Role, reach: Reach) -> tuple[str, ...]:
    return tuple(words for rule, words in DEEDS.items() if reach in TABLE[rule][role])
