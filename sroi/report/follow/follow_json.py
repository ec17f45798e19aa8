"""A contract that is followed, as data for a program: `sroi.follow/1`.

Money in euros and whole cents in `lines` and `to_date`, positive for what is gained and for what it
costs; undiscounted, in the price level of the scenario and under `own_prices` in those of each
year. `expectation` is in present values, as in `sroi.results/1`; shares from 0 to 1. What is not
known is null.
"""

from __future__ import annotations

from typing import Any

from sroi.analysis.follow.care_use import care_use
from sroi.analysis.follow.expectation import Beside, Expectation
from sroi.analysis.follow.followed import Followed
from sroi.analysis.follow.going_on import Rule
from sroi.analysis.follow.paid import Paid
from sroi.analysis.follow.to_date import Money
from sroi.report.files.plain import plain
from sroi.report.words.problem_text import as_dict

SCHEMA = "sroi.follow/1"


def as_json(found: Followed, lang: str) -> dict[str, Any]:
    """All of it."""
    h, expected = found.happened, found.expectation
    basis = h.loaded.scenario.basis
    return {
        "schema": SCHEMA,
        "scenario": h.loaded.scenario.scenario,
        "inputs_sha256": h.loaded.inputs_sha256,
        "written_for": h.actuals.fingerprint,
        "changed": plain(h.changed),
        "until": str(h.until),
        "simulated": any(one.code == "follow-simulated" for one in h.problems),
        "price_year": basis.price_year,
        "draws": found.updated.values.draws,
        "seed": basis.seed,
        "lines": [_money(one) for one in found.years],
        "to_date": [_money(one) for one in found.to_date],
        "care_use": [
            {"path": one.path, "year": one.year, "expected": plain(one.expected),
             "counted": one.counted.amount, "share_of_year": one.counted.share,
             "place": one.place}
            for one in care_use(found.lines.factors)
        ],
        "assumptions": [_assumed(one) for one in found.updated.assumed],
        "kept": found.updated.kept,
        "effective_draws": found.updated.effective,
        "expectation": _expectation(expected) if expected else None,
        "rules": [_rule(one) for one in found.rules],
        "money_back": _back(found),
        "paid_for_results": [_paid(one) for one in found.paid],
        "problems": [as_dict(problem, lang) for problem in found.problems],
    }  # fmt: skip


def _rule(one: Rule) -> dict[str, Any]:
    monitor = one.monitor
    ends = ("at_least", "at_most", "stop_below", "stop_above", "year")
    return {
        "id": monitor.id,
        "path": one.path,
        **{name: getattr(monitor, name) for name in ends},
        "found": one.found,
        "final": one.final,
        "verdict": one.verdict,
        "chance_go": one.chance_go,
        "chance_stop": one.chance_stop,
    }


def _back(found: Followed) -> dict[str, Any] | None:
    contract = found.happened.loaded.scenario.contract
    if contract is None or found.back is None:
        return None
    chances = dict(zip(("promised", "now"), found.back, strict=True))
    return {"payer": contract.payer, "by": contract.back_by, **chances}


def _paid(one: Paid) -> dict[str, Any]:
    return plain(vars(one)) | {"result": one.result.id, "of": one.result.of}  # type: ignore[no-any-return]


def _money(one: Money) -> dict[str, Any]:
    own = one.own or (None, None)
    kind, _, line = one.line.partition(".")
    realised = None if one.realised is None else own[1]
    return {
        "kind": kind,
        "line": line,
        "payer": one.payer,
        "year": one.year or None,
        "known": one.basis,
        "expected": one.expected,
        "realised": one.realised,
        "with_what_was_done": one.with_done,
        "difference": None if one.difference is None else round(one.difference, 2),
        "causes": one.causes or None,
        "own_prices": {"expected": own[0], "realised": realised},
    }


def _assumed(one: Any) -> dict[str, Any]:
    seen = [{"kind": type(each.seen).__name__.lower(), **vars(each.seen),
             "after_corrections": bool(each.times_kept)} for each in one.seen]  # fmt: skip
    return {
        "path": one.path,
        "how": one.how,
        "before": plain(one.before),
        "after": plain(one.after),
        "seen": seen,
    }


def _expectation(found: Expectation) -> dict[str, Any]:
    return {
        "society": _beside(found.beside()),
        "by_payer": [{"payer": name, **_beside(one)} for name, one in found.payers().items()],
        "cumulative_balance": {
            "years": list(found.lines.years),
            "promised": plain(found.promised.cumulative()),
            "now": plain(found.now.cumulative()),
        },
    }


def _beside(one: Beside) -> dict[str, Any]:
    parts = {"whole": one.whole, "remaining": one.rest}
    return {
        name: {"promised": plain(pair[0]), "now": plain(pair[1])} if pair else None
        for name, pair in parts.items()
    }
