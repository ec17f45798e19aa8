"""A portfolio as data that a program may rely on: `sroi.portfolio/1`. Keys are added, not changed.

What is told of a row, of a programme and of the total has the keys of `sroi.results/1`: present
values for society in money of `price_year`, not rounded; `by_year` is undiscounted. Payers count
with all classes of cash together.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from sroi.analysis.portfolio.answer import Answer
from sroi.analysis.portfolio.drivers import Driver
from sroi.analysis.portfolio.funding import Choice, Funding
from sroi.analysis.portfolio.order import Place
from sroi.analysis.portfolio.valued import RowAnswer, Valued
from sroi.inputs.portfolio.portfolio_file import LoadedPortfolio
from sroi.report.files.plain import plain
from sroi.report.words.problem_text import as_dict
from sroi.version import released

SCHEMA = "sroi.portfolio/1"


def as_json(
    valued: Valued,
    places: list[Place],
    drivers: list[Driver],
    funding: Funding | None,
    lang: str,
) -> dict[str, Any]:
    """All answers of a portfolio; `funding`: null where it names no budget."""
    loaded, draws = valued.loaded, valued.structure.draws
    groups = valued.structure.groups
    group = groups[0]
    first = group.alike.model.first_year
    results = {
        "schema": SCHEMA,
        "portfolio": loaded.portfolio.portfolio,
        "version": released(),
        "inputs_sha256": fingerprint(loaded),
        "draws": draws.total,
        "sampling": draws.method,
        "seed": draws.seed,
        "currency": group.loaded.scenario.basis.currency,
        "price_year": group.loaded.scenario.basis.price_year,
        "years": list(range(first, first + max(one.alike.model.years for one in groups))),
        "perspective": "society",
        "discounting": vars(group.alike.model.discounting),
        "own": loaded.portfolio.own,
        "columns": list(_columns(valued)),
        "total": _answer(valued.total, first),
        "bands": valued.bands,
        "programmes": [
            {"programme": name, "areas": _count(valued, name), **_answer(answer, first)}
            for name, answer in valued.programmes.items()
        ],
        "rows": [_row(row, place, first) for row, place in zip(valued.rows, places, strict=True)],
        "drivers": drivers,
        "funding": _funding(valued, funding) if funding else None,
        "problems": [as_dict(problem, lang) for problem in loaded.problems],
    }
    return {key: plain(part) for key, part in results.items()}


def _funding(valued: Valued, funding: Funding) -> dict[str, Any]:
    budget = funding.budget
    return {
        "payer": budget.payer,
        "at_most": budget.at_most,
        "per": budget.per,
        "choose": budget.choose,
        "one_more_euro": funding.euro,
        "choices": [
            {"by": by, **_choice(valued, one)}
            for by, one in [*funding.best.items(), ("greedy", funding.greedy)]
        ],
    }


def _choice(valued: Valued, one: Choice) -> dict[str, Any]:
    rows = [valued.rows[number] for number in one.rows]
    return {
        "cost": one.cost,
        "expected": one.expected,
        "chance": one.chance,
        "worst_tenth": one.worst,
        "gap": one.gap,
        "rows": [{"programme": row.programme, "area": row.area} for row in rows],
    }


def fingerprint(loaded: LoadedPortfolio) -> str:
    """SHA-256 of all that the numbers rest on: the scenarios, and what every row fills in them."""
    parts = {
        "scenarios": {one.id: one.template.inputs_sha256 for one in loaded.programmes},
        "rows": [[row.programme, row.area, row.values] for row in loaded.rows],
        "own": loaded.portfolio.own,
    }
    text = json.dumps(parts, sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _columns(valued: Valued) -> Iterator[dict[str, Any]]:
    """Every column that fills something, and whether rows that differ in it share a valuation."""
    for one in valued.loaded.programmes:
        for column, path in one.described.fills:
            shared = path in valued.structure.linear[one.id]
            yield {"programme": one.id, "column": column, "path": path, "shared": shared}


def _count(valued: Valued, programme: str) -> int:
    return sum(row.programme == programme for row in valued.rows)


def _row(row: RowAnswer, place: Place, first_year: int) -> dict[str, Any]:
    central = {
        "benefits": row.central.benefits,
        "investment": row.central.investment,
        "net_present_value": row.central.balance,
    }
    return {
        "programme": row.programme,
        "area": row.area,
        "shared": row.shared,
        "place": place.place,
        "among_first_ten": place.among_first,
        "central": central,
        **_answer(row.answer, first_year),
    }


def _answer(answer: Answer, first_year: int) -> dict[str, Any]:
    balance, ratio = answer.balance, answer.ratio
    return {
        "expected": {
            "benefits": answer.benefits,
            "investment": answer.investment,
            "net_present_value": balance.mean,
            "sroi_ratio": ratio.mean if ratio else None,
            "standard_error": {
                "net_present_value": balance.standard_error,
                "sroi_ratio": ratio.standard_error if ratio else None,
            },
        },
        "deviation": answer.deviation,
        "range": {
            "net_present_value": {"p5": balance.p5, "p50": balance.p50, "p95": balance.p95},
            "sroi_ratio": {"p5": ratio.p5, "p50": ratio.p50, "p95": ratio.p95} if ratio else None,
        },
        "probability": {
            "benefits_exceed_investment": answer.positive,
            "payer_balance_positive": {one.payer: one.positive for one in answer.payers},
        },
        "by_payer": [
            {
                name: getattr(one, name)
                for name in ("payer", "benefits", "investment", "balance", "hard")
            }
            for one in answer.payers
        ],
        "by_year": [
            {"year": first_year + n, "benefits": float(gain), "investment": float(cost)}
            for n, (gain, cost) in enumerate(
                zip(answer.benefits_by_year, answer.investment_by_year, strict=True)
            )
        ],
    }
