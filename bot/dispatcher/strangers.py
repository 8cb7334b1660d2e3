"""Before there is a workspace: codes, unlinked groups, and people nobody knows yet."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from bot.access import Matter, Rule, may
from bot.cards import Card
from bot.dispatcher.door import Door
from bot.dispatcher.opening import answered, opened
from bot.domain.people import Identity, Person, Workspace
from bot.messages import PlaceKind, Reply, Standing
from bot.people import Met, join, recognise
from bot.ports import Invitation, KnownPlace, StoredAction
from bot.reminders import arm
from bot.views import linking

CODE_LENGTH = 20
DOORS = frozenset({"link", "invite"})
"""Verbs whose buttons are for people no workspace may know yet."""

CHAT, WORKSPACE, PREFER = "chat", "workspace", "prefer"
_ORDERS = frozenset({"link", "connect", "join", "start"})
_LONGEST_ORDER = 200
_LONGEST_WORD = 14  # characters of a word that somebody might say after "link"


def hashed(code: str) -> str:
    """How a code is stored: SHA-256 hex of the code as typed, without spaces."""
    return hashlib.sha256(code.strip().encode()).hexdigest()


def code_in(text: str) -> str:
    """The code of ``link CODE``, else an empty string; a word of its length with a slip in it is one, too."""
    words = text[:_LONGEST_ORDER].split()
    if len(words) != 2 or words[0].casefold().lstrip("/") not in _ORDERS:
        return ""
    return words[1] if len(words[1]) > _LONGEST_WORD or _looks_like_code(words[1]) else ""


def bare_code(text: str) -> str:
    """The code when it is all that was sent."""
    return text.strip() if _looks_like_code(text.strip()) else ""


def redeem(door: Door, code: str) -> Reply:
    """Use a one-time code: it joins this account to a person, or this group to a workspace."""
    if door.sender.standing is Standing.ANONYMOUS:
        return Reply(linking.anonymous_card(door.reader))
    known = door.uow.invitations.get(hashed(code)) if _looks_like_code(code) else None
    if known and known.role:
        return opened(door, known)
    invitation = door.uow.invitations.use(hashed(code), door.now) if _looks_like_code(code) else None
    if invitation is None:
        return Reply(linking.bad_code_card(door.reader))
    workspace = door.uow.workspaces.get(invitation.workspace_id)
    if workspace is None or not _still_vouched_for(door, invitation):
        return Reply(linking.bad_code_card(door.reader))
    if door.place.kind is PlaceKind.GROUP:
        return _bring_chat(door, workspace, invitation)
    return _join_person(door, workspace, invitation)


def pressed(door: Door, action: StoredAction) -> Reply | None:
    """Presses that decide which workspace counts; None when the action is of another kind."""
    if reply := answered(door, action):
        return reply
    workspace = door.uow.workspaces.get(action.workspace_id)
    person = door.uow.people.by_ref(action.workspace_id, door.sender.ref)
    if action.verb != "link" or workspace is None or person is None or not person.active:
        return None
    if action.conversation not in ("", str(door.place.ref.root)):
        return None
    choice = action.asked.get("choice")
    if choice == WORKSPACE and door.place.kind is PlaceKind.DIRECT:
        door.uow.places.choose(door.sender.ref, workspace.id)
        return Reply(linking.chosen_card(workspace.name, door.reader, door.offers(workspace.id)), edits=True)
    if choice == PREFER:
        door.uow.people.save(replace(person, preferred_platform=door.sender.ref.platform))
        return Reply(linking.preferred_card(door.reader, door.offers(workspace.id)), edits=True)
    if choice == CHAT and door.place.kind is PlaceKind.GROUP and may(person, Rule.INVITE, Matter()):
        return replace(_join_chat(door, workspace, ""), edits=True)
    return None


def stranger(door: Door, met: Met) -> Reply:
    """Somebody, or a group, without a workspace: say how to get one."""
    if met.choices:
        return Reply(_which_workspace(door, met.choices))
    if door.place.kind is PlaceKind.GROUP:
        return Reply(_unlinked_group(door))
    return Reply(linking.stranger_card(door.reader))


def _still_vouched_for(door: Door, invitation: Invitation) -> bool:
    """Whoever made it is still here; a newcomer or a group takes somebody who may invite."""
    if not invitation.created_by:
        return True
    author = door.uow.people.get(invitation.workspace_id, invitation.created_by)
    if invitation.person_id and door.place.kind is PlaceKind.DIRECT:
        return author is not None and author.active
    return may(author, Rule.INVITE, Matter())


def _bring_chat(door: Door, workspace: Workspace, invitation: Invitation) -> Reply:
    """Who brings a group along with their own code is that person in it."""
    known = door.uow.people.by_ref(workspace.id, door.sender.ref)
    if invitation.person_id and known is None and not _belongs_elsewhere(door, workspace):
        _become(door, workspace, invitation.person_id, known)
    return _join_chat(door, workspace, invitation.project_id)


def _belongs_elsewhere(door: Door, workspace: Workspace) -> bool:
    """The group is another team's: by its platform tenant, or joined there before."""
    ref = door.place.ref
    if ref.workspace:
        return door.uow.workspaces.of_tenant(ref.platform, ref.workspace) != workspace
    taken = door.uow.places.get(ref.root)
    return taken is not None and taken.workspace_id != workspace.id


def _join_person(door: Door, workspace: Workspace, invitation: Invitation) -> Reply:
    known = door.uow.people.by_ref(workspace.id, door.sender.ref)
    if invitation.person_id:
        person = _become(door, workspace, invitation.person_id, known)
    else:
        person = known or join(door.uow, workspace, door.sender, door.now)
    door.uow.places.choose(door.sender.ref, workspace.id)
    if person is None:
        return Reply(linking.bad_code_card(door.reader))
    is_new = len(door.uow.people.identities(workspace.id, person.id)) == 1
    offers = door.offers(workspace.id)
    return Reply(linking.joined_card(person.name, workspace.name, door.reader, offers, is_new=is_new))


def _become(door: Door, workspace: Workspace, person_id: str, known: Person | None) -> Person | None:
    person = door.uow.people.get(workspace.id, person_id)
    if person is None or not person.active:
        return None
    if known and known.id != person.id:
        door.uow.people.merge(workspace.id, known.id, person.id)
    elif known is None:
        _add_account(door, workspace, person)
    return person


def _add_account(door: Door, workspace: Workspace, person: Person) -> None:
    direct = door.place.ref.root
    account = Identity(person.id, workspace.id, door.sender.ref, door.sender.username, direct)
    door.uow.people.add_identity(account, door.now)


def _join_chat(door: Door, workspace: Workspace, project_id: str) -> Reply:
    if _belongs_elsewhere(door, workspace):
        return Reply(linking.taken_card(door.reader))
    door.uow.places.put(KnownPlace(workspace.id, door.place.ref.root, door.place.name, is_direct=False))
    project = door.uow.projects.get(workspace.id, project_id) if project_id else None
    if project and project.home is None:
        bound = replace(project, home=door.place.ref.root)
        door.uow.projects.save(bound)
        arm.rearm_project(door.uow, bound, door.now)
    met = recognise(door.uow, door.sender, door.place)
    if met.person is None:
        join(door.uow, workspace, door.sender, door.now)
    return Reply(linking.chat_joined_card(workspace.name, door.reader, door.offers(workspace.id)))


def _unlinked_group(door: Door) -> Card:
    mine = door.uow.workspaces.of_person(door.sender.ref)
    able = [w for w in mine if may(door.uow.people.by_ref(w.id, door.sender.ref), Rule.INVITE, Matter())]
    if not able:
        return linking.unlinked_card(door.reader)
    buttons = tuple(
        door.offers(w.id).button(door.reader.say("Link it to {name}", name=w.name[:30]), "link", choice=CHAT)
        for w in able[:4]
    )
    return linking.unlinked_card(door.reader, buttons)


def _which_workspace(door: Door, choices: tuple[Workspace, ...]) -> Card:
    buttons = tuple(door.offers(w.id).button(w.name[:40], "link", choice=WORKSPACE) for w in choices)
    return linking.which_workspace_card(door.reader, buttons)


def _looks_like_code(word: str) -> bool:
    return len(word) == CODE_LENGTH and word.isascii() and word.replace("-", "").replace("_", "").isalnum()
