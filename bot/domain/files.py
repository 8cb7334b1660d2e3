"""Files that belong to a milestone: a reference each, and a copy only where the workspace wants one."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from bot.domain.milestone import Milestone, State
from bot.refs import MessageRef

NAME_LIMIT = 120  # characters, the ending included
_ENDING_LIMIT = 12
COPY_LIMIT = 10 * 1024 * 1024  # bytes of one copy
COPIES_LIMIT = 1024 * 1024 * 1024  # bytes of all copies of a workspace

# Controls, directions, joins that show nothing: what makes "exe.gpj" read as "jpg.exe".
_HIDDEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
_FOLDERS = re.compile(r"[/\\]+")
_FORBIDDEN = re.compile(r'[<>:"|?*]')


class Copy(StrEnum):
    """What became of the content: never wanted, to be fetched, held, or why it is not."""

    NONE = "none"
    WANTED = "wanted"
    HELD = "held"
    TOO_LARGE = "too_large"
    NO_ROOM = "no_room"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptFile:
    """``platform`` and ``file_id`` open it again there; ``link`` leads to it in a browser, if anything does.

    ``milestone_id`` is empty while its sender is asked which one it is for.  ``size`` in bytes, 0 unknown;
    ``sha256`` hex, empty until the content was read; ``blob_id`` names our copy, if we hold one.
    """

    id: str
    workspace_id: str
    milestone_id: str
    by_id: str
    at: datetime
    platform: str
    file_id: str
    name: str
    mime: str = ""
    size: int = 0
    sha256: str = ""
    link: str = ""
    note_id: str = ""
    message: MessageRef | None = None
    copy: Copy = Copy.NONE
    blob_id: str = ""
    tries: int = 0
    removed_at: datetime | None = None

    @property
    def is_removed(self) -> bool:
        return self.removed_at is not None


def removed(file: KeptFile, at: datetime) -> KeptFile:
    """A tombstone: that there was a file stays known, what it was does not."""
    return replace(file, name="", file_id="", link="", sha256="", blob_id="", copy=Copy.NONE, removed_at=at)


def is_evidence(milestone: Milestone, file_id: str) -> bool:
    """It proves a ticked standard of something achieved: then it stays (DM)."""
    if milestone.state is not State.ACHIEVED:
        return False
    return any(c.evidence == file_id and c.is_done for c in milestone.criteria)


def clean_name(name: str) -> str:
    """A name that shows what it is and can be saved anywhere: no folders, nothing hidden, bounded."""
    last = _FOLDERS.split(_HIDDEN.sub("", unicodedata.normalize("NFC", name)))[-1]
    plain = " ".join(_FORBIDDEN.sub("_", last).split()).strip(". ")
    if len(plain) <= NAME_LIMIT:
        return plain or "file"
    stem, dot, ending = plain.rpartition(".")
    if not dot or len(ending) > _ENDING_LIMIT:
        return f"{plain[: NAME_LIMIT - 1]}…"
    return f"{stem[: NAME_LIMIT - len(ending) - 2]}….{ending}"
