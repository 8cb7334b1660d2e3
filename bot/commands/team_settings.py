"""What the whole team is set to: language, rehearsal, copies of evidence, who may mark things done."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.access import Matter, Rule, may
from bot.cards import RichText
from bot.commands.context import Context, Refused
from bot.commands.going_live import go_live, rehearse
from bot.commands.ledger import keep
from bot.commands.who import name_of
from bot.dialogs import Asked, Choice, Question
from bot.domain.people import Completing, Role, Workspace
from bot.language.set_values import read_switch
from bot.messages import Reply
from bot.views.milestone import NAME_ROOM, shortened
from bot.views.settings import admins_only_card, team_changed_card
from bot.wording import N_, languages

TEAM_BRANCHES: Mapping[str, tuple[str, ...]] = {
    "language": ("team language",),
    "rehearsal": ("rehearse",),
    "evidence": ("copies of evidence", "keep copies of evidence", "keep evidence", "copies", "keep copies"),
    "completing": ("who may complete", "who may mark done", "completion", "may mark done", "done by"),
}
_WHO = {
    "owner": Completing.OWNER,
    "owners": Completing.OWNER,
    "owner and lead": Completing.OWNER,
    "lead": Completing.LEAD,
    "leads": Completing.LEAD,
    "only the lead": Completing.LEAD,
    "anyone": Completing.ANYONE,
    "everyone": Completing.ANYONE,
    "every member": Completing.ANYONE,
    "members": Completing.ANYONE,
}
_ASKING = {
    "language": N_("In which language should I speak to newcomers?"),
    "evidence": N_("Should I keep copies of files that prove a milestone?"),
    "completing": N_("Who may mark a milestone done?"),
}


def set_team(ctx: Context, asked: Asked, part: str, words: str) -> Reply:
    """One of the team's settings to what ``words`` say; an admin's to change."""
    if part == "rehearsal":
        return _rehearsal(ctx, words)
    require_team(ctx)
    changed = _READ[part](ctx.workspace, words)
    if changed is None:
        return _ask(ctx, asked, part, words)
    entry = keep(ctx, ctx.workspace, changed)
    return ctx.private(team_changed_card(changed, entry.id, ctx.reader, ctx.offers))


def require_team(ctx: Context) -> None:
    """Raises `Refused`, naming an admin, unless the sender may set what concerns the whole team."""
    if not may(ctx.person, Rule.CONFIGURE, Matter()):
        people = ctx.uow.people.all(ctx.workspace.id)
        admins = [name_of(ctx, p.id) for p in people if p.active and p.role is Role.ADMIN]
        raise Refused(admins_only_card(list(dict.fromkeys(admins)), ctx.reader, ctx.offers))


def _rehearsal(ctx: Context, words: str) -> Reply:
    wanted = read_switch(words)
    return rehearse(ctx) if wanted else go_live(ctx, sure=False)


def _language(workspace: Workspace, words: str) -> Workspace | None:
    wanted = words.strip().casefold()
    found = next((tag for tag, name in languages() if wanted in (tag, name.casefold())), "")
    return replace(workspace, language=found) if found else None


def _evidence(workspace: Workspace, words: str) -> Workspace | None:
    wanted = read_switch(words)
    return None if wanted is None else replace(workspace, keep_evidence=wanted)


def _completing(workspace: Workspace, words: str) -> Workspace | None:
    wanted = _WHO.get(" ".join(words.casefold().split()).removeprefix("the "))
    return replace(workspace, completing=wanted) if wanted else None


_READ: Mapping[str, Callable[[Workspace, str], Workspace | None]] = {
    "language": _language,
    "evidence": _evidence,
    "completing": _completing,
}


def _ask(ctx: Context, asked: Asked, part: str, words: str) -> Reply:
    reader = ctx.reader
    prompt = RichText(reader.say(_ASKING[part]))
    if words.strip():
        prompt = reader.rich("I can't read “{words}”. Choose one.", words=shortened(words, NAME_ROOM))
    choices = [Choice(label, {"item": part, "value": value}) for label, value in _choices(ctx, part)]
    question = Question(prompt=prompt, field="reason", choices=choices)
    return ctx.ask(question, asked.having(item=part, value="", reason="", text=""))


def _choices(ctx: Context, part: str) -> tuple[tuple[str, str], ...]:
    say = ctx.reader.say
    if part == "language":
        return tuple((name, tag) for tag, name in languages())[:3]
    if part == "evidence":
        return ((say("Keep copies"), "yes"), (say("No copies"), "no"))
    return (
        (say("Owner and lead"), "owner"),
        (say("Only the lead"), "lead"),
        (say("Every member"), "anyone"),
    )
