"""Which arms are worth choosing: dominance, extended dominance and the frontier between them.

An arm is dominated where another costs no more and brings no less. Of the others, in the order of
what they bring, an arm is dominated by a mix of two others (extended dominance) where a unit more
costs more on the way to it than on the way past it: it lies above the line between them. What is
left is the frontier, on which a unit more costs more with every step. Source: Weinstein (1990),
Principles of cost-effective resource allocation in health care organizations, International Journal
of Technology Assessment in Health Care 6, 93-103; Drummond and others, Methods for the Economic
Evaluation of Health Care Programmes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Status = Literal["frontier", "dominated", "extended"]
Point = tuple[float, float]  # cost and effect


@dataclass(frozen=True)
class Placed:
    """An arm with its expected cost and effect. On the frontier: how much more both are than those
    of the arm before it, and what a unit more costs; None for the first of them."""

    arm: str
    cost: float
    effect: float
    status: Status
    extra: Point | None = None

    @property
    def price(self) -> float | None:
        """What a unit more than that of the arm before it costs."""
        return self.extra[0] / self.extra[1] if self.extra else None


def frontier(arms: Sequence[tuple[str, float, float]]) -> list[Placed]:
    """Arms (id, cost, effect): the frontier by what it brings, then the others by cost.

    Arms that are the same have the same place; the order in which arms are given changes nothing
    but the order of those.
    """
    points = {(cost, effect) for _, cost, effect in arms}
    left = sorted((p for p in points if not any(_better(q, p) for q in points)), key=_by_effect)
    hull = _hull(left)
    before = dict(zip(hull[1:], hull, strict=False))
    placed = []
    for arm, cost, effect in arms:
        point = (cost, effect)
        if point in hull:
            last = before.get(point)
            extra = (cost - last[0], effect - last[1]) if last else None
            placed.append(Placed(arm, cost, effect, "frontier", extra))
        else:
            status: Status = "extended" if point in left else "dominated"
            placed.append(Placed(arm, cost, effect, status))
    return sorted(placed, key=_order)


def _order(one: Placed) -> tuple[bool, float, float]:
    on = one.status == "frontier"
    return (not on, one.effect if on else one.cost, one.effect)


def _by_effect(point: Point) -> float:
    return point[1]


def _better(one: Point, other: Point) -> bool:
    return one != other and one[0] <= other[0] and one[1] >= other[1]


def _hull(points: Sequence[Point]) -> list[Point]:
    """Of points of which each costs more and brings more than the one before it: those on the lower
    convex hull."""
    kept: list[Point] = []
    for point in points:
        while len(kept) > 1 and _above(kept[-2], kept[-1], point):
            kept.pop()
        kept.append(point)
    return kept


def _above(first: Point, middle: Point, last: Point) -> bool:
    """Whether a point lies above the line between two others; on it, it stays."""
    to_it = (middle[0] - first[0]) * (last[1] - middle[1])
    past_it = (last[0] - middle[0]) * (middle[1] - first[1])
    return to_it > past_it
