"""Scenarios of which every number that is shown can be computed by hand, told in both languages.

`hand_ladder`: one hundred people a year come into heavy care at € 1,000 and stay a year; a fifth of
them gets light support at € 100 instead, for half a year (docs/care_ladder.md, section 12). Without
anything uncertain the programme avoids 20/e = 7.36 and 20(1 - 1/e + 1/e²) = 15.35 person-years of
heavy care, and costs 5.68 and 9.41 of light support.

`hand_line`: one unit a year that brings € 1,000 times a rate between 2 and 10, all equally likely,
for an investment of € 4,000: a balance of € 2,000, from -€ 2,000 to € 6,000.
"""

import copy
from functools import cache
from typing import Any

from care_in_memory import hiv, one_tier, worked_example
from models_in_memory import Record
from valuations import outcome, small, valued

from sroi.analysis.result.question import question
from sroi.analysis.valuation.sensitivity import parts
from sroi.report.pages.page import contents, rendered
from sroi.report.tables.sensitivity import Asked
from sroi.report.told.told import Told, told

LANGS = ("nl", "en")
SHARES = {"gemeente": 0.6, "zorgverzekeraar": 0.4}
CONDITION = {
    "id": "toegang",
    "what": "Toegang open",
    "who": "gemeente",
    "action": "Spreek dat af",
    "criticality": 0.5,
    "moves_along": 0.6,
}
LONG = "Een naam die maar door en door gaat " * 12 + "x" * 90
RATE = {"uniform": [2, 10], "because": "Voorbeeld."}


def hand_ladder(**intervention: Any) -> Record:
    """The ladder, of which 60 % is paid by the gemeente; it invests 2,000 a year, and the waiting
    list takes three of ten places that come free."""
    scenario = one_tier()
    scenario["basis"]["draws"] = 256
    scenario["investment"] = [
        {"id": "inzet", "what": "Inzet", "payer": "gemeente", "per_year": 2000}
    ]
    ladder = scenario["care_ladder"][0]
    for tier in ladder["tiers"]:
        tier["payers"] = dict(SHARES)
    ladder["tiers"][1]["backfill"] = 0.3
    ladder["intervention"] |= intervention
    return scenario


def with_condition(**changes: Any) -> Record:
    """The same with a condition that holds in six of ten draws, and takes off half where not."""
    scenario = hand_ladder()
    scenario["enabling_conditions"] = [CONDITION | changes]
    return scenario


def with_conditions() -> Record:
    """With a second one, of which it is not known how far it holds."""
    scenario = with_condition()
    degree = {"low": 0.4, "best": 0.6, "high": 0.8, "because": "Voorbeeld."}
    other = {"id": "netwerk", "what": "Netwerk", "who": "buren"}
    other |= {"criticality": 0.2, "moves_along": degree}
    return scenario | {"enabling_conditions": [other, dict(CONDITION)]}


def uncertain_ladder(**intervention: Any) -> Record:
    """The same with a condition and an uncertain diversion, in 256 draws."""
    ranged = {"diversion": {"low": 0.1, "best": 0.2, "high": 0.3, "because": "Voorbeeld."}}
    scenario = hand_ladder(**ranged | intervention)
    scenario["enabling_conditions"] = [dict(CONDITION)]
    return scenario


def two_ladders() -> Record:
    """Two ladders that share their tiers."""
    scenario = uncertain_ladder()
    other = copy.deepcopy(scenario["care_ladder"][0])
    scenario["care_ladder"].append(other | {"id": "tweede", "what": "Tweede ladder"})
    return scenario


def harmful_ladder() -> Record:
    """More people come in than without the programme, and all of them need heavy care."""
    effects = {"diversion": 0, "net_widening": 0.3, "needs_heavy_care": 1}
    return uncertain_ladder(**effects)


def capacity_ladder() -> Record:
    """Staff for two of every three that ask."""
    return uncertain_ladder(capacity={"demand": 60, "possible": 40})


def relapsing_ladder() -> Record:
    """A fifth of those who leave heavy care goes to their own network, and some come back."""
    scenario = uncertain_ladder()
    ladder = scenario["care_ladder"][0]
    network = ladder["tiers"][0] | {"id": "netwerk", "what": "Netwerk", "level": 0, "cost": 10}
    ladder["tiers"].insert(0, network)
    ladder["moves"] |= {"zwaar": {"netwerk": 0.2, "exit": 0.8}, "netwerk": {"exit": 1}}
    return scenario | {"care_ladder": [ladder | {"relapse": 0.15}]}


def register_ladder() -> Record:
    """The rates from a register in which 100 people come and go; those who leave heavy care go out,
    but one in ten, who goes to light support."""
    scenario = uncertain_ladder()
    ladder = scenario["care_ladder"][0]
    del ladder["inflow"], ladder["moves"]
    steady = {"begin": 100, "inflow": 100, "outflow": 100, "end": 100}
    ladder["register"] = {
        "period": 1,
        "tiers": {"licht": steady, "zwaar": steady},
        "split_counts": {"zwaar": {"licht": 10, "exit": 90}, "licht": {"exit": 100}},
    }
    return scenario


def claiming_ladder() -> Record:
    """With a claim of 30 % fewer steps up, found without a comparison."""
    scenario = hand_ladder()
    ladder = scenario["care_ladder"][0]
    ladder["moves"]["licht"]["zwaar"] = 0.5
    claim = {"claim": {"found": 0.7, "bias_sd": 0.35, "prior_sd": 0.1}, "because": "Telling."}
    ladder["intervention"]["hazard_ratio_up"] = claim
    return scenario


def long_names() -> Record:
    """Names that fit nowhere, of a ladder, its tiers, a condition and the party that pays."""
    scenario = uncertain_ladder()
    ladder = scenario["care_ladder"][0]
    for part in (ladder, *ladder["tiers"]):
        part["what"] = LONG
    scenario["enabling_conditions"][0] |= {"what": LONG, "who": LONG, "action": LONG}
    scenario["payers"] = [{"id": "fonds", "name": LONG, "public": "true"}]
    scenario["investment"][0]["payer"] = "fonds"
    return scenario


def hand_line(**changes: Any) -> Record:
    """The line; `changes` as for `small`."""
    plain = {"outcomes__rate": RATE, "proxies__value": 1000, "investment__per_year": 4000}
    return small(**plain | changes)


def two_quantities() -> Record:
    """The line with an investment between 3,000 and 5,000: a sixteenth of the other's variance."""
    spread = {"uniform": [3000, 5000], "because": "Voorbeeld."}
    return hand_line(investment__per_year=spread)


def counted_share() -> Record:
    """Nineteen of thirty-nine people for whom a unit is worth € 10,000, against € 5,000."""
    counted = {"beta": {"yes": 19, "no": 20}, "because": "Telling."}
    return hand_line(
        outcomes__rate=counted, proxies__value=10_000, investment__per_year=5000, basis__draws=1024
    )


def unpriced(**changes: Any) -> Record:
    """The same, and beside it two units a year of something without a price; `changes` of it."""
    scenario = hand_line(investment__per_year=7000)
    plain = {"rate": 2, "value": "none", "because": "Geen prijs.", "effect_basis": "causal"}
    other = outcome(2, what="Buren groeten elkaar", **plain) | changes
    for name in ("proxy", "deadweight", "displacement", "attribution_to_others"):
        del other[name]
    scenario["outcomes"].append(other)
    return scenario


def forty() -> Record:
    """Forty outcomes like it."""
    scenario = hand_line()
    each = {"rate": RATE}
    scenario["outcomes"] = [outcome(n, what=f"Verandering {n}", **each) for n in range(40)]
    return scenario


MADE = {
    "line": hand_line,
    "two quantities": two_quantities,
    "counted share": counted_share,
    "certain line": small,
    "no investment": lambda: hand_line() | {"investment": []},
    "nothing but loss": lambda: hand_line(outcomes__rate={"uniform": [-10, -2], "because": "x"}),
    "without a price": unpriced,
    "worse without a price": lambda: unpriced(rate=-2) | {"investment": hand_line()["investment"]},
    "forty outcomes": forty,
    "certain ladder": hand_ladder,
    "ladder": uncertain_ladder,
    "condition": with_condition,
    "two conditions": with_conditions,
    "two ladders": two_ladders,
    "harmful ladder": harmful_ladder,
    "ladder with capacity": capacity_ladder,
    "ladder with relapse": relapsing_ladder,
    "ladder from a register": register_ladder,
    "ladder with a claim": claiming_ladder,
    "long names": long_names,
    "ladder without investment": lambda: uncertain_ladder() | {"investment": []},
    "certain cohort": hiv,
    "cohort": lambda: hiv(counted=True),
    "worked example": lambda: worked_example(conditions=True),
}


@cache
def tell(name: str, lang: str = "nl") -> Told:
    """One of them, told."""
    return told(_valued(name), lang)


def tell_of(scenario: Record | str, lang: str = "nl") -> Told:
    """Another one, told."""
    return told(valued(scenario), lang)


@cache
def _valued(name: str) -> Any:
    return valued(MADE[name]())


@cache
def ask(name: str, result: str = "society", lang: str = "nl") -> Asked:
    """A result of one of them."""
    shown = tell(name, lang)
    return Asked(shown, question(shown.valuation.model, result))


@cache
def filled(name: str, lang: str = "nl") -> dict[str, Any]:
    """What stands in the report of one of them."""
    return contents(_valued(name), lang, {}, "sroi run scenario.yaml")


@cache
def web_page(name: str, lang: str = "nl") -> str:
    """That report as HTML."""
    return rendered(filled(name, lang), for_print=False)


@cache
def answers(name: str, result: str = "society") -> dict[str, Any]:
    """All parts of what drives a result of one of them."""
    shown = ask(name, result)
    return {part: make() for part, make in parts(shown.told.valuation, shown.question).items()}


def with_variants() -> Record:
    """The line, with a variant in which twice as many units bring twice as much, one in which less
    is invested, and one that changes nothing."""
    both = {"activities.steun.volume": 2, "proxies.prijs.value": 2000}
    named = {"dubbel": both, "zuinig": {"investment.inzet.per_year": 3000}, "zelfde": {}}
    return hand_line() | {"variants": named}
