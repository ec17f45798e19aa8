"""Every number has a key, and `sroi explain` comes to the same number."""

import pytest
from care_in_memory import hiv, worked_example
from told_by_hand import tell_of
from valuations import example_told, outcome, small

from sroi.report.explained.explained import explained
from sroi.report.pages.tracing import tracing
from sroi.report.told.told import Told

CASES = {
    "example": example_told,
    "ladder": lambda: tell_of(worked_example()),
    "cohort": lambda: tell_of(hiv(counted=True)),
    "soon": lambda: tell_of(small(outcomes__rate=500, outcomes__lasts=3)),
    "worse": lambda: tell_of(small() | {"outcomes": [outcome(1, rate=-1)]}),
}


def printed(told: Told, key: str, value: float) -> list[str]:
    """How the table may print a number."""
    n = told.numbers
    return [n.money(value), n.number(value, 3), n.euro(value), n.ratio(value), str(int(value))]


@pytest.mark.parametrize("name", CASES)
def test_every_key_comes_to_the_number_beside_it(name):
    """What is expected and the middle one, as they are rounded; each key once."""
    told = CASES[name]()
    rows = tracing(told).rows
    keys = [row[0] for row in rows]
    assert len(set(keys)) == len(keys)
    for key, _, expected, middle in rows:
        for asked, shown in ((key, middle), (f"{key}/expected", expected)):
            if shown == "–":  # then it is refused, or says that there is none
                continue
            value = explained(told.valuation, asked, "nl").value
            close = [printed(told, key, x) for x in (value, value * (1 + 1e-12), value - 1e-9)]
            loose = told.valuation.drawn.ratio() if key == "sroi_ratio" else None
            every = {cell for cells in close for cell in cells}
            every |= {told.ratio(value)} if loose else set()
            assert shown in every, (asked, shown, value)


def test_what_is_asked_for_is_there():
    """Totals, payers, lines, the cascade, payback, what comes later, and arms."""
    keys = {row[0] for row in tracing(example_told()).rows}
    assert {"benefits", "sroi_ratio", "gemeente", "beyond_horizon", "payback:gemeente"} <= keys
    assert {"benefits@..2030", "benefits:gemeente:hard@..2030", "gemeente:hard@..2030"} <= keys
    arms = {row[0] for row in tracing(CASES["cohort"]()).rows if row[0].startswith("cohorts.")}
    assert {"cohorts.hiv.costs", "cohorts.hiv.costs.zorg:with", "cohorts.hiv.effects.jaar:without",
            "cohorts.hiv.effects.jaar", "cohorts.hiv.effects.jaar.cost_per"} <= arms  # fmt: skip
