"""A browser, and the page with scripted answers behind it, on one event loop for the whole module."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, ConsoleMessage, Error, Page, async_playwright

from tests.adapters.web.server import Stage, stage
from tests.fakes.clock import FakeClock

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
)
PATIENCE = 10_000
"""Milliseconds until a test gives up waiting for what it expects to see."""


@dataclass
class Window:
    """An open page; whatever the browser complains about fails the test."""

    page: Page
    stage: Stage
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", self._console)
        self.page.on("pageerror", self._error)
        self.page.set_default_timeout(PATIENCE)

    async def open(self, who: str = "ana", place: str = "site") -> Window:
        await self.page.goto(f"{self.stage.url}/#as={who}&place={place}")
        await self.page.wait_for_selector("#app:not([hidden])")
        return self

    async def say(self, text: str) -> None:
        await self.page.fill("#words", text)
        await self.page.press("#words", "Enter")

    async def sees(self, text: str) -> None:
        await self.page.get_by_text(text).first.wait_for(state="visible")

    async def evaluate(self, script: str) -> Any:
        return await self.page.evaluate(script)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)

    def _error(self, error: Error) -> None:
        self.complaints.append(str(error))


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def browser(chromium_path: str) -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium_path, args=list(ARGUMENTS))
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="module")
async def demo() -> AsyncIterator[Stage]:
    async with stage(FakeClock()) as running:
        yield running


@pytest_asyncio.fixture(loop_scope="module")
async def real() -> AsyncIterator[Stage]:
    async with stage(FakeClock(), demo=False) as running:
        yield running


def narrow() -> dict[str, Any]:
    return {"viewport": {"width": 390, "height": 780}, "has_touch": True, "is_mobile": True}


async def new_window(browser: Browser, running: Stage, **options: Any) -> Window:
    context: BrowserContext = await browser.new_context(
        **{"viewport": {"width": 1280, "height": 860}, **options}
    )
    return Window(await context.new_page(), running)


@pytest_asyncio.fixture(loop_scope="module")
async def window(browser: Browser, demo: Stage) -> AsyncIterator[Window]:
    window = await new_window(browser, demo)
    yield await window.open()
    assert window.complaints == []
    await window.page.context.close()


@pytest_asyncio.fixture(loop_scope="module")
async def phone(browser: Browser, demo: Stage) -> AsyncIterator[Window]:
    window = await new_window(browser, demo, **narrow())
    yield await window.open()
    assert window.complaints == []
    await window.page.context.close()
