"""The card in a conversation: posted once, edited in place, posted anew when somebody deleted it."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date

from bot.domain.history import Action, History
from bot.domain.milestone import Milestone, State
from bot.errors import Delivery, DeliveryError
from bot.reminders import arm
from tests.bot.reminders.stage import HOME, MILESTONE, utc
from tests.bot.reminders.world import W, World, account
from tests.fakes.adapter import Fault, answer_lost, never, refused


async def posted(world: World) -> Milestone:
    milestone = await world.make()
    await world.post_card(milestone)
    await world.engine.run_until_quiet()
    return milestone


async def test_the_card_becomes_the_anchor(world: World) -> None:
    await posted(world)
    [card] = world.slack.sent
    assert card.ref.conversation == HOME
    [anchor] = await world.do(lambda uow: uow.anchors.of(W, "m7"))
    assert anchor.message == card.ref


async def test_a_change_edits_the_card_and_posts_none(world: World) -> None:
    milestone = await posted(world)
    await world.change(milestone, due=date(2026, 3, 20))
    await world.engine.run_until_quiet()
    [card] = world.slack.sent
    assert "Fri 20 Mar" in card.first_line
    assert card.edits == 1


async def test_several_changes_waiting_make_one_edit(world: World) -> None:
    milestone = await posted(world)
    for day in (18, 19, 20):
        milestone = await world.change(milestone, due=date(2026, 3, day))
    await world.engine.run_until_quiet()
    [card] = world.slack.sent
    assert card.edits == 1
    assert "Fri 20 Mar" in card.first_line


async def test_a_change_while_the_card_is_under_way_is_shown_after_all(world: World) -> None:
    milestone = await world.make()
    await world.post_card(milestone)
    world.slack.holding = asyncio.Event()
    world.engine.wake()
    await world.slack.until(lambda: world.slack.under_way == 1)
    await world.change(milestone, due=date(2026, 3, 20))
    world.slack.holding.set()
    await world.engine.run_until_quiet()
    [card] = world.slack.sent
    assert "Fri 20 Mar" in card.first_line


async def test_a_card_found_after_a_doubt_is_an_anchor_too(world: World) -> None:
    milestone = await world.make()
    await world.post_card(milestone)
    world.slack.faults.append(answer_lost())
    await world.engine.run_until_quiet()
    await world.settle()
    await world.change(milestone, due=date(2026, 3, 20))
    await world.engine.run_until_quiet()
    [card] = world.slack.sent
    assert "Fri 20 Mar" in card.first_line


async def test_a_conversation_has_one_card_of_a_milestone(world: World) -> None:
    milestone = await posted(world)
    changed = await world.change(milestone, due=date(2026, 3, 20))
    await world.post_card(changed)
    await world.engine.run_until_quiet()
    assert len(world.slack.sent) == 1


async def test_a_deleted_card_is_posted_anew_while_the_milestone_is_open(world: World) -> None:
    milestone = await posted(world)
    world.slack.messages.clear()
    await world.change(milestone, due=date(2026, 3, 20))
    await world.engine.run_until_quiet()
    [card] = world.slack.sent
    assert "Fri 20 Mar" in card.first_line
    [anchor] = await world.do(lambda uow: uow.anchors.of(W, "m7"))
    assert anchor.message == card.ref


async def test_a_deleted_card_of_a_closed_milestone_stays_deleted(world: World) -> None:
    milestone = await posted(world)
    world.slack.messages.clear()
    await world.change(milestone, state=State.CANCELLED)
    await world.engine.run_until_quiet()
    assert not world.slack.sent
    assert not await world.do(lambda uow: uow.anchors.of(W, "m7"))


async def test_an_edit_in_doubt_is_simply_repeated(world: World) -> None:
    milestone = await posted(world)
    world.slack.faults.append(answer_lost())
    await world.change(milestone, due=date(2026, 3, 20))
    await world.engine.run_until_quiet()
    await world.settle()
    [card] = world.slack.sent
    assert card.edits == 2
    assert world.slack.asked == 0
    assert await world.states() == {"sent": 2}


async def test_an_edit_that_changes_nothing_is_done(world: World) -> None:
    milestone = await posted(world)
    world.slack.faults.append(Fault(DeliveryError(Delivery.DONE, "not_modified")))
    await world.change(milestone, due=date(2026, 3, 20))
    await world.engine.run_until_quiet()
    assert await world.states() == {"sent": 2}


async def test_undo_is_offered_until_the_next_change(world: World) -> None:
    milestone = await posted(world)
    moved = milestone.next(due=date(2026, 3, 20))
    entry = History(
        id="h1", workspace_id=W, milestone_id="m7", at=world.clock.now(), actor_id="ana", action=Action.MOVED,
        before={}, after={}, version=moved.version,
    )  # fmt: skip

    def work(uow: object) -> None:
        uow.milestones.save(moved)  # type: ignore[attr-defined]
        uow.histories.add(entry)  # type: ignore[attr-defined]
        arm.refresh_anchors(uow, moved, world.clock.now(), undo="h1")  # type: ignore[arg-type]

    await world.do(work)
    await world.engine.run_until_quiet()
    assert [b.label for b in world.slack.sent[0].card.buttons] == ["Done", "Move", "Blocked", "Undo"]
    await world.change(moved, due=date(2026, 3, 23))
    await world.engine.run_until_quiet()
    assert [b.label for b in world.slack.sent[0].card.buttons] == ["Done", "Move", "Blocked", "More"]


async def test_whoever_asked_learns_that_the_channel_refuses_the_card(world: World) -> None:
    milestone = await world.make()
    await world.post_card(milestone, by="ana")
    world.slack.faults.append(refused("not_in_channel"))
    await world.engine.run_until_quiet()
    [message] = world.slack.to(account("ana"))
    assert message.first_line == "APX-7 Prototype tested is saved, but I may not post in #apex."
    place = await world.do(lambda uow: uow.places.get(HOME))
    assert place is not None
    assert place.disabled == "not_in_channel"
    [to_the_lead] = world.slack.to(account("boris"))
    assert to_the_lead.first_line == "I can't write in #apex any more, the channel of Apex."
    assert await world.states() == {"blocked": 1, "sent": 2}


async def test_a_channel_that_came_back_gets_its_card(world: World) -> None:
    await world.post_card(await world.make())
    world.slack.faults.append(refused("not_in_channel"))
    await world.engine.run_until_quiet()
    await world.do(lambda uow: uow.outbox.unpark("slack", str(HOME)))
    await world.engine.run_until_quiet()
    assert [m.ref.conversation for m in world.slack.sent][-1] == HOME


async def test_a_group_that_moved_is_followed(world: World) -> None:
    milestone = await posted(world)
    moved = Fault(DeliveryError(Delivery.NOT_SENT, "chat_migrated", moved_to="C2"))
    await world.make(replace(MILESTONE, id="m8", number=8))
    await world.post_card(replace(MILESTONE, id="m8", number=8))
    world.slack.faults.append(moved)
    await world.engine.run_until_quiet()
    assert world.slack.sent[-1].ref.conversation == replace(HOME, id="C2")
    project = await world.do(lambda uow: uow.projects.get(W, milestone.project_id))
    assert project is not None
    assert project.home == replace(HOME, id="C2")


async def test_a_withdrawn_milestone_gets_no_card(world: World) -> None:
    milestone = await world.make()
    await world.post_card(milestone)
    await world.change(milestone, withdrawn=True)
    await world.engine.run_until_quiet()
    assert not world.slack.sent


async def test_a_card_taken_back_says_so_on_its_anchor(world: World) -> None:
    milestone = await posted(world)
    await world.change(milestone, withdrawn=True)
    await world.engine.run_until_quiet()
    assert world.slack.sent[0].first_line.startswith("Withdrawn")


async def test_an_edit_the_platform_will_never_take_holds_up_nothing(world: World) -> None:
    milestone = await posted(world)
    world.slack.faults.extend([never("cant_update")] * 3)
    await world.change(milestone, due=date(2026, 3, 20))
    await world.at(utc(3))
    assert await world.states() == {"sent": 1, "dead": 1}
