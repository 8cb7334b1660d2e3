"""Help, and every example it and the verbs show: each is typed as it stands, and works."""

from __future__ import annotations

import pytest

from bot.app.parts import registry
from bot.cards import Code, Text
from tests.scenarios.conversation import Stage

EXAMPLES = [(verb.name, example) for verb in registry().verbs for example in verb.examples]
BEFORE = {"unblock": "block APX-1 waiting on legal", "undo": "move APX-1 to 16 March"}
NO_WORDS_FOR = ("I didn't get", "I don't know", "can't read", "Something went wrong", "Only ")


async def test_help_shows_a_line_for_every_verb(quick_stage: Stage) -> None:
    answer = await quick_stage.person("vic").says("help")
    for verb in registry().verbs:
        assert any(line.startswith(f"{verb.examples[0]} — ") for line in answer.text.splitlines())


@pytest.mark.parametrize("verb", [v for v in registry().verbs if v.name != "help"], ids=lambda v: v.name)
async def test_help_of_one_verb_shows_its_examples(quick_stage: Stage, verb) -> None:  # type: ignore[no-untyped-def]
    answer = await quick_stage.person("vic").commands(f"help {verb.name}")
    assert all(example in answer.text for example in verb.examples)


async def test_help_knows_everyday_words(quick_stage: Stage) -> None:
    answer = await quick_stage.person("vic").says("help postpone")
    assert answer.first_line.startswith("move ")


@pytest.mark.parametrize(("verb", "example"), EXAMPLES)
@pytest.mark.parametrize("in_private", [True, False])
async def test_every_example_works_as_it_stands(
    quick_stage: Stage, verb: str, example: str, in_private: bool
) -> None:
    ana = quick_stage.person("ana")
    if verb in BEFORE:
        await ana.commands(BEFORE[verb])
    answer = await (ana.says(example) if in_private else ana.commands(example))
    assert not answer.text.startswith(NO_WORDS_FOR), answer.text
    assert not answer.errors
    if verb == "new" and "@" not in example and " me" not in example:
        assert answer.first_line.startswith("Who owns")


@pytest.mark.parametrize("twin", [(v.name, t) for v in registry().verbs for t in v.twins], ids=str)
async def test_every_everyday_word_means_its_verb(quick_stage: Stage, twin: tuple[str, str]) -> None:
    verb, word = twin
    answer = await quick_stage.person("ana").commands(word)
    assert "I didn't get" not in answer.text, (verb, answer.text)


async def test_what_cards_quote_to_be_typed_works(quick_stage: Stage) -> None:
    """Code spans outside help: commands to copy."""
    ana = quick_stage.person("ana")
    await ana.commands("done APX-1")
    await ana.presses("report filed")
    boris = quick_stage.person("boris")
    await boris.commands("done APX-2")
    await boris.presses("As titled")
    card = (await ana.commands("status")).card
    texts = [block.body for block in card.blocks if isinstance(block, Text)]
    quoted = [t.text[s.start : s.end] for t in texts for s in t.spans if isinstance(s, Code)]
    assert quoted == ["new Roof closed by 5 June me"]
    await ana.commands(quoted[0])
    assert await quick_stage.has("APX-3")
