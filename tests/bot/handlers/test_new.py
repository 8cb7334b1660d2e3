from __future__ import annotations

from tests.scenarios.conversation import Stage


async def test_a_whole_sentence_makes_a_milestone(stage: Stage) -> None:
    ana = stage.person("ana")
    answer = await ana.commands("new Prototype shipped by 6 March @boris needs report filed")
    assert answer.text == "Added"
    card = stage.shows("APX-3 Prototype shipped")
    assert "Boris Novak · to prove: report filed" in card.text
    stage.is_told("boris", "Prototype shipped")
    stage.nobody_is_told_anything_else()
