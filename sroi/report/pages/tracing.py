"""Every total, payer and line with the key by which `sroi explain` takes it back to its inputs."""

from __future__ import annotations

from sroi.model.flows.results import Results, purse
from sroi.report.tables.tables import Row, Table
from sroi.report.told.told import Told


def tracing(t: Told) -> Table:
    """Key, what it is, the amount expected over the draws, and that with every middle value.

    The first amount is that of the report; the second is what `sroi explain` writes out.
    """
    heads = [t.words(f"head.{name}") for name in ("key", "result", "expected", "middle")]
    rows = [*_totals(t), *_payers(t), *_lines(t)]
    return Table("tracing", heads, rows, frozenset({2, 3}))


def _both(t: Told) -> tuple[Results, Results]:
    return t.valuation.drawn, t.valuation.central


def _totals(t: Told) -> list[Row]:
    w, money = t.words, t.numbers.money
    rows = []
    for key, of in (
        ("benefits", Results.benefits),
        ("investment", Results.investment),
        ("net_present_value", Results.balance),
    ):
        rows.append([key, w(f"head.{key}"), *(money(float(of(r).mean())) for r in _both(t))])
    ratios = [_ratio(t, results) for results in _both(t)]
    return [*rows, ["sroi_ratio", w("head.sroi_ratio"), *ratios]]


def _ratio(t: Told, results: Results) -> str:
    ratio = results.ratio()
    if ratio is None:
        return "–"
    return t.numbers.ratio(ratio.mean, ratio.standard_error)


def _payers(t: Told) -> list[Row]:
    rows = []
    for payer in t.valuation.model.payers:
        amounts = [t.numbers.money(float(r.balance(purse(payer)).mean())) for r in _both(t)]
        rows.append([payer, t.words("tracing.balance", payer=t.payer(payer)), *amounts])
    return rows


def _lines(t: Told) -> list[Row]:
    rows = []
    for line in dict.fromkeys(t.valuation.drawn.lines):
        kind, _, key = line.partition(".")
        found = [(r, r.rows(kind, [key])) for r in _both(t)]
        amounts = [t.numbers.money(float(r.present_values(own).mean())) for r, own in found]
        rows.append([line, t.line(line), *amounts])
    return rows
