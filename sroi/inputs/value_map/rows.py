"""The rows of a Value Map, one after the other: what goes in, and what changes for whom.

A stakeholder is written once for all rows below it, and so are its outputs and its outcome; what it
puts in counts once, in the row in which it stands.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from sroi.inputs.text.as_seen import told_once
from sroi.inputs.text.cells import Cell
from sroi.inputs.value_map.cell_numbers import amount, empty, share, start, years
from sroi.inputs.value_map.headings import CORRECTIONS, Heads
from sroi.inputs.value_map.labels import is_part, is_summary, is_total
from sroi.inputs.value_map.value_map import Amount, Change, Input
from sroi.problems import Problem

# of these one stands for all rows below it, and may lie over them as a merged cell
ONCE = ("stakeholder", "group", "inputs", "input_value", "outputs", "changes", "outcome")
CHANGE = ("outcome", "quantity", "proxy", "proxy_value")
LONGEST = 1_000  # characters of a text that is taken over
WHOLE_AWAY = CORRECTIONS[:3]  # where one of these is 100%, nothing is left
WARNINGS = ("value-map-quantity", "value-map-input-twice")
Cells = dict[str, Cell]


@dataclass
class Rows:
    """What was read so far, and what is wrong in it: cells by the code of what is said of them."""

    heads: Heads
    inputs: list[Input] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    totals: dict[str, Amount] = field(default_factory=dict)
    found: dict[str, list[Cell]] = field(default_factory=dict)
    over: dict[str, str] = field(default_factory=dict)

    def wrong(self, code: str, cell: Cell) -> None:
        """One more cell of which this is to be said."""
        self.found.setdefault(code, []).append(cell)

    def problems(self, file: str) -> Iterator[Problem]:
        """All that is to be said, a kind once; some of it stops nothing."""
        for code, cells in self.found.items():
            unique = list({cell.address: cell for cell in cells}.values())
            for problem in told_once(code, unique, file):
                weak = code in WARNINGS
                yield Problem(
                    code, "warning" if weak else "error", file, problem.line, problem.column,
                    facts=problem.facts,
                )  # fmt: skip

    def take(self, row: list[Cell]) -> None:
        """One more row."""
        if is_total(row):
            self._total(row)
        elif is_row(self.heads, row):
            self._read(self.heads.named(row), row)

    def _total(self, row: list[Cell]) -> None:
        """Totals of a column, if they are of all rows above them."""
        for name in () if is_part(row) else ("input_value", "impact"):
            cell = self.heads.named(row)[name]
            if isinstance(cell.value, int | float):
                self.totals.setdefault(name, Amount(float(cell.value), cell))

    def _read(self, cells: Cells, row: list[Cell]) -> None:
        puts_in = cells["inputs"].text or _says(cells["input_value"])
        changes = any(_says(cells[name]) for name in CHANGE)
        self._goes_on(cells)
        if not (puts_in or changes):
            return
        if not self.over.get("stakeholder"):
            self.wrong("value-map-stakeholder", cells["stakeholder"])
            return
        if puts_in:
            self._input(cells)
        if changes:
            self._change(cells, row)

    def _goes_on(self, cells: Cells) -> None:
        """What holds for this row and those below it, until something else is written."""
        if cells["stakeholder"].text:
            same = clean(cells["stakeholder"]) == self.over.get("stakeholder")
            self.over = self.over if same else {}
        for name in ("stakeholder", "group", "outputs", "outcome"):
            if cells[name].text:
                self.over[name] = clean(cells[name])

    def _input(self, cells: Cells) -> None:
        cell = cells["input_value"]
        value = amount(cell, self.wrong)
        if value is not None and value < 0:
            self.wrong("value-map-input-negative", cell)
        whose, what = self.over["stakeholder"], clean(cells["inputs"])
        before = [(one.stakeholder, one.what, one.value.value) for one in self.inputs if one.value]
        if (whose, what, value) in before:
            self.wrong("value-map-input-twice", cell)
        self.inputs.append(Input(whose, what, Amount(value, cell) if value else None, cell))

    def _change(self, cells: Cells, row: list[Cell]) -> None:
        outcome = self.over.get("outcome", "")
        quantity = amount(cells["quantity"], self.wrong)
        if not outcome:
            self.wrong("value-map-outcome", cells["outcome"])
        value = amount(cells["proxy_value"], self.wrong)
        corrections = {name: self._share(cells[name]) for name in CORRECTIONS}
        if empty(cells["quantity"]):
            self.wrong("value-map-quantity", cells["quantity"])
            self.left_out.append(f"{outcome} ({self.over['stakeholder']})")
            return
        away = [one for name, one in corrections.items() if name in WHOLE_AWAY]
        nothing = quantity == 0 or not value or any(one and one.value == 1 for one in away)
        self.changes.append(
            Change(
                self.over["stakeholder"], self.over.get("group", ""), self.over.get("outputs", ""),
                outcome, clean(cells["indicator"]), clean(cells["quantity_source"]),
                Amount(quantity or 0.0, cells["quantity"]), self._lasts(cells["duration"], nothing),
                start(cells["starts"], self.wrong), clean(cells["proxy"]),
                clean(cells["proxy_source"]),
                Amount(value, cells["proxy_value"]) if value else None,
                corrections, self._reckoned(cells["impact"]), self._years(row),
            )
        )  # fmt: skip

    def _share(self, cell: Cell) -> Amount | None:
        found = share(cell, self.wrong)
        return None if found is None else Amount(found, cell)

    def _lasts(self, cell: Cell, nothing: bool) -> Amount:
        """How long; what comes to nothing anyway needs no length."""
        before = len(self.found.get("value-map-duration", ()))
        found = years(cell, self.wrong)
        if (
            found is None
            and not nothing
            and len(self.found.get("value-map-duration", ())) == before
        ):
            self.wrong("value-map-duration", cell)
        return Amount(found or 1.0, cell)

    def _years(self, row: list[Cell]) -> dict[int, Amount]:
        """What the sheet reckons for each year, counted from 0."""
        first = min(self.heads.years, default=0)
        cells = {year - first: row[at] for year, at in self.heads.years.items() if at < len(row)}
        found = {year: self._reckoned(cell) for year, cell in cells.items()}
        return {year: one for year, one in found.items() if one is not None}

    def _reckoned(self, cell: Cell) -> Amount | None:
        """What the sheet itself came to; whatever is no number there says nothing."""
        if isinstance(cell.value, bool) or not isinstance(cell.value, int | float):
            return None
        return Amount(float(cell.value), cell)


def is_row(heads: Heads, row: list[Cell]) -> bool:
    """Whether it is a row of the map, and not what rows come to."""
    counted = any(sign.isdigit() for sign in heads.named(row)["quantity"].text)
    return not (is_total(row) or (is_summary(row) and not counted))


def _says(cell: Cell) -> bool:
    return cell.text not in ("", "0")


def clean(cell: Cell) -> str:
    """A text as it is taken over: on one line, of what can be printed."""
    signs = "".join(sign if sign.isprintable() else " " for sign in cell.text)
    return " ".join(signs.split())[:LONGEST].strip()
