"""What a verb would do to a milestone, without doing it: its own handler runs, and nothing is saved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from bot.access import may
from bot.commands.context import Context, Refused
from bot.commands.draft import Change
from bot.commands.refusing import refusal
from bot.commands.registry import Command
from bot.commands.settling import NoButtons, tried
from bot.commands.which import project_of
from bot.dialogs import Asked, Question
from bot.domain.milestone import Milestone
from bot.errors import IllegalMove, InvalidMilestone
from bot.views.offers import Offers


@dataclass(frozen=True, slots=True)
class Left:
    """A milestone the verb does nothing to, and why in the reader's words."""

    milestone: Milestone
    why: str
    is_not_theirs: bool = False
    question: Question | None = None
    asked: Asked = field(default_factory=Asked)


@dataclass(frozen=True, slots=True)
class Plan:
    """What doing it to all of them comes to."""

    changes: tuple[Change, ...]
    left: tuple[Left, ...]


def planned(ctx: Context, command: Command, asked: Asked, milestones: Sequence[Milestone]) -> Plan:
    """The verb tried on each of them by itself."""
    tried = [_tried(ctx, command, asked, milestone) for milestone in milestones]
    changes = tuple(found for found in tried if isinstance(found, Change))
    return Plan(changes, tuple(found for found in tried if isinstance(found, Left)))


def _tried(ctx: Context, command: Command, asked: Asked, milestone: Milestone) -> Change | Left:
    project = project_of(ctx, milestone)
    if not may(ctx.person, command.rule, ctx.about(milestone, project).matter):
        return Left(milestone, "", is_not_theirs=True)
    about, silent = ctx.about(milestone, project), Offers(NoButtons(), ctx.workspace.id, "", ctx.now)
    try:
        draft = tried(about, command, _alone(asked, milestone, command))
    except Refused as error:
        return Left(milestone, error.card.title.text)
    except (IllegalMove, InvalidMilestone) as error:
        return Left(milestone, refusal(error, milestone, ctx.reader, silent).title.text)
    if draft.changes:
        return _merged(draft.changes)
    if draft.question:
        return Left(milestone, _needs(draft.question), question=draft.question, asked=draft.asked)
    return Left(milestone, draft.said)


def _alone(asked: Asked, milestone: Milestone, command: Command) -> Asked:
    choice = asked.choice or command.choice_for_many
    return asked.having(
        milestone_id=milestone.id, keys=(), many=(), step="", pointer="", version=0, choice=choice
    )


def _merged(changes: Sequence[Change]) -> Change:
    """A handler that takes two steps is one change here."""
    last = changes[-1]
    return replace(last, old=changes[0].old, new=replace(last.new, version=changes[0].old.version + 1))


def _needs(question: Question) -> str:
    return (question.note or question.prompt).text
