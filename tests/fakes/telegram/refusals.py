"""What Telegram says when it refuses, word for word (tdlib/telegram-bot-api of 2026-05, and td's checks)."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(eq=False)
class Refusal(Exception):
    code: int
    description: str
    parameters: Mapping[str, int] = field(default_factory=dict)

    def as_json(self) -> dict[str, object]:
        body: dict[str, object] = {"ok": False, "error_code": self.code, "description": self.description}
        return body | ({"parameters": dict(self.parameters)} if self.parameters else {})


def bad_request(reason: str) -> Refusal:
    return Refusal(400, f"Bad Request: {reason}")


def forbidden(reason: str) -> Refusal:
    return Refusal(403, f"Forbidden: {reason}")


def conflict(reason: str) -> Refusal:
    return Refusal(409, f"Conflict: {reason}")


def too_many_requests(seconds: int) -> Refusal:
    return Refusal(429, f"Too Many Requests: retry after {seconds}", {"retry_after": seconds})


def migrated(new_chat_id: int) -> Refusal:
    description = "Bad Request: group chat was upgraded to a supergroup chat"
    return Refusal(400, description, {"migrate_to_chat_id": new_chat_id})


UNAUTHORIZED = Refusal(401, "Unauthorized")
NOT_FOUND = Refusal(404, "Not Found")
NO_SUCH_METHOD = Refusal(404, "Not Found: method not found")

CHAT_NOT_FOUND = bad_request("chat not found")
CHAT_ID_EMPTY = bad_request("chat_id is empty")
TEXT_EMPTY = bad_request("message text is empty")
TEXT_TOO_LONG = bad_request("message is too long")
CAPTION_TOO_LONG = bad_request("message caption is too long")
FILE_TOO_BIG = bad_request("file is too big")
WRONG_FILE_ID = bad_request("wrong file identifier/HTTP URL specified")
NO_PHOTO = bad_request("there is no photo in the request")
REPLY_TARGET_GONE = bad_request("message to be replied not found")
THREAD_GONE = bad_request("message thread not found")
NO_RIGHT_TO_SEND = bad_request("not enough rights to send text messages to the chat")
EDIT_TARGET_GONE = bad_request("message to edit not found")
NOT_EDITABLE = bad_request("message can't be edited")
NO_TEXT_TO_EDIT = bad_request("there is no text in the message to edit")
NO_CAPTION_TO_EDIT = bad_request("there is no caption in the message to edit")
NOT_MODIFIED = bad_request(
    "message is not modified: specified new message content and reply markup are exactly the same as a"
    " current content and reply markup of the message"
)
DELETE_TARGET_GONE = bad_request("message to delete not found")
NOT_DELETABLE = bad_request("message can't be deleted for everyone")
QUERY_GONE = bad_request("query is too old and response timeout expired or query ID is invalid")
TOAST_TOO_LONG = bad_request("MESSAGE_TOO_LONG")
BUTTON_DATA_INVALID = bad_request("BUTTON_DATA_INVALID")
BUTTON_WITHOUT_ACTION = bad_request(
    "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
)
KEYBOARD_NOT_JSON = bad_request("can't parse reply keyboard markup JSON object")
KEYBOARD_NOT_ARRAY = bad_request('Field "inline_keyboard" must be of type Array')
PARTICIPANT_UNKNOWN = bad_request("PARTICIPANT_ID_INVALID")
COMMAND_INVALID = bad_request("BOT_COMMAND_INVALID")
WRONG_ACTION = bad_request("wrong parameter action in request")

CANNOT_INITIATE = forbidden("bot can't initiate conversation with a user")
BLOCKED = forbidden("bot was blocked by the user")
DEACTIVATED = forbidden("user is deactivated")
CANNOT_WRITE_TO_BOTS = forbidden("bot can't send messages to bots")

WEBHOOK_ACTIVE = conflict(
    "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)
OTHER_POLLER = conflict(
    "terminated by other getUpdates request; make sure that only one bot instance is running"
)
WEBHOOK_SET = conflict("terminated by setWebhook request")

WEBHOOK_NOT_HTTPS = bad_request("bad webhook: An HTTPS URL must be provided for webhook")
SECRET_TOO_LONG = bad_request("secret token is too long")
SECRET_UNALLOWED = bad_request("secret token contains unallowed characters")


def kicked(kind: str) -> Refusal:
    return forbidden(f"bot was kicked from the {kind} chat")


def not_a_member(kind: str) -> Refusal:
    return forbidden(f"bot is not a member of the {kind} chat")
