"""What comes again."""

from __future__ import annotations

from typing import Protocol

from bot.domain.series import Series


class SeriesBook(Protocol):
    """Every rule by which a milestone comes again; an ended one is kept."""

    def get(self, workspace_id: str, series_id: str) -> Series | None: ...
    def of(self, workspace_id: str, project_id: str = "") -> tuple[Series, ...]:
        """Those that go on, of one project or of all, the oldest first; at most 200."""
        ...

    def add(self, series: Series) -> None: ...
    def save(self, series: Series) -> None:
        """Write ``series`` over version ``series.version - 1``.  Raises `VersionConflict`."""
        ...
