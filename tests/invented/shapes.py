"""Scenarios of every shape: one outcome or forty with three ladders, one payer or twelve, and more.

Made from the two full examples of `valid_scenario`, with few draws, to see whether a report of
them can be read: nothing falls off a page, and no page is nearly empty.
"""

import copy
from collections.abc import Callable
from functools import cache
from typing import Any

import yaml
from models_in_memory import Record
from quick_yaml import BaseLoader
from valid_scenario import CARE, SCENARIO
from valuations import valued

from sroi.analysis.valuation.valuation import Valuation
from sroi.report.pages.page import contents, rendered

WORD = "arbeidsongeschiktheidsverzekeringsmaatschappijmedewerkersopleidingscentrumgebouw"
NAME = (
    "Inwoners van de wijken rond het oude station die door ziekte of verlies minder buiten komen, "
    "en hun naasten, vinden op tijd de weg naar steun dichtbij huis en blijven "
    "langer zelfstandig wonen"
)
RANGE = {"low": 2, "best": 5, "high": 9, "because": "Telling in de wijk."}
CUTS = ("deadweight", "displacement", "attribution_to_others")


def outcomes_only(draws: int = 64) -> Record:
    """The example with outcomes, in few draws and without its variants."""
    return _quick(SCENARIO, draws)


def care_only(draws: int = 64) -> Record:
    """The example with two ladders, a direct shift and a cohort, in few draws."""
    return _quick(CARE, draws)


def _quick(text: str, draws: int) -> Record:
    scenario: Record = yaml.load(text, BaseLoader)  # all as text: `yes` is a name here
    scenario["basis"]["draws"] = draws
    del scenario["variants"]
    return scenario


def one_outcome() -> Record:
    """What a small organisation begins with: one outcome, and nothing else."""
    scenario = outcomes_only()
    del scenario["correlations"], scenario["proxies"]
    return scenario | {"outcomes": scenario["outcomes"][:1]}


def without_uncertainty() -> Record:
    """The same with a single number everywhere."""
    scenario = one_outcome()
    scenario["investment"] = [
        {"id": "inzet", "what": "Inzet", "payer": "gemeente", "per_year": 100_000}
    ]
    scenario["activities"][0]["volume"] = 400
    plain: Record = {name: {"value": 0.2, "because": "Schatting."} for name in CUTS}
    plain["displacement"] = {"value": 0, "because": "Schatting."}
    scenario["proxies"] = [_price("eigen", 500)]
    scenario["outcomes"][0] |= plain | {"rate": 2, "unit": "uur", "proxy": "eigen"}
    return scenario


def forty_and_three() -> Record:
    """Forty outcomes, three ladders, a direct shift, a cohort and two conditions."""
    scenario, other = care_only(), outcomes_only()
    third = copy.deepcopy(scenario["care_ladder"][0])
    scenario["care_ladder"].append(third | {"id": "ouderen", "what": "Zorg voor ouderen"})
    scenario["activities"] += other["activities"]
    scenario["activities"][-1]["volume"] = 300
    scenario["proxies"] += other["proxies"] + [_price(f"prijs-{n}", 40 + 15 * n) for n in range(40)]
    scenario["outcomes"] = [_outcome(n) for n in range(40)]
    scenario["stakeholders"] += other["stakeholders"]
    return scenario


def _outcome(number: int) -> Record:
    """One of forty, some of which are a loss and some of which have no price."""
    one = {
        "id": f"uitkomst-{number}",
        "what": f"Verandering {number + 1} in het leven van de deelnemers",
        "stakeholder": ("ouderen", "mantelzorgers", "inwoners")[number % 3],
        "of": "huisbezoek",
        "rate": RANGE if number % 9 else {"uniform": [-3, -1], "because": "Meer in beeld."},
        "lasts": 1 + number % 3,
        "drop_off": 0.2,
    }
    if number % 13 == 12:
        return one | {"value": "none", "because": "Hiervoor is geen prijs.", "lasts": 1}
    share = {"low": 0.1, "best": 0.3, "high": 0.5, "because": "Schatting."}
    return (
        one
        | {name: dict(share) for name in CUTS}
        | {"proxy": f"prijs-{number}", "effect_basis": "gross"}
    )


def _price(key: str, value: float) -> Record:
    return {
        "id": key, "name": f"Prijs {key}", "value": value, "unit": "EUR/uur", "price_year": 2024,
        "payers": {"gemeente": 0.6, "zorgverzekeraar": 0.4}, "cash": "soft",
        "source": "eigen-meting[bijlage]",
    }  # fmt: skip


def long_names(name: str = NAME) -> Record:
    """The care example with one outcome, in which everything that has a name has this one."""
    scenario, other = care_only(), one_outcome()
    scenario["activities"] += other["activities"]
    scenario["activities"][-1]["volume"] = 300
    scenario["outcomes"] = other["outcomes"]
    scenario["stakeholders"] += other["stakeholders"]
    scenario["payers"] = [{"id": "fonds", "name": name, "public": True}]
    scenario["investment"][0]["payer"] = "fonds"
    _rename(scenario, name)
    return scenario


def _rename(part: Any, name: str) -> None:
    """Every title, name, description, reason and condition under a part of a scenario."""
    for inner in part if isinstance(part, list) else part.values():
        if isinstance(inner, dict | list):
            _rename(inner, name)
    if isinstance(part, dict):
        given = {"what", "name", "title", "who", "action", "because"} & part.keys()
        part |= dict.fromkeys(given, name)


def negative() -> Record:
    """Every outcome is a loss, and the investment comes on top."""
    scenario = outcomes_only()
    loss = {"uniform": [-0.2, -0.05], "because": "Meer mensen komen in beeld."}
    for outcome in scenario["outcomes"]:
        outcome["rate"] = loss
    return scenario


def harmful() -> Record:
    """Ladders on which more people go up with the programme than without it."""
    scenario = care_only()
    worse = {"hazard_ratio_up": 1.4, "hazard_ratio_down": 0.8, "diversion": 0, "net_widening": 0.3}
    for ladder in scenario["care_ladder"]:
        ladder["intervention"] |= worse
    del scenario["correlations"]
    return scenario


def no_benefits() -> Record:
    """What it brings is nothing."""
    scenario = without_uncertainty()
    scenario["outcomes"][0]["rate"] = 0
    return scenario


def without_investment() -> Record:
    """Nobody pays for it."""
    return outcomes_only() | {"investment": []}


def only_a_ladder() -> Record:
    """One ladder and what it costs."""
    scenario = care_only()
    for name in ("direct_shift", "cohorts"):
        del scenario[name]
    return scenario | {"care_ladder": scenario["care_ladder"][:1]}


def hundred_years() -> Record:
    """A small ladder over a hundred years."""
    scenario = only_a_ladder()
    scenario["basis"] |= {"years": 100, "draws": 16}
    for name in ("activities", "correlations"):
        del scenario[name]
    return scenario | {"care_ladder": care_only()["care_ladder"][1:]}


def twelve_payers() -> Record:
    """A price of which twelve parties have a share, and all of them pay a part."""
    scenario = outcomes_only()
    keys = [f"partij-{n}" for n in range(1, 13)]
    scenario["payers"] += [
        {"id": key, "name": f"Stichting {key} van de regio Voorbeeldstad", "public": bool(n % 2)}
        for n, key in enumerate(keys)
    ]
    shares = {key: 0.08 for key in keys} | {keys[0]: 0.12}
    scenario["proxies"][0]["payers"] = shares
    scenario["outcomes"][1]["rate"] = {"uniform": [20, 60], "because": "Schatting."}
    scenario["investment"][0]["payers"] = shares
    return scenario


SHAPES: dict[str, Callable[[], Record]] = {
    "one outcome": one_outcome,
    "no uncertainty": without_uncertainty,
    "forty outcomes and three ladders": forty_and_three,
    "long names": long_names,
    "one long word": lambda: long_names(WORD),
    "losses": negative,
    "harm": harmful,
    "no benefits": no_benefits,
    "no investment": without_investment,
    "only a ladder": only_a_ladder,
    "a hundred years": hundred_years,
    "twelve payers": twelve_payers,
}


@cache
def valuation(name: str) -> Valuation:
    """One of them, valued."""
    return valued(SHAPES[name]())


@cache
def filled(name: str, lang: str) -> dict[str, Any]:
    """What stands in its report."""
    return contents(valuation(name), lang, {}, "sroi run scenario.yaml")


def page(name: str, lang: str) -> str:
    """That report as HTML for print."""
    return rendered(filled(name, lang), for_print=True)
