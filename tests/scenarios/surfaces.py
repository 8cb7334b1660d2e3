"""Every verb by every word for it, said in every place of every platform: made from the registry."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from bot.app.parts import registry
from bot.commands import Command
from bot.domain.people import Identity
from bot.messages import Sender
from bot.ports import KnownPlace, UnitOfWork
from bot.refs import ConversationRef, PersonRef
from bot.reminders import arm
from tests.scenarios.answers import Answer
from tests.scenarios.cast import APEX, APEX_HOME, PEOPLE, SLACK, TEAM, TENANT, direct, furnish
from tests.scenarios.conversation import CAPABILITIES, Stage
from tests.scenarios.voice import Voice


@dataclass(frozen=True, slots=True)
class Surface:
    """One kind of place on one platform; in a group the project Apex lives there."""

    platform: str
    in_group: bool

    def __str__(self) -> str:
        return f"{self.platform} {'group' if self.in_group else 'direct'}"

    @property
    def tenant(self) -> str:
        """Telegram knows no teams."""
        return TENANT if CAPABILITIES[self.platform].private_replies else ""

    @property
    def group(self) -> ConversationRef:
        return APEX_HOME if self.platform == SLACK else ConversationRef(self.platform, self.tenant, "C-site")

    def account(self, person_id: str) -> PersonRef:
        return PersonRef(self.platform, self.tenant, person_id)

    def furnish(self, uow: UnitOfWork, now: datetime) -> None:
        """The whole cast with an account here, and Apex at home in this platform's group."""
        furnish(uow, now)
        if self.platform == SLACK:
            return
        if self.tenant:
            uow.workspaces.install(self.platform, self.tenant, TEAM, now)
        for person in PEOPLE:
            ref = self.account(person.id)
            uow.people.add_identity(Identity(person.id, TEAM, ref, person.id, direct(ref)), now)
            uow.places.put(KnownPlace(TEAM, direct(ref), person.name, is_direct=True))
        uow.places.put(KnownPlace(TEAM, self.group, "#site", is_direct=False))
        uow.projects.save(replace(APEX, home=self.group))
        for number in (1, 2):
            made = uow.milestones.by_key(TEAM, APEX.key, number)
            assert made
            arm.announce_card(uow, made, self.group, made.created_by, now)

    async def hears(self, stage: Stage, who: str, line: str) -> Answer:
        voice = Voice(stage, Sender(self.account(who), who.title(), who))
        return await voice.commands(line, self.group if self.in_group else None)


SURFACES = tuple(Surface(platform, in_group) for platform in CAPABILITIES for in_group in (False, True))


def lines_of(command: Command) -> Iterator[str]:
    """Its examples, its name and every twin, alone and about a milestone."""
    yield from command.verb.examples
    for word in (command.verb.name, *command.verb.twins):
        yield word
        if command.on_milestone:
            yield f"{word} APX-1"


def every_line() -> tuple[str, ...]:
    return tuple(dict.fromkeys(line for command in registry() for line in lines_of(command)))
