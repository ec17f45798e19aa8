"""Care ladders, direct shifts and cohorts again: plain floats, one draw at a time.

It reads the scenario as it stands in the file and follows docs/care_ladder.md and the equations in
the docstrings of the model with loops that can be followed. With the engine it shares only the
names of what `slow_ladder` is given. Whatever a scenario says beside care comes from
`slow_reference`.
"""

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from itertools import pairwise, product
from statistics import NormalDist
from typing import Any

import numpy as np
from scipy import stats
from slow_ladder import slow_cash, slow_run
from slow_reference import (
    Record,
    Row,
    Spec,
    Values,
    basis_years,
    beta_parameters,
    by_year,
    certain_value,
    discount_factor,
    discounting,
    drawn,
    drawn_in_year,
    gamma_parameters,
    index_factor,
    inverse,
    is_certain,
    lognormal_parameters,
    normal_parameters,
    number,
    proxy_quantities,
    scenario_quantities,
    support,
)
from slow_reference import domain as plain_domain
from slow_reference import flows as plain_flows
from slow_reference import has_price as has_a_price
from slow_reference import proxy as price_of

from sroi.model.care.care_ladder import Ladder, Programme
from sroi.model.care.cash import Contract

STEPS = 4
FREE = (None, None)
SHARE = (0.0, 1.0)
SIZE = (0.0, None)
YEARS = (0.0, 60.0)
SPAN = (0.05, 60.0)
RATIO = (0.5, 2.0)
RATE = (0.0, 12.0)
SIGNED = (-1.0, 1.0)
GROWTH = (-0.5, 0.5)
TIER = {"cost": SIZE, "units": SIZE, "paid_per_unit": SHARE, "backfill": SHARE}
CONTRACTS = {"lag": YEARS, "renewal": (0.25, 30.0), "friction": SHARE}
USUAL = {"lag": "0.25", "renewal": "3", "friction": "0"}
EFFECTS = {
    "hazard_ratio_up": RATIO,
    "hazard_ratio_down": RATIO,
    "diversion": SHARE,
    "net_widening": SIZE,
    "needs_heavy_care": SHARE,
}
CORRECTIONS = ("deadweight", "attribution_to_others")
RAMPS = {
    "logistic": {"midpoint": YEARS, "steepness": (0.1, 20.0)},
    "linear": {"years": SPAN},
    "bass": {"innovation": (0.001, 5.0), "imitation": (0.0, 10.0)},
}
STAFF = {
    "fte": SIZE,
    "hours": SIZE,
    "direct_share": SHARE,
    "absent": SHARE,
    "hours_each": (0.1, 10_000.0),
}
SHIFT = {"at_risk": SHARE, "risk_reduction": SIGNED, "substitution": SIGNED, "duration": SPAN}
# What a gain is multiplied by, for evidence of grade 1 (best) to 6.
LEFT_BY_GRADE = {1: 1.0, 2: 0.95, 3: 0.9, 4: 0.85, 5: 0.75, 6: 0.6}

Domain = tuple[float | None, float | None]
Found = tuple[str, Spec, Domain]


# ---------------------------------------------------------------------------------------------
# Quantities


def everything(scenario: Record, library: Record) -> Iterator[Found]:
    """Path, text and domain of every quantity, certain ones included."""
    scenario = with_all_parts(scenario, library)
    for path, spec in scenario_quantities(scenario):
        yield path, spec, plain_domain(path)
    for condition in scenario["enabling_conditions"]:
        path = f"enabling_conditions.{condition['id']}"
        yield f"{path}.criticality", condition["criticality"], SHARE
        yield f"{path}.moves_along", as_chance(condition["moves_along"]), SHARE
    for ladder in scenario["care_ladder"]:
        yield from of_ladder(scenario, ladder)
    for shift in scenario["direct_shift"]:
        path = f"direct_shift.{shift['id']}"
        yield from of_fields(path, shift, TIER | SHIFT)
        yield from of_effect(scenario, path, shift)
        yield from of_fields(f"{path}.contracts", shift.get("contracts", {}), CONTRACTS)
    for cohort in scenario["cohorts"]:
        yield from of_cohort(cohort)
    yield from of_prices(scenario, library)


def with_all_parts(scenario: Record, library: Record) -> Record:
    """The scenario with an empty list for what it does not have, and with starting points."""
    parts = ("activities", "outcomes", "enabling_conditions", "care_ladder", "direct_shift")
    whole = {**{part: [] for part in (*parts, "cohorts")}, **scenario}
    ladders = [from_starting_point(ladder, library) for ladder in whole["care_ladder"]]
    return {**whole, "care_ladder": ladders}


def from_starting_point(ladder: Record, library: Record) -> Record:
    """A ladder with what its starting point says where it does not say anything itself."""
    effects = ladder["intervention"]
    if "starting_point" not in effects:
        return ladder
    point = library["starting_points"][effects["starting_point"]]
    known = {key: point[key] for key in (*EFFECTS, "ramp", "lag")}
    tiers = [
        {**point["terms"][str(tier["level"])], **tier} if number(tier["level"]) >= 2 else tier
        for tier in ladder["tiers"]
    ]
    terms = {**point["contracts"], **ladder.get("contracts", {})}
    return {**ladder, "intervention": {**known, **effects}, "tiers": tiers, "contracts": terms}


def of_fields(path: str, noun: Record, fields: Mapping[str, Domain]) -> Iterator[Found]:
    """Those of some fields that are filled in."""
    for field, domain in fields.items():
        if field in noun:
            yield f"{path}.{field}", noun[field], domain


def of_rows(path: str, rows: Record, domain: Domain) -> Iterator[Found]:
    """Those of a mapping of mappings."""
    for origin, row in rows.items():
        for target, spec in row.items():
            yield f"{path}.{origin}.{target}", spec, domain


def of_ladder(scenario: Record, ladder: Record) -> Iterator[Found]:
    """Tiers, flows, the programme and the contracts of a ladder."""
    path, effects = f"care_ladder.{ladder['id']}", ladder["intervention"]
    for tier in ladder["tiers"]:
        yield from of_fields(f"{path}.tiers.{tier['id']}", tier, TIER)
    yield from of_the_years(scenario, path, ladder)
    yield from of_fields(path, ladder, {"relapse": SHARE})
    if isinstance(ladder.get("start"), Mapping):
        for tier, spec in ladder["start"].items():
            yield f"{path}.start.{tier}", spec, SIZE
    yield from of_fields(f"{path}.intervention", effects, EFFECTS)
    yield from of_rows(f"{path}.intervention.by_move", effects.get("by_move", {}), RATIO)
    for tier, noun in effects.get("by_tier", {}).items():
        at_the_door = {"diversion": SHARE, "net_widening": SIZE}
        yield from of_fields(f"{path}.intervention.by_tier.{tier}", noun, at_the_door)
    yield from of_effect(scenario, f"{path}.intervention", effects)
    if isinstance(effects.get("fades"), Mapping):
        yield f"{path}.intervention.fades.half_life", effects["fades"]["half_life"], SPAN
    yield from of_fields(f"{path}.contracts", ladder.get("contracts", {}), CONTRACTS)
    for part in ("tiers", "not_counted"):
        for tier, counts in ladder.get("register", {}).get(part, {}).items():
            for key, spec in counts.items():
                yield f"{path}.register.{part}.{tier}.{key}", spec, SIZE
    counted = ladder.get("register", {}).get("split_counts", {})
    yield from of_sticks(f"{path}.register.split_counts", counted)


def of_the_years(scenario: Record, path: str, ladder: Record) -> Iterator[Found]:
    """Who comes in and who moves, in all years or by year."""
    for tier, spec in ladder.get("inflow", {}).items():
        if is_growing(spec):
            yield f"{path}.inflow.{tier}.start", spec["start"], SIZE
            yield f"{path}.inflow.{tier}.growth", spec["growth"], GROWTH
        else:
            for name, one_year in by_year(scenario, f"{path}.inflow.{tier}", spec):
                yield name, one_year, SIZE
    for origin, row in ladder.get("moves", {}).items():
        for target, spec in row.items():
            for name, one_year in by_year(scenario, f"{path}.moves.{origin}.{target}", spec):
                yield name, one_year, RATE


def of_effect(scenario: Record, path: str, effect: Record) -> Iterator[Found]:
    """What is not ours, the ramp, the lag and the capacity."""
    yield from of_fields(path, effect, {**dict.fromkeys(CORRECTIONS, SHARE), "lag": YEARS})
    yield from of_fields(path, effect, {"counted_elsewhere": SHARE})
    for shape, noun in effect.get("ramp", {}).items():
        yield from of_fields(f"{path}.ramp.{shape}", noun, RAMPS[shape])
    capacity = effect.get("capacity", {})
    for field in ("demand", "possible"):
        if field in capacity:
            for name, spec in by_year(scenario, f"{path}.capacity.{field}", capacity[field]):
                yield name, spec, SIZE
    yield from of_fields(f"{path}.capacity", capacity, STAFF)


def of_cohort(cohort: Record) -> Iterator[Found]:
    """People, chances, the programme and what states bring."""
    path = f"cohorts.{cohort['id']}"
    for field in ("start", "inflow"):
        for state, spec in cohort.get(field, {}).items():
            yield f"{path}.{field}.{state}", spec, SIZE
    yield from of_rows(f"{path}.moves", cohort.get("moves", {}), SHARE)
    if "programme" in cohort:
        risk = cohort["programme"]["relative_risk"]
        yield f"{path}.programme.relative_risk", risk, SIZE
    for kind in ("costs", "effects"):
        for reward in cohort.get(kind, []):
            for field in ("per_cycle", "with_programme"):
                for state, spec in (reward.get(field) or {}).items():
                    yield f"{path}.{kind}.{reward['id']}.{field}.{state}", spec, FREE
    yield from of_sticks(f"{path}.counts", cohort.get("counts", {}))


def of_sticks(path: str, rows: Record) -> Iterator[Found]:
    """The sticks of counted rows: one for every place but the last that anybody went to."""
    for origin, row in rows.items():
        for target, count, later in sticks(row):
            if later:
                yield f"{path}.{origin}.{target}", {"stick": (count, later)}, SHARE


def sticks(row: Record) -> list[tuple[str, float, float]]:
    """Place, count, and the count of all places after it; places that nobody went to left out."""
    counted = [(place, number(count)) for place, count in row.items() if number(count) > 0]
    return [
        (place, count, sum(other for _, other in counted[at + 1 :]))
        for at, (place, count) in enumerate(counted)
    ]


def of_prices(scenario: Record, library: Record) -> Iterator[Found]:
    """Prices of the outcomes and the investment, then those of care."""
    yield from ((path, spec, FREE) for path, spec in proxy_quantities(scenario, library))
    cares = [tier for ladder in scenario["care_ladder"] for tier in ladder["tiers"]]
    for care in (*cares, *scenario["direct_shift"]):
        if "proxy" in care:
            entry = price_of(scenario, library, care["proxy"])
            for field in ("value", "tariff"):
                if field in entry:
                    yield f"proxies.{entry['id']}.{field}", entry[field], FREE


def as_chance(spec: Spec) -> Spec:
    """Whether somebody moves along: a bare number is the chance of it."""
    return spec if isinstance(spec, Mapping) else {"chance": spec}


def varies(spec: Spec) -> bool:
    """Whether a quantity may differ between draws; a chance of 0 or 1 does not."""
    if isinstance(spec, Mapping) and "chance" in spec:
        return 0 < number(spec["chance"]) < 1
    return not is_certain(spec)


def quantities(scenario: Record, library: Record) -> dict[str, tuple[Spec, Domain]]:
    """Every uncertain quantity by path."""
    found = everything(scenario, library)
    return {path: (spec, domain) for path, spec, domain in found if varies(spec)}


def at(spec: Spec, u: float, domain: Domain) -> float:
    """The value at probability u."""
    if "chance" in spec:
        return float(u > 1 - number(spec["chance"]))
    if "stick" in spec:
        return float(stats.beta.ppf(u, *spec["stick"]))
    if "claim" in spec:
        return inverse(what_is_left(spec["claim"]))(u)
    low, high = domain
    below = 0.0 if low is None else share_below(spec, low)
    up_to = 1.0 if high is None else share_below(spec, high)
    value = inverse(spec)(below + u * (up_to - below))
    value = value if low is None else max(low, value)
    return value if high is None else min(high, value)


def share_below(spec: Spec, x: float) -> float:
    """F(x) at an end of the domain; the bounded forms lie inside as a whole."""
    if "normal" in spec:
        return NormalDist(*normal_parameters(spec["normal"])).cdf(x)
    if "lognormal" in spec and x > 0:
        median, sd_log = lognormal_parameters(spec["lognormal"])
        return NormalDist(math.log(median), sd_log).cdf(math.log(x))
    if "gamma" in spec and x > 0:
        average, cv = gamma_parameters(spec["gamma"])
        return float(stats.gamma.cdf(x, 1 / cv**2, scale=average * cv**2))
    return float(x > support(spec)[0])


def which_happen(scenario: Record, point: Callable[[str], float]) -> dict[str, float]:
    """Of independent conditions with a chance (twelve at most): what each does in one draw.

    All from the point of the first: the states, from the least to the most that they leave of the
    effect, are as wide as they are probable.
    """
    at = {f"enabling_conditions.{x['id']}.moves_along": x for x in scenario["enabling_conditions"]}
    paths = [path for path, x in at.items() if varies(as_chance(x["moves_along"]))]
    paths = [path for path in paths if "chance" in as_chance(at[path]["moves_along"])][:12]
    if not paths:
        return {}
    chances = [number(as_chance(at[path]["moves_along"])["chance"]) for path in paths]
    weights = [mean(at[path]["criticality"]) for path in paths]

    def left_of_it(state: tuple[int, ...]) -> float:
        return math.prod(1 - w * (1 - b) for w, b in zip(weights, state, strict=True))

    total = 0.0
    for state in sorted(product((0, 1), repeat=len(paths)), key=left_of_it):
        pairs = zip(chances, state, strict=True)
        total += math.prod(p if b else 1 - p for p, b in pairs)
        if point(paths[0]) < total:
            break
    return {path: float(b) for path, b in zip(paths, state, strict=True)}


def in_the_middle(spec: Spec, domain: Domain) -> float:
    """The value in the central case: the best guess, the median, or the mean of what is counted."""
    if "chance" in spec or "stick" in spec:
        return mean(spec)
    return number(spec["best"]) if "best" in spec else at(spec, 0.5, domain)


def what_is_left(claim: Record) -> Record:
    """A claim is shrunk by w = τ_p²/(τ_p² + τ_b²), and is uncertain by τ_b √w."""
    prior, bias = number(claim.get("prior_sd", 0.10)), number(claim["bias_sd"])
    weight = prior**2 / (prior**2 + bias**2)
    median = math.exp(weight * math.log(number(claim["found"])))
    return {"lognormal": {"median": median, "sd_log": bias * math.sqrt(weight)}}


def mean(spec: Spec) -> float:
    """Expected value, of the forms that lie within their domain as a whole."""
    if is_certain(spec):
        return certain_value(spec)
    means: dict[str, Callable[[Any], float]] = {
        "chance": number,
        "stick": lambda x: x[0] / sum(x),
        "uniform": lambda x: (number(x[0]) + number(x[1])) / 2,
        "beta": lambda x: beta_parameters(x)[0] / sum(beta_parameters(x)),
    }
    for form, of in means.items():
        if form in spec:
            return of(spec[form])
    low, best, high = (number(spec[key]) for key in ("low", "best", "high"))
    triangular = str(spec.get("shape")) == "triangular"
    return (low + best + high) / 3 if triangular else (low + 4 * best + high) / 6


def values_at(scenario: Record, library: Record, point: Callable[[str], float]) -> dict[str, float]:
    """One draw: the value of every uncertain quantity at its point between 0 and 1."""
    found = quantities(scenario, library)
    return {path: at(spec, point(path), domain) for path, (spec, domain) in found.items()}


def central_values(scenario: Record, library: Record) -> dict[str, float]:
    """The draw behind the central result."""
    found = quantities(scenario, library)
    return {path: in_the_middle(spec, domain) for path, (spec, domain) in found.items()}


def one(values: Values, path: str, noun: Record, field: str, without: Spec = "0") -> float:
    """This draw's value of a field, or what holds where it is not filled in."""
    spec = noun.get(field, without)
    if field == "moves_along" and not varies(as_chance(spec)):
        return mean(as_chance(spec))
    return drawn(values, f"{path}.{field}", spec)


# ---------------------------------------------------------------------------------------------
# All flows in one draw


def flows(scenario: Record, library: Record, values: Values) -> list[Row]:
    """All amounts by line, year, payer and class, undiscounted; investment is negative.

    `gross` says of what size the amounts were that a row is the small difference of.
    """
    scenario = with_all_parts(scenario, library)
    rows = [plain_row(scenario, values, row) for row in plain_flows(scenario, library, values)]
    rows = [row for row in rows if row["kind"] != "investment" or row["year"] < stops(scenario)]
    for ladder in scenario["care_ladder"]:
        rows += ladder_rows(scenario, library, values, ladder)
    for shift in scenario["direct_shift"]:
        rows += shift_rows(scenario, library, values, shift)
    for cohort in scenario["cohorts"]:
        rows += cohort_rows(scenario, library, values, cohort)
    return rows


def stops(scenario: Record) -> float:
    """The first calendar year without costs: after the last programme, if nothing else goes on."""
    first, years = basis_years(scenario)
    ends = [ladder["intervention"].get("programme_years") for ladder in scenario["care_ladder"]]
    others = [o for o in scenario["outcomes"] if has_a_price(o)]
    if not ends or None in ends or others or scenario["direct_shift"] or scenario["cohorts"]:
        return math.inf
    last = max(number(end) for end in ends)
    return first + last if last < years else math.inf


def present_values(scenario: Record, library: Record, rows: list[Row]) -> dict[str, float]:
    """The present value of every line, for society, of what counts."""
    first, horizon = basis_years(scenario)
    terms, total = discounting(scenario, library), dict.fromkeys((row["line"] for row in rows), 0.0)
    for row in rows:
        if row["year"] < first + horizon or str(scenario["basis"].get("horizon")) == "count":
            factor = discount_factor(terms, row["kind"], row["year"] - first)
            total[row["line"]] += row["amount"] * factor
    return total


def plain_row(scenario: Record, values: Values, row: Row) -> Row:
    """A row of an outcome or an investment, with what optimism bias leaves of an outcome."""
    if row["kind"] == "investment":
        return {**row, "line": f"investment.{row['line']}", "gross": 0.0}
    line = next(o for o in scenario["outcomes"] if o["id"] == row["line"])
    # Prices lie above zero, so that the rate says whether it is a gain.
    gain = drawn(values, f"outcomes.{line['id']}.rate", line["rate"]) > 0
    kept = left(scenario, [line["rate"]]) if gain and has_a_price(line) else 1.0
    amount = row["amount"] * kept
    return {**row, "line": f"outcomes.{line['id']}", "amount": amount, "gross": 0.0}


def left(scenario: Record, effects: list[Spec]) -> float:
    """What optimism bias leaves of gains: by the weakest evidence of the effects they rest on."""
    if str(scenario["basis"].get("optimism_bias", "none")) == "none":
        return 1.0
    known = [spec.get("evidence", 6) if isinstance(spec, Mapping) else 6 for spec in effects]
    return LEFT_BY_GRADE[max((int(grade) for grade in known), default=6)]


def less_optimistic(avoided: list[float], kept: float) -> list[float]:
    """Avoided care is a gain, extra care is a loss."""
    return [x * kept if x > 0 else x for x in avoided]


# ---------------------------------------------------------------------------------------------
# How strongly an effect works


def intensity(scenario: Record, values: Values, path: str, effect: Record) -> list[float]:
    """m = ramp · cap · E/E_ref · (1 - deadweight)(1 - attribution), halfway each quarter."""
    whole = effectiveness(scenario, values) / reference_effectiveness(scenario, effect)
    for field in CORRECTIONS:
        if str(effect.get("effect_basis", "gross")) == "gross" and field in effect:
            whole *= 1 - one(values, path, effect, field)
    whole *= 1 - one(values, path, effect, "counted_elsewhere")
    _, years = basis_years(scenario)
    years += int(number(effect.get("counts_on", 0)))
    rise, lag = ramp_of(values, path, effect), one(values, path, effect, "lag")
    end = int(number(effect.get("programme_years", years)))

    def at_work(t: float, year: int) -> float:
        return rise(t, lag) * cap(scenario, values, path, effect, year) * whole

    return [
        at_work((step + 0.5) / STEPS, step // STEPS)
        if step < end * STEPS
        else at_work(end, end - 1) * what_lasts(values, path, effect, (step + 0.5) / STEPS - end)
        for step in range(years * STEPS)
    ]


def what_lasts(values: Values, path: str, effect: Record, since: float) -> float:
    """The share of an effect that is left so many years after the end of the programme."""
    fades = effect["fades"]
    if isinstance(fades, Mapping):
        return 0.5 ** (since / one(values, f"{path}.fades", fades, "half_life"))
    return {"never": 1.0, "at_once": 0.0}[str(fades)]


def effectiveness(scenario: Record, values: Values) -> float:
    """E = Π [1 - w (1 - B)]."""
    product = 1.0
    for condition in scenario["enabling_conditions"]:
        path = f"enabling_conditions.{condition['id']}"
        weight = one(values, path, condition, "criticality")
        product *= 1 - weight * (1 - one(values, path, condition, "moves_along"))
    return product


def reference_effectiveness(scenario: Record, effect: Record) -> float:
    """E where the effect was measured: 1, the expected one here, or as stated."""
    stated = str(effect.get("reference", "ideal"))
    if stated != "expected":
        return 1.0 if stated == "ideal" else number(stated)
    product = 1.0
    for condition in scenario["enabling_conditions"]:
        along = mean(as_chance(condition["moves_along"]))
        product *= 1 - mean(condition["criticality"]) * (1 - along)
    return product


def ramp_of(values: Values, path: str, effect: Record) -> Callable[[float, float], float]:
    """The ramp as a function of time and lag, both in years; without one all comes at the lag."""
    if "ramp" not in effect:
        return lambda t, lag: float(t > lag)
    ((shape, noun),) = effect["ramp"].items()
    x = [one(values, f"{path}.ramp.{shape}", noun, field) for field in RAMPS[shape]]
    return {"logistic": s_curve, "linear": straight_line, "bass": diffusion}[shape](*x)


def s_curve(midpoint: float, steepness: float) -> Callable[[float, float], float]:
    """An S-curve that is 0 at the start, and whose middle the lag shifts."""

    def s(x: float) -> float:
        power = steepness * (x - midpoint)
        return 1 / (1 + math.exp(-power)) if power > 0 else math.exp(power) / (1 + math.exp(power))

    return lambda t, lag: max(0.0, (s(t - lag) - s(-lag)) / (1 - s(-lag)))


def straight_line(years: float) -> Callable[[float, float], float]:
    """From nothing at the lag to all so many years later."""
    return lambda t, lag: min(1.0, max(0.0, (t - lag) / years))


def diffusion(innovation: float, imitation: float) -> Callable[[float, float], float]:
    """The Bass curve from the lag on."""

    def reached(t: float) -> float:
        decay = math.exp(-(innovation + imitation) * max(0.0, t))
        return (1 - decay) / (1 + imitation / innovation * decay)

    return lambda t, lag: reached(t - lag)


def cap(scenario: Record, values: Values, path: str, effect: Record, year: int) -> float:
    """What the staff can do of what is asked for in a year, at most all."""
    if "capacity" not in effect:
        return 1.0
    noun, where = effect["capacity"], f"{path}.capacity"
    demand = drawn_in_year(scenario, values, f"{where}.demand", noun["demand"], year)
    if "possible" in noun:
        can = drawn_in_year(scenario, values, f"{where}.possible", noun["possible"], year)
    else:
        fte, hours, direct, absent, each = (one(values, where, noun, field) for field in STAFF)
        can = fte * hours * direct * (1 - absent) / each
    return min(1.0, can / demand) if demand else 1.0


# ---------------------------------------------------------------------------------------------
# The ladder


def ladder_rows(scenario: Record, library: Record, values: Values, ladder: Record) -> list[Row]:
    """What is avoided of the care of every tier, in money."""
    path, effects = f"care_ladder.{ladder['id']}", ladder["intervention"]
    m = intensity(scenario, values, f"{path}.intervention", effects)
    before, after = slow_run(
        ladders_in(scenario, values, ladder),
        weaker(programme_in(values, ladder), max(m)),
        np.array(m),
        STEPS,
        start_in(values, ladder),
    )
    given = [effects[name] for name in list(EFFECTS)[:3] if name in effects]
    given += [spec for row in effects.get("by_move", {}).values() for spec in row.values()]
    given += [x["diversion"] for x in effects.get("by_tier", {}).values() if "diversion" in x]
    kept, rows = left(scenario, given), []
    for tier, noun in enumerate(ladder["tiers"]):
        avoided = [float(x) for x in before.person_years[tier] - after.person_years[tier]]
        if tier == 0 and "relapse" in ladder:  # the recently closed cost what tier 0 costs
            pairs = zip(before.person_years[-1], after.person_years[-1], strict=True)
            avoided = [x + usual - now for x, (usual, now) in zip(avoided, pairs, strict=True)]
        line, where = f"{path}.{noun['id']}", f"{path}.tiers.{noun['id']}"
        terms = None
        if number(noun["level"]) >= 2:
            avoided = less_optimistic(avoided, kept)
            terms = contract_in(values, where, noun, path, ladder)
        found = care_rows(scenario, library, values, (where, noun), avoided, terms)
        usual = float(before.person_years.sum()) / len(avoided)
        rows += [{**row, "line": line, "gross": usual * row["gross"]} for row in found]
    return rows


def weaker(programme: Programme, strongest: float) -> Programme:
    """Never more people diverted than there are, however strongly the programme works."""
    most = 1 / max(1.0, strongest)
    diverted = {tier: min(share, most) for tier, share in programme.diverted.items()}
    return replace(programme, diversion=min(programme.diversion, most), diverted=diverted)


def is_growing(spec: Spec) -> bool:
    """Whether it says how many people there are at first, and how fast their number grows."""
    return isinstance(spec, Mapping) and "growth" in spec


def ladders_in(scenario: Record, values: Values, ladder: Record) -> list[Ladder]:
    """Of every year what it is in this draw."""
    _, years = basis_years(scenario)
    found = [ladder_in(scenario, values, ladder, year) for year in range(years)]
    # who comes and who goes after the last year is as in that year
    return found + found[-1:] * int(number(ladder["intervention"].get("counts_on", 0)))


def ladder_in(scenario: Record, values: Values, ladder: Record, year: int) -> Ladder:
    """Rates, exits and inflow a year in this draw."""
    ids = [tier["id"] for tier in ladder["tiers"]]
    levels = [int(number(tier["level"])) for tier in ladder["tiers"]]
    if "register" in ladder:
        rates, exits, inflow = from_register(values, ladder, ids)
    else:
        rates, exits, inflow = from_moves(scenario, values, ladder, ids, year)
    if "relapse" in ladder:
        again = one(values, f"care_ladder.{ladder['id']}", ladder, "relapse")
        recent = len(ids)
        # Who goes from heavy care to the lowest tier is for a year on average recently closed.
        closing = [i for i in range(recent) if levels[i] >= 2 and (i, 0) in rates]
        rates |= {(i, recent): rates[i, 0] for i in closing}
        for i in closing:
            del rates[i, 0]
        rates |= {(recent, levels.index(2)): again, (recent, 0): 1 - again}
        exits, inflow, levels = [*exits, 0.0], [*inflow, 0.0], [*levels, 0]
    return Ladder(rates, tuple(exits), tuple(inflow), tuple(levels))


def from_moves(
    scenario: Record, values: Values, ladder: Record, ids: list[str], year: int
) -> tuple[Any, ...]:
    """As they are stated."""
    path, rates, exits = f"care_ladder.{ladder['id']}", {}, [0.0] * len(ids)
    for origin, row in ladder["moves"].items():
        for target, spec in row.items():
            rate = drawn_in_year(scenario, values, f"{path}.moves.{origin}.{target}", spec, year)
            if target == "exit":
                exits[ids.index(origin)] = rate
            else:
                rates[ids.index(origin), ids.index(target)] = rate
    inflow = [
        new_people(scenario, values, f"{path}.inflow.{tier}", ladder["inflow"].get(tier, 0), year)
        for tier in ids
    ]
    return rates, exits, inflow


def new_people(scenario: Record, values: Values, path: str, spec: Spec, year: int) -> float:
    """New people in a year, as a number of that year or grown from the first."""
    if not is_growing(spec):
        return drawn_in_year(scenario, values, path, spec, year)
    people = drawn(values, f"{path}.start", spec["start"])
    for _ in range(year):
        people *= 1 + drawn(values, f"{path}.growth", spec["growth"])
    return people


def from_register(values: Values, ladder: Record, ids: list[str]) -> tuple[Any, ...]:
    """Of those who leave a tier a share goes to each place; new people are what is left over."""
    register = ladder["register"]
    period = number(register.get("period", 1))
    rates, exits, inflow = {}, [0.0] * len(ids), [0.0] * len(ids)
    for tier in ids:
        inflow[ids.index(tier)] += counted_in(values, ladder, tier)["inflow"] / period
    for origin in ids:
        counts = counted_in(values, ladder, origin)
        people = (counts["begin"] + counts["end"]) / 2
        leaving, place = counts["outflow"] / period / people, ids.index(origin)
        exits[place] = leaving
        for target, share in where_they_go(values, ladder, origin).items():
            if target != "exit":
                rates[place, ids.index(target)] = leaving * share
                exits[place] -= leaving * share
                inflow[ids.index(target)] -= people * leaving * share
    return rates, exits, [max(0.0, new) for new in inflow]


def counted_in(values: Values, ladder: Record, tier: str) -> dict[str, float]:
    """What a register counts in a tier, in this draw; or what stands in the place of that."""
    if tier in ladder["register"].get("not_counted", {}):
        people, leaving, period = not_counted(values, ladder, tier)
        through = people * leaving * period
        return {"begin": people, "inflow": through, "outflow": through, "end": people}
    path = f"care_ladder.{ladder['id']}.register.tiers.{tier}"
    return {
        key: drawn(values, f"{path}.{key}", spec)
        for key, spec in ladder["register"]["tiers"][tier].items()
    }


def not_counted(values: Values, ladder: Record, tier: str) -> tuple[float, float, float]:
    """People, the rate at which they leave, and the period; people are as stated, or so many that
    as many come as go: what comes is counted again and again until that no longer changes."""
    register = ladder["register"]
    missing, period = register["not_counted"], number(register.get("period", 1))

    def said(name: str, key: str) -> float:
        path = f"care_ladder.{ladder['id']}.register.not_counted.{name}.{key}"
        return drawn(values, path, missing[name][key])

    leave = {name: 1 / said(name, "stays") for name in missing}
    people = {name: said(name, "people") if "people" in missing[name] else 0.0 for name in missing}
    for _ in range(2000):
        for name in missing:
            if "people" in missing[name]:
                continue
            new = said(name, "new")
            for origin in [x["id"] for x in ladder["tiers"] if x["id"] != name]:
                share = where_they_go(values, ladder, origin).get(name, 0.0)
                if origin in missing:
                    new += people[origin] * leave[origin] * share
                else:
                    new += counted_in(values, ladder, origin)["outflow"] / period * share
            people[name] = new / leave[name]
    return people[tier], leave[tier], period


def where_they_go(values: Values, ladder: Record, origin: str) -> dict[str, float]:
    """Shares of those who leave a tier: as stated, or from counts by way of sticks."""
    register = ladder["register"]
    if origin in register.get("split", {}):
        return {place: number(share) for place, share in register["split"][origin].items()}
    path = f"care_ladder.{ladder['id']}.register.split_counts.{origin}"
    return broken(values, path, register.get("split_counts", {}).get(origin, {}))


def broken(values: Values, path: str, row: Record) -> dict[str, float]:
    """Each place takes its stick of what the earlier ones left, the last takes the rest."""
    shares, rest = {}, 1.0
    for place, _, later in sticks(row):
        part = values[f"{path}.{place}"] if later else 1.0
        shares[place] = rest * part
        rest -= rest * part
    return shares


def programme_in(values: Values, ladder: Record) -> Programme:
    """What the programme does at full strength in this draw; nothing where nothing is said."""
    path, noun = f"care_ladder.{ladder['id']}.intervention", ladder["intervention"]
    without = ("1", "1", "0", "0", "0")
    pairs = zip(EFFECTS, without, strict=True)
    found = Programme(*(one(values, path, noun, field, usual) for field, usual in pairs))
    ids = [tier["id"] for tier in ladder["tiers"]]
    heavy = {i for i, tier in enumerate(ladder["tiers"]) if number(tier["level"]) >= 2}
    single = {}
    for origin, row in noun.get("by_move", {}).items():
        for target, spec in row.items():
            i, j = ids.index(origin), ids.index(target)
            closing = "relapse" in ladder and j == 0 and i in heavy
            ratio = drawn(values, f"{path}.by_move.{origin}.{target}", spec)
            single[i, len(ids) if closing else j] = ratio
    door: dict[str, dict[int, float]] = {"diversion": {}, "net_widening": {}}
    for tier, at_door in noun.get("by_tier", {}).items():
        for field, spec in at_door.items():
            door[field][ids.index(tier)] = drawn(values, f"{path}.by_tier.{tier}.{field}", spec)
    return replace(found, by_move=single, diverted=door["diversion"], widened=door["net_widening"])


def start_in(values: Values, ladder: Record) -> np.ndarray | None:
    """People in each tier at the start; nothing for the steady state."""
    start, ids = ladder.get("start", "steady_state"), [tier["id"] for tier in ladder["tiers"]]
    if start == "steady_state":
        return None
    if start == "observed":
        people = [counted_in(values, ladder, tier)["end"] for tier in ids]
    else:
        path = f"care_ladder.{ladder['id']}.start"
        people = [one(values, path, start, tier) for tier in ids]
    if "relapse" in ladder:
        closed = start.get("recently-closed", "0") if isinstance(start, Mapping) else "0"
        people.append(drawn(values, f"care_ladder.{ladder['id']}.start.recently-closed", closed))
    return np.array(people)


# ---------------------------------------------------------------------------------------------
# Money from avoided person-years


def contract_in(values: Values, path: str, care: Record, above: str, noun: Record) -> Contract:
    """How the care is bought in this draw."""
    terms, where = noun.get("contracts", {}), f"{above}.contracts"
    lag, renewal, friction = (one(values, where, terms, x, USUAL[x]) for x in CONTRACTS)
    return Contract(
        one(values, path, care, "paid_per_unit"),
        one(values, path, care, "backfill"),
        lag,
        renewal,
        number(care.get("capacity_step", 1)),
        friction,
    )


def care_rows(
    scenario: Record,
    library: Record,
    values: Values,
    care: tuple[str, Record],
    avoided: list[float],
    contract: Contract | None,
) -> Iterator[Row]:
    """Hard money under the contract, the rest of it soft or pm, and what the provider keeps."""
    path, noun = care
    cost, paid, payers = price_in(scenario, library, values, path, noun)
    first, _ = basis_years(scenario)
    hard = slow_cash(avoided, paid, contract, STEPS)
    for t in range(len(avoided) // STEPS):
        person_years = math.fsum(avoided[t * STEPS : (t + 1) * STEPS])
        base = {"kind": "benefit", "year": first + t, "gross": 0.0}
        for payer, share in payers.items():
            part = {**base, "payer": payer}
            yield {**part, "cash": "hard", "amount": number(share) * hard[t]}
            if contract:
                rest = person_years * paid - hard[t]
                kind = str(noun.get("not_cashable", "soft"))
                yield {**part, "cash": kind, "amount": number(share) * rest}
        provider = {**base, "payer": "aanbieder", "cash": "soft", "gross": max(cost, paid)}
        yield {**provider, "amount": person_years * (cost - paid)}


def price_in(
    scenario: Record, library: Record, values: Values, path: str, care: Record
) -> tuple[float, float, Record]:
    """Euros per person-year: what the care costs and what its payers pay; and who they are."""
    units = one(values, path, care, "units", "1")
    if "cost" in care:
        year = care.get("price_year", scenario["basis"]["price_year"])
        euros = one(values, path, care, "cost") * units
        euros *= index_factor(scenario, library, care.get("index", "cpi"), year)
        return euros, euros, care["payers"]
    entry = price_of(scenario, library, care["proxy"])
    year = care.get("price_year", entry["price_year"])
    units *= index_factor(scenario, library, str(entry.get("index", "cpi")), year)
    cost = drawn(values, f"proxies.{entry['id']}.value", entry["value"]) * units
    paid = cost
    if "tariff" in entry:
        paid = drawn(values, f"proxies.{entry['id']}.tariff", entry["tariff"]) * units
    return cost, paid, care.get("payers", entry["payers"])


# ---------------------------------------------------------------------------------------------
# The direct shift


def shift_rows(scenario: Record, library: Record, values: Values, shift: Record) -> list[Row]:
    """Avoided entries last as long as such care lasts."""
    path = f"direct_shift.{shift['id']}"
    activity = next(a for a in scenario["activities"] if a["id"] == shift["of"])
    volume, where = activity["volume"], f"activities.{activity['id']}.volume"
    each = math.prod(one(values, path, shift, x, "1") for x in list(SHIFT)[:3])
    m = intensity(scenario, values, path, shift)
    entries = [
        drawn_in_year(scenario, values, where, volume, step // STEPS) * each * much
        for step, much in enumerate(m)
    ]
    given = [shift[name] for name in list(SHIFT)[:3] if name in shift]
    avoided = lasting(entries, 1 / one(values, path, shift, "duration"))
    avoided = less_optimistic(avoided, left(scenario, given))
    terms = contract_in(values, path, shift, path, shift)
    rows = care_rows(scenario, library, values, (path, shift), avoided, terms)
    return [{**row, "line": path, "gross": 0.0} for row in rows]


def lasting(entries: list[float], rate: float) -> list[float]:
    """Person-years of each step: ∫∫ of what came in, in this step and in each one before it."""
    h = 1 / STEPS
    gone = -math.expm1(-rate * h)
    years = []
    for step, new in enumerate(entries):
        total = new * (h / rate - gone / rate**2)
        for earlier in range(step):
            since = math.exp(-rate * h * (step - earlier - 1))
            total += entries[earlier] * (gone / rate) ** 2 * since
        years.append(total)
    return years


# ---------------------------------------------------------------------------------------------
# The cohort


def cohort_rows(scenario: Record, library: Record, values: Values, cohort: Record) -> list[Row]:
    """What each cost is less with the programme than without."""
    path, (first, _) = f"cohorts.{cohort['id']}", basis_years(scenario)
    per_year = int(number(cohort.get("cycles_per_year", 1)))
    usual, changed = (people_in(values, cohort, treated) for treated in (False, True))
    rows = []
    for cost in cohort.get("costs", []):
        where = f"{path}.costs.{cost['id']}"
        year = cost.get("price_year", scenario["basis"]["price_year"])
        index = index_factor(scenario, library, cost.get("index", "cpi"), year)
        before = brought(values, where, cohort, cost, usual, treated=False)
        after = brought(values, where, cohort, cost, changed, treated=True)
        for cycle, (one_way, other) in enumerate(zip(before, after, strict=True)):
            for payer, share in cost["payers"].items():
                rows.append(
                    {
                        "line": where.replace(".costs", ""),
                        "kind": "benefit",
                        "year": first + cycle // per_year,
                        "payer": payer,
                        "cash": str(cost.get("cash", "soft")),
                        "amount": (one_way - other) * index * number(share),
                        "gross": abs(one_way) * index * number(share),
                    }
                )
    return rows


def people_in(values: Values, cohort: Record, treated: bool) -> list[dict[str, float]]:
    """People by state at the start and at the end of every cycle."""
    path, states = f"cohorts.{cohort['id']}", [state["id"] for state in cohort["states"]]
    start, new = cohort["start"], cohort.get("inflow", {})
    course = [{state: one(values, f"{path}.start", start, state) for state in states}]
    for cycle in range(int(number(cohort["cycles"]))):
        risk = relative_risk(values, cohort, cycle) if treated else {}
        people = {state: one(values, f"{path}.inflow", new, state) for state in states}
        for origin in states:
            stay = 1.0
            for target, chance in chances(values, cohort, origin).items():
                moving = chance * risk.get((origin, target), 1.0)
                people[target] += course[-1][origin] * moving
                stay -= moving
            people[origin] += course[-1][origin] * stay
        course.append(people)
    return course


def chances(values: Values, cohort: Record, origin: str) -> dict[str, float]:
    """Chances of those who move in a cycle, from one state."""
    path = f"cohorts.{cohort['id']}"
    row = cohort.get("moves", {}).get(origin, {})
    found = {
        target: drawn(values, f"{path}.moves.{origin}.{target}", spec)
        for target, spec in row.items()
    }
    counted = cohort.get("counts", {}).get(origin, {})
    found |= broken(values, f"{path}.counts.{origin}", counted)
    return {target: chance for target, chance in found.items() if target != origin}


def relative_risk(values: Values, cohort: Record, cycle: int) -> dict[tuple[str, str], float]:
    """What the programme multiplies in a cycle."""
    programme = cohort.get("programme")
    if not programme or cycle >= number(programme.get("first_cycles", math.inf)):
        return {}
    ratio = one(values, f"cohorts.{cohort['id']}.programme", programme, "relative_risk")
    return {(a, b): ratio for a, targets in programme["on"].items() for b in targets}


def brought(
    values: Values,
    path: str,
    cohort: Record,
    reward: Record,
    course: list[dict[str, float]],
    treated: bool,
) -> list[float]:
    """What every cycle brings, with people counted at its start, its end, or halfway."""
    at_start, at_end = {"start": (1, 0), "end": (0, 1), "half_cycle": (0.5, 0.5)}[
        str(cohort.get("counting", "half_cycle"))
    ]
    found = []
    for cycle, (begin, end) in enumerate(pairwise(course)):
        within = cycle < number(reward.get("first_cycles", math.inf))
        changed = (reward.get("with_programme") or {}) if treated and within else {}
        total = 0.0
        for state in begin:
            field = "with_programme" if state in changed else "per_cycle"
            people = at_start * begin[state] + at_end * end[state]
            total += people * one(values, f"{path}.{field}", reward.get(field, {}), state)
        found.append(total)
    return found
