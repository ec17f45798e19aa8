"""Models side by side, for people and for programs (`sroi.comparison/1`)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rich.text import Text

from sroi.analysis.comparison.comparison import Difference, Explanation
from sroi.analysis.comparison.side_by_side import SideBySide
from sroi.analysis.result.question import Question
from sroi.model.flows.results import SOCIETY
from sroi.report.files.csv_files import write_tables
from sroi.report.files.plain import plain
from sroi.report.files.sensitivity_files import flat
from sroi.report.tables.sensitivity import Asked
from sroi.report.tables.tables import Row, Table
from sroi.report.terminal.terminal import console, safe, show_table
from sroi.report.told.told import Told, told

SCHEMA = "sroi.comparison/1"
MOST_INPUTS = 8
SMALL = 1e-6
WORTH_TELLING = 1.5


def differences(found: SideBySide, asked: Asked, number: int) -> Table:
    """One result of every other model against the base."""
    t = asked.told
    rows: list[Row] = []
    for name, each in found.differences.items():
        one = each[number]
        if not rows:
            rows.append([found.base, asked.show(one.base), "", "", ""])
        rows.append([name, asked.show(one.other), *_difference(asked, one)])
    heads = [t.words(f"head.{h}") for h in ("model", "result", "difference", "range", "better")]
    return Table("differences", heads, rows, frozenset({1, 2, 3, 4}))


def _difference(asked: Asked, one: Difference) -> Row:
    """The difference, its range, and the chance that it is one for the better."""
    spread = f"{asked.show(one.p5)} – {asked.show(one.p95)}" if one.p5 != one.p95 else "–"
    return [asked.show(one.mean), spread, asked.told.numbers.counted(one.better)]


def explanation(asked: Asked, found: Explanation) -> Table:
    """Which inputs make the difference, one at a time in the central case."""
    t, largest = asked.told, max(abs(found.base), abs(found.other))
    rows = [
        [
            t.subject(one.path),
            t.central(one.path, one.base),
            t.central(one.path, one.other),
            asked.show(one.change),
        ]
        for one in found.inputs[:MOST_INPUTS]
        if abs(one.change) > SMALL * largest
    ]
    rest = sum(one.change for one in found.inputs[MOST_INPUTS:])
    for name, change in (
        ("rest", rest), ("interaction", found.interaction), ("structure", found.structure)
    ):  # fmt: skip
        if abs(change) > SMALL * largest:
            rows.append([t.words(f"compare.{name}"), "", "", asked.show(change)])
    heads = [t.words(f"head.{h}") for h in ("assumption", "in_base", "in_other", "change")]
    return Table("explanation", heads, rows, frozenset({1, 2, 3}))


def lines(asked: Asked, one: Difference) -> Table:
    """Which lines bring the difference, where no assumption of both does."""
    t = asked.told
    rows = [
        [t.line(line.name), *(_amount(t, x) for x in (line.base, line.other, line.change))]
        for line in one.lines[:MOST_INPUTS]
        if line.change
    ]
    heads = [t.words(f"head.{h}") for h in ("line", "in_base", "in_other", "change")]
    return Table("lines", heads, rows, frozenset({1, 2, 3}))


def _amount(told: Told, value: float | None) -> str:
    """An amount; a dash where a scenario does not have the line."""
    return "–" if value is None else told.numbers.money(value)


def asked_of(found: SideBySide, lang: str, result: str = "") -> Asked:
    """A result of the comparison in words; the base need not have the payer that it is about."""
    name = result or found.result
    return Asked(told(found.valuation, lang), Question(name, found.valuation.model, SOCIETY, 0.0))


def show(found: SideBySide, lang: str) -> None:
    """All of it in the terminal."""
    asked, out = asked_of(found, lang), console()
    t = asked.told
    first = next(iter(found.differences.values()))
    for number, one in enumerate(first):
        shown = asked_of(found, lang, one.result)
        out.print(Text(safe(t.words("compare.result", result=shown.name)), "bold"))
        show_table(out, differences(found, shown, number))
    for name, why in found.explanations.items():
        key, table = "compare.why", explanation(asked, why)
        if not why.inputs:
            key, table = "compare.lines", lines(asked, found.differences[name][0])
        if table.rows:
            head = t.words(key, base=found.base, other=name)
            out.print(Text(safe(head), "bold"))
            show_table(out, table)
    gain = min((d.gain for each in found.differences.values() for d in each if d.gain), default=0.0)
    if gain > WORTH_TELLING:
        out.print(t.words("compare.gain", factor=t.numbers.number(gain, 1)))


def as_data(found: SideBySide) -> dict[str, Any]:
    """The same for programs, not rounded."""
    return {
        "schema": SCHEMA,
        "base": found.base,
        "result": found.result,
        "differences": plain(found.differences),
        "explanations": plain(found.explanations),
    }


def write_csv(found: SideBySide, folder: Path, lang: str) -> list[Path]:
    """Differences, the inputs that make them, and the lines. Raises `Unusable`."""
    each = [(name, one) for name, some in found.differences.items() for one in some]
    rows = {
        "differences": [{"model": name, **flat(one)} for name, one in each],
        "explanations": [
            {"model": name, **flat(one)}
            for name, why in found.explanations.items()
            for one in why.inputs
        ],
        "lines": [
            {"model": name, "result": one.result, **flat(line), "change": line.change}
            for name, one in each
            for line in one.lines
        ],
    }
    return write_tables(rows, folder, lang)
