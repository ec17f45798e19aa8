"""Small surveys for tests: a measurement file with its answers beside it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import yaml

BASE = {
    "measurement": "voorbeeld",
    "title": "Voorbeeld",
    "data": "answers.csv",
    "instrument": "cantril",
    "columns": {"person": "nr", "before": "voor", "after": "na"},
    "change": {"points": 1},
}
COMPARED = {
    "columns": {"person": "nr", "group": "groep", "before": "voor", "after": "na"},
    "words": {"programme": "a", "comparison": "b"},
    "comparison": {"assigned": "waiting_list"},
}
Row = list[Any]


def measurement(folder: Path, content: str | bytes | None = None, **parts: Any) -> Path:
    """A measurement with these parts; None takes a part out."""
    parts = {key: value for key, value in (BASE | parts).items() if value is not None}
    path = folder / "meting.yaml"
    path.write_text(yaml.safe_dump(parts, sort_keys=False, allow_unicode=True), encoding="utf-8")
    if content is not None:
        whole = content if isinstance(content, bytes) else content.encode()
        (folder / str(parts["data"])).write_bytes(whole)
    return path


def rows(counts: dict[str, int], group: str = "", start: int = 5) -> list[Row]:
    """People who start at a score: so many improved, the same, worse, and missing after."""
    after = {"improved": start + 1, "same": start, "worse": start - 1, "missing": ""}
    people = [after[name] for name, count in counts.items() for _ in range(count)]
    extra = [group] if group else []
    return [[f"{group}{n:04d}", *extra, start, score] for n, score in enumerate(people)]


def csv(heads: str, *parts: list[Row], separator: str = ";") -> str:
    """Rows as text."""
    lines = [heads.split(), *(row for part in parts for row in part)]
    return "".join(separator.join(map(str, line)) + "\n" for line in lines)


def workbook(path: Path, *sheets: list[Row]) -> None:
    """Rows as a workbook, a sheet for each."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number, sheet in enumerate(sheets):
        page = book.create_sheet(f"Blad{number}")
        for row in sheet:
            page.append(row)
    book.save(path)
