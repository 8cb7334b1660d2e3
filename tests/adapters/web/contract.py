"""The web page as the adapter contract meets it: what the page's own scripts would ask for."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import httpx
from starlette.applications import Starlette

from adapters.web import WebSettings, adapter
from bot.errors import StoreUnavailable
from bot.ports import Adapter, Line
from bot.refs import ConversationRef, MessageRef, PersonRef
from tests.adapters.web.conftest import HOME, read
from tests.adapters.web.fakes import ANA, BORIS, PEOPLE, MemoryBoards, MovingClock
from tests.adapters.web.server import VERBS
from tests.contracts.adapter_contract.core import Core
from tests.contracts.adapter_contract.harness import Harness, OpenForm, Shown, Thing
from tests.contracts.adapter_contract.tasks import running
from tests.fakes.clock import FakeClock

Json = dict[str, Any]
HEADERS = {"Origin": HOME, "Content-Type": "application/json"}
_ALONE = "there is no platform between Milepost and its own page"
ABSENT = {
    Thing.EDITED_WORDS: "what was said on the page stays as it was said",
    Thing.BOTS: "only people use the page",
    Thing.LIMITED: _ALONE,
    Thing.ANSWER_LOST: _ALONE,
    Thing.CLOSED_PLACE: _ALONE,
    Thing.UNREACHABLE: _ALONE,
    Thing.BOT_ADDED: _ALONE,
    Thing.BOT_REMOVED: _ALONE,
    Thing.MOVED: _ALONE,
}


@dataclass
class Page:
    """One person's browser: the form that is open on it, and the last passing word."""

    form: Json | None = None
    errors: Json = field(default_factory=dict)


class WebHarness(Harness):
    absent = ABSENT
    secrets = ()

    def __init__(self, clock: FakeClock, core: Core) -> None:
        self.core = core
        self.boards = MemoryBoards(MovingClock(clock))
        self.adapter: Adapter = adapter(WebSettings(self.boards, self.boards.clock, verbs=VERBS))
        self.ana, self.boris = PersonRef("web", "demo", ANA.id), PersonRef("web", "demo", BORIS.id)
        self.group = ConversationRef("web", "demo", "site")
        app = Starlette(routes=list(self.adapter.routes(core)))
        self.client = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=HOME)
        self._pages = {self.ana: Page(), self.boris: Page()}
        self._place: dict[PersonRef, str] = {}
        self._keys = count()
        self._toast = ""

    async def _post(self, path: str, who: PersonRef, **body: Any) -> tuple[str, PersonRef, Json]:
        whole = {"key": f"key-{next(self._keys):08d}", "as": who.id, **body}
        await self._posted(path, who, whole)
        return path, who, whole

    async def _posted(self, path: str, who: PersonRef, body: Json) -> None:
        answer = read(await self.client.post(path, content=json.dumps(body), headers=HEADERS))
        page = self._pages[who]
        self._place[who], self._toast = body["place"], answer["toast"]
        page.errors = answer["errors"]
        if answer["form"] or not answer["errors"]:
            page.form = answer["form"]

    async def says(
        self, who: PersonRef, text: str, *, direct: bool = False, naming: PersonRef | None = None
    ) -> Any:
        name = next((f" @{person.name}" for person in PEOPLE if naming and person.id == naming.id), "")
        place = "" if direct else self.group.id
        return await self._post("/chat/send", who, place=place, text=text + name)

    async def commands(self, who: PersonRef, text: str, *, direct: bool = False) -> Any:
        return await self.says(who, f"/ms {text}", direct=direct)

    async def answers_with_photo(
        self, who: PersonRef, shown: Shown | None, name: str, content: bytes, text: str = ""
    ) -> Any:
        headers = {**HEADERS, "Content-Type": "image/jpeg"}
        where = {"as": who.id, "name": name}
        answer = await self.client.post("/chat/upload", params=where, content=content, headers=headers)
        line = shown.origin if shown else {"place": "", "id": "", "seq": 0}
        said = {"text": text, "files": [read(answer)["file"]]}
        said |= {"reply_to": line["id"], "reply_to_seq": line["seq"]}
        return await self._post("/chat/send", who, place=line["place"], **said)

    async def presses(self, who: PersonRef, shown: Shown, label: str) -> Any:
        line = shown.origin
        [token] = [button["token"] for button in _buttons(line) if button["label"] == label]
        pressed = {"line": line["id"], "seq": line["seq"], "token": token}
        return await self._post("/chat/press", who, place=line["place"], **pressed)

    async def guesses(self, who: PersonRef, shown: Shown, token: str) -> None:
        line = shown.origin
        pressed = {"line": line["id"], "seq": line["seq"], "token": token}
        await self._post("/chat/press", who, place=line["place"], **pressed)

    async def delivers_again(self, done: tuple[str, PersonRef, Json]) -> None:
        await self._posted(*done)

    def form(self, who: PersonRef) -> OpenForm | None:
        page = self._pages[who]
        if page.form is None:
            return None
        labels = tuple(asked["label"] for asked in page.form["fields"])
        return OpenForm(page.form["title"], labels, page.errors)

    async def submits(self, who: PersonRef, **values: str) -> None:
        form = self._pages[who].form
        assert form, "no form is open"
        filled = {asked["name"]: values.get(asked["name"], asked["value"]) for asked in form["fields"]}
        await self._post("/chat/form", who, place=self._place[who], token=form["token"], values=filled)

    async def cancels(self, who: PersonRef) -> None:
        self._pages[who].form = None

    async def sees(self, who: PersonRef, where: ConversationRef) -> list[Shown]:
        asked = {"as": who.id, "place": where.id}
        lines = read(await self.client.get("/chat/state", params=asked))["lines"]
        cards = (line for line in lines if line["payload"]["kind"] == "card")
        return [_shown({**line, "place": where.id}) for line in cards]

    def toast(self) -> str:
        return self._toast

    async def vanishes(self, message: MessageRef) -> None:
        self.boards.stored = [line for line in self.boards.stored if line.id != message.id]

    async def fails(self, how: Thing) -> None:
        """The page lives in the database: it is what cannot be reached."""
        if how is not Thing.NOT_REACHED:
            await super().fails(how)

        async def away(line: Line) -> Line:
            raise StoreUnavailable("the database is away")

        self.boards.add_line = away  # type: ignore[method-assign]

    async def distrusted(self) -> Sequence[Adapter]:
        return (adapter(WebSettings(self.boards, self.boards.clock, bind="0.0.0.0")),)


def _shown(line: Json) -> Shown:
    payload = line["payload"]
    runs = list(_runs(payload))
    blocks = payload["blocks"]
    return Shown(
        id=line["id"],
        text="\n".join([_text(payload["title"]), *(text for block in blocks for text in _lines(block))]),
        buttons=tuple(button["label"] for button in _buttons(line)),
        pings=tuple(run["person"] for run in runs if run.get("person")),
        moments=sum(run.get("as") == "moment" for run in runs),
        pictures=sum(bool(block.get("src")) for block in blocks),
        origin=line,
    )


def _buttons(line: Json) -> list[Json]:
    return [button for block in line["payload"]["blocks"] for button in block.get("buttons", ())]


def _lines(block: Json) -> Iterator[str]:
    match block["kind"]:
        case "text":
            yield _text(block["runs"])
        case "fields":
            yield from (f"{label}: {_text(value)}" for label, value in block["items"])
        case "table":
            yield " | ".join(column["title"] for column in block["columns"])
            yield from (" | ".join(map(_text, row)) for row in block["rows"])
            yield block["footer"]
        case "progress":
            yield block["label"]
        case "file":
            yield block["name"]
        case "picture":
            yield from (block["alt"], block["text"])


def _runs(node: Any) -> Iterator[Json]:
    if isinstance(node, list):
        for each in node:
            yield from _runs(each)
    elif isinstance(node, dict):
        if "as" in node:
            yield node
        yield from _runs(list(node.values()))


def _text(runs: Sequence[Json]) -> str:
    return "".join(run["text"] for run in runs)


@asynccontextmanager
async def open_harness(clock: FakeClock, core: Core) -> AsyncIterator[WebHarness]:
    harness = WebHarness(clock, core)
    async with harness.client, running(harness.adapter.run(core)):
        yield harness
