"""The tables of a contract that is followed, as CSV for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from sroi.report.files.csv_files import write_tables

Rows = list[dict[str, Any]]
CAUSES = ("volume", "price", "effect", "timing")


def tables_of(results: Mapping[str, Any]) -> dict[str, Rows]:
    """The tables of `sroi.follow/1`, by name."""
    return {
        "lines": [_flat(row) for row in results["lines"]],
        "to_date": [_flat(row) for row in results["to_date"]],
        "care_use": [_banded(row) for row in results["care_use"]],
        "assumptions": list(_assumptions(results)),
        "expectation": list(_expectation(results["expectation"])),
        "rules": list(results["rules"]),
        "paid_for_results": list(_paid(results["paid_for_results"])),
        "changed": list(results["changed"]),
    }


def write_csv(
    results: Mapping[str, Any], folder: Path, lang: str, read: Iterable[Path] = ()
) -> list[Path]:
    """A file for every table that has rows, in the place of none that was `read`.

    Raises `Unusable`.
    """
    tables = {name: rows for name, rows in tables_of(results).items() if rows}
    return write_tables(tables, folder, lang, read)


def _flat(row: Mapping[str, Any]) -> dict[str, Any]:
    """What is told of a line, as one row."""
    causes = row["causes"] or {}
    kept = {key: value for key, value in row.items() if key not in ("causes", "own_prices")}
    split = {f"by_{cause}": causes.get(cause) for cause in CAUSES}
    return kept | split | {f"own_{key}": value for key, value in row["own_prices"].items()}


def _banded(row: Mapping[str, Any]) -> dict[str, Any]:
    band = {f"expected_{key}": value for key, value in row["expected"].items()}
    return {key: value for key, value in row.items() if key != "expected"} | band


def _assumptions(results: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Those that were updated; and those that were not, by name alone."""
    names = [f"{when}_{key}" for when in ("before", "after") for key in ("mean", "p5", "p95")]
    for row in results["assumptions"]:
        bands = {f"{when}_{key}": value for when in ("before", "after")
                 for key, value in row[when].items()}  # fmt: skip
        yield {"path": row["path"], "how": row["how"], **bands}
    for path in results["kept"]:
        yield {"path": path, "how": "kept", **dict.fromkeys(names)}


def _paid(rows: Rows) -> Iterator[dict[str, Any]]:
    """A result with its bands as columns."""
    for row in rows:
        bands = {f"{when}_{key}": (row[when] or {}).get(key) for when in ("promised", "now")
                 for key in ("mean", "p5", "p95")}  # fmt: skip
        yield {key: value for key, value in row.items() if key not in ("promised", "now")} | bands


def _expectation(found: Mapping[str, Any] | None) -> Iterator[dict[str, Any]]:
    """Old and new of society and every payer: benefits, investment and balance."""
    if found is None:
        return
    for own in ({"payer": "", **found["society"]}, *found["by_payer"]):
        for part in ("whole", "remaining"):
            for when, money in (own[part] or {}).items():
                bands = {f"{what}_{key}": value for what in ("benefits", "investment", "balance")
                         for key, value in money[what].items()}  # fmt: skip
                yield {"payer": own["payer"], "part": part, "when": when, **bands,
                       "chance_positive": money["positive"]}  # fmt: skip
