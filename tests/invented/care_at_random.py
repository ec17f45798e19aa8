"""Valid scenarios with care ladders, direct shifts and cohorts, drawn at random.

Extremes are among them: programmes that do harm or nothing, two tiers and ten, nobody who asks for
anything, contracts that are renewed every quarter, and lags past the horizon. They use prices of
their own only, as `scenarios_at_random` does.
"""

import math
import random
from collections.abc import Callable
from typing import Any

from scenarios_at_random import (
    OWN_PAYERS,
    PAYERS,
    POSITIVE_FORMS,
    SIGNED_FORMS,
    Record,
    activity,
    basis,
    certain,
    explained,
    investment_line,
    outcome,
    own_price,
    own_source,
    preamble,
    split,
    three_points,
    uncertain,
    written,
    yearly,
)

CHANGES = ("hazard_ratio_up", "hazard_ratio_down", "diversion", "net_widening")
BOUNDED = ("pert", "triangular", "uniform", "beta")
ALL, NONE = ({"value": x, "because": "Zo is het."} for x in (1, 0))
CONCEPTS = ("marginal", "tariff", "average", "macro", "claim")


# ---------------------------------------------------------------------------------------------
# Quantities


def share(rng: random.Random, most: float = 0.5, forms: tuple[str, ...] = BOUNDED) -> Any:
    """A share between 0 and 1; now and then 0 or 1 itself."""
    if rng.random() < 0.15:
        return dict(rng.choice((ALL, NONE))) if most == 0.5 else dict(NONE)
    x = round(rng.uniform(0.02, most), 3)
    return uncertain(rng, x, forms) if rng.random() < 0.5 else certain(rng, x)


def about(rng: random.Random, low: float, high: float, unsure: float = 0.5) -> Any:
    """A positive quantity in a range of sizes."""
    x = round(math.exp(rng.uniform(math.log(low), math.log(high))), 3)
    return uncertain(rng, x, POSITIVE_FORMS) if rng.random() < unsure else certain(rng, x)


def hazard_ratio(rng: random.Random) -> Any:
    """A hazard ratio around 1, that prevents or does harm; or a claim that is shrunk."""
    form = rng.choice(("certain", "lognormal", "lognormal", "pert", "uniform", "claim", "extreme"))
    x = round(rng.uniform(0.8, 1.2), 3)
    if form == "extreme":
        return rng.choice((0.5, 1, 2, {"uniform": [0.5, 2]}, 0.999999))
    if form == "claim":
        claim: Record = {"found": written(rng, rng.uniform(0.3, 1.8)), "bias_sd": 0.35}
        claim |= {"prior_sd": written(rng, rng.uniform(0.03, 0.15))} if rng.random() < 0.5 else {}
        return {"claim": claim, "because": "Gevonden zonder vergelijking."}
    if form == "lognormal":
        return explained(rng, {"lognormal": {"median": x, "sd_log": written(rng, 0.08)}})
    if form == "pert":
        return explained(rng, three_points(round(x - 0.15, 3), x, round(x + 0.2, 3), "pert"))
    if form == "uniform":
        return explained(rng, {"uniform": [round(x - 0.1, 3), round(x + 0.1, 3)]})
    return certain(rng, x)


def condition(rng: random.Random, number: int) -> Record:
    """Somebody who moves along or not, or to a degree."""
    chance = written(rng, round(rng.uniform(0.1, 0.95), 2))
    along = rng.choice(
        (
            chance,
            chance,
            {"chance": chance, "because": "Gevraagd."},
            rng.choice((0, 1)),
            {"value": 0.6, "because": "Een mate, en die ligt vast."},
            share(rng),
        )
    )
    return {
        "id": f"voorwaarde-{number}",
        "what": "Beweegt mee",
        "who": "gemeente",
        "criticality": share(rng, 0.6),
        "moves_along": along,
    }


# ---------------------------------------------------------------------------------------------
# Care of one kind


def care(
    rng: random.Random, payers: list[str], prices: list[Record], heavy: bool, dear: float
) -> Record:
    """What a person-year costs, and where it is bought under a contract, how."""
    noun: Record = {"cost_concept": rng.choice(CONCEPTS), "because": "Voorbeeld."}
    if rng.random() < 0.3:
        noun |= {"proxy": rng.choice(prices)["id"], "units": about(rng, 1, 60)}
        noun |= {"payers": split(rng, payers)} if rng.random() < 0.3 else {}
    else:
        noun |= {"cost": about(rng, dear, 4 * dear), "payers": split(rng, payers)}
        noun |= {"price_year": rng.randint(2015, 2025)} if rng.random() < 0.4 else {}
    if not heavy:
        return noun
    noun |= {"paid_per_unit": share(rng), "backfill": share(rng)}
    if noun["paid_per_unit"] != ALL or rng.random() < 0.5:
        noun["capacity_step"] = rng.choice((0.5, 1, 3, 8, 20))
    if rng.random() < 0.3:
        noun["not_cashable"] = rng.choice(("soft", "pm"))
    if rng.random() < 0.3:
        noun["waiting_list"] = rng.choice((0, 40))
    return noun


def contracts(rng: random.Random) -> Record:
    """Contracts, from a quarter to many years."""
    terms: Record = {}
    if rng.random() < 0.7:
        terms["lag"] = rng.choice((0, 0.25, 0.4, 1, 25, about(rng, 0.1, 3)))
    if rng.random() < 0.7:
        terms["renewal"] = rng.choice((0.25, 1, 2, 3.1, about(rng, 3, 8)))
    if rng.random() < 0.6:
        terms["friction"] = share(rng)
    return terms


def effect(rng: random.Random, years: int, conditions: int, causal: bool) -> Record:
    """Whose the effect is, and when it comes."""
    noun: Record = {"effect_basis": "causal"}
    if not causal and rng.random() < 0.6:
        noun = {"effect_basis": "gross"} if rng.random() < 0.5 else {}
        noun |= {name: share(rng) for name in ("deadweight", "attribution_to_others")}
    if rng.random() < 0.7:
        stated = (0.36, "60%", 1) if conditions else ()
        noun["reference"] = rng.choice(("ideal", "expected", *stated))
    if rng.random() < 0.7:
        noun["ramp"] = ramp(rng)
    if rng.random() < 0.6:
        noun["lag"] = rng.choice((0, 0.125, 0.5, 30, about(rng, 0.1, 2)))
    if rng.random() < 0.5:
        noun["capacity"] = capacity(rng, years)
    return noun


def ramp(rng: random.Random) -> Record:
    """One of the three shapes, slow or all at once."""
    shapes: dict[str, Callable[[], Record]] = {
        "logistic": lambda: {
            "midpoint": rng.choice((0, about(rng, 0.5, 4))),
            "steepness": rng.choice((20, about(rng, 2, 6))),
        },
        "linear": lambda: {"years": rng.choice((0.05, about(rng, 1, 8)))},
        "bass": lambda: {
            "innovation": about(rng, 0.03, 0.5),
            "imitation": rng.choice((0, about(rng, 0.1, 1))),
        },
    }
    shape = rng.choice(list(shapes))
    return {shape: shapes[shape]()}


def capacity(rng: random.Random, years: int) -> Record:
    """What is asked for, and what can be done: as a number or from staff."""
    noun: Record = {"demand": rng.choice((0, yearly(rng, years, 40, 400)))}
    if rng.random() < 0.5:
        return noun | {"possible": rng.choice((0, yearly(rng, years, 40, 400)))}
    return noun | {
        "fte": about(rng, 1, 6),
        "hours": about(rng, 1_000, 1_600),
        "direct_share": share(rng),
        "absent": share(rng, 0.3),
        "hours_each": about(rng, 4, 30),
    }


# ---------------------------------------------------------------------------------------------
# The care ladder


def ladder(
    rng: random.Random,
    number: int,
    years: int,
    payers: list[str],
    prices: list[Record],
    activities: list[Record],
    conditions: int,
) -> Record:
    """A ladder with moves or with a register."""
    levels = rungs(rng)
    ids = [f"trede-{n}" for n in range(len(levels))]
    tiers = [
        {"id": id_, "what": "Zorg", "level": level}
        | care(rng, payers, prices, level >= 2, 150 * 3**level)
        for id_, level in zip(ids, levels, strict=True)
    ]
    noun: Record = {
        "id": f"ladder-{number}",
        "what": "Zorg in de wijk",
        "stakeholder": f"ladder-groep-{number}",
        "tiers": tiers,
        "intervention": intervention(rng, years, levels, conditions),
    }
    if rng.random() < 0.5:
        noun["of"] = rng.choice(activities)["id"]
    counted = rng.random() < 0.4
    noun |= {"register": register(rng, ids)} if counted else moves(rng, ids)
    if 0 in levels and 2 in levels and rng.random() < 0.4:
        noun["relapse"] = share(rng)
        if noun["relapse"] == ALL:  # then nobody would ever leave for good
            noun["relapse"] = "95%"
    start = rng.random()
    if start < 0.25:
        noun["start"] = {id_: about(rng, 20, 800) for id_ in ids if rng.random() < 0.8}
        if "relapse" in noun:
            noun["start"]["recently-closed"] = 50
    elif start < 0.5:
        noun["start"] = "observed" if counted else "steady_state"
    if rng.random() < 0.7:
        noun["contracts"] = contracts(rng)
    return noun if "starting_point" not in noun["intervention"] else with_gaps(rng, noun)


def with_gaps(rng: random.Random, ladder: Record) -> Record:
    """A ladder that leaves more to its starting point than what the programme does."""
    for tier in ladder["tiers"]:
        for key in ("paid_per_unit", "backfill"):
            if rng.random() < 0.5:
                tier.pop(key, None)
        if tier["level"] >= 2:
            tier.setdefault("capacity_step", 5)
    return ladder


def rungs(rng: random.Random) -> list[int]:
    """Levels of two to ten tiers, from light to heavy; now and then an odd ladder."""
    if rng.random() < 0.15:
        return rng.choice(([0, 2], [1, 2], [0, 1, 3], [0, 0, 1, 1, 2, 2, 3, 3, 4, 4], [1, 4]))
    return sorted([0, 1, 2, *rng.choices((0, 1, 2, 3, 4), k=rng.randint(0, 3))])


def intervention(rng: random.Random, years: int, levels: list[int], conditions: int) -> Record:
    """What the programme does, with or without a starting point for what is left out."""
    door = 1 in levels and bool({2, 3} & set(levels))
    noun, from_library = programme(rng, door), door and rng.random() < 0.25
    claimed = any(isinstance(x, dict) and "claim" in x for x in noun.values())
    noun |= effect(rng, years, conditions, claimed or from_library)
    if from_library:
        noun["starting_point"] = rng.choice(("sceptisch", "neutraal", "optimistisch"))
    elif not any(name in noun for name in CHANGES):
        noun["hazard_ratio_up"] = hazard_ratio(rng)
        noun["effect_basis"] = "causal"
        for key in ("deadweight", "attribution_to_others"):
            noun.pop(key, None)
    if "net_widening" in noun:
        noun.setdefault("needs_heavy_care", share(rng))
    return noun


def programme(rng: random.Random, door: bool) -> Record:
    """What it does to the flows, most of it; at the door only where there is one."""
    made: dict[str, Callable[[], Any]] = {
        "hazard_ratio_up": lambda: hazard_ratio(rng),
        "hazard_ratio_down": lambda: hazard_ratio(rng),
        "diversion": lambda: share(rng, 0.3),
        "net_widening": lambda: rng.choice((0, about(rng, 0.01, 0.3))),
        "needs_heavy_care": lambda: share(rng),
    }
    names = CHANGES if door else CHANGES[:2]
    return {name: made[name]() for name in (*names, "needs_heavy_care") if rng.random() < 0.7}


def moves(rng: random.Random, ids: list[str]) -> Record:
    """Rates and inflow a year; everybody can get out, if only by way of another tier."""
    quick = 10.0 if rng.random() < 0.1 else 1.0
    rows: Record = {}
    for place, origin in enumerate(ids):
        others = [id_ for id_ in ids if id_ != origin]
        row = {x: about(rng, 0.01, 0.5 * quick) for x in others if rng.random() < 3 / len(ids)}
        if place == 0 or rng.random() < 0.9:
            row["exit"] = about(rng, 0.03, 0.5 * quick)
        else:
            row[ids[0]] = about(rng, 0.1, 0.5)
        rows[origin] = row
    inflow = {id_: about(rng, 5, 600) for id_ in ids if rng.random() < 0.8}
    return {"moves": rows, "inflow": inflow or {ids[-1]: 100}}


def register(rng: random.Random, ids: list[str]) -> Record:
    """Counts that balance, of tiers to which at least as many come as others send there."""
    out = {id_: rng.randint(5, 400) for id_ in ids}
    noun: Record = {"period": rng.choice((0.5, 1, 2)), "split": {}, "split_counts": {}}
    sent = dict.fromkeys(ids, 0.0)
    for id_ in ids:
        # The first place has somebody in it, and leads out.
        first = "exit" if id_ == ids[0] else rng.choice((ids[0], "exit"))
        others = [x for x in [*ids, "exit"] if x not in (id_, first)]
        places = [first, *rng.sample(others, rng.randint(0, len(others)))]
        counts = [rng.choice((0, 1, 3, 12, 57)) for _ in places[1:]]
        form = rng.choice(("split", "split_counts", ""))
        if form == "split_counts":
            pairs = list(zip(places, [rng.randint(1, 40), *counts], strict=True))
            rng.shuffle(pairs)
            row = dict(pairs)
        elif form == "split":
            percents = [count // 8 for count in counts]
            row = dict(zip(places, [100 - sum(percents), *percents], strict=True))
        else:
            continue
        whole = sum(row.values())
        for place in places:
            if place != "exit":
                sent[place] += out[id_] * row[place] / whole
        noun[form][id_] = row if form == "split_counts" else {x: f"{row[x]}%" for x in row}
    noun["tiers"] = {}
    for id_ in ids:
        new = math.ceil(sent[id_] * rng.choice((1, 1, 1.5))) + rng.choice((0, 0, 20, 300))
        begin = max(rng.randint(10, 600), out[id_] // 2, out[id_] - new + 10)
        end = begin + new - out[id_]
        noun["tiers"][id_] = {"begin": begin, "inflow": new, "outflow": out[id_], "end": end}
    return noun


# ---------------------------------------------------------------------------------------------
# The direct shift and the cohort


def shift(
    rng: random.Random,
    number: int,
    years: int,
    payers: list[str],
    prices: list[Record],
    activities: list[Record],
    conditions: int,
) -> Record:
    """Avoided entries by risk and its reduction, or by σ; either may be below zero."""
    noun: Record = {
        "id": f"verschuiving-{number}",
        "what": "Minder zorg",
        "stakeholder": f"verschuiving-groep-{number}",
        "of": rng.choice(activities)["id"],
        "duration": rng.choice((0.05, 40, about(rng, 1, 5))),
    }
    signed = rng.choice((0, 0.1, explained(rng, {"low": -0.1, "best": 0.05, "high": 0.25})))
    if rng.random() < 0.5:
        noun |= {"at_risk": share(rng), "risk_reduction": signed}
    else:
        noun["substitution"] = signed
    noun |= care(rng, payers, prices, True, 3_000) | effect(rng, years, conditions, False)
    return noun | ({"contracts": contracts(rng)} if rng.random() < 0.7 else {})


def cohort(rng: random.Random, number: int, years: int, payers: list[str]) -> Record:
    """People in two to five states, with chances or with people that were followed."""
    ids = [f"staat-{n}" for n in range(rng.randint(2, 5))]
    per_year = rng.choice((1, 1, 2, 4, 12))
    table = chances(rng, ids) if rng.random() < 0.5 else counts(rng, ids)
    ((form, rows),) = table.items()
    going = [(a, b) for a, row in rows.items() for b in row if a != b]
    noun: Record = {
        "id": f"cohort-{number}",
        "what": "Cohort",
        "stakeholder": f"cohort-groep-{number}",
        "states": [{"id": id_, "what": "Staat"} for id_ in ids],
        "start": {ids[0]: about(rng, 50, 500)},
        "cycles": rng.randint(1, min(years * per_year, 60)),
        "cycles_per_year": per_year,
        form: rows,
        "costs": [cost(rng, n, ids, payers, not going) for n in range(rng.randint(1, 3))],
    }
    if rng.random() < 0.5:
        noun["inflow"] = {rng.choice(ids): about(rng, 5, 50)}
    if rng.random() < 0.7:
        noun["counting"] = rng.choice(("start", "end", "half_cycle"))
    changed = any("with_programme" in line for line in noun["costs"])
    if going and (not changed or rng.random() < 0.8):
        on: Record = {}
        for a, b in rng.sample(going, rng.randint(1, len(going))):
            on.setdefault(a, []).append(b)
        ratio = rng.choice((0.5, 1, 1.4, about(rng, 0.6, 1.1)))
        noun["programme"] = {"relative_risk": ratio, "on": on}
        if rng.random() < 0.5:
            noun["programme"]["first_cycles"] = rng.randint(1, 8)
    if rng.random() < 0.4:
        noun["effects"] = [reward(rng, 0, ids) | {"unit": "QALY", "discount_rate": "3%"}]
    return noun


def chances(rng: random.Random, ids: list[str]) -> Record:
    """Small chances of moving, so that a relative risk leaves something to stay."""
    rows: Record = {}
    for origin in ids[: rng.randint(1, len(ids))]:
        targets = rng.sample([id_ for id_ in ids if id_ != origin], rng.randint(1, len(ids) - 1))
        rows[origin] = {x: share(rng, 0.25 / len(ids), SIGNED_FORMS) for x in targets}
    return {"moves": rows}


def counts(rng: random.Random, ids: list[str]) -> Record:
    """People that were followed for a cycle, most of whom stayed."""
    rows = {}
    for origin in ids:
        row = {id_: rng.choice((0, 1, 4, 30)) for id_ in ids if id_ != origin}
        rows[origin] = {origin: rng.randint(500, 900), **row}
    return {"counts": rows}


def reward(rng: random.Random, number: int, ids: list[str], must_change: bool = False) -> Record:
    """What a cycle in each state brings, and what the programme changes in that."""
    noun: Record = {"id": f"post-{number}", "what": "Post"}
    usual = {id_: about(rng, 10, 9_000) for id_ in ids if rng.random() < 0.8}
    noun["per_cycle"] = usual or {ids[0]: 100}
    if must_change or rng.random() < 0.5:
        other = noun["per_cycle"] | {ids[0]: rng.choice((-200, about(rng, 10, 9_000)))}
        noun["with_programme"] = other
        if rng.random() < 0.5:
            noun["first_cycles"] = rng.randint(1, 8)
    return noun


def cost(
    rng: random.Random, number: int, ids: list[str], payers: list[str], must_change: bool
) -> Record:
    """A reward in euros."""
    noun = reward(rng, number, ids, must_change) | {"payers": split(rng, payers)}
    if rng.random() < 0.5:
        noun["cash"] = rng.choice(("hard", "soft", "pm"))
    return noun | ({"price_year": rng.randint(2015, 2025)} if rng.random() < 0.4 else {})


# ---------------------------------------------------------------------------------------------
# The whole scenario


def random_care_scenario(rng: random.Random) -> Record:
    """A valid scenario as it would be read from a file, with at least one part about care."""
    chosen = basis(rng)
    years = chosen["years"]
    if rng.random() < 0.6:
        chosen["optimism_bias"] = rng.choice(("none", "by_evidence", "by_evidence"))
    payers = [*PAYERS, *(payer["id"] for payer in OWN_PAYERS)]
    rng.shuffle(payers)
    # Each part has prices of its own, so that no care is counted twice.
    kinds = rng.choices(("plain", "tariff"), k=6)
    prices = [own_price(rng, n, payers, kind) for n, kind in enumerate(kinds, 1)]
    for price in prices:
        price.pop("overlap", None)
    activities = [activity(rng, n, years) for n in range(1, rng.randint(1, 3) + 1)]
    many = rng.choice(((1, 0, 0), (0, 1, 0), (0, 0, 1), (1, 1, 1), (1, 2, 0), (2, 0, 1)))
    outcomes = [
        outcome(rng, n, years, activities, rng.choice(prices[:2]))
        for n in range(rng.choice((0, 0, 2)))
    ]
    count = rng.choice((0, 1, 3, 6)) if many[0] + many[1] else 0
    rest = (activities, count)
    parts: dict[str, list[Record]] = {
        "care_ladder": [ladder(rng, n, years, payers, prices[2:4], *rest) for n in range(many[0])],
        "direct_shift": [shift(rng, n, years, payers, prices[4:], *rest) for n in range(many[1])],
        "cohorts": [cohort(rng, n, years, payers) for n in range(many[2])],
    }
    found: Record = {
        **preamble(rng),
        "basis": chosen,
        "payers": [dict(payer) for payer in OWN_PAYERS],
        "sources": [own_source()],
        "investment": [investment_line(rng, 1, years, payers, [])],
        "activities": activities,
        "outcomes": outcomes,
        "enabling_conditions": [condition(rng, n) for n in range(count)],
        **parts,
        "proxies": prices,
    }
    named = {line["stakeholder"] for lines in (outcomes, *parts.values()) for line in lines}
    found["stakeholders"] = [{"id": name, "name": "Groep"} for name in sorted(named)]
    # A list without anything in it may also be left out.
    empty = [key for key, part in found.items() if part == [] and rng.random() < 0.5]
    return {key: part for key, part in found.items() if key not in empty}
