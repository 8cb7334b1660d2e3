"""Named limits of the page."""

from __future__ import annotations

BODY_BYTES = 64 * 1024
"""The largest request that is read; nothing a person types comes near."""

FILE_BYTES = 10 * 1024 * 1024
"""The largest file that is taken; larger ones belong where the team keeps its files."""

FILE_NAME_LENGTH = 500
FILES_AT_ONCE = 10

UPLOADS = 40
"""Files that one account may hand in within a minute; each is kept until it is known whether it is wanted."""

ID_LENGTH = 200
TOKEN_LENGTH = 43
LARGEST_NUMBER = 10**15
FORM_FIELDS = 50
NAME_LENGTH = 80
CODE_LENGTH = 128

LINES_SHOWN = 80
"""Lines of a conversation on the page; what is older stays stored."""

LINES_READ = 200
"""Lines asked for at once."""

URL_LENGTH = 2000

POLL_SECONDS = 2.0
"""How soon the page learns of a message that another process sent. This process's own are told at once."""

HEARTBEAT_POLLS = 7
"""Quiet polls until the stream says it is alive; proxies drop what is silent for longer."""

STREAMS = 200
"""Open pages in one process."""

SIGN_IN_TRIES = 10
"""Codes one address may try in `SIGN_IN_SECONDS`."""

SIGN_IN_SECONDS = 60.0
SIGN_IN_ADDRESSES = 1000
SESSION_SECONDS = 180 * 24 * 3600

PLACES_FOLLOWED = 40
"""Conversations whose new messages a page hears of while another one is open."""
