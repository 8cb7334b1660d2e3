"""What can go wrong, as tables: a refused request, and a message that cannot be shown."""

from __future__ import annotations

from bot.errors import Delivery, DeliveryError, MilepostError

REFUSALS: dict[str, int] = {
    "not_json": 400,
    "bad_request": 400,
    "clock_refused": 400,
    "code_refused": 400,
    "signed_out": 401,
    "foreign_origin": 403,
    "foreign_host": 403,
    "no_such_person": 404,
    "no_such_place": 404,
    "no_such_picture": 404,
    "no_such_file": 404,
    "not_found": 404,
    "too_large": 413,
    "file_too_large": 413,
    "file_empty": 400,
    "too_many_tries": 429,
    "too_many_pages": 503,
}
"""Code of a refusal to its HTTP status; the sentence is the phrase ``error_<code>``."""

DELIVERY: dict[str, Delivery] = {
    "wrong_platform": Delivery.PERMANENT,
    "message_gone": Delivery.PERMANENT,
    "file_gone": Delivery.PERMANENT,
    "file_too_large": Delivery.PERMANENT,
    "store_away": Delivery.NOT_SENT,
}


class Refused(MilepostError):
    """A request that is turned down.  ``said`` replaces the sentence when the core gave its own."""

    def __init__(self, code: str, said: str = "") -> None:
        super().__init__(code)
        self.code, self.status, self.said = code, REFUSALS[code], said


def undelivered(code: str) -> DeliveryError:
    return DeliveryError(DELIVERY[code], code, gone=code == "message_gone")
