"""What must hold of every row by itself: what it is about, when, and how it can be known."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sroi.inputs.follow.happened import Happened, Row
from sroi.problems import Problem

SMALLEST = 5  # people who may be counted in a cell
# how each kind of thing can be known
KNOWN = {
    "volume": ("counted", "estimated"),
    "cost": ("booked", "estimated"),
    "price": ("booked", "measured", "estimated"),
    "people": ("counted", "estimated"),
}


def it_is_in_the_years(h: Happened) -> Iterator[Problem]:
    """follow-period-outside, follow-period-later, follow-year-running"""
    basis, until = h.loaded.scenario.basis, h.until
    last = basis.first_year + basis.years - 1
    for row in h.rows:
        when = row.actual.period
        facts = {"found": str(when), "until": str(until)}
        if not basis.first_year <= when.year <= last:
            ends = {"first": basis.first_year, "last": last}
            yield h.wrong("follow-period-outside", row.number, "period", **facts, **ends)
        elif not when.quarter and when.year == until.year and until.last[1] < 4:
            yield h.wrong("follow-year-running", row.number, "period", **facts)
        elif when.last > until.last:
            yield h.wrong("follow-period-later", row.number, "period", **facts)


def it_is_known_as_it_can_be(h: Happened) -> Iterator[Problem]:
    """follow-effect-from-volume, follow-known-unfit"""
    for row in h.rows:
        known, kind = row.actual.known, row.subject.kind
        facts = {"what": row.subject.path, "found": known}
        if kind == "effect" and known != "measured":
            yield h.wrong("follow-effect-from-volume", row.number, "known", **facts)
        elif kind != "effect" and known not in KNOWN[kind]:
            expected = ", ".join(KNOWN[kind])
            yield h.wrong("follow-known-unfit", row.number, "known", **facts, expected=expected)


def what_was_measured_has_a_band(h: Happened) -> Iterator[Problem]:
    """follow-band-missing, follow-band-unfit"""
    for row in h.rows:
        banded = row.spread is not None or row.actual.of is not None
        facts = {"what": row.subject.path}
        if row.actual.known == "measured" and not banded:
            yield h.wrong("follow-band-missing", row.number, "amount", **facts)
        elif row.actual.known != "measured" and (banded or row.rate):
            yield h.wrong("follow-band-unfit", row.number, "amount", **facts)


def without_comparison_nothing_is_causal(h: Happened) -> Iterator[Problem]:
    """follow-not-causal, follow-comparison-unfit"""
    causal = {x.id for x in h.loaded.scenario.outcomes if x.effect_basis == "causal"}
    for row in h.rows:
        first, line, *rest = row.subject.path.split(".")
        facts = {"what": row.subject.path}
        of_care = first in ("care_ladder", "direct_shift") and rest[:1] == ["intervention"]
        needs = of_care or (first == "outcomes" and rest == ["rate"] and line in causal)
        if row.subject.kind == "effect" and needs and row.comparison == "none":
            yield h.wrong("follow-not-causal", row.number, "comparison", **facts)
        elif row.actual.comparison and row.subject.kind != "effect":
            yield h.wrong("follow-comparison-unfit", row.number, "comparison", **facts)


def nobody_can_be_recognised(h: Happened) -> Iterator[Problem]:
    """follow-count-small"""
    for row in h.rows:
        actual, cells = row.actual, list[float]()
        if actual.of is not None:
            cells = [actual.amount or 0.0, actual.of - (actual.amount or 0.0), actual.of]
        elif row.subject.kind == "people" or row.subject.path.startswith("activities."):
            cells = [actual.amount or 0.0] if row.subject.kind != "effect" else []
        if any(0 < cell < SMALLEST for cell in cells):
            facts = {"what": row.subject.path, "least": SMALLEST}
            yield h.wrong("follow-count-small", row.number, "amount", **facts)


def an_amount_can_be_so(h: Happened) -> Iterator[Problem]:
    """follow-amount-negative, follow-count-of"""
    for row in h.rows:
        amount, facts = row.size, {"what": row.subject.path}
        if row.subject.kind in ("volume", "people") and amount < 0:
            yield h.wrong("follow-amount-negative", row.number, "amount", **facts)
        found = row.actual.amount or 0.0
        if row.actual.of is not None and (found < 0 or found != int(found)):
            yield h.wrong("follow-count-of", row.number, "amount", **facts)


def only_costs_have_a_payer(h: Happened) -> Iterator[Problem]:
    """follow-payer-nothing, follow-payer-other, follow-payer-missing"""
    lines = {line.id: line for line in h.loaded.scenario.investment}
    named = {row.subject.path for row in h.rows if row.actual.payer}
    for row in h.rows:
        payer, facts = row.actual.payer, {"what": row.subject.path}
        if row.subject.kind != "cost":
            if payer:
                yield h.wrong("follow-payer-nothing", row.number, "payer", **facts, found=payer)
            continue
        shares = lines[row.subject.line].shares
        if payer and payer not in shares:
            known = ", ".join(shares)
            yield h.wrong(
                "follow-payer-other", row.number, "payer", **facts, found=payer, expected=known
            )
        elif not payer and row.subject.path in named:
            yield h.wrong("follow-payer-missing", row.number, "payer", **facts)


RULES: list[Callable[[Happened], Iterator[Problem]]] = [
    it_is_in_the_years,
    it_is_known_as_it_can_be,
    what_was_measured_has_a_band,
    without_comparison_nothing_is_causal,
    nobody_can_be_recognised,
    an_amount_can_be_so,
    only_costs_have_a_payer,
]


def rows_about(rows: tuple[Row, ...]) -> dict[str, list[Row]]:
    """The rows by what they are about."""
    found = dict[str, list[Row]]()
    for row in rows:
        found.setdefault(row.subject.path, []).append(row)
    return found
