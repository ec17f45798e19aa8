"""Changes in the tables of a scenario workbook that leave all else in its file as it was.

It changes data as the editor of YAML does, lays the rows that changed out again and puts what
differs into their cells. What comes out is read again and held against what was asked; where the
two differ, nothing is changed at all.
"""

from __future__ import annotations

import copy
import datetime
import io
import math
import re
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic_core import PydanticCustomError

from sroi.inputs.cell_edit.sheet_markup import Place, Put, Unchangeable, with_cells
from sroi.inputs.text.cells import Cell, Mark, Table
from sroi.inputs.text.numerals import number
from sroi.inputs.text.sheet import parts_of
from sroi.inputs.text.yaml_text import Path_
from sroi.inputs.workbook.columns import Column, heading
from sroi.inputs.workbook.entries import Entry
from sroi.inputs.workbook.headings import LANGUAGES, block_title, folded
from sroi.inputs.workbook.laid_out import Row, laid_out, row_of
from sroi.inputs.workbook.layout import blocks
from sroi.inputs.workbook.reading import opened, parse_workbook
from sroi.inputs.workbook.sheets import Found
from sroi.inputs.workbook.tree import ROWS
from sroi.problems import Problem, Unusable

# tables of which a row is an item by itself; what is named in columns in front is not changed
TABLES = tuple(b.name for _, b in blocks() if b.appends and len(b.path) == 2)
CHAIN, KINDS, LINKS = "xl/calcChain.xml", "[Content_Types].xml", "xl/_rels/workbook.xml.rels"
OF_CHAIN = re.compile(rb"<(?:Override|Relationship)\b[^<>]*calcChain[^<>]*/>")
INTERVIEWS, SHEET, ANCHOR = "experience", "monitoring", "monitoring"
LADDERS, FORM = "care_ladder", "care_ladder.intervention"
SAME = 1e-12  # 0.68% in a file of text is not to the last bit 0.0068
LONGEST = 60  # letters of what is told of a cell


class CellEditor:
    """One workbook that is being changed. `result` gives its new bytes; `told` the cells that
    change, once that was asked."""

    def __init__(self, content: bytes, file: str) -> None:
        self._content, self._file = content, file
        book = opened(content, file)
        self._tree, sheets = book.tree, book.sheets
        self.has_formulas = any(
            Mark.FORMULA in cell.marks for table in sheets.values() for row in table for cell in row
        )
        self._tables = list(sheets.values())
        self._ends = [max((c.column for row in table for c in row if c.text), default=0)
                      for table in sheets.values()]  # fmt: skip
        self._found = {one.block.name: one for one in book.found}
        self._wanted = copy.deepcopy(self._tree.data)
        self.told: list[str] = []

    @property
    def data(self) -> Any:
        """The data of the workbook as it was."""
        return self._tree.data

    def set(self, path: Path_, value: Any) -> None:
        """Another value at a path; it is added where there was none."""
        _inside(self._wanted, path[:-1])[path[-1]] = value

    set_lines = set

    def remove(self, path: Path_) -> None:
        """A key with its value."""
        del _inside(self._wanted, path[:-1])[path[-1]]

    def replace(self, path: Path_, pairs: Mapping[str, Any]) -> None:
        """Other keys with their values in the place of one key with its value."""
        self.remove(path)
        _inside(self._wanted, path[:-1]).update(pairs)

    def append(self, path: Path_, items: list[Any]) -> None:
        """More items at the end of a list; the list is made where there was none."""
        _inside(self._wanted, path[:-1]).setdefault(path[-1], []).extend(items)

    def result(self) -> bytes:
        """The new bytes. Raises `Unusable` where nothing can be changed by itself."""
        puts: dict[int, dict[Place, Put]] = {}
        changes = [self._changes(name) for name in TABLES]
        if self._wanted.get(INTERVIEWS) != self.data.get(INTERVIEWS):
            changes.append(self._blocks_anew())
        if self._wanted.get(LADDERS) != self.data.get(LADDERS):
            changes.append(self._form_changes())
        for some in changes:
            for place, put in some:
                number, row = divmod(place[0], ROWS)
                puts.setdefault(number, {})[row, place[1]] = put
        self.told = [told for number, cells in sorted(puts.items())
                     for place, put in sorted(cells.items())
                     if (told := self._told(number, place, put))]  # fmt: skip
        try:
            made = self._with(puts)
            same = _alike(parse_workbook(made, self._file).data, self._wanted)
        except (Unchangeable, KeyError):
            raise self._refused() from None
        if not same:
            raise self._refused()
        return made

    def _changes(self, name: str) -> Iterator[tuple[Place, Put]]:
        """The cells of a table that change, each with its sheet in its row."""
        old, new = self.data.get(name, []), self._wanted.get(name, [])
        if old == new:
            return
        found = self._found.get(name)
        if found is None:
            raise self._refused()
        columns = _Columns(found, self._ends[found.sheet], self._tree.lang)
        below = max([found.head[0].row, *(row[0].row for row in found.rows if _filled(row))])
        for at, item in enumerate(new):
            before = old[at] if at < len(old) else {}
            row = self._tree.values[name, at][0] % ROWS if at < len(old) else (below := below + 1)
            for column, entry in self._differing(found, before, item):
                like = (row if at < len(old) else found.head[0].row + 1, found.head[0].column)
                yield from columns.put(column, entry, row, like)

    def _form_changes(self) -> Iterator[tuple[Place, Put]]:
        """The cells that change of what programmes do on ladders: a row for each field of each
        ladder, also one that says nothing yet; below these where there is none and room for it."""
        found = self._found.get(FORM)
        if found is None:
            raise self._refused()
        columns = _Columns(found, self._ends[found.sheet], self._tree.lang)
        rows = {_names(found, row): row[0].row for row in found.rows}
        below = max([found.head[0].row, *rows.values()])
        old, new = (self._forms(data) for data in (self.data, self._wanted))
        for name in dict.fromkeys([*old, *new]):
            was, now = old.get(name, {}), new.get(name, {})
            differing = [c for c in dict.fromkeys([*now, *was]) if now.get(c) != was.get(c)]
            if differing and name not in rows:
                below += 1
                self._empty(found.sheet, below)
                differing = list(now)
            row = rows.get(name, below)
            for column in differing:
                if name in rows and column.part == "field":
                    continue
                like = (row if name in rows else found.head[0].row + 1, found.head[0].column)
                yield from columns.put(column, now.get(column, Entry()), row, like)

    def _forms(self, data: Any) -> dict[tuple[str, str], Row]:
        """The rows of what programmes do on ladders, by ladder and field as they are written."""
        laid = [one for many in laid_out(data, self._tree.lang).values() for one in many]
        rows = [row for one in laid if one.block.name == FORM for row in one.rows]
        named = {}
        for row in rows:
            texts = {c.part if c.part == "field" else c.key: str(e.value) for c, e in row.items()}
            named[folded(texts["ladder"]), folded(texts["field"])] = row
        return named

    def _empty(self, sheet: int, row: int) -> None:
        """That a row and the one below it hold nothing. Raises `Unusable`."""
        taken = {one[0].row for one in self._tables[sheet] if _filled(one)}
        if taken & {row, row + 1}:
            raise self._refused()

    def _blocks_anew(self) -> Iterator[tuple[Place, Put]]:
        """What was counted in interviews: the blocks of it emptied, and below all that stands on
        the sheet laid out again."""
        anchor = self._found.get(ANCHOR)
        if anchor is None:
            raise self._refused()
        base, table = anchor.sheet * ROWS, self._tables[anchor.sheet]
        for name, found in self._found.items():
            if name.split(".")[0] == INTERVIEWS:
                yield from _emptied(found, table)
        head, row = anchor.head[0], max(row[0].row for row in table) + 2
        for laid in laid_out(self._wanted, self._tree.lang)[SHEET]:
            if laid.block.name.split(".")[0] == INTERVIEWS and laid.rows:
                used = [c for c in laid.columns if any(c in cells for cells in laid.rows)]
                yield (base + row, 1), Put(block_title(laid.block, self._tree.lang))
                for at, column in enumerate(used, 1):
                    name = heading(laid.block, column, self._tree.lang)
                    yield (base + row + 1, at), Put(name, (head.row, head.column))
                    for below, cells in enumerate(laid.rows, row + 2):
                        put = Put(_value(cells.get(column, Entry())), (head.row + 1, head.column))
                        yield (base + below, at), put
                row += len(laid.rows) + 3

    def _differing(self, found: Found, before: Any, item: Any) -> Iterator[tuple[Column, Entry]]:
        """What differs between two items, column by column."""
        if before == item:
            return
        lang = self._tree.lang
        was: Row = row_of(found.block, before, lang) if before else {}
        now = row_of(found.block, item, lang)
        for column in dict.fromkeys([*now, *was]):
            entry = now.get(column, Entry())
            if entry != was.get(column, Entry()):
                yield column, entry

    def _with(self, puts: Mapping[int, Mapping[Place, Put]]) -> bytes:
        """The file with other cells on some sheets; all its other parts are what they were."""
        # a part that is not named from the top of the file is not there, and refused
        parts = {name: part.lstrip("/") for name, part in parts_of(self._content).items()}
        made, gone = io.BytesIO(), False
        changed: dict[str, bytes] = {}
        with zipfile.ZipFile(io.BytesIO(self._content)) as old:
            for number, cells in puts.items():
                path = parts[self._tree.sheets[number]]
                changed[path], formula = with_cells(old.read(path), cells)
                gone = gone or formula
            with zipfile.ZipFile(made, "w") as new:
                for part in old.infolist():
                    inside = changed.get(part.filename) or old.read(part)
                    if gone and part.filename == CHAIN:
                        continue  # the order of formulas, which a spreadsheet makes anew
                    if gone and part.filename in (KINDS, LINKS):
                        inside = OF_CHAIN.sub(b"", inside)
                    new.writestr(part, inside)
        return made.getvalue()

    def _told(self, number: int, place: Place, put: Put) -> str:
        """A cell with what it holds before and after; nothing of one that is empty and stays so."""
        address = Cell(None, *place).address
        before = self._tree.shown.get((number * ROWS + place[0], place[1]), "")
        after = "" if put.value is None else str(put.value).replace("\n", " ")
        if not before and not after:
            return ""
        return f"{self._tree.sheets[number]}!{address}: {_short(before)} → {_short(after)}"

    def _refused(self) -> Unusable:
        return Unusable(Problem("measure-not-editable", file=self._file))


class _Columns:
    """The columns of a block, with those that are added behind all that stands on its sheet."""

    def __init__(self, found: Found, end: int, lang: str) -> None:
        self.found, self.end, self.lang = found, end, lang
        self.by_meaning = {meaning: number for number, meaning in found.heads.items()}

    def put(
        self, column: Column, entry: Entry, row: int, like: Place
    ) -> Iterator[tuple[Place, Put]]:
        """The cell of a column in a row; with a heading where there was none."""
        base = self.found.sheet * ROWS
        if column not in self.by_meaning:
            if entry.value is None:
                return
            self.end += 1
            self.by_meaning[column] = self.end
            head = self.found.head[0]
            name = heading(self.found.block, column, self.lang)
            yield (base + head.row, self.end), Put(name, (head.row, head.column))
        yield (base + row, self.by_meaning[column]), Put(_value(entry), like)


def _value(entry: Entry) -> str | float | None:
    """What goes into a cell; a day as text, which is read as one."""
    return entry.value.isoformat() if isinstance(entry.value, datetime.date) else entry.value


def _alike(read: Any, wanted: Any) -> bool:
    """Whether two trees say the same: a number may stand as 3% in the one and as 0.03 in the other,
    as the cells are formatted."""
    if isinstance(read, Mapping) and isinstance(wanted, Mapping):
        return read.keys() == wanted.keys() and all(_alike(read[key], wanted[key]) for key in read)
    if isinstance(read, list) and isinstance(wanted, list):
        return len(read) == len(wanted) and all(map(_alike, read, wanted))
    if read == wanted:
        return True
    try:
        return math.isclose(number(read), number(wanted), rel_tol=SAME)
    except PydanticCustomError:
        return False


def _names(found: Found, row: list[Cell]) -> tuple[str, str]:
    """The ladder and the field of a row of a form, as they are written there."""
    texts = {cell.column: cell.text for cell in row}
    at = {c.part if c.part == "field" else c.key: number for number, c in found.heads.items()}
    return folded(texts.get(at.get("ladder", 0), "")), folded(texts.get(at.get("field", 0), ""))


def _emptied(found: Found, table: Table) -> Iterator[tuple[Place, Put]]:
    """The cells of a block from its title on, without what they hold."""
    titles = {folded(block_title(found.block, lang)) for lang in LANGUAGES}
    tops = [row[0].row for row in table if any(folded(cell.text) in titles for cell in row)]
    top = max([row for row in tops if row < found.head[0].row], default=found.head[0].row)
    last = max([found.head[0].row, *(row[0].row for row in found.rows)])
    for row in table:
        for cell in row:
            if top <= row[0].row <= last and cell.text:
                yield (found.sheet * ROWS + cell.row, cell.column), Put(None)


def _filled(row: list[Cell]) -> bool:
    return any(cell.text for cell in row)


def _short(text: str) -> str:
    return (text[: LONGEST - 1] + "…" if len(text) > LONGEST else text) or "–"


def _inside(data: Any, path: Path_) -> Any:
    for step in path:
        data = data[step]
    return data
