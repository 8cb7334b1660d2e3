"""export: how everything is taken along; the file itself is made where Milepost runs."""

from __future__ import annotations

from bot.access import Rule
from bot.commands import Command, Context
from bot.dialogs import Asked
from bot.messages import Reply
from bot.verbs import Verb
from bot.views.exporting import export_card
from bot.wording import N_

verb = Verb(
    name="export",
    summary=N_("Learn how to take everything along"),
    usage="",
    examples=("export all",),
    twins=("export all", "uninstall", "backup", "back up", "take the data along", "take our data along"),
)


def handle(ctx: Context, asked: Asked) -> Reply:
    return ctx.private(export_card(ctx.reader, ctx.offers))


command = Command(verb=verb, rule=Rule.CONFIGURE, handle=handle)
