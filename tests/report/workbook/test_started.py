"""A new workbook has a place for all that a report wants, under headings that can be read."""

import io
from types import SimpleNamespace
from typing import Any

import openpyxl
import pytest
from valid_scenario import SCENARIO
from workbooks import read_back

from sroi.inputs.files.chosen_library import shipped_library
from sroi.inputs.scenario.completeness import missing
from sroi.inputs.workbook.headings import block_title, known_sheets, names
from sroi.inputs.workbook.layout import blocks
from sroi.inputs.workbook.named import named
from sroi.report.workbook.started import started

# what a report wants of a scenario: by section the keys, and of each row of a list another
WANTED = [
    "decision", "background", "scope", "target_groups", "theory_of_change", "conditions",
    "experience", "monitoring", "checks", "limitations", "staffing",
]  # fmt: skip


@pytest.fixture(scope="module", params=["nl", "en"])
def book(request):
    content = started(SCENARIO, shipped_library(), request.param)
    return request.param, openpyxl.load_workbook(io.BytesIO(content))


def test_the_list_is_that_of_the_report() -> None:
    nothing = dict.fromkeys([*WANTED, "enabling_conditions"])
    line = SimpleNamespace(in_kind=False, staffing=None)
    scenario: Any = SimpleNamespace(**nothing | {"investment": [line], "outcomes": []})
    assert [one.key for one in missing(scenario)] == WANTED


def test_all_that_a_report_wants_has_its_place(book) -> None:
    lang, opened = book
    texts = {str(cell.value) for sheet in opened for row in sheet.iter_rows() for cell in row}
    for key in WANTED:
        told = named(key, lang)
        title, _, sheet = told.rpartition(" (")
        assert sheet.rstrip(")") in opened.sheetnames, key
        for name in title.split(", "):
            assert any(text == name or text.startswith(f"{name} ·") for text in texts), told


def test_each_block_that_is_shown_can_be_read(book) -> None:
    """One heading by itself is not taken for the headings of a block."""
    lang, opened = book
    titles = {block_title(block, lang) for _, block in blocks()}
    found = 0
    for sheet in opened:
        if known_sheets()[sheet.title.casefold()] in ("explanation", "price_list"):
            continue
        for row in range(1, sheet.max_row + 1):
            said = [cell.value for cell in sheet[row] if cell.value is not None]
            if len(said) == 1 and said[0] in titles and sheet.cell(row, 1).value == said[0]:
                heads = [cell.value for cell in sheet[row + 2] if cell.value]
                assert len(heads) > 1, said
                found += 1
    assert found > 10


def test_who_pays_together_has_a_column(book) -> None:
    lang, opened = book
    known = names(lang)
    heads = [cell.value for cell in opened[known["sheets"]["costs"]][3]]
    assert known["fields"]["payers"] in heads
    assert read_back(started(SCENARIO, shipped_library(), lang)).problems == []
