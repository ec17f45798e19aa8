"""Care of one kind: what a person-year costs, who pays it, and what of it can be cashed."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag, model_validator
from pydantic_core import PydanticCustomError

from sroi.inputs.quantity.named import Years
from sroi.inputs.quantity.quantity import Duration, Fraction, Quantity, Size, Sizes, Within
from sroi.inputs.quantity.sizes import Count, Positive, Span, Year
from sroi.inputs.text.nouns import Id, Noun, SharesToOne, Text, unsaid
from sroi.inputs.text.numerals import Number

LONGEST_RENEWAL = 30.0


class Care(Noun):
    """A price with its payers, and the contract under which the care is bought.

    `paid_per_unit`: share of the price that is paid for each unit of care (p×q); the rest is
    capacity, which is cut by `capacity_step` places when a contract is renewed. `backfill`: share
    of freed places that the waiting list takes. `indexation`: how the contract says that its
    amounts rise, which is for the nominal budget only.
    """

    cost: Size | None = None
    proxy: Id | None = None
    units: Size | None = None
    price_year: Year | None = None
    index: Id | None = Field(None, exclude_if=unsaid)
    cost_concept: Literal["marginal", "tariff", "average", "macro", "claim"] | None = None
    overlap: Id | None = None
    payers: Annotated[dict[Id, Number], SharesToOne] | None = None
    paid_per_unit: Fraction | None = None
    backfill: Fraction | None = None
    capacity_step: Positive | None = None
    waiting_list: Count | None = None
    indexation: Text | None = Field(None, exclude_if=unsaid)
    not_cashable: Literal["soft", "pm"] = "soft"
    because: Text | None = None


class Contracts(Noun):
    """When money follows: the lag of what is paid per unit, the years between renewals, and the
    share of a year's fixed cost that a cut costs once (wachtgeld, leegstand)."""

    lag: Duration = Quantity(value="0.25")
    renewal: Annotated[Quantity, Within((0.25, LONGEST_RENEWAL))] = Quantity(value="3")
    friction: Fraction = Quantity(value="0")


class Logistic(Noun):
    """An S-curve: years to half of the effect, and how steep it is."""

    midpoint: Duration
    steepness: Annotated[Quantity, Within((0.1, 20.0))]


class Linear(Noun):
    """A straight line from nothing to all in so many years."""

    years: Span


class Bass(Noun):
    """Diffusion: who starts by themselves, and who follows others; both per year."""

    innovation: Annotated[Quantity, Within((0.001, 5.0))]
    imitation: Annotated[Quantity, Within((0.0, 10.0))]


class Ramp(Noun):
    """How the programme grows to its full effect: in one of three shapes."""

    logistic: Logistic | None = None
    linear: Linear | None = None
    bass: Bass | None = None

    @model_validator(mode="after")
    def _one_shape(self) -> Ramp:
        shapes = [name for name in type(self).model_fields if getattr(self, name) is not None]
        if len(shapes) != 1:
            raise PydanticCustomError("ramp-form", "", {"found": ", ".join(shapes) or "–"})
        return self

    @property
    def shape(self) -> str:
        """Which of the shapes it has."""
        return next(name for name in type(self).model_fields if getattr(self, name) is not None)


class Capacity(Noun):
    """Trajectories a year that are asked for, and that the staff can do.

    The latter as a number, or from staff: fte × hours a year × share with clients × (1 - absent) ÷
    hours that a trajectory takes.
    """

    demand: Sizes
    possible: Sizes | None = None
    years: Annotated[Years | None, Field(exclude_if=unsaid)] = None
    fte: Size | None = None
    hours: Size | None = None
    direct_share: Fraction | None = None
    absent: Fraction | None = None
    hours_each: Annotated[Quantity, Within((0.1, 10_000.0))] | None = None

    @model_validator(mode="after")
    def _one_form(self) -> Capacity:
        staff = [getattr(self, name) is not None for name in STAFF]
        if (self.possible is None) != all(staff) or (self.possible is not None and any(staff)):
            raise PydanticCustomError("capacity-form", "")
        return self


STAFF = ("fte", "hours", "direct_share", "absent", "hours_each")
LOWEST_REFERENCE = 0.1


def _word_or_number(value: Any) -> str:
    return "word" if isinstance(value, str) and value[:1].isalpha() else "number"


SettingOfTheEffect = Annotated[
    Annotated[Literal["ideal", "expected"], Tag("word")]
    | Annotated[Annotated[Number, Field(ge=LOWEST_REFERENCE, le=1)], Tag("number")],
    Discriminator(_word_or_number),
]


class Effect(Noun):
    """What the effects on a ladder and of a direct shift share: whose they are, and when they come.

    `reference`: how far everybody moved along where the effect was measured: `ideal` (all did),
    `expected` (as is expected here), or E itself. `counted_elsewhere`: share of the people whom
    another part of the scenario counts already.
    """

    effect_basis: Literal["gross", "causal"] = "gross"
    deadweight: Fraction | None = None
    attribution_to_others: Fraction | None = None
    reference: SettingOfTheEffect | None = None
    ramp: Ramp | None = None
    lag: Duration | None = None
    capacity: Capacity | None = None
    counted_elsewhere: Annotated[Fraction | None, Field(exclude_if=unsaid)] = None
