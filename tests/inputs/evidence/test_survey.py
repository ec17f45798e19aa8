"""Answers from a file: scored by hand, linked by a number, and nothing of a person kept."""

import os
import unicodedata
from pathlib import Path

import pytest
import surveys
from hypothesis import given, settings
from hypothesis import strategies as st
from surveys import COMPARED, measurement

from sroi.inputs.evidence.instruments import shipped_instruments
from sroi.inputs.evidence.measurement_file import load_measurement
from sroi.inputs.evidence.survey import Person, Survey, read_survey
from sroi.problems import Problem, Unusable
from sroi.report.words.problem_text import text

EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "200"))
SIX = ["a", "b", "c", "d", "e", "f"]


def read(folder: Path, content, **parts) -> Survey:
    return read_survey(load_measurement(measurement(folder, content, **parts)))


def refused(folder: Path, content, **parts) -> list[Problem]:
    with pytest.raises(Unusable) as stopped:
        read(folder, content, **parts)
    return list(stopped.value.problems)


def scores(survey: Survey) -> list[tuple[float | None, float | None]]:
    return [(person.before, person.after) for person in survey.persons]


# instruments


@pytest.mark.parametrize(
    ("answers", "score"),
    [
        ("nee ja ja nee ja nee", 0),
        ("ja nee nee ja nee ja", 6),
        (";".join(["min of meer"] * 6), 6),
        ("ja ja ja nee ja nee", 1),
        ("nee ja nee nee ja ja", 2),
    ],
)
def test_loneliness_with_six_items(tmp_path, answers, score):
    """Items 2, 3 and 5 are positive; more or less counts in every item."""
    cells = answers if ";" in answers else answers.replace(" ", ";")
    columns = {"person": "nr", "before": SIX, "after": "na"}
    survey = read(
        tmp_path, f"nr;{';'.join(SIX)};na\nP1;{cells};3\n",
        instrument="de-jong-gierveld-6", columns=columns, change=None,
    )  # fmt: skip
    assert scores(survey) == [(score, 3)]


def test_loneliness_with_eleven_items(tmp_path):
    """Positive items score where they are denied, negative ones where they are affirmed."""
    items = [f"v{n}" for n in range(1, 12)]
    positive = {1, 4, 7, 8, 11}
    lonely = ["nee" if n in positive else "ja" for n in range(1, 12)]
    content = ["ja" if n in positive else "nee" for n in range(1, 12)]
    half = [*lonely[:5], *content[5:]]
    rows = [["nr", *items, "na"], ["P1", *lonely, 1], ["P2", *content, 1], ["P3", *half, 1]]
    survey = read(
        tmp_path, "".join(";".join(map(str, row)) + "\n" for row in rows),
        instrument="de-jong-gierveld-11", columns={"person": "nr", "before": items, "after": "na"},
        change=None,
    )  # fmt: skip
    assert [before for before, _ in scores(survey)] == [11, 0, 5]


def test_mental_health_with_five_items(tmp_path):
    """From 0 to 100, with 3 and 5 positive; figures that stand for answers are explained."""
    words = ["voortdurend", "meestal", "vaak", "soms", "zelden", "nooit"]
    figures = dict(zip("123456", words, strict=True))
    survey = read(
        tmp_path, "nr;a;b;c;d;e;na\nP1;6;6;1;6;1;60\nP2;1;1;6;1;6;60\nP3;3;4;3;4;3;60\n",
        instrument="mhi-5", columns={"person": "nr", "before": SIX[:5], "after": "na"},
        answers=figures, change=None,
    )  # fmt: skip
    assert [before for before, _ in scores(survey)] == [100, 0, 4 * (2 + 3 + 3 + 3 + 3)]


def test_the_mean_of_the_items_of_a_factor(tmp_path):
    survey = read(
        tmp_path, "nr;a;b;c;na\nP1;7;8;9,5;6\n", instrument="positieve-gezondheid-17",
        columns={"person": "nr", "before": ["a", "b", "c"], "after": "na"},
    )  # fmt: skip
    assert scores(survey) == [(pytest.approx(24.5 / 3), 6)]


def test_a_scale_of_ones_own(tmp_path):
    """With items that count the other way round."""
    survey = read(
        tmp_path, "nr;a;b;na\nP1;2;5;4\n", instrument=None,
        scale={"low": 2, "high": 10, "step": 1, "better": "higher"},
        items={"low": 1, "high": 5, "reversed": [2], "combined": "sum"},
        columns={"person": "nr", "before": ["a", "b"], "after": "na"},
    )  # fmt: skip
    assert scores(survey) == [(3, 4)]


@pytest.mark.parametrize("key", sorted(shipped_instruments()))
def test_every_instrument_holds_together(key):
    """Its scale can be made of its items, its classes cover it, and there is no question in it."""
    one = shipped_instruments()[key]
    assert (one.scale is None) == one.own_scale
    assert one.source or one.provenance == "memory"
    assert one.caution.nl
    assert one.caution.en
    if one.scale is None:
        return
    assert one.scale.in_order
    if one.classes:
        assert (one.classes[0].low, one.classes[-1].high) == (one.scale.low, one.scale.high)
        pairs = zip(one.classes, one.classes[1:], strict=False)
        assert all(after.low == before.high + 1 for before, after in pairs)
    if one.items and one.items.count:
        ends = [one.items.score([end] * one.items.count) for end in (one.items.low, one.items.high)]
        assert ends == [one.scale.low, one.scale.high]
        assert set(one.items.reversed) <= set(range(1, one.items.count + 1))
        assert set(one.items.answers) == set(one.items.answers_reversed)


# files


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("start", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_file_as_programs_write_it(tmp_path, separator, start, end):
    """The mark of Excel, and its separators and line breaks."""
    lines = [["nr", "voor", "na"], ["P1", "4", "5"], ["P2", "6", ""]]
    answers = start + end.join(separator.join(line) for line in lines) + end
    survey = read(tmp_path, answers.encode())
    assert scores(survey) == [(4, 5), (6, None)]


def test_decimals_with_a_comma_or_a_point(tmp_path):
    survey = read(tmp_path, "nr;voor;na\nP1;4,5;5.25\n", instrument="positieve-gezondheid-17")
    assert scores(survey) == [(4.5, 5.25)]


def test_headings_are_found_whatever_their_case_and_spaces(tmp_path):
    survey = read(tmp_path, "  NR ; Voor;NA\nP1;4;5\n")
    assert scores(survey) == [(4, 5)]


def test_a_workbook(tmp_path):
    """The sheet with the columns is found; numbers may be numbers or text."""
    surveys.workbook(
        tmp_path / "answers.xlsx", [["uitleg"]], [["nr", "voor", "na"], [1, 4, "5"], [2, 6.0, None]]
    )
    survey = read(tmp_path, None, data="answers.xlsx")
    assert scores(survey) == [(4, 5), (6, None)]


def test_the_same_answers_as_a_workbook_and_as_csv(tmp_path):
    rows = surveys.rows({"improved": 12, "same": 9, "worse": 6, "missing": 5})
    book = [["nr", "voor", "na"], *rows]
    surveys.workbook(tmp_path / "a.xlsx", book)
    first = read(tmp_path, surveys.csv("nr voor na", rows))
    assert read(tmp_path, None, data="a.xlsx").persons == first.persons


def test_a_row_for_each_time(tmp_path):
    """Moments and groups by their words; a moment in between is left out."""
    answers = "nr;m;g;s\nP2;na;b;5\nP1;voor;a;4\nP2;voor;b;3\nP1;halverwege;a;9\nP3;voor;a;2\n"
    survey = read(
        tmp_path, answers, columns={"person": "nr", "group": "g", "moment": "m", "score": "s"},
        words={"programme": ["a", "x"], "comparison": "b", "before": "VOOR", "after": "na",
               "ignore": "halverwege"},
        comparison={"assigned": "other"},
    )  # fmt: skip
    assert sorted(survey.persons, key=str) == [
        Person("comparison", 3, 5), Person("programme", 2, None), Person("programme", 4, None),
    ]  # fmt: skip


def test_no_answer_is_no_score(tmp_path):
    """Empty, or a word that was agreed on; a questionnaire with a gap is counted and left out."""
    answers = f"nr;{';'.join(SIX)};na\nP1;ja;ja;;ja;ja;ja;99\nP2;;;;;;;2\n"
    survey = read(
        tmp_path, answers, instrument="de-jong-gierveld-6", change=None, no_answer=["99", "nvt"],
        columns={"person": "nr", "before": SIX, "after": "na"},
    )  # fmt: skip
    assert scores(survey) == [(None, None), (None, 2)]
    assert survey.incomplete == 1


def test_names_of_people_are_not_kept(tmp_path):
    """A person in a survey is a group and two scores."""
    survey = read(tmp_path, "nr;voor;na\nGeheim1;4;5\n")
    assert "Geheim1" not in repr(survey)


def test_all_mistakes_at_once(tmp_path):
    """In the order of the file, each kind once with its cells."""
    answers = "nr;groep;voor;na\nP1;a;vier;5\n;a;4;5\nP2;z;4;11\nP2;a;4;5,5\nP1;a;4;5\n"
    found = refused(tmp_path, answers, **COMPARED)
    assert [(p.code, p.facts["cells"]) for p in found] == [
        ("measure-number", "C2"), ("measure-person-missing", "A3"), ("measure-word-unknown", "B4"),
        ("measure-outside-scale", "D4, D5"), ("measure-person-twice", "A6 / A2"),
    ]  # fmt: skip


def test_a_mistake_in_sixty_cells_is_told_once(tmp_path):
    """With the first cells, and how many there are; another word is no other mistake."""
    rows = "".join(f"P{n};{'vier' if n % 2 else 'vijf'};5\n" for n in range(60))
    (problem,) = refused(tmp_path, "nr;voor;na\nP99;4;5\n" + rows)
    assert (problem.code, problem.facts["count"]) == ("measure-number", 60)
    assert problem.facts["cells"] == "B3, B4, B5, B6, B7… (60 ×)"


def test_a_heading_that_looks_like_it_is_named(tmp_path):
    columns = {"person": "numer", "before": "voor", "after": "na"}
    found = refused(tmp_path, "nummer;voor;na\nP1;4;5\n", columns=columns)
    assert [p.facts["nearest"] for p in found] == ["nummer"]


@pytest.mark.parametrize("name", ["Jan de Vries", "111222333", "jan@voorbeeld.nl"])
def test_a_file_without_headings_names_nobody(tmp_path, name):
    """Then people stand on the first line, and a heading must not be quoted."""
    columns = {"person": name[:-1], "before": "voor", "after": "na"}
    found = refused(tmp_path, f"{name};4;5\n", columns=columns)
    assert not any(name in str(p.facts) for p in found)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"PK\3\4 not a workbook", "measure-data-unreadable"),
        (b"", "measure-data-unreadable"),
        (b"x" * 5_000_001, "measure-data-too-large"),
    ],
)
def test_a_file_that_is_no_workbook(tmp_path, content, code):
    assert [p.code for p in refused(tmp_path, content, data="a.xlsx")] == [code]


def test_a_workbook_with_macros_is_not_opened(tmp_path):
    import zipfile

    surveys.workbook(tmp_path / "a.xlsx", [["nr", "voor", "na"]])
    with zipfile.ZipFile(tmp_path / "a.xlsx", "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"x")
    assert [p.code for p in refused(tmp_path, None, data="a.xlsx")] == ["measure-data-active"]


@pytest.mark.parametrize(
    "answers",
    ["nr;voor;na\n" + "P;4;5\n" * 20_001, ";".join(["nr", "voor", "na", *["x"] * 300]) + "\n"],
    ids=["rows", "columns"],
)
def test_a_file_that_is_too_large(tmp_path, answers):
    assert [p.code for p in refused(tmp_path, answers)] == ["measure-data-too-large"]


def test_a_row_far_down_a_workbook(tmp_path):
    """A cell on row 500,000 makes a sheet of half a million rows; nobody waits for that."""
    import openpyxl

    book = openpyxl.Workbook()
    book.active.append(["nr", "voor", "na"])
    book.active.cell(500_000, 1, "P1")
    book.save(tmp_path / "a.xlsx")
    assert [p.code for p in refused(tmp_path, None, data="a.xlsx")] == ["measure-data-too-large"]


def test_another_encoding(tmp_path):
    found = refused(tmp_path, "nr;voor;na\nP1;4;5\nPé;4;5\n".encode("cp1252"))
    assert [(p.code, p.line) for p in found] == [("file-not-utf8", 3)]


def test_answers_that_are_not_there(tmp_path):
    assert [p.code for p in refused(tmp_path, None)] == ["file-missing"]


# whatever stands in a file


def answer(folder: Path, answers: bytes, **parts) -> None:
    """A survey, or problems that say where; never a crash, and never a cell."""
    try:
        survey = read(folder, answers, **parts)
    except Unusable as unusable:
        problems = list(unusable.problems)
        assert problems
    else:
        problems = list(survey.problems)
        scale = load_measurement(folder / "meting.yaml").scale
        for person in survey.persons:
            assert all(
                s is None or scale.low <= s <= scale.high for s in (person.before, person.after)
            )
    for problem in problems:
        assert problem.excerpt == ""
        for lang in ("nl", "en"):
            assert "Cc" not in map(unicodedata.category, text(problem, lang).replace("\n", ""))


CELLS = st.sampled_from(
    ["", " ", "a", "b", "c", "4", "5", "4,5", "4.5", "1e3", "-1", "11", "٣", "nan", "inf", "P1",
     "P2", '"', "'", "\x00", "\x07", "\u202e", "é", "😀", "=1+1", "x" * 300, "\t", "1;2",
     "111222333"]
)  # fmt: skip
TABLES = st.lists(st.lists(CELLS, max_size=6), max_size=12)


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.binary(max_size=500))
def test_any_bytes(tmp_path_factory, content):
    answer(tmp_path_factory.mktemp("x"), content)


@settings(max_examples=EXAMPLES, deadline=None)
@given(TABLES, st.sampled_from(";,\t"), st.booleans())
def test_any_cells(tmp_path_factory, table, separator, compared):
    parts = COMPARED if compared else {}
    heads = ["nr", "groep", "voor", "na"] if compared else ["nr", "voor", "na"]
    lines = [separator.join(row) for row in [heads, *table]]
    answer(tmp_path_factory.mktemp("x"), "\n".join(lines).encode(), **parts)


def test_answers_are_read_beside_the_measurement_only(tmp_path):
    """Not from a folder above, below or elsewhere, nor by way of a link that leads there."""
    (tmp_path / "map").mkdir()
    path = tmp_path / "map" / "meting.yaml"
    text = "measurement: a\ntitle: A\ndata: {data}\ninstrument: cantril\n"
    text += "columns: {{person: nr, before: voor, after: na}}\nchange: {{points: 1}}\n"
    for folder in (tmp_path, tmp_path / "map"):
        (folder / "a.csv").write_text("nr,voor,na\n1,5,6\n", encoding="utf-8")
    (tmp_path / "map" / "b.csv").symlink_to(tmp_path / "a.csv")
    for data, usable in (
        ("a.csv", True), ("../a.csv", False), (str(tmp_path / "a.csv"), False), ("b.csv", False),
        ("../map/a.csv", False), ("", False), (".", False),
    ):  # fmt: skip
        path.write_text(text.format(data=data or "''"), encoding="utf-8")
        codes = []
        try:
            load_measurement(path)
        except Unusable as unusable:
            codes = [problem.code for problem in unusable.problems]
        assert codes == ([] if usable else ["measure-data-elsewhere"]), data
