"""end-series: what comes again comes no more; the one that is there stays."""

from __future__ import annotations

from bot.access import Rule
from bot.commands import Command, Context, Refused
from bot.commands.perform import require
from bot.commands.repeating import end_series
from bot.commands.which import settle_milestone
from bot.dialogs import Asked
from bot.domain.series import Series
from bot.messages import Reply
from bot.verbs import Verb
from bot.views import series as views
from bot.wording import N_

verb = Verb(
    name="end-series",
    summary=N_("Stop something that comes again"),
    usage="[MILESTONE]",
    examples=("end-series APX-1",),
    twins=(
        "stop the series",
        "end the series",
        "stop series",
        "end series",
        "cancel the series",
        "stop repeating",
    ),
    changes=True,
)


def handle(ctx: Context, asked: Asked) -> Reply:
    found = _series(ctx, asked)
    if isinstance(found, Reply):
        return found
    project = ctx.uow.projects.get(ctx.workspace.id, found.project_id)
    newest = ctx.uow.milestones.get(ctx.workspace.id, found.milestone_id)
    if newest is None:
        raise Refused(views.no_series_card(ctx.reader, ctx.offers))
    require(ctx.about(newest, project), Rule.EDIT)
    if found.is_over:
        return ctx.private(views.over_card(found, ctx.reader, ctx.offers))
    entry = end_series(ctx, found)
    return ctx.private(views.ended_card(found, entry.id, ctx.reader, ctx.offers))


def _series(ctx: Context, asked: Asked) -> Series | Reply:
    """By its button, by one of its milestones, or the only one here."""
    if asked.item:
        return _known(ctx, asked.item)
    if asked.milestone_id or asked.pointer or ctx.replied_to:
        found = settle_milestone(ctx, asked)
        return found if isinstance(found, Reply) else _known(ctx, found.series_id)
    here = ctx.uow.series.of(ctx.workspace.id, ctx.project.id if ctx.project else "")
    if len(here) == 1:
        return here[0]
    if not here:
        raise Refused(views.no_series_card(ctx.reader, ctx.offers))
    return ctx.private(views.which_series_card(here, ctx.reader, ctx.offers))


def _known(ctx: Context, series_id: str) -> Series:
    found = ctx.uow.series.get(ctx.workspace.id, series_id) if series_id else None
    if found is None:
        raise Refused(views.no_series_card(ctx.reader, ctx.offers))
    return found


command = Command(verb=verb, rule=Rule.CREATE, handle=handle)
