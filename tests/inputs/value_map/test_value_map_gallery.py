"""Every finding of a Value Map: the smallest workbook that shows it, and its sentence."""

import re
from pathlib import Path

import openpyxl
import pytest
from taken_over import changed, taken_over
from told_problems import catalogue, words_of
from value_maps import COLUMNS, DUTCH, Map

from sroi.inputs.value_map.value_map_sheet import read_value_map
from sroi.problems import Problem, Unusable
from sroi.report.words.problem_text import sentence

ROW = {
    "stakeholder": "Bewoners", "inputs": "Subsidie", "input_value": 300, "outcome": "Rust",
    "quantity": 10, "value": 100, "deadweight": 0.2, "displacement": 0.1, "attribution": 0.25,
    "duration": 1,
}  # fmt: skip
# what stands in which cell of row 7, below the heads of one outcome
CELLS = {
    "value-map-number": {"I7": "veel", "M7": "#DIV/0!"},
    "value-map-number-ambiguous": {"I7": "1.250"},
    "value-map-percent-outside": {"O7": 25},
    "value-map-duration": {"J7": None},
    "value-map-starts": {"K7": 3},
    "value-map-rate": {"V4": 0.6},
    "value-map-stakeholder": {"A7": None},
    "value-map-outcome": {"F7": None},
    "value-map-input-negative": {"D7": -300},
    "value-map-added": {"S7": 450},
    "value-map-own-share": {"S7": 180},
    "value-map-impact": {"S7": 700},
    "value-map-years": {"T7": 700},
    "value-map-total": {"T10": 700},
    "value-map-inputs-total": {"D8": 700},
    "value-map-impact-total": {"S8": 700},
}
PLAIN_CELLS = {"value-map-percent": {"O7": 25, "P7": 10, "R7": 1}}
HEADS = {
    "value-map-column": {"quantity": "Getal"},
    "value-map-column-twice": {"group": "Aantal"},
    "value-map-months": {"duration": "Duur (maanden)"},
    "value-map-attribution-own": {"attribution": "Attributie (eigen aandeel)"},
}
ROWS = {
    "value-map-quantity": [ROW, {"outcome": "Vreugde"}],
    "value-map-input-twice": [ROW, ROW | {"outcome": "Vreugde"}],
    "value-map-empty": [{"stakeholder": "Bewoners"}],
    "value-map-many": [ROW | {"input_value": n + 1} for n in range(101)],
}
# what a workbook from outside can be, tested with the reader of sheets; a year is asked for by the
# command
ELSEWHERE = {"value-map-too-large", "value-map-year"}


def _other(path: Path, code: str) -> Path:
    """What no Value Map is, or more than one."""
    if code == "value-map-kind":
        return Map([ROW]).write(path.with_suffix(".xlsx")).rename(path.with_suffix(".xlsm"))
    if code == "value-map-unreadable":
        path.write_text("geen werkmap")
        return path
    book = openpyxl.load_workbook(Map([ROW]).write(path))
    if code == "value-map-sheets":
        book.copy_worksheet(book.worksheets[0]).title = "Kopie"
    elif code == "value-map-none":
        book.remove(book.worksheets[0])
        book.create_sheet("Uitleg").append(["Hoe vult u dit in?"])
    book.save(path)
    if code == "value-map-active":
        import zipfile

        with zipfile.ZipFile(path, "a") as archive:
            archive.writestr("xl/vbaProject.bin", b"-")
    return path


def _made(folder: Path, code: str) -> Path:
    path = folder / "kaart.xlsx"
    if code in CELLS:
        return changed(Map([ROW], years=2).write(path), CELLS[code])
    if code in PLAIN_CELLS:
        return changed(Map([ROW]).write(path), PLAIN_CELLS[code], "General")
    if code in HEADS:
        return Map([ROW], heads=DUTCH | HEADS[code], columns=tuple(COLUMNS)).write(path)
    return Map(ROWS[code]).write(path) if code in ROWS else _other(path, code)


def problems(path: Path) -> list[Problem]:
    """All that is said of a workbook."""
    try:
        made = taken_over(path)
    except Unusable as unusable:
        return list(unusable.problems)
    return [*made.found.problems, *made.reckoned.problems]


def codes() -> set[str]:
    """Every finding of a Value Map that a source names."""
    words = words_of()
    return {word for word in words if re.fullmatch(r"value-map-[a-z-]+", word)}


@pytest.mark.parametrize("code", sorted(codes() - ELSEWHERE))
def test_a_workbook_shows_it_and_nothing_else(code, tmp_path):
    """In a whole sentence of either language, with the cell where there is one."""
    found = problems(_made(tmp_path, code))
    assert {problem.code for problem in found} - {"value-map-total"} | {code} == {code}
    (problem,) = [problem for problem in found if problem.code == code]
    for lang in ("nl", "en"):
        told = sentence(problem, lang)
        assert len(told) > 20
        assert not re.search(r"\{\w*\}", told)
        for cell in {**CELLS, **PLAIN_CELLS}.get(code, ()):
            assert cell in told


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_the_catalogue_has_them_all_and_no_other(lang):
    assert {code for code in catalogue(lang) if code.startswith("value-map-")} == codes()


def test_all_that_is_wrong_is_told_at_once(tmp_path):
    """Each kind once, with the first cells of it."""
    path = changed(
        Map([ROW] * 8).write(tmp_path / "kaart.xlsx"),
        {f"I{row}": "veel" for row in range(7, 15)} | {"K9": 3, "J8": 90},
    )
    with pytest.raises(Unusable) as refused:
        read_value_map(path)
    told = {problem.code: problem.facts for problem in refused.value.problems}
    assert told["value-map-number"] == {"cells": "I7, I8, I9, I10, I11… (8 ×)", "count": 8}
    assert set(told) == {
        "value-map-number", "value-map-starts", "value-map-duration", "value-map-input-twice",
    }  # fmt: skip
