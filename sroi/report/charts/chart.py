"""What a chart shows, before anybody draws it: plain numbers and words, which any process can take.

Loading what draws them takes longer than drawing them, so these know nothing of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sroi.report.words.numbers import Numbers

Array = NDArray[np.float64]
BINS = 48


@dataclass(frozen=True)
class Named:
    """The head of a chart: `name` in the ids of its elements, and the message that is its title.

    `told`: its main numbers in a sentence, for whoever hears the page instead of seeing it.
    """

    name: str
    title: str
    told: str = ""


@dataclass(frozen=True)
class Bar:
    """A bar of a waterfall: from where to where, and whether it is a total."""

    label: str
    start: float
    end: float
    total: bool = False


@dataclass(frozen=True)
class Waterfall:
    """From gross to net, one bar for each correction."""

    head: Named
    bars: Sequence[Bar]
    numbers: Numbers


@dataclass(frozen=True)
class Distribution:
    """How often the draws end where: bins between edges, the share in each, and marked places."""

    head: Named
    edges: Array
    shares: Array
    marks: Sequence[tuple[float, str]]
    numbers: Numbers
    axis: str


def bins(amounts: Array) -> tuple[Array, Array]:
    """Edges and shares of bins of one width, of which one edge lies at zero; the tails are left
    out, and draws that are all the same get a bin around them."""
    low, high = np.quantile(amounts, (0.002, 0.998))
    if high <= low:
        low, high = low - 1, high + 1
    width = (high - low) / BINS
    edges = np.arange(np.floor(low / width), np.ceil(high / width) + 1) * width
    counts, edges = np.histogram(amounts, bins=edges)
    return edges, counts / len(amounts)


@dataclass(frozen=True)
class Years:
    """Benefits and investment of every year; `legend` names them."""

    head: Named
    labels: Sequence[str]
    benefits: Sequence[float]
    investment: Sequence[float]
    numbers: Numbers
    legend: tuple[str, str]
    axis: str


@dataclass(frozen=True)
class Payers:
    """Who gains (in parts, at most three) and who pays; `legend`: the parts, and the investment."""

    head: Named
    labels: Sequence[str]
    parts: Sequence[Sequence[float]]
    investment: Sequence[float]
    numbers: Numbers
    legend: Sequence[str]
    axis: str


@dataclass(frozen=True)
class Rung:
    """A tier in the drawing: its name and people, and what comes in, goes out, up and down."""

    name: str
    people: str
    new: str
    exits: str
    up: str
    down: str
    heavy: bool


@dataclass(frozen=True)
class LadderFlow:
    """A care ladder, the lightest rung first.

    `up` and `down` of a rung are those over the border with the rung below it. `legend`: what the
    arrows are: new, out, up, down. `reads`: what the numbers are, beneath the drawing.
    """

    head: Named
    rungs: Sequence[Rung]
    legend: Sequence[str]
    reads: str


@dataclass(frozen=True)
class Panel:
    """A tier over the years: mean, 5th and 95th percentile, without and with the programme."""

    name: str
    without: tuple[Array, Array, Array]
    with_: tuple[Array, Array, Array]


@dataclass(frozen=True)
class Panels:
    """A small chart for each tier. `reads`: what the axes show, beneath the charts."""

    head: Named
    years: Sequence[int]
    tiers: Sequence[Panel]
    numbers: Numbers
    legend: tuple[str, str]
    reads: str


@dataclass(frozen=True)
class Track:
    """An amount at the end of each year (point), with the ends of its band."""

    mean: Sequence[float]
    low: Sequence[float]
    high: Sequence[float]


@dataclass(frozen=True)
class Promise:
    """A promise with its band, what was realised of it, and what is expected since; all from the
    start (0) on. `legend`: promise, realised, now."""

    head: Named
    labels: Sequence[str]
    promised: Track
    realised: Sequence[float]
    now: Track
    numbers: Numbers
    legend: tuple[str, str, str]
    axis: str


@dataclass(frozen=True)
class Dot:
    """An arm: its name, what it brings and costs, and whether it is on the frontier."""

    label: str
    effect: float
    cost: float
    on: bool


@dataclass(frozen=True)
class Frontier:
    """Arms by what they bring and cost, with a line through those on the frontier, which come
    first. `axes`: what is shown to the right and upwards."""

    head: Named
    dots: Sequence[Dot]
    numbers: Numbers
    axes: tuple[str, str]


@dataclass(frozen=True)
class Swing:
    """A bar of a tornado: what the quantity is at both ends, and the result there."""

    label: str
    low: str
    high: str
    at_low: float
    at_high: float


@dataclass(frozen=True)
class Tornado:
    """The widest swing on top, around the central result, with a threshold where it is near."""

    head: Named
    swings: Sequence[Swing]
    centre: float
    threshold: float | None
    numbers: Numbers
    axis: str


@dataclass(frozen=True)
class Share:
    """A bar of shares of variance: by itself, and with what it does together with others."""

    label: str
    alone: float
    total: float
    low: float
    high: float


@dataclass(frozen=True)
class Shares:
    """First-order and total shares, with the confidence interval of the total."""

    head: Named
    bars: Sequence[Share]
    numbers: Numbers
    legend: tuple[str, str]
    axis: str


@dataclass(frozen=True)
class Chances:
    """The chance that it is worth it against what a unit without price is held to be worth."""

    head: Named
    worth: Sequence[float]
    chance: Sequence[float]
    numbers: Numbers
    axis: str


@dataclass(frozen=True)
class Box:
    """A step of a theory of change: its id, its column (0–3) and what stands in it."""

    id: str
    column: int
    text: str


@dataclass(frozen=True)
class Arrow:
    """A link: from, to, the grade of its evidence as text, and whether that is weak or absent."""

    start: str
    end: str
    grade: str
    weak: bool


@dataclass(frozen=True)
class Theory:
    """A theory of change: steps in columns of which `columns` are the names, and links."""

    head: Named
    boxes: Sequence[Box]
    arrows: Sequence[Arrow]
    columns: Sequence[str]


@dataclass(frozen=True)
class Spread:
    """A row with a band: 5th percentile, mean and 95th percentile (None: rows left out here), and
    whether it is one of those that are meant."""

    label: str
    band: tuple[float, float, float] | None
    meant: bool = True


@dataclass(frozen=True)
class Spreads:
    """Bands under each other, around a line at zero. `legend`: the rows that are meant, and the
    others; empty where there is no such difference. `changes`: they are shares more or less and no
    amounts."""

    head: Named
    rows: Sequence[Spread]
    numbers: Numbers
    legend: Sequence[str]
    axis: str
    changes: bool = False


@dataclass(frozen=True)
class Course:
    """How often something happened, by quarter: in a pilot, and where there was none (none: empty).

    In hundredths of how often it is in the whole city; nan where nobody could.
    """

    name: str
    pilot: Array
    comparison: Array


@dataclass(frozen=True)
class Courses:
    """A small chart for each thing that may happen. `started`: the place of the first quarter with
    a pilot; `growing`: how many since then it was still growing; `reads`: what the axes show."""

    head: Named
    quarters: Sequence[str]
    started: int
    growing: int
    courses: Sequence[Course]
    numbers: Numbers
    legend: Sequence[str]
    reads: str


Chart = (
    Waterfall
    | Promise
    | Distribution
    | Years
    | Payers
    | LadderFlow
    | Panels
    | Frontier
    | Tornado
    | Shares
    | Chances
    | Theory
    | Spreads
    | Courses
)
