"""Every finding: the smallest file that shows it, and its sentence in both languages.

A guilty line of a broken file ends with `# <--`; a file without such a line is wrong as a whole.
"""

import ast
import re
import string
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from told_problems import catalogue, trees, words_in, words_of

from sroi.analysis.valuation.findings import check as checked
from sroi.inputs.files.scenario_file import check_file
from sroi.problems import Problem, Unusable

BROKEN = Path(__file__).parents[2] / "broken"
STORED = {path.stem: path for path in sorted(BROKEN.glob("*.yaml"))}
SMALL = (BROKEN / "id-taken.yaml").read_text().partition("payers:")[0]
MANY = "".join(
    f"\n  - {{id: rust-{n}, what: A, stakeholder: b, of: bezoek, rate: 1," for n in range(40)
)

# what cannot be stored as a text of a few lines
GENERATED = {
    "file-binary": b"PK\x03\x04\0\0",
    "file-not-utf8": "title: Één\n".encode("cp1252"),
    "file-too-large": b"#" * 1_000_001,
    "text-too-long": SMALL.replace("title: Voorbeeld", f"title: {'a' * 5_001}").encode(),
    "scenario-too-large": (
        SMALL.replace("nl-2021}", "nl-2021, draws: 1048576}")
        .replace(
            "outcomes:", "outcomes:" + MANY.replace("rate: 1,", "rate: 1, value: none, because: C}")
        )
        .encode()
    ),
}
# about a file that is not there, or about what was asked and not about what stands in a file
ELSEWHERE = {
    "file-missing", "file-is-folder", "file-is-stream", "file-unreadable", "variant-unknown",
}  # fmt: skip
# about a brand file: their broken files are tested in test_brand.py
BRAND = {path.stem for path in (BROKEN / "brand").glob("*.yaml")} | {"logo-too-large"}
# about a measurement, its answers, and sheets: in test_measurement_gallery.py; about a pilot: in
# test_pilot_gallery.py; about a layer over
# the prices: in test_layered.py and test_layer_file.py; about a portfolio, and a Value Map: each
# in a gallery of its own; about what happened: in test_follow_gallery.py; about a workbook: in
# test_reading_workbooks.py
MEASURE = (
    "measure-", "codings-", "sheet-", "layer-", "pilot-", "portfolio-", "value-map-", "workbook-",
    "data-", "follow-",
)  # fmt: skip
NAMING = {
    "Problem", "PydanticCustomError", "problem", "error", "warning", "_note", "_stop", "_at",
    "_wrong",
}  # fmt: skip


def sentence(problem: Problem, lang: str) -> str:
    entry = catalogue(lang)[problem.code]
    if isinstance(entry, str):
        return entry.format(**problem.facts)
    parts = [entry["text"], entry["nearest"] if problem.facts["nearest"] else ""]
    return " ".join(part.format(**problem.facts) for part in parts).strip()


def placeholders(entry: str | dict[str, str]) -> set[str]:
    texts = [entry] if isinstance(entry, str) else entry.values()
    return {name for text in texts for _, name, _, _ in string.Formatter().parse(text) if name}


def called(node: ast.Call) -> str:
    return getattr(node.func, "attr", getattr(node.func, "id", ""))


def codes_of(tree: ast.AST) -> Iterator[str]:
    """Codes that a file names: as the first argument of what makes a problem, or in a table."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and called(node) in NAMING and node.args:
            yield from words_in(node.args[0])
        elif isinstance(node, ast.Call) and called(node) == "unknown" and node.args:
            yield from (f"{what}-unknown" for what in words_in(node.args[0]))
        elif isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") in (
            "code",
            "codes",
        ):
            yield from (word for word in words_in(node.value) if "-" in word)
        elif isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "CODES":
            yield from (code for value in node.value.values for code in words_in(value))


@cache
def codes_in_source(folder: str = ".") -> set[str]:
    found = {code for tree in trees(folder) for code in codes_of(tree)}
    return {code for code in found if re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", code)}


def marked(content: bytes) -> list[int]:
    lines = content.decode(errors="replace").split("\n")
    return [number for number, line in enumerate(lines, 1) if line.endswith("# <--")]


def broken() -> dict[str, bytes]:
    return {code: path.read_bytes() for code, path in STORED.items()} | GENERATED


# what only shows when the central case has been reckoned
RECKONED = {"early-benefits", "shift-costs-payer"}


def found_in(code: str, check, folder: Path) -> list[Problem]:
    """The problems of the file that shows a code."""
    if code in RECKONED:
        (folder / "reckoned.yaml").write_bytes(broken()[code])
        return checked(folder / "reckoned.yaml")
    return check(broken()[code])


@pytest.mark.parametrize("code", sorted(broken()))
def test_the_broken_file_shows_its_code_and_nothing_else(code, check, tmp_path):
    """On the line that is marked, and in a whole sentence of either language: every placeholder is
    a fact of the problem."""
    problems, marks = found_in(code, check, tmp_path), marked(broken()[code])
    assert {problem.code for problem in problems} == {code}
    lines = {problem.line for problem in problems}
    assert lines & set(marks) if marks else code in GENERATED or lines == {0}
    for told in (sentence(problem, lang) for problem in problems for lang in ("nl", "en")):
        assert len(told) > 20
        assert not re.search(r"\{\w*\}", told)


def test_the_first_line_says_what_is_wrong():
    first = re.compile(r"# [A-Z].{10,90}\.\n")
    assert [code for code, path in STORED.items() if not first.match(path.read_text("utf-8"))] == []


def test_every_code_that_a_file_can_cause_has_a_broken_file():
    named = {code for code in codes_in_source("inputs") if not code.startswith(MEASURE)}
    assert named - ELSEWHERE - BRAND | RECKONED == set(broken())


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_the_catalogue_has_every_code_of_the_source_and_no_other(lang):
    words = words_of()
    written = words | {f"{word}-unknown" for word in words}
    assert codes_in_source() <= set(catalogue(lang)) <= written


def test_both_languages_use_the_same_facts():
    for code, dutch in catalogue("nl").items():
        english = catalogue("en")[code]
        assert type(dutch) is type(english), code
        assert placeholders(dutch) == placeholders(english), code
        assert dutch != english, code


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_the_nearest_word_has_a_sentence_of_its_own(lang):
    """Nothing may be near; then only the first sentence is printed."""
    for entry in catalogue(lang).values():
        if isinstance(entry, str):
            assert "nearest" not in placeholders(entry)
        else:
            assert "nearest" not in placeholders(entry["text"])
            assert placeholders(entry["nearest"]) == {"nearest"}


@pytest.mark.parametrize(("name", "code"), [("none.yaml", "file-missing"), (".", "file-is-folder")])
def test_a_path_without_a_file(tmp_path, library, name, code):
    assert [problem.code for problem in check_file(tmp_path / name, library)] == [code]


def test_all_problems_of_an_unusable_file_are_carried_by_the_exception():
    first, second = Problem("title-one"), Problem("title-two")
    assert Unusable(first, second).problems == (first, second)
    assert "title-two" in str(Unusable(first, second))
