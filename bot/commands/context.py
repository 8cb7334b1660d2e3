"""Everything a handler may know about the one incoming thing it answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Protocol

from bot.access import Matter
from bot.cards import Card, Mention
from bot.commands.draft import Draft
from bot.dialogs import Asked, Question, question_card
from bot.domain.files import KeptFile
from bot.domain.milestone import Milestone
from bot.domain.people import Person, Project, Workspace
from bot.errors import UserError
from bot.forms import Form
from bot.language.verb_words import Lexicon
from bot.messages import Attachment, Audience, Place, PlaceKind, Reply, Sender
from bot.ports import Capabilities, Dialog, UnitOfWork
from bot.refs import MessageRef, PersonRef
from bot.sight import names_for
from bot.views.linking import OPEN_CHAT, open_chat_card
from bot.views.offers import Offers
from bot.wording import Reader

_NO_VERBS = Lexicon(())
_FORM_FIELDS = {"when": "due", "owner": "owner_id"}
"""Where a form settles with a picker what is otherwise read from words."""


class Refused(UserError):
    """A no with a way on: the card says who can, or what would do.  Nothing is saved."""

    def __init__(self, card: Card) -> None:
        super().__init__("refused")
        self.card = card


class MustWrite(UserError):
    """A reading turn came to something that has to be remembered: it runs again as a writing one."""


@dataclass(frozen=True, slots=True)
class Said:
    """The message behind this turn, as far as there is one, and the files that came along."""

    message: MessageRef | None = None
    permalink: str = ""
    attachments: tuple[Attachment, ...] = ()


class Catalogue(Protocol):
    """Every command by name; `bot.commands.registry.known` says what they are."""

    def get(self, name: str) -> object | None: ...
    def __iter__(self) -> Iterator[object]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """The turn. ``project`` is the one bound to the conversation; ``subject`` the milestone a verb is
    about once pointed at; ``replied_to`` the milestone id of the card replied to or pressed on;
    ``on_anchor``: the press came from the card everybody sees; ``mentions`` people named by mention, by
    lower-case text, ``profiles`` what the platform says of them; ``is_onlooker``: nobody can say who this
    is, so they may read and no more; ``submitted`` the fields of the form being answered, if one is;
    ``deep_link`` makes a link that opens the bot with a code, or an empty string; ``draft``: nothing is to be
    saved or asked, only noted there what would be; ``said`` the message itself and ``files`` ids of what came
    along, ``kept`` what of it is kept with the milestone by now; ``registry``: every verb, for one that is
    about verbs;
    ``answering``: the proposal whose wish is being done."""

    uow: UnitOfWork
    now: datetime
    workspace: Workspace
    person: Person
    place: Place
    reader: Reader
    offers: Offers
    capabilities: Capabilities
    verbs: Lexicon = _NO_VERBS
    verb: str = ""
    project: Project | None = None
    subject: Milestone | None = None
    replied_to: str = ""
    pressed: bool = False
    on_anchor: bool = False
    writes: bool = True
    is_onlooker: bool = False
    can_open_form: bool = False
    submitted: frozenset[str] = frozenset()
    said: Said = Said()
    files: tuple[str, ...] = ()
    kept: tuple[KeptFile, ...] = ()
    sender: PersonRef | None = None
    username: str = ""
    mentions: Mapping[str, Mention] = field(default_factory=dict)
    profiles: Mapping[PersonRef, Sender] = field(default_factory=dict)
    deep_link: Callable[[str], str] = lambda code: ""
    new_code: Callable[[], str] = lambda: ""
    draft: Draft | None = None
    registry: Catalogue | None = None
    answering: str = ""

    @property
    def milestone(self) -> Milestone:
        """The milestone this verb is about.  Raises `LookupError` for a verb that has none."""
        if self.subject is None:
            raise LookupError("this verb has no milestone")
        return self.subject

    @property
    def today(self) -> date:
        return self.reader.today

    @property
    def chat_link(self) -> str:
        """Opens a chat with the bot on the sender's own platform; empty where no link can."""
        return self.deep_link(OPEN_CHAT) if self.capabilities.deep_links else ""

    @property
    def in_group(self) -> bool:
        return self.place.kind is PlaceKind.GROUP

    @property
    def must_be_brief(self) -> bool:
        """Everybody would read the answer: keep it to what must be said."""
        return self.in_group and not self.capabilities.private_replies

    def names(self, person_ids: Iterable[str]) -> Mapping[str, str]:
        """What people are called to the sender, by id."""
        return names_for(self.uow, self.person, self.workspace.id, person_ids)

    def about(self, milestone: Milestone, project: Project | None) -> Context:
        reader = self.reader.at_work(project) if project else self.reader
        return replace(self, subject=milestone, project=project, reader=reader)

    @property
    def matter(self) -> Matter:
        """What this turn touches, as access is asked about it."""
        return Matter(self.project, self.subject, completing=self.workspace.completing)

    def ask(self, question: Question, asked: Asked, form: Form | None = None) -> Reply:
        """Ask for one missing thing: beside the field of the form just sent, by form where one can be
        shown right now, else by card."""
        if self.draft is not None:
            self.draft.question, self.draft.asked = question, asked
            return Reply(None)
        at_fault = self.submitted & {question.field, _FORM_FIELDS.get(question.field, "")}
        if at_fault and not question.choices_matter:
            return Reply(errors=dict.fromkeys(at_fault, question.prompt.text))
        if form is not None and self.can_open_form and self.capabilities.forms:
            return Reply(form)
        if self.is_onlooker:
            return self.private(question_card(question, self.verb, asked, self.reader, self.offers))
        if not self.writes:
            raise MustWrite(self.verb)
        self.uow.dialogs.put(self._waiting(question, asked))
        return self.private(question_card(question, self.verb, asked, self.reader, self.offers))

    def _waiting(self, question: Question, asked: Asked) -> Dialog:
        return Dialog(
            workspace_id=self.workspace.id,
            person_id=self.person.id,
            conversation=str(self.place.ref.root),
            verb=self.verb,
            asked=asked.to_words(),
            field=question.field,
            asked_at=self.now,
        )

    def private(self, card: Card) -> Reply:
        """For the sender's eyes; a press on a private card replaces that card."""
        return Reply(card, Audience.SENDER, edits=self.pressed and not self.on_anchor)

    def personal(self, card: Card) -> Reply:
        """One person's own: never read out to a group.  Where that cannot be private it goes to their direct
        conversation, and the group learns how to open one if there is none."""
        if not self.must_be_brief:
            return self.private(card)
        return Reply(card, Audience.DIRECT, unreachable=open_chat_card(self.reader, self.chat_link))

    def form_token(self, asked: Asked) -> str:
        return self.offers.token(self.verb, self.subject, **asked.to_words())
