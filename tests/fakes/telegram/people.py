"""What people do: start, say, edit, press, reply, block, add, kick, migrate; each makes updates."""

from itertools import count

from tests.fakes.telegram.markup import Entity, found_in, utf16_length
from tests.fakes.telegram.state import CallbackAnswer, Press, State
from tests.fakes.telegram.updates import Update
from tests.fakes.telegram.world import ANONYMOUS, SPEAKS_FOR_CHANNEL, Chat, Json, Message, User, member

FIRST_USER_ID = 5_000_000_001  # user ids no longer fit in 32 bits
FIRST_GROUP_ID = -4_000_001
FIRST_SUPERGROUP_ID = -1_002_000_000_001


class People:
    """Mixed into the server: tests speak as the people of this world."""

    state: State

    def __init__(self) -> None:
        self._user_ids = count(FIRST_USER_ID)
        self._group_ids = count(FIRST_GROUP_ID, -1)
        self._supergroup_ids = count(FIRST_SUPERGROUP_ID, -1)
        self._query_ids = count(9_000_001)

    def user(
        self, name: str, username: str | None = None, *, language: str | None = "en", bot: bool = False
    ) -> User:
        user = User(next(self._user_ids), name, username, language, bot)
        self.state.users[user.id] = user
        self.state.private(user)
        return user

    def group(self, title: str, *members: User, admins: tuple[User, ...] = (), supergroup: bool = False,
              bot_is_admin: bool = False, topics: tuple[int, ...] = ()) -> Chat:  # fmt: skip
        """A group that the bot is already in; nobody is told."""
        large = supergroup or bool(topics)
        chat_id = next(self._supergroup_ids if large else self._group_ids)
        chat = Chat(chat_id, "supergroup" if large else "group", title, topics=set(topics))
        chat.members = {user.id: "member" for user in members} | {user.id: "administrator" for user in admins}
        chat.members[self.state.bot.id] = "administrator" if bot_is_admin else "member"
        self.state.chats[chat.id] = chat
        return chat

    def starts(self, user: User, payload: str = "") -> Message:
        """Presses Start, from a deep link when there is a payload."""
        self.state.private(user).members[self.state.bot.id] = "member"
        return self.says(user, f"/start {payload}".strip())

    def says(self, user: User, text: str, chat: Chat | None = None, *, reply_to: Message | None = None,
             thread: int | None = None, mentions: dict[str, User] | None = None) -> Message:  # fmt: skip
        """`mentions` maps words of the text to people without a username: Telegram's text mentions."""
        message = self._message(user, chat or self.state.private(user), text, mentions or {})
        message.reply_to, message.thread = reply_to, thread
        return self._post(message)

    def sends_photo(self, user: User, content: bytes, chat: Chat | None = None, *, caption: str = "",
                    reply_to: Message | None = None) -> Message:  # fmt: skip
        message = self._message(user, chat or self.state.private(user), caption, {})
        message.photo, message.caption, message.text = content, caption or None, None
        message.reply_to = reply_to
        self.state.contents[f"photo-{message.chat.id}-{message.id}"] = content
        return self._post(message)

    def sends_file(self, user: User, name: str, content: bytes, chat: Chat | None = None, *,
                   caption: str = "", reply_to: Message | None = None, size: int = 0) -> Message:  # fmt: skip
        """`size`: what Telegram says of it, when that is more than the test wants to hold."""
        message = self._message(user, chat or self.state.private(user), caption, {})
        file_id = f"file-{message.chat.id}-{message.id}"
        message.document = {
            "file_id": file_id, "file_unique_id": file_id[-20:], "file_name": name,
            "mime_type": "application/pdf", "file_size": size or len(content),
        }  # fmt: skip
        message.caption, message.text, message.reply_to = caption or None, None, reply_to
        self.state.contents[file_id] = content
        return self._post(message)

    def says_anonymously(self, text: str, chat: Chat, *, reply_to: Message | None = None) -> Message:
        """An administrator who posts as the group itself."""
        message = self._message(ANONYMOUS, chat, text, {})
        message.sender_chat, message.reply_to = chat, reply_to
        return self._post(message)

    def channel_says(self, text: str, chat: Chat, channel_title: str = "News") -> Message:
        """Someone posts in the group in the name of a channel."""
        message = self._message(SPEAKS_FOR_CHANNEL, chat, text, {})
        message.sender_chat = Chat(next(self._supergroup_ids), "channel", channel_title)
        return self._post(message)

    def edits(self, message: Message, text: str, mentions: dict[str, User] | None = None) -> Update | None:
        message.text, message.entities = text, _entities(text, mentions or {})
        message.edited = self.state.second
        message.versions.append(text)
        return (
            self.state.updates.add("edited_message", message.as_json()) if self.state.sees(message) else None
        )

    def presses(self, user: User, message: Message, label: str) -> str:
        """Presses the button with this label; the id of the query, see `answer_to`."""
        data = message.button(label).data
        assert data is not None, f"{label!r} opens a link"
        return self.presses_data(user, message, data)

    def presses_data(self, user: User, message: Message, data: str, *, inaccessible: bool = False) -> str:
        """Any data, as a changed client could send; `inaccessible`: the message is too old for Telegram."""
        query_id = str(next(self._query_ids))
        self.state.presses[query_id] = Press(query_id, self.state.now())
        shown: Json = message.as_json()
        if inaccessible:
            shown = {"chat": message.chat.as_json(), "message_id": message.id, "date": 0}
        query = {"id": query_id, "from": user.as_json(), "chat_instance": str(-message.chat.id), "data": data}
        self.state.updates.add("callback_query", query | {"message": shown})
        return query_id

    def answer_to(self, query_id: str) -> CallbackAnswer | None:
        return self.state.presses[query_id].answer

    def blocks(self, user: User) -> None:
        self._bot_becomes(self.state.private(user), user, "kicked")

    def unblocks(self, user: User) -> None:
        self._bot_becomes(self.state.private(user), user, "member")

    def deactivates(self, user: User) -> None:
        self.state.private(user).members[self.state.bot.id] = "gone"

    def adds_bot(self, user: User, chat: Chat, *, admin: bool = False) -> None:
        self._bot_becomes(chat, user, "administrator" if admin else "member")

    def kicks_bot(self, user: User, chat: Chat) -> None:
        self._bot_becomes(chat, user, "kicked")

    def leaves(self, user: User, chat: Chat) -> None:
        old = chat.members.get(user.id, "left")
        chat.members[user.id] = "left"
        changed = _changed(chat, user, user, old, "left", self.state.second)
        self.state.updates.add("chat_member", changed)

    def deletes(self, message: Message) -> None:
        message.deleted = True

    def migrates(self, group: Chat, by: User) -> Chat:
        """The group becomes a supergroup: another id, and a service message in each of the two."""
        large = Chat(next(self._supergroup_ids), "supergroup", group.title, members=dict(group.members))
        self.state.chats[large.id] = large
        group.migrated_to = large.id
        self._service(by, group, {"migrate_to_chat_id": large.id})
        self._service(by, large, {"migrate_from_chat_id": group.id})
        return large

    def raw_update(self, kind: str, content: object) -> Update | None:
        """An update of any shape, to see what becomes of one that cannot be read."""
        return self.state.updates.add(kind, content)

    def _message(self, user: User, chat: Chat, text: str, mentions: dict[str, User]) -> Message:
        entities = _entities(text, mentions)
        return Message(chat.next_id(), chat, user, self.state.second, text, entities, versions=[text])

    def _post(self, message: Message) -> Message:
        message.chat.messages[message.id] = message
        is_another_bot = message.sender.is_bot and not (message.sender_chat or message.service)
        if is_another_bot:  # bots are not told what bots say
            message.chat.last_bot = message.sender.id
        elif self.state.sees(message):
            self.state.updates.add("message", message.as_json())
        return message

    def _service(self, by: User, chat: Chat, content: Json) -> None:
        self._post(Message(chat.next_id(), chat, by, self.state.second, service=content))

    def _bot_becomes(self, chat: Chat, by: User, status: str) -> None:
        bot = self.state.bot
        old = chat.members.get(bot.id, "left")
        chat.members[bot.id] = status
        self.state.updates.add("my_chat_member", _changed(chat, by, bot, old, status, self.state.second))


def _changed(chat: Chat, by: User, whom: User, old: str, new: str, date: int) -> Json:
    return {
        "chat": chat.as_json(), "from": by.as_json(), "date": date,
        "old_chat_member": member(whom, old), "new_chat_member": member(whom, new),
    }  # fmt: skip


def _entities(text: str, mentions: dict[str, User]) -> list[Entity]:
    named = [_text_mention(text, words, user) for words, user in mentions.items()]
    return sorted(found_in(text) + named, key=lambda entity: int(str(entity["offset"])))


def _text_mention(text: str, words: str, user: User) -> Entity:
    offset = utf16_length(text[: text.index(words)])
    return {"type": "text_mention", "offset": offset, "length": utf16_length(words), "user": user.as_json()}
