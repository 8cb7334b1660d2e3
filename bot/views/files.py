"""Files of milestones: what was kept, and where to open it again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.cards import Actions, Block, Button, Card, File, RichText, Style, Text, joined, strong
from bot.domain.files import COPY_LIMIT, Copy, KeptFile, is_evidence
from bot.domain.milestone import CriterionKind, Milestone
from bot.ports import FilePage
from bot.views.milestone import HEADLINE_LIMIT, NAME_ROOM, shortened
from bot.views.offers import Offers
from bot.views.rows import in_rows
from bot.wording import Reader

OPEN, REMOVE, ASK_REMOVE = "open", "remove", "ask_remove"
_FILE_ROOM = 32
_MEGABYTE = 1024 * 1024
_MOST_TICKS = 2


def short_name(name: str, room: int = _FILE_ROOM) -> str:
    """A name cut in its middle, so that its ending still says what it is."""
    if len(name) <= room:
        return name
    ending = name[-8:]
    return f"{name[: room - len(ending) - 1].rstrip()}…{ending}"


def size_words(size: int, reader: Reader) -> str:
    """``1.4 MB``; empty when nobody knows."""
    if size <= 0:
        return ""
    if size < _MEGABYTE:
        return reader.say("{n} KB", n=max(1, round(size / 1024)))
    megabytes = size / _MEGABYTE
    return reader.say("{n} MB", n=f"{megabytes:.0f}" if megabytes >= 10 else f"{megabytes:.1f}")


def kept_words(files: Sequence[KeptFile], reader: Reader) -> str:
    """``Kept: plan.pdf and 2 more.``"""
    name = short_name(files[0].name)
    if len(files) == 1:
        return reader.say("Kept: {name}.", name=name)
    return reader.many("Kept: {name} and {n} more.", "Kept: {name} and {n} more.", len(files) - 1, name=name)


def too_large_words(files: Sequence[KeptFile], reader: Reader) -> tuple[str, ...]:
    """Why there is no copy of something, where one is expected: at most one sentence."""
    large = [f for f in files if f.copy is Copy.TOO_LARGE or (f.size > COPY_LIMIT and not f.blob_id)]
    limit = COPY_LIMIT // _MEGABYTE
    if large:
        return (
            reader.say(
                "{name} is {size}: I keep where it is, and copy nothing above {limit} MB.",
                name=short_name(large[0].name),
                size=size_words(large[0].size, reader),
                limit=limit,
            ),
        )
    if any(f.copy is Copy.NO_ROOM for f in files):
        return (reader.say("There is no room for more copies: please keep that file where it is."),)
    return ()


def ticks(
    milestone: Milestone, files: Sequence[KeptFile], reader: Reader, offers: Offers
) -> tuple[Button, ...]:
    """A standard that wants a document may be met by the first of ``files``; the only one comes first."""
    if not files or not milestone.is_open:
        return ()
    wanted = [c for c in milestone.missing if c.kind is CriterionKind.DOCUMENT]
    style = Style.PRIMARY if len(wanted) == 1 else Style.DEFAULT
    return tuple(
        offers.button(
            reader.say("Tick {criterion}", criterion=shortened(c.text, NAME_ROOM)),
            "criteria",
            None,
            style,
            milestone_id=milestone.id,
            choice="file",
            item=c.id,
            title=c.text,
            value=files[0].id,
        )
        for c in wanted[:_MOST_TICKS]
    )


def files_card(
    about: str,
    page: FilePage,
    place: tuple[int, int],
    again: Mapping[str, Any],
    names: Mapping[str, str],
    reader: Reader,
    offers: Offers,
) -> Card:
    """What is kept, newest first, each with a button that opens it; ``place`` is (this page, the last),
    ``again`` the arguments of the same list, ``names`` people's by id."""
    number, last = place
    counted = reader.many("{n} file", "{n} files", page.total)
    title = joined((strong(shortened(about, HEADLINE_LIMIT - len(counted) - 3)), counted), " · ")
    lines = tuple(Text(_line(at, f, names, reader)) for at, f in _numbered(page.files))
    opening = tuple(
        offers.button(f"{at} · {short_name(f.name, 24)}", "files", choice=OPEN, item=f.id)
        for at, f in _numbered(page.files)
    )
    pages = tuple(
        offers.button(label, "files", page=to, **again)
        for to, label in ((number - 1, reader.say("‹ Back")), (number + 1, reader.say("More ›")))
        if 1 <= to <= last
    )
    find = offers.button(reader.say("Find…"), "find")
    return Card(title, (*lines, *in_rows((*opening, *pages, find))))


def no_files_card(milestone: Milestone | None, name: str, reader: Reader, offers: Offers) -> Card:
    """Nothing yet, and how something gets there."""
    about = strong(shortened(milestone.title if milestone else name, NAME_ROOM))
    title = reader.rich("No file is kept with {name} yet.", name=about)
    note = Text(
        RichText(reader.say("Answer a milestone's card with a photo or a file, and it is kept there."))
    )
    find = offers.button(reader.say("Find…"), "find")
    if milestone:
        show = offers.button(reader.say("Show it"), "show", milestone_id=milestone.id)
        everything = offers.button(reader.say("All files"), "files", pointer="all")
        return Card(title, (note, Actions((show, everything, find))))
    status = offers.button(reader.say("All milestones"), "status")
    return Card(title, (note, Actions((status, find))))


def opened_card(
    file: KeptFile, milestone: Milestone, by: str, permalink: str, reader: Reader, offers: Offers
) -> Card:
    """One file: shown by its platform where that is this one, and by link elsewhere."""
    name = short_name(file.name, HEADLINE_LIMIT - len(milestone.key) - 3)
    title = strong(name) + f" · {milestone.key}"
    facts = (reader.since(file.at), by, size_words(file.size, reader))
    proof = _proves(file, milestone, reader)
    shown = File(
        file.name,
        file.platform,
        file.file_id,
        file.link or permalink,
        file.size,
        file.id if file.blob_id else "",
    )
    large = tuple(Text(RichText(words), quiet=True) for words in too_large_words((file,), reader))
    lines: tuple[Block, ...] = (Text(joined((*facts, proof), " · ")), shown, *large)
    buttons = (
        *ticks(milestone, (file,), reader, offers)[:1],
        offers.button(reader.say("Show it"), "show", milestone_id=milestone.id),
        offers.button(reader.say("All its files"), "files", milestone_id=milestone.id),
        offers.button(reader.say("Remove"), "files", choice=ASK_REMOVE, item=file.id),
    )
    return Card(title, (*lines, Actions(buttons)))


def ask_remove_card(file: KeptFile, milestone: Milestone, reader: Reader, offers: Offers) -> Card:
    """Nothing brings it back, so it is asked."""
    title = reader.rich(
        "Remove {name} from {key}?", name=strong(short_name(file.name, NAME_ROOM)), key=milestone.key
    )
    words = reader.say("What was sent in the chat stays there; here it is found no more.")
    buttons = (
        offers.button(reader.say("Remove it"), "files", None, Style.DANGER, choice=REMOVE, item=file.id),
        offers.button(reader.say("Keep it"), "files", choice=OPEN, item=file.id),
    )
    return Card(title, (Text(RichText(words)), Actions(buttons)))


def removed_card(milestone: Milestone, reader: Reader, offers: Offers) -> Card:
    title = reader.rich("Removed from {key}.", key=strong(milestone.key))
    buttons = (
        offers.button(reader.say("All its files"), "files", milestone_id=milestone.id),
        offers.button(reader.say("Show it"), "show", milestone_id=milestone.id),
    )
    return Card(title, (Actions(buttons),))


def gone_card(reader: Reader, offers: Offers) -> Card:
    """No such file, or none that the sender may see."""
    title = RichText(reader.say("That file is not kept here any more."))
    buttons = (
        offers.button(reader.say("All files"), "files", pointer="all"),
        offers.button(reader.say("Mine"), "mine"),
    )
    return Card(title, (Actions(buttons),))


def _numbered(files: Sequence[KeptFile]) -> tuple[tuple[int, KeptFile], ...]:
    return tuple(enumerate(files, 1))


def _line(at: int, file: KeptFile, names: Mapping[str, str], reader: Reader) -> RichText:
    facts = (reader.since(file.at), names.get(file.by_id, ""), size_words(file.size, reader))
    return joined((f"{at}. {short_name(file.name, 60)}", *facts), " · ")


def _proves(file: KeptFile, milestone: Milestone, reader: Reader) -> str:
    proved = next((c.text for c in milestone.criteria if c.evidence == file.id), "")
    if not proved:
        return ""
    words = shortened(proved, NAME_ROOM)
    if is_evidence(milestone, file.id):
        return reader.say("proved: {criterion}", criterion=words)
    return reader.say("proves: {criterion}", criterion=words)
