"""Tables as people keep them: each is what its reader sees, or it is refused with the cells named.

`tests/tables` holds one invented survey in many ways of keeping it; it should give 34.4 %.
"""

from pathlib import Path

import openpyxl
import pytest
from surveys import measurement, workbook

from sroi.analysis.evidence.measuring import MeasuredEffect, measured
from sroi.inputs.evidence.measurement_file import load_measurement
from sroi.inputs.evidence.survey import Survey, read_survey
from sroi.problems import Problem, Unusable
from sroi.report.words.problem_text import sentence

TABLES = Path(__file__).parents[2] / "tables"
LONG = {
    "columns": {"person": "nr", "moment": "m", "score": "s"},
    "words": {"before": "voor", "after": "na"},
}
PEOPLE = [[f"P{n:03d}", 4, 5] for n in range(12)]


def effect(path: Path) -> MeasuredEffect:
    described = load_measurement(path)
    return measured(described, read_survey(described))


def refusal(path: Path) -> list[Problem]:
    with pytest.raises(Unusable) as refused:
        effect(path)
    return list(refused.value.problems)


def survey(path: Path) -> Survey:
    return read_survey(load_measurement(path))


def scores(found: Survey) -> list[tuple[float | None, float | None]]:
    return sorted((p.before or 0, p.after or 0) for p in found.persons)


@pytest.mark.parametrize("name", ["base", "qualtrics", "id-case", "id-float"])
def test_the_same_people_give_the_same_answer(name):
    """Below headings of a tool, and with their numbers in capitals or with decimals."""
    assert round(float(effect(TABLES / f"{name}.yaml").rate.mean), 4) == 0.3443


@pytest.mark.parametrize(
    ("name", "code", "cells", "count"),
    [
        ("formula-no-cache", "sheet-unreckoned", "C2, C4, C5, C10, C11… (31 ×)", 31),
        ("total-row", "sheet-total", "A62", 1),
        ("merged-group", "sheet-merged", "B3, B4, B5, B6, B7… (58 ×)", 58),
        ("percent", "sheet-percent", "B2, C2, B3, C3, B4… (120 ×)", 120),
    ],
)
def test_what_is_not_as_it_is_seen_is_refused_once(name, code, cells, count):
    """With the first cells and how many there are, and nothing that follows from it beside it."""
    (problem,) = refusal(TABLES / f"{name}.yaml")
    assert (problem.code, problem.facts["cells"], problem.facts["count"]) == (code, cells, count)
    for lang in ("nl", "en"):
        assert cells in sentence(problem, lang)


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("rtm-mean-outside", {"measure-anyway-outside", "measure-sd-outside"}),
        ("rtm-cut-outside", {"measure-anyway-outside"}),
        ("same-column", {"measure-same-column"}),
    ],
)
def test_what_cannot_be_measured_is_refused(name, codes):
    assert {problem.code for problem in refusal(TABLES / f"{name}.yaml")} == codes


@pytest.mark.parametrize("name", ["djg-floats", "noanswer-float", "pandas"])
def test_numbers_are_compared_as_numbers(name):
    """1 and 1.0 in answers, in what is no answer, and in the words of groups."""
    found = effect(TABLES / f"{name}.yaml")
    assert sum(group.started for group in found.groups) == 60


def book(folder: Path, *sheets: list, **parts) -> Path:
    workbook(folder / "a.xlsx", *sheets)
    return measurement(folder, None, **({"data": "a.xlsx"} | parts))


def change(folder: Path, how) -> Path:
    """A survey of twelve people in a workbook, with something done to its sheet."""
    path = book(folder, [["nr", "voor", "na"], *PEOPLE])
    opened = openpyxl.load_workbook(folder / "a.xlsx")
    how(opened.worksheets[0])
    opened.save(folder / "a.xlsx")
    return path


def test_rows_that_a_filter_hides_and_hidden_columns_are_told(tmp_path):
    """They are not on the screen of whoever made the file."""

    def hide(sheet):
        sheet.row_dimensions[5].hidden = sheet.row_dimensions[6].hidden = True
        sheet.column_dimensions["C"].hidden = True

    (problem,) = refusal(change(tmp_path, hide))
    assert (problem.code, problem.facts["cells"]) == ("sheet-hidden", "C1, A5, A6")


def test_a_hidden_sheet_is_not_taken_where_another_fits(tmp_path):
    """And is refused where it is the only one."""
    path = book(tmp_path, [["nr", "voor", "na"], ["P1", 1, 1]], [["nr", "voor", "na"], *PEOPLE])
    opened = openpyxl.load_workbook(tmp_path / "a.xlsx")
    opened.worksheets[0].sheet_state = "hidden"
    opened.save(tmp_path / "a.xlsx")
    assert len(survey(path).persons) == 12
    opened.remove(opened.worksheets[1])
    opened.create_sheet("leeg")
    opened.save(tmp_path / "a.xlsx")
    assert [problem.code for problem in refusal(path)] == ["sheet-hidden"]


def test_a_format_that_shows_nothing_hides(tmp_path):
    def hide(sheet):
        sheet["B3"].number_format = ";;;"

    (problem,) = refusal(change(tmp_path, hide))
    assert (problem.code, problem.facts["cells"]) == ("sheet-hidden", "B3")


def test_what_is_hidden_beside_the_columns_does_not_matter(tmp_path):
    def hide(sheet):
        sheet["E1"], sheet["E2"] = "anders", 3
        sheet.column_dimensions["E"].hidden = True

    assert len(survey(change(tmp_path, hide)).persons) == 12


def stored(path: Path, formula: str, result: str) -> None:
    """Write a result beside each formula, as a spreadsheet does."""
    import zipfile

    with zipfile.ZipFile(path) as archive:
        parts = {one.filename: archive.read(one) for one in archive.infolist()}
    name = next(name for name in parts if name.startswith("xl/worksheets/"))
    text = parts[name].decode()
    for empty in ("<v></v>", "<v />", "<v/>"):
        text = text.replace(f"<f>{formula}</f>{empty}", f"<f>{formula}</f><v>{result}</v>")
    parts[name] = text.encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for one, content in parts.items():
            archive.writestr(one, content)


@pytest.mark.parametrize(("result", "codes"), [("0", ["sheet-zeros"]), ("6", [])])
def test_formulas_that_all_come_to_nothing_were_never_reckoned(tmp_path, result, codes):
    """A program that does not reckon writes 0 for every formula."""

    def reckon(sheet):
        sheet["C3"] = sheet["C4"] = "=1+5"

    path = change(tmp_path, reckon)
    stored(tmp_path / "a.xlsx", "1+5", result)
    try:
        found = [problem.code for problem in survey(path).problems]
    except Unusable as refused:
        found = [problem.code for problem in refused.problems]
    assert found == codes


def test_merged_headings_are_told_beside_the_column_that_is_missing(tmp_path):
    """Over before and after together stands one heading."""

    def merge(sheet):
        sheet["B1"] = "voor"
        sheet.merge_cells("B1:C1")

    assert {p.code for p in refusal(change(tmp_path, merge))} == {
        "measure-column-missing", "sheet-merged",
    }  # fmt: skip


@pytest.mark.parametrize(
    "word", ["Gemiddelde", "TOTAAL", "gemiddelde score", "Totaal:", "Mean", "Average (all)", "Som"]
)
def test_lines_of_totals_are_nobody(tmp_path, word):
    rows = "".join(f"P{n};4;5\n" for n in range(12))
    (problem,) = refusal(measurement(tmp_path, f"nr;voor;na\n{rows}{word};4;5\n"))
    assert (problem.code, problem.facts["cells"]) == ("sheet-total", "A14")


@pytest.mark.parametrize("word", ["Somers", "T1", "n", "totaalteam1", "Max"])
def test_a_number_that_begins_like_a_total_is_a_person(tmp_path, word):
    found = survey(measurement(tmp_path, f"nr;voor;na\nP1;4;5\n{word};4;5\n"))
    assert len(found.persons) == 2


def test_lines_above_and_below_the_headings(tmp_path):
    """A title above is told with the line of the headings; two lines of headings as such."""
    (above,) = refusal(measurement(tmp_path, "Meting;2025;\n\nnr;voor;na\nP1;4;5\n"))
    assert (above.code, above.facts["row"]) == ("measure-headings-below", 3)
    answers = "nr;voor;na\nNummer;Hoe gaat het?;En nu?\n;eerst;later\nP1;4;5\nP2;4;vier\n"
    below = refusal(measurement(tmp_path, answers))
    assert [p.code for p in below] == ["sheet-headings", "measure-number"]
    assert below[0].facts["lines"] == "2–3"


def test_a_first_row_with_one_mistake_is_no_heading(tmp_path):
    (problem,) = refusal(measurement(tmp_path, "nr;voor;na\nP1;vier;5\nP2;4;5\n"))
    assert problem.code == "measure-number"


# people


@pytest.mark.parametrize(
    ("first", "second"),
    [("P001", "p001"), ("7", "7.0"), ("7", "7,00"), ("007", "7"), ("P 1", "p  1"), ("Ｐ1", "P1")],
)
def test_one_person_in_two_ways_of_writing(tmp_path, first, second):
    """Is one person, and it is told."""
    answers = f'nr;m;s\n"{first}";voor;4\n"{second}";na;6\n'
    found = survey(measurement(tmp_path, answers, **LONG))
    assert scores(found) == [(4, 6)]
    told = [problem for problem in found.problems if problem.code == "measure-person-spelled"]
    assert [problem.severity for problem in told] == ["warning"]
    assert told[0].facts["cells"] == "A3"


@pytest.mark.parametrize(
    ("first", "second"), [("P-001", "P001"), ("P1", "P01"), ("a.b", "ab"), ("1.1", "1-1")]
)
def test_numbers_that_only_look_alike_are_asked_about(tmp_path, first, second):
    """Before anything is computed."""
    answers = f"nr;m;s\n{first};voor;4\n{second};na;6\n"
    (problem,) = refusal(measurement(tmp_path, answers, **LONG))
    assert (problem.code, problem.facts["cells"]) == ("measure-person-near", "A2 / A3")


@pytest.mark.parametrize(("first", "second"), [("1.1", "1.10"), ("9.000", "9"), ("P1", "P11")])
def test_numbers_that_differ_are_two_people(tmp_path, first, second):
    answers = f"nr;m;s\n{first};voor;4\n{second};voor;6\n"
    assert len(survey(measurement(tmp_path, answers, **LONG)).persons) == 2


def test_one_person_twice_in_one_measurement(tmp_path):
    (problem,) = refusal(measurement(tmp_path, "nr;voor;na\nP1;4;5\np1;4;6\n"))
    assert problem.code == "measure-person-twice"


def test_a_join_that_failed_is_no_fact(tmp_path):
    """Most of who was measured after was not measured before: the numbers are of another kind."""
    answers = "nr;m;s\nA1;voor;4\nA2;voor;4\nA3;voor;4\nA3;na;5\nB1;na;5\nB2;na;5\n"
    (problem,) = refusal(measurement(tmp_path, answers, **LONG))
    facts = problem.facts
    assert (problem.code, facts["count"], facts["of"]) == ("measure-join", 2, 3)
    half = answers.replace("B2;na;5\n", "")
    assert len(survey(measurement(tmp_path, half, **LONG)).persons) == 4


# two tabs and two files

TWO = [["nr", "s"], ["P1", 4], ["P2", 3]], [["nr", "s"], ["p1", 6], ["P2", 5]]
APART = {"columns": {"person": "nr", "score": "s"}}


def test_a_sheet_for_each_moment(tmp_path):
    """By the names of the sheets; without them it is asked which one is meant."""
    path = book(tmp_path, *TWO, **APART, sheet={"before": "Blad0", "after": "blad1"})
    assert scores(survey(path)) == [(3, 5), (4, 6)]
    path = book(tmp_path, *TWO, columns={"person": "nr", "before": "s", "after": "nr"})
    assert [problem.code for problem in refusal(path)] == ["measure-sheets"]
    path = book(tmp_path, *TWO, **APART, sheet={"before": "Blad0", "after": "Blad9"})
    (problem,) = refusal(path)
    assert problem.code == "measure-sheet-unknown"


def test_a_sheet_that_is_called_after_somebody_is_told_by_its_number(tmp_path):
    """A tab for each participant: no name of it comes further."""
    path = book(tmp_path, *TWO, columns={"person": "nr", "before": "s", "after": "nr"})
    opened = openpyxl.load_workbook(tmp_path / "a.xlsx")
    opened.worksheets[1].title = "Jan de Vries"
    opened.save(tmp_path / "a.xlsx")
    (problem,) = refusal(path)
    assert (problem.code, problem.facts["second"]) == ("measure-sheets", "2")
    path = book(tmp_path, *TWO, **APART, sheet={"before": "Blad0", "after": "Jan de Vrie"})
    opened.save(tmp_path / "a.xlsx")
    (problem,) = refusal(path)
    assert (problem.code, problem.facts["nearest"]) == ("measure-sheet-unknown", "")


def test_a_file_for_each_moment(tmp_path):
    """With a column of the same name, or of its own."""
    data = {"before": "voor.csv", "after": "na.csv"}
    (tmp_path / "voor.csv").write_text("nr;s\n1;4\n2;3\n", encoding="utf-8")
    (tmp_path / "na.csv").write_text("nr;s\n2.0;5\n1.0;6\n", encoding="utf-8")
    assert scores(survey(measurement(tmp_path, None, data=data, **APART))) == [(3, 5), (4, 6)]
    (tmp_path / "na.csv").write_text("nr;t\n2;5\n1;vijf\n", encoding="utf-8")
    columns = {"person": "nr", "before": "s", "after": "t"}
    (problem,) = refusal(measurement(tmp_path, None, data=data, columns=columns))
    assert (problem.code, Path(problem.file).name) == ("measure-number", "na.csv")


def test_a_file_of_spss(tmp_path):
    """With its names for answers, its missing values, and a question for a column."""
    import pandas as pd
    import pyreadstat

    frame = pd.DataFrame(
        {"nr": [1.0, 2.0, 3.0], "a": [1, 2, 1], "b": [2, 2, 9], "na": [3.0, 4.0, 5.0]}
    )
    labels = {name: {1: "Ja", 2: "Nee", 9: "wil niet zeggen"} for name in ("a", "b")}
    pyreadstat.write_sav(
        frame, str(tmp_path / "a.sav"), variable_value_labels=labels, missing_ranges={"b": [9]},
        column_labels={"na": "Hoe gaat het nu?"},
    )  # fmt: skip
    items = {
        "answers": {"ja": 1, "nee": 5},
        "answers_reversed": {"ja": 5, "nee": 1},
        "reversed": [2],
    }
    path = measurement(
        tmp_path, None, data="a.sav", instrument=None, items=items,
        scale={"low": 2, "high": 10, "better": "higher"},
        columns={"person": "nr", "before": ["a", "b"], "after": "hoe gaat het nu?"},
    )  # fmt: skip
    found = survey(path)
    assert scores(found) == [(0, 5), (2, 3), (6, 4)]
    assert found.incomplete == 1


def test_a_code_that_spss_knows_in_one_column_only(tmp_path):
    """Declared to be no answer before, and a score after: 9 on a scale of 10."""
    import pandas as pd
    import pyreadstat

    frame = pd.DataFrame({"nr": [1.0, 2.0, 3.0], "voor": [9.0, 4.0, 5.0], "na": [3.0, 9.0, 9.0]})
    pyreadstat.write_sav(frame, str(tmp_path / "a.sav"), missing_ranges={"voor": [9]})
    found = survey(measurement(tmp_path, None, data="a.sav"))
    assert scores(found) == [(0, 3), (4, 9), (5, 9)]
    (problem,) = (problem for problem in found.problems if problem.code == "measure-code")
    assert (problem.severity, problem.facts["cells"]) == ("warning", "C2, C3")


def test_a_sheet_by_its_name(tmp_path):
    path = book(tmp_path, [["nr", "voor", "na"], ["P1", 1, 1]], [["nr", "voor", "na"], *PEOPLE],
                sheet="Blad1")  # fmt: skip
    assert len(survey(path).persons) == 12


# answers of one question


def test_words_for_the_steps_of_one_question(tmp_path):
    """A ladder whose steps have names, in the words of the file."""
    answers = {"slecht": "2", "gaat wel": "5", "10 heel goed": "10"}
    table = "nr;voor;na\nP1;Slecht;gaat wel\nP2;7;10 heel goed\n"
    assert scores(survey(measurement(tmp_path, table, answers=answers))) == [(2, 5), (7, 10)]


def test_codes_of_a_survey_tool(tmp_path):
    """Answer codes of LimeSurvey, below headings with a code and a question."""
    table = "id,G1Q1[SQ1]. Hoe gaat het?,G2Q1[SQ1]. Hoe gaat het nu?\n1,A4,A6\n2,A3,A5\n"
    found = survey(
        measurement(
            tmp_path, table, columns={"person": "id", "before": "G1Q1[SQ1]", "after": "G2Q1[SQ1]"},
            answers={f"A{n}": str(n) for n in range(1, 11)},
        )
    )  # fmt: skip
    assert scores(found) == [(3, 5), (4, 6)]
