"""The files that a portfolio names: in its folder, or carried along with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sroi.inputs.files.scenario_document import document_of
from sroi.inputs.files.scenario_file import Loaded, load
from sroi.inputs.library.library import Library
from sroi.inputs.portfolio.area_table import AreaTable, area_table, table_in


@dataclass(frozen=True)
class Beside:
    """What lies beside the file of a portfolio. `carried`: the bytes by the names that it says,
    where nothing of it is on disk."""

    file: str
    carried: Mapping[str, bytes] | None = None

    def holds(self, said: str) -> bool:
        """Whether it may be opened: only what lies in the folder of the portfolio is."""
        if self.carried is not None:
            return said in self.carried
        within = self._path(said).resolve().is_relative_to(Path(self.file).parent.resolve())
        return within and not Path(said).is_absolute()

    def table(self, said: str, sheet: str | None, headings: list[str]) -> AreaTable:
        """The table in a file. Raises `Unusable`."""
        if self.carried is not None:
            return table_in(self.carried[said], said, sheet, headings)
        return area_table(self._path(said), sheet, headings)

    def scenario(self, said: str, library: Library) -> Loaded:
        """The scenario in a file. Raises `Unusable`."""
        if self.carried is not None:
            return load(document_of(self.carried[said], said), library=library)
        return load(self._path(said), library=library)

    def _path(self, said: str) -> Path:
        return Path(self.file).parent / said
