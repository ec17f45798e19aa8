"""What is asked of a table, found in it: an area, a measure, a period, and one value of all else.

Nothing is chosen for who asks: where several things fit, all are told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from sroi.inputs.municipal_data.areas import bare
from sroi.inputs.municipal_data.overview import Area, Overview, first
from sroi.inputs.municipal_data.periods import IN_A_YEAR, Period, When, period
from sroi.inputs.municipal_data.table import Column, Record
from sroi.problems import Problem, Unusable, nearest


@dataclass(frozen=True)
class Asked:
    """What is asked. `period`: nothing where a table has one only; `where`: of other columns."""

    measure: str
    period: str = ""
    where: Mapping[str, str] = field(default_factory=dict)


def measure_of(found: Overview, asked: str) -> Column:
    """The measure that is meant: by its key, its title, or a part of that. Raises `Unusable`."""
    columns = found.measure_columns()
    wanted = bare(asked)
    same = [one for one in columns if wanted in (bare(one.key), bare(one.title))]
    found_ = same or [one for one in columns if wanted in bare(one.title)]
    if len(found_) == 1:
        return found_[0]
    titles = [one.title for one in found_ or columns]
    facts = {"asked": asked[:120], "known": first(titles)}
    code = "data-measure-several" if found_ else "data-measure-unknown"
    raise Unusable(Problem(code, file=found.table.file, facts=facts))


def period_of(found: Overview, asked: str) -> When:
    """The period that is meant. Raises `Unusable`; half-years are never added up to a year."""
    file, known = found.table.file, found.periods
    if not found.table.period:
        if not asked:
            raise Unusable(Problem("data-period-unsaid", file=file))
        return When("", period(asked), period(asked).status, True)
    if not asked and len(known) == 1:
        written = next(iter(known))
        return When(written, known[written], found.status(written))
    told = first([one.text for one in known.values()])
    if not asked:
        raise Unusable(Problem("data-period-needed", file=file, facts={"known": told}))
    wanted = period(asked)
    for written, one in known.items():
        if one.key == wanted.key:
            return When(written, one, found.status(written))
    parts = [one.text for one in known.values() if _is_part(one, wanted)]
    facts = {"asked": asked[:80], "known": first(parts) if parts else told}
    raise Unusable(Problem("data-period-parts" if parts else "data-period-unknown", file=file,
                           facts=facts))  # fmt: skip


def _is_part(one: Period, whole: Period) -> bool:
    shorter = IN_A_YEAR.get(one.kind, 0) > IN_A_YEAR.get(whole.kind, 13)
    return shorter and one.year == whole.year


def area_of(found: Overview, asked: str) -> Area | None:
    """The area that is meant; None where the table has none like it. Raises `Unusable`."""
    meant = found.meant(asked)
    if len({area.code or area.written for area in meant}) > 1:
        facts = {"asked": asked[:80], "known": first([area.told for area in meant])}
        raise Unusable(Problem("data-area-several", file=found.table.file, facts=facts))
    return meant[0] if meant else None


def area_unknown(found: Overview, asked: str) -> Unusable:
    """That a table has no such area."""
    names = [area.name for area in found.areas[:5000]]
    facts = {"asked": asked[:80], "nearest": nearest(asked, names)}
    return Unusable(Problem("data-area-unknown", file=found.table.file, facts=facts))


def chosen(found: Overview, where: Mapping[str, str]) -> list[frozenset[str] | None]:
    """Which values of each other column are asked for; None of one that is not.

    Raises `Unusable`.
    """
    wanted: list[frozenset[str] | None] = [None] * len(found.table.others)
    for name, value in where.items():
        at = next((n for n, one in enumerate(found.table.others)
                   if bare(name) in (bare(one.key), bare(one.title))), -1)  # fmt: skip
        if at < 0:
            facts = {"asked": name[:80], "known": first([o.title for o in found.table.others])}
            raise Unusable(Problem("data-column-unknown", file=found.table.file, facts=facts))
        fits = _values(found, at, value)
        if not fits:
            known = [found.table.said(found.table.others[at].key, one) for one in found.values[at]]
            facts = {"asked": value[:80], "column": found.table.others[at].title[:80],
                     "known": first(known)}  # fmt: skip
            raise Unusable(Problem("data-value-unknown", file=found.table.file, facts=facts))
        wanted[at] = fits
    return wanted


def _values(found: Overview, at: int, asked: str) -> frozenset[str]:
    """The values of a column that a code or a title stands for."""
    key = found.table.others[at].key
    return frozenset(
        value for value in found.values[at]
        if bare(asked) in (bare(value), bare(found.table.said(key, value)))
    )  # fmt: skip


def records(
    found: Overview, area: Area, measure: Column, when: When, where: Mapping[str, str]
) -> list[Record]:
    """The rows that are asked for: of one value of every other column. Raises `Unusable` where
    several are left, for one of them may be a total of the others."""
    wanted = chosen(found, where)
    rows = list(_fitting(found, area, measure, when, wanted))
    for at, column in enumerate(found.table.others):
        values = list(dict.fromkeys(row.others[at] for row in rows))
        if len(values) > 1:
            told = first([found.table.said(column.key, value) for value in values])
            facts = {"column": column.title[:80], "known": told}
            raise Unusable(Problem("data-rows-several", file=found.table.file, facts=facts))
    if len(rows) > 1:
        facts = {"area": area.told[:80], "lines": first([str(row.line) for row in rows])}
        line = rows[1].line
        raise Unusable(Problem("data-row-twice", file=found.table.file, line=line, facts=facts))
    return rows


def _fitting(
    found: Overview, area: Area, measure: Column, when: When,
    wanted: list[frozenset[str] | None],
) -> Iterator[Record]:  # fmt: skip
    """Every row of an area, a measure and a period with these values."""
    for row in found.rows(area, measure.key, when.written):
        pairs = zip(wanted, row.others, strict=True)
        if all(values is None or value in values for values, value in pairs):
            yield row
