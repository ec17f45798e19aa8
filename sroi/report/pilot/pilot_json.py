"""A pilot as data for a program (`sroi.pilot/1`) and as rows of CSV files."""

from __future__ import annotations

import math
from typing import Any

from sroi.analysis.pilot.checks import Checks, Seen
from sroi.analysis.pilot.found import LadderEffect, Move, PilotEffect
from sroi.analysis.pilot.in_scenario import InScenario
from sroi.analysis.pilot.moving_along import UNSCORED, MovingAlong, Presence
from sroi.inputs.pilot.quarter import name_of
from sroi.model.pilot.estimate import Ratio
from sroi.report.pilot import pilot_in_scenario
from sroi.report.words.problem_text import as_dict

Data = dict[str, Any]


def as_data(
    found: PilotEffect,
    lang: str,
    along: MovingAlong = UNSCORED,
    shift: InScenario | None = None,
) -> Data:
    """`sroi.pilot/1`: ratios as times (1 is no difference), shares from 0 to 1; null: not known, or
    of a band: without end. The counts themselves stay in the register."""
    pilot, places = found.described.pilot, found.places
    return {
        "schema": "sroi.pilot/1",
        "pilot": pilot.pilot,
        "simulated": pilot.simulated,
        "neighbourhoods": {
            "pilot": {
                name: name_of(start)
                for name, start in zip(places.neighbourhoods, places.start, strict=True)
                if start is not None
            },
            "comparison": places.comparison,
            "others": list(places.others),
        },
        "quarters": list(map(name_of, places.quarters)),
        "left_out": list(map(name_of, places.left_out)),
        "growing": pilot.growing,
        "chosen": pilot.chosen.how if pilot.chosen else None,
        "moves": [_move(move, found.checks.get(move.kind)) for move in found.moves.values()],
        "effects": [_effect(effect) for effect in found.effects],
        "evidence": found.evidence,
        "presence": [_presence(one) for one in along.presences],
        "agreement": along.agreement,
        "in_scenario": pilot_in_scenario.as_data(shift) if shift else None,
        "alongside": [
            {"condition": one.condition, "move": one.kind, **vars(one.found)}
            for one in along.alongside
        ],
        "problems": [as_dict(problem, lang) for problem in (*found.problems, *along.problems)],
    }  # fmt: skip


def _effect(effect: LadderEffect) -> Data:
    return {
        "name": effect.name, "follows": effect.follows, "value": _number(effect.value),
        "low": _number(effect.low), "high": _number(effect.high),
        "is_effect": effect.is_effect, "p": effect.p,
    }  # fmt: skip


def _presence(one: Presence) -> Data:
    held = one.share
    return {
        "condition": one.condition,
        "share": {name: _number(size) for name, size in vars(held).items()},
        "by_neighbourhood": dict(one.places),
        "elsewhere": one.elsewhere,
        "quarters": one.quarters,
        "scored_twice": one.twice,
        "agreement": one.agreement,
    }


def _move(move: Move, checked: Checks | None) -> Data:
    made = move.estimate
    return {
        "move": move.kind,
        "events": move.events,
        "hidden": move.hidden,
        "course": {
            "pilot": [_number(rate) for rate in move.course.pilot],
            "comparison": [_number(rate) for rate in move.course.comparison],
        },
        "dispersion": made.dispersion if made else None,
        "ratio": _ratio(made.full) if made else None,
        "first_quarters": [_ratio(one) for one in made.first] if made else [],
        "checks": _checks(checked) if checked else None,
    }


def _ratio(one: Ratio) -> Data:
    return {
        "ratio": one.ratio, "low": _number(one.low), "high": _number(one.high), "p": one.p,
        "log_error": one.clustered.error, "degrees_of_freedom": one.clustered.freedom,
        "p_clustered": one.clustered.p, "p_handed_out": one.handed_out, "widened": one.widened,
    }  # fmt: skip


def _checks(one: Checks) -> Data:
    second, elsewhere = one.second, one.elsewhere
    return {
        "slope_before": _seen(one.slope),
        "placebo_start": _seen(one.placebo),
        "without": {name: _seen(seen) for name, seen in one.without.items()},
        "synthetic_control": {
            "ratio": second.ratio, "rank": second.rank, "weights": second.weights.tolist(),
        } if second else None,
        "regression_to_the_mean": _seen(one.regressed),
        "elsewhere": vars(elsewhere) if elsewhere else None,
        "avoided": one.avoided,
    }  # fmt: skip


def _seen(one: Seen | None) -> Data | None:
    return {name: _number(size) for name, size in vars(one).items()} if one else None


def _number(size: float) -> float | None:
    return float(size) if math.isfinite(size) else None


def tables(found: PilotEffect, along: MovingAlong = UNSCORED) -> dict[str, list[Data]]:
    """Rows by the name of the file: the effects, each neighbourhood left out, the courses, and how
    far each condition held by neighbourhood."""
    effects = [
        {name: getattr(effect, name) for name in ("name", "follows", "value", "low", "high", "p")}
        for effect in found.effects
    ]
    without = [
        {"move": kind, "without": name, **vars(seen)}
        for kind, one in found.checks.items()
        for name, seen in one.without.items()
    ]
    courses = [
        {"move": kind, "quarter": name_of(quarter), "pilot": _number(move.course.pilot[k]),
         "comparison": _number(move.course.comparison[k])}
        for kind, move in found.moves.items()
        for k, quarter in enumerate(found.places.quarters)
    ]  # fmt: skip
    first = [
        {"move": kind, "quarter": k + 1, "ratio": one.ratio, "low": one.low, "high": one.high}
        for kind, move in found.moves.items()
        for k, one in enumerate(move.estimate.first if move.estimate else ())
    ]
    presence = [
        {"condition": one.condition, "neighbourhood": name, "share": share}
        for one in along.presences
        for name, share in one.places.items()
    ]
    told = {"effects": effects, "first_quarters": first, "without": without, "courses": courses}
    return told | ({"presence": presence} if presence else {})
