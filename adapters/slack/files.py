"""Files in Slack: what comes along with a message, and its content when the core wants a copy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final
from urllib.parse import urlsplit

from adapters.slack.errors import classified
from adapters.slack.send import Wire
from bot.errors import Delivery, DeliveryError
from bot.messages import Attachment

Json = Mapping[str, Any]
_GONE: Final = {"tombstone", "hidden_by_limit"}
_OURS: Final = "files.slack.com"
_CHUNK: Final = 64 * 1024


def attachments(said: Json) -> tuple[Attachment, ...]:
    """Files of a message that are there; of one from another company's channel only the id is known."""
    return tuple(_found(said.get("files") or ()))


def _found(files: Any) -> Iterator[Attachment]:
    for file in files:
        if isinstance(file, Mapping) and file.get("id") and file.get("mode") not in _GONE:
            yield Attachment(
                id=str(file["id"]),
                name=str(file.get("name") or file.get("title") or ""),
                mime=str(file.get("mimetype") or ""),
                size=int(file.get("size") or 0),
                link=str(file.get("permalink") or ""),
            )


async def content(wire: Wire, file_id: str, most: int, api_url: str) -> bytes:
    """The whole file.  Raises `DeliveryError`; never reads more than ``most`` bytes."""
    answer = await wire.ask("files.info", file=file_id)
    file = answer["file"]
    url = str(file.get("url_private_download") or file.get("url_private") or "")
    if int(file.get("size") or 0) > most:
        raise DeliveryError(Delivery.PERMANENT, "file_too_large")
    if not _is_slacks(url, api_url):
        raise DeliveryError(Delivery.PERMANENT, "file_elsewhere")
    return await _read(wire, url, str(file.get("mimetype") or ""), most)


def _is_slacks(url: str, api_url: str) -> bool:
    """Our token is shown to Slack alone, whatever address a file claims to have."""
    there, here = urlsplit(url), urlsplit(api_url)
    if there.hostname == _OURS:
        return there.scheme == "https"
    return here.hostname != "slack.com" and (there.scheme, there.netloc) == (here.scheme, here.netloc)


async def _read(wire: Wire, url: str, mime: str, most: int) -> bytes:
    """Slack answers a refused download with a page to sign in at."""
    headers = {"Authorization": f"Bearer {wire.token}"}
    with classified():
        async with wire.session.get(url, headers=headers, allow_redirects=False) as answer:
            answer.raise_for_status()
            if answer.status != 200 or (answer.content_type == "text/html" and mime != "text/html"):
                raise DeliveryError(Delivery.PERMANENT, "file_refused")
            read = bytearray()
            async for chunk in answer.content.iter_chunked(_CHUNK):
                read += chunk
                if len(read) > most:
                    raise DeliveryError(Delivery.PERMANENT, "file_too_large")
    return bytes(read)
