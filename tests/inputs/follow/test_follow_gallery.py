"""Every finding of a table of what happened: the smallest file that shows it, and its sentence.

A guilty line of YAML ends with `# <--`; all tables are held against one small contract.
"""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from contracts import problems_of
from told_problems import catalogue, words_of

from sroi.inputs.files.scenario_file import load
from sroi.problems import Problem
from sroi.report.words.problem_text import sentence

FOLDER = Path(__file__).parents[2] / "broken" / "follow"
STORED = {path.stem: path for path in sorted(FOLDER.glob("follow-*"))}
# about a workbook, made in test_actual_table.py; about another scenario, in test_actuals_file.py;
# too few draws are told of by test_updated.py
ELSEWHERE = {
    "follow-table-unreadable", "follow-table-too-large", "follow-table-active",
    "follow-not-that-scenario", "follow-target-unknown",
}  # fmt: skip
ALWAYS = {"follow-fingerprint-missing"}  # these tables carry none, as their scenario may change


@pytest.fixture(scope="module")
def contract():
    return load(FOLDER / "contract.yaml")


def codes() -> set[str]:
    """Every finding of such a table that a source names."""
    return {word for word in words_of("inputs") if re.fullmatch(r"follow-[a-z-]+", word)}


@pytest.mark.parametrize("code", STORED)
def test_the_file_shows_its_finding_and_nothing_else(code, contract):
    """On the guilty line, and in a whole sentence of either language."""
    found = problems_of(STORED[code], contract)
    assert {problem.code for problem in found} - ALWAYS | {code} == {code}
    own = [problem for problem in found if problem.code == code]
    lines = STORED[code].read_text("utf-8").splitlines()
    guilty = [n for n, line in enumerate(lines, 1) if line.endswith("# <--")]
    assert own
    assert not guilty or own[0].line in guilty
    for lang in ("nl", "en"):
        is_told_in_full(own, lang)


def is_told_in_full(found: list[Problem], lang: str) -> None:
    """Every placeholder is a fact."""
    for problem in found:
        wanted = re.findall(r"(?<!\{)\{(\w+)\}(?!\})", str(catalogue(lang)[problem.code]))
        assert set(wanted) <= set(problem.facts), problem.code
        assert len(sentence(problem, lang)) > 20


def test_every_finding_has_a_file():
    assert codes() == set(STORED) | ELSEWHERE


def test_the_first_line_says_what_is_wrong():
    first = re.compile(r"# [A-Z].{5,90}\.\n")
    yaml = {code: path for code, path in STORED.items() if path.suffix == ".yaml"}
    assert [code for code, path in yaml.items() if not first.match(path.read_text("utf-8"))] == []


def test_what_is_told_is_no_error(contract):
    """A correction, a gap and a simulation are told, and stop nothing."""
    for code in ("follow-corrected", "follow-quarter-missing", "follow-simulated"):
        found = problems_of(STORED[code], contract)
        assert {problem.severity for problem in found} == {"warning"}


def test_a_problem_of_a_sheet_knows_its_cell(contract):
    """In CSV the line is that of the file, and the text that of the cell."""
    found = problems_of(STORED["follow-column-unknown"], contract)
    told = replace(found[0], facts={})
    assert (told.line, told.column, told.excerpt) == (3, 4, "hoe bekendheid here")


def test_a_problem_of_a_sheet_speaks_of_its_columns(contract):
    """What is missing is told at the cell where it should stand, and a field by its heading."""
    (missing,) = (
        one
        for one in problems_of(STORED["follow-source-missing"], contract)
        if one.severity == "error"
    )
    assert (missing.line, missing.column) == (4, 5)
    unread = problems_of(FOLDER / "geen-getal.csv", contract)
    assert [(one.code, one.facts["key"]) for one in unread] == [("number-unreadable", "hoeveel")]
