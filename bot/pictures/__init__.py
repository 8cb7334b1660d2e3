"""Drawings: a timeline or a code to scan as SVG, and as PNG.  Each has a text version elsewhere with the same facts."""

from __future__ import annotations

from bot.pictures.raster import fonts, png
from bot.pictures.timeline import svg

__all__ = ["fonts", "png", "svg"]
