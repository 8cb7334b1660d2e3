"""The ground that every other test stands on."""

from __future__ import annotations

import asyncio
import socket
from datetime import datetime, timedelta

import pytest

from tests import network_guard
from tests.fakes.clock import START, FakeClock

BEYOND = ("192.0.2.1", 9)


def refuse(attempt: str) -> None:
    """The guard has spoken, which is what this test wanted: let the test pass."""
    assert network_guard.refused, attempt
    network_guard.refused.clear()


def test_a_connection_beyond_this_machine_is_refused_and_remembered() -> None:
    with socket.socket() as outgoing, pytest.raises(network_guard.OutsideNetworkError):
        outgoing.connect(BEYOND)
    refuse("connect")


def test_a_packet_beyond_this_machine_is_refused() -> None:
    with socket.socket(type=socket.SOCK_DGRAM) as outgoing, pytest.raises(network_guard.OutsideNetworkError):
        outgoing.sendto(b"", BEYOND)
    refuse("sendto")


def test_a_name_is_not_even_looked_up() -> None:
    with pytest.raises(network_guard.OutsideNetworkError):
        socket.getaddrinfo("slack.com", 443)
    refuse("getaddrinfo")


async def test_asyncio_is_guarded_too() -> None:
    with pytest.raises(network_guard.OutsideNetworkError):
        await asyncio.open_connection(*BEYOND)
    refuse("open_connection")


async def test_loopback_is_free() -> None:
    server = await asyncio.start_server(lambda _reader, writer: writer.close(), "127.0.0.1", 0)
    async with server:
        for host in ("127.0.0.1", "localhost"):
            reader, writer = await asyncio.open_connection(host, server.sockets[0].getsockname()[1])
            assert await reader.read() == b""
            writer.close()
            await writer.wait_closed()


@pytest.mark.parametrize(
    "host", ["8.8.8.8", "::ffff:8.8.8.8", "example.org", "127.0.0.1.example.org", b"10.0.0.1"]
)
def test_only_loopback_counts_as_this_machine(host: object) -> None:
    assert not network_guard.is_loopback(host)


def test_time_stands_still_until_a_test_moves_it(clock: FakeClock) -> None:
    assert clock.now() == clock.now() == START
    assert clock.now().utcoffset() == timedelta()


async def test_sleepers_wake_in_order_each_at_its_own_instant(clock: FakeClock) -> None:
    woke: list[tuple[str, datetime]] = []

    async def sleeper(name: str, seconds: float) -> None:
        await clock.sleep(seconds)
        woke.append((name, clock.now()))

    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(sleeper("late", 120))
        tasks.create_task(sleeper("early", 60))
        await clock.advance(timedelta(minutes=5))

    assert woke == [("early", START + timedelta(minutes=1)), ("late", START + timedelta(minutes=2))]
    assert clock.now() == START + timedelta(minutes=5)


async def test_a_loop_that_sleeps_again_is_woken_again(clock: FakeClock) -> None:
    ticks: list[datetime] = []

    async def tick() -> None:
        while True:
            await clock.sleep(60)
            ticks.append(clock.now())

    ticking = asyncio.create_task(tick())
    await clock.advance(timedelta(minutes=3))
    ticking.cancel()
    assert ticks == [START + timedelta(minutes=minute) for minute in (1, 2, 3)]


async def test_a_sleeper_is_not_woken_before_its_time(clock: FakeClock) -> None:
    sleeping = asyncio.create_task(clock.sleep(60))
    await clock.advance(timedelta(seconds=59))
    assert not sleeping.done()
    assert clock.sleeping == 1
    sleeping.cancel()


async def test_time_does_not_run_backwards(clock: FakeClock) -> None:
    with pytest.raises(ValueError, match="backwards"):
        await clock.advance(timedelta(seconds=-1))


def test_a_clock_needs_an_instant_with_an_offset() -> None:
    with pytest.raises(ValueError, match="offset"):
        FakeClock(datetime(2026, 3, 2, 9, 0))  # noqa: DTZ001 - this is the mistake
