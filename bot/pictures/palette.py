"""Colours by day and by night; every meaning also has a shape of its own."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.health import Light


@dataclass(frozen=True, slots=True)
class Palette:
    paper: str
    stripe: str
    ink: str
    soft: str
    grid: str
    span: str
    today: str
    on_track: str
    at_risk: str
    overdue: str
    closed: str

    def of(self, light: Light) -> str:
        match light:
            case Light.GREEN:
                return self.on_track
            case Light.AMBER:
                return self.at_risk
            case Light.RED:
                return self.overdue
            case Light.NONE:
                return self.closed


DAY = Palette(
    paper="#ffffff",
    stripe="#f6f5f1",
    ink="#1b2127",
    soft="#5b646d",
    grid="#e2ded5",
    span="#d5dbe2",
    today="#17406d",
    on_track="#1b7f5c",
    at_risk="#b86e00",
    overdue="#c0271d",
    closed="#5b7083",
)
NIGHT = Palette(
    paper="#21272d",
    stripe="#272e35",
    ink="#e8e6e1",
    soft="#a2abb3",
    grid="#38414a",
    span="#44505c",
    today="#8fbcf0",
    on_track="#52c792",
    at_risk="#f0b429",
    overdue="#ff7f72",
    closed="#9fb0c0",
)
