"""new: a milestone with a title, one owner and a date."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.access import Rule
from bot.cards import RichText
from bot.commands import Command, Context, told
from bot.commands.adding import criteria_of
from bot.commands.change import post_card, record_new, tell_owner
from bot.commands.owner_to_come import finder, tell_finder, with_role
from bot.commands.phases import without_phase
from bot.commands.project import settle_project
from bot.commands.repeating import first_of, rule_of, start_series, with_repeat
from bot.commands.when import settle_due, understood_due
from bot.commands.who import owners, settle_owner, understood_owner
from bot.dialogs import Asked, Question
from bot.domain.history import History
from bot.domain.milestone import TITLE_LIMIT, Milestone, State
from bot.domain.people import Person, Project
from bot.forms import Field, FieldKind, Form
from bot.messages import Reply
from bot.verbs import Verb
from bot.views.milestone import NAME_ROOM, shortened
from bot.views.series import comes_again
from bot.views.to_come import to_come_words
from bot.wording import N_

verb = Verb(
    name="new",
    summary=N_("Add a milestone"),
    usage="TITLE by DATE @owner needs STANDARD, STANDARD",
    examples=(
        "new Prototype tested by Friday @ana",
        'new "Roof closed" by 5 June me needs inspection report, photos',
        "new Permit issued by end of month",
        "new Monthly report filed every last Friday @ana",
        "new Wiring checked by 5 June, electrician tbd",
    ),
    twins=("add", "create", "add milestone", "new milestone", "create milestone"),
    changes=True,
    menu=True,
)

AS_FORM = "form"
"""Chosen on somebody's message: the whole form, with the message as the name."""


def handle(ctx: Context, asked: Asked) -> Reply:
    asked = asked.having(title=" ".join(asked.title.split()))
    if asked.choice == AS_FORM and ctx.can_open_form:
        return Reply(_form(ctx, asked.having(choice="")))
    if not asked.title or len(asked.title) > TITLE_LIMIT:
        return _ask_title(ctx, asked)
    project = settle_project(ctx, asked)
    if isinstance(project, Reply):
        return project
    title, phase = without_phase(ctx, project, asked.title)
    asked = asked.having(project_id=project.id, title=title, item=phase.id if phase else asked.item)
    name = shortened(asked.title, NAME_ROOM)
    prompt = ctx.reader.rich("Who owns “{title}”?", title=name)
    owner = finder(ctx, project) if asked.role else settle_owner(ctx, asked, prompt)
    if isinstance(owner, Reply):
        return owner
    asked = asked.having(owner_id=owner.id, owner="")
    days = _days(ctx, asked, project)
    return days if isinstance(days, Reply) else _create(ctx, asked, project, owner, days)


def _days(ctx: Context, asked: Asked, project: Project) -> tuple[date, date] | Reply:
    """(the day by its rule, the day it is due): the same, unless it comes again and falls on a day off."""
    if asked.again and not asked.when and (first := first_of(ctx, asked, project.calendar)):
        return first
    due = settle_due(ctx, asked, asked.title, project.calendar)
    if isinstance(due, Reply):
        return due
    if not asked.again:
        return due, due
    return first_of(ctx, asked.having(due=due.isoformat()), project.calendar) or (due, due)


def _create(ctx: Context, asked: Asked, project: Project, owner: Person, days: tuple[date, date]) -> Reply:
    day, due = days
    milestone = Milestone(
        id=ctx.uow.new_id(),
        workspace_id=ctx.workspace.id,
        project_id=project.id,
        project_key=project.key,
        number=ctx.uow.projects.next_number(ctx.workspace.id, project.id),
        title=asked.title,
        phase_id=asked.item,
        owner_id=owner.id,
        due=due,
        baseline_due=due,
        zone=project.zone,
        created_by=ctx.person.id,
        created_at=ctx.now,
        origin=asked.origin,
        state=State.DRAFT if asked.role else State.PLANNED,
        owner_role=asked.role,
        series_id=ctx.uow.new_id() if asked.again else "",
        criteria=criteria_of(ctx, asked.needs),
    )
    ctx = replace(ctx.about(milestone, project), on_anchor=False)
    entry = record_new(ctx, milestone, ctx.uow.new_id() if asked.again else "")
    posted = post_card(ctx, entry, project)
    said = _said(ctx, asked, day, entry)
    if asked.role:
        tell_finder(ctx, milestone)
    else:
        tell_owner(ctx, milestone)
    if posted and posted.root == ctx.place.ref.root and not (ctx.pressed or asked.again or asked.role):
        return Reply(None, toast=ctx.reader.say("Added"))
    return told(ctx, milestone, entry, said)


def _said(ctx: Context, asked: Asked, day: date, entry: History) -> RichText:
    """What was added; if it comes again, its series is started beside it and undone with it."""
    if asked.again:
        rule = rule_of(asked)
        start_series(ctx, ctx.milestone, rule, day, entry.batch_id)
        return comes_again(rule, ctx.reader)
    if asked.role:
        return to_come_words(asked.role, ctx.reader)
    return RichText(ctx.reader.say("Added."))


def _ask_title(ctx: Context, asked: Asked) -> Reply:
    reader = ctx.reader
    if len(asked.title) > TITLE_LIMIT:
        prompt = RichText(reader.say("That name is too long. Say it in at most 200 characters."))
        note = RichText(shortened(asked.title, TITLE_LIMIT))
    else:
        prompt = RichText(reader.say("What will be true that day? That is the milestone's name."))
        note = RichText(reader.say("For example: Foundation inspected and signed off."))
    question = Question(prompt=prompt, field="title", note=note)
    return ctx.ask(question, asked.having(title=""), _form(ctx, asked))


def _form(ctx: Context, asked: Asked) -> Form:
    reader, calendar = ctx.reader, ctx.project.calendar if ctx.project else ctx.person.calendar
    owner, due = understood_owner(ctx, asked), understood_due(ctx, asked, calendar)
    return Form(
        title=reader.say("New milestone"),
        token=ctx.form_token(asked.having(title="")),
        fields=(
            Field(
                "title",
                reader.say("Name: what will be true?"),
                value=asked.title[:TITLE_LIMIT],
                hint=reader.say("For example: Foundation inspected and signed off"),
                max_length=TITLE_LIMIT,
            ),
            Field("owner_id", reader.say("Owner"), FieldKind.PERSON, value=owner, options=owners(ctx)),
            Field("due", reader.say("Due"), FieldKind.DATE, value=due),
            Field(
                "needs",
                reader.say("What proves it? One per line"),
                FieldKind.LONG_TEXT,
                required=False,
                value="\n".join(asked.needs),
                max_length=1000,
            ),
        ),
        submit=reader.say("Add"),
        cancel=reader.say("Cancel"),
    )


def take_apart(ctx: Context, asked: Asked) -> Asked:
    """How often it comes again, and who is still to be found, before the rest is read."""
    return asked if asked.again or asked.role else with_repeat(ctx, with_role(ctx, asked))


command = Command(verb=verb, rule=Rule.CREATE, handle=handle, take_apart=take_apart)
