"""The methods that send, edit and delete messages."""

from collections.abc import Awaitable, Callable

from tests.fakes.telegram import methods, refusals
from tests.fakes.telegram.keyboards import inline_keyboard
from tests.fakes.telegram.markup import Entity, checked, parse_html, utf16_length
from tests.fakes.telegram.parameters import Parameters
from tests.fakes.telegram.state import State
from tests.fakes.telegram.world import Chat, Json, Message

TEXT_UNITS = 4096
CAPTION_UNITS = 1024
PHOTO_BYTES = 10 * 1024 * 1024
DOWNLOAD_BYTES = 20 * 1024 * 1024
DELETABLE_SECONDS = 48 * 3600

Method = Callable[[State, Parameters], Awaitable[object]]


async def send_message(state: State, parameters: Parameters) -> Json:
    chat = state.writable(parameters.values.get("chat_id"))
    text, entities = _formatted(parameters, "text", "entities")
    if not text:
        raise refusals.TEXT_EMPTY
    if utf16_length(text) > TEXT_UNITS:
        raise refusals.TEXT_TOO_LONG
    message = _new(state, chat, parameters)
    message.text, message.entities = text, entities
    return state.deliver(message).as_json()


async def send_photo(state: State, parameters: Parameters) -> Json:
    chat = state.writable(parameters.values.get("chat_id"))
    photo = _photo(parameters, state)
    caption, entities = _formatted(parameters, "caption", "caption_entities")
    if utf16_length(caption) > CAPTION_UNITS:
        raise refusals.CAPTION_TOO_LONG
    message = _new(state, chat, parameters)
    message.photo, message.caption, message.entities = photo, caption or None, entities
    return state.deliver(message).as_json()


async def edit_message_text(state: State, parameters: Parameters) -> Json:
    message = _editable(state, parameters)
    text, entities = _formatted(parameters, "text", "entities")
    if message.photo is not None:
        raise refusals.NO_TEXT_TO_EDIT
    if not text:
        raise refusals.TEXT_EMPTY
    if utf16_length(text) > TEXT_UNITS:
        raise refusals.TEXT_TOO_LONG
    return _edited(state, message, text, entities, inline_keyboard(parameters))


async def edit_message_caption(state: State, parameters: Parameters) -> Json:
    message = _editable(state, parameters)
    caption, entities = _formatted(parameters, "caption", "caption_entities")
    if message.photo is None:
        raise refusals.NO_CAPTION_TO_EDIT
    if utf16_length(caption) > CAPTION_UNITS:
        raise refusals.CAPTION_TOO_LONG
    return _edited(state, message, caption, entities, inline_keyboard(parameters))


async def edit_message_reply_markup(state: State, parameters: Parameters) -> Json:
    message = _editable(state, parameters)
    return _edited(state, message, message.words, message.entities, inline_keyboard(parameters))


async def edit_message_media(state: State, parameters: Parameters) -> Json:
    message = _editable(state, parameters)
    media = parameters.mapping("media") or {}
    attached = str(media.get("media", "")).removeprefix("attach://")
    if media.get("type") != "photo" or attached not in parameters.files:
        raise refusals.NO_PHOTO
    caption, entities = _formatted(Parameters(media), "caption", "caption_entities")
    message.photo, message.text = parameters.files[attached], None
    return _edited(state, message, caption, entities, inline_keyboard(parameters), same_is_error=False)


async def delete_message(state: State, parameters: Parameters) -> bool:
    chat = state.writable(parameters.values.get("chat_id"))
    message = chat.messages.get(parameters.integer("message_id"))
    if message is None or message.deleted:
        raise refusals.DELETE_TARGET_GONE
    old = state.now() - message.date > DELETABLE_SECONDS
    administers = chat.members.get(state.bot.id) == "administrator"
    if old or (message.sender.id != state.bot.id and not chat.is_private and not administers):
        raise refusals.NOT_DELETABLE
    message.deleted = True
    return True


def _new(state: State, chat: Chat, parameters: Parameters) -> Message:
    reply_to = _replied(chat, parameters)
    thread = parameters.integer("message_thread_id") or None
    if thread is not None and thread not in chat.topics:
        raise refusals.THREAD_GONE
    keyboard = inline_keyboard(parameters)
    state.limits.count(chat.id, state.now())
    return Message(
        chat.next_id(), chat, state.bot, state.second, keyboard=keyboard, reply_to=reply_to, thread=thread,
        silent=parameters.flag("disable_notification"),
    )  # fmt: skip


def _replied(chat: Chat, parameters: Parameters) -> Message | None:
    asked = parameters.mapping("reply_parameters") or {}
    if not asked:
        return None
    target = chat.messages.get(int(str(asked.get("message_id", 0))))
    if target is not None and not target.deleted:
        return target
    if not asked.get("allow_sending_without_reply"):
        raise refusals.REPLY_TARGET_GONE
    return None


async def send_document(state: State, parameters: Parameters) -> Json:
    """Only files that Telegram has already: by their id."""
    chat = state.writable(parameters.values.get("chat_id"))
    file_id = parameters.text("document")
    if file_id not in state.contents:
        raise refusals.WRONG_FILE_ID
    message = _new(state, chat, parameters)
    message.document = {"file_id": file_id, "file_unique_id": file_id[-20:]}
    return state.deliver(message).as_json()


async def get_file(state: State, parameters: Parameters) -> Json:
    file_id = parameters.text("file_id")
    if file_id not in state.contents:
        raise refusals.WRONG_FILE_ID
    size = len(state.contents[file_id])
    if size > DOWNLOAD_BYTES:
        raise refusals.FILE_TOO_BIG
    return {
        "file_id": file_id, "file_unique_id": file_id[-20:], "file_size": size, "file_path": f"f/{file_id}",
    }  # fmt: skip


def _photo(parameters: Parameters, state: State) -> bytes:
    given = parameters.values.get("photo")
    if isinstance(given, str) and given in state.contents:
        return state.contents[given]
    name = str(given).removeprefix("attach://") if isinstance(given, str) else "photo"
    if name not in parameters.files:
        raise refusals.NO_PHOTO
    if len(parameters.files[name]) > PHOTO_BYTES:
        raise refusals.FILE_TOO_BIG
    return parameters.files[name]


def _formatted(parameters: Parameters, name: str, entities: str) -> tuple[str, list[Entity]]:
    text = parameters.text(name)
    if parameters.text("parse_mode").lower() == "html":
        return parse_html(text)
    return text.rstrip(), checked(text, parameters.objects(entities) or [])


def _editable(state: State, parameters: Parameters) -> Message:
    chat = state.writable(parameters.values.get("chat_id"))
    message = chat.messages.get(parameters.integer("message_id"))
    if message is None or message.deleted:
        raise refusals.EDIT_TARGET_GONE
    if message.sender.id != state.bot.id:
        raise refusals.NOT_EDITABLE
    return message


def _edited(
    state: State, message: Message, words: str, entities: list[Entity], keyboard: list[list[Json]], *,
    same_is_error: bool = True,
) -> Json:  # fmt: skip
    same = (message.words, message.entities, message.keyboard) == (words, entities, keyboard)
    if same and same_is_error:
        raise refusals.NOT_MODIFIED
    if message.photo is not None:
        message.caption = words
    else:
        message.text = words
    message.entities, message.keyboard, message.edited = entities, keyboard, state.second
    message.versions.append(words)
    return message.as_json()


METHODS: dict[str, Method] = {
    "getme": methods.get_me,
    "getupdates": methods.get_updates,
    "setwebhook": methods.set_webhook,
    "deletewebhook": methods.delete_webhook,
    "getwebhookinfo": methods.get_webhook_info,
    "answercallbackquery": methods.answer_callback_query,
    "getchat": methods.get_chat,
    "getchatmember": methods.get_chat_member,
    "setmycommands": methods.set_my_commands,
    "sendchataction": methods.send_chat_action,
    "sendmessage": send_message,
    "sendphoto": send_photo,
    "senddocument": send_document,
    "getfile": get_file,
    "editmessagetext": edit_message_text,
    "editmessagecaption": edit_message_caption,
    "editmessagemedia": edit_message_media,
    "editmessagereplymarkup": edit_message_reply_markup,
    "deletemessage": delete_message,
}
