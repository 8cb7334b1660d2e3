"""The web page: a chat in the browser, and the place to try everything without any token.

Set-up.  None for trying: without a configured platform and on a loopback address the page is a demo, in
which one acts as any demo person and moves the clock.  For real use set ``PUBLIC_URL`` to the address that
people type; they sign in with the one-time code that ``/ms link`` gives them in Slack or Telegram.

What it may do.  It reads and writes through `bot.ports.Boards` only, holds no secret of its own, and loads
nothing from other hosts.

Addresses.  In the demo a person is ``web/demo/<id>``, a channel ``web/demo/<id>``, a direct conversation
``web/demo/dm:<person>``.  Signed in, the account id is the SHA-256 of a random cookie (the cookie itself is
stored nowhere) and the workspace part is empty.

Known gaps. Everything typed on the page is said to Milepost, also in channels: people do not talk to each
other here. A file is at most 10 MB and is kept in the database. The page shows the newest lines of a
conversation, older ones stay stored. Messages that another process sends appear after up to two seconds.
"""

from __future__ import annotations

from adapters.web.config import WebSettings
from adapters.web.send import WebAdapter

__all__ = ["WebAdapter", "WebSettings", "adapter"]


def adapter(settings: WebSettings) -> WebAdapter:
    return WebAdapter(settings)
