"""Models side by side: in the terminal, as data and as files, with the numbers of the analysis."""

import csv
import io
import json
from functools import cache
from pathlib import Path

import pytest
from models_in_memory import Record
from told_by_hand import LANGS, LONG, hand_line, two_ladders, uncertain_ladder, with_variants
from valuations import write

from sroi.analysis.comparison.side_by_side import SideBySide, side_by_side
from sroi.report.comparison import comparison as comparison_tables
from sroi.report.comparison.comparison import asked_of
from sroi.report.terminal.terminal import WIDTH_IN_A_PIPE


def funded() -> Record:
    """The line, paid by somebody who has no part in it otherwise."""
    scenario = hand_line()
    scenario["payers"] = [{"id": "fonds", "name": "Fonds", "public": "false"}]
    scenario["investment"][0]["payer"] = "fonds"
    return scenario


@cache
def of_variants(result: str = "society") -> SideBySide:
    """The variants of the line beside it."""
    return side_by_side([write(with_variants(), "lijn.yaml")], False, result)


@cache
def of_files(*names: str) -> SideBySide:
    """Two files, by what they are."""
    made = {
        "line": hand_line(),
        "funded": funded(),
        "ladder": uncertain_ladder(),
        "ladders": two_ladders(),
        "long": hand_line(outcomes__what=LONG, investment__per_year=9000),
    }
    return side_by_side([write(made[name], f"{name}.yaml") for name in names], False)


def said(found: SideBySide, capsys, lang: str = "nl") -> str:
    """What the terminal shows of it."""
    comparison_tables.show(found, lang)
    return capsys.readouterr().out


def plain(cells: list[str]) -> list[str]:
    """With spaces that break."""
    return [cell.replace("\u00a0", " ") for cell in cells]


def test_differences_by_hand():
    """The base on top; 1,000 more in every draw has no range."""
    found = of_variants()
    table = comparison_tables.differences(found, asked_of(found, "nl"), 0)
    base, double, frugal, same = map(plain, table.rows)
    assert base[0] == "lijn"
    assert base[2:] == ["", "", ""]
    assert double[0] == "dubbel"
    assert double[4] == "100%"
    assert frugal[2:] == ["€ 1.000", "–", "100%"]
    assert same[2:] == ["€ 0", "–", "0%"]


def test_differences_of_a_ratio_have_decimals():
    """Not euros."""
    found = of_variants()
    table = comparison_tables.differences(found, asked_of(found, "nl", "ratio"), 1)
    assert table.rows[0][1] == "1,50"
    assert table.rows[2][1:3] == ["2,00", "0,50"]


@pytest.mark.parametrize("lang", LANGS)
def test_what_makes_the_difference_by_hand(lang):
    """Twice the units, twice the price, and what they do together."""
    found = of_variants()
    asked = asked_of(found, lang)
    rows = comparison_tables.explanation(asked, found.explanations["dubbel"]).rows
    money, words = asked.told.numbers.money, asked.told.words
    assert [row[3] for row in rows] == [money(6000)] * 3
    assert rows[0][1:3] == ["1", "2"]
    assert rows[1][1:3] == [asked.told.numbers.euro(x) for x in (1000, 2000)]
    assert rows[2][0] == words("compare.interaction")
    assert comparison_tables.explanation(asked, found.explanations["zelfde"]).rows == []


@pytest.mark.parametrize("names", [("ladder", "ladders"), ("line", "long"), ("line", "funded")])
def test_an_explanation_adds_up(names):
    """Every row, and what is left out is nothing."""
    found = of_files(*names)
    (why,) = found.explanations.values()
    inputs = sum(one.change for one in why.inputs)
    total = why.base + inputs + why.interaction + why.structure
    assert total == pytest.approx(why.other, abs=1e-6)


@pytest.mark.parametrize("lang", LANGS)
def test_variants_in_the_terminal(capsys, lang):
    """In both languages, for both results, within the width of a pipe."""
    text = said(of_variants(), capsys, lang)
    words = asked_of(of_variants(), lang).told.words
    for result in ("society", "ratio"):
        assert words("compare.result", result=words(f"result.{result}")) in text
    assert words("compare.why", base="lijn", other="dubbel") in text
    assert words("compare.why", base="lijn", other="zelfde") not in text
    assert not {"{", "}"} & set(text)
    assert max(map(len, text.split("\n"))) <= WIDTH_IN_A_PIPE


def test_where_no_assumption_differs_lines_do(capsys):
    """Those of the base by name, those of the other by where they stand in its file."""
    text = said(of_files("ladder", "ladders"), capsys)
    assert "ladder → ladders (per regel)" in text
    assert "care_ladder.tweede.zwaar" in text
    one = of_files("ladder", "ladders").differences["ladders"][0]
    table = comparison_tables.lines(asked_of(of_files("ladder", "ladders"), "nl"), one)
    new = [row for row in table.rows if row[0].startswith("care_ladder.tweede")]
    assert [row[1] for row in new] == ["–"] * 2


def test_common_draws_are_told_of_where_they_help(capsys):
    """By how many times at the least."""
    assert "keer kleiner" in said(of_files("ladder", "ladders"), capsys)
    assert "keer kleiner" not in said(of_variants(), capsys)


def test_a_payer_that_the_base_does_not_have(capsys):
    """It is told by its id, with nothing in the base."""
    of = [write(s, f"{n}.yaml") for n, s in (("een", hand_line()), ("twee", funded()))]
    text = said(side_by_side(of, False, "fonds"), capsys).replace("\u00a0", " ")
    assert "het saldo (fonds)" in text
    assert "€ −4.000" in text


def test_long_names_can_be_shown(capsys):
    """In full, over as many lines as they need."""
    text = said(of_files("long", "line"), capsys)
    assert "Inzet: kosten per jaar" in text


@pytest.mark.parametrize("names", [(), ("line", "funded"), ("ladder", "ladders")])
def test_everything_is_json(names):
    """Strictly: every number is finite or null."""
    data = comparison_tables.as_data(of_files(*names) if names else of_variants())
    assert json.loads(json.dumps(data, allow_nan=False)) == data
    assert data["schema"] == "sroi.comparison/1"
    assert set(data["differences"]) == set(data["explanations"])


def test_the_terminal_agrees_with_the_data():
    """The same differences, rounded."""
    found = of_variants()
    asked, data = asked_of(found, "nl"), comparison_tables.as_data(found)
    table = comparison_tables.differences(found, asked, 0)
    for row, one in zip(table.rows[1:], data["differences"].values(), strict=True):
        assert row[1:3] == [asked.show(one[0]["other"]), asked.show(one[0]["mean"])]


@pytest.mark.parametrize(("lang", "style"), [("nl", (";", ",")), ("en", (",", "."))])
def test_every_file_opens(tmp_path, lang, style):
    """A row for each difference with its model by name; numbers to the last digit."""
    found = of_variants()
    paths = comparison_tables.write_csv(found, tmp_path, lang)
    tables = {path.stem: read(path, style[0]) for path in paths}
    assert set(tables) == {"differences", "explanations", "lines"}
    rows = tables["differences"]
    assert [row["model"] for row in rows[::2]] == list(found.differences)
    assert [row["result"] for row in rows[:2]] == ["society", "ratio"]
    for row, one in zip(rows[::2], found.differences.values(), strict=True):
        assert style[1] in row["other"]
        assert float(row["other"].replace(style[1], ".")) == one[0].other
        assert float(row["mean"].replace(style[1], ".")) == one[0].mean
    swaps = [(row["model"], row["path"]) for row in tables["explanations"]]
    assert ("zuinig", "investment.inzet.per_year") in swaps
    for row in tables["lines"]:
        if row["base"] and row["other"]:
            base, other, change = (
                float(row[name].replace(style[1], ".")) for name in ("base", "other", "change")
            )
            assert other - base == pytest.approx(change)


def read(path: Path, separator: str) -> list[dict[str, str]]:
    """A file as a spreadsheet reads it."""
    content = path.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    stream = io.StringIO(content.decode("utf-8-sig"), newline="")
    return list(csv.DictReader(stream, delimiter=separator))
