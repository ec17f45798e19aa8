"""The results as CSV files for a spreadsheet: numbers as numbers, text that no spreadsheet runs."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from sroi.analysis.valuation import Valuation
from sroi.report import files

STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_texts(valuation: Valuation, results: Mapping[str, Any]) -> dict[str, str]:
    """Name of each file and what stands in it. `results` are those of `results_json`."""
    texts = {"value_flows.csv": _text(valuation.rows())}
    for name in ("by_year", "by_payer", "by_stakeholder", "by_line"):
        texts[f"{name}.csv"] = _text(results[name])
    texts["assumptions.csv"] = _text(_assumptions(valuation))
    return texts


def write_csv(valuation: Valuation, results: Mapping[str, Any], folder: Path) -> list[Path]:
    """Write all files into a folder. Raises `Unusable`."""
    files.folder(folder)
    paths = []
    for name, text in csv_texts(valuation, results).items():
        files.write(folder / name, text.encode("utf-8-sig"))
        paths.append(folder / name)
    return paths


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


def _text(rows: Iterable[Mapping[str, Any]]) -> str:
    rows = list(rows)
    stream = io.StringIO(newline="")
    if rows:
        writer = csv.DictWriter(stream, list(rows[0]), lineterminator="\r\n")
        writer.writeheader()
        writer.writerows({key: _cell(value) for key, value in row.items()} for row in rows)
    return stream.getvalue()


def _cell(value: Any) -> Any:
    if isinstance(value, str) and value.lstrip().startswith(STARTS_A_FORMULA):
        return "'" + value
    return repr(value) if isinstance(value, float) else value
