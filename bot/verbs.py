"""What a verb is.  Its handler is paired with it in `bot.commands`; adapters see only this."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Verb:
    """A command word.

    ``summary`` is a source sentence (translated when shown); ``usage`` what follows the word;
    ``examples`` complete command lines without the leading ``/ms``, each executed by a test;
    ``twins`` everyday words that mean the same (may have several words); ``changes`` whether it writes;
    ``personal`` whether the answer is one person's own list (sent privately where a platform can);
    ``menu`` whether platforms with a short command list show it.
    """

    name: str
    summary: str
    usage: str
    examples: tuple[str, ...]
    twins: tuple[str, ...] = ()
    changes: bool = False
    personal: bool = False
    menu: bool = False
