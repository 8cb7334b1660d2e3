"""What people type, and how it is taken apart. The tables are in ``tables/``."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.cards import RichText
from bot.language.command_line import read_sentence
from bot.language.sentence import TEXT_LIMIT
from bot.refs import PersonRef
from tests.bot.language.effort import calls_made
from tests.bot.language.spoken import AROUND, VERBS, mentioning, said
from tests.bot.language.tables import table


@pytest.mark.parametrize(("text", "title", "when", "owner"), table("sentences_new"))
def test_something_new_has_title_date_and_owner_in_any_order(
    text: str, title: str, when: str, owner: str
) -> None:
    sentence = said(text)
    assert (sentence.verb, sentence.title, sentence.when, sentence.owner) == ("new", title, when, owner)


@pytest.mark.parametrize(("text", "title", "when"), table("sentences_protected"))
def test_a_title_keeps_words_that_look_like_dates_or_names(text: str, title: str, when: str) -> None:
    sentence = said(text)
    assert (sentence.title, sentence.when, sentence.owner) == (title, when, "")


@pytest.mark.parametrize(("text", "verb", "pointer", "when", "owner"), table("sentences_existing"))
def test_a_verb_about_something_that_exists_points_at_it(
    text: str, verb: str, pointer: str, when: str, owner: str
) -> None:
    sentence = said(text)
    found = (sentence.verb, sentence.pointer, sentence.when, sentence.owner)
    assert found == (verb, pointer, when, owner)


@pytest.mark.parametrize(("text", "pointer", "reason"), table("sentences_reasons"))
def test_the_reason_is_kept_as_it_was_said(text: str, pointer: str, reason: str) -> None:
    sentence = said(text)
    assert (sentence.pointer, sentence.reason) == (pointer, reason)


@pytest.mark.parametrize(("text", "standards"), table("sentences_standards"))
def test_standards_are_parted_with_care(text: str, standards: str) -> None:
    assert " / ".join(said(text).criteria) == standards


@pytest.mark.parametrize(("text", "verbs", "subject", "when"), table("sentences_mistyped"))
def test_a_mistyped_or_missing_verb_is_proposed_with_its_parts_and_never_assumed(
    text: str, verbs: str, subject: str, when: str
) -> None:
    sentence = said(text)
    assert (sentence.verb, sentence.suggestions) == (None, tuple(verbs.split()))
    assert (sentence.subject, sentence.when) == (subject, when)


@pytest.mark.parametrize(
    "text", ["asdf qwer", "hello", "what is this", "are we on track?", "", "???", "🚀", "moving on"]
)
def test_words_without_a_verb_propose_nothing(text: str) -> None:
    sentence = said(text)
    assert (sentence.verb, sentence.suggestions) == (None, ())


def test_a_command_of_the_platform_needs_no_verb_in_its_text() -> None:
    sentence = said("foundation pour to friday", given="move")
    assert (sentence.verb, sentence.pointer, sentence.when) == ("move", "foundation pour", "friday")


def test_strange_spaces_part_words_as_plain_ones_do() -> None:
    sentence = said("new Roof\u00a0closed by\u00a05\u202fJune")
    assert (sentence.title, sentence.when) == ("Roof closed", "5 June")


def test_only_a_known_project_is_taken_for_one() -> None:
    assert said("new Kitchen fitted in Riverside by friday").project == "Riverside"
    assert said("add milestone for Riverside: Steel delivered by 12 June").title == "Steel delivered"
    assert said("new Kitchen fitted in Paris by friday").title == "Kitchen fitted in Paris"


def test_only_a_known_name_is_taken_for_an_owner() -> None:
    assert said("new Kitchen fitted, Chen").owner == "Chen"
    assert said("new Kitchen fitted, Walter").title == "Kitchen fitted, Walter"


def test_a_mention_brings_its_account_along() -> None:
    ana = PersonRef("slack", "T1", "U1")
    sentence = mentioning("new Roof closed by friday ", "@Ana Maria Costa", ana)
    assert (sentence.owner, sentence.owner_ref, sentence.title) == ("@Ana Maria Costa", ana, "Roof closed")


def test_a_mention_inside_the_title_stays_there() -> None:
    sentence = said("new Lunch with @boris by friday @ana")
    assert (sentence.title, sentence.owner) == ("Lunch with @boris", "@ana")
    assert said("new Lunch with @boris by friday").owner == ""


def test_a_name_that_signs_owns_and_stays_in_the_title() -> None:
    sentence = said("new Contract signed by @chen by Friday")
    assert (sentence.title, sentence.owner) == ("Contract signed by @chen", "@chen")


def test_a_list_of_keys_is_read_as_several() -> None:
    assert said("done APX-3, 4 and 7").pointers == ("APX-3", "APX-4", "APX-7")
    assert said("done foundation and roof").pointers == ()


def test_a_page_is_a_number_of_its_own() -> None:
    assert (said("status page 2").page, said("status").page) == (2, 1)


def test_a_project_and_a_page_do_not_disturb_each_other() -> None:
    sentence = said("list APX page 3")
    assert (sentence.pointer, sentence.page) == ("APX", 3)


# --- any text -------------------------------------------------------------------------------------

VERBS_SAID = ["new", "move", "done", "is"]
OPENERS = ["by", "to", "on", "in", "for", "needs", "because", "and", "page"]
PARTS = ["friday", "5/6", "@ana", "Chen", "me", "APX-7", "3", "2 weeks", "🚀"]
MARKS = [",", ":", "-", '"', "“", "”", "(", "."]
PIECES = VERBS_SAID + OPENERS + PARTS + MARKS


@given(st.lists(st.sampled_from(PIECES), max_size=40).map(" ".join) | st.text(max_size=400))
@settings(max_examples=500, deadline=None)
def test_any_text_is_taken_apart_without_a_complaint(text: str) -> None:
    sentence = said(text)
    assert sentence.verb is None or sentence.verb in {verb.name for verb in VERBS}
    assert len(sentence.title) <= len(text)
    assert not sentence.suggestions or sentence.verb is None


def test_a_message_beyond_the_limit_is_refused_before_it_is_read() -> None:
    huge = RichText("new " + "by friday " * 100_000)
    assert read_sentence(huge, VERBS, AROUND).too_long
    assert calls_made(lambda: read_sentence(huge, VERBS, AROUND)) < 20
    assert not said("new " + "a" * (TEXT_LIMIT - 4)).too_long


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "piece",
    [
        "by friday ",
        "to ",
        '"',
        "“ ",
        "a ",
        "1 ",
        "in 3 ",
        "for chen , ",
        "3, ",
        "half a day ",
        "@a ",
        "needs ",
        "- ",
    ],
)
@pytest.mark.parametrize("opening", ["new x ", "push x ", ""])
def test_the_longest_hostile_message_is_bounded_work(opening: str, piece: str) -> None:
    text = RichText((opening + piece * TEXT_LIMIT)[:TEXT_LIMIT])
    assert calls_made(lambda: read_sentence(text, VERBS, AROUND)) < 600_000


def test_twice_the_words_are_not_four_times_the_work() -> None:
    effort = [calls_made(lambda n=n: said("push x " + "to 3, by chen " * n)) for n in (60, 120, 240)]
    assert effort[2] < 3 * effort[1] < 9 * effort[0]
