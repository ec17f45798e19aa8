"""The results as CSV files for a spreadsheet: numbers as numbers, text that no spreadsheet runs.

In Dutch the files have semicolons and decimal commas, because that is what Excel opens in the
Netherlands; in English commas and points. Programs read `--json`.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from sroi.analysis.valuation.valuation import Valuation
from sroi.report.files import files
from sroi.report.files.prices_json import flat

STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_texts(valuation: Valuation, results: Mapping[str, Any], lang: str) -> dict[str, str]:
    """Name of each file and what stands in it. `results` are those of `results_json`."""
    tables: dict[str, Iterable[Mapping[str, Any]]] = {
        "value_flows": valuation.rows(),
        "assumptions": _assumptions(valuation),
    }
    tables |= {name: results[name] for name in ("by_year", "by_payer", "by_stakeholder", "by_line")}
    tables |= {name: rows for name, rows in _of_care(results).items() if rows}
    tables |= {"prices": flat(results["prices"])} if results["prices"] else {}
    return {f"{name}.csv": text_of(rows, lang) for name, rows in tables.items()}


def write_csv(
    valuation: Valuation, results: Mapping[str, Any], folder: Path, lang: str
) -> list[Path]:
    """Write all files into a folder. Raises `Unusable`."""
    return write_texts(csv_texts(valuation, results, lang), folder)


def write_tables(
    tables: Mapping[str, list[dict[str, Any]]], folder: Path, lang: str, read: Iterable[Path] = ()
) -> list[Path]:
    """A file for every table that has rows; a column that some rows lack is empty there.

    `read`: files of which none may take the place. Raises `Unusable`, before anything is written.
    """
    texts = {}
    for name, rows in tables.items():
        columns = dict.fromkeys(column for row in rows for column in row)
        if rows:
            texts[f"{name}.csv"] = text_of([columns | row for row in rows], lang)
    files.spared([folder / name for name in texts], read)
    return write_texts(texts, folder)


def write_texts(texts: Mapping[str, str], folder: Path) -> list[Path]:
    """Write each text under its name into a folder. Raises `Unusable`."""
    files.folder(folder)
    for name, text in texts.items():
        files.write(folder / name, in_bytes(text))
    return [folder / name for name in texts]


def in_bytes(text: str) -> bytes:
    """With the mark by which a spreadsheet knows UTF-8."""
    return text.encode("utf-8-sig")


def _assumptions(valuation: Valuation) -> Iterator[dict[str, Any]]:
    """Every quantity with its moments and the range of its distribution."""
    import numpy as np

    for path, distribution in valuation.model.quantities.distributions.items():
        if "." in path:
            p5, p50, p95 = (float(x) for x in distribution.ppf(np.array([0.05, 0.5, 0.95])))
            yield {
                "path": path,
                "central": distribution.centre,
                "mean": distribution.mean,
                "sd": distribution.variance**0.5,
                "p5": p5,
                "p50": p50,
                "p95": p95,
            }


def _of_care(results: Mapping[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """Tables that only are there where the scenario has something of it."""
    budgets, conditions = results["budget"], results["enabling_conditions"]
    return {
        "budget": [_with_nominal(own["payer"], row) for own in budgets for row in own["by_year"]],
        "person_years": list(_person_years(results["care_ladder"])),
        "enabling_conditions": conditions["conditions"] if conditions else [],
    }


def _with_nominal(payer: str, row: Mapping[str, Any]) -> dict[str, Any]:
    """A year of a budget: real, and beside it in prices of the year (empty where not known)."""
    real = {name: value for name, value in row.items() if name != "nominal"}
    current = {f"nominal_{name}": value for name, value in row["nominal"].items()}
    return {"payer": payer, **real, **current}


def _person_years(ladders: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """Expected person-years by ladder, tier and year; the range is that of what is avoided."""
    for ladder in ladders:
        for tier in ladder["tiers"]:
            for row in tier["person_years"]:
                arms = {name: row[name]["mean"] for name in ("without", "with", "avoided")}
                spread = {name: row["avoided"][name] for name in ("p5", "p95")}
                at = {"ladder": ladder["id"], "tier": tier["id"], "year": row["year"]}
                yield {**at, **arms, **spread}


def text_of(rows: Iterable[Mapping[str, Any]], lang: str) -> str:
    """Rows with the same keys as the text of a file, in the style of a language."""
    rows = list(rows)
    stream = io.StringIO(newline="")
    if rows:
        separator = ";" if lang == "nl" else ","
        writer = csv.DictWriter(stream, list(rows[0]), delimiter=separator, lineterminator="\r\n")
        writer.writeheader()
        for row in rows:
            writer.writerow({key: _cell(value, lang) for key, value in row.items()})
    return stream.getvalue()


def _cell(value: Any, lang: str) -> Any:
    if isinstance(value, float):
        return repr(value).replace(".", ",") if lang == "nl" else repr(value)
    return never_run(value)


def never_run(value: Any) -> Any:
    """A text as one that no spreadsheet takes for a formula; whatever else as it is."""
    if isinstance(value, str) and value.lstrip().startswith(STARTS_A_FORMULA):
        return "'" + value
    return value
