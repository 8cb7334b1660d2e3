"""Everything the server holds, and the checks that every method shares."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.fakes.telegram import refusals
from tests.fakes.telegram.faults import FaultScript
from tests.fakes.telegram.limits import RateLimits
from tests.fakes.telegram.updates import UpdateQueue
from tests.fakes.telegram.world import Chat, Json, Message, User

BOT_ID = 424242
COMMAND_TO = re.compile(r"^/\w+(?:@(\w+))?")


@dataclass(frozen=True)
class Call:
    """One request that the bot made: its decoded parameters, and what it was answered (None: nothing)."""

    method: str
    parameters: Json
    answer: object
    at: float


@dataclass
class CallbackAnswer:
    text: str = ""
    alert: bool = False


@dataclass
class Press:
    query_id: str
    made_at: float
    answer: CallbackAnswer | None = None


@dataclass
class Webhook:
    url: str = ""
    secret: str = ""
    connections: int = 40
    last_error: tuple[int, str] | None = None


@dataclass
class State:
    now: Callable[[], float]
    bot: User
    privacy: bool = True
    mentions_pass_privacy: bool = False
    everyone_has_started: bool = False
    users: dict[int, User] = field(default_factory=dict)
    chats: dict[int, Chat] = field(default_factory=dict)
    calls: list[Call] = field(default_factory=list)
    sent: list[Message] = field(default_factory=list)
    contents: dict[str, bytes] = field(default_factory=dict)
    presses: dict[str, Press] = field(default_factory=dict)
    commands: dict[str, list[Json]] = field(default_factory=dict)
    webhook: Webhook = field(default_factory=Webhook)
    limits: RateLimits = field(default_factory=RateLimits)
    faults: FaultScript = field(default_factory=FaultScript)
    on_sent: list[Callable[[Message], None]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.updates = UpdateQueue(self.now)
        self.users[self.bot.id] = self.bot

    @property
    def second(self) -> int:
        return int(self.now())

    def private(self, user: User) -> Chat:
        return self.chats.setdefault(user.id, Chat(user.id, "private", person=user))

    def chat(self, given: object) -> Chat:
        """The chat a call names, whether or not the bot may write there."""
        if given in (None, ""):
            raise refusals.CHAT_ID_EMPTY
        chat = self.chats.get(_number(given))
        if chat is None and self.everyone_has_started and _number(given) > 0:
            chat = self._welcome(_number(given))
        if chat is None:
            raise refusals.CHAT_NOT_FOUND
        if chat.migrated_to is not None:
            raise refusals.migrated(chat.migrated_to)
        return chat

    def writable(self, given: object) -> Chat:
        chat = self.chat(given)
        status = chat.members.get(self.bot.id, "never")
        if chat.person is not None:
            self._check_person(chat.person, status)
        elif status == "kicked":
            raise refusals.kicked(chat.kind)
        elif status in ("left", "never"):
            raise refusals.not_a_member(chat.kind)
        if chat.muted_bot:
            raise refusals.NO_RIGHT_TO_SEND
        return chat

    def deliver(self, message: Message) -> Message:
        """The bot's message becomes visible."""
        message.chat.messages[message.id] = message
        message.chat.last_bot = self.bot.id
        message.versions.append(message.words)
        self.sent.append(message)
        for listener in self.on_sent:
            listener(message)
        return message

    def sees(self, message: Message) -> bool:
        """Whether the bot is told of this message: privacy mode hides small talk in groups."""
        chat = message.chat
        if chat.is_private or not self.privacy or chat.members.get(self.bot.id) == "administrator":
            return True
        if message.service or (message.reply_to is not None and message.reply_to.sender.id == self.bot.id):
            return True
        mentioned = f"@{self.bot.username}".lower() in message.words.lower()
        return self._commanded(message) or (mentioned and self.mentions_pass_privacy)

    def _commanded(self, message: Message) -> bool:
        """``/x@bot`` always; a bare ``/x`` goes to the bot that posted last, whoever spoke since."""
        match = COMMAND_TO.match(message.words)
        if match is None:
            return False
        named = (match[1] or "").lower()
        return named == (self.bot.username or "").lower() if named else message.chat.last_bot == self.bot.id

    def _check_person(self, person: User, status: str) -> None:
        reasons = {
            "kicked": refusals.BLOCKED,
            "never": refusals.CANNOT_INITIATE,
            "gone": refusals.DEACTIVATED,
        }
        if person.is_bot:
            raise refusals.CANNOT_WRITE_TO_BOTS
        if status in reasons:
            raise reasons[status]

    def _welcome(self, user_id: int) -> Chat:
        person = self.users.setdefault(user_id, User(user_id, f"Person {user_id}"))
        chat = self.private(person)
        chat.members[self.bot.id] = "member"
        return chat


def _number(given: object) -> int:
    try:
        return int(str(given))
    except ValueError:
        return 0
