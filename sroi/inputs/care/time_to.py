"""How long it takes until somebody moves: a distribution of time, from the start of a cohort.

    exponential    H(t) = rate · t
    weibull        H(t) = rate · t^shape, or (t / scale)^shape
    gompertz       H(t) = rate · (e^(shape · t) - 1) / shape
    log_logistic   H(t) = ln(1 + (t / scale)^shape)

with t in years and S(t) = e^(-H(t)), so that the chance of a cycle of u years is 1 - S(t + u)/S(t)
= 1 - e^(-(H(t + u) - H(t))). Source: Briggs, Claxton & Sculpher, Decision Modelling for Health
Economic Evaluation, chapter 3, for the chance of a cycle; the forms as in Jackson (2016), flexsurv,
Journal of Statistical Software 70(8), Weibull with a scale and the other three; with a rate as in
Briggs, Claxton & Sculpher.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from sroi.inputs.quantity.quantity import Quantity, Within
from sroi.inputs.text.nouns import Noun, unsaid

Amount = NDArray[np.float64] | float
# wide enough for any model, and so narrow that a hundred years do not overflow
Shape = Annotated[Quantity, Within((0.01, 20.0))]
Scale = Annotated[Quantity, Within((0.001, 1e6))]
Rate = Annotated[Quantity, Within((0.0, 1000.0))]
Bend = Annotated[Quantity, Within((-5.0, 5.0))]


class Exponential(Noun):
    """The same rate a year at any time."""

    rate: Rate


class Weibull(Noun):
    """A rate that rises (shape above 1) or falls; with a scale in years, or a rate."""

    shape: Shape
    scale: Scale | None = Field(None, exclude_if=unsaid)
    rate: Rate | None = Field(None, exclude_if=unsaid)

    @model_validator(mode="after")
    def _one_size(self) -> Weibull:
        if (self.scale is None) == (self.rate is None):
            raise PydanticCustomError("weibull-form", "")
        return self


class Gompertz(Noun):
    """A rate that grows by a fixed share: at the start, and how fast a year."""

    shape: Bend
    rate: Rate


class LogLogistic(Noun):
    """Rises and falls again; half have moved after `scale` years."""

    shape: Shape
    scale: Scale


class TimeTo(Noun):
    """A distribution of time in one of four forms."""

    exponential: Exponential | None = Field(None, exclude_if=unsaid)
    weibull: Weibull | None = Field(None, exclude_if=unsaid)
    gompertz: Gompertz | None = Field(None, exclude_if=unsaid)
    log_logistic: LogLogistic | None = Field(None, exclude_if=unsaid)

    @model_validator(mode="after")
    def _one_form(self) -> TimeTo:
        forms = [name for name in FORMS if getattr(self, name) is not None]
        if len(forms) != 1:
            raise PydanticCustomError("time-form", "", {"found": ", ".join(forms) or "–"})
        return self

    @property
    def form(self) -> str:
        """Which of the forms it has."""
        return next(name for name in FORMS if getattr(self, name) is not None)

    @property
    def parameters(self) -> dict[str, Quantity]:
        """Its parameters by name."""
        own: Any = getattr(self, self.form)
        return {name: getattr(own, name) for name in own.model_fields_set if getattr(own, name)}


FORMS = tuple(TimeTo.model_fields)


def added_hazard(
    form: str, names: Sequence[str], values: Sequence[Amount], start: Amount, length: float
) -> Amount:
    """H(start + length) - H(start), from the parameters by name; times in years."""
    of = dict(zip(names, values, strict=True))
    if form == "exponential":
        return of["rate"] * length
    if form == "gompertz":
        return _gompertz(of["shape"], of["rate"], start, length)
    if "rate" in of:
        end = (start + length) ** of["shape"]
        return of["rate"] * (end - start ** of["shape"])
    before, after = ((time / of["scale"]) ** of["shape"] for time in (start, start + length))
    if form == "weibull":
        return after - before
    return np.log1p(after) - np.log1p(before)


def _gompertz(shape: Amount, rate: Amount, start: Amount, length: float) -> Amount:
    """rate · e^(shape · start) · (e^(shape · length) - 1) / shape; without shape a line."""
    flat = np.abs(shape) < 1e-12
    bend = np.where(flat, 1.0, shape)
    grown = np.where(flat, length, np.expm1(bend * length) / bend)
    found = rate * np.exp(shape * start) * grown
    return found if np.ndim(found) else float(found)
