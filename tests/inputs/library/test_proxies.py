"""The price library: what an entry must hold, and what is found in broken library files."""

from pathlib import Path

import pytest

from sroi import shipped
from sroi.inputs.library.library import check_library, read_library
from sroi.problems import Unusable

ENTRY = """\
theme: buurt
name: Buurt
proxies:
  - id: buurtuur
    name: {nl: Uur in de buurt, en: Hour in the neighbourhood}
    value: {low: 8, best: 10, high: 12, because: Geschat.}
    tariff: 9
    unit: EUR/uur
    price_year: 2024
    payers: {gemeente: 60%, inwoner: 40%}
    cash: soft
    source: "bron[p. 1]"
    review: {status: checked, by: A. Voorbeeld, on: 2026-03-01}
"""
SHELVES = {
    "sources.yaml": "sources: [{id: bron, type: report, title: Bron}]\n",
    "payers.yaml": (
        "payers:\n  - {id: gemeente, name: Gemeente, public: true}\n"
        "  - {id: inwoner, name: Inwoner, public: false}\n"
    ),
    "indices.yaml": (
        "indices:\n  - {id: cpi, name: Index, source: bron, base_year: 2024,"
        " factors: {2023: 1.0330, 2024: 1}}\n"
    ),
    "discounting.yaml": (
        "regimes:\n  - {id: vast, name: Vast, rate: 3%, timing: mid_year, status: final,"
        " source: bron}\n"
    ),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in (SHELVES | {"buurt.yaml": ENTRY}).items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def found(folder: Path, **files: str) -> list[tuple[str, str, int]]:
    """The problems of a library of which some files are others: code, file name and line."""
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    problems = check_library(folder)[1]
    return [(problem.code, Path(problem.file).name, problem.line) for problem in problems]


def entry(old: str, new: str) -> str:
    assert ENTRY.count(old) == 1
    return ENTRY.replace(old, new)


def test_the_shipped_library_has_no_problems():
    library, problems = check_library(shipped.folder("proxies"))
    assert problems == []
    assert "seh-bezoek" in library.proxies
    assert {"cpi"} <= set(library.indices)
    assert {"gemeente", "inwoner", "aanbieder"} <= set(library.payers)


def test_a_library_is_read(folder):
    library = read_library(folder)
    proxy = library.proxies["buurtuur"]
    assert (proxy.currency, proxy.thing, proxy.index) == ("EUR", "uur", "cpi")
    assert proxy.payers == {"gemeente": 0.6, "inwoner": 0.4}
    assert (proxy.review.status, str(proxy.source)) == ("checked", "bron[p. 1]")
    assert library.indices["cpi"].factors == {2023: 1.033, 2024: 1.0}
    assert library.regimes["vast"].investment == "same"
    assert set(library.themes) == {"buurt"}


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("unit: EUR/uur", "unit: euro per uur", "unit-unreadable", 8),
        ("unit: EUR/uur", "unit: EUR/", "unit-unreadable", 8),
        ("unit: EUR/uur", "unit: eur/uur", "unit-unreadable", 8),
        ("unit: EUR/uur", "unit: [EUR]", "unit-unreadable", 8),
        ("40%}", "50%}", "payers-sum", 10),
        ("inwoner: 40%}", "inwoners: 40%}", "payer-unknown", 10),
        ("bron[p. 1]", "bon[p. 1]", "source-unknown", 12),
        ("cash: soft", "cash: soft\n    index: cpi-zorg", "index-unknown", 12),
        ("cash: soft", "cash: hrd", "word-unknown", 11),
        ("cash: soft", "cash: soft\n    transfer: true", "transfer-receiver", 4),
        ("    tariff: 9\n", "    receiver: inwoner\n", "transfer-receiver", 4),
        ("cash: soft", "cash: soft\n    evidence: E", "word-unknown", 12),
        ("price_year: 2024", "price_year: 24", "number-out-of-range", 9),
        ("value: {low: 8", "value: {low: 18", "range-order", 6),
        ("    value: {low: 8, best: 10, high: 12, because: Geschat.}\n", "", "field-missing", 4),
        ("id: buurtuur", "id: ../buurtuur", "id-unreadable", 4),
        ("on: 2026-03-01", "on: maart", "date-unreadable", 13),
        ("status: checked", "status: [checked]", "word-unknown", 13),
    ],
)
def test_a_wrong_entry_is_found_at_its_line(folder, old, new, code, line):
    assert found(folder, buurt=entry(old, new)) == [(code, "buurt.yaml", line)]


def test_an_id_may_be_used_once_in_all_themes(folder):
    again = ENTRY.replace("theme: buurt", "theme: wijk")
    assert found(folder, wijk=again) == [("id-twice", "wijk.yaml", 4)]


def test_a_transfer_names_its_receiver_who_must_be_known(folder):
    right = entry("    tariff: 9\n", "    transfer: true\n    receiver: inwoner\n")
    assert found(folder, buurt=right) == []
    wrong = right.replace("receiver: inwoner", "receiver: bewoner")
    assert found(folder, buurt=wrong) == [("payer-unknown", "buurt.yaml", 8)]


@pytest.mark.parametrize(
    "text",
    ["[]", "- a", "x", '""', "{}", "proxies: x", "proxies: [x]", "proxies: {id: x}", "a: [", "*b",
     "theme: x\nname: x\nproxies: [{id: [x]}]", "theme: x\nname: x\nproxies: [{id: {a: b}}, 1]"],
)  # fmt: skip
@pytest.mark.parametrize("name", ["buurt", "sources", "indices", "payers", "discounting"])
def test_a_file_that_is_something_else_gives_problems_and_no_crash(folder, name, text):
    assert found(folder, **{name: text})


def test_all_problems_of_all_files_are_told_at_once(folder):
    problems = found(
        folder,
        sources="sources: [{id: bron, type: report, titel: Bron}]\n",
        payers=SHELVES["payers.yaml"].replace("true", "ja"),
        buurt=entry("unit: EUR/uur", "unit: uur"),
    )
    assert {("field-unknown", "sources.yaml"), ("boolean-unreadable", "payers.yaml")} <= {
        (code, name) for code, name, _ in problems
    }
    with pytest.raises(Unusable) as raised:
        read_library(folder)
    assert len(raised.value.problems) == len(problems)


def test_an_index_needs_a_year_and_a_number(folder):
    text = SHELVES["indices.yaml"]
    assert (
        found(folder, indices=text.replace("2023: 1.0330", "vorig: 1"))[0][0] == "number-unreadable"
    )
    assert found(folder, indices=text.replace("1.0330", "1.033"))[0][0] == "number-ambiguous"
