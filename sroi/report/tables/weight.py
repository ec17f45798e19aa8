"""What the benefits rest on, as tables: which prices, and how those are known."""

from __future__ import annotations

from collections.abc import Iterable

from sroi.analysis.valuation.weight import OWN, UNSTATED, Part, Weight
from sroi.analysis.valuation.weight import by_evidence as parts_by_evidence
from sroi.analysis.valuation.weight import by_provenance as parts_by_provenance
from sroi.report.tables.tables import Row, Table
from sroi.report.told.told import Told
from sroi.report.words.numbers import Numbers
from sroi.report.words.words import Words

SMALL = 0.005


def by_provenance(told: Told) -> Table:
    """The benefits for society by how the prices are known: euros and share."""
    return _parts(told, "known", parts_by_provenance(told.valuation))


def by_evidence(told: Told) -> Table:
    """The same by the grade of the prices."""
    return _parts(told, "grade", parts_by_evidence(told.valuation))


def sentence(told: Told) -> str:
    """The largest part in words: 72 % of the benefits rests on second-hand prices; or nothing."""
    parts = parts_by_provenance(told.valuation)
    if not parts:
        return ""
    share, known = told.numbers.percent(parts[0].share), named(told.words, parts[0].name)
    return told.words("weight.sentence", share=share, known=known)


def _parts(told: Told, head: str, parts: Iterable[Part]) -> Table:
    w, n = told.words, told.numbers
    heads = [w(f"weight.{name}") for name in (f"head_{head}", "head_amount", "head_share")]
    rows = [[named(w, p.name), n.money(p.amount), share_of(n, p.share)] for p in parts]
    return Table(f"weight_by_{head}", heads, rows, frozenset({1, 2}))


def named(words: Words, name: str) -> str:
    """A provenance in words; a grade is its own word."""
    if name in (OWN, UNSTATED):
        return words("weight.own" if name == OWN else "weight.unstated")
    return words(f"provenance.{name}") if words.has(f"provenance.{name}") else name


def share_of(numbers: Numbers, share: float) -> str:
    """A share in whole percents; one that is next to nothing is a dash."""
    return numbers.percent(share) if share >= SMALL else "–"


def ranking(found: list[Weight], lang: str) -> Table:
    """The prices, the one that most rests on first; without those that carry next to nothing."""
    w, n = Words(lang), Numbers(lang)
    scenarios = {name for one in found for name in one.scenarios}
    rows: list[Row] = []
    for one in found:
        if max(one.present, one.gross, one.variance) < SMALL:
            continue
        shares = (one.present, one.gross, one.variance)
        name = one.price if len(scenarios) > 1 else one.price.rpartition(":")[2]
        known, grade = named(w, one.provenance), named(w, one.evidence)
        row = [name, known, "" if grade == known else grade, *(share_of(n, s) for s in shares)]
        rows.append([*row, n.number(len(one.scenarios))] if len(scenarios) > 1 else row)
    names = ("head_price", "head_known", "head_grade", "head_share", "head_gross", "head_variance")
    heads = [w(f"weight.{name}") for name in names]
    heads += [w("weight.head_scenarios")] if len(scenarios) > 1 else []
    figures = frozenset(range(3, len(heads)))
    return Table("weight", heads, rows, figures, whole=frozenset({0}))
