"""The register of a pilot: one and the same from every sort of sheet."""

import csv
from pathlib import Path

import openpyxl
import pytest
from pilot_registers import flat, rows

from sroi.inputs.pilot.pilot_file import load_pilot
from sroi.inputs.pilot.register import Count, Register, read_register
from sroi.problems import Unusable

HEAD = "pilot: p\ntitle: P\ndata: {data}\n"
WIDE = """columns:
  {neighbourhood: wijk, quarter: kwartaal, population: inwoners,
   people: {licht: licht, zwaar: zwaar}, up: {licht: omhoog}}
"""
LONG = """columns:
  {neighbourhood: wijk, quarter: kwartaal, population: inwoners, tier: zorg, people: mensen,
   up: omhoog}
"""
REST = """tiers: [{id: licht, level: 1, called: Lichte hulp}, {id: zwaar, level: 2}]
started: {wijk a: 2024-Q1, Wijk B: 2024-Q1, Wijk C: 2024-Q1}
comparison: [Wijk E, Wijk F, Wijk G]
chosen: {how: random, because: Geloot.}
"""


def told(folder: Path, table: list[list[str]], columns: str, name: str = "r.csv") -> Register:
    """A register as it is read from a sheet."""
    if name.endswith(".xlsx"):
        book = openpyxl.Workbook()
        for row in table:
            book.active.append([int(cell) if cell.isdecimal() else cell for cell in row])
        book.save(folder / name)
    else:
        with (folder / name).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, delimiter=";").writerows(table)
    path = folder / "p.yaml"
    path.write_text(HEAD.format(data=name) + columns + REST, encoding="utf-8")
    return read_register(load_pilot(path))


def long_of(wide: list[list[str]]) -> list[list[str]]:
    """A row for each kind of care; nobody moves up from heavy care."""
    found = [["wijk", "kwartaal", "inwoners", "zorg", "mensen", "omhoog"]]
    for name, quarter, people, light, heavy, up in wide[1:]:
        found.append([name, quarter, people, "lichte hulp", light, up])
        found.append([name, quarter, people, "zwaar", heavy, "0"])
    return found


@pytest.fixture(scope="module")
def wide():
    return rows(flat)


def test_long_and_wide_and_a_workbook_are_one_register(tmp_path, wide):
    first = told(tmp_path, wide, WIDE)
    again = told(tmp_path, wide, WIDE, "r.xlsx")
    assert again == first
    long = told(tmp_path, long_of(wide), LONG)
    assert (long.neighbourhoods, long.quarters) == (first.neighbourhoods, first.quarters)
    assert long.population == first.population
    assert long.counts["people"] == first.counts["people"]
    assert first.counts["up"].items() <= long.counts["up"].items()
    assert len(first.neighbourhoods) == 8
    assert len(first.quarters) == 14


@pytest.mark.parametrize("sign", ["<5", "."])
def test_a_count_that_is_not_shown_is_one_to_four_and_never_zero(tmp_path, wide, sign):
    table = [row.copy() for row in wide]
    table[1][5], table[2][5] = sign, "0"
    found = told(tmp_path, table, WIDE).counts["up"]
    assert list(found.values())[:2] == [Count(1, 4), Count(0, 0)]


def test_the_order_of_rows_says_nothing(tmp_path, wide):
    turned = [wide[0], *wide[:0:-1]]
    first, other = told(tmp_path, wide, WIDE), told(tmp_path, turned, WIDE)
    assert first.counts == other.counts
    assert first.quarters == other.quarters


def test_many_mistakes_are_told_at_once(tmp_path, wide):
    table = [row.copy() for row in wide]
    table[1][5], table[2][1], table[3][2] = "veel", "gisteren", "0"
    with pytest.raises(Unusable) as raised:
        told(tmp_path, table, WIDE)
    found = {problem.code for problem in raised.value.problems}
    assert found == {"pilot-number", "pilot-quarter", "pilot-population"}
    texts = {problem.facts["found"] for problem in raised.value.problems}
    assert texts == {'"veel"', '"gisteren"', '"0"'}


def test_a_column_that_is_not_there_is_named(tmp_path, wide):
    table = [["wijk", "kwartaal", "inwoners", "licht", "zwaar", "omhog"], *wide[1:]]
    with pytest.raises(Unusable) as raised:
        told(tmp_path, table, WIDE)
    (problem,) = raised.value.problems
    assert (problem.code, problem.facts["nearest"]) == ("measure-column-missing", "omhog")


def test_a_sheet_is_found_by_its_name(tmp_path, wide):
    columns = "sheet: Ergens\n" + WIDE
    with pytest.raises(Unusable) as raised:
        told(tmp_path, wide, columns, "r.xlsx")
    assert raised.value.problems[0].code == "measure-sheet-unknown"
    assert told(tmp_path, wide, "sheet: sheet\n" + WIDE, "r.xlsx").quarters
