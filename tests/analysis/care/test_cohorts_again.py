"""Arms of cohorts drawn at random, reckoned again: plain floats, nothing of the engine."""

import math
import random
from typing import Any

import pytest
from care_in_memory import COUNTINGS, bare
from valuations import valued

from sroi.analysis.care.cohorts import comparisons

Record = dict[str, Any]
STATES = ("a", "b", "c", "d")
YEARS, RATE = 4, 0.04
OFFSET = {"start_of_year": 0.0, "mid_year": 0.5, "end_of_year": 1.0}


def drawn(rng: random.Random) -> Record:
    """A certain cohort of four states, the last of them death, with two other arms."""
    n = rng.choice((1, 2, 4))
    cycles = rng.randint(3, YEARS * n)
    counting = rng.choice(COUNTINGS)
    noun: Record = {
        "id": "groep",
        "what": "Groep",
        "stakeholder": "bewoners",
        "states": [{"id": x, "what": x} for x in STATES],
        "start": {"a": 100, "b": rng.randint(0, 50)},
        "cycles": cycles,
        "cycles_per_year": n,
        "counting": counting,
        "competing": rng.choice(("added", "mortality_first", "hazards")),
        "moves": rows(rng),
        "mortality": {"to": "d", "start_age": 70.5, "hazard_ratio": {"b": 1.5, "c": 0},
                      rng.choice(("chance_by_age", "rate_by_age")): {70: 0.02, 72: 0.05}},
        "programme": {rng.choice(("relative_risk", "hazard_ratio")): 0.7,
                      "on": {"a": ["d"]}, "start": {"a": 90}},
        "arms": [{"id": "eigen", "what": "E", "moves": {"a": rows(rng)["a"]}},
                 {"id": "kort", "what": "K", "hazard_ratio": 1.2, "on": {"b": ["d"]},
                  "first_cycles": 2}],
        "costs": [reward(rng) | {"payers": {"gemeente": 1}}],
        "effects": [reward(rng) | {"unit": "QALY", "discount_rate": 0.015}],
    }  # fmt: skip
    if rng.random() < 0.5:
        noun["inflow"] = {"a": 7}
    if counting == "weights":
        noun["weights"] = [rng.randint(0, 9) / 8 for _ in range(cycles + 1)]
    elif counting in COUNTINGS[:3] and rng.random() < 0.5:
        noun |= {"discounted": "by_cycle", "first_exponent": rng.choice((0, 1))}
    return noun


def rows(rng: random.Random) -> Record:
    """Chances of every form, small enough to be added up; the rest of b goes to c."""
    way = rng.choice((
        {"exponential": {"rate": 0.05}}, {"weibull": {"shape": 1.4, "rate": 0.02}},
        {"weibull": {"shape": 0.8, "scale": 30}}, {"gompertz": {"shape": 0.1, "rate": 0.02}},
        {"log_logistic": {"shape": 1.5, "scale": 20}},
    ))  # fmt: skip
    return {"a": {"b": way, "c": [0.01, 0.05, 0.02]}, "b": {"a": 0.1, "c": "rest"}}


def reward(rng: random.Random) -> Record:
    """What comes in every way."""
    noun: Record = {"id": "post", "what": "Post", "per_cycle": {"a": [3, 2, 5], "b": 4}}
    noun |= {"with_programme": {"b": 6}, "by_arm": {"kort": {"per_cycle": {"a": 1}, "once": 9}}}
    noun |= {"once": 2, "on_move": {"a": {"d": 8, "b": [1, 3]}}}
    return noun | ({"first_cycles": 2} if rng.random() < 0.5 else {})


def at(given: Any, cycle: int) -> float:
    """The number of a cycle: the last of a list holds on."""
    return float(given[min(cycle, len(given) - 1)] if isinstance(given, list) else given)


def survival(way: Record, t: float) -> float:
    """S(t) of a distribution of time."""
    ((form, p),) = way.items()
    if form == "exponential":
        return math.exp(-p["rate"] * t)
    if form == "gompertz":
        return math.exp(-p["rate"] / p["shape"] * (math.exp(p["shape"] * t) - 1))
    if form == "log_logistic":
        return 1 / (1 + (t / p["scale"]) ** p["shape"])
    cumulated = p["rate"] * t ** p["shape"] if "rate" in p else (t / p["scale"]) ** p["shape"]
    return math.exp(-cumulated)


def table(noun: Record, arm: Record, k: int) -> dict[tuple[str, str], float]:
    """Chances of a cycle, of those who stay too."""
    n, found = noun["cycles_per_year"], {}
    for origin in STATES:
        row = arm.get("moves", {}).get(origin, noun["moves"].get(origin, {}))
        ps: dict[str, list[float]] = {}
        for target, given in row.items():
            if isinstance(given, dict):
                ps[target] = [1 - survival(given, (k + 1) / n) / survival(given, k / n)]
            elif given != "rest":
                ps[target] = [at(given, k)]
        death = noun["mortality"]
        ratio = 0 if origin == "d" else death["hazard_ratio"].get(origin, 1)
        (by_age,) = (death[x] for x in ("chance_by_age", "rate_by_age") if x in death)
        yearly = by_age[72] if 70.5 + k / n >= 72 else by_age[70]
        left = math.exp(-yearly) if "rate_by_age" in death else 1 - yearly
        dying = 1 - left ** (ratio / n)
        if k < arm.get("first_cycles", 999):
            for target in arm.get("on", {}).get(origin, []):
                dying = changed(arm, dying) if target == "d" else dying
                ps[target] = [changed(arm, p) for p in ps.get(target, [])]
        found |= {(origin, x): p for x, p in held(noun["competing"], ps, dying).items()}
        stays = 1 - sum(p for (i, _), p in found.items() if i == origin)
        rest = next((x for x, given in row.items() if given == "rest"), origin)
        found[origin, rest] = found.get((origin, rest), 0.0) + stays
    return found


def changed(arm: Record, p: float) -> float:
    """A chance with a relative risk or a hazard ratio."""
    if "relative_risk" in arm:
        return float(p * arm["relative_risk"])
    return float(1 - (1 - p) ** arm["hazard_ratio"])


def held(way: str, ps: dict[str, list[float]], dying: float) -> dict[str, float]:
    """Chances of a state with death."""
    if way == "hazards":
        hs = {x: -math.log(1 - p) for x, own in ps.items() for p in own}
        hs["d"] = hs.get("d", 0.0) - math.log(1 - dying)
        total = sum(hs.values())
        return {x: h / total * (1 - math.exp(-total)) if total else 0.0 for x, h in hs.items()}
    keep = 1 - dying if way == "mortality_first" else 1.0
    found = {x: p * keep for x, own in ps.items() for p in own}
    return found | {"d": found.get("d", 0.0) + dying}


def counted(noun: Record, k: int) -> dict[int, float]:
    """What each moment counts for in a cycle."""
    way, last = noun["counting"], noun["cycles"]
    if way == "weights":
        own = {k: noun["weights"][k]}
        return own | ({last: noun["weights"][last]} if k == last - 1 else {})
    if way == "simpson" and last > 1:
        if k % 2 == 0 and k + 1 < last:
            return {k: 5 / 12, k + 1: 8 / 12, k + 2: -1 / 12}
        return {k - 1: -1 / 12, k: 8 / 12, k + 1: 5 / 12}
    return {"start": {k: 1.0}, "end": {k + 1: 1.0}}.get(way, {k: 0.5, k + 1: 0.5})


def worth(noun: Record, arm: Record, name: str, item: Record, rate: float, timing: str) -> float:
    """What an arm costs or brings now."""
    n, money = noun["cycles_per_year"], "payers" in item
    start = arm.get("start", noun["start"])
    people = [{x: float(start.get(x, 0)) for x in STATES}]
    other = item["by_arm"].get(name, {})
    total = float(other.get("once", item["once"])) * sum(people[0].values())
    first = noun.get("first_exponent", OFFSET[timing])
    by_moment = noun["counting"] in COUNTINGS[3:]
    tables = [table(noun, arm, k) for k in range(noun["cycles"])]
    for k, chances in enumerate(tables):
        new = {x: float(noun.get("inflow", {}).get(x, 0)) for x in STATES}
        people.append({x: new[x] + sum(people[k][i] * chances.get((i, x), 0.0) for i in STATES)
                       for x in STATES})  # fmt: skip
        if k:
            entering = sum(noun.get("inflow", {}).values())
            once = float(other.get("once", item["once"]))
            total += entering * once / (1 + rate) ** (k / n)
    for k, chances in enumerate(tables):
        by_year = money and "discounted" not in noun
        when = OFFSET[timing] + k // n if by_year else (first + k) / n
        special = other.get("per_cycle", {}) if name != "with" else item["with_programme"]
        special = special if name != "without" and k < item.get("first_cycles", 999) else {}
        each = item["per_cycle"] | special
        for moment, share in counted(noun, k).items():
            brought = sum(people[moment][x] * at(given, k) for x, given in each.items())
            total += share * brought / (1 + rate) ** (moment / n if by_moment else when)
        weight = noun["weights"][k + 1] if "weights" in noun else 1
        for target, given in item["on_move"]["a"].items():
            moved = people[k]["a"] * chances.get(("a", target), 0.0) * weight
            total += moved * at(given, k) / (1 + rate) ** ((k + 1) / n if by_moment else when)
    return total


@pytest.mark.parametrize("seed", range(40))
def test_every_arm_is_reckoned_again(seed: int) -> None:
    """Costs and effects of four arms."""
    rng = random.Random(seed)
    noun, timing = drawn(rng), rng.choice(tuple(OFFSET))
    scenario = bare(years=YEARS, discounting={"rate": RATE, "timing": timing})
    scenario["cohorts"] = [noun]
    (found,) = comparisons(valued(scenario).model)
    changes = {"without": {}, "with": noun["programme"], **{x["id"]: x for x in noun["arms"]}}
    for name, arm in changes.items():
        (cost,), (effect,) = noun["costs"], noun["effects"]
        told = found.arms[name]
        again = worth(noun, arm, name, cost, RATE, timing)
        assert float(told.cost[0]) == pytest.approx(again, rel=1e-9)
        gained = worth(noun, arm, name, effect, 0.015, timing)
        assert float(told.effects[0, 0]) == pytest.approx(gained, rel=1e-9)
