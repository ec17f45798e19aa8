"""A Value Map: what stakeholders put in, what changes for them, and what the sheet itself reckons.

Nothing in here is reckoned by us: amounts, shares and years as they stand, each with its cell.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from sroi.inputs.text.cells import Cell
from sroi.problems import Problem

MOST_NUMBERED = 99  # a heading above it names a year of the calendar


@dataclass(frozen=True)
class Amount:
    """A number, and the cell it stands in."""

    value: float
    cell: Cell


@dataclass(frozen=True)
class Input:
    """What a stakeholder puts in; `value`: none where the sheet has no amount for it."""

    stakeholder: str
    what: str
    value: Amount | None
    cell: Cell


@dataclass(frozen=True)
class Change:
    """A row with an outcome. `corrections`: by the name of their column; none where it is empty.

    `lasts` in years; `starts`: 1 in the period of the activity, 2 in the period after. `impact`
    and `years` are what the sheet itself reckons of it, undiscounted.
    """

    stakeholder: str
    group: str
    outputs: str
    outcome: str
    indicator: str
    quantity_source: str
    quantity: Amount
    lasts: Amount
    starts: int
    proxy: str
    proxy_source: str
    value: Amount | None
    corrections: dict[str, Amount | None]
    impact: Amount | None = None
    years: dict[int, Amount] = field(default_factory=dict)


@dataclass(frozen=True)
class Told:
    """What a sheet says outside its rows: about whom it is, when, and what it comes to.

    `present`: the total present value. `inputs`, `impact`: totals of those columns.
    """

    organisation: str = ""
    activity: str = ""
    kind: str = ""
    first_year: int | None = None
    currency: str = ""
    rate: Amount | None = None
    present: Amount | None = None
    inputs: Amount | None = None
    impact: Amount | None = None


@dataclass(frozen=True)
class ValueMap:
    """The sheet as it stands. `years`: the columns of its calculation, in their order.

    `left_out`: outcomes without a quantity. `others`: names of columns that were not read.
    `problems`: what is told and stops nothing.
    """

    file: str
    sheet: str
    inputs: tuple[Input, ...]
    changes: tuple[Change, ...]
    left_out: tuple[str, ...]
    years: tuple[int, ...]
    told: Told
    others: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def first_year_free(self) -> bool:
        """Whether its first year has number 0, and so is not discounted."""
        return self.years[:1] == (0,)

    @property
    def first_year(self) -> int | None:
        """The year of the activity, where the sheet says it: in a heading of a year, or above."""
        calendar = [year for year in self.years if year > MOST_NUMBERED]
        return min(calendar) if calendar else self.told.first_year
