"""The rules of care ladders, direct shifts, conditions and cohorts, beside the smallest broken
file of each."""

import copy
import random
from pathlib import Path
from typing import Any

import pytest
import yaml
from mutations import VALUES, answer, at, paths, written
from quick_yaml import BaseLoader
from valid_scenario import CARE, with_change

from sroi.inputs.files.chosen_library import shipped_library
from sroi.inputs.files.scenario_file import _checked, check_file, with_own
from sroi.inputs.quantity.quantity import Quantity
from sroi.inputs.rules.care import highest
from sroi.inputs.rules.care_ladder import work
from sroi.inputs.text.yaml_text import parse

TREE = yaml.load(CARE, Loader=BaseLoader)
PARTS = ("enabling_conditions", "care_ladder", "direct_shift", "cohorts")
PLACES = [path for path in paths(TREE) if path and path[0] in PARTS]
RATIO = "{claim: {found: 0.70, bias_sd: 0.35}, because: Nameting., evidence: 5}"
SIGMA = "substitution: {low: -10%, best: 5%, high: 25%, because: Schatting., evidence: 6}"
UP = "      hazard_ratio_up: {claim"
OWN_COST = "    cost: 5000\n    cost_concept: marginal\n    payers: {zorgverzekeraar: 100%}\n"


def changed(*pairs: tuple[str, str]) -> bytes:
    """The scenario in which pieces of text, each there once, are others."""
    text = CARE
    for old, new in pairs:
        text = with_change(old, new, text).decode()
    return text.encode()


def single(effect: str) -> str:
    """An effect of its own before the first ratio of the ladder."""
    return f"      {effect}\n{UP}"


def codes(problems: list[Any]) -> list[str]:
    return sorted(problem.code for problem in problems)


def scenario_of(content: bytes) -> Any:
    return _checked(parse(content, "f.yaml"), shipped_library())[0]


def test_a_full_scenario_has_no_findings(check):
    """Conditions as text for the first page and enabling conditions may both stand there."""
    assert check(CARE.encode()) == []


@pytest.mark.parametrize(
    ("old", "new", "nearest"),
    [
        ("inflow: {buurt: 600, ", "inflow: {burt: 600, ", "buurt"),
        ("ambulant: {buurt: 0.35", "ambulant: {burt: 0.35", "buurt"),
        ("      verblijf: {ambulant: 0.10", "      verblif: {ambulant: 0.10", "verblijf"),
        ("start: {buurt: 9000", "start: {burt: 9000", "buurt"),
        ("recently-closed: 100", "exit: 100", ""),
        ("        wijkteam: {begin", "        wijktem: {begin", "wijkteam"),
        ("split: {wijkteam: {jeugdhulp", "split: {wijkteam: {jeugdhlp", "jeugdhulp"),
        ("split_counts: {jeugdhulp: {", "split_counts: {jeugdhlp: {", "jeugdhulp"),
    ],
)
def test_a_tier_that_nobody_knows_names_the_nearest(check, old, new, nearest):
    """And nothing else is said: what follows from a slip of the pen is no news."""
    (problem,) = check(changed((old, new)))
    assert (problem.code, problem.facts["nearest"]) == ("tier-unknown", nearest)
    assert problem.excerpt.strip() in new or new.split(":")[0].strip() in problem.excerpt


def test_the_recently_closed_exist_where_there_is_relapse(check):
    (problem,) = check(changed(("    relapse: 15%\n", "")))
    assert (problem.code, problem.facts["id"]) == ("tier-unknown", "recently-closed")


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("        level: 1\n", "        level: 3\n",
         ["contract-missing"] * 3 + ["diversion-without-tier"] * 2 + ["tiers-order"]),
        ("        level: 0\n", "        level: 1\n", ["relapse-without-tier"]),
        ("    inflow: {buurt: 600, sociaal-werk: 450, ambulant: 520, verblijf: 30}\n", "", []),
        ("    start: {buurt: 9000", "    relatie: {buurt: 9000", ["field-unknown"]),
        ("    start: observed\n", "    inflow: {wijkteam: 5}\n", ["flows-form"]),
        ("verblijf: {ambulant: 0.10, exit: 0.21}", "verblijf: {exit: 0}", ["tier-stuck"]),
        ("verblijf: {ambulant: 0.10, exit: 0.21}",
         "verblijf: {exit: {low: 0, best: 0, high: 1, because: X}}", ["tier-stuck"]),
        ("split: {wijkteam: {jeugdhulp: 20%, exit: 80%}}",
         "split: {wijkteam: {jeugdhulp: 100%}}", []),
        ("split_counts: {jeugdhulp: {wijkteam: 10, exit: 90}}",
         "split_counts: {jeugdhulp: {wijkteam: 90, exit: 10}}", ["inflow-negative"]),
        ("outflow: 171, end: 446", "outflow: 9999, end: 446", ["number-out-of-range"]),
        ("      needs_heavy_care: 15%\n", "", ["field-missing"]),
        ("units: 365", "price_year: 2023\n        units: 365", ["care-price-key"]),
        ("        units: 365\n", "", ["units-missing"]),
        ("units: 365", "payers: {gemeente: 100%}\n        units: 365", ["override-without-reason"]),
        (OWN_COST, OWN_COST.partition("    payers")[0], ["field-missing"]),
        (OWN_COST, OWN_COST + "    proxy: seh-bezoek\n", ["care-price", "override-without-reason"]),
        ("        level: 0\n", "        level: 0\n        waiting_list: 5\n",
         ["contract-on-light-tier"]),
        (SIGMA, SIGMA + "\n    at_risk: 10%", ["evidence-missing", "shift-form"]),
        ("units: 365\n        paid_per_unit: 100%", "units: 365\n        paid_per_unit: 50%",
         ["contract-missing"]),
        ("reference: ideal", "lag: 1", ["reference-missing"]),
        ("capacity: {demand: [100, 150, 200, 200]", "capacity: {demand: [100, 150]",
         ["years-count"]),
        ("id: netwerk", "id: toegang", ["id-twice"]),
        ("{id: dood, what: Overleden}", "{id: ziek, what: Overleden}",
         ["id-twice", "state-unknown", "state-unknown", "state-unknown"]),
        ("    of: traject\n    tiers", "    of: trajecten\n    tiers", ["activity-unknown"]),
        ("payers: {gemeente: 93%, zorg", "payers: {gemeentes: 93%, zorg", ["payer-unknown"]),
        ("price_year: 2023\n", "price_year: 1950\n", ["index-year-missing"]),
        ("ziek: {ziek: 350, gezond: 120", "ziek: {ziek: 350, gezont: 120", ["state-unknown"]),
        ("on: {gezond: [ziek, dood]}", "on: {gezond: [ziek], ziek: [dood], dood: [ziek]}",
         ["move-missing"]),
        ("dood: 0.01}", "dood: 0.01, gezond: 0.8}", ["move-to-itself"]),
        ("cycles: 8", "cycles: 9", ["cycles-beyond-horizon"]),
        ("dood: 0.01}", "dood: 95%}", ["chances-above-one"]),
    ],
)  # fmt: skip
def test_what_does_not_fit_together(check, old, new, code):
    assert codes(check(changed((old, new)))) == sorted(code)


def test_a_proxy_that_only_a_tier_uses_is_named_when_it_is_weak(check):
    line = '    source: "eigen-meting[bijlage]"\n'
    (problem,) = check(changed((line, line + "    evidence: D\n")))
    assert (problem.code, problem.severity) == ("proxy-weak", "warning")
    assert problem.excerpt.strip() == "proxy: verblijf-voorbeeldstad"


@pytest.mark.parametrize(
    ("concept", "reason", "found"),
    [("average", "", True), ("claim", "", True), ("tariff", "", False), ("average", "x", False)],
)
def test_an_average_is_used_with_a_reason(check, concept, reason, found):
    because = f"    because: {reason}\n" if reason else ""
    cost = OWN_COST.replace("marginal", concept) + because
    assert codes(check(changed((OWN_COST, cost)))) == ["average-as-marginal"] * found


@pytest.mark.parametrize(
    ("ratio", "code"),
    [
        ("{low: 0.8, best: 0.9, high: 1, because: X, evidence: 4}", "prior-too-sure"),
        ("{value: 0.97, evidence: 4}", "prior-too-sure"),
        ("{value: 1, evidence: 4}", ""),
        ("{lognormal: {median: 0.97, sd_log: 0.08}, because: X, evidence: 4}", ""),
        ("{lognormal: {median: 0.8, sd_log: 0.02}, because: X, evidence: 4}", "prior-too-sure"),
    ],
)
def test_a_programme_may_also_send_more_people_up(check, ratio, code):
    found = [p for p in check(changed((RATIO, ratio))) if p.code != "correlation-certain"]
    assert codes(found) == [code] * bool(code)


@pytest.mark.parametrize("ladder", ["volwassenen", "jeugd"])
def test_what_is_corrected_already_is_not_corrected_again(check, ladder):
    """A claim is shrunk, and a starting point rests on comparisons."""
    before, _, after = CARE.partition(f"id: {ladder}\n")
    content = before + f"id: {ladder}\n" + after.replace("effect_basis: causal", "lag: 0", 1)
    content = content.replace("lag: 0\n", "effect_basis: gross\n", 1)
    (problem,) = check(content.encode())
    key = {"volwassenen": "hazard_ratio_up", "jeugd": "starting_point"}[ladder]
    assert (problem.code, problem.facts["key"]) == ("corrected-already", key)


def test_a_starting_point_of_which_nothing_is_used_does_not_correct(check):
    """Whoever states every effect may correct them."""
    own = (
        "hazard_ratio_up: 1\n      hazard_ratio_down: 1\n      diversion: 0\n      net_widening: 0"
    )
    old = "starting_point: sceptisch\n      effect_basis: causal"
    content = changed((old, f"starting_point: sceptisch\n      {own}"))
    found = [p for p in check(content) if p.code != "evidence-missing"]
    assert codes(found) == ["correction-missing", "correction-missing"]
    assert {p.facts["expected"] for p in found} == {"deadweight, attribution_to_others"}


@pytest.mark.parametrize(
    ("overlap", "code"), [("ambulante-zorg", ["care-twice"]), ("iets-anders", [])]
)
def test_care_stands_in_one_place(check, overlap, code):
    """By its group, or by its proxy unless both name a group of their own."""
    content = changed((OWN_COST, OWN_COST + f"    overlap: {overlap}\n"))
    assert codes(check(content)) == code


def test_the_same_price_is_the_same_care(check):
    """Until both say that they are about something else."""
    outcome = """\
outcomes:
  - {id: minder-verblijf, what: Minder verblijf, stakeholder: inwoners, of: traject,
     rate: {value: 1, evidence: 5}, proxy: verblijf-voorbeeldstad, effect_basis: causal%s}
proxies:
"""
    nobody = (UP, single("counted_elsewhere: 0"))
    (problem,) = check(changed(("proxies:\n", outcome % ""), nobody))
    assert problem.code == "care-twice"
    assert (problem.facts["id"], problem.facts["other"]) == ("minder-verblijf", "verblijf")
    said = outcome % ", overlap: logeren, because: Andere mensen."
    assert codes(check(changed(("proxies:\n", said), nobody))) == ["care-twice"]
    tier = ("units: 365", "units: 365\n        overlap: verblijf\n        because: Contract.")
    assert check(changed(("proxies:\n", said), tier, nobody)) == []


def test_a_bad_register_says_how_much_too_many(check):
    content = changed(("jeugdhulp: 20%, exit: 80%", "jeugdhulp: 10%, exit: 90%"),
                      ("inflow: 927, outflow: 672", "inflow: 12, outflow: 672"))  # fmt: skip
    problems = {problem.code: problem for problem in check(content)}
    assert set(problems) == {"register-imbalance", "inflow-negative"}
    assert problems["register-imbalance"].severity == "warning"
    facts = problems["inflow-negative"].facts
    assert facts == {"id": "jeugdhulp", "moved": "17.1", "inflow": "12", "amount": "5.1"}


COUNTED = "        wijkteam: {begin: 470, inflow: 147, outflow: 171, end: 446}\n"
STAYS = "stays: {low: 1, best: 2, high: 4, because: Schatting.}"
MANY = "{low: 300, best: 500, high: 900, because: Schatting.}"
FEW = "{low: 3, best: 5, high: 9, because: Schatting.}"


@pytest.mark.parametrize(
    ("assumed", "code"),
    [
        (f"people: {MANY}", []),
        (f"new: {FEW}", []),
        ("new: 0", []),  # that nobody comes from outside may be certain
        (f"people: {FEW}", ["inflow-negative"]),  # by the split more come there than these
        ("people: 500", ["not-counted-certain"]),
        ("", ["not-counted-form"]),
        (f"people: {MANY}, new: {FEW}", ["not-counted-form"]),
        (f"people: {MANY}, stay: 2", ["field-unknown"]),
    ],
)
def test_a_tier_that_nobody_counts(check, assumed, code):
    """Says how long people stay and one of two; nothing is taken to be zero."""
    row = ", ".join(filter(None, (STAYS, assumed)))
    left_out = f"      not_counted: {{wijkteam: {{{row}}}}}\n      split: {{wijkteam"
    found = check(changed((COUNTED, ""), ("      split: {wijkteam", left_out)))
    assert codes(found) == code
    assert all(problem.facts.get("id", "wijkteam") == "wijkteam" for problem in found)


def test_who_comes_from_a_tier_that_nobody_counts(check):
    """Is not among the new people of the tier where they go: with 500 who stay two years and of
    whom a fifth go to youth care, 25 in half a year."""
    left_out = (
        f"      not_counted: {{wijkteam: {{{STAYS}, people: {MANY}}}}}\n      split: {{wijkteam"
    )
    fewer = ("inflow: 927, outflow: 672", "inflow: 24, outflow: 672")
    found = check(changed((COUNTED, ""), ("      split: {wijkteam", left_out), fewer))
    facts = next(one.facts for one in found if one.code == "inflow-negative")
    assert facts == {"id": "jeugdhulp", "moved": "25", "inflow": "24", "amount": "1"}


def but_sources(problems):
    """Without what is said of the sources of the parts that were cut away."""
    return [problem for problem in problems if problem.code != "source-unused"]


def test_what_a_scenario_without_anything_lacks(check):
    text = CARE.partition("enabling_conditions:")[0]
    (problem,) = but_sources(check(text.encode()))
    assert (problem.code, problem.excerpt) == ("nothing-valued", "investment:")


def test_an_outcome_is_not_needed_to_be_modest(check):
    """A shift that cannot go wrong is told so, where there is no ladder or cohort."""
    shift = CARE.partition("direct_shift:")[2].partition("cohorts:")[0]
    text = CARE.partition("care_ladder:")[0] + "direct_shift:" + shift
    assert but_sources(check(text.encode())) == []
    sure = text.replace("low: -10%", "low: 1%")
    (problem,) = but_sources(check(sure.encode()))
    assert (problem.code, problem.excerpt) == ("no-negative-outcome", "direct_shift:")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ({"value": "2"}, 2),
        ({"low": "0", "best": "1", "high": "3"}, 3),
        ({"normal": {"mean": "1", "sd": "1"}}, 4.090),
        ({"lognormal": {"median": "1", "sd_log": "1"}}, 21.98),
        ({"beta": {"yes": "0.5", "no": "0.5"}}, 0.999),
        ({"gamma": {"mean": "1", "cv": "1"}}, 6.908),
    ],
)
def test_hardly_any_of_a_quantity_is_above_its_highest(written, expected):
    """Quantiles of 99.9 % from tables; that of Beta(1, 1) and of an exponential by hand."""
    assert highest(Quantity.model_validate(written)) == pytest.approx(expected, abs=5e-3)


def test_fast_moves_cost_time(library):
    """A year of moves of once a month is reckoned in more pieces."""
    slow = scenario_of(CARE.encode())
    fast = scenario_of(changed(("exit: 0.21", "exit: 11")))

    class Seen:
        def __init__(self, scenario: Any) -> None:
            self.scenario, self.library = scenario, with_own(library, scenario)

    assert work(Seen(fast)) > 5 * work(Seen(slow))  # type: ignore[arg-type]


def test_too_much_work_is_bounded(check):
    many = changed(("years: 4", "years: 60"), ("draws: 1024", "draws: 1048576"))
    found = {problem.code: problem for problem in check(many)}
    assert int(str(found["scenario-too-large"].facts["most"])) < 1_048_576


@pytest.mark.parametrize("seed", range(120))
def test_one_part_that_is_something_else(seed):
    """No crash, and every finding has its line and its sentence."""
    draw = random.Random(seed)
    tree, path = copy.deepcopy(TREE), draw.choice(PLACES)
    at(tree, path[:-1])[path[-1]] = copy.deepcopy(draw.choice(VALUES))
    answer(written(tree, None))


def test_one_mistake_is_one_finding(check):
    """A text in the place of any part is told once, and nothing that follows from it."""
    told = {}
    for path in PLACES:
        tree = copy.deepcopy(TREE)
        at(tree, path[:-1])[path[-1]] = "dit is tekst"
        found = check(written(tree, None))
        if len(found) > 1:
            told[path] = codes(found)
    assert told == {}


@pytest.mark.parametrize(
    ("relapse", "codes"),
    [("99%", []), ("100%", ["tier-stuck"]),
     ("{low: 50%, best: 100%, high: 100%, because: X}", ["tier-stuck"])],
)  # fmt: skip
def test_where_everybody_relapses_nobody_leaves(tmp_path, relapse, codes):
    """If the only way out is by the first tier; the number of people has no limit then."""
    text = (Path(__file__).parents[2] / "broken" / "tier-stuck.yaml").read_text("utf-8")
    text = text.replace("ambulant: {exit: 0}}", "ambulant: {netwerk: 0.5}}")
    path = tmp_path / "plan.yaml"
    path.write_text(text.replace("    intervention", f"    relapse: {relapse}\n    intervention"))
    assert [p.code for p in check_file(path) if p.severity == "error"] == codes


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("inflow: {buurt: 600, ", "inflow: {buurt: [600, 610], ", "years-count"),
        ("ambulant: {buurt: 0.35", "ambulant: {buurt: [0.35, 0.36]", "years-count"),
        (UP, single("by_move: {buurt: {verblijf: {value: 0.9, evidence: 6}}}"), "move-missing"),
        (UP, single("by_move: {buurt: {verblijv: {value: 0.9, evidence: 6}}}"), "tier-unknown"),
        (UP, single("by_tier: {ambulnt: {diversion: {value: 1%, evidence: 6}}}"), "tier-unknown"),
        ("inflow: {buurt: 600, ", "inflow: {buurt: {start: 600, growth: 2}, ", "outside-domain"),
    ],
)  # fmt: skip
def test_what_differs_by_year_or_by_move(check, old, new, code):
    """Is held to the years of the scenario, and to the moves and tiers of the ladder."""
    found = check(with_change(old, new, CARE))
    assert codes(found) == [code]


@pytest.mark.parametrize(
    ("outflow", "code"),
    [
        ("{low: 660, best: 672, high: 690, because: Wie geteld is.}", []),
        ("{low: 660, best: 672, high: 60000, because: Wie geteld is.}", ["number-out-of-range"]),
        ("{low: 660, best: 760, high: 800, because: Wie geteld is.}", ["register-imbalance"]),
    ],
)
def test_a_register_that_counts_in_ranges(check, outflow, code):
    """Is held to add up in the middle, and to be possible at its ends."""
    found = check(with_change("outflow: 672", f"outflow: {outflow}", CARE))
    assert codes(found) == code
