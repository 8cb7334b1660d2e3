"""Lines of the report: what was measured, in what unit, and whether the goal was met."""

from __future__ import annotations

from dataclasses import dataclass

from benchmarks.rounds import Spread


@dataclass(frozen=True, slots=True)
class Line:
    """``goal`` None: for information only.  ``at_least``: larger is better."""

    what: str
    figure: Spread
    goal: float | None = None
    at_least: bool = True
    unit: str = ""
    note: str = ""

    @property
    def is_met(self) -> bool:
        if self.goal is None:
            return True
        return self.figure.median >= self.goal if self.at_least else self.figure.median <= self.goal


def at_least(what: str, figure: Spread, goal: float, note: str = "") -> Line:
    return Line(what, figure, goal, note=note)


def at_most(what: str, figure: Spread, goal: float, unit: str = "", note: str = "") -> Line:
    return Line(what, figure, goal, at_least=False, unit=unit, note=note)


def fact(what: str, figure: Spread, unit: str, note: str = "") -> Line:
    return Line(what, figure, unit=unit, note=note)


def shown(line: Line) -> str:
    return (
        f"{_verdict(line):<7}{line.what:<62}{_number(line.figure.median):>9} {line.unit:<4}"
        f"{_goal(line):<9}{_number(line.figure.low):>8} – {_number(line.figure.high):<8}{line.note}"
    )


HEADING = f"{'':<7}{'':<62}{'median':>9} {'':<4}{'goal':<9}{'lowest':>8} – {'highest':<8}"


def _verdict(line: Line) -> str:
    if line.goal is None:
        return ""
    return "met" if line.is_met else "MISSED"


def _goal(line: Line) -> str:
    if line.goal is None:
        return ""
    return f"{'≥' if line.at_least else '≤'} {line.goal:g}"


def _number(value: float) -> str:
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.3f}"
