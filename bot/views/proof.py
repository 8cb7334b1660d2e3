"""One completion standard and one task in words: what kind it is and how it stands."""

from __future__ import annotations

from bot.domain.milestone import Criterion, CriterionKind, Milestone, Task
from bot.domain.tasks import progress
from bot.wording import Reader


def standard_words(c: Criterion, reader: Reader, approver: str = "") -> str:
    """``test coverage 76 of 80 %``; ``approver`` is whose yes it takes, where the reader may know."""
    match c.kind:
        case CriterionKind.NUMBER if c.value:
            return reader.say(
                "{text} {value} of {target}", text=c.text, value=c.value, target=target_words(c)
            )
        case CriterionKind.NUMBER:
            return reader.say("{text} at least {target}", text=c.text, target=target_words(c))
        case CriterionKind.DOCUMENT:
            return reader.say("{text} (document)", text=c.text)
        case CriterionKind.APPROVAL if approver:
            return reader.say("{text} ({name}'s yes)", text=c.text, name=approver)
        case CriterionKind.APPROVAL:
            return reader.say("{text} (a yes)", text=c.text)
        case _:
            return c.text


def standing_words(c: Criterion, done_by: str, reader: Reader) -> str:
    """Whether it is proved, by whom and since when; else what it waits for."""
    if c.done_at:
        day = reader.since(c.done_at)
        where = (
            reader.say("filed: {place}", place=c.value)
            if c.kind is CriterionKind.DOCUMENT and c.value
            else ""
        )
        return "✅ " + ", ".join(filter(None, (done_by, day, where)))
    match c.kind:
        case CriterionKind.NUMBER:
            return reader.say("a figure")
        case CriterionKind.DOCUMENT:
            return reader.say("the file")
        case CriterionKind.APPROVAL:
            return reader.say("a yes")
        case _:
            return reader.say("open")


def target_words(c: Criterion) -> str:
    return f"{c.target} {c.unit}".strip()


def missing_words(milestone: Milestone, reader: Reader) -> list[str]:
    return [standard_words(c, reader) for c in milestone.missing]


def proved_words(milestone: Milestone, reader: Reader) -> list[str]:
    return [standard_words(c, reader) for c in milestone.criteria if c.is_done]


def task_standing(task: Task, done_by: str, reader: Reader) -> str:
    if task.done_at is None:
        return reader.say("open")
    return "✅ " + ", ".join(filter(None, (done_by, reader.since(task.done_at))))


def task_progress(milestone: Milestone, reader: Reader) -> str:
    """``3 of 5 tasks``; empty without any."""
    done, total = progress(milestone)
    return reader.many("{done} of {n} task", "{done} of {n} tasks", total, done=done) if total else ""
