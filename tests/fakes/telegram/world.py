"""The people, chats and messages of this world; the bot meets them through updates and methods only."""

from dataclasses import dataclass, field

from tests.fakes.telegram.markup import Entity

Json = dict[str, object]

GROUP_ANONYMOUS_BOT = 1087968824
CHANNEL_BOT = 136817688


@dataclass(frozen=True)
class User:
    id: int
    name: str
    username: str | None = None
    language: str | None = "en"
    is_bot: bool = False

    def as_json(self) -> Json:
        optional = {"username": self.username, "language_code": self.language}
        known = {name: value for name, value in optional.items() if value}
        return {"id": self.id, "is_bot": self.is_bot, "first_name": self.name, **known}


ANONYMOUS = User(GROUP_ANONYMOUS_BOT, "Group", "GroupAnonymousBot", None, is_bot=True)
SPEAKS_FOR_CHANNEL = User(CHANNEL_BOT, "Channel", "Channel_Bot", None, is_bot=True)


@dataclass(frozen=True)
class Button:
    label: str
    data: str | None = None
    url: str | None = None


@dataclass
class Chat:
    id: int
    kind: str
    title: str | None = None
    person: User | None = None
    members: dict[int, str] = field(default_factory=dict)
    topics: set[int] = field(default_factory=set)
    muted_bot: bool = False
    migrated_to: int | None = None
    last_bot: int | None = None
    messages: dict[int, "Message"] = field(default_factory=dict)
    last_message_id: int = 0

    @property
    def is_private(self) -> bool:
        return self.kind == "private"

    @property
    def is_forum(self) -> bool:
        return bool(self.topics)

    def as_json(self) -> Json:
        if self.person is not None:
            known = {"username": self.person.username} if self.person.username else {}
            return {"id": self.id, "type": "private", "first_name": self.person.name, **known}
        forum = {"is_forum": True} if self.is_forum else {}
        return {"id": self.id, "type": self.kind, "title": self.title or "", **forum}

    def next_id(self) -> int:
        self.last_message_id += 1
        return self.last_message_id


@dataclass
class Message:
    """One message as it is shown now; `versions` holds every text it has had."""

    id: int
    chat: Chat
    sender: User
    date: int
    text: str | None = None
    entities: list[Entity] = field(default_factory=list)
    caption: str | None = None
    photo: bytes | None = None
    document: Json | None = None
    keyboard: list[list[Json]] = field(default_factory=list)
    reply_to: "Message | None" = None
    thread: int | None = None
    edited: int | None = None
    deleted: bool = False
    silent: bool = False
    sender_chat: Chat | None = None
    service: Json = field(default_factory=dict)
    versions: list[str] = field(default_factory=list)
    taken: bool = False

    @property
    def words(self) -> str:
        return self.text if self.text is not None else self.caption or ""

    @property
    def rows(self) -> list[list[Button]]:
        return [[_button(button) for button in row] for row in self.keyboard]

    @property
    def buttons(self) -> list[Button]:
        return [button for row in self.rows for button in row]

    def button(self, label: str) -> Button:
        return next(button for button in self.buttons if button.label == label)

    def as_json(self, *, with_reply: bool = True) -> Json:
        body: Json = {"message_id": self.id, "date": self.date, "chat": self.chat.as_json()}
        body |= {"from": self.sender.as_json()} if self.chat.kind != "channel" else {}
        body |= self._content()
        body |= {"sender_chat": self.sender_chat.as_json()} if self.sender_chat else {}
        body |= {"edit_date": self.edited} if self.edited else {}
        body |= {"message_thread_id": self.thread, "is_topic_message": True} if self.thread else {}
        body |= {"reply_markup": {"inline_keyboard": self.keyboard}} if self.keyboard else {}
        if with_reply and self.reply_to is not None:
            body["reply_to_message"] = self.reply_to.as_json(with_reply=False)
        return body | self.service

    def _content(self) -> Json:
        if self.photo is not None:
            caption = {"caption": self.caption} if self.caption else {}
            entities = {"caption_entities": self.entities} if self.caption and self.entities else {}
            return {"photo": [self._photo_size()], **caption, **entities}
        if self.document is not None:
            caption = {"caption": self.caption} if self.caption else {}
            entities = {"caption_entities": self.entities} if self.caption and self.entities else {}
            return {"document": self.document, **caption, **entities}
        if self.text is None:
            return {}
        return {"text": self.text} | ({"entities": self.entities} if self.entities else {})

    def _photo_size(self) -> Json:
        file_id = f"photo-{self.chat.id}-{self.id}"
        size = len(self.photo or b"")
        return {
            "file_id": file_id,
            "file_unique_id": file_id[-20:],
            "width": 1200,
            "height": 600,
            "file_size": size,
        }


def _button(button: Json) -> Button:
    data, url = button.get("callback_data"), button.get("url")
    return Button(str(button["text"]), None if data is None else str(data), None if url is None else str(url))


def member(user: User, status: str) -> Json:
    """A ChatMember as Telegram writes it for each status."""
    flags = dict.fromkeys(ADMINISTRATOR_RIGHTS, True)
    more: dict[str, Json] = {
        "creator": {"is_anonymous": False},
        "administrator": {"can_be_edited": False, "is_anonymous": False, **flags},
        "kicked": {"until_date": 0},
    }
    return {"user": user.as_json(), "status": status, **more.get(status, {})}


ADMINISTRATOR_RIGHTS = (
    "can_manage_chat", "can_delete_messages", "can_manage_video_chats", "can_restrict_members",
    "can_promote_members", "can_change_info", "can_invite_users", "can_post_stories", "can_edit_stories",
    "can_delete_stories", "can_send_welcome_messages",
)  # fmt: skip
