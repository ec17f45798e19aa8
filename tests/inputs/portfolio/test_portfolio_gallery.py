"""Every finding of a portfolio: the smallest files that show it, and its sentence.

A guilty line of a portfolio ends with `# <--`; in the table it has the word `here`.
"""

import re
from pathlib import Path

import pytest
from told_problems import catalogue, words_of

from sroi.inputs.portfolio.portfolio_file import check_portfolio
from sroi.problems import Problem
from sroi.report.words.problem_text import sentence

FOLDER = Path(__file__).parents[2] / "broken" / "portfolio"
STORED = {path.stem: path for path in sorted(FOLDER.glob("portfolio-*.yaml"))}
# about workbooks and large tables, made in test_area_table.py and test_portfolio_file.py
ELSEWHERE = {
    "portfolio-rows-many",
    "portfolio-table-unreadable", "portfolio-table-too-large", "portfolio-table-active",
}  # fmt: skip


def codes() -> set[str]:
    """Every finding of a portfolio that a source names."""
    words = words_of("inputs")
    return {word for word in words if re.fullmatch(r"portfolio-[a-z-]+", word)}


@pytest.mark.parametrize("code", STORED)
def test_the_file_shows_its_finding_and_nothing_else(code):
    """On the guilty line, and in a whole sentence of either language."""
    found = check_portfolio(STORED[code])
    assert {problem.code for problem in found} == {code}
    points_to_the_guilty_line(code, found[0])
    for lang in ("nl", "en"):
        is_told_in_full(found, lang)


def points_to_the_guilty_line(code: str, problem: Problem) -> None:
    lines = Path(problem.file).read_text("utf-8").splitlines()
    guilty = [n for n, line in enumerate(lines, 1) if re.search(r"# <--|\bhere\b", line)]
    assert not guilty or problem.line in guilty
    marked = "# <--" in STORED[code].read_text("utf-8")
    assert not marked or problem.file == str(STORED[code])


def is_told_in_full(found: list[Problem], lang: str) -> None:
    """Every placeholder is a fact, also of what lies under it."""
    for problem in found:
        wanted = re.findall(r"(?<!\{)\{(\w+)\}(?!\})", str(catalogue(lang)[problem.code]))
        assert set(wanted) <= set(problem.facts), problem.code
        assert len(sentence(problem, lang)) > 20
        assert "Problem(" not in sentence(problem, lang)


def test_every_finding_has_a_file():
    assert codes() == set(STORED) | ELSEWHERE


def test_the_first_line_says_what_is_wrong():
    first = re.compile(r"# [A-Z].{5,90}\.\n")
    assert [code for code, path in STORED.items() if not first.match(path.read_text("utf-8"))] == []


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_what_lies_under_it_is_told_in_the_same_language(lang):
    """A cell is told with the sentence of the rule that it breaks."""
    found = check_portfolio(STORED["portfolio-cell"])[0]
    inner = found.facts["said"]
    assert isinstance(inner, Problem)
    assert sentence(found, lang).endswith(sentence(inner, lang))
    assert inner.code == "outside-domain"
