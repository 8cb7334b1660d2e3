"""The signs on a timeline.  Each is told apart by its shape alone; colour only repeats it."""

from __future__ import annotations

from enum import StrEnum

from bot.domain.health import Light
from bot.domain.timeline import TimelineRow
from bot.pictures.palette import Palette
from bot.pictures.text import attributes

RADIUS = 8.0


class Mark(StrEnum):
    """The values are source sentences for the legend, in its order."""

    ON_TRACK = "On track"
    AT_RISK = "At risk"
    OVERDUE = "Overdue"
    OPEN = "Open"
    DONE = "Done"
    BASELINE = "First promise"


def mark_of(row: TimelineRow) -> Mark:
    if row.done:
        return Mark.DONE
    match row.light:
        case Light.GREEN:
            return Mark.ON_TRACK
        case Light.AMBER:
            return Mark.AT_RISK
        case Light.RED:
            return Mark.OVERDUE
        case Light.NONE:
            return Mark.OPEN


def colour_of(mark: Mark, palette: Palette) -> str:
    match mark:
        case Mark.ON_TRACK:
            return palette.on_track
        case Mark.AT_RISK:
            return palette.at_risk
        case Mark.OVERDUE:
            return palette.overdue
        case Mark.OPEN | Mark.DONE:
            return palette.closed
        case Mark.BASELINE:
            return palette.soft


def draw(mark: Mark, x: float, y: float, palette: Palette) -> str:
    """Full, half, with an exclamation mark, hollow, a ticked disc, a dotted ghost."""
    colour = colour_of(mark, palette)
    line = attributes(stroke=colour, stroke_width=2, stroke_linejoin="round")
    match mark:
        case Mark.ON_TRACK:
            return _diamond(x, y, RADIUS, colour) + line + "/>"
        case Mark.AT_RISK:
            return _diamond(x, y, RADIUS, palette.paper) + line + "/>" + _half(x, y, colour)
        case Mark.OVERDUE:
            return _diamond(x, y, RADIUS + 2, colour) + line + "/>" + _exclamation(x, y, palette.paper)
        case Mark.OPEN:
            return _diamond(x, y, RADIUS, palette.paper) + line + "/>"
        case Mark.DONE:
            return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{RADIUS}" fill="{colour}"/>' + _tick(
                x, y, palette.paper
            )
        case Mark.BASELINE:
            return _diamond(x, y, RADIUS - 1.5, "none") + line + ' stroke-dasharray="2 2"/>'


def _diamond(x: float, y: float, radius: float, fill: str) -> str:
    """Left open for the outline's attributes."""
    right, below, left = f"{x + radius:.1f} {y:.1f}", f"{x:.1f} {y + radius:.1f}", f"{x - radius:.1f} {y:.1f}"
    return f'<path d="M{x:.1f} {y - radius:.1f}L{right}L{below}L{left}z" fill="{fill}"'


def _half(x: float, y: float, colour: str) -> str:
    corners = f"M{x:.1f} {y - RADIUS:.1f}V{y + RADIUS:.1f}L{x - RADIUS:.1f} {y:.1f}z"
    return f'<path d="{corners}" fill="{colour}"/>'


def _exclamation(x: float, y: float, colour: str) -> str:
    return _stroke(f"M{x:.1f} {y - 5:.1f}V{y + 1:.1f}M{x:.1f} {y + 4.6:.1f}v.1", colour, 2.2)


def _tick(x: float, y: float, colour: str) -> str:
    return _stroke(f"M{x - 3.8:.1f} {y + 0.2:.1f}l2.7 2.8 5-5.8", colour, 2.0)


def _stroke(path: str, colour: str, thickness: float) -> str:
    style = attributes(fill="none", stroke=colour, stroke_width=thickness, stroke_linecap="round")
    return f'<path d="{path}"{style}/>'
