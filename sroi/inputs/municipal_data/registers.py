"""The register of a care ladder out of tables: people at the start, in, out and at the end.

A table seldom has all four. Who is there at the end of one period is there at the start of the
next; all of a period are those of its start and those who came; and begin + in - out = end. What
follows from these is reckoned, with the bands of what it follows from, and told. What then is
missing stays open, and so does where people go: no table says it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from sroi.inputs.municipal_data.areas import bare
from sroi.inputs.municipal_data.asked import Asked
from sroi.inputs.municipal_data.overview import Overview, first
from sroi.inputs.municipal_data.periods import Period, period
from sroi.inputs.municipal_data.rounding import Band
from sroi.inputs.municipal_data.table import Column
from sroi.inputs.municipal_data.taken import Taken, taken
from sroi.problems import Problem, Unusable

COUNTS = ("begin", "inflow", "outflow", "end")
TOTAL = "total"
EITHER = "|"  # between the names that one thing has in different tables
How = Literal["taken", "before", "total", "balance", "open"]
# what leaves a count open, and does not stop
MISSING = {"data-figure-unknown", "data-row-missing", "data-area-unknown"}
DAYS_A_YEAR = 365.25


@dataclass(frozen=True)
class Wanted:
    """What is asked: `tiers` by id, as the tables call them; `measures` for each count, and for all
    of a period (`total`); `before`: the period whose end is the start, where it is not the last."""

    area: str
    period: str
    tiers: Mapping[str, str]
    measures: Mapping[str, str]
    before: str = ""
    where: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Count:
    """A count, how it was found, and what it was taken from; without a band it is open."""

    band: Band | None = None
    how: How = "open"
    of: tuple[Taken, ...] = ()


@dataclass(frozen=True)
class Registered:
    """The counts by tier. `years`: how long the period lasts; `renamed`: what one table calls
    otherwise than another."""

    wanted: Wanted
    period: Period
    years: float
    tiers: Mapping[str, Mapping[str, Count]]
    renamed: tuple[str, ...] = ()

    def open(self) -> list[tuple[str, str]]:
        """The counts that the tables do not tell, as tier and count."""
        return [(tier, name) for tier, counts in self.tiers.items()
                for name in COUNTS if counts[name].band is None]  # fmt: skip

    def every(self) -> list[Taken]:
        """All numbers that it rests on."""
        return [one for counts in self.tiers.values() for c in counts.values() for one in c.of]


def registered(every: list[Overview], wanted: Wanted) -> Registered:
    """The register of an area in a period. Raises `Unusable` where a tier or a measure is in none
    of the tables, or where it would have to be guessed."""
    asked = period(wanted.period)
    before = wanted.before or _before(every, asked)
    for column in wanted.where:
        if not any(_known_columns(found, {column: ""}) for found in every):
            facts = {"asked": column[:80], "known": first(
                [one.title for found in every for one in found.table.others])}  # fmt: skip
            raise Unusable(Problem("data-column-unknown", file=every[0].table.file, facts=facts))
    tables = _Tables(every, wanted)
    tiers = {tier: _counts(tables, tier, before) for tier in wanted.tiers}
    return Registered(wanted, asked, _years(asked, before), tiers, tuple(tables.renamed))


def _years(asked: Period, before: str) -> float:
    """How long the period lasts: of a day since the day before it that was asked for."""
    start, end = period(before).ends if before else None, asked.ends
    if asked.years or start is None or end is None:
        return asked.years
    return (end - start).days / DAYS_A_YEAR


def _before(every: list[Overview], asked: Period) -> str:
    """The period of the tables that this one follows, or the day on which that ended."""
    for found in every:
        for one in found.periods.values():
            days = asked.begins and one.ends and (asked.begins - one.ends).days
            if asked.follows(one) or (one.kind == "day" and asked.years and days == 1):
                return one.text
    return ""


def _counts(tables: _Tables, tier: str, before: str) -> dict[str, Count]:
    """The four counts of a tier, as far as they can be known."""
    now = tables.wanted.period
    found = {name: tables.count(tier, name, now) for name in COUNTS}
    if found["begin"].band is None and before and "end" in tables.wanted.measures:
        earlier = tables.count(tier, "end", before)
        found["begin"] = Count(earlier.band, "before", earlier.of) if earlier.band else Count()
    whole = tables.count(tier, TOTAL, now)
    for name, flow in (("begin", "inflow"), ("end", "outflow")):
        part = found[flow]
        if found[name].band is None and whole.band and part.band:
            found[name] = Count(whole.band.minus(part.band), "total", whole.of)
    return _balanced(found)


def _balanced(found: dict[str, Count]) -> dict[str, Count]:
    """The one count that is missing follows from the three others."""
    missing = [name for name in COUNTS if found[name].band is None]
    if len(missing) != 1:
        return found
    begin, inflow, outflow, end = (found[name].band or Band(0, 0, 0) for name in COUNTS)
    follows = {
        "begin": lambda: end.plus(outflow).minus(inflow),
        "inflow": lambda: end.plus(outflow).minus(begin),
        "outflow": lambda: begin.plus(inflow).minus(end),
        "end": lambda: begin.plus(inflow).minus(outflow),
    }
    return found | {missing[0]: Count(follows[missing[0]](), "balance")}


class _Tables:
    """The tables of a register, and what is taken from them."""

    def __init__(self, every: list[Overview], wanted: Wanted) -> None:
        self.every, self.wanted = every, wanted
        self.renamed: list[str] = []
        self._names: dict[tuple[str, str], str] = {}

    def count(self, tier: str, name: str, when: str) -> Count:
        """A count of a tier in a period; open where no table has it. Raises `Unusable`."""
        if name not in self.wanted.measures:
            return Count()
        known = [found for found in self.every if self._measure(found, tier, name)]
        if not known:
            raise self._unknown("data-register-measure", tier, name, self.every)
        for found in known:
            written = _same(found, when)
            if written is not None:
                return self._taken(found, tier, name, written)
        others = [found for found in self.every if _same(found, when) is not None]
        if others:
            raise self._unknown("data-terms-changed", tier, name, others)
        return Count()

    def _unknown(self, code: str, tier: str, name: str, every: list[Overview]) -> Unusable:
        """That no table has a measure, or none of those with the period."""
        titles = [column.title for found in every for column in found.measure_columns()]
        facts = {"asked": self.wanted.measures[name][:120], "known": first(titles)}
        facts["tier"] = self.wanted.tiers[tier][:80]
        return Unusable(Problem(code, file=every[0].table.file, facts=facts))

    def _taken(self, found: Overview, tier: str, name: str, written: str) -> Count:
        measure = self._measure(found, tier, name)
        where = _known_columns(found, self.wanted.where)
        where |= _as_value(found, self.wanted.tiers[tier])
        column = next(iter(measure))
        told = self._names.setdefault((tier, name), column.title)
        if told != column.title and f"{told} / {column.title}" not in self.renamed:
            self.renamed.append(f"{told} / {column.title}")
        try:
            asked = Asked(column.key, written, where)
            one = taken(found, self.wanted.area, asked, today=True)
        except Unusable as refused:
            if {problem.code for problem in refused.problems} - MISSING:
                raise
            return Count()
        return Count(one.band, "taken", (one,))

    def _measure(self, found: Overview, tier: str, name: str) -> list[Column]:
        """The measure of a count: where a tier is no value of a column, the one that names both.

        Raises `Unusable` where more than one does.
        """
        texts = [bare(one) for one in self.wanted.measures[name].split(EITHER)]
        columns = [one for one in found.measure_columns() if _names(one, texts)]
        if not _as_value(found, self.wanted.tiers[tier]):
            tiers = [bare(one) for one in self.wanted.tiers[tier].split(EITHER)]
            columns = [one for one in columns if _names(one, tiers)]
        exact = [one for one in columns if bare(one.title.split("/")[-1]) in texts
                 or bare(one.title) in texts or bare(one.key) in texts]  # fmt: skip
        columns = exact if len(exact) == 1 else columns
        if len(columns) > 1:
            facts = {"asked": self.wanted.measures[name][:120],
                     "known": first([one.title for one in columns])}  # fmt: skip
            raise Unusable(Problem("data-measure-several", file=found.table.file, facts=facts))
        return columns


def _names(column: Column, texts: list[str]) -> bool:
    """Whether a measure is called by one of these, or has it in its title."""
    title = bare(column.title)
    return bare(column.key) in texts or any(text in title for text in texts)


def _known_columns(found: Overview, where: Mapping[str, str]) -> dict[str, str]:
    """What is asked of the columns that a table has."""
    titles = {bare(text) for one in found.table.others for text in (one.key, one.title)}
    return {column: value for column, value in where.items() if bare(column) in titles}


def _as_value(found: Overview, tier: str) -> dict[str, str]:
    """The column of which a tier is a value, with that value; nothing where it is of none."""
    for column, values in zip(found.table.others, found.values, strict=True):
        for text in tier.split(EITHER):
            said = {bare(found.table.said(column.key, value)): value for value in values}
            if bare(text) in said:
                return {column.key: said[bare(text)]}
    return {}


def _same(found: Overview, when: str) -> str | None:
    """The period of a table that is meant, or the day on which it ends; None where it has none."""
    asked = period(when)
    for one in found.periods.values():
        if one.key == asked.key or (one.kind == "day" and one.ends == asked.ends):
            return one.text
    return None
