"""What a verb does to a milestone, in words that fit into other sentences."""

from __future__ import annotations

from collections.abc import Sequence

from bot.cards import RichText, strong
from bot.domain.milestone import Milestone
from bot.views.milestone import HEADLINE_LIMIT, shortened
from bot.wording import N_, Reader

_ROOM = 40
_NAME, _ONE_OF_TWO = 34, 20  # with what they are here
_ONLY = {
    "move": N_("Only {who} can move {milestone}."),
    "assign": N_("Only {who} can give {milestone} away."),
    "done": N_("Only {who} can mark {milestone} done."),
    "begin": N_("Only {who} can begin {milestone}."),
    "submit": N_("Only {who} can submit {milestone}."),
    "approve": N_("Only {who} can sign {milestone} off."),
    "send-back": N_("Only {who} can send {milestone} back."),
    "confirm": N_("Only {who} can settle {milestone}."),
    "hold": N_("Only {who} can put {milestone} on hold."),
    "resume": N_("Only {who} can take {milestone} up again."),
    "reopen": N_("Only {who} can reopen {milestone}."),
    "rename": N_("Only {who} can rename {milestone}."),
    "drop": N_("Only {who} can drop {milestone}."),
    "block": N_("Only {who} can say that {milestone} is blocked."),
    "unblock": N_("Only {who} can say that {milestone} goes on."),
    "criteria": N_("Only {who} can change what proves {milestone}."),
    "task": N_("Only {who} can change the tasks of {milestone}."),
}
_ANY = N_("Only {who} can change {milestone}.")
_WOULD = {
    "done": N_("mark it done"),
    "begin": N_("begin it"),
    "submit": N_("hand it in for sign-off"),
    "approve": N_("sign it off"),
    "send-back": N_("send it back"),
    "confirm": N_("settle the draft"),
    "hold": N_("put it on hold"),
    "resume": N_("take it up again"),
    "reopen": N_("reopen it"),
    "rename": N_("rename it"),
    "drop": N_("drop it"),
    "block": N_("say it is blocked"),
    "unblock": N_("say it goes on"),
    "move": N_("give it another date"),
    "assign": N_("give it another owner"),
}


def only(verb: str, who: str, milestone: Milestone, reader: Reader) -> RichText:
    """Who may do this, in one line."""
    sentence = _ONLY.get(verb, _ANY)
    room = HEADLINE_LIMIT - len(reader.say(sentence, who=who, milestone=""))
    return reader.rich(sentence, who=who, milestone=strong(shortened(milestone.title, room)))


def would(verb: str, words: str, reader: Reader) -> str:
    """What would be done, in a few words; as typed where there is no sentence for it."""
    if verb in _WOULD:
        return reader.say(_WOULD[verb])
    return shortened(f"{verb} {' '.join(words.split())}".strip(), _ROOM)


def listed_names(names: Sequence[str], reader: Reader) -> str:
    """One or two people; an admin where nobody is named."""
    room = _NAME if len(names) < 2 else _ONE_OF_TWO
    first, *others = [shortened(name, room) for name in names[:2]] or [reader.say("an admin")]
    return reader.say("{one} or {other}", one=first, other=others[0]) if others else first


def is_named(verb: str) -> bool:
    return verb in _WOULD
