"""Admins come and go by the word of admins."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.people import Role
from tests.bot.handlers.test_person import the
from tests.scenarios.cast import CHEN
from tests.scenarios.conversation import Stage


async def test_an_admin_comes_and_goes_by_an_admins_word_alone(stage: Stage) -> None:
    """Bringing an admin back is giving the role."""
    await stage.do(lambda uow: uow.people.save(replace(CHEN, role=Role.ADMIN)))
    leo, chen = stage.person("leo"), stage.person("chen")
    answer = await leo.says("person @dora left")
    assert answer.first_line == "Dora Admin is admin here, so only an admin can decide that."
    assert (await the(stage, "dora")).active
    out = await chen.says("person @dora left")
    answer = await leo.says("person @dora back")
    assert answer.first_line == "Dora Admin is admin here, so only an admin can decide that."
    assert not (await the(stage, "dora")).active
    assert (await chen.presses("Undo", out)).first_line.startswith("Undone")
    assert (await the(stage, "dora")).active
