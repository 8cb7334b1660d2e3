"""Everything the core can say can be said on every platform, word for word."""

from __future__ import annotations

import asyncio

import pytest

from bot.cards import Card, Fields, Progress, Text
from bot.messages import Reply
from bot.ports import Sending
from tests.contracts.adapter_contract.gallery import Gallery, painted
from tests.contracts.adapter_contract.harness import Harness
from tests.scenarios.voice_rules import faults

pytestmark = pytest.mark.xdist_group("gallery")  # painted once, and it takes its time
LEAST_CARDS, LEAST_FORMS = 60, 1


@pytest.fixture(scope="session")
def gallery(tmp_path_factory: pytest.TempPathFactory) -> Gallery:
    return asyncio.run(painted(tmp_path_factory.mktemp("gallery")))


def words(card: Card) -> list[str]:
    """What every platform must say; tables may leave columns of lesser importance out."""
    said = [card.title.text]
    for block in card.blocks:
        match block:
            case Text(body=body):
                said.append(body.text)
            case Fields(items=items):
                said += [part for label, value in items for part in (label, value.text)]
            case Progress(label=label):
                said.append(label)
    return [line for text in said for line in text.split("\n")]


def joined(text: str) -> str:
    """Without spaces, which platforms fold, and the sign by which a mention may be shown."""
    return "".join(text.split()).replace("@", "")


def test_the_gallery_is_well_filled(gallery: Gallery) -> None:
    assert len(gallery.cards) >= LEAST_CARDS
    assert len(gallery.forms) >= LEAST_FORMS


def test_every_card_speaks_with_the_voice(gallery: Gallery) -> None:
    assert [fault for card in gallery.cards.values() for fault in faults(card)] == []


async def test_every_card_is_shown_with_all_its_words_and_buttons(on: Harness, gallery: Gallery) -> None:
    for number, card in enumerate(gallery.cards.values()):
        before = {shown.id for shown in await on.sees(on.ana, on.group)}
        sent = await on.adapter.send(on.group, card, Sending(f"row-{number}"))
        new = [shown for shown in await on.sees(on.ana, on.group) if shown.id not in before]
        text = joined("\n".join(shown.text for shown in new))
        assert [line for line in words(card) if joined(line) not in text] == []
        assert [label for shown in new for label in shown.buttons] == [b.label for b in card.buttons]
        assert not [shown for shown in new if "… +" in shown.text]
        await on.vanishes(sent)


async def test_every_form_is_shown_with_all_its_questions(on: Harness, gallery: Gallery) -> None:
    if not on.adapter.capabilities.forms:
        return
    for form in gallery.forms.values():
        on.core.answers(Reply(form))
        await on.commands(on.ana, "new")
        shown = on.form(on.ana)
        assert shown
        assert (shown.title, shown.labels) == (form.title, tuple(field.label for field in form.fields))
        await on.cancels(on.ana)
