"""What Slack accepts, by name (https://docs.slack.dev/reference/block-kit)."""

from typing import Final

TEXT_ADVISED: Final = 4_000  # characters of a message's `text`; from 40,000 on it is refused
BLOCKS_PER_MESSAGE: Final = 50
BLOCKS_PER_VIEW: Final = 100
CHARACTERS_PER_MESSAGE: Final = 13_000  # all blocks together; not documented, about 13,200 were observed
SECTION_TEXT: Final = 3_000
FIELDS_PER_SECTION: Final = 10
FIELD_TEXT: Final = 2_000
CONTEXT_TEXT: Final = 2_000
BUTTONS_PER_BLOCK: Final = 25
BUTTON_LABEL: Final = 75
BUTTON_VALUE: Final = 2_000
BUTTON_URL: Final = 3_000
LINK: Final = 1_000  # so that a link with its words fits the smallest text object

TABLE_ROWS: Final = 100  # the heading counts
TABLE_COLUMNS: Final = 20
TABLE_CHARACTERS: Final = 10_000
TABLES_PER_MESSAGE: Final = 1
MONOSPACE_WIDTH: Final = 76  # display columns before a phone or a thread breaks the line

VIEW_TITLE: Final = 24  # the submit and close buttons as well
INPUT_LABEL: Final = 2_000
OPTIONS: Final = 100
OPTION_GROUPS: Final = 100
OPTION_LABEL: Final = 75
OPTION_VALUE: Final = 150
RADIO_BUTTONS: Final = 10
TYPED_TEXT: Final = 3_000

BODY_BYTES: Final = 1 << 20  # Slack's own requests stay far below
RESPONSE_URL_USES: Final = 5
