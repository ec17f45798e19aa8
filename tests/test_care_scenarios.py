"""The golden numbers through the scenario files: the care ladder, and two published models.

The worked example was made by an independent program, see `golden/care_ladder.json`; here its
numbers come out of a file that an organisation could have written, with everything uncertain at its
best guess.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from care_ladders import GOLDEN, INPUTS, INVESTMENT
from numpy.typing import NDArray

from sroi import shipped
from sroi.analysis.care.cohorts import comparisons
from sroi.inputs.files.chosen_library import shipped_library
from sroi.inputs.files.scenario_file import Loaded, load
from sroi.inputs.scenario.assumptions import assumptions
from sroi.model.care.care_ladder import lifetime_cost, steady_state, waterbed_break_even
from sroi.model.care.cohort import present_value
from sroi.model.flows.care_flows import ladder_at, shift_of
from sroi.model.flows.cohort_flows import Course
from sroi.model.flows.engine import central
from sroi.model.flows.results import Results, purse
from sroi.model.lines.lines import LadderLine
from sroi.model.lines.model import Model, model_of
from sroi.model.uncertain.quantities import Values

Array = NDArray[np.float64]
FOLDER = shipped.folder("scenarios")
SHIFT, YOUTH = FOLDER / "voorbeeldstad-kanteling.yaml", FOLDER / "voorbeeldstad-jeugdladder.yaml"
CENTRAL: dict[str, Any] = GOLDEN["central"]
EXACT = {"rtol": 1e-9, "atol": 1e-5}  # euros; the example subtracts two courses of 28 million
MUNICIPALITY = "gemeente"
INTERVENTION = "care_ladder.zorgladder.intervention"
OFF = {"hazard_ratio_up": 1, "hazard_ratio_down": 1, "diversion": 0, "net_widening": 0}
# every variant of the example, by what it changes in the intervention
CHANGED: dict[str, dict[str, float]] = {
    "all-effects-off": OFF,
    "net-widening-only-5pct": OFF | {"net_widening": 0.05},
    "hazard-up-only": OFF | {"hazard_ratio_up": 0.97},
    "hazard-down-only": OFF | {"hazard_ratio_down": 1.05},
    "diversion-only": OFF | {"diversion": 0.03},
    "hazard-up-1.14-only": OFF | {"hazard_ratio_up": 1.14},
}
# and those that stand in the file itself
NAMED = {
    "no-backfill": "geen-wachtlijst",
    "no-backfill-all-per-unit": "p-maal-q",
    "hazard-up-1.14-only": "cpb-14-procent",
}


@dataclass(frozen=True)
class Case:
    """A scenario in its central case."""

    loaded: Loaded
    model: Model
    values: Values
    results: Results

    @property
    def ladder(self) -> LadderLine:
        """Its only ladder."""
        (line,) = self.model.ladders
        return line

    def hard_balance(self, payer: str) -> Array:
        """What a payer can cash minus what it pays, by year, undiscounted."""
        r = self.results
        cash = r.by_year(r.rows("benefits"), purse(payer, "hard"))
        return cash - r.by_year(r.rows("investment"), purse(payer))

    def hard_net_present_value(self, payer: str) -> float:
        """The present value of that."""
        r = self.results
        return float((r.benefits(purse(payer, "hard")) - r.investment(purse(payer)))[0])


def case_of(path: Path, variant: str = "") -> Case:
    """A scenario file in its central case."""
    loaded = load(path, variant, shipped_library())
    model = model_of(loaded.scenario, loaded.library)
    return Case(loaded, model, model.quantities.centre(), central(model))


@cache
def shift(variant: str = "") -> Case:
    """The worked example."""
    return case_of(SHIFT, variant)


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of the example, with more variants before its own."""
    lines = []
    for name, effects in CHANGED.items():
        lines.append(f"  {name.replace('.', '-')}:\n")
        lines += [f"    {INTERVENTION}.{field}: {to}\n" for field, to in effects.items()]
    path = tmp_path_factory.mktemp("shift") / "changed.yaml"
    head = "\nvariants:\n"
    path.write_text(SHIFT.read_text("utf-8").replace(head, head + "".join(lines)), "utf-8")
    return path


def close(found: Any, golden: Any) -> None:
    """The same to nine digits."""
    np.testing.assert_allclose(found, golden, **EXACT)


def test_people_before_the_programme() -> None:
    """The steady state, and what the care of a year costs in it."""
    ladder = ladder_at(shift().ladder, shift().values)
    people = steady_state(ladder)[:, 0]
    close(people, GOLDEN["steady_state"])
    close(people @ prices(shift()), 27_681_997.91)
    close(np.array(INPUTS["inflow"]) @ lifetime_cost(ladder, prices(shift()))[:, 0], 27_681_997.91)


def prices(case: Case) -> Array:
    """Euros per person-year by tier."""
    return np.array([case.values[tier.price] * tier.index for tier in case.ladder.tiers]).ravel()


def test_costs_and_what_moving_one_person_is_worth() -> None:
    """The price of every tier, lifetime cost of an entrant, and the waterbed."""
    close(prices(shift()), INPUTS["cost"])
    lifetime = lifetime_cost(ladder_at(shift().ladder, shift().values), prices(shift()))
    close(lifetime[:, 0], GOLDEN["lifetime_cost_per_entrant"])
    assert lifetime[2, 0] - lifetime[1, 0] == pytest.approx(10_009.51, abs=0.01)
    assert waterbed_break_even(lifetime)[0] == pytest.approx(1.1496, abs=5e-5)


def test_people_with_the_programme() -> None:
    """Stocks at the end of each year, and avoided person-years by tier and year."""
    course = shift_of(shift().model, shift().ladder, shift().values)
    stocks = np.array(CENTRAL["stocks_by_quarter"])[4::4]
    np.testing.assert_allclose(course.programme.stocks[:, :, 0].T, stocks, rtol=1e-9)
    avoided, golden = course.avoided_by_year[:, :, 0].T, CENTRAL["avoided_person_years_by_year"]
    np.testing.assert_allclose(avoided, golden, rtol=1e-9, atol=1e-9)


def test_net_present_value_and_ratio() -> None:
    """For society, and of the money of the municipality."""
    results = shift().results
    close(results.balance()[0], CENTRAL["net_present_value_society"])
    close(results.benefits()[0] / results.investment()[0], CENTRAL["sroi_ratio"])
    npv = shift().hard_net_present_value(MUNICIPALITY)
    close(npv, CENTRAL["net_present_value_gemeente"])
    assert round(npv, 2) == -2_303_179.29


def test_amounts_by_year() -> None:
    """What society gains, what the programme costs, and the balance of every payer."""
    r = shift().results
    close(r.by_year(r.rows("benefits")), CENTRAL["societal_benefit_by_year"])
    close(r.by_year(r.rows("investment")), INVESTMENT)
    golden = np.array(CENTRAL["balance_by_year_payer"])
    for column, payer in enumerate(INPUTS["payers"]):
        if payer in shift().model.payers:
            close(shift().hard_balance(payer), golden[:, column])
        else:  # named in the example, with nothing to pay and nothing to gain
            assert not golden[:, column].any()
    assert (np.cumsum(shift().hard_balance(MUNICIPALITY)) < 0).all()


def test_the_cascade() -> None:
    """From what society gains to what is left in the till of the municipality, in ten years."""
    r = shift().results
    rows = r.rows("benefits")
    gross = {payer: r.by_year(rows, purse(payer)).sum() for payer in shift().model.payers}
    assert sum(gross.values()) == pytest.approx(8_153_953.59, abs=5e-3)
    millions = {"gemeente": 4.657, "zorgverzekeraar": 1.752, "zorgkantoor": 1.578, "inwoner": 0.166}
    assert gross == pytest.approx({k: v * 1e6 for k, v in millions.items()}, abs=500)
    cashable = r.by_year(rows, purse(MUNICIPALITY, "hard")).sum()
    assert cashable == pytest.approx(1.509e6, abs=500)
    programme = r.by_year(r.rows("investment"), purse(MUNICIPALITY)).sum()
    assert programme == 4_010_000
    assert cashable - programme == pytest.approx(-2_501_403, abs=0.5)


def is_golden(case: Case, name: str) -> None:
    """A variant of the example: net present values, and the municipality's balance by year."""
    golden = GOLDEN["variants"][name]
    close(case.results.balance()[0], golden["net_present_value_society"])
    ratio = case.results.benefits()[0] / case.results.investment()[0]
    close(ratio, golden["sroi_ratio"])
    close(case.hard_net_present_value(MUNICIPALITY), golden["net_present_value_gemeente"])
    column = INPUTS["payers"].index(MUNICIPALITY)
    yearly = np.array(golden["balance_by_year_payer"])[:, column]
    close(case.hard_balance(MUNICIPALITY), yearly)


@pytest.mark.parametrize("name", CHANGED)
def test_other_effects(name: str, changed: Path) -> None:
    """The file with other numbers in the intervention."""
    is_golden(case_of(changed, name.replace(".", "-")), name)


@pytest.mark.parametrize("name", NAMED)
def test_variants_of_the_file(name: str) -> None:
    """The variants that an organisation would show."""
    is_golden(shift(NAMED[name]), name)


def test_no_effect_is_exactly_nothing(changed: Path) -> None:
    """Not one bit of money moves."""
    results = case_of(changed, "all-effects-off").results
    assert not results.by_year(results.rows("benefits")).any()
    assert results.benefits()[0] == 0


def test_ideal_conditions_change_only_the_draws() -> None:
    """Where everybody moves along the central case is that of the example."""
    case = shift("ideale-voorwaarden")
    close(case.results.balance()[0], CENTRAL["net_present_value_society"])
    found = assumptions(case.loaded.scenario, case.loaded.library)
    along = [found[path] for path in found if path.endswith("moves_along")]
    assert len(along) == 6
    assert not any(assumption.quantity.uncertain for assumption in along)


def test_the_contract_decides_the_sign() -> None:
    """The same care, another contract: society gains the same, the municipality does not."""
    values = [shift(name) for name in ("", "geen-wachtlijst", "p-maal-q")]
    assert len({round(case.results.balance()[0], 4) for case in values}) == 1
    money = [case.hard_net_present_value(MUNICIPALITY) for case in values]
    assert [round(npv) for npv in money] == [-2_303_179, -682_492, 234_531]


def test_starting_points_lie_in_order() -> None:
    """Sceptical below neutral below optimistic, for society and for the municipality."""
    cases = [shift(name) for name in ("sceptisch", "neutraal", "optimistisch")]
    society = [float(case.results.balance()[0]) for case in cases]
    money = [case.hard_net_present_value(MUNICIPALITY) for case in cases]
    assert society == sorted(society)
    assert money == sorted(money)
    assert society[0] < 0 < society[2]


# --- the youth ladder ------------------------------------------------------------------------


def test_the_youth_ladder_follows_the_register() -> None:
    """Durations as in the table of Statistics Netherlands; nobody comes in by less than nobody."""
    case = case_of(YOUTH)
    ladder = ladder_at(case.ladder, case.values)
    durations = [1 / float(np.ravel(rate)[0]) for rate in ladder.leaving()]
    assert durations == pytest.approx([1.352, 1.414, 2.322, 2.312], abs=5e-4)
    assert all(np.ravel(people)[0] > 0 for people in ladder.inflow)


def test_the_bow_wave() -> None:
    """Without the programme outpatient, day and residential care grow year after year."""
    case = case_of(YOUTH)
    stocks = shift_of(case.model, case.ladder, case.values).baseline.stocks[1:, :, 0]
    assert (np.diff(stocks) > 0).all()
    register = case.loaded.scenario.care_ladder[0].register_
    begin = np.array([register.tiers[tier.id].end for tier in case.ladder.tiers[1:]])
    assert (stocks[:, 0] > begin).all()
    still = case_of(YOUTH, "zonder-boeggolf")
    flat = shift_of(still.model, still.ladder, still.values).baseline.stocks[:, :, 0]
    np.testing.assert_allclose(flat, np.broadcast_to(flat[:, :1], flat.shape), rtol=1e-9)


def test_the_youth_ladder_and_the_direct_shift_are_other_people() -> None:
    """Another stakeholder and another payer, so that no care is counted twice."""
    scenario = case_of(YOUTH).loaded.scenario
    (ladder,), (direct,) = scenario.care_ladder, scenario.direct_shift
    assert direct.stakeholder != ladder.stakeholder
    assert direct.proxy not in {tier.proxy for tier in ladder.tiers}


# --- published models ------------------------------------------------------------------------


def arms(name: str, rate: float) -> list[tuple[float, float]]:
    """Costs and effect of the only cohort of a file, without and with the programme.

    Both at the end of the cycle; costs at a rate, the effect at its own.
    """
    case = case_of(FOLDER / f"{name}.yaml")
    (line,), found = case.model.cohorts, []
    for treated in (0, 1):
        course = Course.of(line, case.values, treated)
        costs = sum(course.brings(cost) for cost in line.costs)
        (effect,) = line.effects
        gained = course.brings(effect)
        cost = present_value(np.asarray(costs), rate, first=1)[0]
        found.append((float(cost), float(present_value(gained, effect.rate, first=1)[0])))
    return found


def test_sick_sicker() -> None:
    """As printed in rcea; two of its amounts are cut off instead of rounded."""
    (cost, qaly), (cost_new, qaly_new) = arms("sick-sicker", 0.03)
    assert [int(cost), round(cost_new), int(cost_new - cost)] == [204_123, 464_390, 260_266]
    assert [qaly, qaly_new, qaly_new - qaly] == pytest.approx([21.08, 23.19, 2.12], abs=5e-3)
    ratio = (cost_new - cost) / (qaly_new - qaly)
    assert round(ratio) == 122_947
    full = [204123.528, 21.077209, 464390.385, 23.194116, 122946.7559]
    assert [cost, qaly, cost_new, qaly_new, ratio] == pytest.approx(full, rel=5e-8)


def test_hiv_combination_therapy() -> None:
    """As printed for Chancellor (1997): counts as chances, two cycles of the combination."""
    (cost, years), (cost_new, years_new) = arms("hiv-combinatietherapie", 0.06)
    assert [cost, cost_new] == pytest.approx([44_663.45, 50_601.65], abs=5e-3)
    assert [years, years_new] == pytest.approx([7.991207, 8.937389], abs=5e-7)
    assert (cost_new - cost) / (years_new - years) == pytest.approx(6275.956, abs=5e-4)


def test_sick_sicker_with_four_arms() -> None:
    """The table of cost-effectiveness as printed by Alarid-Escudero and others (2023): mortality by
    age, amounts at a move, four arms, and their weights of the moments."""
    case = case_of(FOLDER / "sick-sicker-vier-armen.yaml")
    (found,) = comparisons(case.model)
    usual, b, both, a = found.frontier("qaly")
    names = [one.arm for one in (usual, b, both, a)]
    assert names == ["without", "with", "beide", "behandeling-a"]
    assert [one.status for one in (usual, b, both, a)] == ["frontier"] * 3 + ["dominated"]
    printed = [(116_374, 18.879), (202_536, 20.199), (296_300, 21.097), (218_789, 19.636)]
    for one, (cost, qaly) in zip((usual, b, both, a), printed, strict=True):
        assert (round(one.cost), round(one.effect, 3)) == (cost, qaly)
    more = [(round(one.extra[0]), round(one.extra[1], 3)) for one in (b, both) if one.extra]
    assert more == [(86_162, 1.320), (93_764, 0.898)]
    assert [round(one.price or 0) for one in (b, both)] == [65_288, 104_461]


def test_total_hip_replacement() -> None:
    """As printed for Briggs, Claxton & Sculpher (2006), example 3.5: a Weibull time to revision,
    death by age, the prosthesis paid once. And who is where after a cycle, two, three and four."""
    case = case_of(FOLDER / "heupprothese.yaml")
    (found,) = comparisons(case.model)
    both = (found.without, found.with_programme)
    assert [float(arm.cost[0]) for arm in both] == pytest.approx([512.434658, 610.311818], abs=5e-7)
    qalys = [float(arm.effects[0, 0]) for arm in both]
    assert qalys[0] == pytest.approx(14.6531896, abs=5e-8)
    assert qalys[1] == pytest.approx(14.69770986, abs=5e-9)
    price = found.cost_per("qaly")
    assert price
    assert price.mean == pytest.approx(2198.486665, abs=5e-7)
    printed = [
        [0.98, 0, 0, 0.02],
        [0.97265720, 0.0007768, 0, 0.026566],
        [0.96516548, 0.00097491, 0.00075606, 0.03310354],
        [0.95757109, 0.00115802, 0.00166964, 0.03960125],
    ]
    new = [[0.98, 0, 0, 0.02], [0.97323145, 0.00020255, 0, 0.026566]]
    (line,) = case.model.cohorts
    for arm, rows in enumerate((printed, new)):
        path = Course.of(line, case.values, arm).path[1:, 1:, 0].T
        np.testing.assert_allclose(path[: len(rows)], rows, atol=5e-9)


@pytest.mark.parametrize(
    ("name", "extra"), [("sick-sicker", 260_266.857), ("hiv-combinatietherapie", 5_938.198)]
)
def test_the_engine_discounts_as_the_models_do(name: str, extra: float) -> None:
    """Present value of what the new treatment costs more; effects are no money."""
    assert case_of(FOLDER / f"{name}.yaml").results.balance()[0] == pytest.approx(-extra, abs=5e-4)


def test_the_relative_risk_of_combination_therapy() -> None:
    """Its spread is that of the 95 percent interval of the article, from .365 to .710."""
    case = case_of(FOLDER / "hiv-combinatietherapie.yaml")
    risk = case.loaded.scenario.cohorts[0].programme.relative_risk.lognormal
    assert risk.spread == pytest.approx(np.log(0.710 / 0.365) / (2 * 1.96), rel=1e-5)
