"""The nouns of a cohort."""

import pytest
from pydantic import ValidationError

from sroi.inputs.care.cohort import Cohort

COHORT = {
    "id": "hiv",
    "what": "HIV",
    "stakeholder": "patienten",
    "states": [{"id": x, "what": x} for x in ("gezond", "ziek", "dood")],
    "start": {"gezond": "1"},
    "cycles": "20",
    "moves": {"gezond": {"ziek": "15%", "dood": {"beta": {"yes": "2", "no": "998"}}}},
    "programme": {"relative_risk": "0.8", "on": {"gezond": ["ziek"]}},
    "costs": [{"id": "zorg", "what": "Zorg", "payers": {"zorgverzekeraar": "1"},
               "per_cycle": {"ziek": "4000"}}],
    "effects": [{"id": "qaly", "what": "QALY", "unit": "QALY", "per_cycle": {"gezond": "1"}}],
}  # fmt: skip


def codes(**changes) -> list[str]:
    """The types of the errors that are found in a cohort with changes."""
    try:
        Cohort.model_validate(COHORT | changes)
    except ValidationError as error:
        return [finding["type"] for finding in error.errors()]
    return []


def test_a_cohort_is_read_with_its_defaults():
    read = Cohort.model_validate(COHORT)
    assert (read.cycles, read.cycles_per_year, read.counting) == (20, 1, "half_cycle")
    assert (read.costs[0].cash, read.costs[0].with_programme) == ("soft", None)
    assert (read.effects[0].discount_rate, read.programme.first_cycles) == (None, None)


def test_counted_rows_become_sticks():
    read = Cohort.model_validate(
        COHORT | {"moves": {}, "counts": {"gezond": {"gezond": "90", "ziek": "8", "dood": "2"}}}
    )
    assert [(name, s.count, s.later) for name, s in read.sticks("gezond").items()] == [
        ("gezond", 90, 10),
        ("ziek", 8, 2),
    ]
    assert read.sticks("ziek") == {}


def cost(**changes) -> list[dict]:
    """The cost of the cohort, with changes."""
    return [COHORT["costs"][0] | changes]


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"states": COHORT["states"][:1]}, ["too_short"]),
        ({"states": COHORT["states"] * 5}, ["too_long"]),
        ({"cycles": "0"}, ["greater_than_equal"]),
        ({"cycles": "401"}, ["less_than_equal"]),
        ({"cycles_per_year": "53"}, ["less_than_equal"]),
        ({"counting": "middle"}, ["literal_error"]),
        ({"start": {"gezond": "-1"}}, ["outside-domain"]),
        ({"moves": {"gezond": {"ziek": "101%"}}}, ["outside-domain"]),
        ({"counts": {"gezond": {"ziek": "-1"}}}, ["greater_than_equal"]),
        ({"programme": {"relative_risk": "-0.1", "on": {}}}, ["outside-domain"]),
        ({"programme": {"on": {}}}, ["treatment-form"]),
        ({"programme": {"relative_risk": "1", "on": {}, "first_cycles": "0"}},
         ["greater_than_equal"]),
        ({"costs": cost(payers={"zorgverzekeraar": "90%"})}, ["payers-sum"]),
        ({"costs": cost(per_cycle={"ziek": "-4000"})}, []),
        ({"costs": cost(with_programme={"ziek": {"normal": {"mean": "0", "sd": "9"}}})}, []),
        ({"costs": cost(cash="zacht")}, ["literal_error"]),
        ({"costs": cost(unit="QALY")}, ["extra_forbidden"]),
        ({"effects": [COHORT["effects"][0] | {"discount_rate": "60%"}]}, ["less_than_equal"]),
    ],
)  # fmt: skip
def test_what_a_cohort_may_say(changes, found):
    assert codes(**changes) == found
