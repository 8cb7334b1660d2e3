from __future__ import annotations

from datetime import date

from bot.cards import Mention, RichText
from bot.domain.history import Action
from bot.refs import ConversationRef
from tests.scenarios.cast import ANA, APEX_HOME, BORIS, SLACK, TENANT, account
from tests.scenarios.conversation import Stage

NEW_CHANNEL = ConversationRef(SLACK, TENANT, "C-hangar")


async def test_a_whole_sentence_makes_a_milestone(stage: Stage) -> None:
    answer = await stage.person("ana").commands("new Prototype shipped by 6 March @boris needs report filed")
    assert answer.text == "Added"
    card = stage.shows("APX-3 Prototype shipped")
    assert "Boris Novak · to prove: report filed" in card.text
    stage.is_told("boris", "Prototype shipped")
    stage.nobody_is_told_anything_else()
    made = await stage.milestone("APX-3")
    assert (made.due, made.baseline_due, made.owner_id) == (date(2026, 3, 6), date(2026, 3, 6), BORIS.id)
    assert [line.action for line in await stage.history("APX-3")] == [Action.CREATED]


async def test_whoever_makes_their_own_milestone_is_not_told_of_it(stage: Stage) -> None:
    await stage.person("ana").commands("new Roof closed by 6 March me")
    stage.shows("APX-3 Roof closed")
    stage.nobody_is_told_anything_else()


async def test_parts_come_in_any_order(stage: Stage) -> None:
    await stage.person("ana").commands('new by 6 March @boris "Roof closed, by hand"')
    made = await stage.milestone("APX-3")
    assert (made.title, made.owner_id) == ("Roof closed, by hand", BORIS.id)


async def test_a_mention_names_the_owner(stage: Stage) -> None:
    text = "new Roof closed by 6 March @Bo"
    at = text.index("@Bo")
    words = RichText(text, (Mention(at, len(text), account("boris")),))
    await stage.person("ana").commands(words)
    assert (await stage.milestone("APX-3")).owner_id == BORIS.id


async def test_missing_things_are_asked_one_at_a_time_and_what_was_typed_is_kept(stage: Stage) -> None:
    ana = stage.person("ana")
    who = await ana.says("new Roof closed needs report filed", APEX_HOME)
    assert who.first_line == "Who owns “Roof closed”?"
    when = await ana.says("Boris", APEX_HOME)
    assert when.first_line == "When is “Roof closed” due?"
    assert not await stage.has("APX-3")
    await ana.says("6 March", APEX_HOME)
    made = await stage.milestone("APX-3")
    assert (made.title, made.owner_id, made.due) == ("Roof closed", BORIS.id, date(2026, 3, 6))
    assert [c.text for c in made.criteria] == ["report filed"]


async def test_questions_can_be_answered_by_button(stage: Stage) -> None:
    ana = stage.person("ana")
    await ana.commands("new Roof closed")
    when = await ana.presses("Me")
    assert "Fri 6 Mar, in 4 working days" in when.labels
    added = await ana.presses("Fri 6 Mar")
    assert added.first_line.startswith("🟢 Due soon · APX-3 Roof closed")
    assert (await stage.milestone("APX-3")).owner_id == ANA.id


async def test_me_is_an_answer_and_not_my_list(stage: Stage) -> None:
    ana = stage.person("ana")
    await ana.says("new Roof closed by 6 March")
    await ana.says("me")
    assert (await stage.milestone("APX-3")).owner_id == ANA.id


async def test_the_answer_to_the_name_may_bring_the_rest_along(stage: Stage) -> None:
    ana = stage.person("ana")
    name = await ana.says("new")
    assert name.first_line == "What will be true that day? That is the milestone's name."
    await ana.says("Roof closed by 6 March @boris")
    made = await stage.milestone("APX-3")
    assert (made.title, made.due, made.owner_id) == ("Roof closed", date(2026, 3, 6), BORIS.id)


async def test_a_name_may_begin_with_a_verb(stage: Stage) -> None:
    ana = stage.person("ana")
    await ana.says("new")
    who = await ana.says("Move office furniture")
    assert who.first_line == "Who owns “Move office furniture”?"


async def test_a_title_of_two_hundred_characters_fits_and_one_more_does_not(stage: Stage) -> None:
    ana = stage.person("ana")
    await ana.commands(f'new "{"x" * 200}" by 6 March me')
    assert (await stage.milestone("APX-3")).title == "x" * 200
    answer = await ana.commands(f'new "{"x" * 201}" by 6 March me')
    assert answer.first_line == "That name is too long. Say it in at most 200 characters."
    assert "xxx…" in answer.text
    assert not await stage.has("APX-4")


async def test_a_past_date_is_asked_again(stage: Stage) -> None:
    ana = stage.person("ana")
    answer = await ana.says("new Roof closed by yesterday me")
    assert answer.first_line == "Sun 1 Mar is past. Which date did you mean?"
    await ana.says("6 March")
    assert (await stage.milestone("APX-3")).due == date(2026, 3, 6)


async def test_a_date_nobody_can_read_is_asked_again(stage: Stage) -> None:
    ana = stage.person("ana")
    await ana.says("new Roof closed me")
    answer = await ana.says("when the cows come home")
    assert answer.first_line == "I can't read “when the cows come home” as a date. Which date?"
    await ana.says("6 March")
    assert (await stage.milestone("APX-3")).due == date(2026, 3, 6)


async def test_a_day_that_does_not_exist_is_asked_again(stage: Stage) -> None:
    answer = await stage.person("ana").says("new Roof closed by 30 February me")
    assert answer.first_line == "“30 February” does not exist in the calendar. Which date?"


async def test_two_readings_of_a_date_are_two_buttons(stage: Stage) -> None:
    ana = stage.person("ana")
    answer = await ana.says("new Roof closed by next friday me")
    assert answer.first_line == "“next friday”: which one?"
    assert answer.labels == ("Fri 6 Mar, in 4 working days", "Fri 13 Mar, in 9 working days", "Leave it")
    await ana.presses("Fri 13")
    assert (await stage.milestone("APX-3")).due == date(2026, 3, 13)


async def test_a_day_of_rest_is_offered_with_its_neighbours(stage: Stage) -> None:
    ana = stage.person("ana")
    answer = await ana.says("new Roof closed by 7 March me")
    assert answer.labels == ("Fri 6 Mar", "Mon 9 Mar", "Keep Sat 7 Mar", "Leave it")
    await ana.presses("Keep")
    assert (await stage.milestone("APX-3")).due == date(2026, 3, 7)


async def test_a_date_beyond_a_lifetime_is_asked_again(stage: Stage) -> None:
    answer = await stage.person("ana").says("new Roof closed by 1 March 2099 me")
    assert "too far away" in answer.first_line


async def test_someone_unknown_is_asked_about_with_those_who_sound_alike(stage: Stage) -> None:
    ana = stage.person("ana")
    answer = await ana.says("new Roof closed by 6 March @bris")
    assert answer.first_line == "I don't know anyone called “bris” here. Did you mean"
    assert answer.labels == ("Boris Novak", "Leave it")
    await ana.presses("Boris")
    assert (await stage.milestone("APX-3")).owner_id == BORIS.id


async def test_someone_who_left_or_only_looks_on_cannot_own(stage: Stage) -> None:
    for name in ("gus", "vic"):
        answer = await stage.person("ana").says(f"new Roof closed by 6 March @{name}")
        assert "I don't know anyone called" in answer.first_line
        assert not await stage.has("APX-3")


async def test_the_form_holds_what_was_typed(stage: Stage) -> None:
    ana = stage.person("ana")
    await ana.commands("new by 6 March @boris needs report, photos", form=True)
    values = {field.name: field.value for field in ana.answer.form.fields}
    assert values == {"title": "", "owner_id": "boris", "due": "2026-03-06", "needs": "report\nphotos"}
    await ana.submits(title="Roof closed", owner_id="ana", due="2026-03-09", needs="report\n\nsigned")
    made = await stage.milestone("APX-3")
    assert (made.title, made.owner_id, made.due) == ("Roof closed", ANA.id, date(2026, 3, 9))
    assert [c.text for c in made.criteria] == ["report", "signed"]


async def test_a_form_says_beside_its_fields_what_is_wrong_and_saves_nothing(stage: Stage) -> None:
    ana = stage.person("ana")
    await ana.commands("new", form=True)
    good = {"title": "Roof closed", "owner_id": "ana", "due": "2026-03-09", "needs": ""}
    for name, value, words in (
        ("title", " ", "What will be true that day?"),
        ("title", "x" * 201, "too long"),
        ("due", "2026-02-27", "is past"),
        ("due", "soon", "can't read “soon”"),
        ("due", "", "When is “Roof closed” due?"),
        ("owner_id", "vic", "Who owns"),
        ("owner_id", "olaf", "Who owns"),
    ):
        answer = await ana.submits(**{**good, name: value})
        assert list(answer.errors) == [name], (name, value, answer.text)
        assert words in answer.errors[name]
        assert not await stage.has("APX-3")
    await ana.submits(**good)
    assert await stage.has("APX-3")


async def test_a_form_is_asked_only_for_its_fields(stage: Stage) -> None:
    ana = stage.person("ana")
    await ana.commands("new", form=True)
    more = {"page": "x", "project_id": "p-secret", "version": "7", "wat": "1"}
    await ana.submits(title="Roof", owner_id="ana", due="2026-03-09", **more)
    assert await stage.has("APX-3")


async def test_a_channel_without_a_project_gets_its_own(stage: Stage) -> None:
    ana = stage.person("ana")
    await ana.commands("new Roof closed by 6 March me", NEW_CHANNEL)
    stage.shows("CHN-1 Roof closed", NEW_CHANNEL)
    await ana.commands("new Doors hung by 9 March me", NEW_CHANNEL)
    stage.shows("CHN-2 Doors hung", NEW_CHANNEL)


async def test_in_a_direct_message_the_project_is_asked_when_there_are_several(stage: Stage) -> None:
    ana = stage.person("ana")
    await ana.commands("new Roof closed by 6 March me", NEW_CHANNEL)
    answer = await ana.says("new Doors hung by 9 March me")
    assert answer.first_line == "Which project is “Doors hung” for?"
    await ana.says("Apex release")
    assert (await stage.milestone("APX-3")).title == "Doors hung"


async def test_the_project_can_be_said(stage: Stage) -> None:
    ana = stage.person("ana")
    await ana.commands("new Roof closed by 6 March me", NEW_CHANNEL)
    await ana.says("new Doors hung by 9 March me in Apex release")
    assert (await stage.milestone("APX-3")).title == "Doors hung"
