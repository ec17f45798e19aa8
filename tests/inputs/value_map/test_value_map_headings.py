"""Which column of a Value Map is which: in two languages, over several rows, moved, with more."""

import openpyxl
import pytest
from value_maps import COLUMNS, DUTCH, Map

from sroi.inputs.text.cells import Table
from sroi.inputs.text.sheet import tables_of
from sroi.inputs.value_map.headings import KNOWN, NAMES, Heads, heads_of, role_of, words, year_of
from sroi.inputs.value_map.value_map_sheet import KIND

ROW = {"stakeholder": "Bewoners", "outcome": "Rust", "quantity": 3, "duration": 1, "value": 2}
# the column of a test by what it holds
ROLES = {"value": "proxy_value", "source": "quantity_source"}


def heads(path, **parts) -> Heads | None:
    return heads_of(tables_of(Map([ROW], **parts).write(path / "kaart.xlsx"), KIND)[0])


def places(columns) -> dict[str, int]:
    return {ROLES.get(name, name): at for at, name in enumerate(columns)}


def test_heads_over_three_rows(tmp_path):
    """Stages, heads and questions: the lowest name that is known counts."""
    found = heads(tmp_path)
    assert found
    assert found.places == places(COLUMNS)
    assert (found.twice, sorted(found.years)) == ({}, [1, 2, 3, 4, 5])
    assert found.others == ()


def test_heads_in_dutch_in_one_row(tmp_path):
    """Also with a unit behind them."""
    found = heads(tmp_path, heads=DUTCH)
    assert found
    assert found.places == places(COLUMNS)


@pytest.mark.parametrize("turn", [1, 5, 9, 14])
def test_columns_that_were_moved(tmp_path, turn):
    """Every head has a name of its own here; where it stands is all the same."""
    columns = [name for name in (*COLUMNS,)[turn:] + (*COLUMNS,)[:turn] if "source" not in name]
    heads_in = DUTCH | {"value": "Waarde van de proxy"}
    found = heads(tmp_path, heads=heads_in, columns=columns)
    assert found
    assert found.places == places(columns)


def test_more_columns_are_passed_over(tmp_path):
    """Of one's own, and those that the template of 2017 has more."""
    columns = [*COLUMNS, "Gecontroleerd door", "Amount of change per person", "Opmerking"]
    found = heads(tmp_path, heads=DUTCH, columns=columns)
    assert found
    assert {**found.places, "each": 0} == {**places(COLUMNS), "each": 0}
    assert [cell.text for cell in found.others] == columns[-3:]


def test_two_columns_of_one_name(tmp_path):
    """Which of them counts is not guessed."""
    found = heads(tmp_path, heads=DUTCH | {"tweede": "Aantal"}, columns=[*COLUMNS, "tweede"])
    assert found
    assert [cell.address for cell in found.twice["quantity"]] == ["I4", "T4"]


def test_a_whole_name_goes_before_a_name_with_more(tmp_path):
    """`Aantal` is the quantity, also beside `Aantal gesprekken`."""
    with_more = DUTCH | {"tweede": "Aantal gesprekken"}
    found = heads(tmp_path, heads=with_more, columns=["tweede", *COLUMNS])
    assert found
    assert (found.places["quantity"], found.twice) == (9, {})


def test_a_discount_rate_beside_the_questions(tmp_path):
    """A number behind the columns does not make a row of heads into one of the map."""
    book = openpyxl.load_workbook(Map([ROW]).write(tmp_path / "kaart.xlsx"))
    sheet = book.worksheets[0]
    sheet["U4"], sheet["V4"], sheet["Y6"], sheet["Z6"] = None, None, "Discount rate", 0.035
    sheet["X3"], sheet["Y3"] = "Version", 7
    book.save(tmp_path / "kaart.xlsx")
    table = tables_of(tmp_path / "kaart.xlsx", KIND)[0]
    found = heads_of(table)
    assert found
    assert found.places == places(COLUMNS)
    assert table[found.last][0].row == 6


def test_a_question_that_begins_as_another_head(tmp_path):
    """`Quantity × value` below *Impact* is no quantity; below a group it is what it says."""
    book = openpyxl.load_workbook(Map([ROW]).write(tmp_path / "kaart.xlsx"))
    sheet = book.worksheets[0]
    sheet["S6"], sheet["O5"], sheet["O6"] = (
        "Quantity × value, less the rest",
        None,
        "Deadweight was",
    )
    sheet["N5"] = "Value"
    sheet.merge_cells("N5:O5")
    book.save(tmp_path / "kaart.xlsx")
    found = heads_of(tables_of(tmp_path / "kaart.xlsx", KIND)[0])
    assert found
    assert (found.places["impact"], found.places["quantity"]) == (18, 8)
    assert found.places["deadweight"] == 14


def test_source_and_value_are_of_what_they_stand_behind(tmp_path):
    """The value of an input before the outcomes, that of a proxy behind them."""
    columns = ["stakeholder", "inputs", "first", "outcome", "quantity", "one", "duration", "proxy",
               "second", "two", "deadweight"]  # fmt: skip
    named = DUTCH | {"first": "Value", "second": "Value", "one": "Source", "two": "Source"}
    found = heads(tmp_path, heads=named, columns=columns)
    assert found
    expected = {"input_value": 2, "quantity_source": 5, "proxy_value": 8, "proxy_source": 9}
    assert {name: found.places[name] for name in expected} == expected


# stage, group, head and question, as the text of an Impact Map of 2014 has them
IMPACT_MAP = [
    ("Stage 1", "Stakeholders", "", "Who do we have an affect on? Who has an effect on us?"),
    ("", "Intended/unintended changes", "", "What do you think will change for them?"),
    ("Stage 2", "Inputs", "", "What do they invest?"),
    ("", "", "", "What is the value of the inputs in currency (only enter numbers)"),
    ("", "Outputs", "", "Summary of activity in numbers"),
    ("Stage 3", "The Outcomes (what changes)", "Description",
     "How would the stakeholder describe the changes?"),
    ("", "", "Indicator", "How would you measure it?"),
    ("", "", "Source", "Where did you get the information from?"),
    ("", "", "Quantity", "How much change was there?"),
    ("", "", "Duration", "How long does it last after end of activity? (Only enter numbers)"),
    ("", "", "Outcomes start", "Does it start in period of activity (1) or in period after (2)"),
    ("", "", "Financial Proxy", "What proxy would you use to value the change?"),
    ("", "", "Value in currency", "What is the value of the change? (Only enter numbers)"),
    ("", "", "Source", "Where did you get the information from?"),
    ("Stage 4", "Deadweight %", "", "What would have happened without the activity?"),
    ("", "Displacement %", "", "What activity did you displace?"),
    ("", "Attribution %", "", "Who else contributed to the change?"),
    ("", "Drop off %", "", "Does the outcome drop off in future years?"),
    ("", "Impact", "",
     "Quantity times financial proxy, less deadweight,displacement and attribution"),
]  # fmt: skip
THERE = ["stakeholder", "changes", "inputs", "input_value", "outputs", "outcome", "indicator",
         "quantity_source", "quantity", "duration", "starts", "proxy", "proxy_value",
         "proxy_source", "deadweight", "displacement", "attribution", "drop_off",
         "impact"]  # fmt: skip


@pytest.mark.parametrize("rows", [(0, 1, 2, 3), (1, 2, 3), (3,)])
@pytest.mark.parametrize("across", [True, False])
def test_heads_as_in_a_published_impact_map(tmp_path, rows, across):
    """In four rows with merged groups, without the stages, or with nothing but the questions."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet["A1"] = "SROI- Impact Map"
    for at, row in enumerate(rows):
        for column, told in enumerate(IMPACT_MAP, 1):
            sheet.cell(3 + at, column, told[row] or None)
    if across and 1 in rows:
        group = 3 + rows.index(1)
        sheet.merge_cells(start_row=group, end_row=group, start_column=3, end_column=4)
        sheet.merge_cells(start_row=group, end_row=group, start_column=6, end_column=14)
        for column in (1, 2, 5, 15, 16, 17, 18, 19):
            sheet.merge_cells(start_row=group, end_row=group + 1, start_column=column,
                              end_column=column)  # fmt: skip
    sheet.cell(3 + len(rows), 1, "Bewoners")
    sheet.cell(3 + len(rows), 9, 7)
    book.save(tmp_path / "kaart.xlsx")
    found = heads_of(tables_of(tmp_path / "kaart.xlsx", KIND)[0])
    assert found
    assert [name for name, _ in sorted(found.places.items(), key=lambda pair: pair[1])] == THERE
    assert (found.last, found.twice) == (len(rows), {})
    assert [cell.column for cell in found.others] == [2]


def test_a_sheet_without_them(tmp_path):
    """Guidance, or any other table."""
    book = openpyxl.Workbook()
    book.worksheets[0].append(["Stakeholder", "Naam", "Telefoon"])
    book.save(tmp_path / "blad.xlsx")
    table: Table = tables_of(tmp_path / "blad.xlsx", KIND)[0]
    assert heads_of(table) is None
    assert heads_of([]) is None


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Deadweight %", "deadweight"), ("DROP-OFF (%)", "drop_off"),
        ("Deadweight %\nWhat would have happened?", "deadweight"),
        ("Outcomes start", "starts"), ("The Outcomes (what changes)", "outcome"),
        ("Financiële proxy", "proxy"), ("Duur (in jaren)", "duration"),
        ("Number of people experiencing each change", "quantity"), ("Naam", ""), ("", ""),
    ],
)  # fmt: skip
def test_what_a_heading_is_the_name_of(text, role):
    assert role_of(text)[0] == role


@pytest.mark.parametrize(
    ("text", "year"),
    [("Year 1", 1), ("Jaar 0", 0), ("Year 3 (after activity)", 3), ("2027", 2027), ("Yearly", None),
     ("12", None), ("Year", None)],
)  # fmt: skip
def test_the_year_of_a_heading(text, year):
    assert year_of(text) == year


def test_no_name_is_of_two_columns():
    """And each is written as it is compared."""
    names = [words(name) for several in NAMES.values() for name in several.split("/")]
    assert len(names) == len(set(names)) == len(KNOWN)
