"""Asking for what is missing, one thing at a time, keeping what was typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import datetime, timedelta

from bot.cards import Actions, Button, Card, RichText, Text
from bot.errors import NotUnderstood
from bot.ports import Dialog, UnitOfWork
from bot.views.offers import Offers
from bot.views.questions import leave_button, typed_answer
from bot.wording import Reader

PATIENCE = timedelta(hours=4)
"""An answer later than this is a new message, not an answer."""

MOST_BUTTONS = 4
_ANSWERS = "answers"
_LISTS = ("needs", "keys", "many", "files")
_SAID_ALONG = ("owner", "when", "needs", "reason")
_NUMBERS = ("page", "version")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A command's arguments, gathered so far, as plain values that survive in JSON.

    Words as typed: ``title pointer owner when reason needs code text`` (``text`` is the whole line).
    Settled: ``milestone_id owner_id due`` (ISO date) ``project_id cause history_id``; ``item`` a criterion's
    or task's id, ``value`` what was said of it (a figure, where it is filed, an attachment's id).
    ``keys`` as typed when several milestones are meant, ``many`` their ids once settled, ``step`` how far
    doing the same to all of them has come; ``again`` the rule by which it comes again, as JSON; ``role`` who
    is still to be found to own it.  ``files``: ids of what came along; ``origin`` leads to the message it is
    made from.
    ``said`` the words the verb was said with, ``answers`` a form's own fields by name.
    ``proposal_id`` the proposal answered, ``what`` the verb that is proposed and ``right`` the rule it asks,
    ``from_id`` whose it was.
    ``version`` is the milestone's when a button was shown, 0 for typed words; ``choice`` names the option
    taken where a question had more to it than a value.
    """

    title: str = ""
    pointer: str = ""
    owner: str = ""
    when: str = ""
    reason: str = ""
    needs: tuple[str, ...] = ()
    code: str = ""
    text: str = ""
    milestone_id: str = ""
    owner_id: str = ""
    due: str = ""
    project_id: str = ""
    cause: str = ""
    history_id: str = ""
    choice: str = ""
    item: str = ""
    value: str = ""
    keys: tuple[str, ...] = ()
    many: tuple[str, ...] = ()
    step: str = ""
    again: str = ""
    role: str = ""
    origin: str = ""
    proposal_id: str = ""
    what: str = ""
    right: str = ""
    from_id: str = ""
    said: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)
    files: tuple[str, ...] = ()
    page: int = 1
    version: int = 0

    def to_json(self) -> dict[str, object]:
        """Only what is filled in."""
        default = Asked()
        values = {f.name: getattr(self, f.name) for f in fields(self)}
        kept = {n: v for n, v in values.items() if v != getattr(default, n)}
        return {n: list(v) if n in _LISTS else v for n, v in kept.items()}

    def to_words(self) -> dict[str, object]:
        """Like `to_json`, without what belongs to one press."""
        return replace(self, version=0).to_json()

    @classmethod
    def from_json(cls, raw: Mapping[str, object]) -> Asked:
        """Raises `NotUnderstood` when a field is unknown or of the wrong kind."""
        try:
            return cls(**{name: _value(name, raw[name]) for name in raw})  # type: ignore[arg-type]  # checked by _value
        except (TypeError, ValueError) as error:
            raise NotUnderstood("arguments") from error

    def filled_from(self, said: Asked) -> Asked:
        """With what ``said`` adds about owner, date, standards and reason; nothing known is overwritten."""
        more = {name: getattr(said, name) for name in _SAID_ALONG if not getattr(self, name)}
        settled = {"owner": self.owner_id, "when": self.due}
        return self.having(**{name: value for name, value in more.items() if not settled.get(name)})

    def having(self, **changes: object) -> Asked:
        return replace(self, **changes)  # type: ignore[arg-type]  # names checked by replace


def _value(name: str, raw: object) -> object:
    if name in _LISTS:
        return tuple(str(item) for item in raw) if isinstance(raw, (list, tuple)) else ()
    if name == _ANSWERS:
        return {str(key): str(value) for key, value in raw.items()} if isinstance(raw, Mapping) else {}
    return int(str(raw)) if name in _NUMBERS else str(raw)


@dataclass(frozen=True, slots=True)
class Choice:
    """A button under a question: its label and the arguments it fills in."""

    label: str
    fills: Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One missing thing.  ``field`` names the argument that a typed answer fills; ``choices_matter``: the
    buttons say more than a field could, so the question cannot be asked beside one."""

    prompt: RichText
    field: str
    choices: Sequence[Choice] = ()
    note: RichText | None = None
    choices_matter: bool = False


def question_card(question: Question, verb: str, asked: Asked, reader: Reader, offers: Offers) -> Card:
    """The question with its answers as buttons, and a way out while there is room for one."""
    given = asked.to_words()
    buttons = [Button(c.label, offers.token(verb, None, **{**given, **c.fills})) for c in question.choices]
    if 0 < len(buttons) < MOST_BUTTONS:
        buttons.append(leave_button(reader, offers))
    note = question.note or (None if buttons else RichText(typed_answer(reader)))
    notes = (Text(note),) if note else ()
    return Card(question.prompt, (*notes, Actions(tuple(buttons))) if buttons else notes)


def pending(
    uow: UnitOfWork, workspace_id: str, person_id: str, conversation: str, at: datetime
) -> Dialog | None:
    """The question these words may answer; taken away, so it is answered once."""
    dialog = uow.dialogs.take(workspace_id, person_id, conversation)
    return dialog if dialog and at - dialog.asked_at <= PATIENCE else None


def answered(dialog: Dialog, words: str) -> Asked:
    """The arguments with the typed answer in its place; a choice adds to what was chosen before."""
    asked = Asked.from_json(dialog.asked)
    value: object = (words,) if dialog.field in _LISTS else words
    if dialog.field == "choice":
        value = ",".join(filter(None, (asked.choice, words)))
    return asked.having(**{dialog.field: value})
