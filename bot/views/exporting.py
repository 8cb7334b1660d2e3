"""How everything is taken along, for whoever runs it."""

from __future__ import annotations

from bot.cards import Actions, Card, RichText, Text, code
from bot.views.offers import Offers
from bot.wording import Reader

FILE = "milepost.jsonl.gz"


def export_card(reader: Reader, offers: Offers) -> Card:
    title = RichText(reader.say("Everything you have here can be taken along as one file."))
    how = reader.rich(
        "Whoever runs me types {command}: every project, milestone, note and file kept, no keys or codes.",
        command=code(f"milepost export all --to {FILE}"),
    )
    back = reader.rich("It comes back with {command}, into a database nobody has used.",
                       command=code(f"milepost import {FILE}"))  # fmt: skip
    before = RichText(reader.say("Do it before you uninstall the app: afterwards I can't say anything here."))
    buttons = (
        offers.button(reader.say("All milestones"), "status"),
        offers.button(reader.say("Mine"), "mine"),
    )
    return Card(title, (Text(how), Text(back), Text(before), Actions(buttons)))
