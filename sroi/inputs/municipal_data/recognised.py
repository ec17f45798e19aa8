"""Which layout a table has, by what stands in it: headings, and the beginning of its rows."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from sroi.inputs.download.rows import Rows
from sroi.inputs.municipal_data.areas import as_code, bare, level
from sroi.inputs.municipal_data.code_files import (
    Beside,
    dimensions_of,
    measures_of,
    named_in,
    properties_of,
    statuses_of,
    titles_of,
)
from sroi.inputs.municipal_data.figures import Style, figure
from sroi.inputs.municipal_data.municipalities import codes_of
from sroi.inputs.municipal_data.table import Column, Layout, Long, MunicipalTable, Wide
from sroi.problems import Problem, Unusable

OBSERVATION = {"measure", "value"}
EXPLAINED = {"identifier", "title"}  # what each file beside the observations has
NUMBERED = re.compile(r"(?P<name>[A-Za-z]\w*)_(?P<number>\d{1,4})", re.ASCII)
WITH_UNIT = re.compile(r"(?P<title>.*\S)\s*\((?P<unit>[^()]*)\)", re.DOTALL)
AREAS = {
    "regio's", "regios", "regio", "woonregio's", "woonregios", "wijken en buurten",
    "wijkenenbuurten", "wijken", "buurten", "gemeenten", "gemeente", "gemeentenaam", "gebied",
    "gebieden", "wijk", "buurt", "regions", "region", "areas", "area", "municipality",
    "municipalities", "naam gemeente",
}  # fmt: skip
CODE_HEADS = {
    "gemeentecode", "gm_code", "gwb_code", "regiocode", "codering", "code", "regiocode (gemeente)",
    "code gemeente", "gebiedscode", "statcode", "areacode", "municipality code", "area code",
}  # fmt: skip
PERIODS = {"perioden", "periode", "periods", "period", "jaar", "year", "peildatum"}
SAMPLE = 300
MOSTLY = 0.8


@dataclass(frozen=True)
class _Named:
    """What the name of a file says of its table."""

    identifier: str
    title: str


IDENTIFIER = re.compile(r"(?<![0-9])(\d{5}(?:NED|ENG|ned|eng))(?![A-Za-z])")
STAMP = re.compile(r"_(\d{2})(\d{2})(\d{4})_\d{6}$")


def named(stem: str) -> _Named:
    """Table and title by the name that a download has of itself."""
    found = IDENTIFIER.search(stem)
    plain = re.sub(r"_(Unt|T)ypedDataSet$", "", STAMP.sub("", stem))
    title = "" if found else " ".join(plain.replace("__", "; ").replace("_", " ").split())
    return _Named(found[1].upper() if found else "", title[:200])


def recognised(rows: Rows, stem: str, beside: Beside) -> MunicipalTable:
    """The table that these rows are. `stem`: what its file is called; `beside`: opens a file that
    lies beside it. Raises `Unusable` where they are of no known layout."""
    heads = [head.removeprefix("\ufeff") for head in rows.headings]
    folded = [bare(head) for head in heads]
    if set(folded) >= OBSERVATION:
        return _observations(rows, heads, folded, stem, beside)
    numbered = [at for at, head in enumerate(heads) if NUMBERED.fullmatch(head)]
    if numbered and (set(folded) & (AREAS | PERIODS) or folded[0] == "id"):
        return _of_columns(rows, heads, numbered, "open-data-3", "point", stem, beside)
    units = [at for at, head in enumerate(heads) if WITH_UNIT.fullmatch(head)]
    if units and set(folded) & (AREAS | PERIODS):
        return _of_columns(rows, heads, units, "statline", "comma", stem, lambda _: None)
    if set(folded) >= EXPLAINED and not set(folded) & (AREAS | CODE_HEADS):
        raise Unusable(Problem("data-code-file", file=rows.file))
    return _of_ones_own(rows, heads, stem)


def _observations(
    rows: Rows, heads: list[str], folded: list[str], stem: str, beside: Beside
) -> MunicipalTable:
    """Version 4: a row an observation."""
    fixed = {"id", "measure", "value", "stringvalue", "valueattribute"}
    free = [at for at, head in enumerate(folded) if head not in fixed]
    area = next((at for at in free if folded[at] in AREAS), -1)
    period = next((at for at in free if folded[at] in PERIODS), -1)
    others = tuple(at for at in free if at not in (area, period))
    text = folded.index("stringvalue") if "stringvalue" in folded else -1
    places = Long(area, period, others, folded.index("measure"), folded.index("value"), text)
    titles = {heads[at]: titles_of(beside, heads[at]) for at in free}
    measures, (identifier, title) = measures_of(beside), named_in(beside)
    bare_codes = not measures or not all(titles[heads[at]] for at in free)
    problems = [Problem("data-codes-missing", "warning", rows.file)] if bare_codes else []
    by_file, called = named(stem), dimensions_of(beside)
    return MunicipalTable(
        rows.file, "open-data-4", rows, places, measures,
        tuple(Column(heads[at], called.get(heads[at], heads[at])) for at in others), "comma",
        heads[area] if area >= 0 else "", heads[period] if period >= 0 else "",
        identifier or by_file.identifier, title, bool(not identifier and by_file.identifier),
        titles, statuses_of(beside, heads[period]) if period >= 0 else {}, tuple(problems),
    )  # fmt: skip


def _of_columns(
    rows: Rows, heads: list[str], measures: Iterable[int], layout: Layout, style: Style, stem: str,
    beside: Beside,
) -> MunicipalTable:  # fmt: skip
    """A measure in each column."""
    columns = {at: _column(heads[at]) for at in measures}
    folded = [bare(columns[at].title) if at in columns else bare(h) for at, h in enumerate(heads)]
    code = next((at for at in columns if _is_code(folded[at], columns[at])), -1)
    dimensions = [at for at in range(len(heads)) if at not in columns and folded[at] != "id"]
    area = next((at for at in dimensions if folded[at] in AREAS), -1)
    period = next((at for at in dimensions if folded[at] in PERIODS), -1)
    others = tuple(at for at in dimensions if at not in (area, period))
    counted = tuple((at, heads[at]) for at in columns if at != code)
    by_file, (identifier, title), said = named(stem), named_in(beside), properties_of(beside)
    return MunicipalTable(
        rows.file, layout, rows, Wide(area, code, period, others, counted),
        tuple(said.get(heads[at], columns[at]) for at in columns if at != code),
        tuple(said.get(heads[at], Column(heads[at], heads[at])) for at in others), style,
        heads[area] if area >= 0 else "", heads[period] if period >= 0 else "",
        identifier or by_file.identifier, title or by_file.title,
        not identifier and bool(by_file.identifier or by_file.title),
        {heads[at]: titles_of(beside, heads[at]) for at in dimensions},
        statuses_of(beside, heads[period]) if period >= 0 else {},
    )  # fmt: skip


def _column(head: str) -> Column:
    """Title and unit of a heading; of version 3 the words that are written as one."""
    if found := NUMBERED.fullmatch(head):
        return Column(head, found["name"])
    found = WITH_UNIT.fullmatch(head)
    return (
        Column(head, " ".join(found["title"].split()), found["unit"])
        if found
        else Column(head, head)
    )


def _is_code(title: str, column: Column) -> bool:
    return column.unit == "code" or title in CODE_HEADS or title.startswith("codering")


def _of_ones_own(rows: Rows, heads: list[str], stem: str) -> MunicipalTable:
    """A table of one's own: which columns are areas and numbers is seen in its first rows."""
    sample = [row for _, row in islice(rows, SAMPLE)]
    folded = [bare(head) for head in heads]
    columns = [[row[at] for row in sample] for at in range(len(heads))]
    code = next(
        (at for at, head in enumerate(folded) if head in CODE_HEADS and _codes(columns[at])), -1
    )
    area = next((at for at, head in enumerate(folded) if head in AREAS and at != code), code)
    if area < 0:
        area = next((at for at, column in enumerate(columns) if _areas(column)), -1)
    if area < 0:
        raise Unusable(Problem("data-unrecognised", file=rows.file, line=1))
    period = next((at for at, head in enumerate(folded) if head in PERIODS), -1)
    free = [at for at in range(len(heads)) if at not in (area, code, period)]
    numbers = [at for at in free if _numbers(columns[at])]
    if not numbers:
        raise Unusable(Problem("data-unrecognised", file=rows.file, line=1))
    others = tuple(at for at in free if at not in numbers and any(columns[at]))
    by_file = named(stem)
    return MunicipalTable(
        rows.file, "own", rows,
        Wide(area, code if code != area else -1, period, others,
             tuple((at, heads[at]) for at in numbers)),
        tuple(_column(heads[at]) for at in numbers),
        tuple(Column(heads[at], heads[at]) for at in others),
        "point" if rows.characters is None else "own",
        heads[area], heads[period] if period >= 0 else "", "", by_file.title or stem, True,
    )  # fmt: skip


def _numbers(column: list[str]) -> bool:
    """Whether what is said in a column is mostly numbers."""
    read = [figure(text, "own") for text in column]
    said = [one for one in read if not one.unknown]
    return bool(said) and sum(one.known for one in said) >= MOSTLY * len(said)


def _codes(column: list[str]) -> bool:
    return any(as_code(text) for text in column)


def _areas(column: list[str]) -> bool:
    """Whether a column holds codes or names of areas, and not something else with such names."""
    said = [text for text in column if text]
    known = sum(bool(level(text, text) or codes_of(text)) for text in said[:50])
    return bool(said) and known >= MOSTLY * len(said[:50]) and not _numbers(column)
