"""One incoming thing, in one transaction, in a storage thread: who, where, what, may they, answer."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from bot.commands import Command, Context, Registry
from bot.commands.perform import perform
from bot.commands.refusing import refusal
from bot.dialogs import Asked
from bot.dispatcher import arrivals
from bot.dispatcher.reading import mentions_in, understood, words_of
from bot.dispatcher.remembering import Remembering
from bot.dispatcher.strangers import Door, code_in, pressed, redeem, stranger
from bot.domain.local_time import local_date
from bot.domain.milestone import TITLE_LIMIT
from bot.domain.people import Person, Workspace
from bot.errors import NotUnderstood, UserError
from bot.messages import (
    Audience,
    BotAdded,
    BotRemoved,
    ButtonPress,
    ChatMessage,
    ConversationMoved,
    FormSubmission,
    HomeOpened,
    Incoming,
    MessageShortcut,
    ProfileChanged,
    Reply,
    SlashCommand,
    Standing,
)
from bot.people import Met, recognise, welcome
from bot.ports import Capabilities, Scene, StoredAction, UnitOfWork
from bot.refs import MessageRef
from bot.views.linking import anonymous_card, stranger_card, welcome_card
from bot.views.offers import Offers
from bot.views.refusals import out_of_date
from bot.wording import Reader, reader_for

_KEY = re.compile(r"\b([A-Z][A-Z0-9]{1,9})-(\d{1,6})\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What does not change between turns.  ``new_code`` makes an unguessable link code; ``deep_link`` a
    link that opens a platform with it, or an empty string where none can."""

    registry: Registry
    capabilities: Mapping[str, Capabilities]
    new_code: Callable[[], str]
    deep_link: Callable[[str], str] = lambda code: ""


@dataclass
class Turn:
    """One incoming thing at one instant.  ``actions`` remembers the buttons that were offered."""

    setting: Setting
    uow: UnitOfWork
    incoming: Incoming
    now: datetime
    writes: bool

    def __post_init__(self) -> None:
        self.actions = Remembering(self.uow.actions)
        self.ctx: Context | None = None
        self.is_new_face = False

    def run(self) -> Reply | None:
        """The answer.  Raises `UserError` when somebody can put it right; then nothing may be saved."""
        match self.incoming:
            case ConversationMoved():
                arrivals.moved(self.uow, self.incoming)
            case BotRemoved():
                arrivals.removed(self.uow, self.incoming)
            case ProfileChanged():
                arrivals.renamed(self.uow, self.incoming)
            case BotAdded(payload=code) if code:
                return redeem(self._door(), code)
            case _:
                return self._met()
        return None

    def refused(self, error: UserError) -> Reply:
        """The card that says why not, and how else."""
        if self.ctx is None:
            return Reply(refusal(error, None, self.reader, self._door().offers("")))
        return self.ctx.private(refusal(error, self.ctx.subject, self.ctx.reader, self.ctx.offers))

    @property
    def reader(self) -> Reader:
        return self.stranger_reader(self.incoming, self.now)

    @staticmethod
    def stranger_reader(incoming: Incoming, now: datetime) -> Reader:
        """How somebody reads whom we do not know."""
        zone = incoming.sender.zone or "UTC"
        return Reader(incoming.sender.language or "en", zone, local_date(now, zone))

    def _met(self) -> Reply | None:
        who, place = self.incoming.sender, self.incoming.place
        met = welcome(self.uow, who, place, self.now) if self.writes else recognise(self.uow, who, place)
        if met.workspace is None or met.person is None:
            self.is_new_face = True
            return self._stranger(met) if self.writes else None
        self.ctx = self._context(met.workspace, met.person, met.scene)
        return self._answer(self.ctx)

    def _stranger(self, met: Met) -> Reply | None:
        door, incoming = self._door(), self.incoming
        if incoming.sender.standing is Standing.ANONYMOUS:
            return Reply(anonymous_card(self.reader))
        if isinstance(incoming, (SlashCommand, ChatMessage)) and (code := code_in(words_of(incoming).text)):
            return redeem(door, code)
        if isinstance(incoming, ButtonPress) and (action := self.uow.actions.get(incoming.token)):
            return pressed(door, action) or Reply(out_of_date(self.reader))
        return Reply(stranger_card(self.reader)) if met.workspace else stranger(door, met)

    def _answer(self, ctx: Context) -> Reply | None:
        incoming = self.incoming
        match incoming:
            case SlashCommand() | ChatMessage():
                return self._words(ctx, incoming)
            case MessageShortcut():
                return self._do(ctx, "new", Asked(title=first_line(incoming.text.text), choice="form"))
            case ButtonPress():
                return self._press(ctx, incoming)
            case FormSubmission():
                return self._form(ctx, incoming)
            case HomeOpened():
                return self._do(ctx, "mine", Asked())
            case BotAdded():
                return self._added(ctx)
            case _:
                return None

    def _words(self, ctx: Context, incoming: SlashCommand | ChatMessage) -> Reply:
        text = words_of(incoming)
        if code := code_in(text.text) if "link" in text.text[:6].casefold() else "":
            return redeem(self._door(), code)
        ctx = replace(ctx, mentions=mentions_in(text), replied_to=self._replied_to(ctx, incoming))
        self.ctx = ctx
        reading = understood(ctx, text, may_answer=self._may_answer(incoming), writes=self.writes)
        return ctx.private(reading.card) if reading.card else self._do(ctx, reading.verb, reading.asked)

    def _press(self, ctx: Context, incoming: ButtonPress) -> Reply:
        action = self.uow.actions.get(incoming.token)
        if action and action.verb == "link" and (reply := pressed(self._door(), action)):
            return reply
        anchor = self.uow.anchors.at(incoming.message) if incoming.message else None
        ctx = replace(ctx, pressed=True, on_anchor=bool(anchor) and ctx.in_group)
        if action is None or not self._fits(ctx, action):
            return ctx.private(out_of_date(ctx.reader))
        return self._do(ctx, action.verb, _asked(action))

    def _form(self, ctx: Context, incoming: FormSubmission) -> Reply:
        action = self.uow.actions.get(incoming.token)
        if action is None or action.workspace_id != ctx.workspace.id:
            return ctx.private(out_of_date(ctx.reader))
        values = {name: _form_value(name, value) for name, value in incoming.values.items()}
        asked = Asked.from_json({**_asked(action).to_json(), **values})
        return self._do(replace(ctx, submitted=frozenset(values)), action.verb, asked)

    def _do(self, ctx: Context, verb: str, asked: Asked) -> Reply:
        command = self.setting.registry.get(verb)
        if command is None:
            raise NotUnderstood(verb)
        self.ctx = replace(ctx, verb=verb)
        return perform(self.ctx, self._checked(command), asked)

    def _checked(self, command: Command) -> Command:
        if command.verb.changes and not self.writes:
            raise RuntimeError("a changing verb must not run in a reading turn")
        return command

    def _added(self, ctx: Context) -> Reply:
        known = self.uow.places.get(ctx.place.ref.root)
        if known:
            arrivals.came_back(self.uow, known)
        card = welcome_card(ctx.reader, ctx.offers)
        return Reply(card, Audience.DIRECT if ctx.in_group else Audience.SENDER)

    def _fits(self, ctx: Context, action: StoredAction) -> bool:
        here = str(ctx.place.ref.root)
        return action.workspace_id == ctx.workspace.id and action.conversation in ("", here)

    def _replied_to(self, ctx: Context, incoming: SlashCommand | ChatMessage) -> str:
        """The milestone whose card, or thread, this answers."""
        if isinstance(incoming, SlashCommand):
            return ""
        thread = incoming.place.ref.thread
        first = MessageRef(incoming.place.ref.root, thread) if thread else None
        for message in filter(None, (incoming.reply_to, first)):
            anchor = self.uow.anchors.at(message)
            if anchor and anchor.workspace_id == ctx.workspace.id:
                return anchor.milestone_id
        return quoted_milestone(ctx, incoming.quoted)

    def _may_answer(self, incoming: Incoming) -> bool:
        """These words may be the answer to a question; a typed command never is."""
        return isinstance(incoming, ChatMessage) and self.writes

    def _door(self) -> Door:
        return Door(self.uow, self.actions, self.incoming, self.reader, self.now)

    def _context(self, workspace: Workspace, person: Person, scene: Scene | None) -> Context:
        incoming = self.incoming
        place = incoming.place
        project = scene.project if scene else self.uow.projects.by_home(workspace.id, place.ref.root)
        return Context(
            uow=self.uow,
            now=self.now,
            workspace=workspace,
            person=person,
            place=place,
            reader=reader_for(person, self.now),
            offers=Offers(self.actions, workspace.id, str(place.ref.root), self.now),
            capabilities=self.setting.capabilities[place.ref.platform],
            verbs=self.setting.registry.verbs,
            project=project,
            can_open_form=incoming.can_open_form,
            profiles={who.ref: who for who in incoming.mentioned},
            sender=incoming.sender.ref,
            deep_link=self.setting.deep_link,
            new_code=self.setting.new_code,
        )


def first_line(text: str) -> str:
    return text.strip().split("\n", 1)[0][:TITLE_LIMIT]


def quoted_milestone(ctx: Context, quoted: str) -> str:
    """The milestone whose key stands in the first line of a quoted card of ours."""
    found = _KEY.search(quoted[:200])
    milestone = ctx.uow.milestones.by_key(ctx.workspace.id, found[1], int(found[2])) if found else None
    return milestone.id if milestone else ""


def _asked(action: StoredAction) -> Asked:
    return Asked.from_json(action.asked).having(version=action.version)


def _form_value(name: str, value: str) -> object:
    return tuple(line for line in value.splitlines() if line.strip()) if name == "needs" else value.strip()
