"""What people do on the page, and what they and others see of it."""

from __future__ import annotations

import pytest

from bot.cards import Card, Mention, plain
from bot.messages import Audience, ButtonPress, ChatMessage, PlaceKind, Reply, SlashCommand
from bot.ports import Sending
from bot.refs import ConversationRef, PersonRef
from tests.adapters.web import cards
from tests.adapters.web.conftest import Site, refusal, title
from tests.fakes.clock import START

SITE = ConversationRef("web", "demo", "site")
ANA = PersonRef("web", "demo", "ana")


def said(text: str) -> Reply:
    return Reply(Card(plain(text)))


async def test_words_in_a_channel_reach_the_core_as_a_message(demo: Site) -> None:
    await demo.say("new Prototype tested by Friday")
    (came,) = demo.receiver.came
    assert isinstance(came, ChatMessage)
    assert came.text.text == "new Prototype tested by Friday"
    assert (came.sender.ref, came.sender.name) == (ANA, "Ana Costa")
    assert (came.place.ref, came.place.kind, came.place.name) == (SITE, PlaceKind.GROUP, "riverside-site")
    assert came.received_at == START
    assert came.can_open_form


async def test_without_a_place_words_go_to_the_direct_conversation(demo: Site) -> None:
    await demo.say("mine", place="")
    (came,) = demo.receiver.came
    assert (came.place.ref, came.place.kind) == (ConversationRef("web", "demo", "dm:ana"), PlaceKind.DIRECT)


@pytest.mark.parametrize(
    ("typed", "verb", "rest"),
    [
        ("/ms move APX-7 to Friday", "", "move APX-7 to Friday"),
        ("/milestone", "", ""),
        ("/done APX-7", "done", "APX-7"),
        ("/Who-Hears apex", "who-hears", "apex"),
        ("/ms\nnew Permit\nby Friday", "", "new Permit\nby Friday"),
    ],
)
async def test_a_slash_at_the_start_makes_a_command(demo: Site, typed: str, verb: str, rest: str) -> None:
    await demo.say(typed)
    (came,) = demo.receiver.came
    assert isinstance(came, SlashCommand)
    assert (came.verb, came.text.text) == (verb, rest)


@pytest.mark.parametrize("typed", ["24/7 on call by Friday", "/ 2", "//", "a /done b"])
async def test_a_slash_elsewhere_is_just_a_slash(demo: Site, typed: str) -> None:
    await demo.say(typed)
    assert isinstance(demo.receiver.came[0], ChatMessage)


async def test_addressing_milepost_by_name_changes_nothing(demo: Site) -> None:
    await demo.say("@Milepost: status")
    (came,) = demo.receiver.came
    assert isinstance(came, ChatMessage)
    assert came.text.text == "status"


@pytest.mark.parametrize(
    ("typed", "covered", "person"),
    [
        ("new X by Friday @ana", "@ana", "ana"),
        ("@Boris Petrov takes it", "@Boris Petrov", "boris"),
        ("ask @CHEN, please", "@CHEN", "chen"),
    ],
)
async def test_a_demo_person_after_an_at_sign_is_a_mention(
    demo: Site, typed: str, covered: str, person: str
) -> None:
    await demo.say(typed)
    text = demo.receiver.came[0].text  # type: ignore[union-attr]
    (span,) = text.spans
    assert isinstance(span, Mention)
    assert text.text[span.start : span.end] == covered
    assert span.person == PersonRef("web", "demo", person)


@pytest.mark.parametrize("typed", ["@anabel", "ana@chen.example", "@nobody", "@"])
async def test_what_only_looks_like_a_mention_is_left_as_typed(demo: Site, typed: str) -> None:
    await demo.say(typed)
    text = demo.receiver.came[0].text  # type: ignore[union-attr]
    assert (text.text, text.spans) == (typed, ())


async def test_what_is_said_in_a_channel_is_seen_by_all_and_keeps_the_name(demo: Site) -> None:
    await demo.say("status")
    (mine,) = await demo.seen()
    (theirs,) = await demo.seen(who="boris")
    assert mine["payload"]["text"] == theirs["payload"]["text"] == "status"
    assert (mine["mine"], theirs["mine"], theirs["payload"]["name"]) == (True, False, "Ana Costa")


async def test_an_answer_to_the_sender_alone_is_seen_by_nobody_else(demo: Site) -> None:
    demo.answer(said("Only for Ana"))
    answer = await demo.say("mine")
    assert [line["private"] for line in answer["lines"]] == [False, True]
    assert title((await demo.seen())[-1]) == "Only for Ana"
    assert all(line["payload"]["kind"] == "said" for line in await demo.seen(who="boris"))


async def test_an_answer_to_the_conversation_is_seen_by_all(demo: Site) -> None:
    demo.answer(Reply(Card(plain("For all")), Audience.CONVERSATION))
    await demo.say("status")
    assert title((await demo.seen(who="boris"))[-1]) == "For all"


async def test_a_direct_answer_is_given_there_and_the_page_says_so(demo: Site) -> None:
    demo.answer(Reply(Card(plain("Yours")), Audience.DIRECT))
    answer = await demo.say("mine")
    assert answer["elsewhere"] == "dm:ana"
    assert [title(line) for line in await demo.seen(place="dm:ana")] == ["Yours"]
    assert len(await demo.seen()) == 1


async def test_in_a_direct_conversation_nothing_needs_to_say_that_it_is_private(demo: Site) -> None:
    demo.answer(said("Yours"))
    answer = await demo.say("mine", place="dm:ana")
    assert [line["private"] for line in answer["lines"]] == [False, False]


@pytest.mark.parametrize("place", ["dm:boris", "nowhere", "site ", "SITE", "../site", "dm:"])
async def test_a_place_that_is_not_theirs_does_not_exist(demo: Site, place: str) -> None:
    for path in ("/chat/state", "/chat/stream", "/chat/picture/1"):
        assert refusal(await demo.get(path, **{"as": "ana"}, place=place)) == (404, "no_such_place")
    answer = await demo.post("/chat/send", **{"as": "ana"}, place=place, text="status")
    assert refusal(answer) == (404, "no_such_place")
    assert demo.receiver.came == []


@pytest.mark.parametrize("who", ["dora", "ANA", "ana/..", "\u0000"])
async def test_somebody_who_is_not_in_the_demo_cannot_be_acted_as(demo: Site, who: str) -> None:
    assert refusal(await demo.get("/chat/state", **{"as": who})) == (404, "no_such_person")
    assert refusal(await demo.post("/chat/act-as", **{"as": who})) == (404, "no_such_person")


async def test_acting_as_somebody_is_remembered_by_the_browser(demo: Site) -> None:
    assert (await demo.get("/chat/state")).json()["me"]["id"] == "ana"
    answer = await demo.post("/chat/act-as", **{"as": "boris"})
    assert "httponly" in answer.headers["set-cookie"].lower()
    assert "samesite=strict" in answer.headers["set-cookie"].lower()
    assert (await demo.get("/chat/state")).json()["me"]["id"] == "boris"


async def test_somebody_remembered_who_is_gone_is_the_first_person_again(demo: Site) -> None:
    demo.client.cookies.set("milepost_as", "dora")
    assert (await demo.get("/chat/state")).json()["me"]["id"] == "ana"


async def test_the_same_request_twice_is_said_and_done_once(demo: Site) -> None:
    demo.answer(said("Noted"))
    first = await demo.say("status", key="the-same-key")
    second = await demo.say("status", key="the-same-key")
    assert len(demo.receiver.came) == 1
    assert [line["id"] for line in second["lines"]] == [first["lines"][0]["id"]]
    assert len(await demo.seen()) == 2


async def test_nobody_can_use_up_anothers_key(demo: Site) -> None:
    await demo.say("status", key="the-same-key")
    await demo.say("status", key="the-same-key", who="boris")
    assert len(demo.receiver.came) == 2
    assert len({came.key for came in demo.receiver.came}) == 2


async def test_a_press_names_the_card_it_came_from(demo: Site) -> None:
    ref = await demo.web.send(SITE, cards.milestone(), Sending("o1"))
    (line,) = await demo.seen()
    await demo.post(
        "/chat/press", **{"as": "ana"}, place="site", token="t-done", line=line["id"], seq=line["seq"]
    )
    (came,) = demo.receiver.came
    assert isinstance(came, ButtonPress)
    assert (came.token, came.message) == ("t-done", ref)


async def test_a_card_changed_since_it_was_seen_is_still_found(demo: Site) -> None:
    ref = await demo.web.send(SITE, cards.milestone(), Sending("o1"))
    (line,) = await demo.seen()
    await demo.web.edit(ref, cards.achieved(), Sending("o2"))
    await demo.post("/chat/press", **{"as": "ana"}, place="site", token="t", line=line["id"], seq=line["seq"])
    assert demo.receiver.came[0].message == ref  # type: ignore[union-attr]


async def test_a_private_answer_is_replaced_where_it_stands(demo: Site) -> None:
    demo.answer(said("Which one?"))
    line = (await demo.say("done"))["lines"][-1]
    demo.answer(Reply(Card(plain("Done")), edits=True, toast="Well kept."))
    answer = await demo.post(
        "/chat/press", **{"as": "ana"}, place="site", token="t", line=line["id"], seq=line["seq"]
    )
    assert answer.json()["toast"] == "Well kept."
    assert [line["id"]] == [changed["id"] for changed in answer.json()["lines"]]
    assert title((await demo.seen())[-1]) == "Done"
    assert len(await demo.seen()) == 2


async def test_what_all_see_is_not_replaced_by_an_answer_to_one(demo: Site) -> None:
    await demo.web.send(SITE, cards.milestone(), Sending("o1"))
    (line,) = await demo.seen()
    demo.answer(Reply(Card(plain("Done")), edits=True))
    await demo.post("/chat/press", **{"as": "ana"}, place="site", token="t", line=line["id"], seq=line["seq"])
    before, after = await demo.seen()
    assert "Prototype tested" in title(before)
    assert (title(after), after["private"]) == ("Done", True)


async def test_another_persons_private_card_can_neither_be_named_nor_replaced(demo: Site) -> None:
    demo.answer(said("Which one?"))
    line = (await demo.say("done"))["lines"][-1]
    demo.answer(Reply(Card(plain("Hijacked")), edits=True))
    await demo.post(
        "/chat/press", **{"as": "boris"}, place="site", token="t", line=line["id"], seq=line["seq"]
    )
    press = demo.receiver.came[-1]
    assert isinstance(press, ButtonPress)
    assert press.message is None
    assert title((await demo.seen())[-1]) == "Which one?"


async def test_a_line_of_another_conversation_is_not_found_from_here(demo: Site) -> None:
    demo.answer(said("Yours"))
    line = (await demo.say("mine", place="dm:ana"))["lines"][-1]
    await demo.post("/chat/press", **{"as": "ana"}, place="site", token="t", line=line["id"], seq=line["seq"])
    assert demo.receiver.came[-1].message is None  # type: ignore[union-attr]


@pytest.mark.parametrize("token", ["", " ", "x" * 44, None, 7])
async def test_a_press_without_a_possible_token_is_refused(demo: Site, token: object) -> None:
    answer = await demo.post("/chat/press", **{"as": "ana"}, place="site", token=token)
    assert refusal(answer) == (400, "bad_request")


async def test_replying_to_a_card_points_at_it(demo: Site) -> None:
    ref = await demo.web.send(SITE, cards.milestone(), Sending("o1"))
    (line,) = await demo.seen()
    await demo.say("done", reply_to=line["id"], reply_to_seq=line["seq"])
    (came,) = demo.receiver.came
    assert isinstance(came, ChatMessage)
    assert came.reply_to == ref
    assert came.quoted.startswith(line["payload"]["title"][0]["text"])
    assert (await demo.seen())[-1]["payload"]["reply_to"] == ref.id


async def test_replying_to_what_one_cannot_see_points_at_nothing(demo: Site) -> None:
    await demo.say("done", reply_to="made-up", reply_to_seq=1)
    came = demo.receiver.came[0]
    assert isinstance(came, ChatMessage)
    assert came.reply_to is None
    assert came.quoted == ""
