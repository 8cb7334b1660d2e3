"""What a phone's camera reads off a screen or a sheet of paper."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scannable:
    """An address to open; at most 300 characters, so that it can be read from across a room."""

    address: str
