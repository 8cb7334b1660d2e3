"""Asking for what is missing, one thing at a time, keeping what was typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta

from bot.cards import Actions, Button, Card, RichText, Text
from bot.errors import NotUnderstood
from bot.ports import Dialog, UnitOfWork
from bot.views.offers import Offers

PATIENCE = timedelta(hours=4)
"""An answer later than this is a new message, not an answer."""

_LISTS = ("needs",)
_NUMBERS = ("page", "version")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A command's arguments, gathered so far, as plain values that survive in JSON.

    Words as typed: ``title pointer owner when reason needs code text`` (``text`` is the whole line).
    Settled: ``milestone_id owner_id due`` (ISO date) ``project_id cause history_id``.
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

    def having(self, **changes: object) -> Asked:
        return replace(self, **changes)  # type: ignore[arg-type]  # names checked by replace


def _value(name: str, raw: object) -> object:
    if name in _LISTS:
        return tuple(str(item) for item in raw) if isinstance(raw, (list, tuple)) else ()
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


def ask(
    uow: UnitOfWork, question: Question, verb: str, asked: Asked, offers: Offers, person_id: str, at: datetime
) -> Card:
    """Remember the question, so that the next words answer it, and show it with its buttons."""
    uow.dialogs.put(
        Dialog(
            workspace_id=offers.workspace_id,
            person_id=person_id,
            conversation=offers.conversation,
            verb=verb,
            asked=asked.to_words(),
            field=question.field,
            asked_at=at,
        )
    )
    return question_card(question, verb, asked, offers)


def question_card(question: Question, verb: str, asked: Asked, offers: Offers) -> Card:
    """The question alone; answered by its buttons only."""
    given = asked.to_words()
    buttons = tuple(
        Button(c.label, offers.token(verb, None, **{**given, **c.fills})) for c in question.choices
    )
    notes = (Text(question.note),) if question.note else ()
    return Card(question.prompt, (*notes, Actions(buttons)) if buttons else notes)


def pending(
    uow: UnitOfWork, workspace_id: str, person_id: str, conversation: str, at: datetime
) -> Dialog | None:
    """The question these words may answer; taken away, so it is answered once."""
    dialog = uow.dialogs.take(workspace_id, person_id, conversation)
    return dialog if dialog and at - dialog.asked_at <= PATIENCE else None


def answered(dialog: Dialog, words: str) -> Asked:
    """The arguments with the typed answer in its place."""
    value: object = (words,) if dialog.field in _LISTS else words
    return Asked.from_json(dialog.asked).having(**{dialog.field: value})
