"""Every finding of a measurement: the smallest files that show it, and its sentence.

A guilty line of a measurement ends with `# <--`; in the file with answers it has the word `here`.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from told_problems import catalogue, words_of

from sroi.analysis.evidence.measuring import measured
from sroi.inputs.evidence.measurement_file import load_measurement
from sroi.inputs.evidence.survey import read_survey
from sroi.problems import Problem, Unusable
from sroi.report.words.problem_text import sentence

FOLDER = Path(__file__).parents[2] / "broken" / "measure"
STORED = {path.stem: path for path in sorted(FOLDER.glob("*-*.yaml"))}
# about workbooks, and about writing into a scenario: tested with those
ELSEWHERE = {
    "measure-data-unreadable", "measure-data-too-large", "measure-data-active",
    "measure-outcome-unknown", "measure-outcome-unnamed", "measure-other-scenario",
    "measure-no-euros", "measure-not-editable", "measure-file-changed", "measure-breaks-scenario",
    "measure-rate-follows",
    "measure-sheets", "measure-sheet-unknown", "sheet-unreckoned", "sheet-zeros", "sheet-merged",
    "sheet-hidden", "sheet-percent",
}  # fmt: skip
ALWAYS = {"measure-no-counterfactual"}  # said of nearly all of these small files


def problems(path: Path) -> list[Problem]:
    """All that is said of a measurement."""
    try:
        described = load_measurement(path)
        return list(measured(described, read_survey(described)).problems)
    except Unusable as unusable:
        return list(unusable.problems)


def codes() -> set[str]:
    """Every finding of a measurement that a source names."""
    words = words_of()
    return {word for word in words if re.fullmatch(r"(measure|sheet)-[a-z-]+", word)}


@pytest.mark.parametrize("code", STORED)
def test_the_file_shows_its_finding_and_nothing_else(code):
    """On the guilty line, and in a whole sentence of either language."""
    found = problems(STORED[code])
    assert {code} <= {problem.code for problem in found} <= {code} | ALWAYS
    points_to_the_guilty_line(code, found)
    for lang in ("nl", "en"):
        is_told_in_full(found, lang)


def points_to_the_guilty_line(code: str, found: list[Problem]) -> None:
    path = STORED[code]
    problem = next(problem for problem in found if problem.code == code)
    text = Path(problem.file).read_text("utf-8") if Path(problem.file).exists() else ""
    guilty = [
        n for n, line in enumerate(text.splitlines(), 1) if re.search(r"# <--|\bhere\b", line)
    ]
    assert not guilty or problem.line in guilty
    marked = "# <--" in path.read_text("utf-8")
    assert not marked or problem.file == str(path)


def is_told_in_full(found: list[Problem], lang: str) -> None:
    """Every placeholder is a fact, and no cell of the answers is quoted."""
    for problem in found:
        entry = catalogue(lang)[problem.code]
        wanted = re.findall(r"(?<!\{)\{(\w+)\}(?!\})", str(entry))
        assert set(wanted) <= set(problem.facts), problem.code
        told = sentence(problem, lang)
        assert len(told) > 20
        if problem.file.endswith(".csv"):
            assert not problem.excerpt
            assert not re.search(r"\bhere\b|P0?1\b|misschien|vier;|Vries|111222333", told)


def test_every_finding_has_a_file():
    assert codes() == set(STORED) | ELSEWHERE


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_the_catalogue_has_them_all_and_no_other(lang):
    assert {code for code in catalogue(lang) if code.startswith(("measure-", "sheet-"))} == codes()


def test_the_first_line_says_what_is_wrong():
    first = re.compile(r"# [A-Z].{5,90}\.\n")
    assert [code for code, path in STORED.items() if not first.match(path.read_text("utf-8"))] == []


def test_a_measurement_of_many_mistakes_tells_them_all(tmp_path):
    """At once: fields and rules, each in its line."""
    wrong = {
        "measurement": "voorbeeld", "title": "A", "data": "x.csv", "instrument": "cantrill",
        "columns": {"person": "nr", "group": "g", "before": "voor"}, "change": {"points": 1},
        "comparison": {"assigned": "random"},
    }  # fmt: skip
    path = tmp_path / "m.yaml"
    path.write_text(yaml.safe_dump(wrong, sort_keys=False), encoding="utf-8")
    assert {problem.code for problem in problems(path)} == {
        "measure-instrument-unknown", "measure-layout", "measure-words-missing",
        "measure-comparison-empty",
    }  # fmt: skip


def test_a_dutch_key_is_told_in_english(tmp_path):
    """The keys are those of a scenario: English."""
    path = tmp_path / "m.yaml"
    path.write_text("measurment: a\ntitle: A\ndata: x.csv\ncolumns: {person: nr}\n", "utf-8")
    found = problems(path)
    assert found[0].code == "field-unknown"
    assert found[0].facts["nearest"] == "measurement"


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe", b"PK\0", b"[1, 2]", b"a: [", b"x" * 2_000_000]
)
def test_a_file_that_is_no_measurement(tmp_path, content):
    path = tmp_path / "m.yaml"
    path.write_bytes(content)
    assert problems(path)
