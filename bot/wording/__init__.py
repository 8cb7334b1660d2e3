"""Every sentence a person reads passes through here, in their language.

Source sentences are English and are their own keys (gettext).  `N_` marks a sentence that is stored
in one place and said in another; `Reader.say` translates and fills in.
"""

from __future__ import annotations

from bot.wording.catalogues import languages
from bot.wording.reader import Reader, reader_for

__all__ = ["N_", "Reader", "languages", "reader_for"]


def N_(sentence: str) -> str:  # noqa: N802  # gettext's own name, known to extraction tools
    """Mark ``sentence`` for translation without translating it here."""
    return sentence
