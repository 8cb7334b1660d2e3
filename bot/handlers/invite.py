"""invite: a link to pass on that lets one person in, as somebody and for something; once, for seven days."""

from __future__ import annotations

from bot.access import Matter, Rule, may
from bot.cards import RichText
from bot.commands import Command, Context, Refused
from bot.commands.inviting import make, may_take_back, open_ones, read_letter, rule_for, send_away
from bot.commands.leaving import is_last_admin, other_admins
from bot.commands.perform import require, require_sight
from bot.commands.project import named_project, project_like
from bot.commands.which import project_of, settle_milestone
from bot.dialogs import Asked, Choice, Question
from bot.domain.milestone import Milestone
from bot.domain.people import Person, Project, Role
from bot.language.inviting import LIST, REVOKE, keys_in, wish
from bot.messages import Reply
from bot.people import called
from bot.ports import Filter, Invitation
from bot.verbs import Verb
from bot.views import inviting as view
from bot.views.milestone import ITEM_ROOM, NAME_ROOM, shortened
from bot.views.people_news import role_word
from bot.views.people_settings import last_admin_card, only_admins_card
from bot.wording import N_

verb = Verb(
    name="invite",
    summary=N_("Let somebody in, by a link to pass on"),
    usage="[NAME] as ROLE for WHAT",
    examples=("invite Nina as external for APX-1", "invite a viewer", "invite revoke"),
    twins=("invitation", "invitations", "bring in"),
    changes=True,
    personal=True,
)

_READ, _NOTHING_YET = "read", "nothing_yet"
_OFFERED = (Role.EXTERNAL, Role.MEMBER, Role.VIEWER)
_WITH_POWER = (Role.LEAD,)
_OWNERS = frozenset({Role.ADMIN, Role.LEAD, Role.MEMBER, Role.EXTERNAL})
_NAME_LIMIT = 80
_MOST_OFFERED = 2


def take_apart(ctx: Context, asked: Asked) -> Asked:
    """Words typed here are an invitation's own: a name, "as …", "for …"."""
    if asked.step or asked.choice in _ACTS or not asked.text.strip():
        return asked
    said = wish(asked.text)
    return Asked(
        title=said.name[:_NAME_LIMIT] or asked.title,
        value=said.role.value if said.role else asked.value,
        pointer=said.about,
        milestone_id=asked.milestone_id,
        project_id=asked.project_id,
        choice=said.part or asked.choice,
        step=_READ,
    )


def handle(ctx: Context, asked: Asked) -> Reply:
    act = _ACTS.get(asked.choice)
    if act:
        return act(ctx, asked)
    if asked.title and asked.choice != view.ANYWAY and (known := _known(ctx, asked.title)):
        return _here_already(ctx, asked, known)
    if asked.value not in tuple(Role):
        return _ask_role(ctx, asked)
    return _invite(ctx, asked, Role(asked.value))


def _invite(ctx: Context, asked: Asked, role: Role) -> Reply:
    if not may(ctx.person, rule_for(role), Matter()):
        again = _again(asked) | {"value": Role.MEMBER.value}
        raise Refused(view.not_that_role_card(role, again, ctx.reader, ctx.offers))
    project, milestones = _project(ctx, asked), tuple[Milestone, ...]()
    if project is None:
        found = _milestones(ctx, asked, role)
        if isinstance(found, Reply):
            return found
        milestones = found
    if not milestones and project is None and role is Role.EXTERNAL and asked.choice != _NOTHING_YET:
        return _ask_what(ctx, asked)
    project = project or (project_of(ctx, milestones[0]) if milestones else ctx.project)
    letter = make(ctx, asked.title, role, project, milestones if role in _OWNERS else ())
    return ctx.personal(view.letter_card(letter, ctx.reader, ctx.offers))


def _milestones(ctx: Context, asked: Asked, role: Role) -> tuple[Milestone, ...] | Reply:
    """What becomes theirs: each must be the sender's to give."""
    pointers = keys_in(asked.pointer) or ((asked.pointer,) if asked.pointer else ())
    wanted = [Asked(pointer=p) for p in pointers] or (
        [Asked(milestone_id=asked.milestone_id)] if asked.milestone_id else []
    )
    found = list[Milestone]()
    for one in wanted:
        milestone = settle_milestone(ctx, one)
        if isinstance(milestone, Reply):
            return _which(ctx, asked, milestone)
        about = ctx.about(milestone, project_of(ctx, milestone))
        require_sight(about, one)
        if role in _OWNERS:
            require(about, Rule.REASSIGN)
        found.append(milestone)
    return tuple(dict.fromkeys(found))


def _which(ctx: Context, asked: Asked, offered: Reply) -> Reply:
    """Several could be meant: whoever answers goes on with the same invitation."""
    waiting = ctx.uow.dialogs.take(ctx.workspace.id, ctx.person.id, str(ctx.place.ref.root))
    prompt = ctx.reader.rich("“{words}”: which one?", words=shortened(asked.pointer, NAME_ROOM))
    candidates = ctx.uow.milestones.candidates(ctx.workspace.id, asked.pointer, "")[:3] if waiting else ()
    choices = [
        Choice(shortened(f"{c.key} {c.title}", ITEM_ROOM), {"milestone_id": c.id, "pointer": ""})
        for c in candidates
    ]
    return ctx.ask(Question(prompt=prompt, field="pointer", choices=choices), asked) if choices else offered


def _project(ctx: Context, asked: Asked) -> Project | None:
    words = asked.project_id or asked.pointer
    return (named_project(ctx, words) or project_like(ctx, words)) if words else None


def _known(ctx: Context, name: str) -> Person | None:
    found = called(ctx.uow.people.all(ctx.workspace.id), name)
    return found[0] if len(found) == 1 else None


def _here_already(ctx: Context, asked: Asked, known: Person) -> Reply:
    found = _milestones(ctx, asked, Role.VIEWER) if not _project(ctx, asked) else ()
    milestones = found if isinstance(found, tuple) else ()
    again = _again(asked) | {"choice": view.ANYWAY}
    return ctx.private(
        view.here_already_card(known.id, known.name, milestones, again, ctx.reader, ctx.offers)
    )


def _ask_role(ctx: Context, asked: Asked) -> Reply:
    reader = ctx.reader
    roles = (*_OFFERED, *(r for r in _WITH_POWER if may(ctx.person, rule_for(r), Matter())))
    choices = [Choice(role_word(r, reader).capitalize(), _again(asked) | {"value": r.value}) for r in roles]
    prompt = RichText(reader.say("Whom do you invite, and as what?"))
    if asked.title:
        prompt = reader.rich("You invite {who}. As what?", who=shortened(asked.title, NAME_ROOM))
    note = RichText(
        reader.say("External people see what is theirs, members everything. Or type “Boris as external”.")
    )
    question = Question(prompt=prompt, field="text", choices=choices, note=note, choices_matter=True)
    return ctx.ask(question, asked.having(step="", text=""))


def _ask_what(ctx: Context, asked: Asked) -> Reply:
    """Who comes from outside sees only what is theirs: which will that be?"""
    reader = ctx.reader
    which = Filter(project_id=ctx.project.id if ctx.project else "")
    page = ctx.uow.milestones.page(ctx.workspace.id, which, 1, 20).milestones
    offered = [m for m in page if may(ctx.person, Rule.REASSIGN, Matter(project_of(ctx, m), m))]
    choices = [
        Choice(shortened(f"{m.key} {m.title}", ITEM_ROOM), {"milestone_id": m.id, "step": _READ})
        for m in offered[:_MOST_OFFERED]
    ]
    choices.append(Choice(reader.say("Nothing yet"), {"choice": _NOTHING_YET, "step": _READ}))
    prompt = RichText(reader.say("Which milestone will be theirs?"))
    note = RichText(
        reader.say("They see what is theirs and nothing else. Or type keys, such as APX-4 and 7.")
    )
    question = Question(prompt=prompt, field="pointer", choices=choices, note=note, choices_matter=True)
    return ctx.ask(question, asked.having(step=_READ, text=""))


def _list(ctx: Context, asked: Asked) -> Reply:
    letters = [read_letter(ctx.uow, invitation) for invitation in open_ones(ctx)]
    return ctx.personal(view.list_card(letters, ctx.reader, ctx.offers))


def _revoke(ctx: Context, asked: Asked) -> Reply:
    if not asked.code:
        named = [i for i in open_ones(ctx) if asked.title and asked.title.casefold() in i.name.casefold()]
        return _take_back(ctx, named[0]) if len(named) == 1 else _list(ctx, asked)
    return _take_back(ctx, _mine(ctx, asked.code))


def _take_back(ctx: Context, invitation: Invitation) -> Reply:
    if ctx.uow.invitations.revoke(ctx.workspace.id, invitation.code_hash, ctx.now):
        return ctx.private(view.taken_back_card(invitation.name, ctx.reader, ctx.offers))
    came = ctx.uow.people.get(ctx.workspace.id, invitation.used_by) if invitation.used_by else None
    name = came.name if came and came.active else ""
    return ctx.private(view.too_late_card(name, invitation.code_hash, ctx.reader, ctx.offers))


def _not_them(ctx: Context, asked: Asked) -> Reply:
    invitation = _mine(ctx, asked.code)
    person = ctx.uow.people.get(ctx.workspace.id, invitation.used_by) if invitation.used_by else None
    if person is None or not person.active or person.id == ctx.person.id:
        return ctx.private(view.too_late_card("", invitation.code_hash, ctx.reader, ctx.offers))
    if not may(ctx.person, rule_for(person.role), Matter()):
        raise Refused(
            only_admins_card(person.name, person.role, other_admins(ctx, person), ctx.reader, ctx.offers)
        )
    if is_last_admin(ctx, person):
        raise Refused(last_admin_card(person.name, ctx.reader, ctx.offers))
    entry, back = send_away(ctx, person)
    return ctx.private(view.sent_away_card(person.name, back.count, entry.id, ctx.reader, ctx.offers))


def _mine(ctx: Context, code_hash: str) -> Invitation:
    """An invitation of this team that the sender may take back; anything else is not there."""
    found = ctx.uow.invitations.get(code_hash)
    if found is None or found.workspace_id != ctx.workspace.id or not may_take_back(ctx, found):
        raise Refused(view.too_late_card("", code_hash, ctx.reader, ctx.offers))
    return found


def _again(asked: Asked) -> dict[str, object]:
    """The same invitation once more, its words taken apart already."""
    return {**asked.having(text="", step=_READ).to_words()}


_ACTS = {LIST: _list, REVOKE: _revoke, view.NOT_THEM: _not_them}
command = Command(verb=verb, rule=Rule.INVITE, handle=handle, take_apart=take_apart)
