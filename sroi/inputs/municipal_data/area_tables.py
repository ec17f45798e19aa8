"""Some measures of all areas of a region, as the table of a portfolio: a row an area.

Only areas of one kind are rows: what is a total of others is left out, and so is a municipality
that no longer existed. A cell that is unknown stays empty, so that a portfolio asks for it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sroi.inputs.municipal_data.areas import TOTAL, as_code, bare, level
from sroi.inputs.municipal_data.asked import Asked, measure_of, period_of
from sroi.inputs.municipal_data.municipalities import ended, municipalities
from sroi.inputs.municipal_data.overview import Area, Overview
from sroi.inputs.municipal_data.taken import Taken, taken
from sroi.problems import Problem, Unusable

PROVINCES = {
    "PV20": "groningen", "PV21": "fryslan", "PV22": "drenthe", "PV23": "overijssel",
    "PV24": "flevoland", "PV25": "gelderland", "PV26": "utrecht", "PV27": "noord holland",
    "PV28": "zuid holland", "PV29": "zeeland", "PV30": "noord brabant", "PV31": "limburg",
}  # fmt: skip
# what is said of one area of many, and is then left empty
EMPTY = {
    "data-figure-unknown", "data-row-missing", "data-area-divided", "data-shares-of-parts",
}  # fmt: skip


@dataclass
class AreaTable:
    """Rows by area. `empty`: cells without a number, as area and measure; `left_out`: areas of the
    table that are no rows."""

    measures: tuple[str, ...]
    rows: dict[Area, list[Taken | None]] = field(default_factory=dict)
    empty: list[tuple[Area, str]] = field(default_factory=list)
    left_out: list[Area] = field(default_factory=list)

    def text(self) -> str:
        """As a file that a spreadsheet opens: names, codes, and a column for each measure."""
        out = io.StringIO()
        writer = csv.writer(out, delimiter=";", lineterminator="\n")
        writer.writerow(["gemeente", "code", *self.measures])
        for area, cells in self.rows.items():
            sizes = ["" if one is None else _written(one.band.best) for one in cells]
            writer.writerow([_harmless(area.name), area.code, *sizes])
        return out.getvalue()


def _written(value: float) -> str:
    """With a decimal comma, as the tables of a portfolio have it."""
    return f"{value:.10f}".rstrip("0").rstrip(".").replace(".", ",")


def _harmless(name: str) -> str:
    """A name that no spreadsheet takes for a formula."""
    return f"'{name}" if name[:1] in ("=", "+", "-", "@", "\t", "\r") else name


def area_table(
    found: Overview, region: Iterable[str], measures: Iterable[str], period: str,
    where: Mapping[str, str],
) -> AreaTable:  # fmt: skip
    """The areas of a region. `region`: a province, the country, a municipality for what lies in it,
    or areas by name or code. Raises `Unusable`."""
    asked = [Asked(measure, period, where) for measure in measures]
    rows, left_out = _in_region(found, list(region))
    found.keep(
        {measure_of(found, one.measure).key for one in asked}, period_of(found, period).written
    )
    made = AreaTable(tuple(one.measure for one in asked), left_out=left_out)
    for area in rows:
        made.rows[area] = [_cell(found, made, area, one) for one in asked]
    return made


def _cell(found: Overview, made: AreaTable, area: Area, asked: Asked) -> Taken | None:
    try:
        return taken(found, area.code or area.name, asked)
    except Unusable as refused:
        if {problem.code for problem in refused.problems} - EMPTY:
            raise
        made.empty.append((area, asked.measure))
        return None


def _in_region(found: Overview, region: list[str]) -> tuple[list[Area], list[Area]]:
    """The areas that are rows, and those of the table that are none."""
    if len(region) > 1:
        rows = [_the_one(found, asked) for asked in region]
        return list(dict.fromkeys(rows)), []
    inside = [area for area in found.areas if _lies_in(area, region[0])]
    if not inside:
        facts = {"asked": region[0][:80]}
        raise Unusable(Problem("data-region-empty", file=found.table.file, facts=facts))
    rows = [area for area in inside if area.code not in ended() and not TOTAL.match(area.name)]
    return rows, [area for area in found.areas if area not in set(rows)]


def _the_one(found: Overview, asked: str) -> Area:
    meant = found.meant(asked)
    if len(meant) == 1:
        return meant[0]
    facts = {"asked": asked[:80]}
    raise Unusable(Problem("data-region-empty", file=found.table.file, facts=facts))


def _lies_in(area: Area, region: str) -> bool:
    """Whether an area is one of the parts of a region that are rows."""
    code = as_code(region)
    if level(code, region) == "NL":
        return area.level == "GM"
    if level(code) == "GM" and area.level in ("WK", "BU"):
        return area.level == "WK" and area.code[2:6] == code[2:6]
    named = bare(region).removesuffix(" (pv)")
    province = code or next((key for key, name in PROVINCES.items() if name == named), "")
    known = municipalities().get(area.code)
    return known is not None and known.province == province
