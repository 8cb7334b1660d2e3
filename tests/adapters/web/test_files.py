"""Files on the page: taken within bounds, given back safely, and to nobody else."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator

import httpx
import pytest
from starlette.applications import Starlette

from adapters.web import WebSettings, adapter
from adapters.web.files import disposition
from adapters.web.limits import FILE_BYTES, UPLOADS
from bot.cards import Card, File, plain
from bot.messages import ChatMessage
from bot.ports import Sending
from bot.refs import ConversationRef
from tests.adapters.web.conftest import HOME, read
from tests.adapters.web.fakes import ANA, BORIS, MemoryBoards, MovingClock, ScriptedReceiver
from tests.fakes.clock import FakeClock

JPEG = {"Origin": HOME, "Content-Type": "image/jpeg"}
JSON = {"Origin": HOME, "Content-Type": "application/json"}


class Page:
    def __init__(self, clock: FakeClock) -> None:
        self.boards = MemoryBoards(MovingClock(clock))
        self.receiver = ScriptedReceiver()
        self.adapter = adapter(WebSettings(self.boards, self.boards.clock))
        app = Starlette(routes=list(self.adapter.routes(self.receiver)))
        self.client = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=HOME)

    async def uploads(
        self, content: bytes, name: str = "wall.jpg", who: str = ANA.id, mime: str = "image/jpeg"
    ) -> httpx.Response:
        headers = {**JPEG, "Content-Type": mime}
        where = {"as": who, "name": name}
        return await self.client.post("/chat/upload", params=where, content=content, headers=headers)

    async def says(self, *files: str, text: str = "", who: str = ANA.id) -> httpx.Response:
        body = {"as": who, "place": "", "key": "key-00000001", "text": text, "files": list(files)}
        return await self.client.post("/chat/send", json=body, headers=JSON)


@pytest.fixture
async def page(clock: FakeClock) -> AsyncIterator[Page]:
    made = Page(clock)
    async with made.client:
        yield made


async def test_a_file_is_kept_whole_and_goes_with_the_next_message(page: Page) -> None:
    taken = read(await page.uploads(b"pixels"))
    said = read(await page.says(taken["file"]))
    [came] = page.receiver.came
    assert isinstance(came, ChatMessage)
    [photo] = came.attachments
    assert (photo.name, photo.mime, photo.size) == ("wall.jpg", "image/jpeg", 6)
    assert (photo.sha256, photo.blob) == (hashlib.sha256(b"pixels").hexdigest(), taken["file"])
    assert page.boards.blobs[photo.id].content == b"pixels"
    assert said["lines"][0]["payload"]["files"] == ["wall.jpg"]


async def test_what_says_that_it_is_too_large_is_refused_before_it_is_read(page: Page) -> None:
    async def endless() -> AsyncIterator[bytes]:
        raise AssertionError("it was read")
        yield b""

    headers = {**JPEG, "Content-Length": str(FILE_BYTES + 1)}
    where = {"as": ANA.id, "name": "site.mov"}
    answer = await page.client.post("/chat/upload", params=where, content=endless(), headers=headers)
    assert answer.status_code == 413
    assert "larger than 10 MB" in answer.json()["sentence"]
    assert page.boards.blobs == {}


async def test_what_does_not_say_its_size_is_read_up_to_the_limit(page: Page) -> None:
    read_so_far = 0

    async def long() -> AsyncIterator[bytes]:
        nonlocal read_so_far
        for _ in range(100):
            read_so_far += 1024 * 1024
            yield b"x" * (1024 * 1024)

    where = {"as": ANA.id, "name": "site.mov"}
    answer = await page.client.post("/chat/upload", params=where, content=long(), headers=JPEG)
    assert answer.status_code == 413
    assert page.boards.blobs == {}


async def test_an_empty_file_is_refused(page: Page) -> None:
    answer = await page.uploads(b"")
    assert (answer.status_code, answer.json()["error"]) == (400, "file_empty")


async def test_a_file_needs_a_page_of_ours(page: Page) -> None:
    answer = await page.client.post(
        "/chat/upload",
        params={"as": ANA.id, "name": "x"},
        content=b"x",
        headers={"Origin": "https://evil.example", "Content-Type": "image/jpeg"},
    )
    assert answer.status_code == 403


async def test_nobody_sends_what_another_handed_in(page: Page) -> None:
    taken = read(await page.uploads(b"pixels", who=BORIS.id))
    assert (await page.says(taken["file"])).status_code == 404
    assert (await page.says("0" * 32)).status_code == 404
    assert page.receiver.came == []


@pytest.mark.parametrize("files", [["a"] * 11, "a", [1], [None], {"a": 1}])
async def test_a_list_that_is_none_is_refused(page: Page, files: object) -> None:
    body = {"as": ANA.id, "place": "", "key": "key-00000001", "text": "hi", "files": files}
    answer = await page.client.post("/chat/send", json=body, headers=JSON)
    assert answer.status_code in (400, 404)
    assert page.receiver.came == []


async def test_a_kept_file_is_given_to_who_may_see_it_and_to_nobody_else(page: Page) -> None:
    taken = read(await page.uploads(b"pixels"))["file"]
    page.boards.opened.add((ANA.id, taken))
    mine = await page.client.get(f"/chat/file/{taken}", params={"as": ANA.id})
    assert (mine.content, mine.headers["content-type"]) == (b"pixels", "image/jpeg")
    assert mine.headers["content-disposition"].startswith("inline;")
    theirs = await page.client.get(f"/chat/file/{taken}", params={"as": BORIS.id})
    assert (theirs.status_code, theirs.json()["error"]) == (404, "no_such_file")


@pytest.mark.parametrize("mime", ["text/html", "image/svg+xml", "application/pdf", "nonsense", "a/b\tc"])
async def test_what_could_run_is_saved_and_never_shown(page: Page, mime: str) -> None:
    taken = read(await page.uploads(b"<script>alert(1)</script>", "x.html", mime=mime))["file"]
    page.boards.opened.add((ANA.id, taken))
    answer = await page.client.get(f"/chat/file/{taken}", params={"as": ANA.id})
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"].startswith("attachment;")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in answer.headers["content-security-policy"]


@pytest.mark.parametrize(
    ("name", "plain_name"),
    [
        ("plan.pdf", "plan.pdf"),
        ('a"; filename=evil.exe', "a_; filename=evil.exe"),
        ("line\r\nSet-Cookie: a=b", "line__Set-Cookie: a=b"),
        ("пла́н.pdf", "____.pdf".rjust(9, "_")),
        ("图纸.pdf", "__.pdf"),
        ("back\\slash", "back_slash"),
    ],
)
def test_a_name_cannot_break_out_of_its_header(name: str, plain_name: str) -> None:
    header = disposition(name, inline=False)
    assert "\r" not in header
    assert "\n" not in header
    assert header.isascii()
    assert f'filename="{plain_name}"' in header


async def test_a_card_leads_to_our_copy_as_whoever_reads_it(page: Page) -> None:
    direct = ConversationRef("web", "demo", f"dm:{ANA.id}")
    card = Card(
        plain("APX-1"), (File("wall.jpg", "web", "b1", kept="f1"), File("x", "slack", "F", "https://a.b/c"))
    )
    await page.adapter.send(direct, card, Sending("row-1"))
    state = read(await page.client.get("/chat/state", params={"as": ANA.id}))
    ours, linked = state["lines"][-1]["payload"]["blocks"]
    assert ours["url"] == f"/chat/file/f1?as={ANA.id}"
    assert linked["url"] == "https://a.b/c"


async def test_a_link_that_is_no_web_address_leads_nowhere(page: Page) -> None:
    direct = ConversationRef("web", "demo", f"dm:{ANA.id}")
    card = Card(plain("APX-1"), (File("x", "slack", "F", "javascript:alert(1)"),))
    await page.adapter.send(direct, card, Sending("row-1"))
    state = read(await page.client.get("/chat/state", params={"as": ANA.id}))
    assert state["lines"][-1]["payload"]["blocks"][0]["url"] == ""


async def test_a_flood_of_files_is_slowed_for_that_account_alone(page: Page) -> None:
    for _ in range(UPLOADS):
        read(await page.uploads(b"x"))
    answer = await page.uploads(b"x")
    assert (answer.status_code, answer.json()["error"]) == (429, "too_many_tries")
    assert len(page.boards.blobs) == UPLOADS
    read(await page.uploads(b"x", who=BORIS.id))
