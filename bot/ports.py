"""What the core needs from outside, and what adapters may expect of the core.

Storage implements `Store` and `UnitOfWork`; adapters implement `Adapter`; the dispatcher implements
`Receiver`.  Units of work are synchronous: they run in a storage thread, one hop per incoming thing.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol, TypeVar

from bot.cards import Card
from bot.domain.alerts import Alert
from bot.domain.history import History
from bot.domain.milestone import Milestone
from bot.domain.notices import Notice
from bot.domain.outbox import OutboxRow
from bot.domain.people import Identity, Person, Project, Workspace
from bot.messages import Incoming, Reply
from bot.refs import ConversationRef, MessageRef, PersonRef

T = TypeVar("T")

# --- adapters -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a platform can do; the core asks this and never the platform's name.

    ``forms``: can show a `Form`; ``private_replies``: can answer one person privately inside a group;
    ``can_find``: can be asked whether a message arrived; ``edits``: can edit its own messages;
    ``deep_links``: an invitation can be a link that opens the bot.
    """

    forms: bool
    private_replies: bool
    can_find: bool
    edits: bool = True
    deep_links: bool = False


@dataclass(frozen=True, slots=True)
class Sending:
    """What goes along with one outgoing message.

    ``oid`` is the outbox row's id (idempotency key and metadata); ``silent``: no sound;
    ``repeat``: this may be the second copy and should say so quietly where the platform can.
    """

    oid: str
    silent: bool = False
    repeat: bool = False
    plain_text: bool = False


class Receiver(Protocol):
    """The core, as adapters see it."""

    async def receive(self, incoming: Incoming) -> Reply | None:
        """Handle one incoming thing to its commit.  None: nothing to answer (also for a duplicate).

        Never raises for bad input; raises only when storage is unavailable, and then nothing was
        saved, so the platform may deliver it again.
        """
        ...


class Adapter(Protocol):
    """One platform.  Sends raise `bot.errors.DeliveryError`, already classified."""

    @property
    def name(self) -> str: ...

    @property
    def capabilities(self) -> Capabilities: ...

    async def run(self, receiver: Receiver) -> None:
        """Connect, receive until cancelled, disconnect.  HTTP-only platforms just wait."""
        ...

    async def send(self, to: ConversationRef, card: Card, how: Sending) -> MessageRef: ...

    async def edit(self, message: MessageRef, card: Card, how: Sending) -> None: ...

    async def direct(self, person: PersonRef) -> ConversationRef:
        """The direct conversation with ``person``; may ask the platform."""
        ...

    async def find(self, to: ConversationRef, oid: str, since: datetime) -> MessageRef | None:
        """The message sent with ``oid`` since then, if the platform has it (`Capabilities.can_find`)."""
        ...

    def routes(self, receiver: Receiver) -> Sequence[Any]:
        """Starlette routes this platform needs; empty when it connects outward."""
        ...

    def deep_link(self, code: str) -> str:
        """A link that opens the bot with ``code``; empty without `Capabilities.deep_links`."""
        ...

    async def check(self) -> Sequence[Finding]:
        """What ``milepost doctor`` says of this platform: tokens, scopes, reachability."""
        ...


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of ``doctor``: ``level`` is ok, warn or fail; ``remedy`` is empty when ok."""

    level: str
    what: str
    remedy: str = ""


# --- storage --------------------------------------------------------------------------------


class Inbox(Protocol):
    def add(self, platform: str, key: str, at: datetime) -> bool:
        """Remember that this arrived.  False: it had already."""
        ...

    def forget_before(self, instant: datetime) -> int: ...


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

    def add(self, person: Person) -> None: ...
    def save(self, person: Person) -> None: ...
    def identities(self, workspace_id: str, person_id: str) -> tuple[Identity, ...]:
        """First linked first."""
        ...

    def add_identity(self, identity: Identity, at: datetime) -> None: ...
    def save_identity(self, identity: Identity) -> None: ...
    def merge(self, workspace_id: str, person_id: str, into: str) -> None:
        """Two people turn out to be one: identities, milestones and history point at ``into``."""
        ...

    def address(self, person: Person) -> Identity | None:
        """Where notices go: the preferred, else first, reachable identity."""
        ...


class Projects(Protocol):
    def get(self, workspace_id: str, project_id: str) -> Project | None: ...
    def by_key(self, workspace_id: str, key: str) -> Project | None: ...
    def by_home(self, workspace_id: str, conversation: ConversationRef) -> Project | None: ...
    def all(self, workspace_id: str) -> tuple[Project, ...]: ...
    def add(self, project: Project) -> None: ...
    def save(self, project: Project) -> None: ...
    def next_number(self, workspace_id: str, project_id: str) -> int:
        """Take the next milestone number (atomic with the transaction)."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Which milestones; empty means any.  ``open_only`` leaves achieved, missed and cancelled out."""

    project_id: str = ""
    owner_id: str = ""
    open_only: bool = True


@dataclass(frozen=True, slots=True)
class Page:
    """One page in order of due date, then number; ``total`` counts the whole filter."""

    milestones: tuple[Milestone, ...]
    total: int
    number: int
    size: int


@dataclass(frozen=True, slots=True)
class Pointed:
    """A milestone as a candidate for pointing."""

    id: str
    key: str
    title: str
    project_key: str
    is_open: bool


class Milestones(Protocol):
    def get(self, workspace_id: str, milestone_id: str) -> Milestone | None: ...
    def by_key(self, workspace_id: str, project_key: str, number: int) -> Milestone | None: ...
    def candidates(self, workspace_id: str, words: str, project_id: str = "") -> tuple[Pointed, ...]:
        """At most 200 milestones whose title could be meant by ``words``; open ones first."""
        ...

    def page(self, workspace_id: str, which: Filter, number: int, size: int) -> Page: ...
    def add(self, milestone: Milestone) -> None: ...
    def save(self, milestone: Milestone) -> None:
        """Write ``milestone`` over version ``milestone.version - 1``.  Raises `VersionConflict`."""
        ...


class Histories(Protocol):
    def add(self, entry: History) -> None: ...
    def get(self, workspace_id: str, history_id: str) -> History | None: ...
    def of(self, workspace_id: str, milestone_id: str, most: int = 50) -> tuple[History, ...]:
        """Newest first."""
        ...

    def last_by(self, workspace_id: str, actor_id: str) -> History | None:
        """The newest entry of this person that can be undone (not itself an undo, not undone)."""
        ...

    def name_cause(self, workspace_id: str, history_id: str, cause: str) -> None:
        """Fill in the cause of a move recorded without one; a named cause is never changed."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredAction:
    """What a button or form does: ``asked`` are the command's arguments as JSON values.

    ``conversation`` is ``str(ConversationRef.root)`` where it was shown: a press elsewhere is stale.
    ``version`` is the subject's when shown, 0 when it does not matter.
    """

    workspace_id: str
    verb: str
    asked: Mapping[str, object]
    conversation: str
    milestone_id: str = ""
    version: int = 0


class StoredActions(Protocol):
    """Buttons.  Tokens are keyed 128-bit hashes of what they do, so they cannot be guessed, both copies
    of a repeated message carry the same ones, and showing a list twice writes nothing the second time."""

    def offer(self, action: StoredAction, at: datetime) -> str:
        """The token for ``action``; stored with the commit that shows it."""
        ...

    def get(self, token: str) -> StoredAction | None: ...
    def forget_expired(self) -> int:
        """Buttons nobody was shown for 90 days."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialog:
    """A question that waits for one person's answer in one conversation."""

    workspace_id: str
    person_id: str
    conversation: str
    verb: str
    asked: Mapping[str, object]
    field: str
    asked_at: datetime


class Dialogs(Protocol):
    def put(self, dialog: Dialog) -> None:
        """Replaces an earlier question to the same person in the same conversation."""
        ...

    def take(self, workspace_id: str, person_id: str, conversation: str) -> Dialog | None:
        """Remove and return."""
        ...


@dataclass(frozen=True, slots=True)
class Anchor:
    """The message that shows a milestone in a conversation."""

    workspace_id: str
    milestone_id: str
    message: MessageRef


class Anchors(Protocol):
    def of(self, workspace_id: str, milestone_id: str) -> tuple[Anchor, ...]: ...
    def at(self, message: MessageRef) -> Anchor | None:
        """Which milestone a message shows (replying to a card points at it)."""
        ...

    def put(self, anchor: Anchor) -> None: ...
    def remove(self, message: MessageRef) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """A one-time code.  ``code_hash`` is SHA-256 hex: the code itself is shown once and never stored.

    ``person_id`` set: joins an account to that person; else joins a new person (``role``) or, when
    ``for_chat``, a conversation to the workspace (and ``project_id`` when set).
    """

    code_hash: str
    workspace_id: str
    created_by: str
    expires_at: datetime
    person_id: str = ""
    project_id: str = ""
    for_chat: bool = False
    used_at: datetime | None = None


class Invitations(Protocol):
    def add(self, invitation: Invitation) -> None: ...
    def use(self, code_hash: str, at: datetime) -> Invitation | None:
        """Take an unused, unexpired invitation, once."""
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


class Outbox(Protocol):
    """Messages to send (reliability §1.3).  Every change of state compares id, state and epoch."""

    def add(self, notice: Notice, to: str, platform: str, lane: str) -> bool:
        """Plan a message.  False: the same notice was planned before, whatever became of it."""
        ...

    def get(self, workspace_id: str, row_id: str) -> OutboxRow | None: ...

    def claim(
        self, worker: str, now: datetime, most: int, platforms: Collection[str] | None = None
    ) -> tuple[OutboxRow, ...]:
        """pending → leased, at most one per free lane, lanes and installs that are paused left alone.

        Only rows of ``platforms`` when given: those that can take more now, so that one that hangs holds
        up no other.
        """
        ...

    def intend(self, row: OutboxRow, now: datetime) -> bool:
        """leased → sending; False when the row is no longer ours."""
        ...

    def sent(self, row: OutboxRow, message: str, now: datetime) -> bool:
        """sending → sent."""
        ...

    def retry(self, row: OutboxRow, not_before: datetime, code: str, *, is_try: bool) -> bool:
        """leased or sending → pending: certainly not delivered."""
        ...

    def doubt(self, row: OutboxRow, code: str) -> bool:
        """sending → uncertain."""
        ...

    def park(self, row: OutboxRow, code: str) -> bool:
        """leased or sending → blocked."""
        ...

    def bury(self, row: OutboxRow, code: str) -> bool:
        """leased or sending → dead."""
        ...

    def drop(self, row: OutboxRow, *, expired: bool) -> bool:
        """leased → cancelled or expired: no longer true, or too late."""
        ...

    def cancel(self, workspace_id: str, milestone_id: str, kinds: Iterable[str]) -> int:
        """pending or blocked → cancelled, in bulk; never touches sending or uncertain."""
        ...

    def expire(self, now: datetime, most: int) -> int:
        """pending or blocked → expired, in bulk, soonest expiry first: too late to send."""
        ...

    def reap(self, now: datetime) -> tuple[int, int]:
        """Leases run out: (leased → pending, sending → uncertain)."""
        ...

    def uncertain(self, before: datetime, most: int) -> tuple[OutboxRow, ...]:
        """Rows in doubt whose sending began before then; claims them (epoch + 1) for the caller."""
        ...

    def found(self, row: OutboxRow, message: str, now: datetime) -> bool:
        """uncertain → sent."""
        ...

    def resend(self, row: OutboxRow, not_before: datetime) -> bool:
        """uncertain → pending."""
        ...

    def hold(self, row: OutboxRow) -> bool:
        """uncertain → unknown."""
        ...

    def release(self, worker: str) -> int:
        """leased rows of this worker → pending (orderly stop)."""
        ...

    def pause(self, lane: str, until: datetime) -> None:
        """Nobody sends in this lane (or, for a bare platform name, on this platform) before then."""
        ...

    def unpark(self, platform: str, to: str) -> int:
        """blocked → pending for a destination that came back."""
        ...

    def counts(self) -> Mapping[str, int]:
        """Rows by state, for doctor and health."""
        ...

    def oldest_due(self, now: datetime) -> datetime | None:
        """Since when the longest waiting row could have been sent, parked ones left out."""
        ...

    def forget_before(self, instant: datetime) -> int:
        """Remove rows finished before then, and with them the memory that they were planned."""
        ...


@dataclass(frozen=True, slots=True)
class Due:
    """``subject`` is ``m:<milestone id>`` or ``p:<project id>``; look at it at ``at``."""

    at: datetime
    workspace_id: str
    subject: str


class DueTable(Protocol):
    """The narrow table the tick reads, clustered by time."""

    def put(self, due: Due) -> None:
        """Replaces the subject's earlier entry."""
        ...

    def remove(self, subject: str) -> None: ...
    def take(self, now: datetime, most: int) -> tuple[Due, ...]:
        """Entries whose time has come, oldest first, locked for this transaction."""
        ...


class Alerts(Protocol):
    def open_for(self, workspace_id: str, milestone_id: str) -> Alert | None:
        """The newest alert of the milestone that is not resolved."""
        ...

    def put(self, alert: Alert) -> None: ...


class DemoTime(Protocol):
    def ahead(self) -> float:
        """Seconds the demo clock runs ahead."""
        ...

    def set_ahead(self, seconds: float) -> None:
        """Never goes down."""
        ...


class UnitOfWork(Protocol):
    """One transaction.  The dispatcher (or the relay, tick and reconciler) commits, nobody else."""

    @property
    def inbox(self) -> Inbox: ...
    @property
    def workspaces(self) -> Workspaces: ...
    @property
    def people(self) -> People: ...
    @property
    def projects(self) -> Projects: ...
    @property
    def milestones(self) -> Milestones: ...
    @property
    def histories(self) -> Histories: ...
    @property
    def actions(self) -> StoredActions: ...
    @property
    def dialogs(self) -> Dialogs: ...
    @property
    def anchors(self) -> Anchors: ...
    @property
    def invitations(self) -> Invitations: ...
    @property
    def places(self) -> Places: ...
    @property
    def outbox(self) -> Outbox: ...
    @property
    def due(self) -> DueTable: ...
    @property
    def alerts(self) -> Alerts: ...
    @property
    def demo_time(self) -> DemoTime: ...
    @property
    def transcript(self) -> Transcript: ...

    def new_id(self) -> str:
        """A fresh id, sortable by time."""
        ...


class Store(Protocol):
    """The one hop to a storage thread."""

    async def write(self, work: Callable[[UnitOfWork], T]) -> T:
        """Run ``work`` in one transaction and commit; rolled back when it raises."""
        ...

    async def read(self, work: Callable[[UnitOfWork], T]) -> T:
        """Run ``work`` without a write lock.  Buttons it offered for the first time are stored before
        this returns; anything else it writes is an error."""
        ...

    async def close(self) -> None: ...


# --- the web page's conversations and boards --------------------------------------------------


@dataclass(frozen=True, slots=True)
class Line:
    """One message on the page.  ``payload`` is the web adapter's own JSON; ``author`` a person's
    external id or empty for Milepost; ``only_for`` an external id when private; ``seq`` grows with every
    change, so that "what is new since" includes edits."""

    id: str
    conversation: str
    author: str
    payload: Mapping[str, Any]
    at: datetime
    only_for: str = ""
    seq: int = 0
    oid: str = ""


class Transcript(Protocol):
    """Where a platform without its own servers keeps its conversations."""

    def add(self, line: Line) -> Line: ...
    def edit(self, line_id: str, payload: Mapping[str, Any]) -> Line | None: ...
    def since(self, conversation: str, seq: int, most: int) -> tuple[Line, ...]: ...
    def latest(self, conversation: str, most: int) -> tuple[Line, ...]: ...
    def by_oid(self, conversation: str, oid: str) -> Line | None: ...


@dataclass(frozen=True, slots=True)
class BoardPerson:
    id: str
    name: str
    role: str


@dataclass(frozen=True, slots=True)
class BoardPlace:
    id: str
    name: str
    project: str = ""


@dataclass(frozen=True, slots=True)
class BoardView:
    """What the page needs to draw itself.  ``demo``: any of ``people`` may be acted as and the clock can be
    moved; otherwise ``me`` is who signed in (None: ask for a code from ``/ms link``).  ``phrases`` are the
    page's own sentences, already translated."""

    workspace: str
    demo: bool = False
    me: BoardPerson | None = None
    people: tuple[BoardPerson, ...] = ()
    places: tuple[BoardPlace, ...] = ()
    now: datetime | None = None
    today: date | None = None
    zone: str = "UTC"
    phrases: Mapping[str, str] = field(default_factory=dict)


class Boards(Protocol):
    """Read-only queries for pages, and the demo's clock."""

    async def view(self, viewer: PersonRef | None) -> BoardView: ...

    async def add_line(self, line: Line) -> Line: ...

    async def edit_line(self, line_id: str, payload: Mapping[str, Any]) -> Line | None: ...

    async def lines(self, conversation: str, since: int, most: int) -> tuple[Line, ...]: ...

    async def line_by_oid(self, conversation: str, oid: str) -> Line | None: ...

    async def move_clock(self, step: str) -> datetime:
        """``step`` is hour, day or morning (the next working one).  Raises `UserError` outside the demo.

        Returns when everything due by then was planned and sent.
        """
        ...
