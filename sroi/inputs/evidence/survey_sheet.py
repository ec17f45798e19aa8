"""Where the answers of a survey stand: in which sheets, below which headings, in which columns.

Exports of survey tools are taken as they come: lines below the headings that only such a tool
writes are passed over, and a heading may have its question behind its code.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import dataclass, field

from sroi.inputs.evidence.measurement import MOMENTS, Described, Moment
from sroi.inputs.text.as_seen import as_percentages, merged, not_as_seen, totals
from sroi.inputs.text.cells import Kind, Mark, Table
from sroi.inputs.text.personal_data import heading_kind
from sroi.inputs.text.read_alike import plain
from sroi.inputs.text.sheet import sheets_of
from sroi.problems import Problem, nearest

SHEET = Kind(
    "measure-data-kind", "measure-data-unreadable", "measure-data-too-large", "measure-data-active",
    (".xlsx", ".csv", ".sav"),
)  # fmt: skip
CLOSE = 0.75
IMPORT_ID = '{"ImportId":'  # how Qualtrics names its questions, below the headings
LAST_HEADING = 10  # the row down to which headings are looked for
BEHIND_A_CODE = (". ", ": ")  # what a tool writes between the code of a question and its words


@dataclass
class SurveySheet:
    """One table with answers. `moment`: None where the rows or columns say which it is.

    `tables`: all sheets of its file, of which it is the one at `number` (from 0). `places`: at
    which position each column stands, by the name that the measurement gives it.
    """

    file: str
    tables: list[Table]
    number: int
    moment: Moment | None
    problems: list[Problem] = field(default_factory=list)
    places: dict[str, int] = field(default_factory=dict)

    @property
    def table(self) -> Table:
        """Its rows."""
        return self.tables[self.number] if self.tables else []


def survey_sheets(described: Described) -> list[SurveySheet]:
    """The sheets that a measurement is about, with what is wrong in each. Raises `Unusable`."""
    moments = MOMENTS if described.measurement.apart else (None,)
    found = [_sheet(described, moment) for moment in moments]
    for one in found:
        one.problems += _placed(one, described)
        if not one.problems:
            one.problems += _as_seen(one, described)
    return found


def _sheet(described: Described, moment: Moment | None) -> SurveySheet:
    """The sheet that is named, or else the first one in sight that has all columns, or else the
    first."""
    m, file = described.measurement, described.file_of(moment or "before")
    sheets = {name: _without_codes(table) for name, table in sheets_of(file, SHEET).items()}
    named = getattr(m.sheet, moment or "before") if m.sheet else None
    if named is not None:
        return _named(sheets, str(named), str(file), moment)
    wanted = m.columns.needed(moment)
    fits = [n for n, t in enumerate(sheets.values()) if all(positions(t, name) for name in wanted)]
    tables = list(sheets.values())
    seen = [n for n in fits if not _out_of_sight(tables[n])] or fits
    at = next(iter(seen), 0)
    one = SurveySheet(str(file), tables, at, moment)
    if len(seen) > 1:
        named = list(sheets)
        first, second = (named[n][:80] if _safe(named[n]) else str(n + 1) for n in seen[:2])
        facts = {"first": first, "second": second}
        one.problems.append(Problem("measure-sheets", file=one.file, facts=facts))
    return one


def _named(sheets: dict[str, Table], wanted: str, file: str, moment: Moment | None) -> SurveySheet:
    tables = list(sheets.values())
    for number, name in enumerate(sheets):
        if plain(name) == plain(wanted):
            return SurveySheet(file, tables, number, moment)
    facts = {"sheet": wanted[:80], "nearest": nearest(wanted, filter(_safe, sheets))}
    missing = Problem("measure-sheet-unknown", file=file, facts=facts)
    return SurveySheet(file, tables, 0, moment, [missing])


def _safe(name: str) -> bool:
    """Whether a sheet is not called after somebody."""
    return heading_kind(name) == ""


def _out_of_sight(table: Table) -> bool:
    return all(Mark.HIDDEN in cell.marks for row in table for cell in row)


def _without_codes(table: Table) -> Table:
    """Without the lines below the headings that Qualtrics writes: questions, and their codes."""
    for number, row in enumerate(table[1:3], 1):
        told = [cell.text.replace(" ", "") for cell in row if cell.text]
        if told and all(text.startswith(IMPORT_ID) for text in told):
            return [table[0], *table[number + 1 :]]
    return table


def positions(table: Table, name: str, row: int = 0) -> list[int]:
    """At which positions a column stands: by its heading, or by the code before its question; in a
    file of SPSS by the name of the variable, or by what it calls it."""
    wanted = plain(name)
    cells = table[row] if len(table) > row else []
    heads = [plain(cell.text) for cell in cells]
    whole = [at for at, head in enumerate(heads) if head == wanted]
    whole = whole or [at for at, cell in enumerate(cells) if plain(cell.label) == wanted]
    coded = [
        at
        for at, head in enumerate(heads)
        if head.startswith(tuple(wanted + s for s in BEHIND_A_CODE))
    ]
    return whole or coded


def _placed(one: SurveySheet, described: Described) -> Iterator[Problem]:
    """measure-column-missing, measure-column-twice, measure-headings-below, and sheet-merged"""
    if one.problems:
        return
    wanted = described.measurement.columns.needed(one.moment)
    found = {name: positions(one.table, name) for name in wanted}
    one.places = {name: at[0] for name, at in found.items() if at}
    line = one.table[0][0].row if one.table and one.table[0] else 0
    facts: dict[str, object]
    for row in range(1, min(LAST_HEADING, len(one.table))) if len(one.places) < len(wanted) else ():
        if all(positions(one.table, name, row) for name in wanted):
            below = one.table[row][0].row
            facts = {"row": below}
            yield Problem("measure-headings-below", file=one.file, line=below, facts=facts)
            return
    for name, at in found.items():
        facts = {"column": name[:80]}
        if not at:
            facts["nearest"] = _near(one.table, name)
            yield Problem("measure-column-missing", file=one.file, line=line, facts=facts)
        elif len(at) > 1:
            yield Problem("measure-column-twice", file=one.file, line=line, facts=facts)
    if len(one.places) < len(wanted):
        yield from merged(one.table[:1], one.file)


def _near(table: Table, name: str) -> str:
    """The heading that looks like it; a file without headings has people in their place."""
    heads = {plain(c.text): c.text for c in table[0]} if table else {}
    safe = [head for head in heads if head and not heading_kind(heads[head])]
    return next(iter(difflib.get_close_matches(plain(name), safe, 1, CLOSE)), "")


def _as_seen(one: SurveySheet, described: Described) -> Iterator[Problem]:
    """What stands in the sheet otherwise than it is seen, and lines that are nobody's."""
    columns = described.measurement.columns
    yield from not_as_seen(one.table, one.places.values(), one.file)
    scores = {one.places[name] for names in columns.scores for name in names if name in one.places}
    cells = (row[at] for row in one.table[1:] for at in sorted(scores) if at < len(row))
    yield from as_percentages(cells, one.file)
    yield from totals(one.table, one.places[columns.person], one.file)
