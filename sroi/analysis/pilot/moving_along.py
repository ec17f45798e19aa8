"""Who moved along in a pilot, by condition; and whether the effect was larger where they did."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from sroi.analysis.pilot.found import Move, PilotEffect
from sroi.analysis.pilot.moves import Kind, Places
from sroi.inputs.evidence.experience import ENOUGH_AGREEMENT
from sroi.inputs.pilot.pilot import Described
from sroi.inputs.pilot.presence import MOST, Score
from sroi.model.pilot.moved_along import GoesWith, Share, agreement, goes_with, own_ratios, share
from sroi.problems import Problem


@dataclass(frozen=True)
class Presence:
    """How far one condition held since the start, 0 to 1.

    `places`: the mean by neighbourhood of the pilot; `elsewhere`: over the neighbourhoods of the
    comparison, None where nobody scored there; `quarters`: in how many quarters it was scored;
    `twice`: scores that two people gave apart from each other, and their `agreement` (weighted
    kappa), None where it cannot be told.
    """

    condition: str
    share: Share
    places: Mapping[str, float]
    elsewhere: float | None
    quarters: int
    twice: int
    agreement: float | None


@dataclass(frozen=True)
class Alongside:
    """Whether a ratio of one kind of move goes with the scores of a condition, over the pilot's
    neighbourhoods: an observation and no proof."""

    condition: str
    kind: Kind
    found: GoesWith


@dataclass(frozen=True)
class MovingAlong:
    """All that the scores say, and what is weak in them. `agreement`: over all conditions."""

    presences: tuple[Presence, ...]
    agreement: float | None
    alongside: tuple[Alongside, ...]
    problems: tuple[Problem, ...]


UNSCORED = MovingAlong((), None, (), ())


def moving_along(found: PilotEffect, scores: Iterable[Score]) -> MovingAlong:
    """From the scores of a pilot, beside what it did to the use of care."""
    given = list(scores)
    seen, growing = presences(given, found.places), found.described.pilot.growing
    beside = alongside(seen, found.moves, found.places, growing)
    agreed = _agreement(given)
    weak = tuple(_weak(found.described, found.places, seen, agreed))
    return MovingAlong(seen, agreed, beside, weak)


def _weak(
    d: Described, places: Places, seen: tuple[Presence, ...], agreed: float | None
) -> Iterator[Problem]:
    """pilot-one-scorer, pilot-scorers-differ, pilot-few-scored"""
    if seen and not any(one.twice for one in seen):
        yield d.weak("pilot-one-scorer", "presence")
    if agreed is not None and agreed < ENOUGH_AGREEMENT:
        facts = {"found": f"{agreed:.2f}", "least": ENOUGH_AGREEMENT}
        yield d.weak("pilot-scorers-differ", "presence", **facts)
    for one in seen:
        if len(one.places) < len(places.pilots):
            facts = {"count": len(one.places), "of": len(places.pilots)}
            yield d.weak("pilot-few-scored", "presence", id=one.condition, **facts)


def presences(scores: Iterable[Score], places: Places) -> tuple[Presence, ...]:
    """Every condition that was scored in the pilot since its start."""
    start = dict(zip(places.neighbourhoods, places.start, strict=True))
    by_condition: dict[str, list[Score]] = {}
    for one in scores:
        begun = start.get(one.neighbourhood)
        first = places.first if begun is None else begun
        if one.neighbourhood in start and one.quarter >= first:
            by_condition.setdefault(one.condition, []).append(one)
    found = [_presence(name, own, set(places.pilots)) for name, own in by_condition.items()]
    return tuple(one for one in found if one is not None)


def _presence(condition: str, scores: list[Score], pilots: set[str]) -> Presence | None:
    means = _by_place(scores)
    own = {name: mean for name, mean in means.items() if name in pilots}
    others = [mean for name, mean in means.items() if name not in pilots]
    if not own:
        return None
    return Presence(
        condition,
        share(np.array([*own.values()]), MOST),
        own,
        float(np.mean(others)) if others else None,
        len({one.quarter for one in scores}),
        len(_pairs(scores)),
        _agreement(scores),
    )


def _agreement(scores: list[Score]) -> float | None:
    pairs = np.array(_pairs(scores), dtype=np.int64)
    return agreement(*pairs.T) if len(pairs) else None


def _by_place(scores: list[Score]) -> dict[str, float]:
    """Of each neighbourhood: the mean over its quarters of what those who scored gave, 0 to 1."""
    given: dict[str, dict[int, list[int]]] = {}
    for one in scores:
        given.setdefault(one.neighbourhood, {}).setdefault(one.quarter, []).append(one.score)
    return {
        name: float(np.mean([np.mean(some) for some in quarters.values()])) / MOST
        for name, quarters in given.items()
    }


def _pairs(scores: list[Score]) -> list[list[int]]:
    """What the first two by name gave to the same condition, neighbourhood and quarter."""
    given: dict[tuple[str, str, int], dict[str, int]] = {}
    for one in scores:
        place = (one.condition, one.neighbourhood, one.quarter)
        given.setdefault(place, {})[one.scorer] = one.score
    return [[by[name] for name in sorted(by)[:2]] for by in given.values() if len(by) > 1]


def alongside(
    found: Iterable[Presence], moves: Mapping[Kind, Move], places: Places, growing: int
) -> tuple[Alongside, ...]:
    """Each condition beside each kind of move, where there is something to compare with."""
    told = []
    for kind, move in moves.items():
        if move.estimate is None:
            continue
        ratios = own_ratios(move.panel, move.estimate.counts, move.estimate.base, growing)
        own = dict(zip(places.pilots, ratios, strict=True))
        for one in found:
            names = [name for name in places.pilots if name in one.places]
            seen = goes_with(
                np.array([own[name] for name in names]),
                np.array([one.places[name] for name in names]),
            )
            if seen is not None:
                told.append(Alongside(one.condition, kind, seen))
    return tuple(told)
