"""Checks that run inside the page and return what they found wrong."""

from __future__ import annotations

from pathlib import Path

_HERE = Path(__file__).parent

AUDIT = (_HERE / "audit.js").read_text()
CONTRAST = (_HERE / "contrast.js").read_text()
