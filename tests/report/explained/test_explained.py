"""Numbers taken back to their inputs: the arithmetic that is printed gives the engine's number."""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from told_by_hand import MADE
from valuations import LIBRARY, outcome, small, write

from sroi import shipped
from sroi.analysis.valuation.valuation import Valuation
from sroi.inputs.files.scenario_file import load
from sroi.model.flows.results import SOCIETY, Results, purse
from sroi.problems import Unusable
from sroi.report.explained.accounts import Account, Book
from sroi.report.explained.explained import (
    TOTALS,
    Explained,
    as_data,
    as_text,
    central_case,
    explained,
    keys,
)

FILES = sorted(shipped.folder("scenarios").glob("*.yaml"))
OUDEREN = next(path for path in FILES if path.stem == "voorbeeldstad-ouderen")
SIGNS = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
}


def calculated(text: str) -> float:
    """What a calculator makes of an expression: numbers, + - * / ** and brackets, nothing else."""

    def value(node: ast.expr) -> float:
        if isinstance(node, ast.Constant) and isinstance(node.value, int | float):
            return float(node.value)
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
            return -value(node.operand)
        assert isinstance(node, ast.BinOp), text
        return float(SIGNS[type(node.op)](value(node.left), value(node.right)))

    return value(ast.parse(text, mode="eval").body)


@cache
def case(path: Path, variant: str = "") -> Valuation:
    return central_case(load(path, variant, LIBRARY))


@pytest.fixture(autouse=True, scope="module")
def written_once() -> Iterator[None]:
    """What the rows of a line are is the same whatever is asked of a scenario, and is made once."""
    kept: dict[tuple[int, str, str], tuple[Results, list[Account]]] = {}
    accounts = Book.accounts

    def once(book: Book, line: str) -> list[Account]:
        key = (id(book.central), book.told.words.lang, line)
        if key not in kept:
            kept[key] = book.central, accounts(book, line)  # kept, so that its id stays its own
        return kept[key][1]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Book, "accounts", once)
        yield


def confirmed(found: Explained) -> float:
    """The number, after every step was calculated again from what is printed."""
    steps = as_data(found)["steps"]
    for step in steps:
        # a difference of large numbers is no more exact than those numbers are
        size = max(
            abs(float(x)) for x in re.findall(r"\d+\.?\d*(?:e[+-]?\d+)?", step["expression"])
        )
        expected = pytest.approx(step["value"], rel=1e-9, abs=1e-13 * max(1.0, size))
        assert calculated(step["expression"]) == expected, step
        assert step["told"]
    return calculated(steps[-1]["expression"])


def same(found: float, engine: float, size: float = 0.0) -> None:
    assert found == pytest.approx(engine, rel=1e-9, abs=1e-9 * max(1e-3, size * 1e-3))


def lines(valuation: Valuation) -> list[str]:
    return list(dict.fromkeys(valuation.central.lines))


def years(valuation: Valuation) -> Iterator[tuple[int, str]]:
    model = valuation.model
    for offset in range(model.years):
        yield offset, f"@{model.first_year + offset}"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_line_and_every_year_of_it(path):
    """The present value for society, and the amount of each year."""
    valuation = case(path)
    for line in lines(valuation):
        rows = [n for n, name in enumerate(valuation.central.lines) if name == line]
        present = valuation.central.present_values(rows)[0]
        same(confirmed(explained(valuation, line, "nl")), present)
        by_year = valuation.central.by_year(rows)
        for offset, year in years(valuation):
            same(confirmed(explained(valuation, line + year, "en")), by_year[offset], present)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_payer_and_every_year_of_it(path):
    """The balance of all its money."""
    valuation = case(path)
    central = valuation.central
    for payer in valuation.model.payers:
        whose = purse(payer)
        same(confirmed(explained(valuation, payer, "nl")), central.balance(whose)[0])
        benefits = central.by_year(central.rows("benefits"), whose)
        spent = central.by_year(central.rows("investment"), whose)
        for offset, year in years(valuation):
            balance = benefits[offset] - spent[offset]
            size = abs(benefits[offset])
            same(confirmed(explained(valuation, payer + year, "nl")), balance, size)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_totals(path):
    """As in the results, and in each year."""
    valuation = case(path)
    central = valuation.central
    benefits, investment = central.benefits()[0], central.investment()[0]
    amounts = dict(zip(TOTALS, (benefits, investment, benefits - investment), strict=False))
    for name, amount in amounts.items():
        same(confirmed(explained(valuation, name, "nl")), amount)
    if investment > 0:
        same(confirmed(explained(valuation, "sroi_ratio", "nl")), benefits / investment)
    else:
        with pytest.raises(Unusable, match="ratio-without-investment"):
            explained(valuation, "sroi_ratio", "nl")
    for kind in ("benefits", "investment"):
        rows = central.rows(kind)
        for offset, year in years(valuation):
            found = confirmed(explained(valuation, kind + year, "nl"))
            same(found, central.by_year(rows, SOCIETY)[offset])


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_everything_that_can_be_asked_is_answered(path):
    """Every assumption at its central value, every ladder as a whole, every price in use."""
    valuation = case(path)
    distributions = valuation.model.quantities.distributions
    for key in keys(valuation):
        if key == "sroi_ratio" or (key.startswith("proxies.") and key.count(".") == 1):
            continue
        found = explained(valuation, key, "nl")
        assert found.what
        assert as_text(found)
        if key in distributions:
            same(confirmed(found), distributions[key].centre)
        elif not key.startswith("payback"):
            confirmed(found)


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_every_price_of_the_library(lang):
    """In the prices of the scenario, with its source."""
    valuation = case(OUDEREN)
    factors = {key: index.factors for key, index in LIBRARY.indices.items()}
    for key, proxy in LIBRARY.proxies.items():
        if 2024 not in factors[proxy.index] or proxy.price_year not in factors[proxy.index]:
            continue
        found = explained(valuation, f"proxies.{key}", lang)
        moved = factors[proxy.index][proxy.price_year] / factors[proxy.index][2024]
        assert f"[{proxy.source.key}]" in as_text(found)
        if proxy.value.best is not None:
            same(confirmed(found), proxy.value.best * moved)


def asked(made: dict, key: str, lang: str = "nl") -> Explained:
    return explained(central_case(load(write(made), library=LIBRARY)), key, lang)


def test_an_outcome_is_written_out_as_on_paper():
    """The example of the guide: quantity, price, index and what is not ours, multiplied."""
    made = small(
        outcomes__rate="3%",
        outcomes__deadweight={"value": "40%", "because": "Voorbeeld."},
        outcomes__proxy="seh-bezoek",
    )
    made["activities"][0]["volume"] = 320
    found = asked(made, "outcomes.verandering")
    told = [step.told.replace("\u00a0", " ") for step in found.steps]
    assert "320 × 3% × € 258 × 1,11945 × (1 − 40%) × (1 − 0%) × (1 − 0%) = € 1.663,59" in told
    assert found.value == pytest.approx(320 * 0.03 * 258 * 1.11945 * 0.6)


@pytest.mark.parametrize("index", [None, "msz-mix"])
def test_an_own_price_goes_by_consumer_prices_or_by_the_series_it_states(index):
    """Not by that of the library's price that it takes the place of; the series is named."""
    made = small(
        outcomes__proxy="seh-bezoek",
        outcomes__value=300,
        outcomes__price_year=2022,
        outcomes__because="Contract.",
        **({"outcomes__index": index} if index else {}),
    )
    found = asked(made, "outcomes.verandering")
    factors = LIBRARY.indices[index or "cpi"].factors
    assert found.value == pytest.approx(300 * factors[2022] / factors[2024])
    assert f"in prijzen van 2024 (reeks {index or 'cpi'})" in [step.what for step in found.steps]


def test_what_starts_after_the_last_year_counts_where_it_may():
    """With `horizon: count`: 1 euro from the second year, three years long, at 3 % mid-year."""
    made = small(basis__years=1, basis__horizon="count", outcomes__starts=2, outcomes__lasts=3)
    made["basis"]["discounting"] = {"rate": "3%", "timing": "mid_year"}
    found = asked(made, "outcomes.verandering")
    assert found.value == pytest.approx(1.03**-1.5 + 1.03**-2.5 + 1.03**-3.5)


def test_what_lasts_fades_and_is_discounted_is_written_out_by_year():
    """Two cohorts of an effect that lasts a year and a half and fades by a third."""
    made = small(basis__years=2, outcomes__lasts=1.5, outcomes__drop_off="30%", outcomes__rate=10)
    made["basis"]["discounting"] = {"rate": "3%", "timing": "end_of_year"}
    found = asked(made, "outcomes.verandering", "en")
    told = [step.told.replace("\u00a0", " ") for step in found.steps]
    assert "€10.00 × 50% × (1 − 30%) + €10.00 = €13.50" in told
    assert told[-1] == "€10.00 ÷ 1.03 + €13.50 ÷ 1.03^2 = €22.43"


def test_what_lies_past_the_horizon_counts_where_it_is_asked():
    made = small(basis__horizon="count", outcomes__lasts=3)
    found = asked(made, "outcomes.verandering@2028")
    assert found.value == 1
    assert asked(made, "investment.inzet@2028").value == 0


def test_costs_that_end_with_a_programme_are_taken_back_to_what_they_were():
    """In the first year 1,000, and after the end nothing; society as a whole adds up."""
    made = MADE["certain ladder"]()
    cost = {"id": "inzet", "what": "Inzet", "payer": "gemeente", "per_year": 1000}
    made["investment"] = [cost]
    made["care_ladder"][0]["intervention"] |= {"programme_years": 1, "fades": "at_once"}
    first = made["basis"]["first_year"]
    found = [asked(made, f"investment.inzet@{first + year}").value for year in (0, 1)]
    assert found == [1000, 0]
    assert confirmed(asked(made, "society")) == pytest.approx(asked(made, "society").value)


def test_only_what_matters_to_a_year_is_shown():
    made = small(basis__years=3)
    made["activities"][0]["volume"] = [1, 2, 3]
    told = as_text(asked(made, "outcomes.verandering@2027", "nl"))
    assert "omvang 2027" in told
    assert "omvang 2026" not in told
    assert "omvang 2028" not in told


def test_a_price_with_a_tariff_has_a_row_for_the_payer_and_one_for_the_provider():
    made = small(outcomes__rate=2)
    made["proxies"][0] |= {"value": 5, "tariff": 4}
    assert confirmed(asked(made, "outcomes.verandering")) == 10
    assert confirmed(asked(made, "aanbieder")) == pytest.approx(2)
    assert confirmed(asked(made, "zorgverzekeraar")) == pytest.approx(3.2)


def test_a_transfer_is_nothing_for_society():
    made = small()
    made["proxies"][0] |= {"transfer": True, "receiver": "inwoner"}
    assert confirmed(asked(made, "outcomes.verandering")) == 0
    assert confirmed(asked(made, "inwoner")) == -1


def test_optimism_bias_is_one_of_the_factors():
    """Of a gain; a loss stays whole."""
    made = small(basis__optimism_bias="by_evidence")
    made["outcomes"].append(outcome(2, rate=-1))
    for rate in made["outcomes"]:
        rate["rate"] = {"value": rate["rate"], "because": "Voorbeeld.", "evidence": 6}
    assert confirmed(asked(made, "outcomes.verandering")) == pytest.approx(0.6)
    assert confirmed(asked(made, "outcomes.verandering-2")) == pytest.approx(-1)


@pytest.mark.parametrize(
    ("key", "code"),
    [
        ("outcomes.verandring", "key-unknown"), ("", "key-unknown"), ("@2026", "key-unknown"),
        ("gemeente@2031", "key-year-unknown"), ("gemeente@", "key-year-unknown"),
        ("sroi_ratio@2026", "key-without-years"), ("proxies.prijs@2026", "key-without-years"),
        ("outcomes.los", "key-without-euros"),
    ],
)  # fmt: skip
def test_what_there_is_not(key, code):
    made = small()
    made["outcomes"].append(
        {k: v for k, v in outcome(1, id="los", value="none", because="Geen prijs.").items()
         if k != "proxy"}
    )  # fmt: skip
    with pytest.raises(Unusable, match=code):
        asked(made, key)


def test_what_a_total_is_made_of_can_be_asked_in_turn():
    """Every number of a payer's arithmetic is a share, or a step of the line that it names."""
    valuation = case(OUDEREN)
    for payer in valuation.model.payers:
        shares = list(valuation.central.weights(purse(payer)))
        for key in (payer, f"{payer}@2028"):
            for step in filter(lambda step: step.see, explained(valuation, key, "nl").steps):
                below = explained(valuation, step.see, "nl").steps
                known = [*shares, *(each.written.value for each in below)]
                for amount in re.findall(r"-?\d+\.\d+(?:e[+-]?\d+)?", step.written.exact):
                    assert any(float(amount) == pytest.approx(one) for one in known)


def test_both_languages_give_the_same_expressions():
    dutch, english = (explained(case(OUDEREN), "gemeente", lang) for lang in ("nl", "en"))
    assert [s.written.exact for s in dutch.steps] == [s.written.exact for s in english.steps]
    assert [s.told for s in dutch.steps] != [s.told for s in english.steps]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_what_people_read_is_what_is_calculated(path):
    """In English, read as a calculator would: within the rounding of cents."""
    valuation = case(path)
    for line in lines(valuation):
        for step in explained(valuation, line, "en").steps:
            left, equals, _ = step.told.partition(" = ")
            if equals:
                plain = re.sub(r"(\d+(?:\.\d+)?)%", r"(\1/100)", left.replace(",", ""))
                plain = plain.replace("US$", "").translate(
                    {ord(a): b for a, b in zip("×÷−€£", "*/-  ", strict=True)}
                )
                found = calculated(plain.replace("^", "**").strip())
                assert found == pytest.approx(step.written.value, rel=1e-6, abs=0.05)
