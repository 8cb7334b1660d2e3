"""Workspaces, people, and where they talk."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.people import Identity, Person, Project, Role, Workspace
from bot.refs import ConversationRef, PersonRef


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A sender in one of their workspaces, seen from a conversation.

    ``place``: the conversation, when it is joined to this workspace; ``project``: bound to it there (a
    topic's own before its group's); ``installed``: the sender's platform tenant belongs to this
    workspace; ``chosen``: picked by the sender for direct messages.
    """

    workspace: Workspace
    person: Person
    identity: Identity
    place: KnownPlace | None
    project: Project | None
    installed: bool
    chosen: bool


class Workspaces(Protocol):
    def get(self, workspace_id: str) -> Workspace | None: ...
    def all(self) -> tuple[Workspace, ...]: ...
    def add(self, workspace: Workspace) -> None: ...
    def save(self, workspace: Workspace) -> None: ...
    def of_tenant(self, platform: str, tenant: str) -> Workspace | None:
        """The workspace a platform tenant (Slack team) is installed in."""
        ...

    def install(self, platform: str, tenant: str, workspace_id: str, at: datetime) -> None: ...
    def suspend(self, platform: str, tenant: str, code: str) -> None: ...
    def resume(self, platform: str, tenant: str) -> None: ...
    def of_person(self, ref: PersonRef) -> tuple[Workspace, ...]:
        """Every workspace this account has a person in."""
        ...

    def scenes(self, sender: PersonRef, conversation: ConversationRef) -> tuple[Scene, ...]:
        """All that is known before a word is read, in one question: one scene per workspace this account
        has a person in, first linked first.  The caller decides by the verified envelope which applies."""
        ...


class People(Protocol):
    """Every method is bound to one workspace by its argument: ids of another never match."""

    def get(self, workspace_id: str, person_id: str) -> Person | None: ...
    def by_ref(self, workspace_id: str, ref: PersonRef) -> Person | None: ...
    def by_username(self, workspace_id: str, platform: str, username: str) -> Person | None: ...
    def all(self, workspace_id: str) -> tuple[Person, ...]: ...
    def names(self, workspace_id: str, person_ids: Iterable[str]) -> Mapping[str, str]:
        """Names by id, in one query."""
        ...

    def everybody(self, workspace_id: str) -> tuple[str, ...]:
        """What people are called, for telling names from other words: asked for every sentence, so no more
        than that is read."""
        ...

    def add(self, person: Person) -> None: ...
    def save(self, person: Person) -> None: ...
    def identities(self, workspace_id: str, person_id: str) -> tuple[Identity, ...]:
        """First linked first."""
        ...

    def add_identity(self, identity: Identity, at: datetime) -> None: ...
    def save_identity(self, identity: Identity) -> None: ...
    def forget_identity(self, workspace_id: str, ref: PersonRef) -> None:
        """This account belongs to nobody any more."""
        ...

    def merge(self, workspace_id: str, person_id: str, into: str) -> None:
        """Two people turn out to be one: identities, milestones and history point at ``into``."""
        ...

    def address(self, person: Person) -> Identity | None:
        """Where notices go: the preferred, else first, reachable identity."""
        ...


class Projects(Protocol):
    """Archived and withdrawn projects are found by `get`, `by_key`, `archived` and `keys` alone."""

    def get(self, workspace_id: str, project_id: str) -> Project | None: ...
    def by_key(self, workspace_id: str, key: str) -> Project | None: ...
    def by_home(self, workspace_id: str, conversation: ConversationRef) -> Project | None: ...
    def all(self, workspace_id: str) -> tuple[Project, ...]: ...
    def archived(self, workspace_id: str) -> tuple[Project, ...]: ...
    def keys(self, workspace_id: str) -> tuple[str, ...]:
        """Every key ever given: none is given twice."""
        ...

    def keys_and_names(self, workspace_id: str) -> tuple[tuple[str, str], ...]:
        """Like `People.everybody`."""
        ...

    def add(self, project: Project) -> None: ...
    def save(self, project: Project) -> None: ...
    def next_number(self, workspace_id: str, project_id: str) -> int:
        """Take the next milestone number (atomic with the transaction)."""
        ...


@dataclass(frozen=True, slots=True)
class KnownPlace:
    """A conversation joined to a workspace."""

    workspace_id: str
    ref: ConversationRef
    name: str
    is_direct: bool
    disabled: str = ""


class Places(Protocol):
    def get(self, ref: ConversationRef) -> KnownPlace | None: ...
    def put(self, place: KnownPlace) -> None: ...
    def move(self, old: ConversationRef, new: ConversationRef) -> None:
        """A group became a supergroup, a channel changed id: every row follows, in this transaction."""
        ...

    def chosen(self, ref: PersonRef) -> str:
        """The workspace this account picked for its direct messages; empty when none."""
        ...

    def choose(self, ref: PersonRef, workspace_id: str) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """A one-time code.  ``code_hash`` is SHA-256 hex: the code itself is shown once and never stored.

    ``person_id`` set: joins an account to that person; else joins a new person or, when ``for_chat``, a
    conversation to the workspace (and ``project_id`` when set).  ``role`` set: an invitation, which asks
    before it joins anybody; ``name`` whom it is meant for, ``milestone_ids`` what becomes theirs.
    ``used_by`` the person it brought; instants are aware UTC.
    """

    code_hash: str
    workspace_id: str
    created_by: str
    expires_at: datetime
    person_id: str = ""
    project_id: str = ""
    for_chat: bool = False
    used_at: datetime | None = None
    role: Role | None = None
    name: str = ""
    milestone_ids: tuple[str, ...] = ()
    created_at: datetime | None = None
    used_by: str = ""
    revoked_at: datetime | None = None

    def is_open(self, now: datetime) -> bool:
        return self.used_at is None and self.revoked_at is None and now < self.expires_at


class Invitations(Protocol):
    def add(self, invitation: Invitation) -> None: ...
    def use(self, code_hash: str, at: datetime) -> Invitation | None:
        """Take an open invitation, once: not used, not expired, not revoked."""
        ...

    def get(self, code_hash: str) -> Invitation | None:
        """Whatever became of it."""
        ...

    def open(self, workspace_id: str, now: datetime) -> tuple[Invitation, ...]:
        """Those with a role that still wait for somebody, newest first."""
        ...

    def brought(self, workspace_id: str, code_hash: str, person_id: str) -> None:
        """Remember whom a used invitation joined."""
        ...

    def revoke(self, workspace_id: str, code_hash: str, at: datetime) -> bool:
        """From now on it is worth nothing.  False: it was used, revoked or too old already."""
        ...
