"""Scenarios with care: the worked example as a file, one tier by hand, published cohorts."""

import copy
from typing import Any

from care_ladders import INPUTS, programme
from models_in_memory import Record, one_line

TIERS = INPUTS["tiers"]
HEAVY = (2, 3, 4)
CONDITIONS = {
    "toegang": (0.60, 0.75),
    "verwijzers": (0.50, 0.70),
    "aanbieders": (0.50, 0.50),
    "zorgkantoor": (0.15, 0.50),
    "inwoners": (0.40, 0.75),
    "continuiteit": (0.50, 0.60),
}
RANGES = {
    "hazard_ratio_up": {"lognormal": {"median": 0.97, "sd_log": 0.08}, "because": "Voorbeeld."},
    "hazard_ratio_down": {"lognormal": {"median": 1.05, "sd_log": 0.06}, "because": "Voorbeeld."},
    "diversion": {"low": 0, "best": 0.03, "high": 0.1, "because": "Voorbeeld."},
    "net_widening": {"low": 0, "best": 0.02, "high": 0.14, "because": "Voorbeeld."},
    "needs_heavy_care": {"low": 0.05, "best": 0.15, "high": 0.3, "because": "Voorbeeld."},
}
SICK_SICKER_MOVES = {
    "healthy": {"sick": 0.15, "dead": 0.002},
    "sick": {"healthy": 0.5, "sicker": 0.105, "dead": 0.006},
    "sicker": {"dead": 0.02},
}
HIV_COUNTS = {
    "a": {"a": 1251, "b": 350, "c": 116, "dead": 17},
    "b": {"b": 731, "c": 512, "dead": 15},
    "c": {"c": 1312, "dead": 437},
}


def bare(**basis: Any) -> Record:
    """A scenario without investment, activities and outcomes, at 16 × 64 draws."""
    scenario = one_line()
    for key in ("activities", "outcomes", "proxies"):
        del scenario[key]
    scenario["basis"] |= {"draws": 1024} | basis
    return scenario | {"investment": []}


def worked_example(uncertain: bool = True, conditions: bool = False, **changes: Any) -> Record:
    """The worked example of the care ladder; `changes` of the effects as its variants name them."""
    timing = {"rate": INPUTS["discount_rate"], "timing": INPUTS["discount_timing"]}
    scenario = bare(years=10, discounting=timing)
    scenario["investment"] = [
        {"id": "start", "what": "Start", "payer": "gemeente",
         "per_year": [INPUTS["start_investment_year_1"]] + [0] * 9},
        {"id": "inzet", "what": "Inzet", "payer": "gemeente",
         "per_year": INPUTS["programme_cost"]},
    ]  # fmt: skip
    known = vars(programme(**changes))
    effects = {name: known[name] for name in RANGES if name in known}
    effects["needs_heavy_care"] = known["theta"]
    scenario["care_ladder"] = [
        {
            "id": "zorgladder",
            "what": "Zorg",
            "stakeholder": "bewoners",
            "tiers": [_tier(number) for number in range(5)],
            "inflow": dict(zip(TIERS, INPUTS["inflow"], strict=True)),
            "moves": _moves(),
            "intervention": {
                "effect_basis": "causal",
                **(copy.deepcopy(RANGES) if uncertain else effects),
                "ramp": {"logistic": {"midpoint": 1.5, "steepness": 2.5}},
                "lag": 0.5,
            },
            "contracts": {"lag": INPUTS["lag_variable"], "renewal": INPUTS["renewal_years"]},
        }
    ]
    return with_conditions(scenario) if conditions else scenario


def with_conditions(scenario: Record) -> Record:
    """The same with six enabling conditions, of which the effect was measured as expected here."""
    scenario["enabling_conditions"] = [
        {"id": name, "what": name, "who": name, "criticality": weight, "moves_along": chance}
        for name, (weight, chance) in CONDITIONS.items()
    ]
    scenario["care_ladder"][0]["intervention"]["reference"] = "expected"
    return scenario


def _tier(number: int) -> Record:
    payers = zip(INPUTS["payers"], INPUTS["payer_shares_tier_payer"][number], strict=True)
    tier = {
        "id": TIERS[number],
        "what": TIERS[number],
        "level": number,
        "cost": INPUTS["cost"][number],
        "price_year": 2024,
        "payers": {payer: share for payer, share in payers if share},
    }
    if number in HEAVY:
        tier |= {
            "paid_per_unit": INPUTS["variable_share"][number],
            "backfill": INPUTS["backfill"][number],
            "capacity_step": INPUTS["capacity_step"][number],
        }
    return tier


def _moves() -> Record:
    places = [*TIERS, "exit"]
    rows = zip(TIERS, INPUTS["rates_from_to_exit"], strict=True)
    return {
        tier: {place: rate for place, rate in zip(places, row, strict=True) if rate}
        for tier, row in rows
    }


def one_tier(**changes: Any) -> Record:
    """Light support and one tier of heavy care, undiscounted, that 100 people enter each year and
    leave at a rate of 1; a fifth of them is helped lightly instead, from the start."""
    scenario = bare(years=changes.pop("years", 2))
    tier = {"price_year": 2024, "payers": {"gemeente": 1}}
    scenario["care_ladder"] = [
        {
            "id": "ladder",
            "what": "Ladder",
            "stakeholder": "bewoners",
            "tiers": [
                {"id": "licht", "what": "Licht", "level": 1, "cost": 100, **tier},
                {"id": "zwaar", "what": "Zwaar", "level": 2, "cost": 1000, "paid_per_unit": 1,
                 "backfill": 0, **tier},
            ],
            "inflow": {"zwaar": 100},
            "moves": {"licht": {"exit": 2}, "zwaar": {"exit": 1}},
            "intervention": {"effect_basis": "causal", "diversion": 0.2},
            "contracts": {"lag": 0},
        }
    ]  # fmt: skip
    scenario["care_ladder"][0] |= changes
    return scenario


def sick_sicker() -> Record:
    """The simple cohort of hesim-dev/rcea: 85 cycles from healthy, counted at the end, 3 %."""
    scenario = bare(years=85, discounting={"rate": 0.03, "timing": "end_of_year"})
    care = {"healthy": 4000, "sick": 6000, "sicker": 17000}
    scenario["cohorts"] = [
        {
            "id": "sick-sicker",
            "what": "Sick-Sicker",
            "stakeholder": "bewoners",
            "states": [{"id": x, "what": x} for x in ("healthy", "sick", "sicker", "dead")],
            "start": {"healthy": 1},
            "cycles": 85,
            "moves": copy.deepcopy(SICK_SICKER_MOVES),
            "programme": {
                "relative_risk": 0.8,
                "on": {"healthy": ["sick", "dead"], "sick": ["sicker", "dead"], "sicker": ["dead"]},
            },
            "counting": "end",
            "costs": [
                {"id": "zorg", "what": "Zorg", "payers": {"zorgverzekeraar": 1}, "cash": "hard",
                 "per_cycle": care, "with_programme": {x: c + 10_000 for x, c in care.items()}}
            ],
            "effects": [
                {"id": "qaly", "what": "QALY", "unit": "QALY", "discount_rate": 0.03,
                 "per_cycle": {"healthy": 1, "sick": 0.75, "sicker": 0.5}}
            ],
        }
    ]  # fmt: skip
    return scenario


def hiv(counted: bool = False) -> Record:
    """Chancellor (1997): two cycles of combination therapy, costs at 6 %, life-years as they are.

    `counted`: the chances from the people that were followed, which makes them uncertain.
    """
    scenario = bare(years=20, discounting={"rate": 0.06, "timing": "end_of_year"})
    chances = {
        state: {to: people / sum(row.values()) for to, people in row.items() if to != state}
        for state, row in HIV_COUNTS.items()
    }
    alive = ("a", "b", "c")
    drug = {"id": "middel", "what": "Middel", "first_cycles": 2}
    care = {"id": "zorg", "what": "Zorg", "per_cycle": {"a": 2756, "b": 3052, "c": 9007}}
    drug |= {"per_cycle": dict.fromkeys(alive, 2278)}
    drug |= {"with_programme": dict.fromkeys(alive, 2278 + 2086.5)}
    whose = {"payers": {"zorgverzekeraar": 1}, "cash": "hard"}
    scenario["cohorts"] = [
        {
            "id": "hiv",
            "what": "HIV",
            "stakeholder": "bewoners",
            "states": [{"id": x, "what": x} for x in (*alive, "dead")],
            "start": {"a": 1},
            "cycles": 20,
            **({"counts": copy.deepcopy(HIV_COUNTS)} if counted else {"moves": chances}),
            "programme": {
                "relative_risk": 0.509,
                "on": {"a": ["b", "c", "dead"], "b": ["c", "dead"], "c": ["dead"]},
                "first_cycles": 2,
            },
            "counting": "end",
            "costs": [care | whose, drug | whose],
            "effects": [
                {"id": "jaar", "what": "Levensjaar", "unit": "jaar", "discount_rate": 0,
                 "per_cycle": dict.fromkeys(alive, 1)}
            ],
        }
    ]  # fmt: skip
    return scenario


COUNTINGS = ("start", "end", "half_cycle", "trapezoid", "simpson", "weights")


def leaving(cost: Record, timing: str = "end_of_year", years: int = 1, **changes: Any) -> Record:
    """A thousand people, of whom 2 % leave in a cycle; nobody with the programme. One cost, 3 %."""
    scenario = bare(years=years, discounting={"rate": 0.03, "timing": timing})
    cycles = changes.get("cycles", 1)
    noun = {
        "id": "groep",
        "what": "Groep",
        "stakeholder": "bewoners",
        "states": [{"id": "leeft", "what": "Leeft"}, {"id": "weg", "what": "Weg"}],
        "start": {"leeft": 1000},
        "cycles": cycles,
        "moves": {"leeft": {"weg": 0.02}},
        "programme": {"relative_risk": 0, "on": {"leeft": ["weg"]}},
        "costs": [{"id": "zorg", "what": "Zorg", "payers": {"gemeente": 1}, **cost}],
    }
    whole = noun | changes
    scenario["cohorts"] = [{key: part for key, part in whole.items() if part is not None}]
    if changes.get("counting") == "weights":
        scenario["cohorts"][0]["weights"] = [1] * cycles + [0]
    return scenario
