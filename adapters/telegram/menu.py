"""The command menu, and what to tell BotFather; both follow from the verbs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from telegram import (
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeDefault,
)

from adapters.telegram.limits import COMMAND_DESCRIPTION, COMMANDS
from bot.verbs import Verb

BOTFATHER = """\
Telegram set-up, in a chat with https://t.me/BotFather

1. Send /newbot, then a name (Milepost) and a username that ends in "bot".
   Put the token it answers with into TELEGRAM_BOT_TOKEN. It is a password: keep it out of chats and
   repositories.
2. Send /setjoingroups, choose the bot, press Enable: then it can be added to groups.
3. Send /setprivacy, choose the bot, press Enable: in groups it then hears only what is meant for it.
4. Send /setdescription, choose the bot, and send:
   I keep your milestones: one owner, one date, one place, and I ask before it is late.
5. The menu of commands is set by Milepost itself at each start. To set it by hand, send /setcommands:

{commands}

Updates arrive by long polling, and nothing else is needed. To have them delivered instead, set PUBLIC_URL
(https, port 443, 80, 88 or 8443) and TELEGRAM_WEBHOOK_SECRET (32 to 256 letters, digits, - or _).
"""


def menu(verbs: Iterable[Verb], *, in_groups: bool = False) -> tuple[BotCommand, ...]:
    """In a group everybody sees the answer, so one's own lists are offered in the direct chat alone."""
    shown = [verb for verb in verbs if verb.menu and not (in_groups and verb.personal)][:COMMANDS]
    return tuple(BotCommand(command_word(verb), verb.summary[:COMMAND_DESCRIPTION]) for verb in shown)


def menus(verbs: Sequence[Verb]) -> tuple[tuple[BotCommandScope, tuple[BotCommand, ...]], ...]:
    """By scope, the narrower ones first; Telegram shows the narrowest that applies."""
    return (
        (BotCommandScopeAllPrivateChats(), menu(verbs)),
        (BotCommandScopeAllGroupChats(), menu(verbs, in_groups=True)),
        (BotCommandScopeDefault(), menu(verbs)),
    )


def command_word(verb: Verb) -> str:
    """Telegram's commands know no hyphen."""
    return verb.name.replace("-", "_")


def botfather_steps(verbs: Iterable[Verb]) -> str:
    commands = "\n".join(f"{command.command} - {command.description}" for command in menu(verbs))
    return BOTFATHER.format(commands=commands)
