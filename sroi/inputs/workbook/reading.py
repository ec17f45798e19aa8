"""A scenario workbook, read: every cell into its place in the tree that a YAML file gives too."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from sroi.inputs.text.cells import Cell, Kind, Mark, Table
from sroi.inputs.text.content import content_of
from sroi.inputs.text.sheet import workbook_of
from sroi.inputs.text.yaml_text import Path_, printable
from sroi.inputs.workbook.columns import FIELD, FORM, REST, YEAR, form_field
from sroi.inputs.workbook.fields import Field
from sroi.inputs.workbook.filled import Filler, Parts, holds
from sroi.inputs.workbook.headings import field_name, language_of
from sroi.inputs.workbook.layout import ITEM, KEY, Block, blocks
from sroi.inputs.workbook.noticed import missing_columns, noticed, reckons_with_others
from sroi.inputs.workbook.other_kinds import refuse_other_kinds
from sroi.inputs.workbook.sheets import Found, found_on
from sroi.inputs.workbook.spelled import as_shown
from sroi.inputs.workbook.tree import Workbook
from sroi.problems import Problem, Unusable, nearest

SUFFIX = ".xlsx"
SCENARIO = Kind(
    "workbook-kind", "workbook-unreadable", "workbook-too-large", "workbook-active",
    suffixes=(SUFFIX,), most_rows=5_000, furthest_row=10_000, most_columns=400,
    most_cells=100_000,
)  # fmt: skip
LONGEST_EXCERPT, MOST_MEANT, MOST_TOLD = 400, 100, 8


def read_workbook(path: Path) -> Workbook:
    """Read a scenario workbook. Raises `Unusable` where it is none."""
    return parse_workbook(content_of(path, SCENARIO.most_bytes), str(path))


def parse_workbook(content: bytes, file: str) -> Workbook:
    """Data and places of the bytes of a workbook; whatever the bytes, a tree or `Unusable`."""
    return opened(content, file).tree


@dataclass(frozen=True)
class Opened:
    """What was read of a workbook, with the sheets and the blocks on them that it was read from."""

    tree: Workbook
    sheets: dict[str, Table]
    found: list[Found]


def opened(content: bytes, file: str) -> Opened:
    """The same with its sheets, for whoever changes cells in them. Raises `Unusable`."""
    if len(content) > SCENARIO.most_bytes:
        raise Unusable(Problem("workbook-too-large", file=file))
    refuse_other_kinds(content, file)
    sheets = workbook_of(content, file, SCENARIO)
    tree = Workbook(file, [], {}, content, sheets=tuple(sheets), lang=language_of(sheets))
    found = found_on(sheets, tree)
    if not found:
        raise Unusable(Problem("workbook-foreign", file=file))
    for _, block in blocks():  # what holds others before these
        for one in found:
            if one.block == block:
                _Rows(Filler(tree, block, one.sheet), one).read()
    tree.problems += noticed(tree, sheets, found)
    return Opened(tree, sheets, found)


@dataclass(frozen=True)
class _Rows:
    """The rows of one block, into the tree. `above`: what the last row was about, if it said so.
    `told`: the columns that are missing, and told to be."""

    filler: Filler
    found: Found
    above: list[Cell] = field(default_factory=list)
    told: list[str] = field(default_factory=list)

    def read(self) -> None:
        """All rows, in their order."""
        tree, block = self.filler.tree, self.filler.block
        if block.path == ("investment", ITEM):  # which a scenario must say, also where it is empty
            tree.put(("investment",), [], self.filler.place(self.found.head[0]))
        for row in self.found.rows:
            cells = {cell.column: cell for cell in row}
            if reckons_with_others(block, row):
                self._remember(cells.values())
                first = next(cell for cell in row if cell.text)
                tree.note("workbook-total", self.filler.place(first), cells=first.address)
                continue
            self._remember(cells.values())
            if block.form:
                self._form_row(cells)
            else:
                self._table_row(row[0].row, cells)

    def _remember(self, cells: Iterable[Cell]) -> None:
        for cell in cells:
            text = as_shown(cell).replace("\n", " ")[:LONGEST_EXCERPT]
            self.filler.tree.shown[self.filler.place(cell)] = printable(text)

    def _keys(self, cells: dict[int, Cell]) -> list[Cell]:
        """The cells that name what a row is about, in their order."""
        by_key = {self.found.heads[n].key: cell for n, cell in cells.items()
                  if n in self.found.heads and self.found.heads[n].key}  # fmt: skip
        keys = [by_key[key] for key in self.filler.block.keys if key in by_key]
        if keys and not keys[0].text and self.above:
            keys[0] = replace(self.above[0], row=keys[0].row)  # which a person leaves out
        self.above[:] = [*(cell for cell in keys[:1] if cell.text), *self.above][:1]
        return keys

    def _table_row(self, row: int, cells: dict[int, Cell]) -> None:
        keys = self._keys(cells)
        by_field, rest = self._by_field(row, cells)
        filled = any(holds(cell) for parts in by_field.values() for cell in parts.values())
        if not (filled or (rest and rest.text) or _ends_in_key(self.filler.block, keys)):
            return
        path = self._path(keys, next(iter(cells.values())))
        if path is None or (filled and self._unnamed(keys)):
            return
        first = next((cell for cell in cells.values() if cell.text), next(iter(cells.values())))
        if self.filler.block.path[-1] == KEY and keys:  # where the name stands, which may be wrong
            self.filler.tree.expect(path, self.filler.place(keys[-1]))
        if self.filler.block.noun is not None or not filled:
            self.filler.tree.put(path, {}, self.filler.place(first))
        self._unseen(path, cells)
        for known, parts in by_field.items():
            self.filler.field((*path, *known.key), known, parts)
            self._expect((*path, *known.key), parts)
        if rest and rest.text:
            self.filler.own(path, str(rest.value), rest)

    def _unnamed(self, keys: list[Cell]) -> bool:
        """Whether a row leaves out what it is about, which is told."""
        wanted = self.filler.block.keys if self.filler.block.path[-1] == KEY else ()
        named = {cell.column for cell in keys if cell.text}
        for number, column in self.found.heads.items():
            if column.key in wanted and number not in named:
                cell = Cell(None, self.found.head[0].row, number)
                at = next((key for key in keys if key.column == number), cell)
                name = field_name(self.filler.block, column.key, self.filler.tree.lang)
                self.filler.tree.note("field-missing", self.filler.place(at), key=name)
                return True
        return False

    def _unseen(self, path: Path_, cells: dict[int, Cell]) -> None:
        """What a merged cell lies over, and what has no column."""
        tree, block = self.filler.tree, self.filler.block
        for number, column in self.found.heads.items():
            cell = cells.get(number)
            first_key = column.key and column.key == block.keys[0]
            from_above = first_key and cell and Mark.BESIDE not in cell.marks
            if cell and Mark.SWALLOWED in cell.marks and not from_above:
                key = column.field.key if column.field else (column.key,)
                tree.unsaid((*path, *key), "swallowed", self.filler.sheet, cell)
        for name in missing_columns(self.found):
            tree.empty.add((*path, *name.split(".")))
            if name not in self.told:
                self.told.append(name)
                facts = {"column": field_name(block, name, tree.lang), "others": self._others()}
                tree.note("workbook-column-missing", self.filler.place(self.found.head[0]), **facts)

    def _others(self) -> str:
        """The headings of columns that are not known."""
        others = [cell.text[:40] for cell in self.found.head
                  if cell.text and cell.column not in self.found.heads]  # fmt: skip
        return ", ".join(f'"{text}"' for text in others[:MOST_TOLD]) or "–"

    def _by_field(
        self, row: int, cells: dict[int, Cell]
    ) -> tuple[dict[Field, dict[str, Cell]], Cell | None]:
        """The cells of a row by field and part, and the one with all else."""
        fields: dict[Field, dict[str, Cell]] = {}
        rest = None
        for number, column in self.found.heads.items():
            cell = cells.get(number) or Cell(None, row, number)
            if column.part == REST:
                rest = cell
            elif column.field is not None:
                part = f"{YEAR} {column.year}" if column.part == YEAR else column.part
                parts = fields.setdefault(column.field, {})
                if part in parts and parts[part].text and cell.text:  # two columns of one name
                    facts = {"key": column.field.name}
                    self.filler.tree.note("workbook-twice", self.filler.place(cell), **facts)
                elif part not in parts or cell.text:
                    parts[part] = cell
        return fields, rest

    def _expect(self, path: Path_, parts: Parts) -> None:
        """Where a field would stand that the row leaves empty."""
        if self.filler.tree.find(path) is None:
            self.filler.tree.expect(path, self.filler.place(next(iter(parts.values()))))

    def _form_row(self, cells: dict[int, Cell]) -> None:
        heads = {self.found.heads[n].part: cell for n, cell in cells.items()
                 if n in self.found.heads and not self.found.heads[n].key}  # fmt: skip
        name = heads.pop(FIELD, None)
        label = name.text if name else ""
        known = form_field(self.filler.block, label)
        values = {part: cell for part, cell in heads.items() if holds(cell)}
        if not (name and known.key):
            self._nameless(name, list(values.values()))
            return
        path = self._path(self._keys(cells), name) if values else self._unfilled()
        if path is None:
            return
        if values:
            self.filler.field((*path, *known.key), known, values)
        else:
            at = heads.get("best") or heads.get(FORM) or name
            self._expect((*path, *known.key), {FIELD: at})

    def _nameless(self, name: Cell | None, values: list[Cell]) -> None:
        """Of a row of a form that says something: that it does not say of what."""
        tree, sheet = self.filler.tree, self.filler.sheet
        if values and name and Mark.SWALLOWED in name.marks:
            tree.aside.setdefault("swallowed", []).append((sheet, name))
        elif values:
            tree.note("workbook-row-nameless", self.filler.place(name or values[0]))

    def _unfilled(self) -> Path_ | None:
        """Of a row of the form of what is said once: its path, though it says nothing."""
        return None if self.filler.block.path else ()

    def _path(self, keys: list[Cell], row: Cell) -> Path_ | None:
        """The path that a row fills; None where it names something that is not there."""
        path: list[str | int] = []
        left, tree, block = list(keys), self.filler.tree, self.filler.block
        for depth, step in enumerate(block.path):
            if step == ITEM:
                number = len(tree.find(tuple(path)) or [])
                if not (block.appends and depth == len(block.path) - 1):
                    named = self._named(tuple(path), left.pop(0) if left else None, row)
                    if named is None:
                        return None
                    number = named
                path.append(number)
            elif step == KEY:
                if not (left and left[0].text):  # a mapping with nothing in it, or a name left out
                    return tuple(path)
                path.append(left.pop(0).text)
            else:
                path.append(step)
        return tuple(path)

    def _named(self, path: Path_, cell: Cell | None, row: Cell) -> int | None:
        """Which item of a list a cell names; the only one where it names none."""
        tree, block = self.filler.tree, self.filler.block
        items = tree.find(path) or []
        ids = [item.get("id") if isinstance(item, dict) else None for item in items]
        asked = cell.text if cell else ""
        if asked in ids:
            return ids.index(asked)
        if block.form and block.path[-1] == ITEM and cell and (asked or not items):
            number = len(items)
            tree.put((*path, number), {}, self.filler.place(cell))
            if asked:
                tree.scalar((*path, number, "id"), asked, self.filler.place(cell))
            tree.expect((*path, number, "id"), self.filler.place(cell))
            return number
        if not asked and len(items) == 1:
            return 0
        facts = {
            "id": asked[:80],
            "nearest": nearest(asked, [str(one) for one in ids[:MOST_MEANT] if one]),
        }
        tree.note("workbook-of-unknown", self.filler.place(cell or row), **facts)
        return None


def _ends_in_key(block: Block, keys: list[Cell]) -> bool:
    """Whether a row that says nothing else still names a key of a mapping."""
    return block.path[-1:] == (KEY,) and bool(keys) and bool(keys[0].text) and len(block.keys) > 0
