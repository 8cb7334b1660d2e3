"""Finding milestones, notes and files again, by whoever may see them and nobody else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.messages import Attachment
from tests.scenarios.cast import APEX_HOME, OTHER_TENANT, SECRET_HOME
from tests.scenarios.conversation import Stage


async def hand_in(stage: Stage, name: str, who: str = "ana") -> None:
    card = stage.shows("APX-1")
    photo = Attachment("F1", name, "image/jpeg", 6, link="https://files.example/F1")
    await stage.person(who).says("", APEX_HOME, reply_to=card.ref, overheard=True, files=(photo,))


async def test_a_milestone_is_found_by_a_word_of_its_name(stage: Stage) -> None:
    answer = await stage.person("ana").commands("find prototype")
    assert answer.first_line == "“prototype” · 1 hit"
    assert "APX-1 Prototype tested" in answer.text
    assert answer.labels == ("Show APX-1", "Find…")
    shown = await stage.person("ana").presses_token(answer.token("Show APX-1"), APEX_HOME)
    assert "APX-1 Prototype tested" in shown.first_line


@pytest.mark.parametrize(
    "words",
    ["PROTOTYPE", "proto", "tested prototype", "report", "filed", "APX-1", "apx 1", "tést"],
)
async def test_words_standards_keys_and_beginnings_find_it(stage: Stage, words: str) -> None:
    assert "APX-1" in (await stage.person("ana").commands(f"find {words}")).text


@pytest.mark.parametrize("words", ["rototype", "prototype beta", "xyzzy", "APX-77"])
async def test_what_is_not_there_is_not_found(stage: Stage, words: str) -> None:
    answer = await stage.person("ana").commands(f"find {words}")
    assert answer.first_line.startswith("I found nothing with “")
    assert answer.labels == ("Find…", "All milestones", "All files")


@pytest.mark.parametrize(
    "words", ["“”", "!!!", "' OR 1=1 --", '" NEAR(', "a* & | !b:*", "💥", "%_\\", "NOT AND OR"]
)
async def test_signs_of_a_query_language_are_only_signs(stage: Stage, words: str) -> None:
    answer = await stage.person("ana").commands(f"find {words}")
    assert answer.first_line.startswith(("I found nothing", "What shall I look for?"))


async def test_notes_and_files_are_found_with_who_and_where(stage: Stage) -> None:
    await stage.person("boris").commands("note APX-1 the crane stands on the east side")
    await hand_in(stage, "crane-delivery.jpg")
    ana = stage.person("ana")
    answer = await ana.commands("find crane")
    assert answer.first_line == "“crane” · 2 hits"
    assert "APX-1 note · Boris Novak" in answer.text
    assert "the crane stands on the east side" in answer.text
    opened = await ana.presses("1 · crane-", answer)
    assert "crane-delivery.jpg" in opened.first_line


async def test_what_changes_is_found_by_its_new_words_only(stage: Stage) -> None:
    ana = stage.person("ana")
    await ana.says("note APX-1 booked until Thursday", key="m-1")
    await ana.edits("m-1", "note APX-1 booked until Friday")
    assert "1 hit" in (await ana.commands("find friday booked")).first_line
    assert "nothing" in (await ana.commands("find thursday")).first_line
    await ana.says("undo")
    assert "nothing" in (await ana.commands("find friday booked")).first_line


async def test_a_withdrawn_milestone_is_found_no_more(stage: Stage) -> None:
    ana = stage.person("ana")
    await ana.commands("new Chimney swept by 6 March @boris")
    assert "1 hit" in (await ana.commands("find chimney")).first_line
    await ana.says("undo")
    assert "nothing" in (await ana.commands("find chimney")).first_line


@pytest.mark.parametrize(
    ("note", "words"),
    [
        ("Фундамент залит в понедельник", "ФУНДАМЕНТ понед"),
        ("Die Dächer sind größer geworden", "dacher GRÖSSER"),
        ("Café déjà vu", "cafe deja"),
        ("基础已经浇筑", "浇筑"),
        ("İstanbul'da teslim", "istanbul"),
        ("Ελληνικά σχέδια", "ελληνικα"),
        ("מסמך חתום", "חתום"),
    ],
)
async def test_every_script_is_found_without_case_and_accents(stage: Stage, note: str, words: str) -> None:
    ana = stage.person("ana")
    await ana.commands(f"note APX-1 {note}")
    assert "1 hit" in (await ana.commands(f"find {words}")).first_line


async def test_titles_come_before_what_was_said_and_open_before_closed(stage: Stage) -> None:
    ana = stage.person("ana")
    await ana.commands("new Roof closed by 6 March @ana")
    await ana.commands("note APX-1 roof is next")
    text = (await ana.commands("find roof")).text
    assert text.index("APX-3 Roof closed") < text.index("APX-1 note")


async def test_long_results_have_pages_and_say_how_many(stage: Stage) -> None:
    ana = stage.person("ana")
    for number in range(10):
        await ana.commands(f"note APX-1 crane number {number}")
    first = await ana.commands("find crane")
    second = await ana.presses("More", first)
    assert first.first_line == second.first_line == "“crane” · 10 hits"
    both = first.text + second.text
    assert all(f"crane number {number}" in both for number in range(10))


async def test_without_words_it_is_asked_what_to_look_for(stage: Stage) -> None:
    ana = stage.person("ana")
    asked = await ana.says("find")
    assert asked.first_line == "What shall I look for?"
    assert "APX-2" in (await ana.says("beta")).text


async def test_a_team_next_door_finds_nothing_of_ours(stage: Stage) -> None:
    await stage.person("ana").commands("note APX-1 merger of cranes")
    olaf = stage.person("olaf", tenant=OTHER_TENANT)
    assert "nothing" in (await olaf.commands("find prototype", SECRET_HOME)).first_line
    found = await olaf.commands("find merger", SECRET_HOME)
    assert "SEC-1" in found.text
    assert "APX" not in found.text
    assert "SEC" not in (await stage.person("ana").commands("find merger")).text


async def test_an_outsider_finds_what_is_theirs(stage: Stage) -> None:
    await stage.person("chen").commands("assign APX-1 to @eve")
    await stage.person("ana").commands("note APX-1 the crane is expensive")
    await hand_in(stage, "crane-offer.pdf")
    eve = stage.person("eve")
    await eve.commands("note APX-1 our crane comes at seven")
    answer = await eve.commands("find crane")
    assert "our crane comes at seven" in answer.text
    assert "expensive" not in answer.text
    assert "offer" not in answer.text
    assert "APX-1" in (await eve.commands("find prototype")).text
    assert "nothing" in (await eve.commands("find beta")).first_line


HOSTILE = {
    "four scripts": ("отчёт 報告 דוח تقرير.pdf", "отчет", "отчёт 報告 דוח تقرير.pdf"),
    "right to left override": ("invoice\u202efdp.exe", "invoicefdp", "invoicefdp.exe"),
    "path traversal": ("../../etc/passwd", "passwd", "passwd"),
    "windows path": ("C:\\Windows\\system32\\evil.dll", "evil", "evil.dll"),
    "three hundred characters": ("x" * 150 + " girder " + "y" * 142 + ".jpg", "xxx", "jpg"),
    "nothing but dots": ("...", "file", "file"),
    "nul and newline": ("a\x00b\nc girder.txt", "girder", "girder.txt"),
    "markup": ("<img src=x onerror=alert(1)>&amp;*_~`.png", "onerror", "onerror"),
    "zero width": ("ra\u200bp\u200dport.pdf", "rapport", "rapport.pdf"),
}


@pytest.mark.parametrize("kind", HOSTILE)
async def test_a_hostile_name_is_kept_shown_and_found_harmlessly(stage: Stage, kind: str) -> None:
    name, word, shown = HOSTILE[kind]
    await hand_in(stage, name)
    ana = stage.person("ana")
    listed = await ana.commands("files APX-1")
    opened = await ana.presses("1 ·", listed)
    found = await ana.commands(f"find {word}")
    for answer in (listed, opened, found):
        assert not set("\u202e\u200b\u200d\x00") & set(answer.text)
        assert "../" not in answer.text
        assert len(answer.first_line) <= 90
    assert shown in opened.text
    assert " hit" in found.first_line
    assert all(len(label) <= 75 for label in listed.labels)


async def test_an_attachment_s_address_that_is_long_or_strange_changes_nothing(stage: Stage) -> None:
    card = stage.shows("APX-1")
    photo = Attachment("F" * 500, "a.jpg", "image/jpeg" * 50, -5, link="javascript:alert(1)")
    ana = stage.person("ana")
    await ana.says("", APEX_HOME, reply_to=card.ref, overheard=True, files=(photo, replace(photo, id="G")))
    assert "2 files" in (await ana.commands("files APX-1")).first_line
