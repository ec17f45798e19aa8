"""The tables of a portfolio as files: CSV for a spreadsheet, or one workbook with a sheet each."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from sroi.report.files import files
from sroi.report.files.csv_files import never_run, write_tables
from sroi.report.words.words import Words

Rows = list[dict[str, Any]]
ABOUT = {  # of which columns and tables there is something to know
    "amounts": "benefits, investment, net_present_value, p5, p50, p95, deviation",
    "undiscounted": "by_year",
    "ratio": "sroi_ratio, ratio_p5, ratio_p50, ratio_p95",
    "payers": "by_payer",
    "costs": "funding, cost",
}


def tables_of(results: Mapping[str, Any], lang: str) -> dict[str, Rows]:
    """The tables of `sroi.portfolio/1`, by name: numbers as they are; and one that says what the
    amounts are, in a language."""
    whole = [{"programme": "", **results["total"]}]
    by_programme = [*results["programmes"], *whole]
    return {
        "basis": list(_basis(results, Words(lang))),
        "rows": [_flat(row) for row in results["rows"]],
        "programmes": [_flat(row) for row in by_programme],
        "by_payer": list(_inside([*results["rows"], *by_programme], "by_payer")),
        "by_year": list(_inside([*results["rows"], *by_programme], "by_year")),
        "bands": [{"band": name, **band} for name, band in results["bands"].items()],
        "drivers": [
            {**row, "programmes": ", ".join(row["programmes"])} for row in results["drivers"]
        ],
        "columns": list(results["columns"]),
        **dict(_of_funding(results["funding"])),
    }


def _basis(results: Mapping[str, Any], words: Words) -> Iterator[dict[str, Any]]:
    """What a reader of the other tables must know: the unit, the years, the prices, whose view."""
    years, discounting = results["years"], results["discounting"]
    told = {
        "portfolio": results["portfolio"],
        "unit": results["currency"],
        "period": f"{years[0]}–{years[-1]}",
        "price_year": results["price_year"],
        "perspective": words(f"perspective.{results['perspective']}"),
        "rate": discounting["rate"],
        "timing": words(f"timing.{discounting['timing']}"),
        "draws": results["draws"],
        "seed": results["seed"],
        "version": results["version"],
        "inputs": results["inputs_sha256"],
    }
    for name, value in told.items():
        yield {"what": words(f"portfolio_basis.{name}"), "value": value}
    for name, columns in ABOUT.items():
        yield {"what": columns, "value": words(f"portfolio_about.{name}")}


def _of_funding(funding: Mapping[str, Any] | None) -> Iterator[tuple[str, Rows]]:
    """The choices, and which rows each of them has; nothing without a budget."""
    if funding is None:
        return
    kept = ("by", "cost", "expected", "chance", "worst_tenth", "gap")
    yield "funding", [{name: one[name] for name in kept} for one in funding["choices"]]
    chosen = [{"by": one["by"], **row} for one in funding["choices"] for row in one["rows"]]
    yield "funded_rows", chosen


def write_csv(
    results: Mapping[str, Any], folder: Path, lang: str, read: Iterable[Path] = ()
) -> list[Path]:
    """A file for every table, in the place of none that was `read`. Raises `Unusable`."""
    return write_tables(tables_of(results, lang), folder, lang, read)


def write_workbook(results: Mapping[str, Any], path: Path, lang: str) -> None:
    """One workbook with a sheet for every table; texts are never formulas. Raises `Unusable`."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    for name, rows in tables_of(results, lang).items():
        sheet = book.create_sheet(name)
        columns = list(dict.fromkeys(column for row in rows for column in row))
        sheet.append(columns)
        for row in rows:
            sheet.append([never_run(row.get(column)) for column in columns])
    stream = io.BytesIO()
    book.save(stream)
    files.write(path, stream.getvalue())


def _flat(row: Mapping[str, Any]) -> dict[str, Any]:
    """What is told of a row or a programme, as one line."""
    expected, ranges = row["expected"], row["range"]
    central = {f"central_{name}": x for name, x in row.get("central", {}).items()}
    own = {name: row[name] for name in ("programme", "area", "areas", "place") if name in row}
    more = {name: row[name] for name in ("among_first_ten", "shared") if name in row}
    ratio = ranges["sroi_ratio"] or dict.fromkeys(("p5", "p50", "p95"))
    return {
        **own,
        **{name: x for name, x in expected.items() if name != "standard_error"},
        "standard_error": expected["standard_error"]["net_present_value"],
        "deviation": row["deviation"],
        **ranges["net_present_value"],
        **{f"ratio_{name}": x for name, x in ratio.items()},
        "benefits_exceed_investment": row["probability"]["benefits_exceed_investment"],
        **more,
        **central,
    }


def _inside(rows: Rows, name: str) -> Iterator[dict[str, Any]]:
    """A list within each row, with what it belongs to."""
    for row in rows:
        for one in row[name]:
            chance = row["probability"]["payer_balance_positive"].get(one.get("payer"))
            positive = {"positive": chance} if name == "by_payer" else {}
            yield {"programme": row["programme"], "area": row.get("area", ""), **one, **positive}
