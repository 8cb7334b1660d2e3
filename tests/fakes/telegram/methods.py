"""The methods that speak of the bot, its chats and its updates."""

from typing import cast

from tests.fakes.telegram import refusals
from tests.fakes.telegram.parameters import Parameters
from tests.fakes.telegram.state import CallbackAnswer, State, Webhook
from tests.fakes.telegram.world import Chat, Json, member

LONGEST_POLL_SECONDS = 50
MOST_UPDATES = 100
TOAST_CHARACTERS = 200
QUERY_LIVES_SECONDS = 15
SECRET_CHARACTERS = 256
MOST_COMMANDS = 100
ACTIONS = frozenset(
    {"typing", "upload_photo", "upload_document", "record_voice", "find_location", "choose_sticker"}
)


async def get_me(state: State, parameters: Parameters) -> Json:
    return state.bot.as_json() | {
        "can_join_groups": True,
        "can_read_all_group_messages": not state.privacy,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


async def get_updates(state: State, parameters: Parameters) -> list[Json]:
    if state.webhook.url:
        raise refusals.WEBHOOK_ACTIVE
    state.updates.allow(parameters.strings("allowed_updates"))
    limit = min(max(parameters.integer("limit", MOST_UPDATES), 1), MOST_UPDATES)
    timeout = min(max(float(parameters.integer("timeout")), 0.0), LONGEST_POLL_SECONDS)
    found = await state.updates.poll(parameters.integer("offset"), limit, timeout)
    return [update.as_json() for update in found]


async def set_webhook(state: State, parameters: Parameters) -> bool:
    url, secret = parameters.text("url"), parameters.text("secret_token")
    if url and not url.startswith(("https://", "http://127.0.0.1")):
        raise refusals.WEBHOOK_NOT_HTTPS
    _check_secret(secret)
    if parameters.flag("drop_pending_updates"):
        state.updates.clear()
    state.updates.allow(parameters.strings("allowed_updates"))
    state.updates.stop_poller(refusals.WEBHOOK_SET)
    state.webhook = Webhook(url, secret, parameters.integer("max_connections", 40))
    return True


async def delete_webhook(state: State, parameters: Parameters) -> bool:
    if parameters.flag("drop_pending_updates"):
        state.updates.clear()
    state.webhook = Webhook()
    return True


async def get_webhook_info(state: State, parameters: Parameters) -> Json:
    hook = state.webhook
    info: Json = {
        "url": hook.url,
        "has_custom_certificate": False,
        "pending_update_count": len(state.updates),
    }
    info |= {"max_connections": hook.connections} if hook.url else {}
    info |= {"allowed_updates": state.updates.allowed} if state.updates.allowed else {}
    if hook.last_error is not None:
        info |= {"last_error_date": hook.last_error[0], "last_error_message": hook.last_error[1]}
    return info


async def answer_callback_query(state: State, parameters: Parameters) -> bool:
    press = state.presses.get(parameters.text("callback_query_id"))
    if press is None or press.answer is not None or state.now() - press.made_at > QUERY_LIVES_SECONDS:
        raise refusals.QUERY_GONE
    if len(parameters.text("text")) > TOAST_CHARACTERS:
        raise refusals.TOAST_TOO_LONG
    press.answer = CallbackAnswer(parameters.text("text"), parameters.flag("show_alert"))
    return True


async def get_chat(state: State, parameters: Parameters) -> Json:
    chat = state.chat(parameters.values.get("chat_id"))
    if not chat.is_private and chat.members.get(state.bot.id) in (None, "left", "kicked"):
        raise refusals.kicked(chat.kind)
    accepts = dict.fromkeys(
        ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"),
        False,
    )
    return chat.as_json() | {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": accepts}


async def get_chat_member(state: State, parameters: Parameters) -> Json:
    chat = state.chat(parameters.values.get("chat_id"))
    user = state.users.get(parameters.integer("user_id"))
    if user is None:
        raise refusals.PARTICIPANT_UNKNOWN
    return member(user, _status(chat, user.id))


def _status(chat: Chat, user_id: int) -> str:
    return "member" if chat.is_private and user_id == chat.id else chat.members.get(user_id, "left")


async def set_my_commands(state: State, parameters: Parameters) -> bool:
    commands = parameters.objects("commands") or []
    for command in commands:
        name, description = str(command.get("command", "")), str(command.get("description", ""))
        plain = name.replace("_", "").isalnum() and name.isascii() and name == name.lower()
        if not (plain and 1 <= len(name) <= 32 and 1 <= len(description) <= 256):
            raise refusals.COMMAND_INVALID
    if len(commands) > MOST_COMMANDS:
        raise refusals.bad_request("BOT_COMMANDS_TOO_MUCH")
    scope = cast(Json, parameters.mapping("scope") or {"type": "default"})
    state.commands[f"{scope['type']}:{parameters.text('language_code')}"] = commands
    return True


async def send_chat_action(state: State, parameters: Parameters) -> bool:
    state.writable(parameters.values.get("chat_id"))
    if parameters.text("action") not in ACTIONS:
        raise refusals.WRONG_ACTION
    return True


def _check_secret(secret: str) -> None:
    if len(secret) > SECRET_CHARACTERS:
        raise refusals.SECRET_TOO_LONG
    if not secret.replace("_", "").replace("-", "").isalnum() and secret:
        raise refusals.SECRET_UNALLOWED
