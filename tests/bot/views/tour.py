"""Everything the core can answer, once with ordinary names and once with the longest there are."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.people import Identity
from bot.messages import BotAdded, Standing
from bot.ports import UnitOfWork
from bot.refs import ConversationRef
from tests.bot.views.tour_of_edges import edges
from tests.bot.views.tour_of_files import notes_and_files
from tests.bot.views.tour_of_many import many_at_once
from tests.bot.views.tour_of_parts import parts
from tests.bot.views.tour_of_setting_up import setting_up
from tests.bot.views.tour_of_states import through_every_state
from tests.bot.views.tour_people import people_come_and_go
from tests.bot.views.tour_ways_on import ways_on
from tests.scenarios.cast import (
    ANA,
    APEX,
    APEX_HOME,
    NEIGHBOURS,
    PEOPLE,
    TEAM,
    TELEGRAM,
    account,
    add_milestone,
    furnish,
    milestone,
)
from tests.scenarios.conversation import Stage, Voice

GROUP = ConversationRef(TELEGRAM, "", "G-site")
OTHER_GROUP = ConversationRef(TELEGRAM, "", "G-other")
LONG = "Wholly uninterrupted façade scaffolding "
LONG_NAME = ("Maximiliana-Theodora von Hohenstauffen zu Oberursel " * 2)[:80]


def furnish_at_length(uow: UnitOfWork, now: datetime) -> None:
    """The longest title, name, project, standard and reason that can be saved."""
    furnish(uow, now)
    for person in PEOPLE:
        uow.people.save(replace(person, name=f"{person.name} {LONG_NAME}"[:80].strip()))
    uow.projects.save(replace(APEX, name=(LONG * 3)[:80].strip()))
    for number in (1, 2):
        made = uow.milestones.by_key(TEAM, "APX", number)
        assert made
        criteria = tuple(replace(c, text=(LONG * 6)[:200].strip()) for c in made.criteria)
        uow.milestones.save(made.next(title=f"{made.title} {LONG * 6}"[:200].strip(), criteria=criteria))


async def tour(stage: Stage) -> None:
    """Press, type and send what leads to each card."""
    ana, boris = stage.person("ana"), stage.person("boris")
    await _reading(stage, ana)
    await _asking(stage, ana, boris)
    await _changing(stage, ana, boris)
    await _refusing(stage, ana, boris)
    await ways_on(stage)
    await _lists(stage, ana)
    await _linking(stage, ana)
    await _coming_in(stage, ana)
    await parts(stage)
    await through_every_state(stage)
    await edges(stage)
    await people_come_and_go(stage)
    await many_at_once(stage)
    await notes_and_files(stage)
    await setting_up(stage)  # last: it lives through days


async def _reading(stage: Stage, ana: Voice) -> None:
    for words in (
        "",
        "status",
        "status all",
        "show APX-1",
        "show APX-2",
        "help",
        "help move",
        "show",
        "how is beta",
    ):
        await ana.commands(words)
    await stage.person("vic").commands("mine")
    await stage.person("eve").commands("status")
    await stage.person("boris").commands("mine")
    await ana.commands("status")
    await ana.presses("Timeline")


async def _asking(stage: Stage, ana: Voice, boris: Voice) -> None:
    for words in (
        "new",
        f"new {LONG * 6}",
        f"new {(LONG * 5)[:200].strip()}",
        f'new "{(LONG * 5)[:190].strip()}" me',
        "new Roof closed me by next friday",
        "new Roof closed me by 7 March",
        "new Roof closed me by 30 February",
        "new Roof closed me by yesterday",
        "new Roof closed me by 2 March 2099",
        "new Roof closed by friday @bris",
        f"new Roof closed by friday @{'x' * 300}",
        "move APX-1",
        "move APX-1 to 7 March",
        f"move APX-1 to {'whenever ' * 30}",
        "assign APX-1",
        "assign APX-1 to Zoltan",
        "block APX-1",
        "done APX-1",
        "done APX-1 tomorrow",
        "done",
    ):
        await ana.commands(words)
    await boris.commands("done APX-2")
    await ana.commands("new Roof closed me by 7 March", ConversationRef("slack", "T1", "C-hangar"))
    await ana.says("new Doors hung")
    await ana.presses("Leave it")


async def _changing(stage: Stage, ana: Voice, boris: Voice) -> None:
    await ana.commands(f"block APX-1 waiting on {LONG * 20}")
    await ana.commands("show APX-1")
    stale = ana.answer
    await ana.presses("Unblock")
    await ana.presses("Done", stale)
    await ana.commands(f"move APX-1 to 10 March because {LONG * 20}")
    await ana.presses("Something else")
    await ana.presses("Rework")
    await ana.commands("move APX-1 to 10 March")
    await ana.commands("move APX-1 to 24 March")
    await ana.presses("Undo")
    await ana.commands("assign APX-1 to me")
    await stage.person("dora").commands("assign APX-1 to @boris")
    await boris.commands(f"block APX-1 waiting on {LONG * 20}")
    await stage.person("dora").commands("assign APX-1 to @ana")
    await ana.commands("show APX-1")
    await ana.commands("new Doors hung by 6 March @boris needs " + ", ".join(f"{LONG}{n}" for n in range(9)))
    await ana.commands("done APX-3")
    await boris.commands("done APX-3")
    await boris.commands("show APX-3")
    await boris.commands("done APX-3")
    await boris.presses("All of it is there")
    await boris.commands("done APX-3")
    await boris.commands("unblock APX-3")
    await boris.commands("new Gone by friday me")
    await boris.says("undo")
    await boris.presses_token("guessed")


async def _refusing(stage: Stage, ana: Voice, boris: Voice) -> None:
    for words in (
        "frobnicate",
        f"frobnicate {LONG * 6}",
        "mvoe APX-1",
        "x" * 5_000,
        "unblock APX-2",
        f"show {LONG * 4}",
    ):
        await ana.commands(words)
    await boris.commands("move APX-1 to friday")
    for words in ("new Roof", "undo", "link colleague"):
        await stage.person("vic").commands(words)
    await stage.person("gus").commands("status")
    await stage.person("boris").commands("link @dora")


async def _lists(stage: Stage, ana: Voice) -> None:
    now = stage.clock.now()

    def many(uow: UnitOfWork) -> None:
        start = uow.projects.next_number(TEAM, APEX.id)
        for n in range(start + 1, start + 46):
            title = f"Step {n} {LONG * 6}"[:200].strip()
            made = milestone(n, title, ANA, now.date() + timedelta(days=n - 10), now)
            add_milestone(uow, made, now, posted=False)

    await stage.do(many)
    for words in ("status all", "mine", "show step"):
        await ana.commands(words)
    await ana.commands("status")
    await ana.presses("More")


async def _linking(stage: Stage, ana: Voice) -> None:
    await ana.says("link")
    secret = ana.answer.text.split("send me link ")[1].split()[0]
    await ana.presses("Invite a colleague")
    await stage.person("dora").says("link @boris")
    there = stage.person("ana-tg", TELEGRAM)
    await there.says("status")
    await there.says(f"link {secret}")
    await there.presses("Remind me here")
    await there.says(f"link {secret}")
    await there.commands("status", GROUP)
    await there.presses("Link it", where=GROUP)
    await stage.person("nobody", TELEGRAM).commands("status", OTHER_GROUP)
    await stage.person("nobody", TELEGRAM, standing=Standing.ANONYMOUS).commands("new Roof", GROUP)
    await ana.says("link")
    secret = ana.answer.text.split("send me link ")[1].split()[0]
    olaf = stage.person("olaf", tenant="T2")
    await olaf.commands(f"link {secret}", olaf.place(ConversationRef("slack", "T2", "C-secret")).ref)


async def _coming_in(stage: Stage, ana: Voice) -> None:
    both = account("both", TELEGRAM)

    def two_teams(uow: UnitOfWork) -> None:
        uow.people.add_identity(Identity(ANA.id, TEAM, both), stage.clock.now())
        uow.people.add_identity(Identity("olaf", NEIGHBOURS, both), stage.clock.now())

    await stage.do(two_teams)
    voice = stage.person("both", TELEGRAM)
    await voice.says("status")
    await voice.presses("Acme")
    await voice.says("link")
    await ana.says("help")
    await stage.receive(
        BotAdded(
            key=stage.key(),
            sender=ana.sender,
            place=ana.place(APEX_HOME),
            received_at=stage.clock.now(),
        )
    )
