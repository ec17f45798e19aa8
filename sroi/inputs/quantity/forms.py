"""The forms of a distribution without low, best and high: what each is told by."""

from __future__ import annotations

import math
from statistics import NormalDist

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from sroi.inputs.quantity.interval import beta_between, gamma_between
from sroi.inputs.text.nouns import Noun, unsaid
from sroi.inputs.text.numerals import LARGEST, Number

WIDEST_CV = 20.0  # of a gamma: nearly all draws are nothing then, and one in a thousand is all
ONE_IN_A_THOUSAND = NormalDist().inv_cdf(0.999)
Z95 = NormalDist().inv_cdf(0.95)


class Normal(Noun):
    """Mean and standard deviation, or the 5th and 95th percentile."""

    mean: Number | None = None
    sd: Number | None = None
    p5: Number | None = None
    p95: Number | None = None

    @model_validator(mode="after")
    def _pair(self) -> Normal:
        _one_pair(self, ("mean", "sd"), ("p5", "p95"))
        _positive(self.spread, "normal")
        return self

    @property
    def centre(self) -> float:
        """Mean."""
        return self.mean if self.mean is not None else (self.p5 + self.p95) / 2  # type: ignore[operator]

    @property
    def spread(self) -> float:
        """Standard deviation."""
        return self.sd if self.sd is not None else (self.p95 - self.p5) / (2 * Z95)  # type: ignore[operator]


class LogNormal(Noun):
    """Median with the 95th percentile, or with the standard deviation of the logarithm; or the
    5th and the 95th percentile."""

    median: Number | None = Field(None, exclude_if=unsaid)
    p5: Number | None = Field(None, exclude_if=unsaid)
    p95: Number | None = None
    sd_log: Number | None = None

    @model_validator(mode="after")
    def _pair(self) -> LogNormal:
        _one_pair(self, ("median", "p95"), ("median", "sd_log"), ("p5", "p95"))
        below = self.median if self.p5 is None else self.p5
        _positive(below or 0.0, "lognormal")
        if self.p95 is not None:
            _positive(self.p95 - (below or 0.0), "lognormal")
        _positive(self.spread, "lognormal")
        if math.log(self.centre) + ONE_IN_A_THOUSAND * self.spread > math.log(LARGEST):
            raise PydanticCustomError("distribution-too-wide", "", {"form": "lognormal"})
        return self

    @property
    def centre(self) -> float:
        """Median; of two percentiles the geometric mean."""
        return self.median if self.median is not None else math.sqrt(self.p5 * self.p95)  # type: ignore[operator]

    @property
    def spread(self) -> float:
        """Standard deviation of the logarithm."""
        if self.sd_log is not None:
            return self.sd_log
        return math.log(self.p95 / self.centre) / Z95  # type: ignore[operator]


class Gamma(Noun):
    """Mean, with the coefficient of variation (standard deviation ÷ mean) or the deviation itself;
    or the 5th and the 95th percentile.

    Shape 1 ÷ cv² and scale mean · cv², by the method of moments.
    """

    mean: Number | None = Field(None, exclude_if=unsaid)
    cv: Number | None = Field(None, exclude_if=unsaid)
    sd: Number | None = Field(None, exclude_if=unsaid)
    p5: Number | None = Field(None, exclude_if=unsaid)
    p95: Number | None = Field(None, exclude_if=unsaid)

    @model_validator(mode="after")
    def _sizes(self) -> Gamma:
        _one_pair(self, ("mean", "cv"), ("mean", "sd"), ("p5", "p95"))
        if self.p5 is not None and gamma_between(self.p5, self.p95 or 0.0) is None:
            raise PydanticCustomError("distribution-impossible", "", {"form": "gamma"})
        _positive(self.centre, "gamma")
        _positive(self.spread, "gamma")
        if self.spread > WIDEST_CV:
            raise PydanticCustomError("distribution-too-wide", "", {"form": "gamma"})
        return self

    @property
    def centre(self) -> float:
        """Mean."""
        return self.mean if self.mean is not None else self._between[0]

    @property
    def spread(self) -> float:
        """Coefficient of variation."""
        if self.mean is None:
            return self._between[1]
        return self.cv if self.cv is not None else self.sd / self.mean  # type: ignore[operator]

    @property
    def _between(self) -> tuple[float, float]:
        return gamma_between(self.p5, self.p95)  # type: ignore[return-value]


class Beta(Noun):
    """Counts of yes and no, with Jeffreys' prior: Beta(yes + ½, no + ½); mean and standard error of
    a share, as research reports it; its 5th and 95th percentile; or α and β themselves, as
    published models state them.

    By the method of moments a + b = m (1 - m) ÷ se² - 1 and a = m (a + b): Briggs, Claxton &
    Sculpher (2006), Decision Modelling for Health Economic Evaluation, chapter 4 (from memory).
    """

    yes: Number | None = Field(None, exclude_if=unsaid)
    no: Number | None = Field(None, exclude_if=unsaid)
    mean: Number | None = Field(None, exclude_if=unsaid)
    se: Number | None = Field(None, exclude_if=unsaid)
    alpha: Number | None = Field(None, exclude_if=unsaid)
    beta: Number | None = Field(None, exclude_if=unsaid)
    p5: Number | None = Field(None, exclude_if=unsaid)
    p95: Number | None = Field(None, exclude_if=unsaid)

    @model_validator(mode="after")
    def _counts(self) -> Beta:
        _one_pair(self, ("yes", "no"), ("mean", "se"), ("alpha", "beta"), ("p5", "p95"))
        if self.alpha is not None and self.beta is not None:
            _positive(min(self.alpha, self.beta), "beta")
            return self
        if self.p5 is not None:
            if beta_between(self.p5, self.p95 or 0.0) is None:
                raise PydanticCustomError("distribution-impossible", "", {"form": "beta"})
            return self
        if self.yes is None:
            m, se = self.mean or 0.0, self.se or 0.0
            if not (0 < m < 1 and se > 0 and se**2 < m * (1 - m)):
                raise PydanticCustomError("distribution-impossible", "", {"form": "beta"})
            return self
        if min(self.yes, self.no or 0.0) < 0:
            raise PydanticCustomError("distribution-impossible", "", {"form": "beta"})
        if self.yes == self.no == 0:
            raise PydanticCustomError("counts-of-nobody", "")
        return self

    @property
    def parameters(self) -> tuple[float, float]:
        """The a and b of the distribution."""
        if self.yes is not None and self.no is not None:
            return self.yes + 0.5, self.no + 0.5
        if self.alpha is not None and self.beta is not None:
            return self.alpha, self.beta
        if self.p5 is not None and self.p95 is not None:
            return beta_between(self.p5, self.p95) or (0.5, 0.5)
        m, se = self.mean or 0.0, self.se or 0.0
        both = m * (1 - m) / se**2 - 1
        return m * both, (1 - m) * both


def _one_pair(noun: Noun, *pairs: tuple[str, ...]) -> None:
    given = {name for pair in pairs for name in pair if getattr(noun, name) is not None}
    if given not in [set(pair) for pair in pairs]:
        form = type(noun).__name__.lower()
        raise PydanticCustomError("distribution-impossible", "", {"form": form})


def _positive(size: float, form: str) -> None:
    if not size > 0:
        raise PydanticCustomError("distribution-impossible", "", {"form": form})
