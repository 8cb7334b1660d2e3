"""Buttons that do something: each names a stored action, re-authorised when it is pressed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from bot.cards import Button, Style
from bot.domain.milestone import Milestone
from bot.ports import StoredAction, StoredActions


@dataclass(frozen=True, slots=True)
class Offers:
    """Makes buttons for one message.  ``conversation`` is ``str(ConversationRef.root)`` where it will
    be shown, empty for a message whose place is not known yet."""

    actions: StoredActions
    workspace_id: str
    conversation: str
    at: datetime

    def token(self, verb: str, milestone: Milestone | None = None, **asked: object) -> str:
        """The token of "do ``verb`` with these arguments"; ``milestone`` binds it to its version."""
        action = StoredAction(
            workspace_id=self.workspace_id,
            verb=verb,
            asked=_filled(asked, milestone),
            conversation=self.conversation,
            milestone_id=milestone.id if milestone else "",
            version=milestone.version if milestone else 0,
        )
        return self.actions.offer(action, self.at)

    def for_team(self, workspace_id: str) -> Offers:
        """The same message's buttons that act in another workspace of the reader's."""
        return replace(self, workspace_id=workspace_id)

    def button(
        self,
        label: str,
        verb: str,
        milestone: Milestone | None = None,
        style: Style = Style.DEFAULT,
        **asked: object,
    ) -> Button:
        return Button(label, self.token(verb, milestone, **asked), style)


def _filled(asked: Mapping[str, object], milestone: Milestone | None) -> dict[str, object]:
    kept = {name: value for name, value in asked.items() if value not in ("", None, (), 0)}
    return {**kept, "milestone_id": milestone.id} if milestone else kept
