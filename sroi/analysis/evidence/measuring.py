"""What a survey before and after says: per group what changed, against what, and as which rate.

One step for each function, in the order in which they are told. Every number after the first step
is reckoned with the counts that may be shown, so that none of them can tell more than those do.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from sroi.analysis.evidence.implausible import (
    MOST_WITHOUT_ROOM,
    against_the_rest,
    without_room,
)
from sroi.inputs.evidence.measurement import Described
from sroi.inputs.evidence.people import Group
from sroi.inputs.evidence.survey import Survey
from sroi.model.evidence import measurement as model
from sroi.model.evidence.disclosure import Shown, shown
from sroi.model.evidence.measurement import ByClass, ByPoints, Estimate, Rule
from sroi.problems import Problem, Unusable

Array = NDArray[np.float64]

LEAST_PAIRS = 10  # people measured twice: with fewer, a share says nothing and a count says who
FAR_APART = 0.25  # standard deviations between groups before: a rule of thumb, from memory
TOO_LITTLE = {
    "programme": "measure-response-low", "comparison": "measure-response-low-comparison",
}  # fmt: skip
AGAIN = ("improved", "same", "worse")


@dataclass(frozen=True)
class Points:
    """Mean score before, mean change for the better, and the standard error of that change."""

    before: float
    change: float
    error: float


@dataclass(frozen=True)
class Followed:
    """One group: who started, and what became of them.

    `cells`: how many improved, stayed the same, got worse and are missing, as far as that may be
    shown. `without_start`: people of whom there is no score before; they count for nothing.
    `points`: None where they could tell a count that is hidden.
    """

    group: Group
    started: int
    without_start: int
    cells: Shown
    net: Estimate
    net_range: tuple[float, float]
    points: Points | None

    @property
    def response(self) -> float:
        """Share of those who started that was measured again (0–1)."""
        return 1 - self.cells.reckoned["missing"] / self.started

    @property
    def again(self) -> int | None:
        """How many were measured again; None where that may not be shown."""
        return self.cells.total(AGAIN)

    @property
    def raw(self) -> float:
        """Improved minus worse, as a share of who was measured again."""
        counts = self.cells.reckoned
        return (counts["improved"] - counts["worse"]) / sum(counts[name] for name in AGAIN)


@dataclass(frozen=True)
class Regression:
    """What regression to the mean does: in points, as a rate; and the mean before that selection
    below the cut would give, where a cut is known."""

    points: float
    rate: float
    expected_before: float | None


@dataclass(frozen=True)
class MeasuredEffect:
    """The rate that a measurement supports, and every step towards it.

    `least`: points that count as a change, where points decide. `effect`: of who was measured
    again, less what would have happened anyway. `rate`: over all who started.
    """

    described: Described
    programme: Followed
    comparison: Followed | None
    regression: Regression | None
    least: float | None
    incomplete: int
    effect: Estimate
    lower_bound: float
    of_missing: float
    rate: Estimate
    effect_basis: Literal["gross", "causal"]
    evidence: int
    problems: tuple[Problem, ...]

    @property
    def groups(self) -> list[Followed]:
        """The programme, and the comparison where there is one."""
        return [self.programme, *([self.comparison] if self.comparison else [])]


def measured(described: Described, survey: Survey) -> MeasuredEffect:
    """All steps. Raises `Unusable` where there are too few people to say anything."""
    scores = {group: _scores(described, survey, group) for group in ("programme", "comparison")}
    rule = rule_of(described, scores)
    programme = _followed(described, "programme", scores["programme"], rule)
    comparison = None
    if described.measurement.comparison:
        comparison = _followed(described, "comparison", scores["comparison"], rule)
    regression = _regression(described, scores["programme"], rule)
    effect, raw = programme.net, programme.raw
    if comparison:
        effect, raw = model.difference(effect, comparison.net), raw - comparison.raw
    elif regression:
        effect = Estimate(effect.mean - regression.rate, effect.sd)
        raw -= regression.rate
    assumed = _of_missing(described, programme)
    found = MeasuredEffect(
        described, programme, comparison, regression,
        rule.least if isinstance(rule, ByPoints) else None, survey.incomplete, effect,
        float(model.lower_bound(raw, programme.response)), assumed,
        model.with_missing(effect, programme.response, assumed),
        "causal" if comparison else "gross", _evidence(described, programme), survey.problems,
    )  # fmt: skip
    doubted = _doubted(described, survey, scores["programme"], rule)
    return replace(found, problems=(*survey.problems, *doubted, *_weak(found, scores)))


def _scores(described: Described, survey: Survey, group: str) -> Array:
    """Oriented scores of a group: (person, before and after), nan where there is none."""
    pairs = [(p.before, p.after) for p in survey.persons if p.group == group]
    scores = np.array(pairs, dtype=np.float64).reshape(-1, 2)
    return described.scale.sign * scores[np.lexsort(scores.T)]


def rule_of(described: Described, scores: dict[str, Array]) -> Rule:
    """When somebody has improved, on the oriented scale. Raises `Unusable` without any spread."""
    change, sign = described.change, described.scale.sign
    if change is None:
        raise ValueError("a measurement says when somebody has improved")
    if change.points is not None:
        return ByPoints(change.points)
    if change.threshold is not None:
        return ByClass((sign * change.threshold,))
    if change.reliability is not None:
        sd = change.sd or _spread(scores)
        if sd == 0:
            raise Unusable(Problem("measure-no-spread", file=str(described.data)))
        return ByPoints(float(model.reliable_change(sd, change.reliability)))
    bands = described.instrument.classes if described.instrument else []
    ends = [band.low for band in bands[1:]] if sign > 0 else [-band.high for band in bands[:-1]]
    return ByClass(tuple(sorted(ends)))


def _spread(scores: dict[str, Array]) -> float:
    """Standard deviation of all scores before."""
    before = np.concatenate([array[:, 0] for array in scores.values()])
    before = before[~np.isnan(before)]
    return float(before.std(ddof=1)) if len(before) > 1 else 0.0


def _followed(described: Described, group: Group, scores: Array, rule: Rule) -> Followed:
    """What became of a group."""
    started = scores[~np.isnan(scores[:, 0])]
    pairs = started[~np.isnan(started[:, 1])]
    way = model.direction(pairs[:, 0], pairs[:, 1], rule)
    cells = shown(
        {
            "same": int((way == 0).sum()),
            "missing": len(started) - len(pairs),
            "improved": int((way > 0).sum()),
            "worse": int((way < 0).sum()),
        }
    )
    if cells is None or len(pairs) < LEAST_PAIRS:
        facts = {"least": LEAST_PAIRS, "group": group}
        raise Unusable(Problem("measure-too-few", file=str(described.data), facts=facts))
    known = cells.reckoned
    improved, same, worse = (known[name] for name in AGAIN)
    unsure = cells.variance({"improved": 1, "worse": -1})
    return Followed(
        group, len(started), len(scores) - len(started), cells,
        model.net_rate(improved, same, worse, unsure),
        model.net_rate_range(improved, same, worse), None if cells.hidden else _points(pairs),
    )  # fmt: skip


def _points(pairs: Array) -> Points:
    change = pairs[:, 1] - pairs[:, 0]
    error = float(change.std(ddof=1)) / len(change) ** 0.5
    return Points(float(pairs[:, 0].mean()), float(change.mean()), error)


def _regression(described: Described, scores: Array, rule: Rule) -> Regression | None:
    """What would have happened anyway, where the measurement says how scores move by themselves."""
    stated, scale = described.measurement.regression_to_the_mean, described.scale
    if stated is None:
        return None
    before = scores[~np.isnan(scores).any(axis=1), 0]
    mean, ends = scale.sign * stated.mean, sorted((scale.sign * scale.low, scale.sign * scale.high))
    oriented = model.Scale(ends[0], ends[1], scale.step)
    rate = model.net_rate_anyway(before, rule, oriented, mean, stated.sd, stated.correlation)
    if rate < 0:
        raise Unusable(described.wrong("measure-anyway-raises", "regression_to_the_mean", "mean"))
    points = model.regression_to_the_mean(mean, stated.correlation, float(before.mean()))
    expected = None
    if stated.cut is not None:
        expected = scale.sign * model.mean_below(mean, stated.sd, scale.sign * stated.cut)
    return Regression(points, float(rate), expected)


def _doubted(described: Described, survey: Survey, scores: Array, rule: Rule) -> Iterator[Problem]:
    """What can hardly be as it was meant: of the items, of where people start, and of the cut."""
    file, scale = described.document.file, described.scale
    turned = against_the_rest(survey.answers)
    if turned:
        items = ", ".join(map(str, turned))
        yield Problem("measure-items-against", "warning", file, facts={"items": items})
    before = scores[~np.isnan(scores[:, 0]), 0]
    best = max(scale.sign * scale.low, scale.sign * scale.high)
    if without_room(before, best, rule) > MOST_WITHOUT_ROOM:  # the share itself could tell a count
        facts = {"most": f"{MOST_WITHOUT_ROOM * 100:.0f}%"}
        yield Problem("measure-no-room", "warning", file, facts=facts)
    stated = described.measurement.regression_to_the_mean
    if stated and stated.cut is not None and np.median(before) > scale.sign * stated.cut:
        found = described.wrong("measure-cut-side", "regression_to_the_mean", "cut")
        yield replace(found, severity="warning")


def _of_missing(described: Described, programme: Followed) -> float:
    """Which share of the effect those who are missing are taken to have in the headline."""
    unchanged = described.measurement.missing == "unchanged"
    low = programme.response < model.LOW_RESPONSE
    return model.NONE if unchanged or low else model.HALF


def _evidence(described: Described, programme: Followed) -> int:
    """Grade 1 (best) to 6: own controlled 1, with a comparison 4, before and after only 5."""
    measurement, instrument = described.measurement, described.instrument
    if measurement.simulated:
        return 6
    grade = 5
    if measurement.comparison:
        grade = 1 if measurement.comparison.assigned == "random" else 4
    if programme.response < model.LOW_RESPONSE:
        grade += 1
    return min(6, max(grade, instrument.best_evidence if instrument else 1))


def _apart(scores: dict[str, Array]) -> float:
    """How far the groups lay apart before, in standard deviations of both together."""
    before = [array[~np.isnan(array[:, 0]), 0] for array in scores.values()]
    spread = np.sqrt(np.mean([array.var(ddof=1) for array in before]))
    return float((before[0].mean() - before[1].mean()) / spread) if spread else 0.0


def _weak(found: MeasuredEffect, scores: dict[str, Array]) -> Iterator[Problem]:
    """What a reader must know before trusting the rate."""
    file, measurement = found.described.document.file, found.described.measurement
    if measurement.simulated:
        yield Problem("measure-simulated", "warning", file)
    if not found.comparison and not found.regression:
        yield Problem("measure-no-counterfactual", "warning", file)
    for group in found.groups:
        if group.response < model.LOW_RESPONSE:
            facts = {"response": f"{group.response * 100:.0f}%"}
            yield Problem(TOO_LITTLE[group.group], "warning", file, facts=facts)
    apart = _apart(scores) if found.comparison else 0.0
    if abs(apart) > FAR_APART:
        facts = {"apart": f"{abs(apart):.2f}", "most": f"{FAR_APART:g}"}
        yield Problem("measure-groups-differ", "warning", file, facts=facts)
