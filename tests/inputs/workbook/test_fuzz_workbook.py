"""Whatever stands in the cells: a scenario, or problems that can be told; never anything else."""

import datetime
import io
import random
from pathlib import Path

import openpyxl
import pytest
from care_at_random import random_care_scenario
from scenarios_at_random import as_yaml
from valid_scenario import SCENARIO
from workbooks import book_of, saved

from sroi.inputs.files.scenario_file import check_file
from sroi.report.words.problem_text import text

ODD = [
    None, "", "{", "[", "}", ":", "a: b", "- x", "{a: 1", "#DIV/0!", "=1+1", -1, 0, 1e300, True,
    datetime.datetime(2026, 1, 1), datetime.time(3, 4), datetime.timedelta(hours=3), "a" * 6_000,
    "{a: {b: {c: 1}}}", "[1, 2]", "nl-2021 · x", "ja", "geen", "1,5", "1.234", "  ", "\n",
    "Kosten", "Treden", "*x", "&a", "!!x", "%", "'", '"', "{nl: x}", "{nl: [1]}", "{en: {a: b}}",
    "a,b,,c", "gemeente: 100%, gemeente: 3%", "{? a : b}", "[[[[[", 12345678901234567890,
]  # fmt: skip


@pytest.mark.parametrize("seed", range(12))
def test_odd_cells_are_told(seed: int, tmp_path: Path) -> None:
    rng = random.Random(seed)
    written = as_yaml(random_care_scenario(rng)) if seed % 2 else SCENARIO
    book = openpyxl.load_workbook(io.BytesIO(book_of(written)))
    for sheet in book.worksheets:
        cells = [cell for row in sheet.iter_rows() for cell in row]
        for cell in rng.sample(cells, min(len(cells), rng.choice([0, 1, 3, 30]))):
            cell.value = rng.choice(ODD)
    (tmp_path / "a.xlsx").write_bytes(saved(book))
    for problem in check_file(tmp_path / "a.xlsx"):
        assert len(text(problem, "nl")) > 20
