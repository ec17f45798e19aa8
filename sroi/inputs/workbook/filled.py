"""From the cells of a field to its part of the tree."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from sroi.inputs.text.cells import Cell, Mark
from sroi.inputs.text.yaml_text import Path_
from sroi.inputs.workbook.columns import FORM, MAIN, OTHER, YEAR
from sroi.inputs.workbook.fields import SIZES, WHY, Field, Kind
from sroi.inputs.workbook.headings import field_name
from sroi.inputs.workbook.layout import Block
from sroi.inputs.workbook.spelled import as_shown, spelled
from sroi.inputs.workbook.tree import ROWS, Place, Workbook, own_words
from sroi.problems import Unusable

Parts = Mapping[str, Cell]  # of one field: low, best, high, …; `year 3`
SIZED = (Kind.NUMBER, Kind.QUANTITY, Kind.YEARS)
# what a cell shows where a formula comes to nothing, in Excel in English and Dutch and in Calc
ERROR_VALUE = re.compile(
    r"#(?:DIV/0!|N/A|NAME\?|NULL!|NUM!|REF!|VALUE!|SPILL!|CALC!"
    r"|DEEL/0!|N/B|NAAM\?|LEEG!|GETAL!|VERW!|WAARDE!|OVERLOOP!)|Err:\d{3}"
)


def holds(cell: Cell) -> bool:
    """Whether there is anything in it, if only a formula that nobody has worked out."""
    return bool(cell.text) or (Mark.UNRECKONED in cell.marks and cell.value is None)


@dataclass(frozen=True)
class Filler:
    """Puts the fields of one block into the tree. `sheet`: which sheet the cells are of."""

    tree: Workbook
    block: Block
    sheet: int

    def place(self, cell: Cell) -> Place:
        """Where a cell is."""
        return self.sheet * ROWS + cell.row, cell.column

    def field(self, path: Path_, field: Field, parts: Parts) -> None:
        """What the cells of a field say, at its path."""
        said = {part: cell for part, cell in parts.items() if self._is_said(field, part, cell)}
        for part, cell in parts.items():
            if holds(cell) and part not in said:  # one part of a number, where others are there
                inside = part in SIZES and bool(set(said) & set(SIZES))
                self.tree.empty.add((*path, part) if inside else path)
        if field.kind in (Kind.QUANTITY, Kind.YEARS):
            self._number(path, field, said)
            return
        for part in set(said) - {MAIN, FORM, *OTHER}:  # of a form, whose columns are for all rows
            self.tree.note(
                "workbook-beside",
                self.place(said.pop(part)),
                key=field_name(self.block, field.name, self.tree.lang),
            )
        if field.kind is Kind.TEXT and said:
            self._text(path, field, said)
        elif field.kind is Kind.TEXTS and self.block.form and said:
            self._text((*path, len(self.tree.find(path) or [])), field, said)
        else:
            unknown = bool(field.key) and not field.noun  # which is told once
            for cell in list(said.values())[: 1 if unknown else None]:
                self._one(path, field, cell)

    def _number(self, path: Path_, field: Field, said: Parts) -> None:
        """A quantity for all years, or one for each."""
        if field.kind is Kind.YEARS and any(part.startswith(YEAR) for part in said):
            self._years(path, field, said)
        elif said:
            self._quantity(path, field, said)

    def _is_said(self, field: Field, part: str, cell: Cell) -> bool:
        """Whether a cell says something of a field; what it shows in its place is told."""
        if not cell.text:
            if holds(cell):
                self.tree.aside.setdefault("unreckoned", []).append((self.sheet, cell))
            return False
        if ERROR_VALUE.fullmatch(cell.text):
            self.tree.note("workbook-error-value", self.place(cell), found=cell.text)
            return False
        sized = part in SIZES or part.startswith(YEAR)
        if sized and field.kind in SIZED and isinstance(cell.value, datetime.date):
            self.tree.note("workbook-date", self.place(cell), found=as_shown(cell)[:10])
            return False
        return True

    def _one(self, path: Path_, field: Field, cell: Cell) -> None:
        """A field that stands in one cell."""
        if field.kind in (Kind.SHARES, Kind.OWN, Kind.TEXTS):
            self._own(path, field, cell)
        elif field.kind is Kind.WORDS:
            self._words(path, field, cell)
        else:
            self._scalar(path, field, cell)

    def _scalar(self, path: Path_, field: Field, cell: Cell) -> None:
        self.tree.scalar(path, spelled(cell, self.block, field), self.place(cell))

    def _text(self, path: Path_, field: Field, said: Parts) -> None:
        """In one language, or in two; in the file's own words where one of them is missing."""
        main = said.get(MAIN) or said.get(FORM)
        other = next((part for part in said if part in OTHER), "")
        if main and not other and main.text.startswith(("{nl:", "{en:")):
            self._own(path, field, main)
        elif not other and main:
            self._scalar(path, field, main)
        else:
            if main:
                self._scalar((*path, OTHER[other]), field, main)
            self._scalar((*path, other), field, said[other])

    def _words(self, path: Path_, field: Field, cell: Cell) -> None:
        """Words with commas or line breaks between."""
        found = [word.strip() for word in spelled(cell, self.block, field).split("\n")]
        for word in (part.strip() for line in found for part in line.split(",")):
            if word:
                at = len(self.tree.find(path) or [])
                self.tree.scalar((*path, at), word, self.place(cell))

    def _own(self, path: Path_, field: Field, cell: Cell) -> None:
        """In the file's own words; one name by itself where all is its."""
        text = spelled(cell, self.block, field)
        bare = ":" not in text and not text.startswith(("{", "["))
        if bare and field.kind is Kind.SHARES and field.whole:
            self.tree.scalar((*path, text), "100%", self.place(cell))
        elif bare and field.kind is not Kind.SHARES:
            self.tree.scalar(path, text, self.place(cell))
        else:
            self.own(path, text, cell)

    def own(self, path: Path_, text: str, cell: Cell) -> None:
        """What a cell says in the file's own words, at a path."""
        place = self.place(cell)
        try:
            written = own_words(text, self.tree.file)
        except Unusable as unusable:
            self.tree.problems += [self.tree.at(problem, place) for problem in unusable.problems]
            return
        self.tree.words(path, written, place)

    def _quantity(self, path: Path_, field: Field, said: Parts) -> None:
        """A number by itself, or a mapping of what its cells say."""
        if set(said) in ({MAIN}, {FORM}) and not self._of_the_row(field):
            self._own(path, replace(field, kind=Kind.OWN), *said.values())
            return
        for size in SIZES:
            if size in said:
                key = size if size != MAIN or {"low", "high"} & set(said) else field.bare
                self._scalar((*path, key), field, said[size])
        if FORM in said:
            self.own(path, spelled(said[FORM], self.block, field), said[FORM])
        self._why(path, said)

    def _of_the_row(self, field: Field) -> bool:
        """Whether the noun of the row is the quantity itself, so that it needs a key."""
        return not field.key and self.block.noun is not None

    def _why(self, path: Path_, said: Parts) -> None:
        """Reason, source and evidence beside a quantity."""
        because, *others = WHY
        texts = {part.removeprefix(because).strip() or MAIN: cell
                 for part, cell in said.items() if part.startswith(because)}  # fmt: skip
        if texts:
            self._text((*path, because), Field((because,), Kind.TEXT), texts)
        for part in others:
            if part in said:
                kind = Kind.NUMBER if part == "evidence" else Kind.WORD
                self._scalar((*path, part), Field((part,), kind), said[part])

    def _years(self, path: Path_, field: Field, said: Parts) -> None:
        """A list with a quantity for each year; the reason beside it is that of every year."""
        years = {int(part.split()[1]): cell for part, cell in said.items() if part.startswith(YEAR)}
        for size in (*SIZES, FORM):
            if size in said:
                facts = {"key": field.name, "cell": said[size].address}
                self.tree.note("workbook-both", self.place(said[size]), **facts)
        last = next(iter(years.values()))
        for number in range(max(years)):
            cell = years.get(number + 1)
            if cell is None:
                self.tree.note("workbook-year-empty", self.place(last), year=number + 1)
                cell = replace(last, value=0)
            last, whys = cell, {part for part in said if part.startswith(WHY)}
            if whys and not str(cell.value).startswith("{"):
                parts = {MAIN: cell} | {part: said[part] for part in whys}
                self._quantity((*path, number), field, parts)
            else:
                self._own((*path, number), replace(field, kind=Kind.OWN), cell)
