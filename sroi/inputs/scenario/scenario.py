"""The scenario: what an organisation claims, each claim with its range, reason and source."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag, model_validator

from sroi.inputs.care.care import Care
from sroi.inputs.care.care_ladder import MOST_LADDERS, CareLadder
from sroi.inputs.care.cohort import Cohort
from sroi.inputs.care.direct_shift import DirectShift
from sroi.inputs.care.enabling_conditions import EnablingCondition
from sroi.inputs.case.canvas import Canvas
from sroi.inputs.case.continued_series import MOST_SERIES, ContinuedSeries
from sroi.inputs.case.monitoring import Monitor
from sroi.inputs.case.results_contract import ResultsContract
from sroi.inputs.case.staffing import Staffing
from sroi.inputs.case.target_group import TargetGroup
from sroi.inputs.case.theory_of_change import TheoryOfChange
from sroi.inputs.evidence.elements import TEN, Element
from sroi.inputs.evidence.experience import Experience
from sroi.inputs.evidence.measured import Measured
from sroi.inputs.library.library import Payer, Proxy, Source
from sroi.inputs.quantity.named import Named, Years
from sroi.inputs.quantity.quantity import Covers, Duration, Fraction, Quantity, Sizes
from sroi.inputs.quantity.sizes import CashClass, Timing, Year
from sroi.inputs.text.nouns import Brief, Id, Noun, Reference, SharesToOne, Text, unsaid
from sroi.inputs.text.numerals import Date, Number, Whole, YesNo

Programme = Literal[
    "wijk-en-buurt",
    "ontmoeten-en-ontwikkelen",
    "kinderen-en-jongeren",
    "gezond-en-gelukkig-oud",
    "anders",
]
Sampling = Literal["sobol", "latin-hypercube", "plain"]
MAX_DRAWS = 2**20
MAX_YEARS = 100
MAX_CONDITIONS = 20
MAX_VARIANTS = 20
MAX_OVERRIDES = 100


class Check(Noun):
    """That somebody looked at it: who (an organisation or a role), when, and at what."""

    by: Text
    on: Date
    what: Text


class Discounting(Brief):
    """A regime of the library, a regime with another timing, or a rate of one's own."""

    regime: Id | None = None
    rate: Annotated[Number, Field(ge=0, le=0.5)] | None = None
    timing: Timing | None = None
    investment: Literal["same", "undiscounted"] | None = None

    @model_validator(mode="before")
    @classmethod
    def _named(cls, value: Any) -> Any:
        return {"regime": value} if isinstance(value, str) else value


class Basis(Noun):
    """The years, the prices and the draws that everything in the scenario is reckoned by."""

    first_year: Annotated[Whole, Field(ge=1990, le=2100)]
    years: Annotated[Whole, Field(ge=1, le=MAX_YEARS)]
    price_year: Year
    currency: Annotated[str, Field(pattern="^[A-Z]{3}$")] = "EUR"
    discounting: Discounting
    horizon: Literal["cut", "count"] = "cut"
    draws: Annotated[Whole, Field(ge=16, le=MAX_DRAWS)] = 65_536
    seed: Annotated[Whole, Field(ge=0, le=2**32)] = 1
    sampling: Sampling = "sobol"
    optimism_bias: Literal["none", "by_evidence"] = "none"
    ranges_cover: Annotated[Covers | None, Field(exclude_if=unsaid)] = None


class Stakeholder(Noun):
    """A group that experiences a change."""

    id: Id
    name: Text


class Investment(Noun):
    """What goes in: money for each year, or in kind: a volume valued by a proxy."""

    id: Id
    what: Text
    payer: Id | None = None
    payers: Annotated[dict[Id, Number], SharesToOne] | None = None
    per_year: Sizes | None = None
    price_year: Year | None = None
    index: Id | None = Field(None, exclude_if=unsaid)
    in_kind: YesNo = False
    volume: Sizes | None = None
    years: Annotated[Years | None, Field(exclude_if=unsaid)] = None
    unit: str | None = None
    proxy: Id | None = None
    cash: CashClass | None = None
    staffing: Staffing | None = None
    vat: Literal["included", "excluded", "exempt"] | None = None
    indexation: Text | None = None
    task_field: Text | None = None
    incidental: YesNo = False

    @property
    def shares(self) -> dict[str, float]:
        """Share of each payer."""
        return self.payers or {self.payer or "": 1.0}

    @property
    def cash_class(self) -> CashClass:
        """Money is hard; a gift in kind leaves no till."""
        return self.cash or ("soft" if self.in_kind else "hard")


class Activity(Noun):
    """What is done, how much of it in each year, and which share of a year's people `returning`
    were there the year before."""

    id: Id
    what: Text
    unit: Text
    volume: Sizes
    years: Annotated[Years | None, Field(exclude_if=unsaid)] = None
    returning: Annotated[Fraction | None, Field(exclude_if=unsaid)] = None


def _priced_or_none(value: Any) -> str:
    return "none" if value == "none" else "quantity"


PriceOrNone = Annotated[
    Annotated[Literal["none"], Tag("none")] | Annotated[Quantity, Tag("quantity")],
    Discriminator(_priced_or_none),
]


class Outcome(Noun):
    """A change for a stakeholder: volume × rate, worth a proxy, corrected for what is not ours."""

    id: Id
    what: Text
    stakeholder: Id
    of: Id
    rate: Quantity
    unit: str | None = None
    proxy: Id | None = None
    value: PriceOrNone | None = None
    price_year: Year | None = None
    index: Id | None = Field(None, exclude_if=unsaid)
    payers: Annotated[dict[Id, Number], SharesToOne] | None = None
    cash: CashClass | None = None
    overlap: Id | None = None
    because: Text | None = None
    source: Reference | None = Field(None, exclude_if=unsaid)
    measured: Measured | None = None
    effect_basis: Literal["gross", "causal"] = "gross"
    deadweight: Fraction | None = None
    displacement: Fraction | None = None
    attribution_to_others: Fraction | None = None
    starts: Annotated[Whole, Field(ge=1)] = 1
    lasts: Duration | None = None
    drop_off: Fraction | None = None

    @property
    def in_euros(self) -> bool:
        """Whether it has a price; without one it is printed and not added."""
        return self.value != "none"


CORRECTIONS = ("deadweight", "displacement", "attribution_to_others")


class Correlation(Noun):
    """Quantities that move together; rho is the correlation of their normal scores."""

    of: Annotated[list[str], Field(min_length=2, max_length=50)]
    rho: Annotated[Number, Field(gt=-1, lt=1)]
    because: Text | None = None


Overrides = Annotated[dict[str, Any], Field(max_length=MAX_OVERRIDES)]


class Scenario(Noun):
    """One scenario file."""

    scenario: Id
    title: Text
    question: Text | None = None
    decision: Text | None = None
    background: Text | None = None
    scope: Text | None = None
    organisation: Text
    commissioner: Text
    programme: Programme
    kind: Literal["forecast", "evaluation"]
    language: Literal["nl", "en"] | None = None
    date: Date | None = None
    null_alternative: Text
    conditions: Annotated[list[Text], Field(max_length=50)] = []
    limitations: Annotated[list[Text], Field(max_length=50)] = []
    basis: Basis
    payers: Annotated[list[Payer], Field(max_length=100)] = []
    stakeholders: Annotated[list[Stakeholder], Field(max_length=100)] = []
    target_groups: Annotated[list[TargetGroup], Field(max_length=20)] = []
    sources: Annotated[list[Source], Field(max_length=500)] = []
    investment: Annotated[list[Investment], Field(max_length=100)]
    quantities: Annotated[list[Named], Field(max_length=100, exclude_if=unsaid)] = []
    activities: Annotated[list[Activity], Field(max_length=100)] = []
    outcomes: Annotated[list[Outcome], Field(max_length=200)] = []
    enabling_conditions: Annotated[list[EnablingCondition], Field(max_length=MAX_CONDITIONS)] = []
    care_ladder: Annotated[list[CareLadder], Field(max_length=MOST_LADDERS)] = []
    direct_shift: Annotated[list[DirectShift], Field(max_length=20)] = []
    cohorts: Annotated[list[Cohort], Field(max_length=5)] = []
    proxies: Annotated[list[Proxy], Field(max_length=200)] = []
    indices: Annotated[dict[Id, ContinuedSeries], Field(max_length=MOST_SERIES)] = Field(
        {}, exclude_if=unsaid
    )
    theory_of_change: Annotated[list[TheoryOfChange], Field(max_length=12)] = []
    canvas: Canvas | None = None
    experience: Experience | None = None
    elements: Annotated[list[Element], Field(max_length=TEN)] = []
    monitoring: Annotated[list[Monitor], Field(max_length=60)] = []
    contract: ResultsContract | None = Field(None, exclude_if=unsaid)
    checks: Annotated[list[Check], Field(max_length=50)] = []
    correlations: Annotated[list[Correlation], Field(max_length=100)] = []
    variants: Annotated[dict[Id, Overrides], Field(max_length=MAX_VARIANTS)] = {}

    def care(self) -> Iterator[tuple[tuple[str | int, ...], str, Care]]:
        """Every kind of care that is shifted: its place, its path and itself."""
        for number, ladder in enumerate(self.care_ladder):
            for position, tier in enumerate(ladder.tiers):
                path = f"care_ladder.{ladder.id}.tiers.{tier.id}"
                yield ("care_ladder", number, "tiers", position), path, tier
        for number, shift in enumerate(self.direct_shift):
            yield ("direct_shift", number), f"direct_shift.{shift.id}", shift
