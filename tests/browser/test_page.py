"""The page in a browser, driven as people drive it."""

from __future__ import annotations

import pytest
from playwright.async_api import Browser, Route, expect

from bot.cards import Card, plain
from bot.ports import Sending
from bot.refs import ConversationRef
from tests.adapters.web import cards
from tests.browser.conftest import Window, new_window

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

SITE = ConversationRef("web", "demo", "site")
DM_ANA = ConversationRef("web", "demo", "dm:ana")
OUTLINED = """
() => {
  const node = document.activeElement;
  return getComputedStyle(node).outlineStyle !== "none" || node.closest(".composer") !== null;
}
"""


async def test_a_typed_command_is_answered_with_a_table(window: Window) -> None:
    await window.say("status")
    await window.sees("5 of 14 shown")
    table = window.page.get_by_role("table")
    await expect(table.get_by_role("row")).to_have_count(6)
    await expect(table.get_by_role("columnheader").first).to_have_text("Light")
    await expect(window.page.locator("#words")).to_have_value("")
    await expect(window.page.locator("#words")).to_be_focused()


async def test_a_button_changes_the_private_card_in_place_and_says_so(window: Window) -> None:
    await window.page.goto(f"{window.stage.url}/#as=ana&place=dm:ana")
    await window.stage.web.send(DM_ANA, cards.milestone(), Sending("o1"))
    await window.page.get_by_role("button", name="Done").click()
    await window.sees("Well kept.")
    await window.sees("1 working day early")
    await expect(window.page.locator(".line.bot")).to_have_count(1)
    await expect(window.page.locator("#announce")).to_contain_text("APX-7")


async def test_a_form_opens_keeps_what_was_typed_and_shows_what_is_wrong(window: Window) -> None:
    await window.say("new")
    form = window.page.get_by_role("dialog", name="New milestone")
    title = form.get_by_label("What will be true that day?")
    await expect(title).to_be_focused()
    await title.fill("Permit issued yesterday")
    await form.get_by_label("By when?").fill("2026-03-01")
    await form.get_by_label("Who owns it?").select_option("Boris Petrov")
    await form.get_by_role("button", name="Create").click()
    await expect(form.get_by_text("This day is over")).to_be_visible()
    await expect(form.get_by_label("By when?")).to_be_focused()
    await expect(title).to_have_value("Permit issued yesterday")
    await window.page.keyboard.press("Escape")
    await expect(form).to_be_hidden()


async def test_a_form_that_was_closed_by_mistake_comes_back_filled_in(window: Window) -> None:
    for _ in range(2):
        await window.say("new")
        title = window.page.get_by_label("What will be true that day?")
        await expect(title).to_be_visible()
        if not await title.input_value():
            await title.fill("Permit issued")
            await window.page.get_by_role("button", name="Cancel").click()
    await expect(title).to_have_value("Permit issued")


async def test_a_form_filled_in_by_keyboard_alone_makes_a_milestone(window: Window) -> None:
    await window.say("new")
    await expect(window.page.get_by_label("What will be true that day?")).to_be_focused()
    await window.page.keyboard.type("Permit issued")
    await window.page.keyboard.press("Tab")
    await window.page.get_by_label("By when?").fill("2026-03-20")
    await window.page.keyboard.press("Control+Enter")
    await window.sees("2026-03-20")
    await expect(window.page.get_by_role("dialog")).to_be_hidden()


async def test_moving_the_clock_brings_the_reminders_of_that_time(window: Window) -> None:
    face = window.page.locator("#clock-time")
    await expect(face).to_have_text("Mon 2 Mar, 09:00")
    await window.page.get_by_role("button", name="+1 day").click()
    await expect(face).to_have_text("Tue 3 Mar, 09:00")
    await window.sees("It is now Tue 3 Mar, 09:00.")
    await window.sees("5 of 14 shown")
    boris = window.page.get_by_role("button", name="Boris Petrov")
    await expect(boris).to_contain_text("1 new message")
    await boris.click()
    await expect(window.page.locator("#places button[aria-current]")).to_contain_text("riverside-site")
    await window.page.get_by_role("button", name="Milepost 1 new message").click()
    await window.sees("Will it hold?")
    await expect(window.page.locator(".badge")).to_have_count(0)


async def test_two_windows_are_two_people_in_one_conversation(browser: Browser, window: Window) -> None:
    other = await (await new_window(browser, window.stage)).open("boris")
    await window.say("shift teh thing")
    await other.sees("shift teh thing")
    await window.sees("Only you see this")
    await expect(other.page.get_by_text("I didn't get")).to_have_count(0)
    await expect(other.page.locator(".line.theirs .who")).to_have_text("Ana Costa")
    assert other.complaints == []
    await other.page.context.close()


async def test_a_message_is_seen_without_reloading_and_elsewhere_it_is_counted(window: Window) -> None:
    await window.stage.web.send(SITE, cards.achieved(), Sending("o1"))
    await window.sees("1 working day early")
    await window.stage.web.send(DM_ANA, cards.reminder(), Sending("o2"))
    await expect(window.page.locator("#direct .badge")).to_contain_text("1 new message")
    await expect(window.page).to_have_title("(1) riverside-site · Milepost")


async def test_after_a_reload_everything_is_as_it_was(window: Window) -> None:
    await window.say("status")
    await window.sees("5 of 14 shown")
    await window.page.fill("#words", "a half-typed thou")
    await window.page.reload()
    await window.sees("5 of 14 shown")
    await expect(window.page.locator("#words")).to_have_value("a half-typed thou")
    await expect(window.page.locator(".line")).to_have_count(2)


async def test_a_slash_anywhere_opens_the_commands(window: Window) -> None:
    await window.page.locator("#log").focus()
    await window.page.keyboard.press("/")
    options = window.page.get_by_role("option")
    await expect(options).to_have_count(7)
    await window.page.keyboard.type("mo")
    await expect(options).to_have_count(1)
    await window.page.keyboard.press("Enter")
    await expect(window.page.locator("#words")).to_have_value("/move ")
    await expect(options).to_have_count(0)


async def test_an_at_sign_offers_people(window: Window) -> None:
    await window.page.locator("#words").press_sequentially("new X by Friday @bo")
    await expect(window.page.get_by_role("option")).to_have_text(["@Boris Petrov"])
    await window.page.keyboard.press("Tab")
    await expect(window.page.locator("#words")).to_have_value("new X by Friday @Boris Petrov ")


async def test_shift_enter_starts_a_line_and_up_brings_the_last_words_back(window: Window) -> None:
    await window.page.locator("#words").press_sequentially("first")
    await window.page.keyboard.press("Shift+Enter")
    await window.page.keyboard.type("second")
    await window.page.keyboard.press("Enter")
    await expect(window.page.locator(".line.mine .bubble")).to_have_text("first\nsecond")
    await window.page.keyboard.press("ArrowUp")
    await expect(window.page.locator("#words")).to_have_value("first\nsecond")


async def test_arrows_walk_through_a_list(window: Window) -> None:
    await window.page.get_by_role("button", name="Ana Costa").focus()
    await window.page.keyboard.press("ArrowDown")
    await expect(window.page.get_by_role("button", name="Boris Petrov")).to_be_focused()
    await window.page.keyboard.press("End")
    await expect(window.page.get_by_role("button", name="Chen Wei")).to_be_focused()
    await window.page.keyboard.press("Enter")
    await expect(window.page.locator("#people [aria-current]")).to_contain_text("Chen Wei")


async def test_everything_is_reached_by_tab_and_seen_to_be(window: Window) -> None:
    await window.page.get_by_role("button", name="Ana Costa").focus()
    reached = []
    while (await window.evaluate("document.activeElement.id")) != "words":
        await window.page.keyboard.press("Tab")
        reached.append(
            await window.evaluate("document.activeElement.id || document.activeElement.textContent")
        )
        assert await window.evaluate(OUTLINED), reached
    whole = " ".join(reached)
    for name in ("Boris Petrov", "riverside-site", "Milepost", "theme", "+1 hour", "log", "help", "words"):
        assert name in whole


async def test_replying_to_a_card_quotes_it(window: Window) -> None:
    await window.stage.web.send(SITE, cards.milestone(), Sending("o1"))
    card = window.page.locator(".line.bot")
    await card.hover()
    await card.get_by_role("button", name="Reply").click()
    await window.say("done")
    await expect(window.page.locator(".quoted")).to_contain_text("Prototype tested")


async def test_while_the_server_is_away_nothing_typed_is_lost(window: Window) -> None:
    await window.page.route("**/chat/send", lambda route: route.abort())
    await window.say("status")
    await window.sees("Not sent. Your text is kept.")
    await window.page.unroute("**/chat/send")
    await window.page.get_by_role("button", name="Try again").click()
    await window.sees("5 of 14 shown")
    assert len(window.stage.receiver.came) == 1
    await expect(window.page.locator(".line.mine")).to_have_count(1)
    window.complaints.clear()


async def test_an_answer_that_got_lost_is_shown_all_the_same(window: Window) -> None:
    async def swallow(route: Route) -> None:
        await route.fetch()
        await route.abort()

    await window.page.route("**/chat/send", swallow)
    await window.say("status")
    await window.sees("5 of 14 shown")
    await expect(window.page.locator(".line.mine")).to_have_count(1)
    await expect(window.page.locator(".pending")).to_have_count(0)
    assert len(window.stage.receiver.came) == 1
    window.complaints.clear()


HOSTILE = (
    "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script></textarea>\u202e"
)


async def test_hostile_text_is_shown_as_text_everywhere(window: Window) -> None:
    await window.stage.web.send(SITE, Card(plain(HOSTILE), cards.hostile(HOSTILE).blocks), Sending("o1"))
    await window.say(HOSTILE)
    await expect(window.page.locator(".line.mine .bubble")).to_contain_text("<img src=x")
    await expect(window.page.locator(".card-title").first).to_contain_text("</textarea>")
    assert await window.evaluate("document.querySelectorAll('.line-body script, .line-body img').length") == 0
    assert "owned" not in await window.page.title()


async def test_a_very_long_word_stays_inside_the_page(phone: Window) -> None:
    await phone.stage.web.send(SITE, cards.hostile("W" * 3000), Sending("o1"))
    await phone.page.locator(".card").wait_for()
    assert await phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
