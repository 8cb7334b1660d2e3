"""What people type, and how it is taken apart. Columns: typed, verb, subject, when, owner, rest by name."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.cards import RichText
from bot.language.command_line import read_sentence
from bot.language.sentence import TEXT_LIMIT
from bot.refs import PersonRef

from .spoken import AROUND, VERBS, mentioning, said

NEW = [
    ('new "Roof closed" by June 5 @ana', "Roof closed", "June 5", "@ana"),
    ("new “Roof closed” by June 5 @ana", "Roof closed", "June 5", "@ana"),
    ("new „Roof closed“ by June 5 @ana", "Roof closed", "June 5", "@ana"),
    ("add milestone Press kit approved, Chen, end of month", "Press kit approved", "end of month", "Chen"),
    ("add mielstone Press kit approved tommorow, Chen", "Press kit approved", "tommorow", "Chen"),
    ("new: UAT signed off in 10 working days @chen", "UAT signed off", "in 10 working days", "@chen"),
    ("/new Vendor contract signed next friday @boris", "Vendor contract signed", "next friday", "@boris"),
    ("/new@bot Vendor contract signed next friday", "Vendor contract signed", "next friday", ""),
    ("new Prototype tested by Friday @ana", "Prototype tested", "Friday", "@ana"),
    ("new Prototype tested @ana by Friday", "Prototype tested", "Friday", "@ana"),
    ("new by Friday @ana Prototype tested", "Prototype tested", "Friday", "@ana"),
    ("new @ana Prototype tested by Friday", "Prototype tested", "Friday", "@ana"),
    ("new Prototype tested by Friday me", "Prototype tested", "Friday", "me"),
    ("new Prototype tested, me, by Friday", "Prototype tested", "Friday", "me"),
    ("new Prototype tested by Friday for me", "Prototype tested", "Friday", "me"),
    ("new Prototype tested by Friday Chen", "Prototype tested", "Friday", "Chen"),
    ("new Prototype tested, owner Chen, due 12 June", "Prototype tested", "12 June", "Chen"),
    ("new Prototype tested owned by Ana Costa due on 12 June", "Prototype tested", "12 June", "Ana Costa"),
    ("new Roof closed by 5 June Zoë 🚀", "Roof closed", "5 June", "Zoë 🚀"),
    ("new Roof closed by 5 June, Zoë", "Roof closed", "5 June", "Zoë"),
    ("new Roof\u00a0closed by\u00a05\u202fJune", "Roof closed", "5 June", ""),
    ("new Roof closed by 5 June.", "Roof closed", "5 June.", ""),
    ("new Roof closed, by 5 June, please", "Roof closed", "5 June", ""),
    ("new Roof closed (by 5 June)", "Roof closed", "5 June)", ""),
    ("new Roof closed by 28.03. @ana", "Roof closed", "28.03.", "@ana"),
    ("new Roof closed by Friday, November 27", "Roof closed", "Friday, November 27", ""),
    ("new Roof closed due 2026-06-05", "Roof closed", "2026-06-05", ""),
    ("new Roof closed tomorrow 5pm", "Roof closed", "tomorrow 5pm", ""),
    ("new Roof closed - end of Q2", "Roof closed", "end of Q2", ""),
    (
        "please add a milestone called Steel delivered by 12 June for Boris",
        "Steel delivered",
        "12 June",
        "Boris",
    ),
    ("Can you create a milestone Steel delivered by 12 June", "Steel delivered", "12 June", ""),
    ("new Roof closed", "Roof closed", "", ""),
    ("new Milestone 3 accepted by Friday", "Milestone 3 accepted", "Friday", ""),
    ("new by friday", "", "friday", ""),
    ("new", "", "", ""),
    ("new Beta by asap", "Beta", "asap", ""),
    ("new Beta by 32 Dec", "Beta", "32 Dec", ""),
    ("new Beta by march", "Beta", "march", ""),
]

PROTECTED = [
    ("new The 9/11 Report review by friday", "The 9/11 Report review", "friday"),
    ("new The 9/11 Report review", "The 9/11 Report review", ""),
    ("new may need 2 reviewers by friday", "may need 2 reviewers", "friday"),
    ("new may need review by Friday", "may need review", "Friday"),
    ("new v2.1 reviewed & merged by July 12", "v2.1 reviewed & merged", "July 12"),
    ("new Release 2.0 on 2026-12-24", "Release 2.0", "2026-12-24"),
    ("new Phase 2 handover", "Phase 2 handover", ""),
    ("new Sat down with Mark on Monday", "Sat down with Mark", "Monday"),
    ("new Sun Microsystems migration by may 3", "Sun Microsystems migration", "may 3"),
    ("new Deploy to us-east-1 on Friday at 17:00 UTC", "Deploy to us-east-1", "Friday at 17:00 UTC"),
    ("new Call Mr March on Friday", "Call Mr March", "Friday"),
    ("new Migrate to Python 3.14 by 12/07", "Migrate to Python 3.14", "12/07"),
    ("new Second sprint review on the 15th", "Second sprint review", "the 15th"),
    ("new Fix bug #12 by next tue", "Fix bug #12", "next tue"),
    ("new Complete 2 of 5 tasks today", "Complete 2 of 5 tasks", "today"),
    ("new QA sign-off on Dec 1 at 3pm", "QA sign-off", "Dec 1 at 3pm"),
    ("new sprint 12 demo friday", "sprint 12 demo", "friday"),
    ("new Ship 10 features by end of month", "Ship 10 features", "end of month"),
    ("new Q3 planning done by mid march", "Q3 planning done", "mid march"),
    ("new Kickoff 2026-12-01 10:00-11:00", "Kickoff 2026-12-01 10:00-11:00", ""),
    ("new do it now", "do it now", ""),
    ("new Photos from 9/11", "Photos from 9/11", ""),
    ("new Report on Q3", "Report on Q3", ""),
    ("new Budget approved for 2027", "Budget approved for 2027", ""),
    ("new Launch on Monday Night Football by Friday", "Launch on Monday Night Football", "Friday"),
    ("new Students passed SAT", "Students passed SAT", ""),
    ("new Crew hired for 2 weeks", "Crew hired for 2 weeks", ""),
    ("new Training lasts 3 days", "Training lasts 3 days", ""),
    ("new 24/7 support live by Friday", "24/7 support live", "Friday"),
    ("new Ship to Ana by Friday", "Ship to Ana", "Friday"),
    ("new Contract signed by Chen by Friday", "Contract signed by Chen", "Friday"),
    ("new Customer needs documented by Friday", "Customer needs documented", "Friday"),
    ("new Zoning granted by planning board by 20 Feb", "Zoning granted by planning board", "20 Feb"),
    ("new Slab-on-grade poured, 28-day test >= 25 MPa", "Slab-on-grade poured, 28-day test >= 25 MPa", ""),
    ("new Windows W1-W22 installed and water-tested", "Windows W1-W22 installed and water-tested", ""),
    ("new Crane rental CR-7 booked for 3-14 August", "Crane rental CR-7 booked for 3-14 August", ""),
    ("new Search v1.4 released to production by 8 May", "Search v1.4 released to production", "8 May"),
    ("new Code freeze for 3.2 in force, RC2 built", "Code freeze for 3.2 in force, RC2 built", ""),
    (
        "new Usability test run with 8 users, report shared",
        "Usability test run with 8 users, report shared",
        "",
    ),
    ("new Launch of spring web shop in 3 countries", "Launch of spring web shop in 3 countries", ""),
    ("new Roof nearly finished by Oct 3", "Roof nearly finished", "Oct 3"),
    ("new Deliver 40 laptops to floor 2 (signed note)", "Deliver 40 laptops to floor 2 (signed note)", ""),
]

EXISTING = [
    ("move Beta to 12 June", "move", "Beta", "12 June", ""),
    ("move 7 to 28.03.", "move", "7", "28.03.", ""),
    ("move APX-7 to friday @ana", "move", "APX-7", "friday", "@ana"),
    ("move Beta from Dec 1 to Dec 8", "move", "Beta", "Dec 8", ""),
    ("move this to next week", "move", "", "next week", ""),
    ("postpone it until friday", "move", "", "friday", ""),
    ("reschedule “Beta” for friday", "move", "Beta", "friday", ""),
    ("move Beta -> 12 June", "move", "Beta", "12 June", ""),
    ("move Beta to blursday", "move", "Beta", "blursday", ""),
    ("delay permit approval by 3 working days", "move", "permit approval", "+3 working days", ""),
    ("move APX-7 +2w", "move", "APX-7", "+2 weeks", ""),
    ("push Beta two weeks", "move", "Beta", "+2 weeks", ""),
    ("push Beta back two weeks", "move", "Beta", "+2 weeks", ""),
    ("push back Beta a week", "move", "Beta", "+1 weeks", ""),
    ("bring Beta forward by 2 days", "move", "Beta", "-2 days", ""),
    ("bring forward Beta 2 days", "move", "Beta", "-2 days", ""),
    ("move Beta 2 days earlier", "move", "Beta", "-2 days", ""),
    ("move Beta two weeks later", "move", "Beta", "+2 weeks", ""),
    ("move Beta in 2 weeks", "move", "Beta", "in 2 weeks", ""),
    ("please move Beta to friday thanks", "move", "Beta", "friday", ""),
    ("move Beta", "move", "Beta", "", ""),
    ("assign Beta to @ana", "assign", "Beta", "", "@ana"),
    ("assign Beta @ana", "assign", "Beta", "", "@ana"),
    ("assign @ana to Beta", "assign", "Beta", "", "@ana"),
    ("assign Beta to me", "assign", "Beta", "", "me"),
    ("assign Beta to Ana Costa", "assign", "Beta", "", "Ana Costa"),
    ("assign Beta to Anna", "assign", "Beta", "", "Anna"),
    ("give Beta to Boris", "assign", "Beta", "", "Boris"),
    ("give Boris Beta", "assign", "Beta", "", "Boris"),
    ("hand Beta over to Chen", "assign", "Beta", "", "Chen"),
    ("take Beta", "assign", "Beta", "", "me"),
    ("I'll take Beta", "assign", "Beta", "", "me"),
    ("done foundation pour", "done", "foundation pour", "", ""),
    ("done APX-7", "done", "APX-7", "", ""),
    ("APX-7 done", "done", "APX-7", "", ""),
    ("Beta is done", "done", "Beta", "", ""),
    ("we hit Beta", "done", "Beta", "", ""),
    ("done", "done", "", "", ""),
    ("done this", "done", "", "", ""),
    ("finish Beta on friday", "done", "Beta", "friday", ""),
    ("mark permit approval complete, finished yesterday", "done", "permit approval", "yesterday", ""),
    ("mark Beta done", "done", "Beta", "", ""),
    ("unblock Launch", "unblock", "Launch", "", ""),
    ("show APX-7", "show", "APX-7", "", ""),
    ("show Permit approval", "show", "Permit approval", "", ""),
    ("how are we", "status", "", "", ""),
    ("How are we doing?", "status", "", "", ""),
    ("where are we", "status", "", "", ""),
    ("list APX", "status", "APX", "", ""),
    ("undo", "undo", "", "", ""),
    ("link ABC123", "link", "ABC123", "", ""),
    ("help move", "help", "move", "", ""),
    ("MINE", "mine", "", "", ""),
]

REASONS = [
    ("delay permit by 3 working days because the office is closed", "permit", "the office is closed"),
    ("move Beta to friday because Ana is ill, sorry", "Beta", "Ana is ill, sorry"),
    ("move Beta to 12 June, crane broke down", "Beta", "crane broke down"),
    ("block Launch waiting on legal", "Launch", "waiting on legal"),
    ("block Beta: no crane on site", "Beta", "no crane on site"),
    ("block APX-7 because the office is closed until friday", "APX-7", "the office is closed until friday"),
    ("blocked by APX-3", "", "APX-3"),
    ("stuck on legal", "", "legal"),
    ("waiting on legal", "", "legal"),
    ("Launch is blocked by legal", "Launch", "legal"),
    ("move Beta to friday", "Beta", ""),
]

STANDARDS = [
    ("new Roof closed by 5 June me needs inspection report, photos", ("inspection report", "photos")),
    ("new Roof closed needs report, photos and client OK by Friday", ("report", "photos", "client OK")),
    (
        "plan 500 trial sign-ups reached by end of Q2, @ana, needs dashboard link + finance OK",
        ("dashboard link", "finance OK"),
    ),
    ("new Beta shipped needs QA report and client sign-off by Friday", ("QA report", "client sign-off")),
    ("new Beta shipped by Friday needs terms and conditions", ("terms and conditions",)),
    ("new Beta shipped by Friday to prove report filed; client signed", ("report filed", "client signed")),
    ("new Beta shipped by Friday, needs report, report", ("report",)),
    ("new Customer needs documented by Friday", ()),
    ("new Beta shipped by Friday", ()),
]

MISTYPED = [
    ("mvoe Beta to friday", ("move",), "Beta", "friday"),
    ("complet foundation pour", ("done",), "foundation pour", ""),
    ("asign Beta to Boris", ("assign",), "Beta", ""),
    ("staus", ("status",), "", ""),
    ("Prototype tested by Friday @ana", ("new",), "Prototype tested", "Friday"),
]


@pytest.mark.parametrize(("text", "title", "when", "owner"), NEW)
def test_something_new_has_title_date_and_owner_in_any_order(
    text: str, title: str, when: str, owner: str
) -> None:
    sentence = said(text)
    assert (sentence.verb, sentence.title, sentence.when, sentence.owner) == ("new", title, when, owner)


@pytest.mark.parametrize(("text", "title", "when"), PROTECTED)
def test_a_title_keeps_words_that_look_like_dates_or_names(text: str, title: str, when: str) -> None:
    sentence = said(text)
    assert (sentence.title, sentence.when, sentence.owner) == (title, when, "")


@pytest.mark.parametrize(("text", "verb", "pointer", "when", "owner"), EXISTING)
def test_a_verb_about_something_that_exists_points_at_it(
    text: str, verb: str, pointer: str, when: str, owner: str
) -> None:
    sentence = said(text)
    found = (sentence.verb, sentence.pointer, sentence.when, sentence.owner)
    assert found == (verb, pointer, when, owner)


@pytest.mark.parametrize(("text", "pointer", "reason"), REASONS)
def test_the_reason_is_kept_as_it_was_said(text: str, pointer: str, reason: str) -> None:
    sentence = said(text)
    assert (sentence.pointer, sentence.reason) == (pointer, reason)


@pytest.mark.parametrize(("text", "standards"), STANDARDS)
def test_standards_are_parted_with_care(text: str, standards: tuple[str, ...]) -> None:
    assert said(text).criteria == standards


@pytest.mark.parametrize(("text", "verbs", "subject", "when"), MISTYPED)
def test_a_mistyped_or_missing_verb_is_proposed_with_its_parts_and_never_assumed(
    text: str, verbs: tuple[str, ...], subject: str, when: str
) -> None:
    sentence = said(text)
    assert (sentence.verb, sentence.suggestions) == (None, verbs)
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

PIECES = [
    "new",
    "move",
    "done",
    "by",
    "to",
    "on",
    "in",
    "friday",
    "5/6",
    "@ana",
    "Chen",
    "me",
    "needs",
    "because",
    ",",
    ":",
    "-",
    '"',
    "“",
    "”",
    "APX-7",
    "3",
    "and",
    "2",
    "weeks",
    "page",
    "🚀",
    "is",
    "for",
    "(",
    ".",
]


@given(st.lists(st.sampled_from(PIECES), max_size=40).map(" ".join) | st.text(max_size=400))
@settings(max_examples=500, deadline=None)
def test_any_text_is_taken_apart_without_a_complaint(text: str) -> None:
    sentence = said(text)
    assert sentence.verb is None or sentence.verb in {verb.name for verb in VERBS}
    assert len(sentence.title) <= len(text)
    assert not sentence.suggestions or sentence.verb is None


def test_a_message_beyond_the_limit_is_refused_before_it_is_read() -> None:
    began = time.perf_counter()
    assert said("new " + "by friday " * 100_000).too_long
    assert time.perf_counter() - began < 0.05
    assert not said("new " + "a" * (TEXT_LIMIT - 4)).too_long


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
        "(",
        "'",
    ],
)
def test_the_longest_hostile_message_stays_quick(piece: str) -> None:
    for opening in ("new x ", "push x ", ""):
        text = RichText((opening + piece * TEXT_LIMIT)[:TEXT_LIMIT])
        began = time.perf_counter()
        read_sentence(text, VERBS, AROUND)
        assert time.perf_counter() - began < 0.5
