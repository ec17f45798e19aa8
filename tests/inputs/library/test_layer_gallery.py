"""Every finding of a layer over the prices: the smallest file that shows it, and its sentence.

A guilty line ends with `# <--`. What is said when two layers are merged is shown by two files.
"""

import re
from pathlib import Path

import pytest
from gallery import BROKEN, layer_problems
from told_problems import words_of

from sroi.report.words.problem_text import sentence

STORED = {path.stem: path for path in sorted((BROKEN / "layer").glob("*.yaml"))}
# about what was asked on the command line: in test_cli_layer.py
ELSEWHERE = {"layer-none", "layer-and-folder"}


def guilty(path: Path) -> list[int]:
    """The lines that are marked."""
    lines = path.read_text("utf-8").splitlines()
    return [number for number, line in enumerate(lines, 1) if line.endswith("# <--")]


@pytest.mark.parametrize("code", STORED)
def test_the_file_shows_its_finding_and_nothing_else(code):
    """On the guilty line, and in a whole sentence of either language."""
    found = layer_problems(STORED[code])
    assert [(one.code, one.line) for one in found] == [(code, guilty(STORED[code])[0])]
    for lang in ("nl", "en"):
        told = sentence(found[0], lang)
        assert len(told) > 40
        assert not re.search(r"\{\w*\}", told)


def test_every_finding_of_a_layer_has_a_file():
    words = words_of()
    assert {x for x in words if re.fullmatch(r"layer-[a-z-]+", x)} - ELSEWHERE == set(STORED)


def test_a_part_of_a_price_is_called_as_in_the_sheet():
    """And not by its place in a file."""
    (found,) = layer_problems(STORED["layer-review-stale"])
    assert "waarde was 64 en is 68.50" in sentence(found, "nl")
