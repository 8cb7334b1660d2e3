"""What somebody wants to say to whoever runs this."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

WORDS_LIMIT = 4_000  # characters of one message: whatever can be said at once
DAILY_LIMIT = 10  # messages of one person


@dataclass(frozen=True, slots=True)
class Feedback:
    """``at`` aware UTC; ``by_id`` a person id."""

    id: str
    workspace_id: str
    by_id: str
    at: datetime
    words: str
