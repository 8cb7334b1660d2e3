"""live: from rehearsal to the real thing, after seeing what it would send; and back."""

from __future__ import annotations

from bot.access import Rule
from bot.commands import Command, Context
from bot.commands.going_live import go_live, rehearse
from bot.dialogs import Asked
from bot.messages import Reply
from bot.verbs import Verb
from bot.wording import N_

_BACK = ("rehearse", "back to rehearsal", "stop sending")

verb = Verb(
    name="live",
    summary=N_("Go live: from then on everybody hears what is theirs"),
    usage="[back to rehearsal]",
    examples=("live", "rehearse"),
    twins=("go live", "start sending", *_BACK, "rehearsal"),
    changes=True,
)


def handle(ctx: Context, asked: Asked) -> Reply:
    words = " ".join(asked.text.casefold().split())
    if asked.choice == "rehearse" or asked.said in _BACK or words in ("off", "back", *_BACK):
        return rehearse(ctx)
    return go_live(ctx, sure=asked.choice == "sure")


command = Command(verb=verb, rule=Rule.VIEW, handle=handle)
