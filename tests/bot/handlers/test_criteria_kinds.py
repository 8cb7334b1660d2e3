"""Figures, documents and somebody's yes: each ticked in its own way, also on the way to done."""

from __future__ import annotations

from bot.domain.milestone import CriterionKind, State
from bot.ports import StoredAction
from tests.scenarios.conversation import Stage


async def test_a_figure_is_reached_when_it_is(stage: Stage) -> None:
    ana = stage.person("ana")
    await ana.says("criteria add APX-1 test coverage ≥ 80 %")
    answer = await ana.says("criteria APX-1 coverage is 76")
    assert "Noted: test coverage 76 of 80 %." in answer.text
    assert "to prove: report filed, test coverage 76 of 80 %" in stage.shows("APX-1").text
    await ana.presses("Figure: test coverage")
    assert ana.answer.first_line == "“test coverage”: where does it stand?"
    answer = await ana.says("83,5 %")
    assert "Reached: test coverage 83.5 of 80 %." in answer.text
    answer = await ana.says("criteria APX-1 coverage is 70")
    assert not (await stage.milestone()).criteria[1].is_done


async def test_what_is_no_figure_is_refused_and_nothing_changes(stage: Stage) -> None:
    ana = stage.person("ana")
    await ana.says("criteria add APX-1 test coverage ≥ 80 %")
    await ana.says("tick APX-1 coverage")
    answer = await ana.says("nearly there")
    assert answer.first_line == "“nearly there” is no figure I can read."
    assert (await stage.milestone()).criteria[1].value == ""


async def test_a_document_is_asked_for_or_where_it_is(stage: Stage) -> None:
    ana = stage.person("ana")
    await ana.says("criteria add APX-1 document: inspection report")
    await ana.says("tick APX-1 inspection")
    assert ana.answer.first_line == "“inspection report” is a document. Where is it?"
    await ana.presses("It is filed elsewhere")
    assert ana.answer.first_line == "Where is “inspection report” filed?"
    answer = await ana.says("link: https://files.example/7")
    assert "Ticked: inspection report, filed: link: https://files.example/7." in answer.text
    criterion = (await stage.milestone()).criteria[1]
    assert (criterion.kind, criterion.is_done) == (CriterionKind.DOCUMENT, True)
    await ana.says("criteria untick APX-1 inspection")
    assert (await stage.milestone()).criteria[1].value == ""


async def test_a_file_that_was_kept_ticks_it(stage: Stage) -> None:
    ana = stage.person("ana")
    await ana.commands("criteria add APX-1 document: inspection report")
    criterion = (await stage.milestone()).criteria[1]
    action = StoredAction(
        workspace_id="acme",
        verb="criteria",
        asked={
            "milestone_id": "m1",
            "choice": "file",
            "item": criterion.id,
            "title": criterion.text,
            "value": "f1",
        },
        conversation="",
    )
    token = await stage.do(lambda uow: uow.actions.offer(action, stage.clock.now()))
    answer = await ana.presses_token(token)
    assert "Ticked with the file: inspection report." in answer.text
    assert (await stage.milestone()).criteria[1].evidence == "f1"


async def test_only_the_one_who_was_named_can_say_yes(stage: Stage) -> None:
    ana, chen, dora = stage.person("ana"), stage.person("chen"), stage.person("dora")
    answer = await ana.commands("criteria add APX-1 design approved by @chen")
    assert "Chen Wei is asked." in answer.text
    told = stage.is_told("chen", "Your yes is asked for: design approved.")
    assert [b.label for b in told.card.buttons] == ["Approve", "Not yet", "Show it"]
    for voice in (ana, dora):
        answer = await voice.commands("tick APX-1 design")
        assert answer.first_line == "Only Chen Wei can say yes to “design approved”."
    assert (await stage.milestone()).criteria[1].approver_id == "chen"
    answer = await chen.presses("Approve", told)
    assert "You approved: design approved." in answer.text
    assert (await stage.milestone()).criteria[1].done_by == "chen"
    assert "1 more thing is to prove." in stage.is_told("ana", "Chen Wei approved: design approved.").text


async def test_not_yet_is_told_to_the_owner_and_changes_nothing(stage: Stage) -> None:
    ana, chen = stage.person("ana"), stage.person("chen")
    await ana.commands("criteria add APX-1 design approved by @chen")
    before = await stage.milestone()
    answer = await chen.presses("Not yet", stage.is_told("chen", "Your yes is asked for"))
    assert "All right, Ana Costa hears that it has to wait." in answer.text
    stage.is_told("ana", "Chen Wei says not yet: design approved.")
    assert await stage.milestone() == before


async def test_a_yes_is_asked_for_once_a_day(stage: Stage) -> None:
    ana = stage.person("ana")
    await ana.commands("criteria add APX-1 design approved by @chen")
    answer = await ana.presses("Ask Chen Wei")
    assert "Chen Wei was asked today already." in answer.text


async def test_a_yes_that_is_no_longer_asked_for_is_not_sent(stage: Stage) -> None:
    ana, chen = stage.person("ana"), stage.person("chen")
    await ana.commands("criteria add APX-1 design approved by @chen")
    told = stage.is_told("chen", "Your yes is asked for")
    await ana.commands("criteria remove APX-1 design")
    answer = await chen.presses("Approve", told)
    assert "That one was removed since. Nothing was changed." in answer.text


async def test_a_yes_of_nobody_here_is_a_plain_fact(stage: Stage) -> None:
    await stage.person("ana").commands("criteria add APX-1 signed by the client")
    criterion = (await stage.milestone()).criteria[1]
    assert (criterion.text, criterion.kind) == ("signed by the client", CriterionKind.BOOLEAN)


async def test_a_mention_of_nobody_is_asked_about(stage: Stage) -> None:
    ana = stage.person("ana")
    answer = await ana.says("criteria add APX-1 design approved by @zoltan")
    assert "I don't know anyone called “zoltan” here." in answer.first_line
    await ana.says("Boris")
    assert (await stage.milestone()).criteria[1].approver_id == "boris"


async def test_done_asks_for_each_kind_what_it_takes(stage: Stage) -> None:
    ana, chen = stage.person("ana"), stage.person("chen")
    await ana.commands(
        "criteria add APX-1 coverage at least 80 %, document: inspection report, design approved by @chen"
    )
    told = stage.is_told("chen", "Your yes is asked for")
    answer = await ana.says("done APX-1")
    assert answer.labels == ("report filed", "Leave it")
    await ana.presses("report filed")
    assert ana.answer.first_line == "“coverage”: where does it stand?"
    await ana.says("83")
    assert ana.answer.first_line == "“inspection report” is a document. Where is it?"
    await ana.presses("It is filed elsewhere")
    await ana.says("site office, binder 3")
    assert ana.answer.first_line == "“design approved” needs a yes."
    assert ana.answer.labels == ("Send to Chen Wei", "Leave it")
    answer = await ana.presses("Send to Chen Wei")
    assert "Chen Wei was asked today already." in answer.text
    milestone = await stage.milestone()
    assert milestone.is_open
    assert [c.is_done for c in milestone.criteria] == [False, True, True, False]
    await chen.presses("Approve", told)
    await ana.says("done APX-1")
    await ana.presses("report filed")
    assert (await stage.milestone()).state is State.ACHIEVED


async def test_yes_to_everything_is_no_figure_and_nobody_elses_yes(stage: Stage) -> None:
    ana = stage.person("ana")
    await ana.commands("criteria add APX-1 coverage at least 80 %, design approved by @chen")
    await ana.says("done APX-1")
    await ana.says("yes")
    assert ana.answer.first_line == "“coverage”: where does it stand?"
    answer = await ana.says("70")
    assert "Noted: coverage 70 of 80 %." in answer.text
    assert (await stage.milestone()).is_open


async def test_the_approver_who_marks_it_done_says_yes_on_the_way(stage: Stage) -> None:
    chen = stage.person("chen")
    await chen.commands("criteria add APX-1 design approved by me")
    await chen.says("done APX-1")
    await chen.presses("report filed")
    assert chen.answer.labels == ("Approve", "Leave it")
    await chen.presses("Approve")
    achieved = await stage.milestone()
    assert achieved.state is State.ACHIEVED
    assert [c.done_by for c in achieved.criteria] == ["chen", "chen"]


async def test_what_was_confirmed_before_a_figure_and_a_file_is_not_asked_again(stage: Stage) -> None:
    ana = stage.person("ana")
    await ana.says("criteria add APX-1 coverage at least 80 %, document: permit")
    await ana.says("done APX-1")
    await ana.presses("report filed")
    await ana.says("83")
    await ana.presses("It is filed elsewhere")
    await ana.says("binder 3")
    assert (await stage.milestone()).state is State.ACHIEVED


async def test_asking_for_a_yes_confirms_nothing_that_sounds_like_it(stage: Stage) -> None:
    """The button's own words must not be read as "client signed" or "documents filed"."""
    ana, chen = stage.person("ana"), stage.person("chen")
    await ana.says("criteria remove APX-1 report filed")
    await ana.says("criteria add APX-1 design approved by @chen")
    await ana.says("done APX-1")
    old = ana.answer
    await ana.says("criteria add APX-1 client signed, questions asked")
    await ana.presses("Send to Chen Wei", old)
    await chen.presses("Approve", stage.is_told("chen", "Your yes is asked for"))
    answer = await ana.says("done APX-1")
    assert "needs 2 more things" in answer.first_line
    assert (await stage.milestone()).is_open
