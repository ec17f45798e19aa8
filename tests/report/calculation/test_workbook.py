"""The calculation workbook: formulas that come to what the engine computes, also after a change."""

import io
import random
import re
from dataclasses import replace
from functools import cache
from pathlib import Path

import openpyxl
import pytest
from care_at_random import random_care_scenario
from changed_cells import Made, as_keys, changed, made, made_of, some_changes
from models_in_memory import Record, one_line
from scenarios_at_random import random_scenario
from spreadsheet import FUNCTIONS, Spreadsheet
from told_by_hand import MADE
from valuations import RANGE, small, write

from sroi import shipped
from sroi.inputs.text.yaml_text import read
from sroi.model.lines.model import model_of
from sroi.report.calculation.workbook import MOST_CELLS, cells_of

SCENARIOS = sorted(shipped.folder("scenarios").glob("*.yaml"))
WITHOUT = {
    "heupprothese",
    "hiv-combinatietherapie",
    "sick-sicker",
    "sick-sicker-vier-armen",
}  # cohorts have no workbook
NAMES = [path.stem for path in SCENARIOS if path.stem not in WITHOUT]
ALLOWED = {"IF", *FUNCTIONS}
NEAR = 1e-9


@cache
def shipped_one(name: str) -> Made:
    return made(next(path for path in SCENARIOS if path.stem == name))


def in_memory(scenario: Record, name: str) -> Made:
    return made_of(read(write(scenario, f"{name}.yaml")))


def agrees(one: Made, changes: dict[str, float]) -> None:
    """The formulas come to what the engine computes of the same changes: every number."""
    book, places = Spreadsheet(one.file), {cell.path: cell for cell in one.yellow}
    for path, value in changes.items():
        book.change(places[path].sheet, places[path].place, value)
    ours, theirs = book.column(one.control, "A", "C"), changed(one, changes)
    assert len(theirs) > 10
    for key, value in theirs.items():
        if value is None:
            assert ours[key] == "", key
        else:
            assert ours[key] == pytest.approx(value, rel=NEAR, abs=NEAR), key


@pytest.mark.parametrize("name", NAMES)
def test_the_formulas_come_to_what_sroi_computes(name):
    """Read from the file and worked out without any value that is stored in it."""
    agrees(shipped_one(name), {})


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("name", NAMES)
def test_a_change_of_a_yellow_cell_goes_through_everything(name, seed):
    one = shipped_one(name)
    changes = some_changes(one, seed)
    assert changes
    agrees(one, changes)


@pytest.mark.parametrize("number", range(8))
@pytest.mark.parametrize("make", [random_scenario, random_care_scenario])
def test_any_scenario(make, number):
    """Two prices, transfers, ramps, registers, relapse, years that differ, what flows past the
    horizon: of scenarios that nobody thought of, as they are and after a change."""
    scenario = make(random.Random(number)) | {"cohorts": []}
    if not any(scenario.get(part) for part in ("outcomes", "care_ladder", "direct_shift")):
        pytest.skip("only cohorts")
    one = in_memory(scenario, f"{make.__name__}-{number}")
    agrees(one, {})
    agrees(one, some_changes(one, number))


@pytest.mark.parametrize("fades", ["never", "at_once", {"half_life": 2}])
def test_after_the_last_year_and_tiers_that_nobody_counts(fades):
    """What stands in the place of counts, and how many people follow from that; and what still
    comes of a programme that ends, as far as it counts."""
    scenario = MADE["ladder from a register"]()
    scenario["basis"]["horizon"] = "count"
    ladder = scenario["care_ladder"][0]
    register, levels = ladder["register"], {x["id"]: x["level"] for x in ladder["tiers"]}
    end = {"programme_years": scenario["basis"]["years"], "fades": fades, "counts_on": 3}
    ladder["intervention"] |= end
    for tier, level in levels.items():
        del register["tiers"][tier]
        assumed = {"people": 900} if level == min(levels.values()) else {"new": 110}
        register.setdefault("not_counted", {})[tier] = {"stays": 1.4} | assumed
    one = in_memory(scenario, "left-out")
    agrees(one, {})
    left_out = [cell for cell in one.yellow if ".not_counted." in cell.path]
    assert len(left_out) == 2 * len(levels)
    agrees(one, {cell.path: cell.value * 1.1 for cell in left_out} | some_changes(one, 1))


@pytest.mark.parametrize("name", NAMES)
def test_every_yellow_cell_does_something(name):
    """Or nothing at all rests on it in the engine either: each is moved by itself."""
    one = shipped_one(name)
    before = changed(one, {})
    for cell in one.yellow[:: max(1, len(one.yellow) // 3)]:
        value = min(max(round(cell.value * 1.1 + 0.01, 6), cell.low), cell.high)
        if cell.path.endswith(".starts"):
            value = 1.0 if cell.value == 2 else min(2.0, cell.high)
        after = changed(one, {cell.path: value})
        book = Spreadsheet(one.file)
        book.change(cell.sheet, cell.place, value)
        ours = book.column(one.control, "A", "C")
        moved = [key for key in before if before[key] != after[key]]
        for key in moved:
            assert ours[key] == pytest.approx(after[key], rel=NEAR, abs=NEAR), (cell.path, key)


@pytest.mark.parametrize("name", NAMES)
def test_what_is_stored_is_what_the_formula_comes_to(name):
    """A program that recomputes nothing shows the right number; no formula is left without one."""
    one = shipped_one(name)
    book = Spreadsheet(one.file)
    stored = openpyxl.load_workbook(io.BytesIO(one.file), data_only=True)
    formulas = book.formulas()
    assert len(formulas) > 300
    for sheet, place in formulas:
        value, kept = book.value(sheet, place), stored[sheet][place].value
        if isinstance(value, str):
            assert (kept or "") == value, (sheet, place)
        else:
            assert kept == pytest.approx(value, rel=NEAR, abs=1e-7), (sheet, place)


@pytest.mark.parametrize("name", NAMES)
def test_only_functions_that_every_program_has(name):
    """No arrays, nothing newer than 2007, nothing volatile, no link, no name."""
    one = shipped_one(name)
    book = openpyxl.load_workbook(io.BytesIO(one.file))
    sheets = set(book.sheetnames)
    assert all(title.isascii() and " " not in title for title in sheets)
    assert not book.defined_names or set(book.defined_names) <= {"_xlnm.Print_Titles"}
    for (sheet, place), text in Spreadsheet(one.file).formulas().items():
        assert set(re.findall(r"[A-Z]+(?=\()", text)) <= ALLOWED, (sheet, place, text)
        assert set(re.findall(r"([A-Za-z]+)!", text)) <= sheets
        assert "[" not in text
        assert "{" not in text
        assert len(text) < 8000


def test_the_budget_in_prices_of_each_year():
    """By a series, by a contract, and by nothing where the series ends."""
    scenario = small(
        basis__first_year=2023, basis__years=4, basis__price_year=2022, outcomes__lasts="2",
        investment__indexation="3%", investment__price_year=2021,
    )  # fmt: skip
    one = in_memory(scenario, "nominal")
    found = Spreadsheet(one.file).column(one.control, "A", "C")
    keys = [key for key in found if ".nominal." in key]
    numbers = [key for key in keys if found[key] != ""]
    assert len(keys) > len(numbers) > 20
    place = "central.budget.gemeente.by_year"
    assert found[f"{place}.2026.nominal.investment"] == pytest.approx(1000 * 1.03**5)
    assert found[f"{place}.2026.nominal.hard"] == ""
    agrees(one, {})
    agrees(one, some_changes(one, 1))


def test_a_price_index_goes_through_too():
    """The figures of a series are cells of the library: another one moves what follows it."""
    one = shipped_one("voorbeeldstad-ouderen")
    sheet = Spreadsheet(one.file)
    rows = {text: cell for (name, cell), text in sheet.cells.items() if name == one.inputs}
    place = rows["indices.vng-mix.2022"].replace("A", "C")
    loaded = one.valuation.loaded
    index = loaded.library.indices["vng-mix"]
    factors = index.factors | {2022: index.factors[2022] * 1.1}
    known = loaded.library.indices | {"vng-mix": index.model_copy(update={"factors": factors})}
    other = replace(loaded, library=replace(loaded.library, indices=known))
    sheet.change(one.inputs, place, factors[2022])
    ours = sheet.column(one.control, "A", "C")
    theirs = as_keys(one, other, model_of(other.scenario, other.library))
    assert theirs["central.benefits"] != one.valuation.central.benefits()[0]
    for key, value in theirs.items():
        assert ours[key] == pytest.approx(value, rel=NEAR, abs=NEAR), key


@pytest.mark.parametrize("name", NAMES)
def test_about_how_large_it_gets_is_known_before(name):
    """So that what no spreadsheet can hold is refused before the work."""
    one = shipped_one(name)
    cells = len(Spreadsheet(one.file).formulas())
    assert cells / 3 < cells_of(one.valuation.model) < 3 * cells
    assert cells_of(one.valuation.model) < MOST_CELLS / 5


def test_the_check_is_not_its_own_answer():
    """Column B is a number and column C a formula that leads to the sheets."""
    one = shipped_one("voorbeeldstad-ouderen")
    sheet = openpyxl.load_workbook(io.BytesIO(one.file))[one.control]
    rows = [row for row in sheet.iter_rows(values_only=True) if str(row[0]).startswith("central.")]
    assert len(rows) > 100
    for _, ours, theirs, *_ in rows:
        assert isinstance(ours, int | float)
        assert re.fullmatch(r"=[A-Za-z]+![A-Z]+\d+", theirs)


def test_the_top_of_the_check_tells_a_wrong_formula():
    """A number that is typed over a formula is seen, and so is a changed input."""
    one = shipped_one("voorbeeldstad-ouderen")
    verdict = [cell for (sheet, cell), text in Spreadsheet(one.file).formulas().items()
               if sheet == one.control and "SUM(E" in text]  # fmt: skip
    assert len(verdict) == 1
    book = Spreadsheet(one.file)
    assert str(book.value(one.control, verdict[0])).startswith("Ja")
    book.change(one.yellow[0].sheet, one.yellow[0].place, one.yellow[0].value + 0.01)
    assert str(book.value(one.control, verdict[0])).startswith("Nee")


@pytest.mark.parametrize("sign", ["=", "+", "-", "@"])
def test_text_of_a_scenario_never_runs(sign):
    """Titles, names, reasons and units that begin as a formula does stay text."""
    evil = f"{sign}1+1"
    scenario = small(outcomes__rate={**RANGE, "because": evil})
    scenario |= {"title": evil}
    scenario["outcomes"][0]["what"] = evil
    one = in_memory(scenario, "runs")
    book = openpyxl.load_workbook(io.BytesIO(one.file))
    found = [cell for sheet in book for row in sheet.iter_rows() for cell in row
             if cell.value == evil]  # fmt: skip
    assert len(found) >= 3
    assert {cell.data_type for cell in found} == {"s"}
    assert all(cell.quotePrefix for cell in found)


def test_the_file_has_no_macro_link_or_outside_reference():
    import zipfile

    names = zipfile.ZipFile(io.BytesIO(shipped_one("voorbeeldstad-wijk").file)).namelist()
    assert not [name for name in names if "vba" in name.lower() or "external" in name.lower()]


def test_english():
    """Names of sheets and all texts follow the language."""
    one = made(Path(next(p for p in SCENARIOS if p.stem == "voorbeeldstad-wijk")), lang="en")
    book = openpyxl.load_workbook(io.BytesIO(one.file))
    assert book.sheetnames[:3] == ["Summary", "Inputs", "Outcomes"]
    agrees(one, {})


def test_the_small_ones_by_hand():
    """120 people, 30 %, three corrections, three years: the worked case of docs/method.md."""
    scenario = one_line(
        basis__years=3,
        basis__discounting={"rate": "2.25%", "timing": "start_of_year"},
        investment__per_year=["50_000", "0", "0"],
        activities__volume=["120", "0", "0"],
        proxies__value="2_000",
        outcomes__rate="30%",
        outcomes__deadweight="35%",
        outcomes__attribution_to_others="25%",
        outcomes__displacement="5%",
        outcomes__drop_off="30%",
        outcomes__lasts="3",
    )
    one = in_memory(scenario, "one-line")
    found = Spreadsheet(one.file).column(one.control, "A", "C")
    assert found["central.by_line.outcomes.verandering.gross"] == pytest.approx(216_000)
    assert found["central.by_line.outcomes.verandering.impact"] == pytest.approx(73_025.55)
    assert found["central.net_present_value"] == pytest.approx(21_800.76, abs=0.005)
    assert found["central.sroi_ratio"] == pytest.approx(1.4360, abs=5e-5)
