"""Every finding of a downloaded table: the smallest file that shows it, and its sentence.

A file in `tests/broken/data/` is a table by itself; what is asked of it stands in `asked.yaml`.
"""

import re
from pathlib import Path

import pytest
import yaml
from quick_yaml import BaseLoader
from told_problems import catalogue, words_of

from sroi.inputs.municipal_data.opened import table_of
from sroi.inputs.municipal_data.overview import overview
from sroi.problems import Problem, Unusable
from sroi.report.words.problem_text import sentence

FOLDER = Path(__file__).parents[2] / "broken" / "data"
ASKED = yaml.load((FOLDER / "asked.yaml").read_text("utf-8"), Loader=BaseLoader) or {}
STORED = {path.stem: path for path in sorted(FOLDER.glob("data-*.csv"))}
# archives, workbooks and large files: made in test_packed.py, test_characters.py and below
ELSEWHERE = {
    "data-too-large", "data-packed-too-tight", "data-archive-tables", "data-active",
}  # fmt: skip


def codes() -> set[str]:
    """Every finding of a table that a source names."""
    return {word for word in words_of("inputs") if re.fullmatch(r"data-[a-z-]+", word)}


def found_in(path: Path) -> tuple[Problem, ...]:
    """What is said of a file, or of what is asked of it."""
    try:
        found = overview(table_of(path))
    except Unusable as refused:
        return refused.problems
    return found.table.problems


@pytest.mark.parametrize("code", STORED)
def test_the_file_shows_its_finding_and_nothing_else(code):
    """In a whole sentence of either language."""
    found = found_in(STORED[code])
    assert [problem.code for problem in found] == [code]
    for lang in ("nl", "en"):
        wanted = re.findall(r"(?<!\{)\{(\w+)\}(?!\})", str(catalogue(lang)[code]))
        assert set(wanted) <= set(found[0].facts), code
        assert len(sentence(found[0], lang)) > 20


def test_every_finding_has_a_file():
    assert codes() == set(STORED) | ELSEWHERE
    assert set(ASKED) <= set(STORED)


def test_an_archive_without_a_table(tmp_path):
    import municipal_tables as tables

    path = tables.in_archive(tmp_path / "a.zip", {"a.csv": "a;b\n", "b.csv": "a;b\n"})
    assert [problem.code for problem in found_in(path)] == ["data-archive-tables"]
