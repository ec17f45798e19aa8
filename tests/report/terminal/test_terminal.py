"""The terminal: tables in the width there is, and nothing in a text that it would obey."""

import contextlib
import io
import re
from dataclasses import replace

import pytest
from care_in_memory import CONDITIONS, hiv, one_tier, worked_example
from models_in_memory import Record
from rich.console import Console
from valuations import RANGE, example_results, example_told, outcome, small, valued

from sroi.analysis.care.preventive_shift import preventive_shifts
from sroi.analysis.result.purses import budget
from sroi.report.tables import care as care_tables
from sroi.report.tables import tables
from sroi.report.tables.tables import Table
from sroi.report.terminal import terminal
from sroi.report.told.told import Told, told
from sroi.report.words.numbers import Numbers
from sroi.report.words.progress import progress

HOSTILE = "[red]rood[/red] [link=file:///x]y[/link] [/] :smile: \\[b]"


def shown(scenario: Record | None = None, lang: str = "nl", file: str = "scenario.yaml") -> str:
    """What a run of a scenario prints into a pipe; without one, of the example."""
    return shown_of(example_told(lang) if scenario is None else told(valued(scenario), lang), file)


def shown_of(of: Told, file: str = "scenario.yaml") -> str:
    """The same of what is told already."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        terminal.show_results(of, file)
    return out.getvalue()


def drawn(table: Table, width: int) -> list[str]:
    """A table in a terminal of some width."""
    out = io.StringIO()
    terminal.show_table(
        Console(file=out, width=width, force_terminal=True, color_system=None, highlight=False),
        table,
    )
    return [re.sub(r"\x1b\[\d*m", "", line) for line in out.getvalue().split("\n")]


def test_small_amounts_are_in_euros_in_every_cell():
    """A cost that is certain and a benefit that is not stand in one table, and in one unit."""
    rate = {"low": 0, "best": 26_000, "high": 90_000, "because": "Aanname."}
    of = told(valued(small(investment__per_year=52_200, outcomes__rate=rate)), "nl")
    said, results = shown_of(of), of.valuation.drawn
    assert "(€)" in said
    for name in ("benefits", "investment"):
        mean = float(getattr(results, name)().mean())
        (cell,) = re.findall(rf"^ {of.words(f'head.{name}')} +([\d.]+) ", said, re.MULTILINE)
        assert float(cell.replace(".", "")) == pytest.approx(mean, rel=0.03)


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_the_results_are_there(lang):
    """In thousands, with the digits that its band allows; the chance and the numerical error."""
    said, told = shown(lang=lang), example_told(lang)
    numbers = replace(told.numbers, terse=True)
    results = example_results()
    for name in ("benefits", "net_present_value"):
        band = results["range"][name]
        written = numbers.in_band(band["p5"], band["p95"])
        for amount in (results["expected"][name], band["p5"], band["p95"]):
            assert re.search(rf" {re.escape(written.money(amount))}\s", said)
    assert numbers.counted(results["probability"]["benefits_exceed_investment"]) in said
    assert told.ratio(results["expected"]["sroi_ratio"]) in said
    assert numbers.number(2048) in said
    assert "\x1b" not in said


def test_a_ratio_that_is_not_shown_has_no_error_either():
    """With losses; the balance has its error."""
    said = shown(
        small(outcomes__rate={"low": -2, "best": -1, "high": 0.5, "because": "Voorbeeld."})
    )
    assert "verhouding" not in said.lower()
    assert "Rekenfout: saldo" in said


@pytest.mark.parametrize(
    ("years", "rate", "said"), [(3, "3%", True), (1, "3%", False), (3, 0, False)]
)
def test_the_head_says_that_later_investment_is_not_discounted(years, rate, said):
    """Where there is any of a later year, and others are."""
    made = small(basis__years=years)
    made["basis"]["discounting"] = {
        "rate": rate, "timing": "mid_year", "investment": "undiscounted",
    }  # fmt: skip
    assert ("niet contant gemaakt" in shown(made)) == said
    made["basis"]["discounting"]["investment"] = "same"
    assert "niet contant gemaakt" not in shown(made)


def test_lines_fit_the_width_of_a_pipe():
    """Also where a text is long."""
    for said in (shown(), shown(small(title="Woord " * 99, outcomes__what="x" * 400))):
        assert max(map(len, said.split("\n"))) <= terminal.WIDTH_IN_A_PIPE


@pytest.mark.parametrize("lang", ["nl", "en"])
@pytest.mark.parametrize("width", [40, 80, 110, 200])
def test_no_cell_is_lost_in_a_narrow_terminal(lang, width):
    """Figures stand whole on one line; what cannot fit makes the table wider than the terminal."""
    table = tables.by_payer(example_told(lang))
    lines = drawn(table, width)
    for row in [*table.rows, table.foot]:
        assert [line for line in lines if all(f" {cell} " in f"{line} " for cell in row[1:])]


def test_words_are_not_broken_where_there_is_room():
    """The name of a payer keeps its longest word whole."""
    assert "Zorgverzekeraar" in shown()


def test_markup_in_a_text_is_text():
    """Nothing is coloured, linked or drawn as an emoji."""
    scenario = small(title=HOSTILE, outcomes__what=HOSTILE, stakeholders__name=HOSTILE)
    scenario["payers"] = [{"id": "fonds", "name": HOSTILE, "public": "false"}]
    scenario["investment"][0]["payer"] = "fonds"
    said = shown(scenario, file="[red]x.yaml")
    assert HOSTILE in said
    assert "[red]x.yaml" in said
    assert said.count("[red]") >= 4
    assert "\x1b" not in said


@pytest.mark.parametrize("char", ["\x1b", "\x07", "\x9b", "\u202e", "\r", "\x00", "\u200b"])
def test_control_characters_are_replaced(char):
    """Wherever a text comes from: a terminal would obey them, or show what is not there."""
    assert terminal.safe(f"a{char}[31mb") == "a\ufffd[31mb"


def test_text_keeps_its_accents_lines_and_spaces():
    """Only what cannot be seen is taken out."""
    text = "Één ‘woord’ €\u00a01 −2 ≥\n日本"
    assert terminal.safe(text) == text


def test_fields_stand_beneath_each_other(capsys):
    """Of one price, under its name."""
    terminal.show_fields("Naam [b]", [("Prijs", "€ 1"), ("Bron", "[red]x\x1b[0m")])
    lines = [line.rstrip() for line in capsys.readouterr().out.split("\n")]
    assert lines == ["Naam [b]", "Prijs  € 1", "Bron   [red]x\ufffd[0m", ""]


def test_groups_stand_under_their_heads():
    """Of the price library, by theme."""
    table = Table("x", ["a", "b"], groups=[("Thema [b]", [["1", "2"]]), ("Ander", [["3", "4"]])])
    lines = [re.sub(" +", " ", line.strip()) for line in drawn(table, 80)]
    assert [line for line in lines if line and "─" not in line] == [
        "a b", "Thema [b]", "1 2", "Ander", "3 4",
    ]  # fmt: skip


def test_an_exact_scenario_has_no_numerical_error():
    """There is nothing to draw."""
    assert "Rekenfout" not in shown(small())
    assert "Rekenfout" in shown(small(outcomes__rate=RANGE))


def test_warnings_are_counted():
    """With the command that shows them."""
    assert "sroi check scenario.yaml" in shown(small())
    bad = small()
    bad["outcomes"].append(outcome(2, rate=-2))
    assert "sroi check" not in shown(bad)


def test_progress_is_for_people(capfd):
    """Where standard error is not a terminal nothing is printed."""
    with progress("Trekken") as tell:
        tell(0.5)
    assert capfd.readouterr() == ("", "")


def test_progress_is_seen_and_goes_away(monkeypatch):
    """On a terminal, as a bar that is wiped out at the end."""
    out = io.StringIO()
    out.isatty = lambda: True  # type: ignore[method-assign]
    monkeypatch.setattr("sys.stderr", out)
    with progress("Trekken") as tell:
        tell(0.5)
    assert "Trekken" in out.getvalue()


def lines(said: str) -> list[list[str]]:
    """The cells of every line, as far as two spaces keep them apart."""
    return [re.split(" {2,}", line.strip()) for line in said.split("\n")]


def told_and_shown(scenario: Record, lang: str) -> tuple[str, list[list[str]], Told]:
    """What is shown of a scenario, its lines, and the scenario as the tables tell it."""
    of = told(valued(scenario), lang)
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        terminal.show_results(of, "scenario.yaml")
    return out.getvalue(), lines(out.getvalue()), replace(of, numbers=Numbers(lang, terse=True))


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_a_care_ladder_is_shown(lang):
    """Its tiers from heavy to light, the budget of who invests most, and what conditions are
    worth; no line is wider than a pipe."""
    said, shown_lines, of = told_and_shown(worked_example(conditions=True), lang)
    (shift,) = preventive_shifts(of.valuation.model, of.scenario.basis)
    own = budget(of.valuation.drawn, "gemeente")
    for row in [*care_tables.tiers(of, shift).rows, *care_tables.budget(of, own).rows]:
        assert row in shown_lines
    head = of.words("terminal.budget", payer=of.payer("gemeente"), unit=of.numbers.in_units)
    assert head in said
    after = said.partition(of.words("terminal.conditions"))[2]
    found = [line for line in lines(after) if line[0] in CONDITIONS]
    assert len(found) == len(CONDITIONS)
    assert found[0][0] == "aanbieders"
    assert max(map(len, said.split("\n"))) <= terminal.WIDTH_IN_A_PIPE


def test_tiers_by_hand():
    """A hundred people in heavy care, of whom 17 less after two years; 15 person-years."""
    shown_lines = told_and_shown(one_tier(), "nl")[1]
    assert ["Zwaar", "100", "100", "83", "15", "–"] in shown_lines
    assert ["Licht", "0", "0", "10", "−9", "–"] in shown_lines


def test_a_cohort_is_shown():
    """Both arms, and what a life-year more costs."""
    said, shown_lines, _ = told_and_shown(hiv(), "en")
    assert ["All costs", "€44,663", "€50,602", "€5,938", "–"] in shown_lines
    assert "€6,276" in said


def test_who_must_do_what_is_left_to_the_report():
    """It is a sentence; the condition itself is shown."""
    scenario = worked_example(conditions=True)
    scenario["enabling_conditions"][0] |= {"what": "Toegang open", "action": "Spreek dat af " * 9}
    said = shown(scenario)
    assert "Toegang open" in said
    assert "Spreek" not in said


def test_nobody_invests():
    """Then there is no budget of whoever invests most; the tiers are there."""
    said = shown(worked_example(conditions=True) | {"investment": []})
    assert "residentieel" in said
    assert "niet contant gemaakt" not in said
    assert "Wat het waard is" in said


def test_without_care_nothing_of_it_is_shown():
    """Of outcomes alone."""
    said = shown(small())
    assert "niet contant gemaakt" not in said
    assert "meebeweegt" not in said


def test_a_scenario_without_anything_in_euros_is_shown():
    """Only what it costs, and that there are no benefits."""
    scenario = small()
    scenario["outcomes"][0] = {
        "id": "verandering", "what": "Verandering", "stakeholder": "bewoners", "of": "steun",
        "rate": 1, "value": "none", "because": "Geen prijs.", "effect_basis": "causal", "lasts": 1,
    }  # fmt: skip
    said = shown(scenario)
    assert Numbers("nl", terse=True, step=1).money(-1000) in said


def test_heads_of_figures_stand_on_two_lines_where_there_is_room():
    """And on more in a narrow terminal, where no figure may be lost."""
    head = "Waarde voor de samenleving (± rekenfout)"
    table = Table("x", ["Wie", head, head], [["a", "1", "2"]], frozenset({1, 2}))
    heights = []
    for width in (110, 70, 50):
        shown = drawn(table, width)
        heights.append(next(place for place, line in enumerate(shown) if "──" in line) - 1)
    assert heights == [2, 2, 3]
