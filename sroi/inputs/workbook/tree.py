"""The data of a scenario as its cells are read, with the cell of every part.

It is the same tree as that of a YAML file, so that whatever holds of one holds of the other.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from sroi.inputs.text.cells import Cell
from sroi.inputs.text.yaml_text import FORBIDDEN, MAX_NODES, Document, Path_, parse, printable
from sroi.inputs.workbook.headings import folded, known_sheets
from sroi.inputs.workbook.named import called, choices_at, named, sheet_of
from sroi.problems import Problem, Severity, Unusable

ROWS = 2**21  # more than a sheet can have: a place is sheet × ROWS + row, and a column
Place = tuple[int, int]


@dataclass
class Workbook(Document):
    """A scenario workbook. A line is a row of one of its `sheets`; `shown`: the text of each cell
    that is read. What a row does not say has a place too: the empty cell for it. `worded`: how many
    parts were read that stand in the file's own words. `lang`: in which its sheets are called.
    `aside`: cells that hold something else than is seen, by what that is, each with its sheet."""

    sheets: tuple[str, ...] = ()
    shown: dict[Place, str] = field(default_factory=dict)
    worded: int = 0
    lang: str = "nl"
    aside: dict[str, list[tuple[int, Cell]]] = field(default_factory=dict, repr=False)

    def problem(
        self,
        code: str,
        path: Path_,
        at_key: bool = False,
        severity: str = "error",
        /,
        **facts: object,
    ) -> Problem:
        """A problem at a path, with sheet and cell; of a missing key the cell where it would be;
        of what stands nowhere the first cell of the sheet where it would."""
        told = self._in_cells(code, path, facts)
        found = super().problem(code, path, at_key, severity, **told)
        missing = (*path, *str(facts.get("key", "")).split("."))
        at = self.keys.get(missing) if code == "field-missing" else None
        at = at or self.place(path, at_key)
        return self.at(found, at if at != (0, 0) else self._first_cell(path))

    def _in_cells(self, code: str, path: Path_, facts: dict[str, object]) -> dict[str, object]:
        """The facts of a problem with the headings of its columns for the keys of the file, and the
        words of a choice as a cell has them."""
        told, key = dict(facts), str(facts.get("key", ""))
        if key:
            inside = path if _last(path) == key else (*path, *key.split("."))
            told["key"] = called(inside, self.lang) or key
        words = str(facts.get("expected", "")).split(", ")
        if code == "word-unknown":
            told["expected"] = ", ".join(choices_at(path, words, self.lang))
            told["nearest"] = choices_at(path, [str(facts["nearest"])], self.lang)[0]
        elif words != [""]:
            told["expected"] = ", ".join(called((*path, word), self.lang) or word for word in words)
        if code == "field-unknown":
            meant = str(facts["nearest"])
            told["called"] = called((*path[:-1], meant), self.lang) or meant if meant else ""
        return told

    def named(self, key: str) -> str:
        """What a part of a scenario, or of a row, is called: heading or title, and the sheet."""
        return named(key, self.lang)

    def _first_cell(self, path: Path_) -> Place:
        """Of the sheet on which a path would stand, if there is one; else of the first."""
        wanted, known = sheet_of(path).name, known_sheets()
        names = [known.get(folded(name)) for name in self.sheets]
        return (names.index(wanted) if wanted in names else 0) * ROWS + 1, 1

    def at(self, problem: Problem, place: Place) -> Problem:
        """A problem at a place, with the text of the cell."""
        sheet, row = divmod(place[0], ROWS)
        told = {"line": row, "column": place[1], "excerpt": self.shown.get(place, "")}
        if place != (0, 0):
            told |= {"sheet": self.sheets[sheet], "sheet_number": sheet + 1}
        return replace(problem, file=self.file, **told)  # type: ignore[arg-type]

    def put(self, path: Path_, value: Any, place: Place) -> None:
        """A value at a path. Where there is one already, that is told and the first one stays.

        Raises `Unusable` where there are more parts than a scenario can have.
        """
        if len(self.values) > MAX_NODES:
            raise Unusable(Problem("workbook-too-large", file=self.file))
        if path in self.values and not isinstance(value, dict | list):
            self.note("workbook-twice", place, key=_last(path))
            return
        self.keys.setdefault(path, place)
        self.values.setdefault(path, place)
        inside, last = self._inside(path, place), path[-1]
        if isinstance(inside, list) and isinstance(last, int):
            inside.append(value)
        elif isinstance(inside, dict) and isinstance(last, str):
            inside.setdefault(last, value)
        else:
            self.note("workbook-twice", place, key=_last(path[:-1]))

    def scalar(self, path: Path_, text: str, place: Place) -> None:
        """The text of a cell at a path, without signs that a terminal or page would obey."""
        clean = FORBIDDEN.sub(" ", printable(text.replace("\t", " "))).strip()
        if clean != text.replace("\t", " ").strip():
            self.note("text-control-character", place)
        self.put(path, clean, place)

    def words(self, path: Path_, written: Document, place: Place) -> None:
        """What stands in a cell in the file's own words, at a path; into a mapping its keys."""
        self.worded += len(written.values)
        if self.worded > MAX_NODES:
            raise Unusable(Problem("workbook-too-large", file=self.file))
        self.problems += [self.at(problem, place) for problem in written.problems]
        self.empty |= {path + inner for inner in written.empty}
        self._graft(path, written.data, place)

    def _graft(self, path: Path_, data: Any, place: Place) -> None:
        if not isinstance(data, dict | list):
            self.put(path, data, place)
            return
        there = self.find(path)
        if there is not None and type(there) is not type(data):
            self.note("workbook-twice", place, key=_last(path))
            return
        if path:
            self.put(path, type(data)(), place)
        for step, value in data.items() if isinstance(data, dict) else enumerate(data):
            self._graft((*path, step), value, place)

    def expect(self, path: Path_, place: Place) -> None:
        """Where something would stand that is not there."""
        self.keys.setdefault(path, place)

    def note(
        self, what: str, place: Place, severity: Severity = "error", /, **facts: object
    ) -> None:
        """A problem of a cell."""
        self.problems.append(self.at(Problem(what, severity, facts=facts), place))

    def unsaid(self, path: Path_, what: str, sheet: int, cell: Cell) -> None:
        """A part that its cell does not say, which is told of the cell: no news that it misses."""
        self.empty.add(path)
        self.aside.setdefault(what, []).append((sheet, cell))

    def find(self, path: Path_) -> Any:
        """What stands at a path, or None."""
        found: Any = self.data
        for step in path:
            try:
                found = found[step]
            except (KeyError, IndexError, TypeError):
                return None
        return found

    def _inside(self, path: Path_, place: Place) -> Any:
        """The mapping or list that a path ends in, those on the way are made; None where something
        else stands there."""
        inside = self.data
        for depth, step in enumerate(path[:-1], 1):
            made: Any = [] if isinstance(path[depth], int) else {}
            if isinstance(inside, list) and isinstance(step, int) and step <= len(inside):
                inside += [made] if step == len(inside) else []
            elif isinstance(inside, dict) and isinstance(step, str):
                inside.setdefault(step, made)
            else:
                return None
            self.keys.setdefault(path[:depth], place)
            self.values.setdefault(path[:depth], place)
            inside = inside[step]
        return inside


def own_words(text: str, file: str) -> Document:
    """What a text says in the file's own words: keys with their values, each on a line or with
    commas between; or what stands between braces or brackets. Raises `Unusable`.
    """
    bare = text.strip()
    if not bare.startswith(("{", "[")) and "\n" not in bare:
        bare = "{" + bare + "}"
    return parse(bare.encode("utf-8", "replace"), file)


def _last(path: Path_) -> str:
    return next((step for step in reversed(path) if isinstance(step, str)), "")
