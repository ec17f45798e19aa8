"""The results as data that a program may rely on: `sroi.results/1`. Keys are added, never changed.

`benefits` and `investment` are present values for society; `by_year` is undiscounted but for
`present_value`; money in the currency and prices of `price_year`, not rounded. A number that cannot
be had is null. What concerns care stands in `care_json`, and what concerns prices in `prices_json`.
"""

from __future__ import annotations

from typing import Any

from sroi.analysis.valuation.valuation import Valuation
from sroi.inputs.scenario.assumptions import assumptions
from sroi.inputs.scenario.uses import part_of, used_in
from sroi.model.flows.results import Results, purse
from sroi.report.files.care_json import care_json
from sroi.report.files.central_json import (
    Array,
    by_line,
    by_payer,
    by_stakeholder,
    by_year,
    central_case,
    payback,
)
from sroi.report.files.plain import plain
from sroi.report.files.prices_json import prices_json
from sroi.report.words.problem_text import as_dict
from sroi.version import released

SCHEMA = "sroi.results/1"


def as_json(valuation: Valuation, lang: str) -> dict[str, Any]:
    """All results of a valuation."""
    loaded, drawn, model = valuation.loaded, valuation.drawn, valuation.model
    basis = loaded.scenario.basis
    results = {
        "schema": SCHEMA,
        "scenario": loaded.scenario.scenario,
        "variant": loaded.variant or None,
        "version": released(),
        "inputs_sha256": loaded.inputs_sha256,
        "draws": drawn.draws,
        "sampling": basis.sampling,
        "seed": basis.seed,
        "currency": basis.currency,
        "price_year": basis.price_year,
        "years": [model.first_year + year for year in range(model.years)],
        "discounting": {
            "regime": basis.discounting.regime,
            "rate": model.discounting.rate,
            "timing": model.discounting.timing,
            "investment": model.discounting.investment,
        },
        "central": central_case(valuation),
        "expected": _expected(drawn),
        "range": _ranges(drawn),
        "probability": _probabilities(valuation),
        "by_year": by_year(drawn),
        "by_payer": by_payer(drawn),
        "by_stakeholder": by_stakeholder(drawn),
        "by_line": by_line(drawn, lambda worth: _worth(drawn, worth)),
        "perspectives": _perspectives(valuation),
        "beyond_horizon": drawn.stage("beyond_horizon", drawn.rows("outcomes")),
        **care_json(valuation),
        "quantities": _quantities(valuation),
        **prices_json(valuation),
        "problems": [as_dict(problem, lang) for problem in loaded.problems],
    }
    return {key: plain(part) for key, part in results.items()}


def _quantities(valuation: Valuation) -> list[dict[str, Any]]:
    """The scenario's own quantities: central value, mean, and the numbers that follow from each."""
    known = assumptions(valuation.loaded.scenario, valuation.loaded.library)
    found = valuation.model.quantities.distributions
    return [
        {
            "path": path,
            "central": found[path].centre,
            "mean": found[path].mean,
            "sd": found[path].variance ** 0.5,
            "used_in": used_in(known, path.split(".")[1]),
        }
        for path in known
        if path.startswith("quantities.") and not part_of(path)
    ]


def _expected(results: Results) -> dict[str, Any]:
    ratio = results.ratio()
    amounts = {
        "benefits": results.mean_and_error(results.benefits()),
        "investment": results.mean_and_error(results.investment()),
        "net_present_value": results.mean_and_error(results.balance()),
        "sroi_ratio": (ratio.mean, ratio.standard_error) if ratio else (None, None),
    }
    return {
        **{name: mean for name, (mean, _) in amounts.items()},
        "payback_years": payback(results),
        "standard_error": {name: error for name, (_, error) in amounts.items()},
    }


def _ranges(results: Results) -> dict[str, Any]:
    estimates = {
        "sroi_ratio": results.ratio(),
        "net_present_value": results.estimate(results.balance()),
        "benefits": results.estimate(results.benefits()),
        "investment": results.estimate(results.investment()),
    }
    return {
        name: {"p5": e.p5, "p50": e.p50, "p95": e.p95} if e else None
        for name, e in estimates.items()
    }


def _probabilities(valuation: Valuation) -> dict[str, Any]:
    drawn = valuation.drawn
    payers = {
        payer: float((drawn.balance(purse(payer)) > 0).mean()) for payer in valuation.model.payers
    }
    exceed = float((drawn.balance() > 0).mean())
    return {"benefits_exceed_investment": exceed, "payer_balance_positive": payers}


def _worth(results: Results, amounts: Array) -> dict[str, float]:
    """What is expected of an amount (draw), and its range."""
    estimate = results.estimate(amounts)
    return {"present_value": estimate.mean, "p5": estimate.p5, "p95": estimate.p95}


def _perspectives(valuation: Valuation) -> dict[str, Any]:
    drawn = valuation.drawn
    table = {}
    for name, whose in list(valuation.perspectives())[:3]:
        balance = drawn.estimate(drawn.balance(whose))
        table[name] = {
            "benefits": float(drawn.benefits(whose).mean()),
            "investment": float(drawn.investment(whose).mean()),
            "balance": balance.mean,
            "p5": balance.p5,
            "p95": balance.p95,
        }
    return table
