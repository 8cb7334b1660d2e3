"""The page on every screen, in every theme, for everybody."""

from __future__ import annotations

import pytest
from playwright.async_api import Browser, expect

from bot.cards import Card, plain
from bot.messages import Reply
from bot.ports import Sending
from bot.refs import ConversationRef
from tests.adapters.web import cards
from tests.adapters.web.fakes import ANA, Door
from tests.adapters.web.server import Stage
from tests.browser.audit import AUDIT, CONTRAST
from tests.browser.conftest import Window, narrow, new_window

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

SITE = ConversationRef("web", "demo", "site")
DM_ANA = ConversationRef("web", "demo", "dm:ana")
OUTLINED = """
() => {
  const node = document.activeElement;
  return getComputedStyle(node).outlineStyle !== "none" || node.closest(".composer") !== null;
}
"""


async def test_the_theme_follows_the_system_until_one_is_chosen(browser: Browser, demo: Stage) -> None:
    window = await (await new_window(browser, demo, color_scheme="dark")).open()
    paper = "getComputedStyle(document.body).backgroundColor"
    dark = await window.evaluate(paper)
    button = window.page.get_by_role("button", name="Theme")
    await button.click()
    light = await window.evaluate(paper)
    assert light != dark
    await expect(button).to_contain_text("light")
    await window.page.reload()
    await window.page.wait_for_selector("#app:not([hidden])")
    assert await window.evaluate(paper) == light
    await button.click()
    assert await window.evaluate(paper) == dark
    await window.page.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("small", [False, True])
async def test_every_control_has_a_name_and_every_word_can_be_read(
    browser: Browser, demo: Stage, scheme: str, small: bool
) -> None:
    window = await new_window(
        browser, demo, color_scheme=scheme, reduced_motion="reduce", **(narrow() if small else {})
    )
    for number, card in enumerate((cards.milestone(), cards.status(), cards.reminder(), cards.achieved())):
        await demo.web.send(SITE, card, Sending(f"o{number}"))
    await window.open()
    await window.say("shift teh thing")
    await window.sees("Only you see this")
    assert await window.evaluate(AUDIT) == []
    assert await window.evaluate(CONTRAST) == []
    await window.page.locator("#words").press_sequentially("/")
    assert await window.evaluate(AUDIT) == []
    await window.say("new")
    await window.page.get_by_role("dialog").wait_for()
    assert await window.evaluate(AUDIT) == []
    await window.page.context.close()


async def test_on_a_phone_the_conversations_are_a_drawer(phone: Window) -> None:
    boris = phone.page.get_by_role("button", name="Boris Petrov")
    await expect(boris).to_be_hidden()
    menu = phone.page.get_by_role("button", name="Conversations")
    await menu.click()
    await expect(menu).to_have_attribute("aria-expanded", "true")
    await expect(phone.page.get_by_role("button", name="Close")).to_be_focused()
    await phone.page.keyboard.press("Escape")
    await expect(menu).to_be_focused()
    await menu.click()
    await phone.page.get_by_role("button", name="beta-release").click()
    await phone.sees("Nothing said in beta-release yet")
    await expect(boris).to_be_hidden()


async def test_on_a_phone_a_table_fits_and_offers_its_other_columns(phone: Window) -> None:
    await phone.say("status")
    await phone.sees("5 of 14 shown")
    await expect(phone.page.get_by_role("cell", name="0 of 3")).to_be_hidden()
    await phone.page.get_by_role("button", name="Show all columns").click()
    await expect(phone.page.get_by_role("cell", name="0 of 3")).to_be_visible()
    assert await phone.evaluate("document.documentElement.scrollWidth <= innerWidth")


async def test_the_first_paint_costs_less_than_100_kb_and_comes_from_here_alone(
    browser: Browser, demo: Stage
) -> None:
    window = await new_window(browser, demo)
    session = await window.page.context.new_cdp_session(window.page)
    received = []
    session.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    hosts = set()
    window.page.on("request", lambda request: hosts.add(request.url.split("/")[2]))
    await session.send("Network.enable")
    await window.open()
    await window.sees("Nothing said in riverside-site yet")
    assert 10_000 < sum(received) < 100_000
    assert hosts == {demo.url.split("/")[2]}
    await window.page.context.close()


async def test_a_stranger_signs_in_with_a_code_and_out_again(browser: Browser, real: Stage) -> None:
    door = Door(
        real.boards, "right-code", ANA, Reply(Card(plain("Welcome, Ana."))), Reply(Card(plain("Used up.")))
    )
    real.receiver.answer = door
    window = await new_window(browser, real)
    await window.page.goto(real.url)
    await window.sees("Sign in with a code")
    assert await window.evaluate(AUDIT) == []
    assert await window.evaluate(CONTRAST) == []
    await window.page.get_by_label("Code").fill("wrong-code")
    await window.page.keyboard.press("Enter")
    await window.sees("Used up.")
    await window.page.get_by_label("Code").fill("right-code")
    await window.page.get_by_role("button", name="Sign in").click()
    await window.sees("Welcome, Ana.")
    await window.sees("Signed in as Ana Costa")
    await expect(window.page.locator("#clock")).to_be_hidden()
    await window.page.get_by_role("button", name="Sign out").click()
    await window.sees("Sign in with a code")
    await window.page.context.close()


async def test_an_invitation_link_fills_in_its_code_and_leaves_no_trace(
    browser: Browser, real: Stage
) -> None:
    window = await new_window(browser, real)
    await window.page.goto(f"{real.url}/#code=right-code")
    await expect(window.page.get_by_label("Code")).to_have_value("right-code")
    assert "right-code" not in window.page.url
    assert window.complaints == []
    await window.page.context.close()


async def test_something_to_be_typed_is_written_by_a_press(window: Window) -> None:
    await window.say("shift teh thing")
    await window.page.get_by_role("button", name="help", exact=True).click()
    await expect(window.page.locator("#words")).to_have_value("help")
    await expect(window.page.locator("#words")).to_be_focused()


async def test_a_first_name_typed_out_is_sent_and_not_completed_once_more(window: Window) -> None:
    await window.page.locator("#words").press_sequentially("new X by Friday @boris")
    await expect(window.page.get_by_role("option")).to_have_count(1)
    await window.page.keyboard.press("Enter")
    await expect(window.page.locator(".line.mine .bubble")).to_have_text("new X by Friday @boris")
