"""Who links first leads: a team without anybody gets one code, printed once where it is started."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from bot.app.parts import Parts, new_code
from bot.dispatcher.strangers import hashed
from bot.ports import Invitation, UnitOfWork

_VALID = timedelta(hours=24)


async def invite_first_admin(parts: Parts, say: Callable[[str], None]) -> None:
    """Say how to become the first admin, when a team has nobody yet and nothing vouches for people."""
    if parts.settings.is_demo:
        return
    code = new_code()
    if not await parts.store.write(lambda uow: _invite(uow, parts, code)):
        return
    say(f"Nobody leads this team yet. Send this to your bot, or type it on the web page: /start {code}")


def _invite(uow: UnitOfWork, parts: Parts, code: str) -> bool:
    empty = [w for w in uow.workspaces.all() if not w.demo and not uow.people.all(w.id)]
    if not empty:
        return False
    now = parts.clock.now()
    uow.invitations.add(
        Invitation(code_hash=hashed(code), workspace_id=empty[0].id, created_by="", expires_at=now + _VALID)
    )
    return True
