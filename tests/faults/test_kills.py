"""R1: killed again and again while a thousand messages drain, nothing is lost and nothing comes twice."""

from __future__ import annotations

import asyncio
from pathlib import Path
from random import Random

import pytest

from bot.domain.notices import NoticeKind
from tests.faults.fleet import Fleet, Platforms, fill, fleet, platforms, states, wait_until

ROWS, KILLS = 1_000, 25
KINDS = (NoticeKind.DUE_SOON, NoticeKind.ASSIGNED)
DONE = {"sent", "unknown"}


@pytest.mark.timeout(120)
def test_killed_while_a_thousand_messages_drain_nothing_is_lost_or_repeated(
    database_url: str, tmp_path: Path
) -> None:
    asyncio.run(fill(database_url, ROWS, KINDS, ("slack", "telegram")))
    with platforms(tmp_path) as world, fleet(world.order(database_url)) as workers:
        kill_again_and_again(workers, world, Random(11))
        assert world.lines() < ROWS, "it was over before the last kill"
        workers.start()
        wait_until(lambda: set(asyncio.run(states(database_url))) <= DONE)
        kept = asyncio.run(states(database_url))
        accepted = world.accepted()

    slack = {key: n for key, n in accepted.items() if platform_of(key) == "slack"}
    assert len(slack) == ROWS // 2, "lost on Slack"
    assert set(slack.values()) == {1}, "repeated on Slack"
    held = {
        key: n for key, n in accepted.items() if platform_of(key) == "telegram" and kind_of(key) == KINDS[0]
    }
    assert set(held.values()) == {1}, "a reminder was repeated on Telegram"
    urgent = [n for key, n in accepted.items() if platform_of(key) == "telegram" and kind_of(key) == KINDS[1]]
    assert max(urgent) <= 2
    assert sum(n - 1 for n in urgent) <= KILLS * 2
    assert kept["sent"] + kept.get("unknown", 0) == ROWS
    assert ROWS - len(accepted) <= kept.get("unknown", 0), "something is missing that nobody can see"


def kill_again_and_again(workers: Fleet, world: Platforms, random: Random) -> None:
    """Each worker lives for a few messages, and dies in the middle of some."""
    for _ in range(KILLS):
        enough = world.lines() + random.randint(8, 28)
        worker = workers.start()
        wait_until(lambda enough=enough: world.lines() >= enough)  # type: ignore[misc]
        worker.kill()
        worker.join()


def number_of(key: str) -> int:
    return int(key.removeprefix("PRJ-"))


def kind_of(key: str) -> NoticeKind:
    return KINDS[number_of(key) % len(KINDS)]


def platform_of(key: str) -> str:
    return ("slack", "telegram")[number_of(key) // len(KINDS) % 2]
