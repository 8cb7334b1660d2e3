"""A language is one .po file: every sentence can be found for it, and a reader says it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from bot.cards import RichText, strong
from bot.domain.series import Every, Rule
from bot.views.series import rule_words
from bot.wording import Reader, catalogues

BOT = Path(__file__).parents[3] / "bot"
TEMPLATE = BOT / "wording" / "locales" / "milepost.pot"
TODAY = date(2026, 3, 2)
GERMAN = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "Nothing is yours right now."
msgstr "Gerade gehört Ihnen nichts."

msgid "Who owns “{title}”?"
msgstr "Wem gehört „{title}“?"

msgid "in {n} working day"
msgid_plural "in {n} working days"
msgstr[0] "in {n} Arbeitstag"
msgstr[1] "in {n} Arbeitstagen"

msgid "every {n} week"
msgid_plural "every {n} weeks"
msgstr[0] "jede {n}. Woche"
msgstr[1] "alle {n} Wochen"

msgid "{who} gave you {n} milestone."
msgid_plural "{who} gave you {n} milestones."
msgstr[0] "Von {who} haben Sie {n} Meilenstein."
msgstr[1] "Von {who} haben Sie {n} Meilensteine."
"""


def extracted(tmp_path: Path) -> set[object]:
    """What the documented command finds."""
    found = tmp_path / "found.pot"
    keywords = [part for word in ("say", "rich", "many:1,2", "N_") for part in ("-k", word)]
    where = ["-F", str(BOT / "wording" / "babel.cfg"), "-o", str(found), str(BOT)]
    command = [sys.executable, "-m", "babel.messages.frontend", "-q", "extract", *keywords, *where]
    subprocess.run(command, check=True)
    return ids(found)


def ids(path: Path) -> set[object]:
    with path.open("rb") as file:
        return {message.id for message in read_po(file) if message.id}


def test_the_template_holds_every_sentence(tmp_path: Path) -> None:
    found, kept = extracted(tmp_path), ids(TEMPLATE)
    assert kept == found, "the sentences changed: run `make words`"
    assert len(found) > 200


def test_marked_summaries_and_tables_are_found(tmp_path: Path) -> None:
    found = extracted(tmp_path)
    assert {"Add a milestone", "Waiting for someone", "{milestone} was dropped."} <= found
    assert ("in {n} working day", "in {n} working days") in found
    assert ("every {n} week", "every {n} weeks") in found


def test_no_sentence_begins_or_ends_with_a_space() -> None:
    """What is joined to something else is a sentence with a place for it, or no translator can move it."""
    assert [s for s in ids(TEMPLATE) if isinstance(s, str) and s != s.strip()] == []


def test_values_stand_in_braces_and_nothing_else_does() -> None:
    for sentence in ids(TEMPLATE):
        for form in sentence if isinstance(sentence, tuple) else (sentence,):
            for _, name in catalogues.template(str(form)):
                assert name is None or name.isidentifier(), form


@pytest.fixture
def german(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    (tmp_path / "de.po").write_text(GERMAN, encoding="utf-8")
    monkeypatch.setattr(catalogues, "LOCALES", tmp_path)
    catalogues.catalogue.cache_clear()
    yield
    catalogues.catalogue.cache_clear()


@pytest.mark.usefixtures("german")
@pytest.mark.parametrize("tag", ["de", "de-AT", "de_CH"])
def test_one_file_adds_a_language(tag: str) -> None:
    reader = Reader(tag, "UTC", TODAY)
    assert reader.say("Nothing is yours right now.") == "Gerade gehört Ihnen nichts."
    assert reader.rich("Who owns “{title}”?", title="Dach").text == "Wem gehört „Dach“?"
    assert reader.day_and_distance(date(2026, 3, 6)) == "Fr. 6. März, in 4 Arbeitstagen"
    assert reader.day_and_distance(date(2026, 3, 3)) == "Di. 3. März, in 1 Arbeitstag"


@pytest.mark.usefixtures("german")
def test_a_number_of_what_comes_again_has_its_plural_in_the_language() -> None:
    rule = Rule(every=Every.WEEK, interval=3)
    assert rule_words(rule, Reader("de", "UTC", TODAY)) == "alle 3 Wochen"


@pytest.mark.usefixtures("german")
@pytest.mark.parametrize("name", ["Ana", "{n}", "{who} {"])
def test_a_counted_sentence_keeps_the_name_in_it_strong_and_as_it_is(name: str) -> None:
    reader = Reader("de", "UTC", TODAY)
    words = reader.many("{who} gave you {n} milestone.", "{who} gave you {n} milestones.", 2, who="{who}")
    said = reader.filled(words, who=strong(name))
    assert said == RichText("Von ") + strong(name) + " haben Sie 2 Meilensteine."


@pytest.mark.usefixtures("german")
def test_what_is_not_translated_yet_is_said_in_english() -> None:
    assert Reader("de", "UTC", TODAY).say("Mine") == "Mine"


@pytest.mark.parametrize("tag", ["en", "xx", "", "../../etc/passwd", "de\x00", "x" * 500])
def test_any_other_tag_is_english(tag: str) -> None:
    reader = Reader(tag, "UTC", TODAY)
    assert reader.say("Mine") == "Mine"
    assert reader.day(date(2026, 3, 6)) == "Fri 6 Mar"
