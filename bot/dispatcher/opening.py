"""Somebody opens an invitation: what it is, said in their language; and, once they say so, they are in."""

from __future__ import annotations

from dataclasses import replace

from bot.access import Matter, Rule, may
from bot.cards import Card
from bot.commands.context import Context
from bot.commands.inviting import read_letter, rule_for, welcome_in
from bot.dispatcher.door import Door
from bot.domain.people import Gone, Identity, Person, Role, Workspace
from bot.messages import PlaceKind, Reply
from bot.people import join
from bot.ports import Invitation, KnownPlace, StoredAction
from bot.reminders import people_news
from bot.views import linking
from bot.views import opening as view
from bot.wording import Reader, languages

_MOST_LANGUAGES = 3
_CHOICES = frozenset({view.ACCEPT, view.LANGUAGE, view.GREET})


def opened(door: Door, invitation: Invitation) -> Reply:
    """Nothing is used up by looking; where a page asked already, looking and starting are one."""
    if door.place.kind is not PlaceKind.DIRECT:
        return Reply(linking.open_chat_card(door.reader))
    if door.capabilities.signs_in:
        return _accepted(door, invitation, door.sender.language)
    return _greeted(door, invitation, door.sender.language)


def answered(door: Door, action: StoredAction) -> Reply | None:
    """A press under an invitation; None when it is no press of that kind, or of another chat."""
    choice, code_hash = str(action.asked.get("choice", "")), str(action.asked.get("code", ""))
    if action.verb != "invite" or choice not in _CHOICES or action.conversation != str(door.place.ref.root):
        return None
    invitation = door.uow.invitations.get(code_hash)
    if invitation is None or invitation.workspace_id != action.workspace_id:
        return None
    language = str(action.asked.get("value", ""))
    answer = {view.ACCEPT: _accepted, view.LANGUAGE: _languages, view.GREET: _greeted}[choice]
    return replace(answer(door, invitation, language), edits=True)


def _greeted(door: Door, invitation: Invitation, language: str) -> Reply:
    if refusal := _refusal(door, invitation):
        return Reply(refusal)
    reader, offers = _reader(door, language), door.offers(invitation.workspace_id)
    return Reply(view.greeting_card(read_letter(door.uow, invitation), language, reader, offers))


def _languages(door: Door, invitation: Invitation, language: str) -> Reply:
    """Theirs first, as far as the platform says."""
    own = door.sender.language.split("-")[0]
    offered = sorted(languages(), key=lambda pair: pair[0] not in (own, "en"))
    reader, offers = _reader(door, language), door.offers(invitation.workspace_id)
    offered = offered[:_MOST_LANGUAGES]
    return Reply(view.languages_card(invitation.code_hash, offered, language, reader, offers))


def _accepted(door: Door, invitation: Invitation, language: str) -> Reply:
    if refusal := _refusal(door, invitation):
        return Reply(refusal)
    workspace = door.uow.workspaces.get(invitation.workspace_id)
    inviter = door.uow.people.get(invitation.workspace_id, invitation.created_by)
    used = door.uow.invitations.use(invitation.code_hash, door.now)
    if used is None or workspace is None or inviter is None:
        return Reply(linking.bad_code_card(door.reader))
    newcomer = _newcomer(door, workspace, used, language)
    theirs = welcome_in(_speaking_for(door, workspace, inviter), newcomer, used)
    door.uow.invitations.brought(workspace.id, used.code_hash, newcomer.id)
    people_news.joined(door.uow, newcomer, inviter.id, used.code_hash, door.now)
    letter = replace(read_letter(door.uow, used), milestones=theirs)
    reader, offers = _reader(door, newcomer.language), door.offers(workspace.id)
    return Reply(view.arrived_card(letter, newcomer.name, reader, offers))


def _newcomer(door: Door, workspace: Workspace, invitation: Invitation, language: str) -> Person:
    """Somebody new, or back again, in the role they were invited for; reminders come to this chat."""
    role, uow = invitation.role or Role.MEMBER, door.uow
    known = uow.people.by_ref(workspace.id, door.sender.ref)
    person = known or join(uow, workspace, door.sender, door.now)
    person = replace(person, role=role, active=True, gone=None, stopped=False, follows=False)
    person = replace(person, language=language or person.language)
    uow.people.save(person)
    for identity in uow.people.identities(workspace.id, person.id):
        if identity.ref == door.sender.ref:
            uow.people.save_identity(_here(door, identity))
    uow.places.choose(door.sender.ref, workspace.id)
    uow.places.put(KnownPlace(workspace.id, door.place.ref.root, door.place.name, is_direct=True))
    return person


def _here(door: Door, identity: Identity) -> Identity:
    return replace(identity, reachable=True, direct=door.place.ref.root, vouched="")


def _refusal(door: Door, invitation: Invitation) -> Card | None:
    """Why this invitation lets nobody in, with the way on; None when it does."""
    uow, reader = door.uow, door.reader
    inviter = uow.people.get(invitation.workspace_id, invitation.created_by)
    workspace = uow.workspaces.get(invitation.workspace_id)
    if inviter is None or workspace is None or not _still_vouched_for(inviter, invitation):
        return linking.bad_code_card(reader)
    known = uow.people.by_ref(workspace.id, door.sender.ref)
    if known and known.active:
        return view.already_here_card(known.name, workspace.name, reader, door.offers(workspace.id))
    if known and known.gone is not Gone.PLATFORM and not may(inviter, Rule.PEOPLE, Matter()):
        return view.taken_back_before_card(inviter.name, workspace.name, reader)
    return _not_open(door, invitation, inviter.name)


def _not_open(door: Door, invitation: Invitation, inviter: str) -> Card | None:
    if invitation.revoked_at is not None:
        return view.revoked_card(inviter, door.reader)
    if invitation.used_at is not None:
        return view.used_card(inviter, door.reader)
    if not invitation.is_open(door.now):
        return view.expired_card(inviter, invitation.expires_at, door.reader)
    return None


def _still_vouched_for(inviter: Person, invitation: Invitation) -> bool:
    """Whoever made it is here and may still invite somebody as that."""
    return may(inviter, rule_for(invitation.role or Role.MEMBER), Matter())


def _speaking_for(door: Door, workspace: Workspace, inviter: Person) -> Context:
    """What the inviter gives is given in their name."""
    return Context(
        uow=door.uow,
        now=door.now,
        workspace=workspace,
        person=inviter,
        place=door.place,
        reader=door.reader,
        offers=door.offers(workspace.id),
        capabilities=door.capabilities,
    )


def _reader(door: Door, language: str) -> Reader:
    return replace(door.reader, language=language) if language else door.reader
