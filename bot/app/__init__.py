"""The composition root: the only room that names storage and adapters."""

from __future__ import annotations

from bot.app.parts import Parts, build
from bot.app.serving import run_everything, run_web, run_worker

__all__ = ["Parts", "build", "run_everything", "run_web", "run_worker"]
