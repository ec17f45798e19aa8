"""What a portfolio rests on: its scenarios, its table, the prices, and how to reckon it again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import PurePath

from sroi.analysis.valuation.tender import refusals
from sroi.inputs.files.scenario_file import Loaded
from sroi.inputs.portfolio.filled import Programme
from sroi.inputs.scenario.assumptions import assumptions, used_proxies
from sroi.report.figures.part import Part
from sroi.report.portfolio.portfolio_json import fingerprint
from sroi.report.portfolio.portfolio_told import PortfolioTold
from sroi.report.words.problem_text import sentence
from sroi.report.words.words import catalogue

MOST_FINDINGS = 30
FIRST = 12  # characters of a fingerprint in a table


def rests_on(told: PortfolioTold) -> Part:
    """The scenarios with their fingerprints and their weakest evidence; the table; the prices."""
    columns = "programme scenario uncertain weakest prices checked weakest_price sign"
    rows = [_row(told, one) for one in told.valued.loaded.programmes]
    table = told.table("scenarios", columns, rows, 2, None)
    w = told.words
    sentences = [w("portfolio_report.rests_on")]
    return Part("", sentences, [], [table], [_table(told), *_layer(told)])


def concept(told: PortfolioTold) -> list[str]:
    """Why scenarios may not go into a tender yet, scenario by scenario."""
    return [
        f"{name}: {sentence(problem, told.words.lang)}"
        for name, loaded in _scenarios(told).items()
        for problem in refusals(loaded)
    ]


def findings(told: PortfolioTold) -> list[str]:
    """What was noticed when the portfolio and its scenarios were read; of very much the first."""
    lang = told.words.lang
    own = [sentence(problem, lang) for problem in told.valued.loaded.problems]
    for name, loaded in _scenarios(told).items():
        own += [f"{name}: {sentence(problem, lang)}" for problem in loaded.problems]
    more = len(own) - MOST_FINDINGS
    rest = [told.words("portfolio_report.and_more", count=told.numbers.number(more))]
    return [*own[:MOST_FINDINGS], *(rest if more > 0 else [])]


def limitations(told: PortfolioTold) -> list[str]:
    """What the scenarios say themselves, and what holds for every portfolio and every report."""
    own = [
        f"{name}: {text.in_(told.words.lang)}"
        for name, loaded in _scenarios(told).items()
        for text in loaded.scenario.limitations
    ]
    usual = catalogue("text", told.words.lang)
    return [*own, *usual["portfolio_report"]["limitations"], *usual["limitation"]["fixed"]]


def _scenarios(told: PortfolioTold) -> dict[str, Loaded]:
    """Every scenario once, by the title of the first programme that takes it."""
    found: dict[str, tuple[str, Loaded]] = {}
    for one in told.valued.loaded.programmes:
        found.setdefault(one.described.scenario, (told.programme(one.id), one.template))
    return dict(found.values())


def again(told: PortfolioTold, command: str, made_by: str) -> list[tuple[str, str]]:
    """With what anybody gets the same numbers."""
    draws, w = told.valued.structure.draws, told.words
    parts = {"portfolio": told.valued.loaded.portfolio.portfolio, "version": made_by}
    parts |= {"inputs": fingerprint(told.valued.loaded)}
    parts |= {"draws": told.numbers.number(draws.total), "seed": str(draws.seed)}
    parts |= {"sampling": w(f"sampling.{draws.method}"), "command": command}
    return [(w(f"fingerprint.{name}"), value) for name, value in parts.items()]


def _row(told: PortfolioTold, one: Programme) -> list[str]:
    """A programme: how many assumptions, on what evidence, and how its prices are known."""
    n, loaded = told.numbers.number, one.template
    stated = assumptions(loaded.scenario, loaded.library).values()
    uncertain = [x for x in stated if x.quantity.uncertain]
    grades = [x.quantity.evidence for x in uncertain if x.quantity.evidence]
    proxies = [loaded.library.proxies[key] for key in used_proxies(loaded.scenario)]
    known = [proxy.evidence for proxy in proxies if proxy.evidence]
    checked = sum(proxy.review.status == "checked" for proxy in proxies)
    worst = max(known, default="–") if len(known) == len(proxies) else told.words("weight.unstated")
    return [
        told.programme(one.id), one.described.scenario, n(len(uncertain)),
        _weakest(told, grades), n(len(proxies)), n(checked), worst, loaded.inputs_sha256[:FIRST],
    ]  # fmt: skip


def _weakest(told: PortfolioTold, grades: list[int]) -> str:
    """The weakest grade, and of how many assumptions it is: `6 (24×)`."""
    if not grades:
        return "–"
    worst = max(grades)
    return f"{worst} ({told.numbers.number(grades.count(worst))}×)"


def _table(told: PortfolioTold) -> str:
    """The table of areas: its file and the fingerprint of that."""
    table = told.valued.loaded.table
    facts = {"file": PurePath(table.file).name, "areas": told.numbers.number(len(table.rows))}
    return told.words(
        "portfolio_report.table", sign=hashlib.sha256(table.content).hexdigest(), **facts
    )


def _layer(told: PortfolioTold) -> Iterator[str]:
    """Which layer lies over the library, where a price in use is touched by it."""
    over = told.valued.loaded.library.layer
    used = {
        key for one in told.valued.loaded.programmes for key in used_proxies(one.template.scenario)
    }
    if over is not None and used & over.touched:
        n = told.numbers.number
        facts = {"count": n(len(used & over.touched)), "of": n(len(used)), "sign": over.sign}
        key = "layer" if over.name else "layer_nameless"
        yield told.words(f"portfolio_report.{key}", name=over.name, **facts)
