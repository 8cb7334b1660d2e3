"""proposals: what waits for the sender's answer, what of theirs waits for others, and the answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from bot.access import Rule, may
from bot.cards import RichText
from bot.commands import Command, Context
from bot.commands.change import what_happened_since
from bot.commands.outcomes import settle, taken_back
from bot.commands.perform import perform, require
from bot.commands.proposing import shown
from bot.commands.registry import known
from bot.commands.when import ask_when, settle_due
from bot.commands.which import not_here, project_of
from bot.commands.who import settle_owner
from bot.dialogs import Asked, Question
from bot.domain.milestone import NOTE_LIMIT
from bot.domain.proposal import Proposal, Stand
from bot.errors import NotUnderstood
from bot.forms import Field, FieldKind, Form
from bot.messages import Reply
from bot.reminders.about_proposals import asks_of
from bot.reminders.proposing import ASKED_WHY, tell_decider, tell_proposer
from bot.sight import sees
from bot.verbs import Verb
from bot.views import proposals as views
from bot.views.asking import wish
from bot.views.proposal_list import proposals_card
from bot.wording import N_

verb = Verb(
    name="proposals",
    summary=N_("See and answer what was proposed"),
    usage="",
    examples=("proposals",),
    twins=("my proposals", "suggestions"),
    changes=True,
    personal=True,
)

_ANSWERS_WITH = frozenset({views.ACCEPT, views.OTHER, views.WHY, views.DECLINE})


def handle(ctx: Context, asked: Asked) -> Reply:
    if not asked.proposal_id:
        return _list(ctx)
    proposal = ctx.uow.proposals.get(ctx.workspace.id, asked.proposal_id)
    milestone = ctx.uow.milestones.get(ctx.workspace.id, proposal.milestone_id) if proposal else None
    if proposal is None or milestone is None or milestone.withdrawn:
        raise not_here(ctx, Asked())
    ctx = ctx.about(milestone, project_of(ctx, milestone))
    _require_a_part(ctx, proposal)
    if not proposal.is_open:
        return _answered(ctx, proposal)
    if asked.step in _ANSWERS_WITH:
        return _decide(ctx, asked, proposal)
    return _STEPS.get(asked.step, _open)(ctx, asked, proposal)


def _list(ctx: Context) -> Reply:
    waiting = ctx.uow.proposals.waiting_for(ctx.workspace.id, ctx.person.id)
    mine = ctx.uow.proposals.open_of(ctx.workspace.id, ctx.person.id)
    seen = [asks for p in _once(waiting) if (asks := asks_of(ctx.uow, p, ctx.person))]
    own = [
        asks for p in mine if (asks := asks_of(ctx.uow, p, ctx.person)) and sees(ctx.person, asks.milestone)
    ]
    return ctx.private(proposals_card(seen, own, ctx.reader, ctx.offers))


def _once(waiting: tuple[Proposal, ...]) -> list[Proposal]:
    """Several who wish the same are one question."""
    found = list[Proposal]()
    for proposal in waiting:
        if not any(proposal.wishes_the_same(other) for other in found):
            found.append(proposal)
    return found


def _require_a_part(ctx: Context, proposal: Proposal) -> None:
    """Its proposer, and whoever may do what is proposed; to everybody else there is none."""
    if not may(ctx.person, Rule.VIEW, ctx.matter):
        raise not_here(ctx, Asked())
    if proposal.by_id == ctx.person.id or _decides(ctx, proposal):
        return
    if not may(ctx.person, Rule.NAMES, ctx.matter):
        raise not_here(ctx, Asked())
    require(ctx, Rule(proposal.rule))


def _decides(ctx: Context, proposal: Proposal) -> bool:
    return may(ctx.person, Rule(proposal.rule), ctx.matter)


def _answered(ctx: Context, proposal: Proposal) -> Reply:
    """Pressed too late, or twice: what became of it, and nothing else."""
    by = ctx.names((proposal.decided_by,)).get(proposal.decided_by) or ctx.reader.say("someone who left")
    return ctx.private(views.outcome_card(shown(ctx, proposal), by, ctx.reader, ctx.offers))


def _open(ctx: Context, asked: Asked, proposal: Proposal) -> Reply:
    if _decides(ctx, proposal):
        return ctx.private(
            views.proposed_card(shown(ctx, proposal), ctx.reader, ctx.offers, _since(ctx, proposal))
        )
    to = ctx.names((proposal.to_id,)).get(proposal.to_id) or ctx.reader.say("someone who left")
    return ctx.private(views.known_card(shown(ctx, proposal), to, ctx.reader, ctx.offers))


def _since(ctx: Context, proposal: Proposal) -> RichText:
    return what_happened_since(ctx) if ctx.milestone.version != proposal.seen else RichText()


def _decide(ctx: Context, asked: Asked, proposal: Proposal) -> Reply:
    require(ctx, Rule(proposal.rule))
    if asked.version and asked.version != ctx.milestone.version:
        card = views.proposed_card(shown(ctx, proposal), ctx.reader, ctx.offers, what_happened_since(ctx))
        return ctx.private(card)
    return _DECISIONS[asked.step](ctx, asked, proposal)


def _accept(ctx: Context, asked: Asked, proposal: Proposal) -> Reply:
    return _do(ctx, proposal, Asked.from_json(proposal.asked))


def _do(ctx: Context, proposal: Proposal, wish: Asked) -> Reply:
    """The real command, by whoever decides; what it changes settles the proposal."""
    command = known(ctx, proposal.verb)
    if command is None:
        raise NotUnderstood(proposal.verb)
    wish = wish.having(milestone_id=ctx.milestone.id, reason=wish.reason or proposal.reason)
    return perform(replace(ctx, verb=proposal.verb, answering=proposal.id), command, wish)


def _other(ctx: Context, asked: Asked, proposal: Proposal) -> Reply:
    if proposal.asked.get("due"):
        return _other_date(ctx, asked, proposal)
    if not proposal.asked.get("owner_id"):
        return _open(ctx, asked, proposal)
    prompt = ctx.reader.rich("Who else should own {key}?", key=ctx.milestone.key)
    owner = settle_owner(ctx, asked, prompt)
    if isinstance(owner, Reply):
        return owner
    return _do(ctx, proposal, Asked.from_json(proposal.asked).having(owner_id=owner.id))


def _other_date(ctx: Context, asked: Asked, proposal: Proposal) -> Reply:
    calendar = ctx.project.calendar if ctx.project else ctx.person.calendar
    if not asked.when and not asked.due:
        wished = ctx.reader.day(date.fromisoformat(str(proposal.asked["due"])))
        prompt = ctx.reader.rich("Which date instead of {day} for {key}?", day=wished, key=ctx.milestone.key)
        return ask_when(ctx, asked, prompt, calendar)
    due = settle_due(ctx, asked, ctx.milestone.title, calendar)
    if isinstance(due, Reply):
        return due
    return _do(ctx, proposal, Asked.from_json(proposal.asked).having(due=due.isoformat()))


def _ask_why(ctx: Context, asked: Asked, proposal: Proposal) -> Reply:
    asking = proposal.next(asked_why=ctx.now, to_id=ctx.person.id)
    ctx.uow.proposals.save(asking)
    tell_proposer(ctx.uow, asking, ctx.milestone, ctx.now, ASKED_WHY)
    return ctx.private(views.asked_why_card(shown(ctx, asking), ctx.reader, ctx.offers))


def _decline(ctx: Context, asked: Asked, proposal: Proposal) -> Reply:
    same = ctx.uow.proposals.open_about(ctx.workspace.id, ctx.milestone.id)
    for other in same:
        if other.id != proposal.id and other.wishes_the_same(proposal):
            settle(ctx, other, Stand.DECLINED, ctx.milestone)
    return _answered(ctx, settle(ctx, proposal, Stand.DECLINED, ctx.milestone))


def _answer(ctx: Context, asked: Asked, proposal: Proposal) -> Reply:
    """The proposer says why; it comes to whoever decides, once more with the buttons."""
    if proposal.by_id != ctx.person.id:
        return _open(ctx, asked, proposal)
    words = " ".join(asked.reason.split())[:NOTE_LIMIT]
    if not words:
        return _ask_for_words(ctx, asked, proposal)
    said = proposal.next(answer=words) if proposal.asked_why else proposal.next(reason=words)
    ctx.uow.proposals.save(said)
    tell_decider(ctx.uow, said, ctx.milestone, ctx.now)
    to = ctx.names((said.to_id,)).get(said.to_id) or ctx.reader.say("someone who left")
    return ctx.private(views.passed_word_card(to, ctx.reader, ctx.offers))


def _ask_for_words(ctx: Context, asked: Asked, proposal: Proposal) -> Reply:
    reader, asks = ctx.reader, shown(ctx, proposal)
    prompt = reader.rich("Why {wish} for {key}?", wish=wish(asks, reader), key=ctx.milestone.key)
    token = ctx.offers.token(verb.name, None, **asked.having(reason="").to_words())
    form = Form(
        title=reader.say("Why"),
        token=token,
        fields=(Field("reason", reader.say("Why"), FieldKind.LONG_TEXT, max_length=1000),),
        submit=reader.say("Send"),
        cancel=reader.say("Cancel"),
        intro=prompt.text,
    )
    note = RichText(reader.say("One sentence is enough."))
    return ctx.ask(Question(prompt=prompt, field="reason", note=note), asked, form)


def _withdraw(ctx: Context, asked: Asked, proposal: Proposal) -> Reply:
    if proposal.by_id != ctx.person.id:
        return _open(ctx, asked, proposal)
    return _answered(ctx, taken_back(ctx, proposal, Stand.WITHDRAWN))


_Step = Callable[[Context, Asked, Proposal], Reply]
_DECISIONS: Mapping[str, _Step] = {
    views.ACCEPT: _accept,
    views.OTHER: _other,
    views.WHY: _ask_why,
    views.DECLINE: _decline,
}
_STEPS: Mapping[str, _Step] = {views.ANSWER: _answer, views.WITHDRAW: _withdraw}

command = Command(verb=verb, rule=Rule.VIEW, handle=handle)
