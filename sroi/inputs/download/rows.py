"""The rows of a table: its separator is found, its headings are its first row."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from sroi.inputs.download.characters import Characters
from sroi.problems import Problem, Unusable

SEPARATORS = ";,\t|"
QUOTED = re.compile(r'"[^"]*"')
MOST_COLUMNS = 2_000
MOST_ROWS = 20_000_000
CREDIT = re.compile(r"(bron|source)\s*:.*|©.*", re.IGNORECASE)
FIRST = 12  # rows in which it is seen that a table has a title above its headings


@dataclass(frozen=True)
class Rows:
    """A table as text: rows of cells, each with the line on which it ends.

    `cells`: of a workbook, which has no characters.
    """

    file: str
    characters: Characters | None = None
    cells: tuple[tuple[int, list[str]], ...] = ()

    @cached_property
    def separator(self) -> str:
        """What stands most often in the first line, outside quotes."""
        lines = self.characters.lines() if self.characters else iter(())
        first = QUOTED.sub("", next((line for line in lines if line.strip()), ""))
        return max(SEPARATORS, key=first.count)

    @cached_property
    def headings(self) -> list[str]:
        """The first row. Raises `Unusable` where it is a title above a table for people."""
        begin = list(islice(self._all(), FIRST))
        if not begin or not any(begin[0][1]):
            raise Unusable(Problem("data-empty", file=self.file))
        longest = max(len(row) for _, row in begin)
        if len(begin[0][1]) == 1 < longest or longest > MOST_COLUMNS:
            raise Unusable(Problem("data-laid-out", file=self.file))
        return begin[0][1]

    def __iter__(self) -> Iterator[tuple[int, list[str]]]:
        """The rows below the headings, all as wide as these. Raises `Unusable`."""
        width = len(self.headings)
        for count, (line, row) in enumerate(islice(self._all(), 1, None)):
            if count >= MOST_ROWS:
                raise Unusable(Problem("data-too-large", file=self.file))
            if len(row) == width:
                yield line, row
            elif len(row) > 1 or not CREDIT.fullmatch(row[0]):
                facts = {"found": len(row), "expected": width}
                raise Unusable(Problem("data-row-length", file=self.file, line=line, facts=facts))

    def _all(self) -> Iterator[tuple[int, list[str]]]:
        """Every row that holds something, without blanks around what it holds."""
        if self.characters is None:
            yield from self.cells
            return
        reader = csv.reader(self.characters.lines(), delimiter=self.separator, strict=True)
        try:
            for row in reader:
                if any(row):
                    yield reader.line_num, [cell.strip() for cell in row]
        except csv.Error:
            facts = {"row": reader.line_num}
            found = Problem("data-unreadable", file=self.file, line=reader.line_num, facts=facts)
            raise Unusable(found) from None
