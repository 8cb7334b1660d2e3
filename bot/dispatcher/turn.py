"""One incoming thing, in one transaction, in a storage thread: who, where, what, may they, answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from bot.commands import Command, Context, MustWrite, Registry
from bot.commands.context import Said
from bot.commands.perform import perform
from bot.commands.refusing import refusal
from bot.dialogs import Asked
from bot.dispatcher import arrivals, corrections
from bot.dispatcher.departures import departed
from bot.dispatcher.door import Door
from bot.dispatcher.from_message import NEW, from_message
from bot.dispatcher.reading import mentions_in, overheard, understood, words_of
from bot.dispatcher.remembering import Remembering
from bot.dispatcher.replied import is_for_us, replied_to
from bot.dispatcher.strangers import DOORS, bare_code, code_in, pressed, redeem, stranger
from bot.dispatcher.submitted import filled_in
from bot.domain.local_time import local_date
from bot.domain.people import Person, Workspace
from bot.errors import NotUnderstood, UserError
from bot.messages import (
    BotAdded,
    BotRemoved,
    ButtonPress,
    ChatMessage,
    ConversationMoved,
    FormSubmission,
    HomeOpened,
    Incoming,
    MessageDeleted,
    MessageEdited,
    MessageShortcut,
    PersonLeft,
    ProfileChanged,
    Reply,
    SlashCommand,
    Standing,
)
from bot.people import Met, has_news, onlooker, recognise, welcome
from bot.ports import Capabilities, Scene, StoredAction, UnitOfWork
from bot.reminders.greeting import greet_the_first
from bot.views.linking import OPEN_CHAT, anonymous_card, stranger_card
from bot.views.offers import Offers
from bot.views.questions import LEAVE, still_asked
from bot.views.refusals import left_alone, out_of_date
from bot.views.welcome import SETTINGS, Welcome, welcome_card
from bot.wording import Reader, reader_for


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
    """One incoming thing at one instant.  ``actions`` remembers the buttons that were offered;
    ``met_first``: nobody knew the sender before this turn; ``is_new_face``: nobody knows them yet;
    ``answers``: the words answered a question, which waits again when they are refused."""

    setting: Setting
    uow: UnitOfWork
    incoming: Incoming
    now: datetime
    writes: bool

    def __post_init__(self) -> None:
        self.actions = Remembering(self.uow.actions)
        self.ctx: Context | None = None
        self.is_new_face = self.met_first = self.answers = False

    def run(self) -> Reply | None:
        """The answer.  Raises `UserError` when somebody can put it right; then nothing may be saved."""
        match self.incoming:
            case ConversationMoved():
                arrivals.moved(self.uow, self.incoming)
            case BotRemoved():
                arrivals.removed(self.uow, self.incoming, self.now)
            case ProfileChanged():
                arrivals.renamed(self.uow, self.incoming)
            case PersonLeft():
                departed(self.uow, self.incoming, lambda team, who: self._context(team, who, None))
            case MessageEdited():
                corrections.edited(self.uow, self.incoming, self.now)
            case MessageDeleted():
                corrections.deleted(self.uow, self.incoming, self.now)
            case BotAdded(payload=code) if code not in ("", OPEN_CHAT):
                return redeem(self._door(), code)
            case _:
                return self._met()
        return None

    def refused(self, error: UserError) -> Reply:
        """The card that says why not, and how else."""
        if self.ctx is None:
            return Reply(refusal(error, None, self.reader, self._door().offers("")))
        card = refusal(error, self.ctx.subject, self.ctx.reader, self.ctx.offers)
        return self.ctx.private(still_asked(card, self.ctx.reader, self.ctx.offers) if self.answers else card)

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
        if self._is_overheard and not is_for_us(self.uow, self.incoming):
            return None
        met = welcome(self.uow, who, place, self.now) if self.writes else recognise(self.uow, who, place)
        person = met.person or (onlooker(met.workspace) if met.workspace and self._is_anonymous else None)
        if met.workspace is None or person is None:
            self.is_new_face = True
            return self._stranger(met) if self.writes else None
        if not self.writes and not self._is_anonymous and has_news(met, place):
            raise MustWrite("place")
        self.met_first = met.scene is None and not self._is_anonymous
        if self.met_first and self.writes and not isinstance(self.incoming, BotAdded):
            greet_the_first(self.uow, person, self.now)
        self.ctx = self._context(met.workspace, person, met.scene)
        return self._answer(self.ctx)

    @property
    def _is_overheard(self) -> bool:
        return isinstance(self.incoming, ChatMessage) and self.incoming.overheard

    @property
    def _is_anonymous(self) -> bool:
        return self.incoming.sender.standing is Standing.ANONYMOUS

    def _stranger(self, met: Met) -> Reply | None:
        door, incoming = self._door(), self.incoming
        if self._is_anonymous:
            return Reply(anonymous_card(self.reader))
        if isinstance(incoming, (SlashCommand, ChatMessage)):
            text = words_of(incoming).text
            if code := code_in(text) or bare_code(text):
                return redeem(door, code)
        if isinstance(incoming, ButtonPress) and (action := self.uow.actions.get(incoming.token)):
            return pressed(door, action) or Reply(out_of_date(self.reader, None))
        return Reply(stranger_card(self.reader)) if met.workspace else stranger(door, met)

    def _answer(self, ctx: Context) -> Reply | None:
        incoming = self.incoming
        match incoming:
            case SlashCommand() | ChatMessage():
                return self._words(ctx, incoming)
            case MessageShortcut():
                ctx = replace(ctx, mentions=mentions_in(incoming.words))
                return self._do(ctx, NEW, from_message(ctx, incoming))
            case ButtonPress():
                return self._press(ctx, incoming)
            case FormSubmission():
                return self._form(ctx, incoming)
            case HomeOpened():
                return self._do(ctx, "home", Asked())
            case BotAdded():
                return self._added(ctx)
            case _:
                return None

    def _words(self, ctx: Context, incoming: SlashCommand | ChatMessage) -> Reply:
        text = words_of(incoming)
        if not ctx.is_onlooker and (code := code_in(text.text)):
            return self._redeemed(code)
        answers = replied_to(ctx, incoming) if isinstance(incoming, ChatMessage) else ""
        ctx = replace(ctx, mentions=mentions_in(text), replied_to=answers, said=_said(incoming))
        self.ctx = ctx
        is_command = isinstance(incoming, SlashCommand)
        if self._is_overheard:
            reading = overheard(ctx, text)
        else:
            reading = understood(ctx, text, is_command=is_command, may_answer=self.writes, writes=self.writes)
        self.answers = reading.answers
        if reading.card:
            return ctx.private(reading.card)
        is_told_in_public = reading.verb == NEW and ctx.in_group and not reading.answers
        origin = ctx.said.permalink if is_told_in_public else ""
        return self._do(ctx, reading.verb, reading.asked.having(origin=origin) if origin else reading.asked)

    def _press(self, ctx: Context, incoming: ButtonPress) -> Reply:
        action = self.uow.actions.get(incoming.token)
        if action and action.verb in DOORS and (reply := pressed(self._door(), action)):
            return reply
        anchor = self.uow.anchors.at(ctx.workspace.id, incoming.message) if incoming.message else None
        ctx = replace(ctx, pressed=True, on_anchor=bool(anchor) and ctx.in_group)
        if action is None or not self._fits(ctx, action):
            return ctx.private(out_of_date(ctx.reader, ctx.offers))
        self._answered(ctx, action.verb)
        if action.verb == LEAVE:
            return ctx.private(left_alone(ctx.reader, ctx.offers))
        return self._do(ctx, action.verb, _asked(action))

    def _form(self, ctx: Context, incoming: FormSubmission) -> Reply:
        action = self.uow.actions.get(incoming.token)
        if action is None or not self._fits(ctx, action):
            return ctx.private(out_of_date(ctx.reader, ctx.offers))
        self._answered(ctx, action.verb)
        asked = filled_in(_asked(action), incoming.values)
        return self._do(replace(ctx, submitted=frozenset(incoming.values)), action.verb, asked)

    def _answered(self, ctx: Context, verb: str) -> None:
        """A button answers the question beside it, so later words do not; another question keeps waiting."""
        waits = self.uow.dialogs.take(ctx.workspace.id, ctx.person.id, str(ctx.place.ref.root))
        if waits and verb not in (LEAVE, waits.verb):
            self.uow.dialogs.put(waits)

    def _do(self, ctx: Context, verb: str, asked: Asked) -> Reply:
        command = self.setting.registry.get(verb)
        if command is None:
            raise NotUnderstood(verb)
        self.ctx = replace(ctx, verb=verb)
        if ctx.is_onlooker and (command.verb.changes or command.verb.personal):
            return ctx.private(anonymous_card(ctx.reader))
        return perform(self.ctx, self._checked(command), asked)

    def _checked(self, command: Command) -> Command:
        if command.verb.changes and not self.writes:
            raise MustWrite(command.verb.name)
        return command

    def _redeemed(self, code: str) -> Reply:
        if not self.writes:
            raise MustWrite("link")
        return redeem(self._door(), code)

    def _added(self, ctx: Context) -> Reply:
        can_set_up = self.setting.registry.get(SETTINGS) is not None
        welcome = Welcome(can_set_up, rehearses=ctx.workspace.rehearsal, channel=ctx.in_group)
        return Reply(welcome_card(welcome, ctx.reader, ctx.offers))

    def _fits(self, ctx: Context, action: StoredAction) -> bool:
        here = str(ctx.place.ref.root)
        return action.workspace_id == ctx.workspace.id and action.conversation in ("", here)

    def _door(self) -> Door:
        capabilities = self.setting.capabilities[self.incoming.place.ref.platform]
        return Door(self.uow, self.actions, self.incoming, self.reader, self.now, capabilities)

    def _context(self, workspace: Workspace, person: Person, scene: Scene | None) -> Context:
        incoming = self.incoming
        place = incoming.place
        project = scene.project if scene else self.uow.projects.by_home(workspace.id, place.ref.root)
        reader = reader_for(person, self.now)
        return Context(
            uow=self.uow,
            now=self.now,
            workspace=workspace,
            person=person,
            place=place,
            reader=reader.at_work(project) if project else reader,
            offers=Offers(self.actions, workspace.id, str(place.ref.root), self.now),
            capabilities=self.setting.capabilities[place.ref.platform],
            verbs=self.setting.registry.lexicon,
            registry=self.setting.registry,
            project=project,
            writes=self.writes,
            is_onlooker=self._is_anonymous and scene is None,
            can_open_form=incoming.can_open_form,
            profiles={who.ref: who for who in incoming.mentioned},
            sender=incoming.sender.ref,
            deep_link=self.setting.deep_link,
            new_code=self.setting.new_code,
        )


def _said(incoming: SlashCommand | ChatMessage) -> Said:
    permalink = incoming.permalink if isinstance(incoming, ChatMessage) else ""
    return Said(incoming.message, permalink, incoming.attachments)


def _asked(action: StoredAction) -> Asked:
    return Asked.from_json(action.asked).having(version=action.version)
