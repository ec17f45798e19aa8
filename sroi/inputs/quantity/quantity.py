"""A quantity: a number that may be uncertain, with its reason, its source and its evidence.

The forms are those of the scenario file. What a form means as a distribution stands in
`model/uncertain/distributions.py`; here it is only read and held against the domain of its field.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist
from typing import Annotated, Any, ClassVar, Literal

from pydantic import (
    BeforeValidator,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    model_validator,
)
from pydantic_core import CoreSchema, PydanticCustomError
from pydantic_core.core_schema import no_info_after_validator_function

from sroi.inputs.quantity.interval import beta_between, gamma_between
from sroi.inputs.text.nouns import Brief, Noun, Reference, Text, as_list
from sroi.inputs.text.numerals import LARGEST, NUMERAL, Number, Whole

FORMS = ("value", "best", "uniform", "normal", "lognormal", "gamma", "beta")
MASS_OUTSIDE = 0.001
WIDEST_CV = 20.0  # of a gamma: nearly all draws are nothing then, and one in a thousand is all
ONE_IN_A_THOUSAND = NormalDist().inv_cdf(0.999)
Z95 = NormalDist().inv_cdf(0.95)
LEAST_MEANT = 3.0  # of a part of a whole: 1.8 may be 180%, and 3 will be 3%

Domain = tuple[float, float]
FRACTION: Domain = (0.0, 1.0)
NOT_NEGATIVE: Domain = (0.0, math.inf)
DURATION: Domain = (0.0, 60.0)
ANY: Domain = (-math.inf, math.inf)
HAZARD_RATIO: Domain = (0.5, 2.0)
YEARLY_RATE: Domain = (0.0, 12.0)


def _absent(value: object) -> bool:
    return value is None


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

    median: Number | None = Field(None, exclude_if=_absent)
    p5: Number | None = Field(None, exclude_if=_absent)
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

    mean: Number | None = Field(None, exclude_if=_absent)
    cv: Number | None = Field(None, exclude_if=_absent)
    sd: Number | None = Field(None, exclude_if=_absent)
    p5: Number | None = Field(None, exclude_if=_absent)
    p95: Number | None = Field(None, exclude_if=_absent)

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

    yes: Number | None = Field(None, exclude_if=_absent)
    no: Number | None = Field(None, exclude_if=_absent)
    mean: Number | None = Field(None, exclude_if=_absent)
    se: Number | None = Field(None, exclude_if=_absent)
    alpha: Number | None = Field(None, exclude_if=_absent)
    beta: Number | None = Field(None, exclude_if=_absent)
    p5: Number | None = Field(None, exclude_if=_absent)
    p95: Number | None = Field(None, exclude_if=_absent)

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


class Quantity(Brief):
    """A certain number or a distribution, and beside it why."""

    forms: ClassVar[tuple[str, ...]] = FORMS
    value: Number | None = None
    low: Number | None = None
    best: Number | None = None
    high: Number | None = None
    shape: Literal["pert", "triangular"] = "pert"
    uniform: Annotated[list[Number], Field(min_length=2, max_length=2)] | None = None
    normal: Normal | None = None
    lognormal: LogNormal | None = None
    gamma: Gamma | None = None
    beta: Beta | None = None
    because: Text | None = None
    source: Reference | None = None
    evidence: Annotated[Whole, Field(ge=1, le=6)] | None = None

    @model_validator(mode="before")
    @classmethod
    def _bare(cls, value: Any) -> Any:
        return value if isinstance(value, dict) else {"value": value}

    @model_validator(mode="after")
    def _form(self) -> Quantity:
        forms = [form for form in self.forms if getattr(self, form) is not None]
        if not forms and (self.low is not None or self.high is not None):
            raise PydanticCustomError("range-incomplete", "")
        if len(forms) != 1:
            raise PydanticCustomError("quantity-form", "", {"found": ", ".join(forms) or "–"})
        if forms == ["best"]:
            self._in_order()
        elif self.low is not None or self.high is not None:
            raise PydanticCustomError("quantity-form", "", {"found": f"{forms[0]}, low/high"})
        if self.uniform is not None and not self.uniform[0] < self.uniform[1]:
            raise PydanticCustomError("distribution-impossible", "", {"form": "uniform"})
        return self

    def _in_order(self) -> None:
        if self.low is None or self.high is None:
            raise PydanticCustomError("range-incomplete", "")
        if not self.low <= self.best <= self.high:  # type: ignore[operator]
            sizes = {"low": self.low, "best": self.best, "high": self.high}
            facts = {name: f"{size:.12g}" for name, size in sizes.items()}
            raise PydanticCustomError("range-order", "", facts)

    @property
    def form(self) -> str:
        """Which of the forms it is written in."""
        return next(form for form in self.forms if getattr(self, form) is not None)

    @property
    def uncertain(self) -> bool:
        """Whether it varies over the draws."""
        return self.form != "value" and not (self.form == "best" and self.low == self.high)

    def outside(self, domain: Domain) -> float:
        """Share of its mass outside a domain; a bounded form lies inside as a whole or not."""
        low, high = domain
        if self.bounds:
            return float(self.bounds[0] < low or self.bounds[1] > high)
        return self._below(low) + (1 - self._below(high))

    @property
    def bounds(self) -> tuple[float, float] | None:
        """Lowest and highest possible value of the bounded forms."""
        if self.best is not None:
            return (self.low, self.high)  # type: ignore[return-value]
        if self.uniform is not None:
            return (self.uniform[0], self.uniform[1])
        if self.value is not None:
            return (self.value, self.value)
        return (0.0, 1.0) if self.beta else None

    def _below(self, point: float) -> float:
        """P(X < point) of the forms without bounds."""
        if math.isinf(point):
            return float(point > 0)
        if self.normal:
            return NormalDist(self.normal.centre, self.normal.spread).cdf(point)
        if point <= 0:
            return 0.0
        if self.lognormal:
            return NormalDist().cdf(math.log(point / self.lognormal.centre) / self.lognormal.spread)
        return _gamma_below(self.gamma, point)  # type: ignore[arg-type]

    @classmethod
    def _brief(cls) -> list[dict[str, Any]]:
        return list(NUMERAL["anyOf"])


def _gamma_below(gamma: Gamma, point: float) -> float:
    from scipy.special import gammainc

    return float(gammainc(gamma.spread**-2, point / (gamma.centre * gamma.spread**2)))


def _one_pair(noun: Noun, *pairs: tuple[str, ...]) -> None:
    given = {name for pair in pairs for name in pair if getattr(noun, name) is not None}
    if given not in [set(pair) for pair in pairs]:
        form = type(noun).__name__.lower()
        raise PydanticCustomError("distribution-impossible", "", {"form": form})


def _positive(size: float, form: str) -> None:
    if not size > 0:
        raise PydanticCustomError("distribution-impossible", "", {"form": form})


@dataclass(frozen=True)
class Within:
    """A rule for a field, and what the field is known by: hardly any of the quantity may lie
    outside its domain."""

    domain: Domain

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return no_info_after_validator_function(self._checked, handler(source))

    def _checked(self, quantity: Quantity) -> Quantity:
        share = quantity.outside(self.domain)
        if share > MASS_OUTSIDE:
            if self.domain == FRACTION and (meant := _as_percentages(quantity)):
                raise PydanticCustomError("percent-meant", "", meant)
            low, high = (self._shown(bound) for bound in self.domain)
            facts = {"low": low, "high": high}
            if quantity.bounds:
                sizes = sorted(set(quantity.bounds))
                found = " – ".join(map(self._shown, sizes))
                raise PydanticCustomError("outside-domain", "", facts | {"found": found})
            told = f"{share * 100:.3g}%"
            raise PydanticCustomError("mass-outside-domain", "", facts | {"share": told})
        return quantity

    def _shown(self, size: float) -> str:
        """A share in percents, anything else as a number of the file."""
        if math.isinf(size):
            return "∞"
        return f"{size * 100:.12g}%" if self.domain == FRACTION else f"{size:.12g}"


def _as_percentages(quantity: Quantity) -> dict[str, str]:
    """What was written and what may be meant, where 40 may be 40%; nothing where it may not."""
    low, high = quantity.bounds or (-1.0, -1.0)
    if low < 0 or not LEAST_MEANT <= high <= 100:
        return {}
    named = {"value", "low", "best", "high"}
    sizes = quantity.uniform or [
        size for name in named if (size := getattr(quantity, name)) is not None
    ]
    sizes = sorted(set(sizes))
    if any(0 < size <= 1 for size in sizes):  # a range of parts and percentages
        return {}
    found, meant = ("–".join(f"{size:g}{sign}" for size in sizes) for sign in ("", "%"))
    return {"found": found, "meant": meant}


class OneOrList:
    """Tells editors that one quantity may stand where a list of them may."""

    def __get_pydantic_json_schema__(
        self, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        schema = handler(core_schema)
        return {"anyOf": [schema["items"], schema]}


Fraction = Annotated[Quantity, Within(FRACTION)]
Duration = Annotated[Quantity, Within(DURATION)]
Size = Annotated[Quantity, Within(NOT_NEGATIVE)]
Sizes = Annotated[
    list[Size], BeforeValidator(as_list), Field(min_length=1, max_length=100), OneOrList()
]
YearlyRate = Annotated[Quantity, Within(YEARLY_RATE)]
