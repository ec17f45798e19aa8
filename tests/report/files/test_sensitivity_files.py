"""What drives the answer as data and as CSV files: JSON without nan, and files that open."""

import csv
import io
import json
import math
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from told_by_hand import LANGS, answers, ask

from sroi.analysis.sensitivity.break_even import break_even_curve
from sroi.problems import Unusable
from sroi.report.files.csv_files import write_tables
from sroi.report.files.plain import plain
from sroi.report.files.sensitivity_files import as_data, flat, write_csv

STYLES = {"nl": (";", ","), "en": (",", ".")}
NAMES = ["line", "two quantities", "certain line", "ladder", "without a price", "counted share",
         "cohort", "no investment"]  # fmt: skip


def read(path: Path, lang: str) -> list[dict[str, str]]:
    """A file as a spreadsheet in that language reads it."""
    content = path.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\n") == content.count(b"\r\n")
    text = content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=STYLES[lang][0]))


def number(cell: str, lang: str) -> float:
    """A cell as a number of that language."""
    assert STYLES["en" if lang == "nl" else "nl"][1] not in cell
    return float(cell.replace(STYLES[lang][1], "."))


@pytest.mark.parametrize("name", NAMES)
def test_everything_is_json(name):
    """Strictly: every number is finite or null; and reading it back gives the same."""
    data = as_data(ask(name), answers(name))
    text = json.dumps(data, allow_nan=False)
    assert json.loads(text) == data
    assert data["schema"] == "sroi.sensitivity/1"
    assert list(answers(name)) == [key for key in data if key in answers(name)]
    assert len(data["inputs_sha256"]) == 64


def test_the_data_by_hand():
    """2,000 in the middle, -1,200 and 5,200 at the ends; it turns at 4, with a chance of 25 %."""
    data = as_data(ask("line"), answers("line"))
    assert data["central"] == pytest.approx(2000)
    assert (data["result"], data["threshold"]) == ("society", 0.0)
    (swing,) = data["swings"]
    assert (swing["at_low"], swing["at_high"]) == pytest.approx((-1200, 5200))
    turn = next(one for one in data["break_even"] if one["path"].endswith(".rate"))
    assert (turn["value"], turn["chance_below"]) == pytest.approx((4, 0.25))
    assert data["agenda"]["everything"]["euros"] == pytest.approx(250, abs=3)


@dataclass(frozen=True)
class Part:
    """Something with everything in it that an answer may have."""

    value: Any
    pair: tuple[float, float] | None


def test_what_is_no_number_is_null():
    """Nan and the infinite, wherever they are; numbers of numpy become those of JSON."""
    part = Part({1: np.float64(2.5), "a": [math.nan, np.inf]}, (1.0, -math.inf))
    found = plain({"x": part, "y": np.array([[1, 2], [3, 4]]), "z": np.bool_(True)})
    assert found == {
        "x": {"value": {"1": 2.5, "a": [None, None]}, "pair": [1.0, None]},
        "y": [[1, 2], [3, 4]],
        "z": True,
    }
    assert json.dumps(found, allow_nan=False)


def test_a_row_has_a_column_for_each_part_and_for_each_error():
    """A value without an error has a column too; lists stand in the JSON only."""
    assert flat(Part({"a": 1.5, "b": [1, 2]}, (3.0, 0.1))) == {
        "value_a": 1.5, "pair": 3.0, "pair_error": 0.1,
    }  # fmt: skip
    assert flat(Part(math.inf, None)) == {"value": None, "pair": None}


def test_no_table_takes_the_place_of_what_was_read(tmp_path):
    """However that is written; and then none of them is written."""
    (tmp_path / "other.csv").write_text("mijn eigen tabel", encoding="utf-8")
    tables = {"first": [{"a": 1}], "other": [{"a": 2}]}
    with pytest.raises(Unusable) as caught:
        write_tables(tables, tmp_path, "nl", [tmp_path / "x" / ".." / "other.csv"])
    assert [problem.code for problem in caught.value.problems] == ["output-exists"]
    assert [path.name for path in tmp_path.iterdir()] == ["other.csv"]
    assert (tmp_path / "other.csv").read_text("utf-8") == "mijn eigen tabel"


@pytest.mark.parametrize("lang", LANGS)
def test_a_column_that_some_rows_lack_is_empty_there(lang, tmp_path):
    """And a table without rows has no file."""
    tables = {"some": [{"a": 1.5}, {"a": 2.5, "a_error": 0.5}], "none": []}
    (path,) = write_tables(tables, tmp_path / "new", lang)
    first, second = read(path, lang)
    assert (first["a_error"], number(second["a_error"], lang)) == ("", 0.5)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", NAMES)
def test_every_file_opens(name, lang, tmp_path):
    """A row for each of the data, its numbers to the last digit in the style of the language."""
    asked = ask(name, lang=lang)
    paths = write_csv(asked, answers(name), tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(path.name for path in paths)
    data = as_data(asked, answers(name))
    for path in paths:
        rows = read(path, lang)
        assert rows
        for row in rows:
            assert None not in row
            assert None not in row.values()
    swings = {path.stem: path for path in paths}.get("swings")
    assert (swings is None) == (data["swings"] == [])
    for row, one in zip(read(swings, lang) if swings else [], data["swings"], strict=True):
        assert row["path"] == one["path"]
        assert number(row["at_high"], lang) == one["at_high"]


def test_where_a_mean_is_not_known_the_columns_are_the_same(tmp_path):
    """One condition that nearly always holds has no draws in which it does not."""
    found = answers("line")["conditional"]
    (one,) = found
    parts = {"conditional": [replace(one, at_low=None, difference=None), one]}
    (path,) = write_csv(ask("line"), parts, tmp_path)
    first, second = read(path, "nl")
    assert (first["at_low"], first["at_low_error"]) == ("", "")
    assert number(second["at_low"], "nl") == one.at_low[0]
    assert number(first["at_high_error"], "nl") == one.at_high[1]


def test_a_curve_has_a_file(tmp_path):
    """With both quantities by their paths."""
    asked, pair = ask("line"), ("outcomes.verandering.rate", "investment.inzet.per_year")
    curve = break_even_curve(asked.question, *pair, 5, {})
    (path,) = write_csv(asked, {"curve": curve}, tmp_path)
    rows = read(path, "nl")
    assert list(rows[0]) == list(pair)
    assert [number(row[pair[1]], "nl") for row in rows[:4]] == pytest.approx([2e3, 4e3, 6e3, 8e3])
    assert rows[4][pair[1]] == ""


def test_lists_within_an_answer_have_files(tmp_path):
    """Of the agenda one for quantities and one for themes."""
    names = {path.stem for path in write_csv(ask("line"), answers("line"), tmp_path)}
    assert {"agenda_quantities", "agenda_themes", "given_data", "indices", "themes"} <= names
