"""The lines of a model: what each of them needs to be valued, as paths of quantities.

Every euro of the tool is one row of one table: line × year × payer × cash class, per draw. A `Flow`
is a line at one price with its fixed shares (payer, class); a line with two prices has two flows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from sroi.model.care.care_ladder import Move

Array = NDArray[np.float64]
CLASSES = ("hard", "soft", "pm")
ONE, NOTHING = "one", "nothing"
BY_MOMENT = ("trapezoid", "simpson", "weights")
ByCycle = tuple[str, ...]  # paths of the first cycle, the second, …; the last holds from then on


@dataclass(frozen=True)
class Flow:
    """A price (path and index factor) with the shares (payer, class) of what it is worth; `series`:
    that of the factor; `contract`: the path of what is paid under one, where a payer pays it."""

    price: str
    index: float
    shares: Array
    series: str = ""
    contract: str = ""


@dataclass(frozen=True)
class OutcomeLine:
    """An outcome: volumes by year × rate, corrected, fading over the years it lasts.

    `kept`: what optimism bias leaves of it where it is a gain. `returning`: the share of a year's
    people who were there the year before, or nothing; `active`: the years that have people at all.
    """

    id: str
    stakeholder: str
    volumes: tuple[str, ...]
    rate: str
    corrections: tuple[str, ...]
    delay: int
    lasts: str
    drop_off: str
    ages: int
    flows: tuple[Flow, ...]
    kept: float = 1.0
    returning: str = ""
    active: tuple[bool, ...] = ()


@dataclass(frozen=True)
class InvestmentLine:
    """A cost by year: `volumes` × the price of the flow."""

    id: str
    volumes: tuple[str, ...]
    flow: Flow


@dataclass(frozen=True)
class ContractLine:
    """A contract for care, see `cash.Contract`; what can be cut is a number."""

    variable_share: str
    backfill: str
    lag: str
    renewal: str
    friction: str
    capacity_step: float


@dataclass(frozen=True)
class CareLine:
    """Care of one kind: euros per person-year = price × units × index, and for whom.

    Flows: what can be cashed (hard), what cannot, and with a tariff what the provider keeps of the
    price beyond it. Light support has no contract, and only the first of them.
    """

    id: str
    price: str
    tariff: str
    units: str
    index: float
    contract: ContractLine | None
    flows: tuple[Flow, ...]


@dataclass(frozen=True)
class EffectLine:
    """How strongly an effect works over time: the parts of m(t), see `intensity`.

    `ramp`: the name of a shape and its quantities; `demand` and `possible` by year; `staff`: fte,
    hours, share with clients, absent, hours each; `corrections`: shares that are not ours;
    `conditions`: weight and B of each; `reference`: E where the effect was measured. `ends`: after
    how many years the programme does, and `fades`: the path of its half-life then, or in a word.
    """

    corrections: tuple[str, ...]
    ramp: tuple[str, ...]
    lag: str
    demand: tuple[str, ...]
    possible: tuple[str, ...]
    staff: tuple[str, ...]
    conditions: tuple[tuple[str, str], ...]
    reference: float
    kept: float
    ends: int | None = None
    fades: str = "never"


@dataclass(frozen=True)
class RatesLine:
    """Yearly rates, exits and inflow of a ladder as quantities, in one year or in all; `growth` of
    the inflow a year, over the years since the first."""

    moves: Mapping[Move, str]
    exits: tuple[str, ...]
    inflow: tuple[str, ...]
    growth: tuple[str, ...]


@dataclass(frozen=True)
class NotCountedLine:
    """Paths of what stands in the place of counts: how long somebody stays, and people who are
    there (or nothing: then they follow from the balance) or new people a year."""

    stays: str
    people: str
    new: str


@dataclass(frozen=True)
class RegisterLine:
    """The same from a register: what it counts by tier, as numbers or as paths, in a period (of
    years); and where those who leave tier i go, as shares or as sticks. `not_counted`: tiers whose
    counts do not matter."""

    begin: tuple[str | float, ...]
    inflow: tuple[str | float, ...]
    outflow: tuple[str | float, ...]
    end: tuple[str | float, ...]
    period: float
    shares: Mapping[Move, float]
    sticks: Mapping[int, tuple[tuple[int | None, str], ...]]
    not_counted: Mapping[int, NotCountedLine] = field(default_factory=dict)


@dataclass(frozen=True)
class LadderLine:
    """A care ladder with its programme: paths of hazard ratios, diversion and net widening.

    `rates`: from a register, or of every year (one for all where no year differs). `by_move`: the
    ratio of a single move; `diverted` and `widened`: the share of a single tier. `start`: people at
    the start by tier (None: as assumed of a tier that the register leaves out), or nothing for the
    steady state; `volumes`: trajectories by year of the activity that it belongs to, or nothing.
    `after`: how many years after the horizon count as well.
    """

    id: str
    stakeholder: str
    tiers: tuple[CareLine, ...]
    levels: tuple[int, ...]
    rates: tuple[RatesLine, ...] | RegisterLine
    start: tuple[str | float | None, ...]
    programme: tuple[str, str, str, str, str]
    relapse: str
    effect: EffectLine
    volumes: tuple[str, ...]
    by_move: Mapping[Move, str] = field(default_factory=dict)
    diverted: Mapping[int, str] = field(default_factory=dict)
    widened: Mapping[int, str] = field(default_factory=dict)
    after: int = 0


@dataclass(frozen=True)
class ShiftLine:
    """A direct shift: reach by year × risk × reduction, or × σ, into care of some duration."""

    id: str
    stakeholder: str
    volumes: tuple[str, ...]
    at_risk: str
    reduction: str
    substitution: str
    duration: str
    care: CareLine
    effect: EffectLine


@dataclass(frozen=True)
class RewardLine:
    """What a cohort costs or brings: by arm and state in every cycle (of `first_cycles`, None: all,
    what the programme changes), once for who comes in by arm, and for who moves; `rate`: at which
    an effect is discounted, per year."""

    id: str
    by_arm: tuple[tuple[ByCycle, ...], ...]
    first_cycles: int | None
    rate: float = 0.0
    once: tuple[str, ...] = ()
    on_move: Mapping[Move, ByCycle] = field(default_factory=dict)


@dataclass(frozen=True)
class TimeLine:
    """A distribution of time: its form, and the paths of its parameters by name."""

    form: str
    names: tuple[str, ...]
    paths: tuple[str, ...]


@dataclass(frozen=True)
class MortalityLine:
    """Death by age: the state of the dead, the yearly hazard in each cycle, and the path of the
    hazard ratio of each state."""

    to: int
    hazards: tuple[float, ...]
    ratios: tuple[str, ...]


@dataclass(frozen=True)
class ArmLine:
    """One arm of a cohort: who starts, moves as chances, distributions of time or sticks, where the
    rest of a state goes, and what the programme changes in its first cycles (None: in all), × a
    relative risk, or as a hazard ratio."""

    id: str
    start: tuple[str, ...]
    moves: Mapping[Move, ByCycle | TimeLine]
    sticks: Mapping[int, tuple[tuple[int | None, str], ...]]
    ratio: str = ONE
    on: tuple[Move, ...] = ()
    first_cycles: int | None = None
    as_hazard: bool = False
    rest: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True)
class CohortLine:
    """A cohort in cycles: its arms, usual care first and then the programme. `weights`: of each
    moment, where the file states them; `by_cycle`: costs are discounted by cycle, and `first` is
    the exponent of the first one in cycles (None: as the discount regime has it)."""

    id: str
    stakeholder: str
    inflow: tuple[str, ...]
    arms: tuple[ArmLine, ...]
    cycles: int
    cycles_per_year: int
    counting: str
    costs: tuple[RewardLine, ...]
    effects: tuple[RewardLine, ...]
    flows: tuple[Flow, ...]
    weights: tuple[float, ...] = ()
    mortality: MortalityLine | None = None
    competing: str = "added"
    by_cycle: bool = False
    first: float | None = None

    @property
    def by_moment(self) -> bool:
        """Whether each moment is discounted at its own time."""
        return self.counting in BY_MOMENT

    @property
    def own_time(self) -> bool:
        """Whether some of its costs are discounted otherwise than by the year that they fall in."""
        return self.by_cycle or self.by_moment or any(cost.once for cost in self.costs)
