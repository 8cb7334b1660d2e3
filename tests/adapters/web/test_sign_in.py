"""The way in: one-time codes, sessions, and what a stranger learns (nothing)."""

from __future__ import annotations

import hashlib
from datetime import timedelta

import pytest

from bot.cards import Card, plain
from bot.messages import BotAdded, Reply
from bot.refs import ConversationRef
from tests.adapters.web.conftest import Site, read, refusal, title
from tests.adapters.web.fakes import ANA, Door
from tests.fakes.clock import FakeClock

COOKIE = "milepost_session"


@pytest.fixture
def door(private: Site) -> Door:
    door = Door(
        private.boards,
        "right-code",
        ANA,
        Reply(Card(plain("Welcome, Ana."))),
        Reply(Card(plain("This code is used up."))),
    )
    private.answer(door)
    return door


async def sign_in(site: Site, code: str = "right-code") -> None:
    read(await site.post("/sign-in", code=code))


async def test_a_stranger_sees_the_way_in_and_nothing_of_the_workspace(private: Site) -> None:
    state = read(await private.get("/chat/state"))
    assert state.keys() == {"signed_in", "phrases"}
    assert state["signed_in"] is False
    assert "Northwind" not in (await private.get("/chat/state")).text


@pytest.mark.usefixtures("door")
async def test_the_right_code_opens_a_session_and_welcomes_in_the_direct_conversation(private: Site) -> None:
    await sign_in(private)
    state = read(await private.get("/chat/state"))
    account = hashlib.sha256(private.client.cookies[COOKIE].encode()).hexdigest()
    assert (state["me"]["name"], state["place"]["id"]) == ("Ana Costa", f"dm:{account}")
    assert [title(line) for line in state["lines"]] == ["Welcome, Ana."]
    assert state["people"] == []


@pytest.mark.usefixtures("door")
async def test_the_code_reaches_the_core_from_an_account_without_a_tenant(private: Site) -> None:
    zone = {"zone": "Europe/Lisbon", "language": "pt-PT", "name": " Ana "}
    read(await private.post("/sign-in", code=" right-code ", **zone))
    (came,) = private.receiver.came
    assert isinstance(came, BotAdded)
    assert came.payload == "right-code"
    assert (came.sender.ref.platform, came.sender.ref.workspace) == ("web", "")
    assert (came.sender.name, came.sender.zone, came.sender.language) == ("Ana", "Europe/Lisbon", "pt-PT")
    assert came.place.ref == ConversationRef("web", "", f"dm:{came.sender.ref.id}")


@pytest.mark.usefixtures("door")
@pytest.mark.parametrize("zone", ["Mars/Phobos", "../../etc/passwd", "/etc/passwd", "\u0000", "x" * 200])
async def test_a_zone_that_does_not_exist_is_not_passed_on(private: Site, zone: str) -> None:
    read(await private.post("/sign-in", code="right-code", zone=zone))
    assert private.receiver.came[0].sender.zone == ""


@pytest.mark.usefixtures("door")
async def test_the_cookie_is_for_this_site_alone_and_stored_nowhere(private: Site) -> None:
    answer = await private.post("/sign-in", code="right-code")
    header = answer.headers["set-cookie"]
    assert all(part in header for part in ("HttpOnly", "SameSite=strict", "Secure", "Path=/"))
    token = private.client.cookies[COOKIE]
    assert len(token) >= 43
    assert token not in repr(private.receiver.came)
    assert token not in repr(private.boards.stored)
    assert token not in answer.text


@pytest.mark.usefixtures("door")
async def test_a_wrong_code_is_refused_in_the_cores_words_and_opens_nothing(private: Site) -> None:
    answer = await private.post("/sign-in", code="wrong")
    assert refusal(answer) == (400, "code_refused")
    assert answer.json()["sentence"] == "This code is used up."
    assert "set-cookie" not in answer.headers
    assert private.boards.stored == []


@pytest.mark.usefixtures("door")
async def test_a_code_pasted_with_its_command_is_as_good(private: Site) -> None:
    await sign_in(private, " /start right-code\n")


@pytest.mark.usefixtures("door")
async def test_a_code_works_once(private: Site) -> None:
    await sign_in(private)
    assert refusal(await private.post("/sign-in", code="right-code")) == (400, "code_refused")


@pytest.mark.usefixtures("door")
async def test_a_cookie_somebody_planted_does_not_become_the_session(private: Site) -> None:
    private.client.cookies.set(COOKIE, "planted", domain="milepost.example.org")
    await sign_in(private)
    values = {cookie.value for cookie in private.client.cookies.jar if cookie.name == COOKIE}
    assert values != {"planted"}
    assert hashlib.sha256(b"planted").hexdigest() not in private.boards.members


@pytest.mark.usefixtures("door")
async def test_guessing_is_slowed_down_and_only_for_a_while(private: Site, clock: FakeClock) -> None:
    answers = [refusal(await private.post("/sign-in", code=f"guess-{n}"))[0] for n in range(12)]
    assert answers == [400] * 10 + [429] * 2
    assert refusal(await private.post("/sign-in", code="right-code")) == (429, "too_many_tries")
    clock.jump_to(clock.now() + timedelta(minutes=2))
    await sign_in(private)


@pytest.mark.parametrize("path", ["/chat/send", "/chat/press", "/chat/form", "/chat/clock", "/chat/act-as"])
async def test_a_stranger_can_do_nothing(private: Site, path: str) -> None:
    body = {"as": "ana", "text": "status", "token": "t", "values": {}, "step": "day"}
    assert refusal(await private.post(path, **body)) == (401, "signed_out")
    assert private.receiver.came == []


@pytest.mark.parametrize("path", ["/chat/stream", "/chat/picture/1"])
async def test_a_stranger_can_read_nothing(private: Site, path: str) -> None:
    assert refusal(await private.get(path, **{"as": "ana"}, place="dm:ana")) == (401, "signed_out")


@pytest.mark.usefixtures("door")
async def test_acting_as_a_demo_person_means_nothing_outside_the_demo(private: Site) -> None:
    await sign_in(private)
    private.client.cookies.set("milepost_as", "boris")
    await private.post("/chat/send", **{"as": "boris"}, text="mine")
    assert private.receiver.came[-1].sender.ref.workspace == ""
    assert refusal(await private.post("/chat/act-as", **{"as": "boris"})) == (404, "no_such_person")
    assert refusal(await private.post("/chat/clock", step="day")) == (400, "clock_refused")


@pytest.mark.usefixtures("door")
async def test_signing_out_forgets_the_session(private: Site) -> None:
    await sign_in(private)
    read(await private.post("/sign-out"))
    assert read(await private.get("/chat/state"))["signed_in"] is False


@pytest.mark.usefixtures("door")
async def test_losing_membership_ends_what_the_cookie_opens(private: Site) -> None:
    await sign_in(private)
    private.boards.members.clear()
    assert refusal(await private.post("/chat/send", text="mine")) == (401, "signed_out")


async def test_in_the_demo_there_is_nothing_to_sign_in_to(demo: Site) -> None:
    assert refusal(await demo.post("/sign-in", code="right-code")) == (404, "not_found")
    assert demo.receiver.came == []


@pytest.mark.parametrize("code", ["", "  ", None, "x" * 129])
async def test_a_code_that_cannot_be_one_is_refused(private: Site, code: object) -> None:
    assert refusal(await private.post("/sign-in", code=code)) == (400, "bad_request")


@pytest.mark.usefixtures("door")
async def test_signing_out_ends_the_session_for_every_copy_of_the_cookie(private: Site) -> None:
    await sign_in(private)
    copied = private.client.cookies[COOKIE]
    read(await private.post("/sign-out"))
    private.client.cookies.set(COOKIE, copied)
    assert read(await private.get("/chat/state"))["signed_in"] is False


@pytest.mark.usefixtures("door")
async def test_a_stranger_signing_out_ends_nobody_elses_session(private: Site) -> None:
    await sign_in(private)
    own = private.client.cookies[COOKIE]
    private.client.cookies.set(COOKIE, "x" * 43)
    read(await private.post("/sign-out"))
    private.client.cookies.set(COOKIE, own)
    assert read(await private.get("/chat/state"))["signed_in"] is True
