"""Rows of a Value Map as people keep them: merged, hidden, with subtotals and empty rows."""

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from taken_over import changed, taken_over
from value_maps import Map

from sroi.inputs.value_map.as_scenario import id_of
from sroi.inputs.value_map.value_map import ValueMap
from sroi.inputs.value_map.value_map_sheet import read_value_map
from sroi.problems import Unusable

FIRST = {
    "stakeholder": "Bewoners", "group": 30, "inputs": "Tijd", "outputs": "Eettafel",
    "outcome": "Rust", "quantity": 10, "value": 100, "duration": 1,
}  # fmt: skip
NEXT = FIRST | {"stakeholder": None, "group": None, "inputs": None, "outputs": None}
THIRD = NEXT | {"outcome": "Vreugde"}


def read(path, *rows, above=(("Organisatie", "Voorbeeldwelzijn"), ("Periode", 2024)), **cells):
    return read_value_map(changed(Map(list(rows), above=above).write(path / "kaart.xlsx"), cells))


def edited(path, *rows, edit) -> ValueMap:
    """The same after something that one does in a spreadsheet."""
    book = openpyxl.load_workbook(Map(list(rows)).write(path / "kaart.xlsx"))
    edit(book.worksheets[0])
    book.save(path / "kaart.xlsx")
    return read_value_map(path / "kaart.xlsx")


def refused(path, *rows, edit) -> list[tuple[str, object]]:
    with pytest.raises(Unusable) as caught:
        edited(path, *rows, edit=edit)
    return [(one.code, one.facts.get("cells")) for one in caught.value.problems]


def test_what_is_written_once_holds_for_the_rows_below(tmp_path):
    """Who, the size of the group and the outputs; what they put in counts once."""
    found = read(tmp_path, FIRST | {"input_value": 5}, NEXT, THIRD)
    assert [(c.stakeholder, c.group, c.outputs) for c in found.changes] == [
        ("Bewoners", "30", "Eettafel")
    ] * 3
    assert [(put.what, put.value and put.value.value) for put in found.inputs] == [("Tijd", 5)]


def test_an_outcome_in_more_rows_is_written_once(tmp_path):
    """Falls avoided, valued three times; but not of the next stakeholder."""
    found = read(tmp_path, FIRST, NEXT | {"outcome": None, "value": 3}, THIRD)
    assert [one.outcome for one in found.changes] == ["Rust", "Rust", "Vreugde"]
    with pytest.raises(Unusable):
        read(tmp_path, FIRST, FIRST | {"stakeholder": "Buren", "outcome": None})


def test_merged_cells_of_a_stakeholder(tmp_path):
    """Over its rows, also what it puts in and the outputs."""

    def merge(sheet):
        for letter in "ABCDE":
            sheet.merge_cells(f"{letter}7:{letter}9")

    found = edited(tmp_path, FIRST | {"input_value": 5}, NEXT, THIRD, edit=merge)
    assert [one.stakeholder for one in found.changes] == ["Bewoners"] * 3
    assert len(found.inputs) == 1


def test_a_merged_number_is_asked_about(tmp_path):
    """Whether it holds for each row or for all of them together is not to be seen."""
    merged = refused(tmp_path, FIRST, NEXT, edit=lambda sheet: sheet.merge_cells("I7:I8"))
    assert merged == [("sheet-merged", "I8")]


def test_what_is_hidden_is_told(tmp_path):
    """A filter that was left on, or a column that somebody folded away; of what is read."""

    def hide_row(sheet):
        sheet.row_dimensions[8].hidden = True

    def hide_column(sheet):
        sheet.column_dimensions["Q"].hidden = True

    assert [code for code, _ in refused(tmp_path, FIRST, NEXT, edit=hide_row)] == ["sheet-hidden"]
    assert refused(tmp_path, FIRST, NEXT, edit=hide_column) == [("sheet-hidden", "Q6")]


def test_a_formula_without_a_result_is_told(tmp_path):
    """What a program wrote that does not reckon."""
    with pytest.raises(Unusable) as caught:
        read(tmp_path, FIRST, I7="=3+4")
    assert [one.code for one in caught.value.problems] == ["sheet-unreckoned"]


def test_totals_and_empty_rows_are_no_rows(tmp_path):
    """Nor are rows of the template that nobody filled in, or a remark below."""
    subtotal = {"stakeholder": "Subtotaal", "input_value": 5, "quantity": 10}
    nobody = {name: 0 for name in ("deadweight", "displacement", "attribution", "drop_off")}
    remark = {"stakeholder": "Ingevuld in overleg met bewoners"}
    found = read(tmp_path, FIRST | {"input_value": 5}, subtotal, {}, nobody, THIRD, remark)
    assert len(found.changes) == 2
    assert len(found.inputs) == 1


def test_what_it_comes_to_is_no_row(tmp_path):
    """Also where its name stands below the column of outcomes."""
    found = read(tmp_path, FIRST, F12="Total Present Value (PV)", F13="Social return per pound")
    assert len(found.changes) == 1


def test_about_whom_and_when(tmp_path):
    """Above the heads."""
    above = (("Organisatie", "Voorbeeldwelzijn"), ("Periode", "jan 2024 - dec 2025"),
             ("Prognose of evaluatie", "Evaluatie"), ("Activiteit", "Eettafel"))  # fmt: skip
    told = read(tmp_path, FIRST, above=above).told
    assert (told.organisation, told.first_year) == ("Voorbeeldwelzijn", 2024)
    assert (told.kind, told.activity) == ("evaluation", "Eettafel")
    assert told.rate
    assert told.rate.value == 0.035


def test_years_of_the_calendar_say_the_first(tmp_path):
    """`2027 2028` as heads of the calculation."""
    found = read_value_map(Map([FIRST], first=1).write(tmp_path / "kaart.xlsx"))
    assert found.first_year == 2012
    path = changed(tmp_path / "kaart.xlsx", {f"{c}5": 2027 + n for n, c in enumerate("TUVWX")})
    assert read_value_map(path).first_year == 2027


def test_a_currency_that_heads_name(tmp_path):
    """`Value (£)`; none where they name two."""
    assert read(tmp_path, FIRST, M5="Value (£)").told.currency == "GBP"
    assert read(tmp_path, FIRST, M5="Value (£)", D6="Value of the inputs (€)").told.currency == ""


def test_what_a_value_map_lacks_is_marked(tmp_path):
    """Nothing is made up: payers, reasons, ranges and what happens without it."""
    made = taken_over(Map([FIRST | {"input_value": 5}]).write(tmp_path / "kaart.xlsx"))
    scenario = made.loaded.scenario
    assert {"still-to-fill-in"} <= {one.code for one in made.loaded.problems}
    marked = [scenario.null_alternative, scenario.commissioner, *scenario.limitations,
              scenario.payers[-1].name]  # fmt: skip
    assert all(text.nl.startswith("Vul aan") and text.en.startswith("Fill in") for text in marked)
    assert set(scenario.proxies[0].payers) == {scenario.payers[-1].id}
    assert not made.loaded.scenario.outcomes[0].rate.uncertain
    assert any("Bewoners (Tijd): value-map[SROI Value Map!D7]" in text.nl
               for text in scenario.limitations)  # fmt: skip


def test_a_stakeholder_that_is_a_payer_is_that_payer(tmp_path):
    """By its name in the library; any other becomes one of the scenario's own."""
    rows = [FIRST, {"stakeholder": "Gemeente", "inputs": "Subsidie", "input_value": 7},
            {"stakeholder": "Fonds", "inputs": "Gift", "input_value": 3}]  # fmt: skip
    scenario = taken_over(Map(rows).write(tmp_path / "kaart.xlsx")).loaded.scenario
    assert [line.payer for line in scenario.investment] == ["gemeente", "fonds"]
    assert [one.id for one in scenario.payers] == ["fonds", "nog-in-te-vullen"]


def test_a_negative_value_becomes_a_negative_quantity(tmp_path):
    """A price of less than nothing is none; what it comes to stays the same."""
    made = taken_over(Map([FIRST | {"value": -4}]).write(tmp_path / "kaart.xlsx"))
    (outcome,) = made.loaded.scenario.outcomes
    assert (outcome.rate.value, made.loaded.scenario.proxies[0].value.value) == (-10, 4)
    assert made.codes == []


def test_an_outcome_without_a_value_goes_over_without_one(tmp_path):
    """It is printed and not added; without a quantity it is named with the limitations."""
    rows = [FIRST, THIRD | {"value": None}, THIRD | {"outcome": "Trots", "quantity": None}]
    made = taken_over(Map(rows).write(tmp_path / "kaart.xlsx"))
    assert [one.in_euros for one in made.loaded.scenario.outcomes] == [True, False]
    assert any("Trots (Bewoners)" in text.nl for text in made.loaded.scenario.limitations)


def test_every_number_has_its_cell_as_source(tmp_path):
    """By sheet and address."""
    row = FIRST | {"deadweight": 0.25}
    (outcome,) = taken_over(Map([row]).write(tmp_path / "kaart.xlsx")).loaded.scenario.outcomes
    assert str(outcome.rate.source) == "value-map[SROI Value Map!I7]"
    assert outcome.deadweight
    assert str(outcome.deadweight.source) == "value-map[SROI Value Map!O7]"


def test_words_that_a_file_would_misread_go_over_as_they_are(tmp_path):
    """Signs of YAML, quotes, line breaks, and formulas as text."""
    odd = 'Rust: "meer" # [slaap] {x}\n- en & *nog* %wat'
    rows = [FIRST | {"stakeholder": "no", "outcome": odd, "proxy": "=1+1", "indicator": "'true"}]
    path = Map(rows).write(tmp_path / "kaart.xlsx")
    book = openpyxl.load_workbook(path)
    book.worksheets[0]["L7"].data_type = "s"
    book.save(path)
    scenario = taken_over(path).loaded.scenario
    assert scenario.outcomes[0].what.nl == " ".join(odd.split())
    assert scenario.stakeholders[0].name.nl == "no"
    assert scenario.proxies[0].name.nl == "=1+1"


CELLS = st.sampled_from(
    [
        None, "", "-", "25%", 25, 0.25, 1, -3, "1.250", "veel", "#N/A", True, 1e15, "Totaal", 2024,
        "Total Present Value (PV)", "Discount rate", "Jaar 1", "Stakeholder", "Deadweight %",
        "Bron", "€ 5", "[x]{y}", "a" * 3000, "\n\t", "2 jaar", "Organisatie", 61, 1e-300,
        "- a: b", "society",
    ]
)  # fmt: skip
ADDRESSES = st.from_regex(r"[A-X]([1-46-9]|1[0-2])", fullmatch=True)


@settings(max_examples=40, deadline=None, suppress_health_check=[*HealthCheck])
@given(st.dictionaries(ADDRESSES, CELLS, max_size=12))
def test_whatever_is_typed_it_is_taken_over_or_told(tmp_path, cells):
    """With its cell; and what is taken over is a scenario without errors."""
    path = changed(Map([FIRST, NEXT, THIRD]).write(tmp_path / "kaart.xlsx"), cells)
    try:
        told = [*taken_over(path).found.problems]
    except Unusable as unusable:
        told = [*unusable.problems]
    assert {one.file for one in told} <= {str(path)}


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Minder eenzaam", "minder-eenzaam"), ("É: 50% méér!", "e-50-meer"), ("", ""), ("漢字", ""),
     ("Bewoners die nog zelfstandig en met plezier wonen", "bewoners-die-nog-zelfstandig-en-met"),
     ("a" * 70, "a" * 40)],
)  # fmt: skip
def test_a_name_as_an_id(name, expected):
    assert id_of(name) == expected
