"""One sentence into verb and parts: deterministic, explained by its parts, never guessed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.cards import RichText
from bot.language.connectives import ENGLISH, Connectives, Phrase
from bot.language.due import take_when
from bot.language.line import Line
from bot.language.nearness import is_near
from bot.language.phrases import (
    criteria_start,
    take_cause,
    take_criteria,
    take_owner,
    take_project,
    take_reason,
)
from bot.language.roles import implied_filling
from bot.language.sentence import TEXT_LIMIT, Sentence, Surroundings
from bot.language.several import GIVES, KEY_OR_NUMBER, LISTED, MOVES, implied_for_all, keys_in
from bot.language.verb_words import Lexicon, Spoken, spoken
from bot.language.verbless import implied
from bot.language.words import Kind, Word, words_of
from bot.verbs import Verb

_NOTHING_NEW = Verb(name="", summary="", usage="TITLE", examples=())
_EDGES = " \t,;:–—-"


def read_sentence(message: RichText, lexicon: Lexicon, around: Surroundings, *, verb: str = "") -> Sentence:
    """Take a message apart. verb: when the platform's own command already said it ("/done")."""
    if len(message.text) > TEXT_LIMIT:
        return Sentence(too_long=True)
    words = _without_slash(words_of(message))
    given = lexicon.by_name.get(verb)
    if given:
        return _parts(message.text, words, Spoken(given, (given.name,), frozenset()), around, ENGLISH)
    found = spoken(words, lexicon, ENGLISH)
    if not (found and found[0].is_certain) and (meant := _implied(message.text, words, lexicon, around)):
        return meant
    if not found:
        return _without_verb(message.text, words, lexicon, around)
    sentence = _parts(message.text, words, found[0], around, ENGLISH)
    if found[0].is_certain:
        return sentence
    return replace(sentence, verb=None, suggestions=tuple(s.verb.name for s in found))


def _implied(text: str, words: Sequence[Word], lexicon: Lexicon, around: Surroundings) -> Sentence | None:
    def read_as(verb: str) -> Sentence:
        said = Spoken(lexicon.by_name[verb], (verb,), frozenset())
        return _parts(text, words, said, around, ENGLISH)

    if GIVES in lexicon.by_name and MOVES in lexicon.by_name and (meant := implied_for_all(words, read_as)):
        return meant
    if GIVES in lexicon.by_name and (meant := implied_filling(words)):
        return meant
    return implied(text, words, lexicon, around, read_as)


def _without_verb(text: str, words: Sequence[Word], lexicon: Lexicon, around: Surroundings) -> Sentence:
    """No verb at all: with a date or an owner beside a name it may be something new, which is proposed."""
    sentence = _parts(text, words, Spoken(_NOTHING_NEW, (), frozenset()), around, ENGLISH)
    is_likely = sentence.subject and (sentence.when or sentence.owner)
    creating = tuple(verb.name for verb in lexicon if "TITLE" in verb.usage) if is_likely else ()
    return replace(sentence, verb=None, suggestions=creating)


def _without_slash(words: list[Word]) -> list[Word]:
    """As in "/new@bot": a command typed where the platform passes it on as text."""
    if not words or not words[0].plain.startswith("/"):
        return words
    name = words[0].plain.lstrip("/").partition("@")[0]
    return [replace(words[0], plain=name), *words[1:]]


def _parts(
    text: str, words: Sequence[Word], said: Spoken, around: Surroundings, speech: Connectives
) -> Sentence:
    left = [word for at, word in enumerate(words) if at not in said.used]
    line = Line(text, left, said.verb.usage, speech, around)
    rest = line.slice(0, len(left))
    if _opens_reason(said, speech):
        alias, at = " ".join(said.alias), _named_before(line, said)
        subject, reason = line.slice(0, at).strip(_EDGES), line.slice(at, len(left)).strip(_EDGES)
        return Sentence(verb=said.verb.name, subject=subject, reason=reason, said=alias, rest=rest)
    reason = _opening_reason(line) or take_reason(line)
    page = _take_page(line)
    _drop_noun(line)
    _drop_asked_about(line, said.alias)
    when = take_when(line, backward=not speech.backward.isdisjoint(said.alias))
    needs_at, needs_length = criteria_start(line)
    cause = "" if reason else take_cause(line)
    owner = take_owner(line)
    project = take_project(line)
    criteria = take_criteria(line, needs_at, needs_length) if needs_length else ()
    _drop_closings(line)
    subject, aside = _subject(line)
    return Sentence(
        verb=said.verb.name,
        said=" ".join(said.alias),
        subject=subject,
        pointers=keys_in(subject),
        owner=owner.text or ("me" if " ".join(said.alias) in speech.mine else ""),
        owner_ref=owner.ref,
        when=when,
        criteria=criteria,
        reason=reason or cause or aside,
        project=project,
        page=page,
        rest=rest,
    )


def _opens_reason(said: Spoken, speech: Connectives) -> bool:
    """As in "waiting for": the verb's own words announce why."""
    return len(said.alias) > 1 and said.alias[-1] in speech.joining and "REASON" in said.verb.usage


def _named_before(line: Line, said: Spoken) -> int:
    """As in "APX-3 waiting for steel": how many words before the verb name what waits; only a key is sure to,
    for "we are" is no milestone."""
    at = min(said.used)
    return at if at == 1 and KEY_OR_NUMBER.fullmatch(line.words[0].plain) else 0


def _opening_reason(line: Line) -> str:
    """As in "blocked by the city": with nothing pointed at, what follows says why."""
    if line.names_something_new or line.wants_date or not line.words:
        return ""
    is_reason = line.words[0].plain in line.speech.joining and len(line.words) > 1
    if not is_reason:
        return ""
    reason = line.slice(1, len(line.words)).strip(_EDGES)
    line.take(0, len(line.words))
    return reason


def _drop_asked_about(line: Line, alias: Phrase) -> None:
    """As in "when is Beta due", "why is Beta late": what is asked is no part of the name."""
    if not alias or alias[0] not in line.speech.asking:
        return
    if alias == ("when", "will"):
        line.taken.update(at for at, word in enumerate(line.words[1:], 1) if word.plain == "be")
    for at in range(len(line.words) - 1, 0, -1):
        if line.words[at].plain not in line.speech.asked_about or not line.is_plain(at, at + 1):
            return
        line.take(at, at + 1)


def _take_page(line: Line) -> int:
    if line.names_something_new:
        return 1
    for at in range(len(line.words) - 1):
        if line.words[at].plain == line.speech.page and line.words[at + 1].plain.isdecimal():
            line.take(at, at + 2)
            return max(1, int(line.words[at + 1].plain[:6]))
    return 1


def _drop_noun(line: Line) -> None:
    """The word "milestone" itself, mistyped or not, and what goes with it: "add a milestone called …"."""
    at = 0
    while at < len(line.words) and line.words[at].plain in line.speech.articles and line.is_plain(at, at + 1):
        at += 1
    if at >= len(line.words) - 1 or not line.is_plain(at, at + 1):
        return
    noun = line.words[at].plain
    if noun not in line.speech.nouns and not is_near(noun, line.speech.nouns[0]):
        return
    end = at + 1 + (line.words[at + 1].plain in line.speech.naming)
    if not _is_numbered(line, end):
        line.take(0, end)


def _is_numbered(line: Line, at: int) -> bool:
    """As in "Milestone 3 accepted" is a name."""
    return line.names_something_new and at < len(line.words) and line.words[at].plain[:1].isdecimal()


def _drop_closings(line: Line) -> None:
    for at in range(len(line.words) - 1, -1, -1):
        if at in line.taken:
            continue
        if line.words[at].plain not in line.speech.closings:
            return
        line.take(at, at + 1)


# --- what remains ---------------------------------------------------------------------------------


def _subject(line: Line) -> tuple[str, str]:
    """The title or the pointer, and for something that exists what was said beside it."""
    runs = line.runs()
    if line.names_something_new:
        return _title(line, runs), ""
    pieces = [piece for start, end in runs for piece in _clauses(line, start, end)]
    if not pieces:
        return "", ""
    first, others = pieces[0], pieces[1:]
    if all(KEY_OR_NUMBER.fullmatch(part) for piece in pieces for part in LISTED.split(piece) if part):
        first, others = ", ".join(pieces), []
    pointer = _without_leading_target(line, first)
    return ("" if _points_nowhere(line, pointer) else pointer), ", ".join(others)


def _points_nowhere(line: Line, pointer: str) -> bool:
    words = pointer.casefold()
    return words in line.speech.this or line.speech.empty.issuperset(words.split())


def _title(line: Line, runs: Sequence[tuple[int, int]]) -> str:
    quoted = [
        word.text for at, word in enumerate(line.words) if word.kind is Kind.QUOTED and at not in line.taken
    ]
    free = [at for start, end in runs for at in range(start, end)]
    if len(quoted) == 1 and len(free) == 1:
        return quoted[0]
    text = " ".join(line.slice(start, end).strip(_EDGES) for start, end in runs)
    return text.strip(_EDGES + ".")


def _clauses(line: Line, start: int, end: int) -> list[str]:
    """A stretch of words cut where commas, colons and dashes stand."""
    found, begin = [], start
    for at in range(start, end):
        if line.words[at].stops or at == end - 1:
            found.append(_bare(line, begin, at + 1))
            begin = at + 1
    return [text for text in found if text]


def _bare(line: Line, start: int, end: int) -> str:
    if end - start == 1 and line.words[start].kind is Kind.QUOTED:
        return line.words[start].text
    return line.slice(start, end).strip(_EDGES + ".!?")


def _without_leading_target(line: Line, text: str) -> str:
    words = text.split()
    if len(words) > 1 and any(phrase == (words[0].casefold(),) for phrase in line.speech.targets):
        return " ".join(words[1:])
    return text
