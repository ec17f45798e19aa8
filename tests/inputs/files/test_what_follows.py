"""What follows from a mistake is not told beside it: only the mistake is the user's."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from sroi import shipped
from sroi.inputs.files.scenario_file import check_file
from sroi.inputs.library.library import Library
from sroi.inputs.text.yaml_text import Path_, read

NUMERAL = re.compile(r"[+-]?[\d_]+(\.\d+)?%?")
EVERY = 15  # so that each scenario has some fifteen of its numbers tried
ABOUT_A_NUMBER = ("number-", "date-", "id-", "reference-", "text-", "word-")


def numbers(part: object, path: Path_ = ()) -> Iterator[tuple[Path_, str]]:
    """Every number of a file, and where it stands."""
    if isinstance(part, str):
        yield from [(path, part)] if NUMERAL.fullmatch(part) else []
        return
    inside = part.items() if isinstance(part, dict) else enumerate(part)  # type: ignore[arg-type]
    for step, inner in inside:
        yield from numbers(inner, (*path, step))


def with_mistakes(path: Path) -> Iterator[tuple[int, str]]:
    """The line of a number, and the file with a word in its place."""
    document, lines = read(path), path.read_text("utf-8").split("\n")
    for number, (place, written) in enumerate(numbers(document.data)):
        line, column = document.values.get(place, (0, 0))
        before, after = lines[line - 1][: column - 1], lines[line - 1][column - 1 :]
        if number % EVERY == 0 and line and after.startswith(written):
            changed = before + "vijf" + after[len(written) :]
            yield line, "\n".join([*lines[: line - 1], changed, *lines[line:]])


@pytest.mark.parametrize(
    "path", sorted(shipped.folder("scenarios").glob("*.yaml")), ids=lambda path: path.stem
)
def test_one_number_that_cannot_be_read_is_one_mistake(path: Path, library: Library, tmp_path):
    """Nothing is reckoned with what stands in its place, and nothing said of what that gives."""
    known = {problem.code for problem in check_file(path, library)}
    tried = tmp_path / "scenario.yaml"
    for line, text in with_mistakes(path):
        tried.write_text(text, encoding="utf-8")
        found = [p for p in check_file(tried, library) if p.code not in known]
        beside = [p.code for p in found if not p.code.startswith(ABOUT_A_NUMBER)]
        assert (line, beside) == (line, [])
