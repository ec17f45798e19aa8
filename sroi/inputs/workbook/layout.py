"""Which part of a scenario stands on which sheet: one description, for who reads and who writes.

A block is a table (a row for each item) or a form (a row for each field). Its path says what it
holds: `*` is an item of a list, `{}` a key of a mapping. All but an item that has an id itself are
named in the columns in front: the ladder of a tier, from where to where people move.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property

from sroi.inputs.care.care_ladder import (
    CareLadder,
    Counts,
    Intervention,
    NotCounted,
    Register,
    Tier,
)
from sroi.inputs.care.chances import Mortality
from sroi.inputs.care.cohort import Cohort, OtherArm, State, Treatment
from sroi.inputs.care.cohort_rewards import CohortCost, CohortEffect
from sroi.inputs.care.direct_shift import DirectShift
from sroi.inputs.care.enabling_conditions import EnablingCondition
from sroi.inputs.case.canvas import Canvas, Value
from sroi.inputs.case.continued_series import ContinuedSeries
from sroi.inputs.case.monitoring import Monitor
from sroi.inputs.case.results_contract import PaidResult, ResultsContract
from sroi.inputs.case.target_group import TargetGroup
from sroi.inputs.case.theory_of_change import Link, Step, TheoryOfChange
from sroi.inputs.evidence.elements import Element
from sroi.inputs.evidence.experience import Experience, Factor, Quote, Recognition, Surprise
from sroi.inputs.library.library import Payer, Proxy, Source
from sroi.inputs.quantity.named import Named
from sroi.inputs.scenario.scenario import (
    Activity,
    Check,
    Correlation,
    Investment,
    Outcome,
    Scenario,
    Stakeholder,
)
from sroi.inputs.text.nouns import Noun
from sroi.inputs.workbook.fields import Field, Kind, fields_of

ITEM, KEY = "*", "{}"


@dataclass(frozen=True)
class Block:
    """A table or form on a sheet. `keys`: what the columns in front are called. `value`: of a
    mapping without nouns in it what stands behind its keys."""

    path: tuple[str, ...]
    noun: type[Noun] | None = None
    keys: tuple[str, ...] = ()
    form: bool = False
    value: Field | None = None

    @property
    def name(self) -> str:
        """Its path as one word: `care_ladder.tiers`; the form of what is said once: `scenario`."""
        return ".".join(step for step in self.path if step not in (ITEM, KEY)) or "scenario"

    @property
    def appends(self) -> bool:
        """Whether each row is an item that comes behind the others."""
        return self.path[-1:] == (ITEM,) and not self.form

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """What its columns (or rows) say, without what has a block of its own."""
        if self.noun is None:
            return (self.value,) if self.value else ()
        below = {
            other[len(self.path) :] for other in paths() if other[: len(self.path)] == self.path
        }
        taken = {tuple(s for s in path if s not in (ITEM, KEY)) for path in below if path}
        own = {"id"} if self.form and self.path[-1:] == (ITEM,) else set()
        fields = [f for f in fields_of(self.noun) if f.key not in taken and f.name not in own]
        return tuple(sorted(fields, key=_order))


def _order(field: Field) -> int:
    """What a row is called stands in front."""
    front = ("id", "what", "name")
    return front.index(field.name) if field.name in front else len(front)


@dataclass(frozen=True)
class Sheet:
    """A sheet with its blocks, in their order."""

    name: str
    blocks: tuple[Block, ...]


_NUMBER = Field((), Kind.NUMBER)
_QUANTITY = Field((), Kind.QUANTITY)
_YEARS = Field((), Kind.YEARS)
_SHARE = Field((), Kind.QUANTITY, share=True)
_LADDER = ("care_ladder", ITEM)
_REGISTER = (*_LADDER, "register")
_COHORT = ("cohorts", ITEM)
_DEATHS = (*_COHORT, "mortality")
_THEORY = ("theory_of_change", ITEM)

SHEETS = (
    Sheet("start", (Block((), Scenario, form=True),)),
    Sheet("costs", (Block(("investment", ITEM), Investment),)),
    Sheet("activities", (Block(("activities", ITEM), Activity),)),
    Sheet("outcomes", (Block(("outcomes", ITEM), Outcome),)),
    Sheet("quantities", (Block(("quantities", ITEM), Named),)),
    Sheet("prices", (
        Block(("proxies", ITEM), Proxy),
        Block(("indices", KEY), ContinuedSeries, ("series",)),
    )),
    Sheet("groups", (
        Block(("stakeholders", ITEM), Stakeholder),
        Block(("target_groups", ITEM), TargetGroup),
        Block(("payers", ITEM), Payer),
    )),
    Sheet("conditions", (Block(("enabling_conditions", ITEM), EnablingCondition),)),
    Sheet("ladder", (
        Block(_LADDER, CareLadder),
        Block((*_LADDER, "tiers", ITEM), Tier, ("ladder",)),
        Block((*_LADDER, "inflow", KEY), None, ("ladder", "tier"), value=_YEARS),
        Block((*_LADDER, "moves", KEY, KEY), None, ("ladder", "from", "to"), value=_QUANTITY),
        Block(_REGISTER, Register, ("ladder",), form=True),
        Block((*_REGISTER, "tiers", KEY), Counts, ("ladder", "tier")),
        Block((*_REGISTER, "not_counted", KEY), NotCounted, ("ladder", "tier")),
        Block((*_REGISTER, "split", KEY, KEY), None, ("ladder", "from", "to"), value=_NUMBER),
        Block(
            (*_REGISTER, "split_counts", KEY, KEY), None, ("ladder", "from", "to"), value=_NUMBER
        ),
        Block((*_LADDER, "intervention"), Intervention, ("ladder",), form=True),
        Block(("direct_shift", ITEM), DirectShift, ("shift",), form=True),
    )),
    Sheet("cohorts", (
        Block(_COHORT, Cohort),
        Block((*_COHORT, "states", ITEM), State, ("cohort",)),
        Block((*_COHORT, "moves", KEY, KEY), None, ("cohort", "from", "to"), value=_SHARE),
        Block((*_COHORT, "counts", KEY, KEY), None, ("cohort", "from", "to"), value=_NUMBER),
        Block(_DEATHS, Mortality, ("cohort",), form=True),
        Block((*_DEATHS, "chance_by_age", KEY), None, ("cohort", "age"), value=_NUMBER),
        Block((*_DEATHS, "rate_by_age", KEY), None, ("cohort", "age"), value=_NUMBER),
        Block((*_COHORT, "programme"), Treatment, ("cohort",), form=True),
        Block((*_COHORT, "arms", ITEM), OtherArm, ("cohort",)),
        Block((*_COHORT, "costs", ITEM), CohortCost, ("cohort",)),
        Block((*_COHORT, "effects", ITEM), CohortEffect, ("cohort",)),
    )),
    Sheet("theory", (
        Block(_THEORY, TheoryOfChange),
        Block((*_THEORY, "steps", ITEM), Step, ("theory",)),
        Block((*_THEORY, "links", ITEM), Link, ("theory",)),
        Block(("canvas",), Canvas, form=True),
        Block(("canvas", "perspectives", ITEM), Value),
        Block(("elements", ITEM), Element),
    )),
    Sheet("correlations", (Block(("correlations", ITEM), Correlation),)),
    Sheet("variants", (
        Block(("variants", KEY, KEY), None, ("variant", "path"), value=Field((), Kind.OWN)),
    )),
    Sheet("monitoring", (
        Block(("monitoring", ITEM), Monitor),
        Block(("contract",), ResultsContract, form=True),
        Block(("contract", "results", ITEM), PaidResult),
        Block(("checks", ITEM), Check),
        Block(("experience",), Experience, form=True),
        Block(("experience", "outcomes", ITEM), Recognition),
        Block(("experience", "factors", ITEM), Factor),
        Block(("experience", "new", ITEM), Surprise),
        Block(("experience", "quotes", ITEM), Quote),
    )),
    Sheet("sources", (Block(("sources", ITEM), Source),)),
)  # fmt: skip
# written by sroi for who fills it in, and not read back
EXPLANATION, PRICE_LIST = "explanation", "price_list"


@cache
def paths() -> tuple[tuple[str, ...], ...]:
    """The paths of all blocks."""
    return tuple(block.path for sheet in SHEETS for block in sheet.blocks)


def blocks() -> Iterator[tuple[Sheet, Block]]:
    """Every block with its sheet, what holds others before these."""
    for sheet in SHEETS:
        for block in sheet.blocks:
            yield sheet, block
