"""All that can be asked of one result: which parts, in which order, and what cannot be asked."""

import itertools

import numpy as np
import pytest
from told_by_hand import ask, hand_line, tell, tell_of, two_quantities, unpriced

from sroi.analysis.result.question import question
from sroi.analysis.valuation.sensitivity import answered, parts
from sroi.problems import Problem, Unusable

ORDER = ["swings", "break_even", "conditional", "checks", "highest_price", "worth", "given_data",
         "agenda", "counting", "indices", "themes"]  # fmt: skip
PAIR = ("outcomes.verandering.rate", "investment.inzet.per_year")


def problem(name: str, result: str = "society", pair: tuple[str, str] | None = None) -> Problem:
    """What the first part, or making the parts, is refused with."""
    asked = ask(name, result)
    with pytest.raises(Unusable) as caught:
        next(iter(answered(parts(asked.told.valuation, asked.question, pair))))
    (found,) = caught.value.problems
    return found


def test_parts_have_an_order():
    """What is quick comes first; a pair, which somebody asked for by name, before all."""
    asked = ask("line")
    assert list(parts(asked.told.valuation, asked.question)) == ORDER
    assert list(parts(asked.told.valuation, asked.question, PAIR)) == ["curve", *ORDER]


def test_parts_are_made_one_after_another():
    """And nothing is made before it is asked for; progress goes up to one."""
    made: list[str] = []
    told: list[float] = []
    named = {name: (lambda name=name: made.append(name)) for name in "abcd"}
    for number, (name, _) in enumerate(answered(named, told.append), 1):
        assert made == list("abcd")[:number]
        assert name == made[-1]
    assert told == [0.25, 0.5, 0.75, 1.0]


def test_whoever_stops_keeps_what_is_done():
    """A part that is broken off breaks off the rest, not what was there."""

    def stop() -> None:
        raise KeyboardInterrupt

    found = answered({"a": lambda: 1, "b": stop, "c": lambda: 3})
    assert next(found) == ("a", 1)
    with pytest.raises(KeyboardInterrupt):
        next(found)


@pytest.mark.parametrize("pair", [("bogus", PAIR[1]), (PAIR[0], "investment.inzet.per_yaer")])
def test_a_path_that_is_not_there(pair):
    """With the nearest that is, where there is one."""
    found = problem("line", pair=pair)
    assert found.code == "path-unknown"
    assert found.facts["path"] in pair
    assert found.facts["nearest"] == ("" if pair[0] == "bogus" else PAIR[1])


def test_a_path_is_told_no_longer_than_it_can_be():
    """Whatever somebody pastes."""
    assert len(problem("line", pair=("x" * 9999, PAIR[1])).facts["path"]) == 120


def test_a_ratio_needs_an_investment_in_every_draw():
    """None at all is refused by the question, nothing in all draws by the parts."""
    of = tell_of(hand_line(investment__per_year=0))
    asked = question(of.valuation.model, "ratio")
    with pytest.raises(Unusable) as caught:
        parts(of.valuation, asked)
    assert [found.code for found in caught.value.problems] == ["ratio-without-investment"]
    worse = tell_of(hand_line(outcomes__rate=-1))
    with pytest.raises(Unusable, match="ratio-without-benefits"):
        parts(worse.valuation, question(worse.valuation.model, "ratio"))
    assert np.isinf(asked.at(of.valuation.model.quantities.centre())).all()


def test_a_curve_knows_what_a_number_may_be():
    """An investment is not below zero, so that its values run from nothing to twice as much."""
    asked = ask("line")
    made = parts(asked.told.valuation, asked.question, PAIR[::-1])
    curve = made["curve"]()
    assert (curve.values[0], curve.values[-1]) == (0, 8000)
    assert np.all(np.diff(curve.values) > 0)


@pytest.mark.parametrize(("result", "worth"), [("society", 500), ("gemeente", 1700)])
def test_what_a_unit_must_be_worth_is_of_the_result_that_was_asked(result, worth):
    """Society lacks 1,000 for two units; the gemeente, which has 60 % of 6,000, lacks 3,400."""
    asked = ask("without a price", result)
    (found,) = parts(asked.told.valuation, asked.question)["worth"]()
    assert found.break_even[0] == pytest.approx(worth, rel=0.01)


def test_a_result_up_to_a_year_has_its_own_draws():
    """Undiscounted, and nothing after the year counts: in the first of two years half of it."""
    scenario = unpriced()
    scenario["basis"] |= {"years": 2, "discounting": {"rate": 0.5, "timing": "end_of_year"}}
    of = tell_of(scenario)
    for year, units in (("2026", 2.0), ("2027", 4.0)):
        asked = question(of.valuation.model, f"gemeente:hard@..{year}")
        (found,) = parts(of.valuation, asked)["worth"]()
        assert found.units.mean == pytest.approx(units)
        balance = asked.at(of.valuation.model.quantities.at(np.full((1, 1), 0.5)))[0]
        assert found.break_even[0] == pytest.approx(-balance / units, rel=0.02)


def test_the_parts_do_not_depend_on_each_other():
    """In another order they give the same."""
    asked = ask("two quantities")
    made = parts(asked.told.valuation, asked.question)
    names = list(itertools.islice(made, 4))
    there = {name: made[name]() for name in names}
    back = {name: made[name]() for name in reversed(names)}
    assert there == back


def test_all_is_the_same_each_time():
    """For a seed, to the last bit."""
    one, other = (
        dict(answered(parts(of.valuation, question(of.valuation.model))))
        for of in (tell("two quantities"), tell_of(two_quantities()))
    )
    assert repr(one) == repr(other)
