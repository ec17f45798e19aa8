"""Whether an effect would also be seen where there is none, and whether it leans on one place."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sroi.analysis.pilot.moves import Kind, Places, panel_of
from sroi.inputs.pilot.pilot import Described
from sroi.inputs.pilot.register import Register
from sroi.model.pilot import before, city_total, synthetic
from sroi.model.pilot.estimate import Estimate
from sroi.model.pilot.few_clusters import Clustered
from sroi.model.pilot.panel import NEVER, Array, Panel

LEAST_FOR_PLACEBO = 8  # quarters before: four on either side of the pretended start
UNUSUAL, OTHER_COURSE = 0.05, 0.10  # chances below which something speaks against the effect


@dataclass(frozen=True)
class Seen:
    """A ratio with its 95 % band by neighbourhood, and the chance of it where there is nothing."""

    ratio: float
    low: float
    high: float
    p: float

    @property
    def is_effect(self) -> bool:
        """Whether a ratio of 1 lies outside the band."""
        return self.p < UNUSUAL


@dataclass(frozen=True)
class Checks:
    """What was asked of one kind of move.

    `slope`: how many times as often each quarter, in the pilot against the comparison, before it
    began. `placebo`: the ratio had it begun halfway those quarters; `without`: by neighbourhood the
    ratio without it; `second`: a synthetic control; `regressed`: how many times as often in the
    quarters for which the pilot was chosen; `elsewhere`: the other neighbourhoods after the start;
    `avoided`: events that the ratio says there were fewer of in the pilot. None: too little for it.
    """

    kind: Kind
    slope: Seen | None
    placebo: Seen | None
    without: dict[str, Seen]
    second: synthetic.Synthetic | None
    regressed: Seen | None
    elsewhere: city_total.Elsewhere | None
    avoided: float

    @property
    def other_course(self) -> bool:
        """Whether pilot and comparison went different ways before."""
        return self.slope is not None and self.slope.p < OTHER_COURSE

    @property
    def moved_elsewhere(self) -> bool:
        """Whether at least half of what became less in the pilot became more elsewhere."""
        found = self.elsewhere
        many = found is not None and self.avoided > 0 and found.extra >= self.avoided / 2
        return many and found is not None and found.p < UNUSUAL

    def leans_on(self, full: Seen) -> list[str]:
        """Neighbourhoods without which an effect is none, or goes the other way."""
        turned = [
            name
            for name, one in self.without.items()
            if (one.ratio - 1) * (full.ratio - 1) < 0 or (full.is_effect and not one.is_effect)
        ]
        return turned if full.is_effect else []


def seen(found: Clustered) -> Seen:
    """An estimate of a logarithm as a ratio."""
    low, high = found.band()
    ratio, lowest, highest = (float(np.exp(size)) for size in (found.effect, low, high))
    return Seen(ratio, lowest, highest, found.p)


def checks(
    kind: Kind,
    panel: Panel,
    made: Estimate,
    described: Described,
    register: Register,
    places: Places,
) -> Checks:
    """All of them."""
    first = places.first - places.quarters[0]
    early = panel.until(first)
    counts, base = made.counts[:, :first], made.base[:, :first]
    used = int((~early.left_out).sum())
    slope = before.apart_by_quarter(counts, base, panel.start, early.left_out) if used > 2 else None
    return Checks(
        kind,
        seen(slope) if slope else None,
        _placebo(early, counts, base, used),
        _without(panel, made, places, described.pilot.growing),
        _second(panel, made, first, described.pilot.growing),
        _regressed(early, counts, base, used),
        _elsewhere(kind, panel, made, described, register, places, first),
        _avoided(panel, made, described.pilot.growing),
    )  # fmt: skip


def _placebo(early: Panel, counts: Array, base: Array, used: int) -> Seen | None:
    if used < LEAST_FOR_PLACEBO:
        return None
    half = int(np.flatnonzero(~early.left_out)[used // 2])
    start = np.where(early.start == NEVER, NEVER, half)
    return seen(before.started_at(counts, base, start, 0, early.left_out))


def _without(panel: Panel, made: Estimate, places: Places, growing: int) -> dict[str, Seen]:
    found = {}
    for number, name in enumerate(places.neighbourhoods):
        kept = np.arange(len(panel.start)) != number
        start = panel.start[kept]
        one = before.started_at(made.counts[kept], made.base[kept], start, growing, panel.left_out)
        found[name] = seen(one)
    return found


def _second(panel: Panel, made: Estimate, first: int, growing: int) -> synthetic.Synthetic | None:
    """Where all began at once; the quarters that are left out are no part of the course."""
    starts = set(panel.start[panel.pilot].tolist())
    kept = ~panel.left_out
    early = int(kept[:first].sum())
    enough = early >= synthetic.LEAST_BEFORE
    if not enough or len(starts) > 1 or early + growing >= int(kept.sum()):
        return None
    rates = made.counts[:, kept] / np.maximum(made.base[:, kept], 1e-9)
    pilot = made.counts[panel.pilot][:, kept].sum(0) / made.base[panel.pilot][:, kept].sum(0)
    return synthetic.synthetic(pilot, rates[~panel.pilot], early, early + growing)


def _regressed(early: Panel, counts: Array, base: Array, used: int) -> Seen | None:
    if not early.left_out.any() or not used:
        return None
    return seen(before.in_quarters(counts, base, early.start, early.left_out))


def _avoided(panel: Panel, made: Estimate, growing: int) -> float:
    """Events that there would have been more of in the pilot without it; below 0: fewer."""
    at_work = np.arange(panel.quarters) >= (panel.start + growing)[:, None]
    events = float((made.counts * (at_work & panel.pilot[:, None])).sum())
    return events * (1 / made.full.ratio - 1)


def _elsewhere(
    kind: Kind, panel: Panel, made: Estimate, described: Described, register: Register,
    places: Places, first: int,
) -> city_total.Elsewhere | None:  # fmt: skip
    """The comparison and the rest of the city, as one series."""
    if first < city_total.LEAST_BEFORE or kind == "down":
        return None
    counts, base = (one[~panel.pilot].sum(axis=0) for one in (made.counts, made.base))
    if places.others:
        rest = panel_of(kind, described, register, places, places.others)
        if rest is not None:
            rate = made.counts.sum() / max(float(panel.at_risk.sum()), 1e-9)
            counts = counts + rest.middle().sum(axis=(0, 1))
            base = base + rest.at_risk.sum(axis=(0, 1)) * rate
    return city_total.elsewhere(counts, base, first)
