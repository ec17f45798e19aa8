"""Where every block of a workbook stands: worked out before anything is written, so that a choice
in one block can point at the rows of another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sroi.inputs.workbook.columns import MAIN
from sroi.inputs.workbook.headings import sheet_name
from sroi.inputs.workbook.laid_out import Laid

TO_FILL, MORE_TO_FILL = 6, 15  # empty rows below a table; below the only one of a sheet
ABOVE = 3  # rows above the rows: title, explanation, headings


@dataclass(frozen=True)
class Placed:
    """A block and the row of its title, counted from 0."""

    sheet: str
    laid: Laid
    top: int
    alone: bool

    @property
    def head(self) -> int:
        """The row of its headings."""
        return self.top + ABOVE - 1

    @property
    def first(self) -> int:
        """Its first row."""
        return self.top + ABOVE

    @property
    def rows(self) -> int:
        """How many rows it has, those to fill in included."""
        empty = 0 if self.laid.block.form else MORE_TO_FILL if self.alone else TO_FILL
        return len(self.laid.rows) + empty


def placed(shown: dict[str, list[Laid]]) -> Iterator[Placed]:
    """All blocks, each with the row at which it begins."""
    for sheet, blocks in shown.items():
        top = 0
        for laid in blocks:
            one = Placed(sheet, laid, top, len(blocks) == 1)
            yield one
            top = one.first + one.rows + 1


def ids(block: str, everything: list[Placed], lang: str) -> str:
    """The cells in which the items of a block have their ids, as a formula; or nothing."""
    from xlsxwriter.utility import xl_range_abs

    for one in everything:
        if one.laid.block.name == block:
            for number, column in enumerate(one.laid.columns):
                if column.field and column.field.name == "id" and column.part == MAIN:
                    cells = xl_range_abs(one.first, number, one.first + one.rows - 1, number)
                    return f"='{sheet_name(one.sheet, lang)}'!{cells}"
    return ""
