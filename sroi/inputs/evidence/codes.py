"""Scores that look like a code for no answer: 99 on a scale of 0 to 100."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import reduce
from math import gcd

from sroi.inputs.evidence.instruments import Scale
from sroi.inputs.text.as_seen import told_once
from sroi.inputs.text.cells import Cell
from sroi.problems import Problem

# what survey programs write where somebody did not answer, does not know, or was not asked
USUAL = (77, 88, 97, 98, 99, 777, 888, 997, 998, 999)
LEAST = 2  # cells with it: a single one may well be somebody's score
FAR = 0.25  # of the scale, between a code and the nearest score below it


def like_codes(
    found: Iterable[tuple[Cell, float]], scale: Scale, file: str, heads: Iterable[Cell] = ()
) -> Iterator[Problem]:
    """measure-code: a usual code that is no score as the others are.

    It lies far above all others, or not on the steps that all others keep to, such as tens. Or one
    of the `heads` of these columns declares it to be no answer there, and the others do not.
    """
    cells = list(found)
    columns = {cell.column for cell, _ in cells}
    declared = {code for head in heads if head.column in columns for code in head.codes}
    elsewhere = [cell for cell, score in cells if score in declared]
    for problem in told_once("measure-code", elsewhere, file):
        yield replace(problem, severity="warning")
    for code in USUAL if not elsewhere else ():
        own = [cell for cell, score in cells if score == code]
        others = {score for _, score in cells if score not in USUAL}
        if len(own) >= LEAST and others and _apart(code, others, scale):
            for problem in told_once("measure-code", own, file):
                yield replace(problem, severity="warning")


def _apart(code: int, others: set[float], scale: Scale) -> bool:
    if code - max(others) >= FAR * (scale.high - scale.low):
        return True
    whole = all(score.is_integer() for score in others) and len(others) > LEAST
    step = reduce(gcd, (int(score) for score in others), 0) if whole else 1
    return step > 1 and code % step != 0
