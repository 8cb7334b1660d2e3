"""One incoming thing in, at most one answer out, exactly one commit."""

from __future__ import annotations

from bot.dispatcher.dispatcher import Dispatcher

__all__ = ["Dispatcher"]
