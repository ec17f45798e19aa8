"""Keys: what their words ask for, and that the same key is the same number everywhere."""

import numpy as np
import pytest
from care_in_memory import worked_example
from hypothesis import given, settings
from hypothesis import strategies as st
from valuations import example, valued

from sroi.analysis.result.key import NAMES, Key, amount, key_of, spoken
from sroi.analysis.result.purses import budget, cascade
from sroi.analysis.result.question import question
from sroi.analysis.valuation.valuation import Valuation
from sroi.inputs.files.chosen_library import shipped_library
from sroi.inputs.rules.scenario import RESERVED
from sroi.model.lines.lines import CLASSES
from sroi.report.explained.explained import explained
from sroi.report.explained.over_time import PAYBACK


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("society", Key("balance")),
        ("net_present_value", Key("balance")),
        ("gemeente", Key("balance", "gemeente")),
        ("balance:gemeente:hard", Key("balance", "gemeente", "hard")),
        ("gemeente:hard@2028", Key("balance", "gemeente", "hard", (2, 2))),
        ("gemeente:hard@..2028/expected", Key("balance", "gemeente", "hard", (0, 2), True)),
        ("benefits:soft", Key("benefits", None, "soft")),
        ("benefits:pm:gemeente", Key("benefits", "gemeente", "pm")),
        ("investment@..2030", Key("investment", None, None, (0, 4))),
        ("outcomes.minder-seh:gemeente@2026", Key("outcomes.minder-seh", "gemeente", None, (0, 0))),
        ("sroi_ratio", Key("ratio")),
        ("gemeente:soft:hard", None), ("gemeente:gemeente", None), ("gemeente:", None),
        ("benefits:corporatie-x", None), ("gemeente@2025", None), ("gemeente@..", None),
        ("gemeente@2026..2028", None), ("gemeente/central", None), ("gemeente/", None),
    ],
)  # fmt: skip
def test_what_words_ask_for(written, key):
    """Of the scenario for older people, from 2026 to 2030."""
    assert key_of(spoken(written), example().model) == key


def test_no_payer_has_the_name_of_an_amount_or_a_class():
    """It is refused in a file, and the library has none."""
    words = {name for name in (*NAMES, *CLASSES, PAYBACK) if "_" not in name}
    assert words == set(RESERVED)
    assert not set(shipped_library().payers) & set(RESERVED)


def ladder() -> Valuation:
    """A care ladder with contracts, in its central case."""
    return valued(worked_example())


def number(valuation: Valuation, written: str) -> float:
    """The expected amount of a key."""
    key = key_of(spoken(written), valuation.model)
    assert key is not None
    return amount(valuation.drawn, key)[0]


@pytest.mark.parametrize("make", [example, ladder])
def test_the_budget_and_the_cascade_are_sums_that_a_key_asks_for(make):
    """Every cell of the budget, the sums of the cascade."""
    valuation = make()
    drawn, first = valuation.drawn, valuation.model.first_year
    own = budget(drawn, "gemeente")
    for offset in range(valuation.model.years):
        year = first + offset
        for name in CLASSES:
            found = number(valuation, f"benefits:gemeente:{name}@{year}")
            assert found == pytest.approx(own.benefits[name][offset], rel=1e-9, abs=1e-6)
        spent = number(valuation, f"investment:gemeente:hard@{year}")
        assert spent == pytest.approx(own.investment[offset], rel=1e-9)
        until = number(valuation, f"gemeente:hard@..{year}")
        assert until == pytest.approx(own.cumulative[offset], rel=1e-9, abs=1e-6)
    last = first + valuation.model.years - 1
    keys = [f"benefits@..{last}", f"benefits:gemeente@..{last}",
            f"benefits:gemeente:hard@..{last}", f"gemeente:hard@..{last}"]  # fmt: skip
    sums = vars(cascade(drawn, "gemeente")).values()
    assert [number(valuation, key) for key in keys] == pytest.approx(list(sums), rel=1e-9)


@given(st.sampled_from(["", "@2026", "@..2028", "@2030"]), st.sampled_from(["balance", "benefits"]))
@settings(max_examples=12, deadline=None)
def test_parts_add_up(when, what):
    """Of payers, of classes, and of years."""
    valuation = example()
    whole = number(valuation, f"{what}{when}")
    payers = [number(valuation, f"{what}:{payer}{when}") for payer in valuation.model.payers]
    classes = [number(valuation, f"{what}:{name}{when}") for name in CLASSES]
    assert [sum(payers), sum(classes)] == pytest.approx([whole] * 2, rel=1e-9)
    years = sum(number(valuation, f"{what}@{year}") for year in range(2026, 2029))
    assert years == pytest.approx(number(valuation, f"{what}@..2028"), rel=1e-9)


@pytest.mark.parametrize(
    "key",
    ["society", "gemeente", "gemeente:hard", "gemeente@2028", "gemeente:hard@2028",
     "gemeente:hard@..2028", "society:soft@..2029", "zorgverzekeraar:soft", "ratio"],
)  # fmt: skip
@pytest.mark.parametrize("make", [example, ladder])
def test_one_key_is_one_number(make, key):
    """In `sensitivity` at the central values, in `explain`, and over the draws in both."""
    valuation = make()
    asked = question(valuation.model, key)
    central = float(asked.at(asked.model.quantities.centre())[0])
    found = explained(valuation, key, "nl")
    assert found.value == pytest.approx(central, rel=1e-9, abs=1e-6)
    if key != "ratio":
        told = explained(valuation, f"{key}/expected", "en")
        assert told.value == pytest.approx(number(valuation, key), rel=1e-12)
        assert told.case == "expected"


def test_the_error_is_that_of_the_replicates():
    """Of a present value as of a balance; of years from the means of the replicates."""
    valuation = example()
    drawn = valuation.drawn
    assert amount(drawn, Key("balance")) == drawn.mean_and_error(drawn.balance())
    years = Key("benefits", years=(0, valuation.model.years - 1))
    mean, error = amount(drawn, years)
    assert mean == pytest.approx(drawn.by_year(drawn.rows("benefits")).sum())
    assert 0 < error < 0.01 * abs(mean)
    assert np.isfinite(error)
