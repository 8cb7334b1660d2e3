"""What handlers share: the context of one incoming thing, the registry, and the steps every change takes."""

from __future__ import annotations

from bot.commands.change import record, told
from bot.commands.context import Context, MustWrite, Refused
from bot.commands.registry import Command, Registry, discover

__all__ = ["Command", "Context", "MustWrite", "Refused", "Registry", "discover", "record", "told"]
