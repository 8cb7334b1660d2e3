"""Drawings as SVG and PNG: a timeline, a code to scan.  Each has a text version with the same facts."""

from __future__ import annotations

from bot.pictures.raster import fonts, png
from bot.pictures.timeline import svg

__all__ = ["fonts", "png", "svg"]
