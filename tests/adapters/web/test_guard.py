"""Who is let in: hosts, origins, sizes, shapes."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.errors import ConfigError
from tests.adapters.web.conftest import Site, build, refusal
from tests.fakes.clock import FakeClock

STATE = "/chat/state"


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "localhost", "LOCALHOST:1", "[::1]:8000"])
async def test_on_loopback_the_page_answers_to_this_machines_names(demo: Site, host: str) -> None:
    assert (await demo.get("/", headers={"Host": host})).status_code == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "127.0.0.1.evil.example",
        "localhost.evil.example:8000",
        "10.0.0.7",
        "[::2]",
        "",
        "@",
        "[",
    ],
)
async def test_a_strangers_name_for_this_machine_is_refused(demo: Site, host: str) -> None:
    for path in ("/", STATE, "/static/main.js", "/chat/stream"):
        assert refusal(await demo.get(path, headers={"Host": host})) == (403, "foreign_host")


async def test_in_the_network_only_the_public_name_is_answered(private: Site) -> None:
    assert (await private.get("/")).status_code == 200
    assert (await private.get("/", headers={"Host": "MILEPOST.example.org:443"})).status_code == 200
    for host in ("127.0.0.1", "milepost.example.org:8000", "milepost.example.org.evil.example"):
        assert refusal(await private.get("/", headers={"Host": host})) == (403, "foreign_host")


async def test_listening_to_the_network_without_an_address_answers_nobody(clock: FakeClock) -> None:
    site = build(clock, bind="0.0.0.0")
    assert refusal(await site.get("/")) == (403, "foreign_host")
    assert [finding.level for finding in await site.web.check()] == ["fail"]


async def test_the_demo_is_for_this_machine_alone_even_behind_a_public_name(clock: FakeClock) -> None:
    site = build(clock, public_url="https://milepost.example.org")
    assert refusal(await site.get(STATE)) == (403, "foreign_host")
    assert (await site.get(STATE, headers={"Host": "localhost:8000"})).status_code == 200


@pytest.mark.parametrize(
    "url", ["milepost.example.org", "ftp://a.example", "https://a.example/path", "https://[", "https://"]
)
def test_a_public_address_that_is_none_stops_the_start(clock: FakeClock, url: str) -> None:
    with pytest.raises(ConfigError, match="PUBLIC_URL"):
        build(clock, public_url=url)


@pytest.mark.parametrize(
    "origin",
    ["https://evil.example", "null", "http://127.0.0.1:9999", "http://127.0.0.1.evil.example:8000", "", "x"],
)
async def test_nothing_is_done_for_another_page(demo: Site, origin: str) -> None:
    for path in (
        "/chat/send",
        "/chat/press",
        "/chat/form",
        "/chat/clock",
        "/chat/act-as",
        "/sign-in",
        "/sign-out",
    ):
        answer = await demo.post(path, headers={"Origin": origin}, text="status", step="day", **{"as": "ana"})
        assert refusal(answer) == (403, "foreign_origin")
    assert demo.receiver.came == []
    assert demo.boards.clock.ahead.total_seconds() == 0


async def test_without_an_origin_nothing_is_done(demo: Site) -> None:
    answer = await demo.client.post("/chat/send", json={"text": "status"})
    assert refusal(answer) == (403, "foreign_origin")


async def test_another_page_cannot_read_either(demo: Site) -> None:
    assert refusal(await demo.get(STATE, headers={"Origin": "https://evil.example"})) == (
        403,
        "foreign_origin",
    )


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""]
)
async def test_only_json_is_read(demo: Site, kind: str) -> None:
    headers = {"Origin": demo.home, "Content-Type": kind}
    answer = await demo.client.post("/chat/send", content=b'{"text": "status"}', headers=headers)
    assert refusal(answer) == (400, "not_json")


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b'"text"', b"null", b"\xff\xfe", b"[" * 60_000, b"\x00", b'{"key": NaN']
)
async def test_what_is_no_json_object_is_refused_with_a_sentence(demo: Site, body: bytes) -> None:
    headers = {"Origin": demo.home, "Content-Type": "application/json"}
    answer = await demo.client.post("/chat/send", content=body, headers=headers)
    assert refusal(answer) == (400, "not_json")


async def test_more_than_64_kib_is_refused_unread(demo: Site) -> None:
    assert refusal(await demo.post("/chat/send", text="x" * 65_536, **{"as": "ana"})) == (413, "too_large")
    assert demo.receiver.came == []


async def test_a_body_that_hides_its_length_is_cut_off_too(demo: Site) -> None:
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(100):
            yield b"x" * 4096

    headers = {"Origin": demo.home, "Content-Type": "application/json"}
    assert refusal(await demo.client.post("/chat/send", content=endless(), headers=headers)) == (
        413,
        "too_large",
    )


@pytest.mark.parametrize(
    "change",
    [
        {"text": ""},
        {"text": " \n"},
        {"text": 7},
        {"text": None},
        {"key": ""},
        {"key": "short"},
        {"key": "with spaces"},
        {"key": 12345678},
        {"key": "x" * 65},
        {"as": ["ana"]},
        {"place": {"id": "site"}},
        {"reply_to_seq": -1},
        {"reply_to_seq": 10**30},
        {"reply_to_seq": True},
        {"reply_to_seq": "seven"},
        {"reply_to": "x" * 300},
    ],
)
async def test_a_misshapen_message_is_refused(demo: Site, change: dict[str, object]) -> None:
    body = {"as": "ana", "place": "site", "text": "status", **change}
    assert refusal(await demo.post("/chat/send", **body)) == (400, "bad_request")
    assert demo.receiver.came == []


@pytest.mark.parametrize("values", [None, [], {"due": 7}, {"due": None}, {f"f{n}": "" for n in range(51)}])
async def test_a_misshapen_form_is_refused(demo: Site, values: object) -> None:
    answer = await demo.post("/chat/form", **{"as": "ana"}, place="site", token="t", values=values)
    assert refusal(answer) == (400, "bad_request")


@pytest.mark.parametrize(
    "path", ["/static/../config.py", "/static/config.py", "/static/nothing.js", "/static/%2e%2e%2fsend.py"]
)
async def test_only_the_pages_own_files_are_served(demo: Site, path: str) -> None:
    assert (await demo.get(path)).status_code == 404


async def test_every_answer_forbids_foreign_scripts_frames_and_guessing(demo: Site) -> None:
    for path in ("/", STATE, "/static/page.css", "/static/none"):
        headers = (await demo.get(path)).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"


async def test_answers_are_not_stored_but_files_are_checked_again(demo: Site) -> None:
    assert (await demo.get(STATE)).headers["cache-control"] == "no-store"
    first = await demo.get("/static/page.css")
    again = await demo.get("/static/page.css", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


async def test_the_page_holds_no_script_or_style_of_its_own(demo: Site) -> None:
    page = (await demo.get("/")).text
    assert "<style" not in page
    assert " style=" not in page
    assert " onclick" not in page
    assert page.count("<script") == page.count('<script src="/static/') + page.count(
        '<script type="module" src="/static/'
    )
    assert "http://" not in page.replace("http://www.w3.org", "")
    assert "https://" not in page
