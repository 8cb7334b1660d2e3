"""Words to a verb and its arguments; or to the answer of a question that waits."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain

from bot.cards import Card, Mention, RichText
from bot.commands import Context, Refused
from bot.commands.parts import matching
from bot.commands.project import named_project
from bot.commands.registry import known
from bot.dialogs import Asked, answered, pending
from bot.domain.local_time import local
from bot.language.command_line import read_sentence
from bot.language.dates import PHRASE_LIMIT, Habits, may_be_dated, read
from bot.language.rows import pasted
from bot.language.sentence import TEXT_LIMIT, Sentence, Surroundings
from bot.language.verb_words import Lexicon
from bot.messages import ChatMessage, HomeOpened, Incoming, SlashCommand, Words
from bot.ports import Dialog
from bot.views.refusals import left_alone, not_understood, too_long

_FREE_TEXT = frozenset({"title", "reason", "needs", "value"})
_SAYS_MORE = frozenset({"title", "owner", "when"})
"""Fields whose answer may bring the next ones along: "Roof closed by Friday @ana"."""
_SELF = frozenset({"me", "myself", "i"})
_LONGEST_NUMBER = 6
_KEY_WITHIN = 4  # words: "criteria not done APX-1 …"
_KEY = re.compile(r"[A-Za-z][A-Za-z0-9]{1,9}-[0-9]{1,6}")
"""A milestone's key alone asks to see it."""
_STOP = "stop"
"""Where no question waits, these words mean the messages themselves."""
_NEVER_MIND = frozenset(
    {"cancel", "never mind", "nevermind", "stop", "no", "leave it", "not yet", "not now", "forget it"}
)


@dataclass(frozen=True, slots=True)
class Reading:
    """What to do; ``card`` instead when the words only took a question back; ``answers`` a question that
    waited."""

    verb: str = ""
    asked: Asked = field(default_factory=Asked)
    card: Card | None = None
    answers: bool = False


def words_of(incoming: Words) -> RichText:
    """What was said, with a command's own word in front."""
    if isinstance(incoming, SlashCommand) and incoming.verb:
        return RichText(f"{incoming.verb} ") + incoming.text
    return incoming.text


def mentions_in(text: RichText) -> Mapping[str, Mention]:
    """People named by mention, by the lower-case text of the mention, with and without ``@``."""
    named = {text.text[s.start : s.end].casefold(): s for s in text.spans if isinstance(s, Mention)}
    return {**{name.lstrip("@"): span for name, span in named.items()}, **named}


def only_reads(incoming: Incoming, verbs: Lexicon) -> bool:
    """Certain before anything is loaded: this can be answered without writing."""
    if isinstance(incoming, HomeOpened):
        return True
    if not isinstance(incoming, (SlashCommand, ChatMessage)) or incoming.attachments:
        return False
    if isinstance(incoming, ChatMessage) and incoming.overheard:
        return False
    said = words_of(incoming).text[:TEXT_LIMIT].strip().casefold()
    words = _reading_words(verbs)
    if said in words:
        return said not in _SELF
    first = said.split(" ", 1)[0]
    return isinstance(incoming, SlashCommand) and first in words and not may_be_dated(first)


def understood(ctx: Context, text: RichText, *, is_command: bool, may_answer: bool, writes: bool) -> Reading:
    """The verb and what was said with it.  Raises `Refused` when nobody could know what is meant."""
    words = text.text.strip()
    if not words:
        return Reading("note") if ctx.said.attachments else Reading("mine")
    if rows := pasted(text.text):
        return Reading("paste", Asked(value=rows))
    leaves = words.casefold() in _NEVER_MIND
    question = _question(ctx) if may_answer or (leaves and writes) else None
    if leaves and (question or words.casefold() != _STOP):
        return Reading(card=left_alone(ctx.reader, ctx.offers))
    around = surroundings(ctx, writes)
    sentence = read_sentence(text, ctx.verbs, around)
    if sentence.too_long:
        raise Refused(too_long(TEXT_LIMIT, ctx.reader, ctx.offers))
    answers = _answers_by_command if is_command else _answers
    if question and answers(ctx, question, sentence, words):
        return Reading(question.verb, _answer(ctx, question, text, around), answers=True)
    if question and question.verb != sentence.verb:
        ctx.uow.dialogs.put(question)
    if sentence.verb is None and words.casefold() in _all_words(ctx.verbs):
        return Reading(_all_words(ctx.verbs)[words.casefold()])
    if sentence.verb is None and _KEY.fullmatch(words):
        return Reading("show", Asked(pointer=words))
    if sentence.verb is None and (ctx.replied_to or ctx.said.attachments):
        return Reading("note", Asked(reason=words))
    if sentence.verb is None:
        raise Refused(_unknown(ctx, sentence, words))
    if ctx.said.attachments and not _keeps_files(ctx, sentence.verb):
        return Reading("note", Asked(reason=words))
    return Reading(sentence.verb, asked_in(ctx, sentence))


def _keeps_files(ctx: Context, verb: str) -> bool:
    """Only what is about one milestone, or makes one, has a place for what came along."""
    command = known(ctx, verb)
    return verb == "new" or (command is not None and command.on_milestone)


def overheard(ctx: Context, text: RichText) -> Reading:
    """What people say to each other below a card is a note.  Only a verb and nothing else is a command, and
    only a question about this very milestone is answered."""
    words = text.text.strip()
    question = _question(ctx)
    if question and question.asked.get("milestone_id") == ctx.replied_to:
        asked = _answer(ctx, question, text, surroundings(ctx, writes=True))
        return Reading(question.verb, asked, answers=True)
    if question:
        ctx.uow.dialogs.put(question)
    verb = _all_words(ctx.verbs).get(words.casefold())
    return Reading(verb) if verb else Reading("note", Asked(reason=words))


def asked_in(ctx: Context, sentence: Sentence) -> Asked:
    """The parts of a sentence as arguments."""
    project = named_project(ctx, sentence.project)
    return Asked(
        title=sentence.title,
        pointer=sentence.pointer or sentence.project,
        owner=sentence.owner,
        when=sentence.when,
        keys=sentence.pointers,
        needs=sentence.criteria,
        reason=sentence.reason,
        page=sentence.page,
        project_id=project.id if project else "",
        text=sentence.rest[:TEXT_LIMIT],
        said=sentence.said,
    )


def _answers(ctx: Context, question: Dialog, sentence: Sentence, words: str) -> bool:
    """A name or a reason may begin with any word, a verb's included, unless a milestone's key follows;
    a date or a person does not."""
    if question.field == "owner" and words.casefold() in _SELF:
        return True
    if _is_listed(ctx, question, words):
        return True
    if words.casefold() in _all_words(ctx.verbs):
        return False
    if sentence.verb is None or (question.field == "when" and _is_date(ctx, words)):
        return True
    return question.field in _FREE_TEXT and not _names_a_milestone(ctx, sentence)


def _is_listed(ctx: Context, question: Dialog, words: str) -> bool:
    """One of the standards that were just asked about, though its words are a verb's as well ("photos")."""
    about = str(question.asked.get("milestone_id", "")) if question.field == "choice" else ""
    milestone = ctx.uow.milestones.get(ctx.workspace.id, about) if about else None
    return milestone is not None and len(matching(milestone.missing, words)) == 1


def _answers_by_command(ctx: Context, question: Dialog, sentence: Sentence, words: str) -> bool:
    """``/ms 27 Nov`` answers: a command that names no verb of its own, and none by a slip of the finger."""
    if question.field == "when" and _is_date(ctx, words):
        return words.casefold() not in _all_words(ctx.verbs)
    if question.field == "owner" and words.casefold() in _SELF:
        return True
    if _KEY.fullmatch(words):
        return question.field == "pointer"
    is_other = sentence.suggestions and question.verb not in sentence.suggestions
    return sentence.verb is None and not is_other


def _is_date(ctx: Context, words: str) -> bool:
    """All of it, as in "next Friday", whatever verb the first word is."""
    if len(words) > PHRASE_LIMIT:
        return False
    around = Habits(date_order=ctx.reader.date_order, calendar=ctx.reader.calendar, language="en")
    reading = read(words, local(ctx.now, ctx.reader.zone), around)
    return reading.is_understood or reading.is_ambiguous


def _names_a_milestone(ctx: Context, sentence: Sentence) -> bool:
    named = filter(_KEY.fullmatch, sentence.pointer.split()[:_KEY_WITHIN])
    key, _, number = next(named, sentence.pointer).upper().partition("-")
    if not number.isdecimal() or len(number) > _LONGEST_NUMBER:
        return False
    return ctx.uow.milestones.by_key(ctx.workspace.id, key, int(number)) is not None


def _answer(ctx: Context, question: Dialog, text: RichText, around: Surroundings) -> Asked:
    """The arguments with the answer in its place, and with whatever else it said."""
    words = text.text.strip()
    if question.field not in _SAYS_MORE:
        return answered(question, words)
    said = asked_in(ctx, read_sentence(text, ctx.verbs, around, verb=question.verb))
    if question.field == "when" and not said.when:
        return answered(question, words)
    if question.field == "owner" and (said.title or said.pointer or not said.owner):
        return answered(question, words)
    return answered(question, str(getattr(said, question.field))).filled_from(said)


def _question(ctx: Context) -> Dialog | None:
    here = str(ctx.place.ref.root)
    return pending(ctx.uow, ctx.workspace.id, ctx.person.id, here, ctx.now)


def surroundings(ctx: Context, writes: bool) -> Surroundings:
    habits = Habits(date_order=ctx.reader.date_order, calendar=ctx.reader.calendar, language="en")
    now = local(ctx.now, ctx.reader.zone)
    if not writes:
        return Surroundings(now, habits)
    people = chain.from_iterable(map(_names, ctx.uow.people.everybody(ctx.workspace.id)))
    projects = chain.from_iterable(ctx.uow.projects.keys_and_names(ctx.workspace.id))
    return Surroundings(now, habits, tuple(people), tuple(projects))


def _names(name: str) -> tuple[str, ...]:
    return (name, name.split(" ", 1)[0])


def _unknown(ctx: Context, sentence: Sentence, words: str) -> Card:
    meant = asked_in(ctx, sentence) if sentence.suggestions else Asked()
    return not_understood(words, sentence.suggestions[:2], meant.to_json(), ctx.reader, ctx.offers)


@lru_cache(maxsize=4)
def _reading_words(verbs: Lexicon) -> frozenset[str]:
    """A twin of one word ("photos") may be the answer to a question as well."""
    reading = [v for v in verbs if not v.changes]
    return frozenset(("", *(v.name for v in reading), *(t for v in reading for t in v.twins if " " in t)))


@lru_cache(maxsize=4)
def _all_words(verbs: Lexicon) -> Mapping[str, str]:
    """Verb by every word for it."""
    return {word: verb.name for verb in verbs for word in (verb.name, *verb.twins)}
