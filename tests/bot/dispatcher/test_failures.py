"""What breaks is named by a reference, saves nothing and repeats to no log what was said."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

import pytest

from bot.app.logs import configure
from bot.commands import Context
from bot.dialogs import Asked
from bot.errors import StoreUnavailable, VersionConflict
from bot.messages import Reply
from tests.scenarios.conversation import Stage

SECRET = "the merger with Globex"


def breaks_with(monkeypatch: pytest.MonkeyPatch, handle: Callable[[Context, Asked], Reply]) -> None:
    """`block` fails like this from here on."""
    monkeypatch.setattr("bot.commands.perform.require", lambda ctx, *asked: handle(ctx, Asked()))


def after_saving(error: Exception) -> Callable[[Context, Asked], Reply]:
    def handle(ctx: Context, asked: Asked) -> Reply:
        ctx.uow.milestones.save(ctx.milestone.next(title=f"changed: {SECRET}"))
        raise error

    return handle


@pytest.mark.parametrize("error", [ValueError(SECRET), KeyError(SECRET), RuntimeError(SECRET)])
async def test_a_surprise_saves_nothing_and_tells_the_reference(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, error: Exception
) -> None:
    breaks_with(monkeypatch, after_saving(error))
    with caplog.at_level(logging.DEBUG):
        answer = await stage.person("ana").commands(f"block APX-1 waiting on {SECRET}")
    assert answer.text.splitlines() == [
        "Something went wrong on my side; nothing was changed.",
        "Try again. If it stays, give your admin ref-1.",
    ]
    assert (await stage.milestone()).version == 1
    record = next(r for r in caplog.records if r.message == "turn failed")
    assert record.__dict__["reference"] == "ref-1"
    assert type(error).__name__ in record.__dict__["where"]
    assert "test_failures.py" in record.__dict__["where"]


async def test_no_log_repeats_what_was_said(
    stage: Stage,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    """At the most talkative level, as it would be printed: of what breaks, and of what goes well."""
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    try:
        configure("DEBUG", "json")
        ana = stage.person("ana", name=SECRET)
        await ana.commands(f"new {SECRET} by 6 March me needs {SECRET}")
        await ana.commands(f"block APX-3 waiting on {SECRET}")
        await ana.says(SECRET)
        breaks_with(monkeypatch, after_saving(ValueError(SECRET)))
        await ana.commands(f"block APX-1 waiting on {SECRET}")
    finally:
        root.handlers, root.level = handlers, level
    out, err = capsys.readouterr()
    assert "turn failed" in out + err
    assert SECRET not in out + err
    assert "Globex" not in out + err


async def test_the_same_words_work_once_the_trouble_is_over(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    ana = stage.person("ana")
    with monkeypatch.context() as broken:
        breaks_with(broken, after_saving(ValueError(SECRET)))
        await ana.commands("block APX-1 waiting on legal", key="event-1")
    await ana.commands("block APX-1 waiting on legal", key="event-1")
    assert (await stage.milestone()).blocked


async def test_a_database_out_of_reach_is_for_the_platform_to_try_again(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(work: Any) -> None:
        raise StoreUnavailable("locked")

    monkeypatch.setattr(stage.store, "write", away)
    with pytest.raises(StoreUnavailable):
        await stage.person("ana").commands("block APX-1 waiting on legal")


async def test_a_lost_race_is_run_again_on_what_the_winner_left(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    lost = iter([True, True])

    def racing(ctx: Context, asked: Asked) -> Reply:
        if next(lost, False):
            raise VersionConflict("somebody was first")
        return Reply()

    breaks_with(monkeypatch, racing)
    await stage.person("ana").commands("block APX-1 waiting on legal")
    assert (await stage.milestone()).blocked


async def test_a_race_lost_three_times_is_a_failure_with_a_reference(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def racing(ctx: Context, asked: Asked) -> Reply:
        raise VersionConflict("again")

    breaks_with(monkeypatch, racing)
    answer = await stage.person("ana").commands("block APX-1 waiting on legal")
    assert "ref-1" in answer.text
