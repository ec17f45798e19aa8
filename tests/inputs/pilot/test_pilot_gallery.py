"""Every finding of a pilot: the smallest files that show it, and its sentence.

A guilty line of a pilot ends with `# <--`. The sheets are made by `simulated/pilot_registers.py`.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from told_problems import catalogue, words_of

from sroi.analysis.pilot.moving_along import moving_along
from sroi.analysis.pilot.piloting import piloted
from sroi.inputs.pilot.pilot_file import load_pilot
from sroi.inputs.pilot.presence import read_presence
from sroi.inputs.pilot.register import read_register
from sroi.problems import Problem, Unusable
from sroi.report.words.problem_text import sentence

FOLDER = Path(__file__).parents[2] / "broken" / "pilot"
STORED = {path.stem: path for path in sorted(FOLDER.glob("*.yaml"))}
# about workbooks and large files, which are tested by those who read them; about an effect that
# leans on many, which the shipped city shows; and about writing and
# planning, in test_pilot_written.py and test_plan_told.py
ELSEWHERE = {
    "pilot-data-unreadable", "pilot-data-too-large", "pilot-data-active", "pilot-leans-on-few",
    "pilot-second-opinion", "pilot-ladder-unknown", "pilot-not-written", "pilot-condition-unknown",
    "pilot-condition-missing", "pilot-condition-unscored", "pilot-plan-short",
}  # fmt: skip
# what goes with it
ALSO = {
    "pilot-other-course": {"pilot-placebo"}, "pilot-placebo": {"pilot-leans-on-one"},
    "pilot-leans-on-one": {"pilot-placebo"},
}  # fmt: skip


def problems(path: Path) -> list[Problem]:
    """All that is said of a pilot."""
    try:
        described = load_pilot(path)
        register = read_register(described)
        scores = read_presence(described, register)
        found = piloted(described, register)
        return [*found.problems, *moving_along(found, scores).problems]
    except Unusable as unusable:
        return list(unusable.problems)


def codes() -> set[str]:
    """Every finding of a pilot that a source names."""
    known = set(catalogue("nl"))
    return {word for word in words_of() if re.fullmatch(r"pilot-[a-z-]+", word)} & known


@pytest.mark.parametrize("code", STORED)
def test_the_file_shows_its_finding_and_nothing_else(code):
    found = problems(STORED[code])
    assert {code} <= {problem.code for problem in found} <= {code} | ALSO.get(code, set())
    problem = next(problem for problem in found if problem.code == code)
    guilty = [
        n for n, line in enumerate(STORED[code].read_text("utf-8").splitlines(), 1)
        if line.endswith("# <--")
    ]  # fmt: skip
    assert not guilty or (problem.file == str(STORED[code]) and problem.line in guilty)
    for lang in ("nl", "en"):
        wanted = re.findall(r"(?<!\{)\{(\w+)\}(?!\})", str(catalogue(lang)[code]))
        assert set(wanted) <= set(problem.facts)
        assert len(sentence(problem, lang)) > 20


def test_a_kind_of_move_is_told_in_words():
    (found,) = problems(STORED["pilot-moved-elsewhere"])
    assert sentence(found, "nl").startswith("Naar zwaardere zorg: ")
    assert sentence(found, "en").startswith("To heavier care: ")


def test_every_finding_has_a_file():
    assert codes() == set(STORED) | ELSEWHERE


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_the_catalogue_has_them_all_and_no_other(lang):
    assert {code for code in catalogue(lang) if code.startswith("pilot-")} == codes()


def test_the_first_line_says_what_is_wrong():
    first = re.compile(r"# [A-Z].{5,90}\.\n")
    assert [code for code, path in STORED.items() if not first.match(path.read_text("utf-8"))] == []


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"PK\0", b"[1, 2]", b"a: [", b"pilot: a\n"])
def test_a_file_that_is_no_pilot(tmp_path, content):
    path = tmp_path / "p.yaml"
    path.write_bytes(content)
    assert problems(path)
