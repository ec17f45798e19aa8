"""One number taken out of a table: with its band, its status, its rows, and what is to be said.

A municipality that merged is its parts on the day of the number, which are added up where they
went over as a whole; a part of one that was divided is nowhere, and then nothing is taken.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, replace

from sroi.inputs.municipal_data.asked import (
    Asked,
    area_of,
    area_unknown,
    measure_of,
    period_of,
    records,
)
from sroi.inputs.municipal_data.figures import Figure, figure
from sroi.inputs.municipal_data.municipalities import (
    Ended,
    codes_of,
    ended,
    name_of,
    parts,
)
from sroi.inputs.municipal_data.overview import Area, Overview
from sroi.inputs.municipal_data.periods import Status, When
from sroi.inputs.municipal_data.rounding import Band, band, factor, is_share
from sroi.inputs.municipal_data.table import Column
from sroi.problems import Problem, Unusable

# a table whose title says of which municipalities it is has been added up for them already
DIVISION = re.compile(r"indeling (?P<year>\d{4})|classification (?P<english>\d{4})", re.IGNORECASE)
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


@dataclass(frozen=True)
class Taken:
    """A number. `band`: in people, euros or as a share; `lines`: the rows of the file; `step`: to
    what its table rounds; `added`: the parts that were added up; `grown`: what went into the area
    since; `of`: what a share is of, taken from a table too."""

    found: Overview
    area: Area
    measure: Column
    when: When
    status: Status
    band: Band
    lines: tuple[int, ...]
    written: str
    step: float
    where: tuple[tuple[str, str], ...] = ()
    added: tuple[str, ...] = ()
    grown: tuple[Ended, ...] = ()
    of: Taken | None = None

    @property
    def share(self) -> bool:
        """Whether it is a part of something."""
        return self.of is not None or is_share(self.measure.unit)


def taken(found: Overview, area: str, asked: Asked, today: bool = False) -> Taken:
    """The number of an area. `today`: of the municipality as it is now, where it grew since.

    Raises `Unusable` where it is unknown, or where it would have to be guessed.
    """
    measure, when = measure_of(found, asked.measure), period_of(found, asked.period)
    here, code = area_of(found, area), _code(area)
    day = _day(found, when)
    code = here.code if here and here.code else code
    if code and day:
        _still_there(found, code, day)
        old, since = parts(code, day)
        if since and (today or code not in old):
            return _added(found, code, old, since, asked, measure, when)
        if here and since:
            return replace(_one(found, here, asked, measure, when), grown=tuple(since))
    if here is None:
        raise area_unknown(found, area)
    return _one(found, here, asked, measure, when)


def _code(asked: str) -> str:
    """The municipality that is asked for, whether the table has it or not."""
    known = codes_of(asked)
    return known[0] if len(known) == 1 else ""


def _day(found: Overview, when: When) -> datetime.date | None:
    """The day whose municipalities the numbers are of."""
    division = DIVISION.search(found.table.title)
    if division:
        return datetime.date(int(division["year"] or division["english"]), 1, 1)
    return when.period.begins


def _still_there(found: Overview, code: str, day: datetime.date) -> None:
    """Raises `Unusable` of a municipality that no longer existed."""
    gone = ended().get(code)
    if gone and gone.day <= day:
        into = ", ".join(f"{name_of(one)} ({one})" for one in gone.into)
        facts = {"area": f"{gone.name} ({code})", "day": gone.day, "into": into}
        raise Unusable(Problem("data-area-ended", file=found.table.file, facts=facts))


def _added(
    found: Overview, code: str, old: list[str], since: list[Ended], asked: Asked,
    measure: Column, when: When,
) -> Taken:  # fmt: skip
    """The parts added up. Raises `Unusable` where a part is unknown, was divided, or is a share."""
    told = ", ".join(f"{name_of(one)} ({one})" for one in old)
    facts: dict[str, object] = {"area": f"{name_of(code)} ({code})", "parts": told}
    divided = [one for one in since if one.kind == "divided"]
    if divided:
        names = ", ".join(f"{one.name} ({one.code})" for one in divided)
        facts |= {"divided": names, "day": divided[0].day}
        raise Unusable(Problem("data-area-divided", file=found.table.file, facts=facts))
    if is_share(measure.unit):
        raise Unusable(Problem("data-shares-of-parts", file=found.table.file, facts=facts))
    every = []
    for one in old:
        here = area_of(found, one)
        if here is None:
            raise area_unknown(found, f"{name_of(one)} ({one})")
        every.append(_one(found, here, asked, measure, when))
    total = every[0].band
    for one_of in every[1:]:
        total = total.plus(one_of.band)
    name = Area(("", ""), code, name_of(code))
    return replace(
        every[0], area=name, band=total, added=tuple(one_of.area.told for one_of in every),
        lines=tuple(line for one_of in every for line in one_of.lines), grown=tuple(since),
        written=" + ".join(one_of.written for one_of in every),
    )  # fmt: skip


def _one(found: Overview, area: Area, asked: Asked, measure: Column, when: When) -> Taken:
    """The number of an area that the table has."""
    rows = records(found, area, measure, when, asked.where)
    facts = {"area": area.told[:80], "measure": measure.title[:120], "period": when.period.text}
    if not rows:
        raise Unusable(Problem("data-row-missing", file=found.table.file, facts=facts))
    row, read = rows[0], figure(rows[0].text, found.table.style)
    _number(found, read, row.line, facts)
    step = found.step(measure.key)
    pairs = zip(found.table.others, row.others, strict=True)
    where = tuple((one.title, found.table.said(one.key, value)) for one, value in pairs)
    size = band(read, step, measure.unit).times(factor(measure.unit))
    status = read.status or when.status
    return Taken(found, area, measure, when, status, size, (row.line,), row.text, step, where)


def _number(found: Overview, read: Figure, line: int, facts: dict[str, str]) -> None:
    """Raises `Unusable` where a cell holds no number, or one that can be read in two ways."""
    told: dict[str, object] = {**facts, "found": read.text[:40] or "–"}
    if read.ambiguous:
        raise Unusable(
            Problem("data-number-ambiguous", file=found.table.file, line=line, facts=told)
        )
    if not read.known:
        code = "data-figure-unknown" if read.unknown else "data-figure-words"
        raise Unusable(Problem(code, file=found.table.file, line=line, facts=told))


def divided_by(count: Taken, whole: Taken) -> Taken:
    """A count as a share of another number, with the bands of both. Raises `Unusable` where they
    are of other years, or where one of them is a share already."""
    file = count.found.table.file
    years = [_year(one) for one in (count, whole)]
    facts: dict[str, object] = {
        "measure": count.measure.title[:120], "of": whole.measure.title[:120],
        "first": years[0] or "–", "second": years[1] or "–",
    }  # fmt: skip
    if count.share or whole.share:
        raise Unusable(Problem("data-share-of-share", file=file, facts=facts))
    if years[0] != years[1]:
        raise Unusable(Problem("data-other-date", file=file, facts=facts))
    if whole.band.low <= 0:
        raise Unusable(Problem("data-share-of-nothing", file=file, facts=facts))
    return replace(count, band=count.band.over(whole.band), of=whole)


def _year(one: Taken) -> int:
    """Of which year a number is: what its title says, for columns of a row may differ; else its
    period."""
    said = YEAR.findall(one.measure.title)
    return int(said[-1]) if said else one.when.period.year
