"""Where the steps of a theory of change stand: four columns, and arrows that cross little.

In layers, each in the order of the middle of its neighbours: Sugiyama, Tagawa & Toda (1981). An
arrow that skips a column keeps a lane open in it, so that it runs behind no box. Lengths are in the
units of the drawing, x to the right and y down.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

COLUMNS, COLUMN, BOX = 4, 2.6, 2.0
GAP, LANE = 0.2, 0.04
SWEEPS = 12

Key = str | tuple[int, int]  # a box by its id; the lane of arrow n through column c as (n, c)
Point = tuple[float, float]
Link = tuple[Key, Key]
Places = dict[Key, float]
Stacks = list[list[Key]]


@dataclass(frozen=True)
class Node:
    """A box or a lane: its column (0–3) and its height."""

    column: int
    tall: float


@dataclass(frozen=True)
class Layout:
    """`middles`: y of the middle of every box. `routes`: of every arrow where it leaves a box, goes
    in and out of each lane, and arrives. `height`: of the longest column."""

    middles: Mapping[Key, float]
    routes: Sequence[Sequence[Point]]
    height: float


def laid_out(boxes: Mapping[str, Node], arrows: Sequence[tuple[str, str]]) -> Layout:
    """The places of boxes (by id), and the routes of arrows from one box to another."""
    ways = [_way(n, boxes, *arrow) for n, arrow in enumerate(arrows)]
    nodes: dict[Key, Node] = dict(boxes.items())
    nodes |= {key: Node(key[1], LANE) for way in ways for key in way if isinstance(key, tuple)}
    links = [pair for way in ways for pair in pairwise(way)]
    middles = _middles(nodes, links)
    ports = _ports(nodes, ways, middles)
    routes = [_route(nodes, way, middles, ports[n]) for n, way in enumerate(ways)]
    return Layout(middles, routes, longest(nodes))


def longest(nodes: Mapping[Key, Node] | Mapping[str, Node]) -> float:
    """Length of the longest column."""
    lengths = [0.0] * COLUMNS
    for node in nodes.values():
        lengths[node.column] += node.tall + GAP
    return max(lengths) - GAP


def _way(n: int, boxes: Mapping[str, Node], start: str, end: str) -> list[Key]:
    """An arrow as the box, the lanes and the box that it runs through."""
    first, last = boxes[start].column, boxes[end].column
    step = 1 if last >= first else -1
    return [start, *((n, column) for column in range(first + step, last, step)), end]


def _middles(nodes: Mapping[Key, Node], links: Sequence[Link]) -> Places:
    """Where each node stands, once the order of the columns is settled."""
    near: dict[Key, list[Key]] = {key: [] for key in nodes}
    for first, second in links:
        near[first].append(second)
        near[second].append(first)
    stacks = _ordered(nodes, links, near)
    places = {key: longest(nodes) / 2 for key in nodes}
    for sweep in range(SWEEPS):
        for stack in stacks if sweep % 2 == 0 else reversed(stacks):
            places |= _spread(nodes, stack, _wanted(stack, near, places))
    return places


def _ordered(
    nodes: Mapping[Key, Node], links: Sequence[Link], near: Mapping[Key, Sequence[Key]]
) -> Stacks:
    """The order with the fewest crossings, of all sweeps to and fro over the columns."""
    stacks = [[key for key in nodes if nodes[key].column == column] for column in range(COLUMNS)]
    crossed = _crossings(nodes, links)
    places: Places = {}
    for stack in stacks:
        places |= _spread(nodes, stack, dict.fromkeys(stack, longest(nodes) / 2))
    found = []
    for sweep in range(SWEEPS):
        for column in range(COLUMNS) if sweep % 2 == 0 else reversed(range(COLUMNS)):
            wanted = _wanted(stacks[column], near, places)
            stacks[column].sort(key=wanted.__getitem__)
            _swap(stacks, column, crossed)
            places |= _spread(nodes, stacks[column], wanted)
        found.append([list(stack) for stack in stacks])
    return min(found, key=crossed)


def _swap(stacks: Stacks, column: int, crossed: Callable[[Stacks], int]) -> None:
    """Neighbours change places where that takes a crossing away (Gansner et al. 1993)."""
    stack, least = stacks[column], crossed(stacks)
    for upper in range(len(stack) - 1):
        stack[upper : upper + 2] = reversed(stack[upper : upper + 2])
        if (found := crossed(stacks)) < least:
            least = found
        else:
            stack[upper : upper + 2] = reversed(stack[upper : upper + 2])


def _wanted(stack: Sequence[Key], near: Mapping[Key, Sequence[Key]], places: Places) -> Places:
    """The middle of the neighbours of each; its own place where it has none."""
    found = {}
    for key in stack:
        around = [places[one] for one in near[key]] or [places[key]]
        found[key] = sum(around) / len(around)
    return found


def _spread(nodes: Mapping[Key, Node], stack: Sequence[Key], wanted: Places) -> Places:
    """As near to where each wants to be as their order and heights and the longest column allow."""
    if not stack:
        return {}
    tall = np.array([nodes[key].tall for key in stack])
    packed = np.cumsum(tall + GAP) - GAP - tall / 2
    spare = max(longest(nodes) - packed[-1] - tall[-1] / 2, 0.0)
    shift = np.clip([wanted[key] for key in stack] - packed, 0, spare)
    # in order, and the one that is farthest from where it wants to be as near as can be: halfway
    # between the least that is above all before it and the most that is below all after it
    above, below = np.maximum.accumulate(shift), np.minimum.accumulate(shift[::-1])[::-1]
    middles = packed + (above + below) / 2
    return dict(zip(stack, middles.tolist(), strict=True))


def _crossings(nodes: Mapping[Key, Node], links: Sequence[Link]) -> Callable[[Stacks], int]:
    """How many links cross in an order: pairs between the same columns, and what a link within a
    column passes by."""
    number = {key: n for n, key in enumerate(nodes)}
    ends = np.array(
        [[number[key] for key in sorted(k, key=lambda x: nodes[x].column)] for k in links]
    )
    columns = np.array([nodes[key].column for key in nodes])[ends]
    within = columns[:, 0] == columns[:, 1]
    alike = (columns[:, None, 0] == columns[None, :, 0]) & ~within[:, None] & ~within[None, :]

    def crossed(stacks: Stacks) -> int:
        rank = np.empty(len(nodes))
        for stack in stacks:
            rank[[number[key] for key in stack]] = range(len(stack))
        first, second = rank[ends].T
        other = np.subtract.outer(first, first) * np.subtract.outer(second, second) < 0
        return int((other & alike).sum() / 2 + (np.abs(first - second) - 1)[within].sum())

    return crossed


def _ports(
    nodes: Mapping[Key, Node], ways: Sequence[Sequence[Key]], middles: Places
) -> list[list[float]]:
    """Of every arrow the y at which it leaves and arrives: spread over the side of the box, in the
    order of where they go to or come from."""
    sides: dict[tuple[Key, bool], list[tuple[float, int, int]]] = defaultdict(list)
    for n, way in enumerate(ways):
        for end, box, other in ((0, way[0], way[1]), (1, way[-1], way[-2])):
            sides[box, _right(nodes, box, other)].append((middles[other], n, end))
    ports = [[0.0, 0.0] for _ in ways]
    for (box, _), ends in sides.items():
        for position, (_, n, end) in enumerate(sorted(ends), start=1):
            ports[n][end] = middles[box] + nodes[box].tall * (position / (len(ends) + 1) - 0.5)
    return ports


def _right(nodes: Mapping[Key, Node], box: Key, other: Key) -> bool:
    """Whether an arrow between two nodes touches the first at its right side."""
    return nodes[other].column >= nodes[box].column


def _route(
    nodes: Mapping[Key, Node], way: Sequence[Key], middles: Places, ports: Sequence[float]
) -> list[Point]:
    """The points of an arrow: two at every node, but one at its first and its last."""
    ys = [ports[0], *(middles[key] for key in way[1:-1]), ports[1]]
    points = []
    for (first, second), (start, end) in zip(pairwise(way), pairwise(ys), strict=True):
        points += [(_side(nodes, first, second), start), (_side(nodes, second, first), end)]
    return points


def _side(nodes: Mapping[Key, Node], key: Key, other: Key) -> float:
    return nodes[key].column * COLUMN + BOX * _right(nodes, key, other)
