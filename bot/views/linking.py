"""Joining: people, accounts, groups."""

from __future__ import annotations

from bot.cards import Actions, Button, Card, RichText, Style, Text, code, link, strong
from bot.views.offers import Offers
from bot.views.refusals import starters
from bot.wording import Reader


def stranger_card(reader: Reader) -> Card:
    title = RichText(reader.say("I don't know you yet, so I can't show you anyone's dates."))
    note = reader.say("Ask a colleague to type “link” to me and send you the code. Then send it here.")
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
    return Card(
        RichText(reader.say("You belong to more than one team. Which one is this about?")),
        (Actions(buttons),),
    )


def chosen_card(name: str, reader: Reader, offers: Offers) -> Card:
    title = reader.rich("From here on this chat is about {name}.", name=strong(name))
    return Card(title, (Actions(starters(reader, offers)),))


def joined_card(person: str, workspace: str, reader: Reader, offers: Offers) -> Card:
    title = reader.rich(
        "Linked: here you are {person} of {name}.", person=strong(person), name=strong(workspace)
    )
    note = Text(
        RichText(reader.say("Reminders keep coming where you were first, unless you want them here."))
    )
    here = offers.button(reader.say("Remind me here"), "link", style=Style.PRIMARY, choice="prefer")
    return Card(title, (note, Actions((here, *starters(reader, offers)[:3]))))


def preferred_card(reader: Reader, offers: Offers) -> Card:
    title = RichText(reader.say("From now on your reminders come here, in your own morning."))
    return Card(title, (Actions(starters(reader, offers)[:3]),))


def chat_joined_card(workspace: str, reader: Reader, offers: Offers) -> Card:
    title = reader.rich("This group is now linked to {name}.", name=strong(workspace))
    note = reader.rich("Add the first milestone: {example}", example=code("/new Roof closed by 5 June @ana"))
    return Card(title, (Text(note), Actions(starters(reader, offers)[:3])))


def taken_card(reader: Reader) -> Card:
    title = RichText(reader.say("This group belongs to another team already."))
    return Card(title, (Text(RichText(reader.say("Their admin can remove me from it first."))),))


def bad_code_card(reader: Reader) -> Card:
    title = RichText(reader.say("That code does not work: it was used, it is too old, or it has a typo."))
    note = RichText(reader.say("Ask for a new one: type “link” where you already use Milepost."))
    return Card(title, (Text(note),))


def anonymous_card(reader: Reader) -> Card:
    return Card(
        RichText(reader.say("I can't tell who you are while you post anonymously. Post as yourself."))
    )


def code_card(secret: str, deep_link: str, hours: int, reader: Reader) -> Card:
    """The one-time code, shown once."""
    title = RichText(reader.say("Use this once to be yourself somewhere else, too."))
    where = reader.rich("In Telegram, Slack or on the web page type {code}", code=code(f"link {secret}"))
    opens = link(reader.say("Or open Telegram with it"), deep_link) if deep_link else RichText()
    limit = reader.many(
        "It works for {n} hour, for one account or one group.",
        "It works for {n} hours, for one account or one group.",
        hours,
    )
    parts = tuple(Text(part) for part in (where, opens, RichText(limit)) if part)
    return Card(title, parts)


def welcome_card(reader: Reader, offers: Offers) -> Card:
    """To whoever added the bot; one message (VOICE)."""
    title = RichText(reader.say("I keep your milestones: one owner, one date, one place."))
    note = Text(
        RichText(reader.say("I ask before it is late. Start with the first milestone of this channel."))
    )
    return Card(title, (note, Actions(starters(reader, offers)[2:])))
