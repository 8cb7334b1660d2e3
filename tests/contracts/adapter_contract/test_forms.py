"""A form opens, stays open with the reason of what is wrong, comes back whole, and can be left."""

from __future__ import annotations

from dataclasses import replace

from bot.messages import FormSubmission, Incoming, Reply
from tests.contracts.adapter_contract.cards import FORM, OTHER
from tests.contracts.adapter_contract.core import Answer
from tests.contracts.adapter_contract.harness import Harness

LABELS = tuple(field.label for field in FORM.fields)
FILLED = {"title": "Prototype tested <b>", "owner": "p2"}


def asking(then: Reply) -> Answer:
    def answer(incoming: Incoming) -> Reply:
        return then if isinstance(incoming, FormSubmission) else Reply(FORM)

    return answer


async def opened(on: Harness, then: Reply) -> bool:
    """False where a platform has no forms: `test_capabilities` holds it to that."""
    if not on.adapter.capabilities.forms:
        return False
    on.core.answers(asking(then))
    await on.commands(on.ana, "new")
    return True


async def test_a_form_opens_for_the_one_who_asked(on: Harness) -> None:
    if not await opened(on, Reply()):
        return
    form = on.form(on.ana)
    assert form
    assert (form.title, form.labels, dict(form.errors)) == (FORM.title, LABELS, {})
    assert on.form(on.boris) is None
    assert await on.sees(on.ana, on.group) == []


async def test_its_answers_come_back_by_name_with_dates_as_dates(on: Harness) -> None:
    if not await opened(on, Reply(OTHER)):
        return
    await on.submits(on.ana, **FILLED)
    came = on.core.last(FormSubmission)
    whole = {"due": "2026-03-13", "note": "", "cause": "scope", "days": "", **FILLED}
    assert (came.token, dict(came.values)) == (FORM.token, whole)
    assert (came.sender.ref, came.place.ref) == (on.ana, on.group)
    assert on.form(on.ana) is None
    assert [shown.text for shown in await on.sees(on.ana, on.group)] == [OTHER.title.text]


async def test_a_wrong_answer_keeps_it_open_with_the_reason(on: Harness) -> None:
    if not await opened(on, Reply(errors={"due": "This day is over."})):
        return
    await on.submits(on.ana, **FILLED)
    form = on.form(on.ana)
    assert form
    assert dict(form.errors) == {"due": "This day is over."}
    assert await on.sees(on.ana, on.group) == []


async def test_a_form_may_be_followed_by_another(on: Harness) -> None:
    following = replace(FORM, title="Why late?", token="token-next", fields=FORM.fields[:1])
    if not await opened(on, Reply(following)):
        return
    await on.submits(on.ana, **FILLED)
    form = on.form(on.ana)
    assert form
    assert (form.title, form.labels) == ("Why late?", LABELS[:1])
    await on.submits(on.ana, title="It rained")
    assert on.core.last(FormSubmission).token == "token-next"


async def test_leaving_it_does_nothing(on: Harness) -> None:
    if not await opened(on, Reply(OTHER)):
        return
    await on.cancels(on.ana)
    assert on.form(on.ana) is None
    assert not [came for came in on.core.new if isinstance(came, FormSubmission)]
    assert await on.sees(on.ana, on.group) == []
