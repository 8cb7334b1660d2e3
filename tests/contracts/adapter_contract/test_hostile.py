"""Words that people wrote are shown as they wrote them, call nobody, and take nothing down."""

from __future__ import annotations

import re

import pytest

from bot.cards import Card, Text, link, mention, plain
from bot.messages import ChatMessage, Reply, SlashCommand
from bot.ports import Sending
from bot.refs import PersonRef
from tests.contracts.adapter_contract.cards import DONE, everywhere
from tests.contracts.adapter_contract.harness import Harness

LITERAL = {
    "broadcast": "<!channel> <!here> @channel @everyone",
    "slack mention": "<@U00000001> <#C1> <https://evil.example|good.example>",
    "html": "<b>bold</b> <script>alert(1)</script> <a href='tg://user?id=1'>x</a>",
    "entities": "a &amp; b &lt;b&gt; &#60; & < >",
    "backticks": "`code` and ```more``` and *stars* _lines_ ~waves~",
    "markdown": "[text](https://evil.example) **b** __u__ ||s|| > quoted # head",
    "backslashes": "\\*not\\* \\u0000 %s {0} ${x}",
    "emoji": "🚀 👩‍👩‍👧‍👦 🇵🇹 :tada: :fire:",
    "scripts": "漢字 العربية हिन्दी ไทย",
    "combining": "Z\u0351\u0343\u035ealgo",
}
DECEIVING = {
    "override": "safe\u202egpj.exe\u202c",
    "isolate": "a\u2067b\u2069c\u200f\u200e",
    "nul": "one\x00two\x07\x1b[31m",
    "surrogate": "half \ud83d and \udc00",
    "only controls": "\x00\x01\u202e",
}
SECRETLY = re.compile("[\x00-\x08\x0b-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
ENORMOUS = {"letters": "a" * 10**6, "brackets": "<" * 10**6, "lines": "x\n" * 500_000, "emoji": "🚀" * 10**6,
            "marks": "\u0301" * 10**6 + "a" * 100}  # fmt: skip


@pytest.mark.parametrize("text", LITERAL.values(), ids=LITERAL)
async def test_marks_that_mean_something_to_a_platform_are_only_letters(on: Harness, text: str) -> None:
    await on.adapter.send(on.group, everywhere(text), Sending("row-1"))
    [shown] = await on.sees(on.ana, on.group)
    assert shown.pings == ()
    assert shown.text.count(text) >= 7, shown.text
    assert shown.buttons == (text,)


@pytest.mark.parametrize("text", DECEIVING.values(), ids=DECEIVING)
async def test_signs_that_deceive_are_taken_out_and_the_rest_is_shown(on: Harness, text: str) -> None:
    await on.adapter.send(on.group, everywhere(f"before {text} after"), Sending("row-1"))
    [shown] = await on.sees(on.ana, on.group)
    assert not re.search("[\x00\u202a-\u202e\u2066-\u2069\ud800-\udfff]", shown.text + "".join(shown.buttons))
    assert SECRETLY.sub("", f"before {text} after") in SECRETLY.sub("", shown.text)
    assert shown.pings == ()


@pytest.mark.parametrize("text", ["", " ", "\n", "\x00", "\u200b", "\ud800", "\u0301"], ids=repr)
async def test_words_that_show_nothing_are_no_reason_to_show_nothing(on: Harness, text: str) -> None:
    card = Card(plain("The title"), (*everywhere(text).blocks, *DONE.blocks))
    await on.adapter.send(on.group, card, Sending("row-1"))
    [shown] = await on.sees(on.ana, on.group)
    assert shown.text.startswith("The title")
    assert shown.buttons[-2:] == ("Done", "Move")


@pytest.mark.parametrize("text", ["", "\x00", "\ud800"], ids=repr)
async def test_a_title_that_shows_nothing_is_still_a_message(on: Harness, text: str) -> None:
    await on.adapter.send(on.group, Card(plain(text)), Sending("row-1"))
    assert len(await on.sees(on.ana, on.group)) == 1


@pytest.mark.parametrize("text", ENORMOUS.values(), ids=ENORMOUS)
async def test_a_million_characters_arrive_in_part(on: Harness, text: str) -> None:
    await on.adapter.send(on.group, everywhere(text), Sending("row-1"))
    assert await on.sees(on.ana, on.group)


async def test_people_elsewhere_are_named_and_not_called(on: Harness) -> None:
    stranger = PersonRef("elsewhere", "T1", "U1")
    card = Card(mention("Chen <!here>", stranger) + " has it", (Text(mention("Dora", None), quiet=True),))
    await on.adapter.send(on.group, card, Sending("row-1"))
    [shown] = await on.sees(on.ana, on.group)
    assert shown.text.startswith("Chen <!here> has it")
    assert not [ping for ping in shown.pings if "U1" in ping]


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "https://x.example/>|<!here>", ""]
)
async def test_a_link_is_never_more_than_a_link(on: Harness, url: str) -> None:
    card = Card(plain("See"), (Text(link("the plan", url)), Text(link("the plan", url), quiet=True)))
    await on.adapter.send(on.group, card, Sending("row-1"))
    [shown] = await on.sees(on.ana, on.group)
    assert shown.text.count("the plan") == 2
    assert shown.pings == ()


@pytest.mark.parametrize("text", [*LITERAL.values(), "one\x00two", "half \ud83d"], ids=repr)
async def test_whatever_is_said_arrives_and_is_answered(on: Harness, text: str) -> None:
    """Platforms escape on their own before they deliver; what is typed in markup stays as it came."""
    on.core.answers(Reply(DONE))
    await on.says(on.ana, f"x {text}", direct=True)
    await on.commands(on.ana, f"x {text}")
    [said, commanded] = on.core.new
    assert isinstance(said, ChatMessage)
    assert isinstance(commanded, SlashCommand)
    assert said.text.text.startswith("x")
    assert all(span.end <= len(said.text.text) for span in said.text.spans)
    assert len(await on.sees(on.ana, await on.adapter.direct(on.ana))) == 1
