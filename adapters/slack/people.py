"""Who is who in Slack: profiles and channel names, asked once and kept for a while."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, Final, Generic, TypeVar

from adapters.slack.send import Wire
from adapters.slack.text import PLATFORM
from bot.clock import Clock
from bot.errors import DeliveryError
from bot.messages import Sender, Standing
from bot.refs import PersonRef

T = TypeVar("T")
KEPT: Final = 5_000
FRESH: Final = timedelta(hours=1)
PATIENCE: Final = 1.5  # seconds; a button's trigger lives for three


class Kept(Generic[T]):
    """A bounded cache whose misses are asked once, however many wait for the answer."""

    def __init__(self, ask: Callable[[str], Awaitable[T]], clock: Clock) -> None:
        self._ask, self._clock = ask, clock
        self._known: OrderedDict[str, tuple[datetime, T]] = OrderedDict()
        self._asked: dict[str, asyncio.Task[T]] = {}

    async def get(self, key: str) -> T | None:
        """None when Slack does not say, or not soon enough."""
        if (known := self._fresh(key)) is not None:
            return known
        task = self._asked.get(key) or self._start(key)
        try:
            return await asyncio.wait_for(asyncio.shield(task), PATIENCE)
        except (DeliveryError, TimeoutError):
            return None

    def put(self, key: str, value: T) -> None:
        self._known[key] = (self._clock.now(), value)
        self._known.move_to_end(key)
        while len(self._known) > KEPT:
            self._known.popitem(last=False)

    def forget(self, key: str) -> None:
        self._known.pop(key, None)

    def _fresh(self, key: str) -> T | None:
        at, value = self._known.get(key, (None, None))
        return value if at is not None and self._clock.now() - at < FRESH else None

    def _start(self, key: str) -> asyncio.Task[T]:
        task = asyncio.ensure_future(self._answered(key))
        self._asked[key] = task
        task.add_done_callback(lambda done: self._settled(key, done))
        return task

    async def _answered(self, key: str) -> T:
        value = await self._ask(key)
        self.put(key, value)
        return value

    def _settled(self, key: str, task: asyncio.Task[T]) -> None:
        self._asked.pop(key, None)
        if not task.cancelled():
            task.exception()  # those who wait were told; nobody waiting is fine too


class Directory:
    """``sender`` never fails: without an answer from Slack a person is their id and whatever came along,
    and nobody's standing is guessed: a guest must not become a member because Slack was slow."""

    def __init__(self, wire: Wire, clock: Clock) -> None:
        self._wire = wire
        self._users: Kept[Mapping[str, Any]] = Kept(self._ask_user, clock)
        self._channels: Kept[str] = Kept(self._ask_channel, clock)
        self._directs: Kept[str] = Kept(self._ask_direct, clock)

    async def sender(self, user: str, team: str, shown: str = "") -> Sender:
        """``shown``: the name that came with the payload, for when Slack does not answer."""
        profile = await self._users.get(user) if user else None
        if profile:
            return sender(profile, user, team)
        return Sender(PersonRef(PLATFORM, team, user), shown or user, standing=Standing.ANONYMOUS)

    async def people(self, users: Iterable[str], team: str) -> dict[str, Sender]:
        """By id; who Slack does not know, or not soon enough, is left out."""
        wanted = list(users)
        profiles = await asyncio.gather(*(self._users.get(user) for user in wanted))
        known = zip(wanted, profiles, strict=True)
        return {user: sender(profile, user, team) for user, profile in known if profile}

    async def channel_name(self, channel: str) -> str:
        direct = not channel or channel.startswith("D")
        return "" if direct else await self._channels.get(channel) or ""

    async def direct(self, user: str) -> str:
        """The direct conversation with ``user``; empty when there can be none."""
        return await self._directs.get(user) or ""

    def learn(self, profile: Mapping[str, Any]) -> None:
        """Slack sends the whole profile when it changes."""
        self._users.put(profile["id"], profile)

    def renamed(self, channel: str) -> None:
        self._channels.forget(channel)

    async def _ask_user(self, user: str) -> Mapping[str, Any]:
        answer = await self._wire.ask("users.info", user=user, include_locale=1)
        profile: Mapping[str, Any] = answer["user"]
        return profile

    async def _ask_channel(self, channel: str) -> str:
        answer = await self._wire.ask("conversations.info", channel=channel)
        return str(answer["channel"].get("name", ""))

    async def _ask_direct(self, user: str) -> str:
        answer = await self._wire.call("conversations.open", users=user)
        return str(answer["channel"]["id"])


def sender(profile: Mapping[str, Any], user: str, team: str) -> Sender:
    return Sender(
        ref=PersonRef(PLATFORM, team, user),
        name=shown_name(profile),
        username=profile.get("name", ""),
        zone=profile.get("tz") or "",
        language=profile.get("locale") or "",
        standing=_standing(profile, team),
    )


def shown_name(profile: Mapping[str, Any]) -> str:
    details = profile.get("profile", {})
    names = (
        details.get("real_name"),
        profile.get("real_name"),
        details.get("display_name"),
        profile.get("name"),
    )
    return str(next((name for name in names if name), profile.get("id", "")))


def _standing(profile: Mapping[str, Any], team: str) -> Standing:
    """Guests, and people of another company in a shared channel, may look and little else."""
    foreign = profile.get("team_id") not in (None, "", team) or profile.get("is_stranger")
    if foreign or profile.get("is_restricted") or profile.get("is_ultra_restricted"):
        return Standing.GUEST
    return Standing.ADMIN if profile.get("is_admin") or profile.get("is_owner") else Standing.MEMBER
