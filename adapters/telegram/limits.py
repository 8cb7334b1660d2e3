"""Telegram's limits, by name (Bot API 10.3)."""

from __future__ import annotations

TEXT_UNITS = 4096
"""UTF-16 units of a message, counted after the markup is read."""

CAPTION_UNITS = 1024
ENTITIES = 100
"""Telegram ignores markup beyond this many spans in one message."""

TOAST_CHARACTERS = 200
BUTTONS = 100
BUTTONS_IN_A_ROW = 4
"""Telegram allows 8; a phone shows 4 words side by side at most."""

ROW_COLUMNS = 30
"""Display columns of the labels that share a row of buttons."""

TABLE_COLUMNS = 34
"""Display columns of monospaced text that a narrow phone shows without wrapping."""

NARROWEST_WORDS = 14
"""A column of words squeezed further than this says too little: a lesser column goes."""

NARROWEST_LAST = 10
"""The same when no lesser column is left; squeezed further, the table is stacked instead."""

MESSAGES_OF_A_CARD = 5
"""Longer cards are cut here, and say by how much."""

COMMANDS = 100
COMMAND_DESCRIPTION = 256
DEEP_LINK_CHARACTERS = 64
SECRET_LEAST, SECRET_MOST = 32, 256
UPDATE_BYTES = 1024 * 1024
UPDATES_AT_ONCE = 100

DOWNLOAD_BYTES = 20 * 1024 * 1024

CONNECT_SECONDS = 3.0
READ_SECONDS = 20.0
"""Longer than the SDK's 5: an answer given up too early is a message in doubt."""

LONG_POLL_SECONDS = 30
MEMBERSHIP_SECONDS = 300
MEMBERSHIP_READ_SECONDS = 5.0
"""What somebody says waits for this; without an answer they are a member like any other."""

CONNECTIONS = 64
