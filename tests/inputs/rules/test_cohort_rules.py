"""The rules of cohorts with chances that change, arms and amounts at entry, beside the smallest
broken file of each."""

import copy
import random

import pytest
import yaml
from mutations import VALUES, answer, at, paths, written
from quick_yaml import BaseLoader

WHOLE = """
scenario: voorbeeld
title: Voorbeeld
organisation: Voorbeeldwelzijn
commissioner: gemeente Voorbeeldstad
programme: anders
kind: forecast
null_alternative: Er gebeurt niets.
basis: {first_year: 2026, years: 4, price_year: 2024, discounting: nl-2021, ranges_cover: 100%}
investment: [{id: inzet, what: Inzet, payer: gemeente, per_year: 1000}]
cohorts:
  - id: ziekte
    what: Ziekte en sterfte
    stakeholder: ouderen
    states:
      - {id: gezond, what: Gezond}
      - {id: ziek, what: Ziek}
      - {id: beter, what: Beter}
      - {id: dood, what: Overleden}
    start: {gezond: 100}
    cycles: 4
    counting: weights
    weights: [0.5, 1, 1, 1, 0.5]
    competing: added
    moves:
      gezond:
        ziek:
          weibull:
            shape: {lognormal: {median: 1.2, sd_log: 0.1}, because: Onderzoek.}
            rate: 0.01
      ziek: {beter: [20%, 10%], gezond: 1%}
      beter: {ziek: {gompertz: {shape: 0.05, rate: 0.01}}, gezond: rest}
    mortality:
      to: dood
      start_age: 60
      chance_by_age: {55: 0.5%, 61: 0.6%}
      hazard_ratio: {ziek: {low: 1, best: 2, high: 3, because: Onderzoek.}}
      because: Voorbeeld.
    programme:
      hazard_ratio: 0.8
      on: {gezond: [ziek, dood]}
      first_cycles: 2
      start: {gezond: 90, ziek: 10}
    arms:
      - id: dubbel
        what: Dubbele dosis
        relative_risk: 0.5
        on: {ziek: [gezond]}
      - id: anders
        what: Iets anders
        moves: {gezond: {ziek: {log_logistic: {shape: 1.5, scale: 30}}}}
    costs:
      - id: zorg
        what: Zorg
        payers: {zorgverzekeraar: 100%}
        per_cycle: {ziek: [1000, 900]}
        with_programme: {ziek: 800}
        once: 10
        once_with_programme: 40
        on_move: {gezond: {ziek: 200, dood: 2000}}
        by_arm: {dubbel: {per_cycle: {ziek: 700}, once: 50}}
    effects:
      - {id: leven, what: Levensjaren, unit: jaar, per_cycle: {gezond: 1, ziek: 0.8, beter: 0.9},
         on_move: {gezond: {ziek: -0.1}}, discount_rate: 1.5%}
variants:
  anders:
    cohorts.ziekte.moves.ziek.beter.2: 15%
    cohorts.ziekte.costs.zorg.per_cycle.ziek.1: 1100
    cohorts.ziekte.moves.gezond.ziek.weibull.rate: 0.02
    cohorts.ziekte.programme.hazard_ratio: 0.9
    cohorts.ziekte.mortality.start_age: 61
"""
TREE = yaml.load(WHOLE, Loader=BaseLoader)
PLACES = [path for path in paths(TREE) if path and path[0] == "cohorts"]


def found(check, old: str, new: str) -> list[str]:
    """Codes of the problems of the scenario with another piece of text."""
    assert WHOLE.count(old) == 1
    return [problem.code for problem in check(WHOLE.replace(old, new).encode())]


def test_a_whole_scenario_has_no_findings(check):
    """Nor has its variant."""
    assert check(WHOLE.encode()) == []


@pytest.mark.parametrize("seed", range(60))
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
        problems = check(written(tree, None))
        if len(problems) > 1:
            told[path] = sorted(problem.code for problem in problems)
    assert told == {}


@pytest.mark.parametrize(
    ("old", "new", "codes"),
    [
        ("ziek: {beter: [20%, 10%], gezond: 1%}", "ziek: {beter: [20%, 99%], gezond: 1%}",
         ["chances-above-one"]),
        ("{log_logistic: {shape: 1.5, scale: 30}}", "100%", ["chances-above-one"]),
        ("    competing: added\n", "", ["competing-unsaid"]),
        ("    competing: added\n", "    competing: hazards\n", []),
        ("relative_risk: 0.5\n        on: {ziek: [gezond]}",
         "relative_risk: 0.5\n        on: {beter: [gezond]}", ["rest-changed"]),
        ("on: {gezond: [ziek, dood]}", "on: {gezond: [beter]}", ["move-missing"]),
        ("start: {gezond: 90, ziek: 10}", "start: {gezond: 90, zeik: 10}", ["state-unknown"]),
        ("dubbel: {per_cycle: {ziek: 700}", "dubbel: {per_cycle: {zeik: 700}", ["state-unknown"]),
        ("id: anders\n        what", "id: dubbel\n        what", ["id-twice"]),
        ("weights: [0.5, 1, 1, 1, 0.5]", "weights: [0.5, 1, 1, 0.5]", ["weights-count"]),
        ("55: 0.5%, 61", "75: 0.5%, 81", ["age-below-table"] * 2),  # and in the variant
    ],
)  # fmt: skip
def test_what_does_not_go_together(check, old, new, codes):
    """Each is told once, also of an arm."""
    assert found(check, old, new) == codes
