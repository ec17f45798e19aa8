"""Every draw as a file for other programs: Parquet with every digit, or CSV."""

from __future__ import annotations

from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from sroi.analysis.valuation.every_draw import frames
from sroi.report.files import files

if TYPE_CHECKING:
    from sroi.analysis.valuation.valuation import Valuation

KINDS = (".parquet", ".csv")


def write_draws(valuation: Valuation, path: Path) -> None:
    """The table of `every_draw`, part after part. Raises `Unusable`, and then leaves no file.

    CSV has a decimal point and commas in every language, as programs read it; no cell of it is
    text but the heads, which are paths of the scenario.
    """
    files.ready(path, *KINDS)
    with files.replacing(path) as temporary:
        made = _as_parquet if path.suffix.lower() == ".parquet" else _as_csv
        made(valuation, temporary)


def _as_csv(valuation: Valuation, path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        for part in frames(valuation.drawn, valuation.loaded.scenario.basis):
            part.to_csv(stream, header=stream.tell() == 0, lineterminator="\n")


def _as_parquet(valuation: Valuation, path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    parts = frames(valuation.drawn, valuation.loaded.scenario.basis)
    tables = (pa.Table.from_pandas(part.reset_index(), preserve_index=False) for part in parts)
    first = next(tables)
    with pq.ParquetWriter(path, first.schema) as writer:
        for table in chain([first], tables):
            writer.write_table(table)
