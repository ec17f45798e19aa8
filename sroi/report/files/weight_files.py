"""What rests on which price, as data for programs (`sroi.weight/1`) and as a CSV file."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

from sroi.analysis.valuation.weight import Weight, shares_by
from sroi.report.files.csv_files import text_of, write_texts

SCHEMA = "sroi.weight/1"


def as_data(found: list[Weight]) -> dict[str, Any]:
    """The same for programs, not rounded."""
    return {
        "schema": SCHEMA,
        "prices": [asdict(one) for one in found],
        "by_provenance": shares_by(found, "provenance"),
        "by_evidence": shares_by(found, "evidence"),
    }


def write_csv(found: list[Weight], folder: Path, lang: str) -> list[Path]:
    """The ranking as a file. Raises `Unusable`."""
    rows = [asdict(one) | {"scenarios": " ".join(one.scenarios)} for one in found]
    return write_texts({"weight.csv": text_of(rows, lang)}, folder)
