"""A quantity: a number that may be uncertain, with its reason, its source and its evidence.

The forms are those of the scenario file. What a form means as a distribution stands in
`model/uncertain/distributions.py`; here it is only read and held against the domain of its field.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import reduce
from operator import mul
from statistics import NormalDist
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import (
    BeforeValidator,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    PrivateAttr,
    model_validator,
)
from pydantic_core import CoreSchema, PydanticCustomError
from pydantic_core.core_schema import no_info_after_validator_function

from sroi.inputs.quantity.covered import Range, spread
from sroi.inputs.quantity.forms import Beta, Gamma, LogNormal, Normal
from sroi.inputs.text.nouns import Brief, Id, Reference, Text, as_list, unsaid
from sroi.inputs.text.numerals import NUMERAL, Number, Whole

FORMS = ("value", "best", "uniform", "normal", "lognormal", "gamma", "beta", "from_")
MASS_OUTSIDE = 0.001
MOST_FACTORS = 10
ROUNDING = 1e-12
STEPS_TO_AN_END = 60
LEAST_MEANT = 3.0  # of a part of a whole: 1.8 may be 180%, and 3 will be 3%

Domain = tuple[float, float]
FRACTION: Domain = (0.0, 1.0)
NOT_NEGATIVE: Domain = (0.0, math.inf)
DURATION: Domain = (0.0, 60.0)
ANY: Domain = (-math.inf, math.inf)
HAZARD_RATIO: Domain = (0.5, 2.0)
YEARLY_RATE: Domain = (0.0, 12.0)


Covers = Annotated[Number, Field(ge=0.5, le=1)]
Factors = Annotated[
    "list[Quantity]",
    BeforeValidator(as_list),
    Field(min_length=1, max_length=MOST_FACTORS),
]


class Quantity(Brief):
    """A certain number, a distribution, or what follows from another quantity; and beside it why.

    `from`: the id of one of the scenario's `quantities`, × `times` + `plus`, each a quantity or a
    list of them. `covers`: which share lies between low and high; without it they are the ends.
    """

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
    from_: Annotated[Id | None, Field(alias="from", exclude_if=unsaid)] = None
    times: Annotated[Factors | None, Field(exclude_if=unsaid)] = None
    plus: Annotated[Factors | None, Field(exclude_if=unsaid)] = None
    covers: Annotated[Covers | None, Field(exclude_if=unsaid)] = None
    because: Text | None = None
    source: Reference | None = None
    evidence: Annotated[Whole, Field(ge=1, le=6)] | None = None
    _origin: Quantity | None = PrivateAttr(None)
    # by a factory: of a default pydantic takes a deep copy for every quantity
    _domain: Domain = PrivateAttr(default_factory=lambda: ANY)
    _reach: tuple[float, float] = PrivateAttr(default_factory=lambda: (1.0, 1.0))
    _middle: float = PrivateAttr(1.0)
    _varies: bool = PrivateAttr(False)

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
            found = ", ".join(form.rstrip("_") for form in forms) or "–"
            raise PydanticCustomError("quantity-form", "", {"found": found})
        if (self.times or self.plus) and forms != ["from_"]:
            raise PydanticCustomError("quantity-form", "", {"found": f"{forms[0]}, times/plus"})
        if self.covers is not None and forms != ["best"]:
            raise PydanticCustomError("covers-without-range", "")
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

    def within(self, domain: Domain) -> Self:
        """The same, that knows in which domain the ends of what it covers must lie."""
        known = self.model_copy()
        known._domain = domain
        return known

    @property
    def allowed(self) -> Domain:
        """The domain in which the ends of what it covers must lie."""
        return self._domain

    @property
    def linked(self) -> bool:
        """Whether it follows from another quantity."""
        return self.from_ is not None

    @property
    def origin(self) -> Quantity | None:
        """The quantity that it follows from, where that is known."""
        return self._origin

    def following(self, origin: Quantity, factors: list[Quantity], terms: list[Quantity]) -> Self:
        """The same, that knows what it follows from; of weak evidence as the weakest of these."""
        parts = {"times": factors or None, "plus": terms or None}
        grades = [part.evidence for part in (origin, *factors, *terms) if part.evidence]
        if self.evidence is None and grades:
            parts["evidence"] = max(grades)  # type: ignore[assignment]
        known = self.model_copy(update=parts)
        known._origin = origin
        known._reach = _sum([reduce(_product, _reached(factors), origin.reach), *_reached(terms)])
        known._middle = reduce(mul, [part.middle for part in factors], origin.middle)
        known._middle += sum(part.middle for part in terms)
        known._varies = any(part.uncertain for part in (origin, *factors, *terms))
        return known

    @property
    def uncertain(self) -> bool:
        """Whether it varies over the draws."""
        if self.linked:
            return self._varies
        return self.form != "value" and not (self.form == "best" and self.low == self.high)

    def outside(self, domain: Domain) -> float:
        """Share of its mass outside a domain; a bounded form lies inside as a whole or not."""
        low, high = domain
        if self.linked:
            near = ROUNDING * max(abs(bound) for bound in self.reach)
            return float(self.reach[0] < low - near or self.reach[1] > high + near)
        if self.bounds:
            return float(self.bounds[0] < low or self.bounds[1] > high)
        return self._below(low) + (1 - self._below(high))

    @property
    def range_(self) -> Range:
        """Lowest, best and highest of a range; wider than stated where that covers a share."""
        stated = Range(self.low, self.best, self.high)  # type: ignore[arg-type]
        if self.covers is None:
            return stated
        return spread(stated, self.covers, self._domain, self.shape == "triangular")

    @property
    def bounds(self) -> tuple[float, float] | None:
        """Lowest and highest possible value of the bounded forms."""
        if self.linked:
            return self.reach
        if self.best is not None:
            return (self.range_.low, self.range_.high)
        if self.uniform is not None:
            return (self.uniform[0], self.uniform[1])
        if self.value is not None:
            return (self.value, self.value)
        return (0.0, 1.0) if self.beta else None

    @property
    def reach(self) -> tuple[float, float]:
        """Lowest and highest value; of a form without bounds what hardly any of it is beyond.

        Of what follows from others every combination of theirs; 1 where these are not known.
        """
        return self._reach if self.linked else self.bounds or self._nearly()

    @property
    def middle(self) -> float:
        """About the middle of it: the best guess where there is one, else the median."""
        if self.linked:
            return self._middle
        if self.best is not None or self.value is not None:
            return float(self.best if self.best is not None else self.value)  # type: ignore[arg-type]
        if self.beta:
            a, b = self.beta.parameters
            return a / (a + b)
        return sum(self.bounds) / 2 if self.bounds else self._quantile(0.5)

    def _nearly(self) -> tuple[float, float]:
        """The values between which nearly all of a form without bounds lies."""
        return self._quantile(MASS_OUTSIDE / 2), self._quantile(1 - MASS_OUTSIDE / 2)

    def _quantile(self, share: float) -> float:
        low, high = -1.0, 1.0
        while self._below(low) > share:
            low *= 2
        while self._below(high) < share:
            high *= 2
        for _ in range(STEPS_TO_AN_END):
            middle = (low + high) / 2
            low, high = (middle, high) if self._below(middle) < share else (low, middle)
        return high

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


def _product(first: tuple[float, float], second: tuple[float, float]) -> tuple[float, float]:
    """Lowest and highest product of a number from each."""
    products = [x * y for x in first for y in second]
    return min(products), max(products)


def _reached(parts: list[Quantity]) -> list[tuple[float, float]]:
    return [part.reach for part in parts]


def _sum(ends: list[tuple[float, float]]) -> tuple[float, float]:
    """Lowest and highest sum of a number from each."""
    return sum(low for low, _ in ends), sum(high for _, high in ends)


def _gamma_below(gamma: Gamma, point: float) -> float:
    from scipy.special import gammainc

    return float(gammainc(gamma.spread**-2, point / (gamma.centre * gamma.spread**2)))


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
        stated = quantity.model_copy(update={"covers": None})  # what it covers has its own rule
        share = 0.0 if quantity.linked else stated.outside(self.domain)
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
        return quantity if quantity.covers is None else quantity.within(self.domain)

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
