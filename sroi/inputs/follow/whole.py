"""What must hold between rows, and between the table and its scenario."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sroi.inputs.follow.happened import Change, Happened
from sroi.inputs.follow.price_levels import price_level, rise
from sroi.inputs.follow.rules import rows_about
from sroi.inputs.scenario.assumptions import assumptions
from sroi.problems import Problem


def a_year_is_not_there_twice(h: Happened) -> Iterator[Problem]:
    """follow-year-and-quarters"""
    for rows in rows_about(h.rows).values():
        if rows[0].subject.kind in ("effect", "price"):
            continue
        quarters = {(r.actual.period.year, r.actual.payer) for r in rows if r.actual.period.quarter}
        for row in rows:
            when = row.actual.period
            if not when.quarter and (when.year, row.actual.payer) in quarters:
                facts = {"what": row.subject.path, "year": when.year}
                yield h.wrong("follow-year-and-quarters", row.number, "period", **facts)


def prices_are_of_one_level(h: Happened) -> Iterator[Problem]:
    """follow-price-level, follow-price-year-unfit"""
    for rows in rows_about(h.rows).values():
        first = rows[0].actual.price_year
        for row in rows:
            facts = {"what": row.subject.path, "first": first or "–"}
            stated = row.actual.price_year
            if row.subject.kind not in ("cost", "price"):
                if stated:
                    yield h.wrong("follow-price-year-unfit", row.number, "price_year", **facts)
            elif stated != first:
                facts["found"] = stated or "–"
                yield h.wrong("follow-price-level", row.number, "price_year", **facts)


def prices_can_be_compared(h: Happened) -> Iterator[Problem]:
    """follow-series-end"""
    for row in h.rows:
        if row.subject.kind not in ("cost", "price"):
            continue
        level, year = price_level(h.loaded, row.subject.path), row.actual.money_of
        if rise(h.loaded, level.rule, level.year, year) is None:
            known = h.loaded.library.indices[str(level.rule)].factors
            facts = {"what": row.subject.path, "series": level.rule, "found": year}
            facts |= {"last": max(known), "after": max(known) + 1, "wanted": level.year}
            yield h.wrong("follow-series-end", row.number, "period", **facts)


def what_is_missing_is_unknown(h: Happened) -> Iterator[Problem]:
    """follow-quarter-missing"""
    for path, rows in rows_about(h.rows).items():
        if rows[0].subject.kind in ("effect", "price"):
            continue
        years = range(min(r.actual.period.year for r in rows), h.until.year + 1)
        gone = [
            f"{year}-Q{quarter}"
            for year in years
            for quarter in sorted(h.over(year) - h.quarters(path, year))
        ]
        if gone:
            facts = {"what": path, "periods": ", ".join(gone[:8]) + ("…" if gone[8:] else "")}
            yield h.told("follow-quarter-missing", rows[0].number, "what", **facts)


def corrections_are_told(h: Happened) -> Iterator[Problem]:
    """follow-corrected"""
    for row in h.rows:
        if row.replaced is not None:
            before = "–" if row.replaced.amount is None else f"{row.replaced.amount:g}"
            facts = {"what": row.subject.path, "period": str(row.actual.period)}
            facts |= {"before": before, "after": f"{row.size:g}"}
            yield h.told("follow-corrected", row.number, "amount", **facts)


def nothing_made_up_is_a_result(h: Happened) -> Iterator[Problem]:
    """follow-simulated"""
    if h.actuals.simulated or any(row.rate and row.rate.simulated for row in h.rows):
        yield h.document.problem("follow-simulated", ("simulated",), False, "warning")


def changes(before: Happened | None, after: Happened) -> tuple[Change, ...]:
    """Which numbers of the scenario are others than when the table was begun."""
    if before is None:
        return ()
    old, new = (
        {
            path: one.quantity.model_dump_json(exclude_none=True, exclude={"because", "source"})
            for path, one in assumptions(h.loaded.scenario, h.loaded.library).items()
        }
        | {
            f"basis.{key}": str(value)
            for key, value in h.loaded.scenario.basis.model_dump(mode="json").items()
        }
        for h in (before, after)
    )
    paths = [*old, *(path for path in new if path not in old)]
    return tuple(
        Change(path, old.get(path, "–"), new.get(path, "–"))
        for path in paths
        if old.get(path) != new.get(path)
    )


RULES: list[Callable[[Happened], Iterator[Problem]]] = [
    a_year_is_not_there_twice,
    prices_are_of_one_level,
    prices_can_be_compared,
]
# what stops nothing, and is only said of a table that can be used
TOLD: list[Callable[[Happened], Iterator[Problem]]] = [
    what_is_missing_is_unknown,
    corrections_are_told,
    nothing_made_up_is_a_result,
]
