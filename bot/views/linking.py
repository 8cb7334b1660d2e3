"""Joining: people, accounts, groups."""

from __future__ import annotations

from dataclasses import dataclass

from bot.cards import Actions, Button, Card, RichText, Style, Text, code, link, strong
from bot.views.milestone import NAME_ROOM, shortened
from bot.views.offers import Offers
from bot.views.refusals import starters
from bot.wording import Reader

COLLEAGUE = "colleague"
OPEN_CHAT = "hello"
"""What a link carries that opens a chat and nothing more."""


def stranger_card(reader: Reader) -> Card:
    title = RichText(reader.say("I don't know you yet, so I can't show you anyone's dates."))
    note = reader.say("Ask a colleague to type “link colleague” to me and send you the code. Send it here.")
    return Card(title, (Text(RichText(note)),))


def unlinked_card(reader: Reader, buttons: tuple[Button, ...] = ()) -> Card:
    title = RichText(reader.say("This group is not linked to a team yet."))
    if buttons:
        return Card(title, (Actions(buttons),))
    note = reader.rich(
        "Someone from the team types {link} and a code from Milepost here.", link=code("/ms link")
    )
    return Card(title, (Text(note),))


def which_workspace_card(reader: Reader, buttons: tuple[Button, ...]) -> Card:
    title = RichText(reader.say("You belong to more than one team. Which one is this about?"))
    return Card(title, tuple(Actions(buttons[at : at + 4]) for at in range(0, len(buttons), 4)))


def chosen_card(name: str, reader: Reader, offers: Offers) -> Card:
    title = reader.rich("From here on this chat is about {name}.", name=strong(shortened(name, NAME_ROOM)))
    return Card(title, (Actions(starters(reader, offers)),))


def joined_card(person: str, workspace: str, reader: Reader, offers: Offers, *, is_new: bool) -> Card:
    """``is_new``: this is their only account, so reminders have no other place to come to."""
    who, team = strong(shortened(person, 24)), strong(shortened(workspace, 24))
    title = reader.rich("Linked: here you are {person} of {name}.", person=who, name=team)
    if is_new:
        words = reader.say("Your reminders come here, in your own morning.")
        return Card(title, (Text(RichText(words)), Actions(starters(reader, offers))))
    note = Text(
        RichText(reader.say("Reminders keep coming where you were first, unless you want them here."))
    )
    here = offers.button(reader.say("Remind me here"), "link", style=Style.PRIMARY, choice="prefer")
    return Card(title, (note, Actions((here, *starters(reader, offers)[:3]))))


def preferred_card(reader: Reader, offers: Offers) -> Card:
    title = RichText(reader.say("From now on your reminders come here, in your own morning."))
    return Card(title, (Actions(starters(reader, offers)[:3]),))


def chat_joined_card(workspace: str, reader: Reader, offers: Offers) -> Card:
    title = reader.rich("This group is now linked to {name}.", name=strong(shortened(workspace, NAME_ROOM)))
    note = reader.rich("Add the first milestone: {example}", example=code("/new Roof closed by 5 June me"))
    return Card(title, (Text(note), Actions(starters(reader, offers)[:3])))


def taken_card(reader: Reader) -> Card:
    title = RichText(reader.say("This group belongs to another team already."))
    return Card(title, (Text(RichText(reader.say("Their admin can remove me from it first."))),))


def bad_code_card(reader: Reader) -> Card:
    title = RichText(reader.say("That code does not work: it was used, it is too old, or it has a typo."))
    note = RichText(reader.say("Ask for a new one: type “link” where you already use Milepost."))
    return Card(title, (Text(note),))


def anonymous_card(reader: Reader) -> Card:
    title = RichText(reader.say("I can't tell who you are while you post anonymously."))
    note = reader.say("Post as yourself to change something. Reading works either way.")
    return Card(title, (Text(RichText(note)),))


@dataclass(frozen=True, slots=True)
class Code:
    """A one-time code as it is shown, once.  ``deep_link`` is empty where none can be made."""

    secret: str
    deep_link: str
    hours: int

    def lines(self, reader: Reader, limit: str) -> tuple[Text, ...]:
        where = reader.rich("In Telegram, Slack or on the web page, send me {code}",
                            code=code(f"link {self.secret}"))  # fmt: skip
        opens = link(reader.say("Or open Telegram with it"), self.deep_link) if self.deep_link else RichText()
        return tuple(Text(part) for part in (where, opens, RichText(limit)) if part)


def code_card(shown: Code, reader: Reader, offers: Offers, teams: tuple[Button, ...] = ()) -> Card:
    """The sender's own code; ``teams`` are buttons to speak for another team here."""
    title = RichText(reader.say("With this code you are yourself in another chat, too."))
    limit = reader.many(
        "It works once, for {n} hour; whoever sends it is you. In a group it links the group.",
        "It works once, for {n} hours; whoever sends it is you. In a group it links the group.",
        shown.hours,
    )
    invite = offers.button(reader.say("Invite a colleague"), "link", choice=COLLEAGUE)
    mine = offers.button(reader.say("Mine"), "mine")
    return Card(title, (*shown.lines(reader, limit), Actions((invite, *teams[:2], mine))))


def invitation_card(shown: Code, team: str, reader: Reader, offers: Offers) -> Card:
    """A code to pass on: whoever uses it joins as themselves."""
    title = reader.rich("Send this code to one colleague: it adds them to {team}.", team=strong(team[:40]))
    again = offers.button(reader.say("Invite another"), "link", choice=COLLEAGUE)
    mine = offers.button(reader.say("Mine"), "mine")
    return Card(title, (*shown.lines(reader, _once(shown, reader)), Actions((again, mine))))


def for_person_card(shown: Code, person: str, reader: Reader, offers: Offers) -> Card:
    """A code for somebody known whose accounts do not reach them."""
    title = reader.rich("Send this code to {name} only: whoever uses it is them.", name=strong(person[:30]))
    mine = offers.button(reader.say("Mine"), "mine")
    everything = offers.button(reader.say("All milestones"), "status")
    return Card(title, (*shown.lines(reader, _once(shown, reader)), Actions((everything, mine))))


def only_admins_card(person: str, reader: Reader, offers: Offers) -> Card:
    title = reader.rich("Only an admin can make a code for {name}.", name=strong(person[:40]))
    note = Text(RichText(reader.say("They can type “link” themselves wherever they use Milepost.")))
    invite = offers.button(reader.say("Invite a colleague"), "link", choice=COLLEAGUE)
    return Card(title, (note, Actions((invite, offers.button(reader.say("Mine"), "mine")))))


def open_chat_card(reader: Reader, url: str = "") -> Card:
    """Said in a group when the answer was for one person, whom the bot may not write to yet; ``url`` opens
    the chat where a platform has such links."""
    title = RichText(reader.say("I can't write to you directly yet: open a chat with me and press Start."))
    then = Text(RichText(reader.say("Then ask again, here or there.")))
    opens = (Actions((Button(reader.say("Open a chat with me"), url=url),)),) if url else ()
    return Card(title, (then, *opens))


def _once(shown: Code, reader: Reader) -> str:
    return reader.many("It works once, for {n} hour.", "It works once, for {n} hours.", shown.hours)
