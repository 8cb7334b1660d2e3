"""Words to a verb and its arguments."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bot.cards import Mention, RichText
from bot.dialogs import Asked
from bot.messages import ChatMessage, MessageShortcut, SlashCommand, Words
from bot.verbs import Verb

TEXT_LIMIT = 4_000  # characters of one command (reliability S18); a longer text is cut before parsing


def words_of(incoming: Words) -> RichText:
    """What was said, with a command's own word in front."""
    text = _bounded(incoming.text)
    if isinstance(incoming, SlashCommand) and incoming.verb:
        return RichText(f"{incoming.verb} ") + text
    return text


def mentions_in(text: RichText) -> Mapping[str, Mention]:
    """People named by mention, by the lower-case text of the mention, with and without ``@``."""
    named = {text.text[s.start : s.end].casefold(): s for s in text.spans if isinstance(s, Mention)}
    return {**{name.lstrip("@"): span for name, span in named.items()}, **named}


def is_only_a_verb(text: str, verbs: Iterable[Verb]) -> bool:
    """The words are a command's name and nothing else."""
    said = text.strip().casefold()
    return any(said in (verb.name, *verb.twins) for verb in verbs)


def _bounded(text: RichText) -> RichText:
    if len(text.text) <= TEXT_LIMIT:
        return text
    return RichText(text.text[:TEXT_LIMIT], tuple(s for s in text.spans if s.end <= TEXT_LIMIT))
