"""Published results: what the shipped file holds, and what is found in broken ones."""

from pathlib import Path

import pytest

from sroi import shipped
from sroi.inputs.files.chosen_library import shipped_library
from sroi.inputs.library.library import check_library

SOURCES = "sources: [{id: bron, type: report, title: Bron}]\n"
CLASS = """\
reference_class:
  - id: rapporten
    name: Rapporten
    of: ratio
    count: 20
    among: 80
    mean: 5
    p10: 1
    p25: 2
    median: 3
    p75: 6
    p90: 10
    source: "bron[p. 1]"
    caveats: {nl: Voorbeeld., en: Example.}
"""


def found(folder: Path, old: str = "", new: str = "") -> list[tuple[str, int]]:
    """Code and line of what is wrong with a library in which one piece of text is another."""
    assert CLASS.count(old) == 1 or not old
    (folder / "sources.yaml").write_text(SOURCES, encoding="utf-8")
    text = CLASS.replace(old, new) if old else CLASS
    (folder / "reference_class.yaml").write_text(text, encoding="utf-8")
    return [(problem.code, problem.line) for problem in check_library(folder)[1]]


def test_what_is_shipped():
    """The bands as published, with a source and a caveat in both languages."""
    classes = shipped_library().reference_class
    bands = {one.of: one.band for one in classes.values() if one.band}
    assert bands == {
        "ratio": pytest.approx((1.31, 10.22)),
        "deadweight": pytest.approx((0.052, 0.5)),
        "attribution_to_others": pytest.approx((0.1, 0.53)),
        "drop_off": pytest.approx((0.1, 0.5)),
    }
    medians = {one.of: one.median for one in classes.values() if one.band}
    assert medians == pytest.approx(
        {"ratio": 3.56, "deadweight": 0.2, "attribution_to_others": 0.255, "drop_off": 0.215}
    )
    shares = {one.of: round(one.share, 2) for one in classes.values() if one.of != "ratio"}
    assert shares == {"deadweight": 0.40, "attribution_to_others": 0.56, "drop_off": 0.23}
    for one in classes.values():
        assert one.source.key in shipped_library().sources
        assert one.caveats.nl
        assert one.caveats.nl != one.caveats.en
        assert one.name.nl != one.name.en


def test_social_work_in_the_netherlands_has_a_mean_and_no_band():
    """14 of 32 cases; how far apart they lie is not known."""
    one = shipped_library().reference_class["sociaal-werk-nederland"]
    assert (one.mean, one.band, one.count, one.among) == (1.6, None, 14, 32)


def test_a_library_with_it_is_read(tmp_path):
    assert found(tmp_path) == []
    assert check_library(tmp_path)[0].reference_class["rapporten"].share == 0.25


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("bron[p. 1]", "onbekend[p. 1]", "source-unknown", 13),
        ("    p25: 2\n", "", "range-incomplete", 2),
        ("p75: 6", "p75: 2.5", "range-order", 2),
        ("of: ratio", "of: discount_rate", "word-unknown", 4),
        ("count: 20", "count: 0", "number-out-of-range", 5),
        ("    mean: 5\n", "", "field-missing", 2),
    ],
)
def test_a_broken_file(tmp_path, old, new, code, line):
    """One problem, at its place."""
    assert found(tmp_path, old, new) == [(code, line)]


def test_an_id_is_used_once(tmp_path):
    again = CLASS.partition("\n")[2]
    assert [code for code, _ in found(tmp_path, CLASS, CLASS + again)] == ["id-twice"]


def test_the_file_is_no_theme():
    """Its entries are no prices."""
    library, problems = check_library(shipped.folder("proxies"))
    assert problems == []
    assert not set(library.reference_class) & (set(library.proxies) | set(library.themes))
