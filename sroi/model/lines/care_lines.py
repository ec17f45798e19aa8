"""From the nouns of care ladders and direct shifts to the lines of a model."""

from __future__ import annotations

from collections.abc import Iterable

from sroi.inputs.care.by_year import Growing
from sroi.inputs.care.care import STAFF, Care, Effect
from sroi.inputs.care.care_ladder import (
    CHANGES,
    EXIT,
    RECENT,
    CareLadder,
    Fading,
    Intervention,
    Register,
)
from sroi.inputs.care.direct_shift import DirectShift
from sroi.inputs.quantity.quantity import Quantity
from sroi.inputs.scenario.price_level import amount_series
from sroi.model.care.conditions import expected_effectiveness
from sroi.model.lines.builder import PROVIDER, Builder, in_year
from sroi.model.lines.by_number import by_id, moves_by_number, sticks_by_number
from sroi.model.lines.lines import (
    NOTHING,
    ONE,
    CareLine,
    ContractLine,
    EffectLine,
    Flow,
    LadderLine,
    NotCountedLine,
    RatesLine,
    RegisterLine,
    ShiftLine,
)

EFFECTS = (*CHANGES, "needs_heavy_care")
NEUTRAL = (ONE, ONE, NOTHING, NOTHING, NOTHING)


def ladder_line(build: Builder, ladder: CareLadder) -> LadderLine:
    """The line of a care ladder."""
    path, effects = f"care_ladder.{ladder.id}", ladder.intervention
    ids = [tier.id for tier in ladder.tiers]
    programme = [
        f"{path}.intervention.{name}" if getattr(effects, name) is not None else none
        for name, none in zip(EFFECTS, NEUTRAL, strict=True)
    ]
    tiers = tuple(
        _care(build, f"{path}.tiers.{tier.id}", tier.id, tier, path, tier.heavy)
        for tier in ladder.tiers
    )
    return LadderLine(
        id=ladder.id,
        stakeholder=ladder.stakeholder,
        tiers=tiers,
        levels=tuple(tier.level for tier in ladder.tiers),
        rates=_register(ladder) if ladder.register_ else _rates(build, ladder),
        start=_start(ladder),
        programme=tuple(programme),  # type: ignore[arg-type]
        relapse=f"{path}.relapse" if ladder.relapse else "",
        effect=_effect(build, f"{path}.intervention", effects, _given(effects)),
        volumes=build.yearly(f"activities.{ladder.of}.volume") if ladder.of else (),
        by_move=moves_by_number(f"{path}.intervention.by_move", ids, effects.by_move),
        diverted=_at_the_door(f"{path}.intervention.by_tier", ids, effects, "diversion"),
        widened=_at_the_door(f"{path}.intervention.by_tier", ids, effects, "net_widening"),
        after=effects.counts_on or 0,
    )


def shift_line(build: Builder, shift: DirectShift) -> ShiftLine:
    """The line of a direct shift."""
    path = f"direct_shift.{shift.id}"
    given = [shift.at_risk, shift.risk_reduction, shift.substitution]
    return ShiftLine(
        id=shift.id,
        stakeholder=shift.stakeholder,
        volumes=build.yearly(f"activities.{shift.of}.volume"),
        at_risk=_if(f"{path}.at_risk", shift.at_risk, ONE),
        reduction=_if(f"{path}.risk_reduction", shift.risk_reduction, ONE),
        substitution=_if(f"{path}.substitution", shift.substitution, ONE),
        duration=f"{path}.duration",
        care=_care(build, path, shift.id, shift, path, heavy=True),
        effect=_effect(build, path, shift, given),
    )


def _if(path: str, quantity: Quantity | None, otherwise: str) -> str:
    return path if quantity is not None else otherwise


def _given(effects: Intervention) -> list[Quantity | None]:
    """The effects that benefits rest on."""
    single = [ratio for row in effects.by_move.values() for ratio in row.values()]
    diverted = [at.diversion for at in effects.by_tier.values()]
    return [*(getattr(effects, name) for name in EFFECTS[:3]), *single, *diverted]


def _at_the_door(path: str, ids: list[str], effects: Intervention, name: str) -> dict[int, str]:
    """What is stated for single tiers, by number."""
    return {
        ids.index(tier): f"{path}.{tier}.{name}"
        for tier, at in effects.by_tier.items()
        if getattr(at, name) is not None
    }


def _care(build: Builder, path: str, id: str, care: Care, above: str, heavy: bool) -> CareLine:
    """Price, contract and flows of care of one kind."""
    proxy = None if care.cost is not None else build.library.proxies[care.proxy or ""]
    payers = care.payers or (proxy.payers if proxy else {})
    series, year = amount_series(care, proxy), proxy.price_year if proxy else care.price_year
    contract = _contract(path, care, f"{above}.contracts") if heavy else None
    two_prices = proxy is not None and proxy.tariff is not None
    price = f"proxies.{proxy.id}.value" if proxy else f"{path}.cost"
    classes = ["hard", care.not_cashable] if heavy else ["hard"]
    index = build.index(series, care.price_year or year) if year else 1.0
    flows = [Flow(price, index, build.shares(payers, x), series, path) for x in classes]
    if two_prices:  # what the provider keeps is no part of what is paid under the contract
        flows.append(Flow(price, index, build.shares({PROVIDER: 1.0}, "soft"), series))
    return CareLine(
        id=id,
        price=price,
        tariff=f"proxies.{proxy.id}.tariff" if proxy and two_prices else "",
        units=_if(f"{path}.units", care.units, ONE),
        index=index,
        contract=contract,
        flows=tuple(flows),
    )


def _contract(path: str, care: Care, terms: str) -> ContractLine:
    return ContractLine(
        variable_share=f"{path}.paid_per_unit",
        backfill=f"{path}.backfill",
        lag=f"{terms}.lag",
        renewal=f"{terms}.renewal",
        friction=f"{terms}.friction",
        capacity_step=care.capacity_step or 1.0,
    )


def _effect(
    build: Builder, path: str, effect: Effect, given: Iterable[Quantity | None]
) -> EffectLine:
    """The parts of m(t)."""
    gross = effect.effect_basis == "gross"
    names = [*(("deadweight", "attribution_to_others") if gross else ()), "counted_elsewhere"]
    conditions = [f"enabling_conditions.{x.id}" for x in build.scenario.enabling_conditions]
    capacity, at = effect.capacity, f"{path}.capacity"
    by_staff = capacity is not None and capacity.possible is None
    return EffectLine(
        corrections=tuple(f"{path}.{n}" for n in names if getattr(effect, n) is not None),
        ramp=_ramp(path, effect),
        lag=_if(f"{path}.lag", effect.lag, NOTHING),
        demand=build.yearly(f"{at}.demand") if capacity else (),
        possible=build.yearly(f"{at}.possible") if capacity and not by_staff else (),
        staff=tuple(f"{at}.{name}" for name in STAFF) if by_staff else (),
        conditions=tuple((f"{c}.criticality", f"{c}.moves_along") for c in conditions),
        reference=_reference(build, effect, conditions),
        kept=build.kept(given),
        ends=effect.programme_years if isinstance(effect, Intervention) else None,
        fades=_fades(path, effect),
    )


def _fades(path: str, effect: Effect) -> str:
    """What is left after the end of a programme: in a word, or the path of its half-life."""
    fades = effect.fades if isinstance(effect, Intervention) else None
    return f"{path}.fades.half_life" if isinstance(fades, Fading) else fades or "never"


def _ramp(path: str, effect: Effect) -> tuple[str, ...]:
    """The shape and the paths of its quantities, in the order of the functions in `intensity`."""
    if effect.ramp is None:
        return ()
    shape = effect.ramp.shape
    fields = type(getattr(effect.ramp, shape)).model_fields
    return (shape, *(f"{path}.ramp.{shape}.{name}" for name in fields))


def _reference(build: Builder, effect: Effect, conditions: list[str]) -> float:
    """E in the setting where the effect was measured: 1, as expected here, or as stated.

    `expected` takes the mean of every condition, which is E[E] where they are independent.
    """
    if effect.reference == "expected":
        means = [
            [build.known[f"{condition}.{name}"].mean for condition in conditions]
            for name in ("criticality", "moves_along")
        ]
        return float(expected_effectiveness(*means))
    return effect.reference if isinstance(effect.reference, float) else 1.0


def _rates(build: Builder, ladder: CareLadder) -> tuple[RatesLine, ...]:
    """Of every year; one for all where no year differs from another."""
    path, ids = f"care_ladder.{ladder.id}", [tier.id for tier in ladder.tiers]
    new = {x: f"{path}.inflow.{x}" for x in ladder.inflow}
    growing = [x for x, people in ladder.inflow.items() if isinstance(people, Growing)]
    exits = {x: f"{path}.moves.{x}.{EXIT}" for x, row in ladder.moves.items() if EXIT in row}
    basis = build.scenario.basis
    years = [
        RatesLine(
            moves={
                move: in_year(rate, year, build.known)
                for move, rate in moves_by_number(f"{path}.moves", ids, ladder.moves).items()
            },
            exits=tuple(in_year(exits.get(x, NOTHING), year, build.known) for x in ids),
            inflow=tuple(
                in_year(
                    f"{new[x]}.start" if x in growing else new.get(x, NOTHING), year, build.known
                )
                for x in ids
            ),
            growth=tuple(f"{new[x]}.growth" if x in growing else NOTHING for x in ids),
        )
        for year in range(basis.first_year, basis.first_year + basis.years)
    ]
    return tuple(years) if growing or any(year != years[0] for year in years) else (years[0],)


def _register(ladder: CareLadder) -> RegisterLine:
    register, ids = ladder.register_ or Register(tiers={}), [tier.id for tier in ladder.tiers]
    shares = {
        (ids.index(i), ids.index(j)): share
        for i in register.split
        for j, share in register.shares(i).items()
    }
    path = f"care_ladder.{ladder.id}.register"

    def counted(name: str) -> tuple[str | float, ...]:
        return tuple(_count(path, register, tier, name) for tier in ids)

    return RegisterLine(
        begin=counted("begin"),
        inflow=counted("inflow"),
        outflow=counted("outflow"),
        end=counted("end"),
        period=register.period,
        shares=shares,
        sticks=sticks_by_number(f"{path}.split_counts", ids, register.split_counts, register),
        not_counted={
            ids.index(tier): NotCountedLine(
                f"{path}.not_counted.{tier}.stays",
                _if(f"{path}.not_counted.{tier}.people", one.people, ""),
                _if(f"{path}.not_counted.{tier}.new", one.new, NOTHING),
            )
            for tier, one in register.not_counted.items()
        },
    )


def _count(path: str, register: Register, tier: str, name: str) -> str | float:
    """A count as a number, or the path of one that may be uncertain; any of what is not counted."""
    if tier in register.not_counted:
        return 1.0
    count = getattr(register.tiers[tier], name)
    return f"{path}.tiers.{tier}.{name}" if isinstance(count, Quantity) else float(count)


def _start(ladder: CareLadder) -> tuple[str | float | None, ...]:
    """People at the start by tier, None where the register leaves it out; nothing for the steady
    state."""
    ids = [tier.id for tier in ladder.tiers] + ([RECENT] if ladder.relapse else [])
    if ladder.start == "observed" and ladder.register_:
        register, path = ladder.register_, f"care_ladder.{ladder.id}.register"
        return tuple(
            None if x in register.not_counted else _count(path, register, x, "end")
            for x in ids[: len(ladder.tiers)]
        ) + ((0.0,) if ladder.relapse else ())
    if isinstance(ladder.start, dict):
        return by_id(f"care_ladder.{ladder.id}.start", ids, ladder.start)
    return ()
