"""Help, and every example it and the verbs show: each is typed as it stands, and works."""

from __future__ import annotations

import pytest

from bot.app.parts import registry
from bot.cards import Code, Text
from bot.verbs import Verb
from bot.views.purposes import TASKS, grouped
from tests.scenarios.conversation import Stage

EXAMPLES = [(verb.name, example) for verb in registry().verbs for example in verb.examples]
BEFORE = {
    "unblock": "block APX-1 waiting on legal",
    "undo": "move APX-1 to 16 March",
    "approve": "submit APX-1 to @boris",
    "send-back": "submit APX-1 to @boris",
    "resume": "hold APX-1 until 16 March because of x",
    "reopen": "drop APX-1 because of x",
}
WHO = {
    **dict.fromkeys(("approve", "send-back", "drop", "reopen"), "chen"),
    **dict.fromkeys(("plan", "project", "phase", "settings"), "chen"),
    **dict.fromkeys(("live", "export", "handover"), "dora"),
}
"""Examples that only the lead, or only an admin, may follow; Ana owns what all others are about."""
PHASES = "phase add Design, Build, Handover"
NO_WORDS_FOR = ("I didn't get", "I don't know", "can't read", "Something went wrong", "Only ")


async def test_help_names_every_verb_by_what_it_is_for(quick_stage: Stage) -> None:
    answer = await quick_stage.person("vic").says("help")
    named = {word for line in answer.text.splitlines() for word in line.partition(": ")[2].split(", ")}
    assert {verb.name for verb in registry().verbs} - {"help"} <= named


async def test_all_of_help_shows_a_line_for_every_verb(quick_stage: Stage) -> None:
    answer = await quick_stage.person("vic").says("help all")
    for verb in registry().verbs:
        assert any(line.startswith(f"{verb.examples[0]} — ") for line in answer.text.splitlines())


@pytest.mark.parametrize(
    ("words", "verb"),
    [
        ("help I want to change a date", "move"),
        ("help how do I postpone something", "move"),
        ("how do I invite a subcontractor?", "invite"),
        ("help take back", "undo"),
        ("help I want to see the photos", "files"),
        ("help my work is stuck", "block"),
        ("how can I finish a milestone", "done"),
        ("help new", "new"),
    ],
)
async def test_help_finds_what_somebody_wants_to_do(quick_stage: Stage, words: str, verb: str) -> None:
    answer = await quick_stage.person("ana").says(words)
    example = next(v.examples[0] for v in registry().verbs if v.name == verb)
    assert example in answer.text


@pytest.mark.parametrize("words", ["help zzz", "help I want to", "help 🚀", "help " + "x" * 500])
async def test_what_nobody_can_help_with_is_answered_with_everything(quick_stage: Stage, words: str) -> None:
    answer = await quick_stage.person("ana").says(words)
    assert "Change dates" in answer.text
    assert len(answer.labels) >= 2


async def test_a_task_shows_its_verbs_by_word_and_by_button(quick_stage: Stage) -> None:
    ana = quick_stage.person("ana")
    assert "move APX-1 to 12 June — " in (await ana.says("help dates")).text
    await ana.says("help")
    assert "move APX-1 to 12 June — " in (await ana.presses("Change dates")).text


def test_a_verb_that_nobody_sorted_is_not_lost() -> None:
    fresh = Verb(name="fresh", summary="Brand new", usage="", examples=("fresh",))
    assert grouped((*registry().verbs, fresh))[-1].verbs[-1] == fresh


def test_every_verb_that_is_sorted_stands_once() -> None:
    names = [name for _, verbs in TASKS for name in verbs]
    assert len(names) == len(set(names))


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
    ana = quick_stage.person(WHO.get(verb, "ana"))
    if verb in BEFORE:
        await ana.commands(BEFORE[verb])
    if verb == "phase" and example != PHASES:
        await ana.commands(PHASES)
    answer = await (ana.says(example) if in_private else ana.commands(example))
    refused = NO_WORDS_FOR[:-1] if verb == "why" else NO_WORDS_FOR  # why names who else can
    assert not answer.text.startswith(refused), answer.text
    assert not answer.errors
    if verb == "new" and not any(owner in example for owner in ("@", " me", " tbd")):
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
