"""A second, slow calculation of a scenario: plain floats, one draw at a time.

It exists to be read next to the method and to be compared with the fast engine, so it shares no
code with it and prefers a loop that can be followed over one that is quick.

The steps follow the Value Map of the SROI Guide (2012): quantity times financial proxy, less
deadweight, displacement and attribution, less drop-off from the second year on, discounted.
Price level, timing within the year, transfers and the view per payer follow Dutch cost-benefit
practice (MKBA).
"""

import math
from collections.abc import Callable, Iterator, Mapping
from statistics import NormalDist
from typing import Any

from scipy import stats

Spec = Any  # a quantity as it stands in the file: number, text such as '30%', or mapping
Record = Mapping[str, Any]
Values = Mapping[str, float]
Row = dict[str, Any]

Z95 = NormalDist().inv_cdf(0.95)
CORRECTIONS = ("deadweight", "displacement", "attribution_to_others")
FRACTIONS = (*CORRECTIONS, "drop_off")
OUTCOME_FIELDS = ("rate", *CORRECTIONS, "drop_off", "lasts", "value")
OVERRIDES = ("value", "unit", "price_year", "index", "payers", "cash", "overlap")
CLASSES = ("hard", "soft", "pm")


# ---------------------------------------------------------------------------------------------
# Quantities


def number(scalar: Any) -> float:
    """The number a scalar of the file stands for: 0.30, '0.30', '30%' and '260_000' are read."""
    text = str(scalar).strip()
    if text.endswith("%"):
        return float(text[:-1]) / 100
    return float(text)


def is_certain(spec: Spec) -> bool:
    """A bare scalar and a mapping with `value` are certain; every other mapping is uncertain."""
    return not isinstance(spec, Mapping) or "value" in spec


def certain_value(spec: Spec) -> float:
    """The number of a certain quantity, with or without its explanation beside it."""
    return number(spec["value"] if isinstance(spec, Mapping) else spec)


def quantile(spec: Spec, u: float, low: float | None = None, high: float | None = None) -> float:
    """The value at probability u, conditioned on the domain: Q(F(low) + u (F(high) - F(low)))."""
    if is_certain(spec):
        return certain_value(spec)
    below = 0.0 if low is None else share_below(spec, low)
    up_to = 1.0 if high is None else share_below(spec, high)
    value = inverse(spec)(below + u * (up_to - below))
    # Rounding in F and Q may put the very ends a hair outside the domain.
    value = value if low is None else max(low, value)
    return value if high is None else min(high, value)


def central(spec: Spec, low: float | None = None, high: float | None = None) -> float:
    """The central value: the certain value, `best` where there is one, otherwise the median."""
    if is_certain(spec):
        return certain_value(spec)
    if "best" in spec:
        return number(spec["best"])
    return quantile(spec, 0.5, low, high)


def inverse(spec: Record) -> Callable[[float], float]:
    """The quantile function Q of an uncertain quantity, before any truncation."""
    if "best" in spec:
        low, best, high = (number(spec[key]) for key in ("low", "best", "high"))
        curve = triangular if str(spec.get("shape", "pert")) == "triangular" else pert
        return lambda u: curve(u, low, best, high)
    if "uniform" in spec:
        start, end = (number(bound) for bound in spec["uniform"])
        return lambda u: start + u * (end - start)
    if "normal" in spec:
        mean, sd = normal_parameters(spec["normal"])
        return lambda u: mean + sd * NormalDist().inv_cdf(u)
    if "lognormal" in spec:
        median, sd_log = lognormal_parameters(spec["lognormal"])
        return lambda u: median * math.exp(sd_log * NormalDist().inv_cdf(u))
    if "gamma" in spec:
        mean, cv = gamma_parameters(spec["gamma"])
        return lambda u: float(stats.gamma.ppf(u, 1 / cv**2, scale=mean * cv**2))
    if "beta" in spec:
        a, b = beta_parameters(spec["beta"])
        return lambda u: float(stats.beta.ppf(u, a, b))
    raise ValueError(f"not a quantity: {spec!r}")


def gamma_parameters(spec: Record) -> tuple[float, float]:
    """Mean and coefficient of variation, which may be stated as a standard deviation."""
    mean = number(spec["mean"])
    return mean, number(spec["cv"]) if "cv" in spec else number(spec["sd"]) / mean


def beta_parameters(spec: Record) -> tuple[float, float]:
    """Jeffreys prior for a share that was counted; else those with this mean and variance."""
    if "yes" in spec:
        return number(spec["yes"]) + 0.5, number(spec["no"]) + 0.5
    if "alpha" in spec:
        return number(spec["alpha"]), number(spec["beta"])
    mean, variance = number(spec["mean"]), number(spec["se"]) ** 2
    a = mean**2 * (1 - mean) / variance - mean
    return a, a / mean - a


def pert(u: float, low: float, best: float, high: float) -> float:
    """PERT: a Beta stretched over [low, high], alpha = 1 + 4 (best-low)/(high-low)."""
    width = high - low
    if width == 0:
        return low
    alpha, beta = 1 + 4 * (best - low) / width, 1 + 4 * (high - best) / width
    return low + width * float(stats.beta.ppf(u, alpha, beta))


def triangular(u: float, low: float, best: float, high: float) -> float:
    """Triangular: F(x) = (x-low)²/((high-low)(best-low)) up to best, mirrored after it."""
    width = high - low
    if width == 0:
        return low
    if u < (best - low) / width:
        return low + math.sqrt(u * width * (best - low))
    return high - math.sqrt((1 - u) * width * (high - best))


def normal_parameters(given: Record) -> tuple[float, float]:
    """Mean and sd as given, or from {p5, p95}: the midpoint and (p95 - p5) / (2 z95)."""
    if "mean" in given:
        return number(given["mean"]), number(given["sd"])
    p5, p95 = number(given["p5"]), number(given["p95"])
    return (p5 + p95) / 2, (p95 - p5) / (2 * Z95)


def lognormal_parameters(given: Record) -> tuple[float, float]:
    """Median and sd of the logarithm, the latter as given or ln(p95 / median) / z95."""
    median = number(given["median"])
    if "sd_log" in given:
        return median, number(given["sd_log"])
    return median, math.log(number(given["p95"]) / median) / Z95


def support(spec: Record) -> tuple[float, float]:
    """The ends between which an uncertain quantity lies for certain."""
    if "best" in spec:
        return number(spec["low"]), number(spec["high"])
    if "uniform" in spec:
        return number(spec["uniform"][0]), number(spec["uniform"][1])
    if "normal" in spec:
        return -math.inf, math.inf
    return 0.0, (1.0 if "beta" in spec else math.inf)


def share_below(spec: Record, x: float) -> float:
    """F(x), found by halving on the quantile function: the u for which Q(u) = x."""
    start, end = support(spec)
    if x <= start:
        return 0.0
    if x >= end:
        return 1.0
    q, lower, upper = inverse(spec), 0.0, 1.0
    while True:
        middle = (lower + upper) / 2
        # 1e-18 ends the search in the lower tail, the spacing of floats in the upper one.
        if middle in (lower, upper) or upper - lower < 1e-18:
            return middle
        lower, upper = (middle, upper) if q(middle) < x else (lower, middle)


def domain(path: str) -> tuple[float | None, float | None]:
    """The domain by path: fractions in [0, 1], years in [0, 60], sizes from 0, the rest free."""
    field = path.split(".")[2]
    if field in FRACTIONS:
        return 0.0, 1.0
    if field == "lasts":
        return 0.0, 60.0
    if field in ("volume", "per_year"):
        return 0.0, None
    return None, None


# ---------------------------------------------------------------------------------------------
# What a scenario holds


def quantities(scenario: Record, library: Record) -> dict[str, Spec]:
    """Every uncertain quantity the scenario uses, by path.

    The order is: activities, outcomes, investment lines (each in the order of the file, the years
    of a list in turn, the fields of an outcome as in OUTCOME_FIELDS), then the used proxies in the
    order of first use by those outcomes and lines, the value before the tariff.
    """
    everything = (*scenario_quantities(scenario), *proxy_quantities(scenario, library))
    return {path: spec for path, spec in everything if not is_certain(spec)}


def scenario_quantities(scenario: Record) -> Iterator[tuple[str, Spec]]:
    """The quantities that stand in the scenario's own lines, certain ones included."""
    for activity in scenario["activities"]:
        yield from by_year(scenario, f"activities.{activity['id']}.volume", activity["volume"])
    for outcome in scenario["outcomes"]:
        for field in OUTCOME_FIELDS:
            if field in outcome and not (field == "value" and not has_price(outcome)):
                yield f"outcomes.{outcome['id']}.{field}", outcome[field]
    for line in scenario["investment"]:
        field = "volume" if is_true(line.get("in_kind")) else "per_year"
        yield from by_year(scenario, f"investment.{line['id']}.{field}", line[field])


def proxy_quantities(scenario: Record, library: Record) -> Iterator[tuple[str, Spec]]:
    """The prices that are used; a value the outcome overrides is not, a tariff in kind neither."""
    for outcome in scenario["outcomes"]:
        if not has_price(outcome):
            continue
        entry = proxy(scenario, library, outcome["proxy"])
        if "value" not in outcome:
            yield f"proxies.{entry['id']}.value", entry["value"]
        if "tariff" in entry and "value" not in outcome:
            yield f"proxies.{entry['id']}.tariff", entry["tariff"]
    for line in scenario["investment"]:
        if is_true(line.get("in_kind")):
            entry = proxy(scenario, library, line["proxy"])
            yield f"proxies.{entry['id']}.value", entry["value"]


def by_year(scenario: Record, path: str, spec: Spec) -> Iterator[tuple[str, Spec]]:
    """A single quantity under its path, a longer list under one path per calendar year."""
    if not isinstance(spec, list) or len(spec) == 1:
        yield path, spec[0] if isinstance(spec, list) else spec
        return
    first = int(number(scenario["basis"]["first_year"]))
    for t, one in enumerate(spec):
        yield f"{path}.{first + t}", one


def central_values(scenario: Record, library: Record) -> dict[str, float]:
    """The central value of every uncertain quantity: the draw behind the central result."""
    found = quantities(scenario, library)
    return {path: central(spec, *domain(path)) for path, spec in found.items()}


def is_true(scalar: Any) -> bool:
    """Whether a yes/no field says yes, read as text or not; an absent field says no."""
    return str(scalar).lower() == "true"


def has_price(outcome: Record) -> bool:
    """Whether an outcome is counted in money: not when it says `value: none`."""
    return str(outcome.get("value")) != "none"


def proxy(scenario: Record, library: Record, key: str) -> Record:
    """A price by its id: the scenario's own before the library's."""
    own = {entry["id"]: entry for entry in scenario.get("proxies") or []}
    return own[key] if key in own else library["proxies"][key]


def index_factor(scenario: Record, library: Record, index: str, price_year: Any) -> float:
    """Price level (one year for all, Dutch MKBA practice): factor(price year) / factor(basis)."""
    year, basis_year = int(number(price_year)), int(number(scenario["basis"]["price_year"]))
    if year == basis_year:
        return 1.0
    factors = {int(k): number(v) for k, v in library["indices"][index]["factors"].items()}
    rises = dict(scenario.get("indices", {}).get(index, {}))  # of the scenario itself
    for name in ("because", "source"):
        rises.pop(name, None)
    for own in sorted(rises):
        factors[int(own)] = factors[int(own) - 1] / (1 + number(rises[own]))
    return factors[year] / factors[basis_year]


# ---------------------------------------------------------------------------------------------
# Flows in one draw


def drawn(values: Values, path: str, spec: Spec) -> float:
    """This draw's value of a quantity; one that was not drawn must be certain."""
    if path in values:
        return values[path]
    if not is_certain(spec):
        raise KeyError(f"no value drawn for {path}")
    return certain_value(spec)


def drawn_in_year(scenario: Record, values: Values, path: str, spec: Spec, t: int) -> float:
    """This draw's value in year t: the same every year, or the t-th of a list."""
    years = list(by_year(scenario, path, spec))
    return drawn(values, *years[t if len(years) > 1 else 0])


def flows(scenario: Record, library: Record, values: Values) -> list[Row]:
    """All amounts by line, year and payer, in basis prices, undiscounted, past the horizon too."""
    rows: list[Row] = []
    for outcome in scenario["outcomes"]:
        if has_price(outcome):
            rows.extend(benefit_rows(scenario, library, values, outcome))
    for line in scenario["investment"]:
        rows.extend(investment_rows(scenario, library, values, line))
    return rows


def benefit_rows(
    scenario: Record, library: Record, values: Values, outcome: Record
) -> Iterator[Row]:
    """Flow in year t + (starts-1) + a = q_t p (1-DW)(1-DISP)(1-ATT) w_a (SROI Guide Value Map)."""
    first, horizon = basis_years(scenario)
    delay = int(number(outcome.get("starts", 1))) - 1
    kept = share_kept(outcome, values)
    parts = price_parts(scenario, library, values, outcome)
    for t in range(horizon):
        impact_quantity = cohort(scenario, values, outcome, t) * kept
        for a, weight in enumerate(course(outcome, values)):
            for payer, cash, price in parts:
                yield {
                    "line": outcome["id"],
                    "kind": "benefit",
                    "year": first + t + delay + a,
                    "payer": payer,
                    "cash": cash,
                    "amount": impact_quantity * weight * price,
                }


def investment_rows(
    scenario: Record, library: Record, values: Values, line: Record
) -> Iterator[Row]:
    """Investment in year t: per_year, or volume x price in kind; a loss for whoever brings it."""
    first, horizon = basis_years(scenario)
    in_kind = is_true(line.get("in_kind"))
    payers = line["payers"] if "payers" in line else {line["payer"]: 1}
    for t in range(horizon):
        amount = (in_kind_amount if in_kind else cash_amount)(scenario, library, values, line, t)
        for payer, share in payers.items():
            yield {
                "line": line["id"],
                "kind": "investment",
                "year": first + t,
                "payer": payer,
                "cash": str(line.get("cash", "soft" if in_kind else "hard")),
                "amount": -amount * number(share),
            }


def cash_amount(scenario: Record, library: Record, values: Values, line: Record, t: int) -> float:
    """Money spent in year t, brought to basis prices if dated, by its own series."""
    path = f"investment.{line['id']}.per_year"
    amount = drawn_in_year(scenario, values, path, line["per_year"], t)
    if "price_year" not in line:
        return amount
    series = line.get("index", "cpi")
    return amount * index_factor(scenario, library, series, line["price_year"])


def in_kind_amount(
    scenario: Record, library: Record, values: Values, line: Record, t: int
) -> float:
    """Time or goods brought in year t: volume x proxy (SROI Guide: non-monetary input valued)."""
    path = f"investment.{line['id']}.volume"
    volume = drawn_in_year(scenario, values, path, line["volume"], t)
    entry = proxy(scenario, library, line["proxy"])
    price = drawn(values, f"proxies.{entry['id']}.value", entry["value"])
    return volume * price * index_factor_of(scenario, library, entry)


def basis_years(scenario: Record) -> tuple[int, int]:
    """The first calendar year and the number of years T of the horizon."""
    basis = scenario["basis"]
    return int(number(basis["first_year"])), int(number(basis["years"]))


def cohort(scenario: Record, values: Values, outcome: Record, t: int) -> float:
    """Quantity of the outcome from the activity in year t: q_t = volume_t x rate."""
    activity = next(a for a in scenario["activities"] if a["id"] == outcome["of"])
    path = f"activities.{activity['id']}.volume"
    volume = drawn_in_year(scenario, values, path, activity["volume"], t)
    return volume * drawn(values, f"outcomes.{outcome['id']}.rate", outcome["rate"])


def share_kept(outcome: Record, values: Values) -> float:
    """(1-DW)(1-DISP)(1-ATT), multiplied and not added; 1 where the effect is causal already."""
    kept = 1.0
    if str(outcome["effect_basis"]) == "causal":
        return kept
    for field in CORRECTIONS:
        kept *= 1 - drawn(values, f"outcomes.{outcome['id']}.{field}", outcome[field])
    return kept


def course(outcome: Record, values: Values) -> list[float]:
    """Weight in the a-th year of the effect: min(1, lasts - a) x (1 - drop_off)^a."""
    path = f"outcomes.{outcome['id']}"
    lasts = drawn(values, f"{path}.lasts", outcome["lasts"])
    drop_off = drawn(values, f"{path}.drop_off", outcome.get("drop_off", 0))
    return [min(1.0, lasts - a) * (1 - drop_off) ** a for a in range(math.ceil(lasts))]


def index_factor_of(scenario: Record, library: Record, entry: Record) -> float:
    """The factor that brings a proxy from its own price year to the basis."""
    index = str(entry.get("index", "cpi"))
    return index_factor(scenario, library, index, entry["price_year"])


def price_parts(
    scenario: Record, library: Record, values: Values, outcome: Record
) -> list[tuple[str, str, float]]:
    """The price of one unit, in basis prices, cut up into (payer, class, part)."""
    own_value = "value" in outcome
    base = proxy(scenario, library, outcome["proxy"])
    entry = {**base, **{key: outcome[key] for key in OVERRIDES if key in outcome}}
    if (
        own_value and "index" not in outcome
    ):  # consumer prices, whatever the library's price follows
        entry = {name: part for name, part in entry.items() if name != "index"}
    factor = index_factor_of(scenario, library, entry)
    path = f"outcomes.{outcome['id']}.value" if own_value else f"proxies.{base['id']}.value"
    value = drawn(values, path, entry["value"]) * factor
    if "tariff" in entry and not own_value:
        tariff = drawn(values, f"proxies.{base['id']}.tariff", entry["tariff"]) * factor
        return with_tariff(entry, value, tariff)
    return with_transfer(entry, value) if is_true(entry.get("transfer")) else shared(entry, value)


def shared(entry: Record, amount: float) -> list[tuple[str, str, float]]:
    """An amount over the payers of a proxy by share, in the proxy's class."""
    cash = str(entry["cash"])
    return [(payer, cash, amount * number(share)) for payer, share in entry["payers"].items()]


def with_transfer(entry: Record, value: float) -> list[tuple[str, str, float]]:
    """A transfer moves money and makes none (MKBA): + payers, - receiver, zero for society."""
    return [*shared(entry, value), (entry["receiver"], str(entry["cash"]), -value)]


def with_tariff(entry: Record, value: float, tariff: float) -> list[tuple[str, str, float]]:
    """Payers save the tariff, the provider gets value - tariff as freed capacity (soft)."""
    if is_true(entry.get("transfer")):
        raise ValueError(f"{entry['id']}: a transfer with a tariff is not defined")
    return [*shared(entry, tariff), ("aanbieder", "soft", value - tariff)]


# ---------------------------------------------------------------------------------------------
# Result of one draw


def result(scenario: Record, library: Record, values: Values) -> dict[str, Any]:
    """Present values of one draw, for society, by payer, by year and by outcome line."""
    rows = present_values(scenario, library, flows(scenario, library, values))
    counted = [row for row in rows if row_counts(scenario, row)]
    left_out = [row for row in rows if not row_counts(scenario, row)]
    public = public_payers(scenario, library)
    society = totals(counted)
    return {
        "benefits": society["benefits"],
        "investment": society["investment"],
        "net_present_value": society["balance"],
        "ratio": ratio(society),
        "payers": {p: totals(of_payer(counted, p)) for p in payers_in(rows)},
        "cash_classes": {p: by_class(of_payer(counted, p)) for p in payers_in(rows)},
        "fiscal": totals([row for row in counted if row["payer"] in public]),
        "cash": totals([row for row in counted if row["cash"] == "hard"]),
        "by_year": year_totals(scenario, counted),
        "lines": line_totals(scenario, library, values, counted),
        "beyond_horizon": math.fsum(row["present_value"] for row in left_out),
    }


def present_values(scenario: Record, library: Record, rows: list[Row]) -> list[Row]:
    """The rows with their present value beside their amount."""
    first, _ = basis_years(scenario)
    terms = discounting(scenario, library)
    return [
        {
            **row,
            "present_value": row["amount"]
            * discount_factor(terms, row["kind"], row["year"] - first),
        }
        for row in rows
    ]


def discounting(scenario: Record, library: Record) -> dict[str, Any]:
    """Rate, timing and treatment of investment: a regime, a regime with changes, or one's own."""
    given = scenario["basis"]["discounting"]
    if not isinstance(given, Mapping):
        given = {"regime": given}
    regime = library["regimes"][given["regime"]] if "regime" in given else {}
    return {"investment": "same", **regime, **given}


def discount_factor(terms: Record, kind: str, y: int) -> float:
    """1/(1+r)^n for year y = 0, 1, ...: n = y+1 at the end of the year (SROI Guide 2012), y at
    its start (first year free), y + 1/2 halfway; 1 for investment that is not discounted."""
    if kind == "investment" and str(terms["investment"]) == "undiscounted":
        return 1.0
    shift = {"end_of_year": 1.0, "start_of_year": 0.0, "mid_year": 0.5}[str(terms["timing"])]
    return 1 / (1 + number(terms["rate"])) ** (y + shift)


def row_counts(scenario: Record, row: Row) -> bool:
    """Whether a flow is in the result: within T years, or later when the horizon says count."""
    first, horizon = basis_years(scenario)
    return row["year"] < first + horizon or str(scenario["basis"]["horizon"]) == "count"


def totals(rows: list[Row], key: str = "present_value") -> dict[str, float]:
    """Benefits, investment as a positive number, and benefits - investment."""
    benefits = math.fsum(row[key] for row in rows if row["kind"] == "benefit")
    # 0.0 - x and not -x: nothing invested is 0, not -0.
    investment = 0.0 - math.fsum(row[key] for row in rows if row["kind"] == "investment")
    return {"benefits": benefits, "investment": investment, "balance": benefits - investment}


def ratio(society: Record) -> float | None:
    """SROI ratio (SROI Guide 2012): present value of benefits / present value of investment."""
    return society["benefits"] / society["investment"] if society["investment"] else None


def by_class(rows: list[Row]) -> dict[str, float]:
    """The balance split by whether it can be booked: hard, soft, pm."""
    return {c: totals([row for row in rows if row["cash"] == c])["balance"] for c in CLASSES}


def payers_in(rows: list[Row]) -> list[str]:
    """Every payer that occurs, in order of first occurrence."""
    return list(dict.fromkeys(row["payer"] for row in rows))


def of_payer(rows: list[Row], payer: str) -> list[Row]:
    """The rows of one payer."""
    return [row for row in rows if row["payer"] == payer]


def public_payers(scenario: Record, library: Record) -> set[str]:
    """The payers whose purse is public, the scenario's own beside the library's."""
    known = dict(library["payers"])
    known.update({payer["id"]: payer for payer in scenario.get("payers") or []})
    return {key for key, payer in known.items() if is_true(payer.get("public"))}


def year_totals(scenario: Record, rows: list[Row]) -> dict[int, dict[str, float]]:
    """Undiscounted benefits and investment by calendar year, years without any flow as zero."""
    first, horizon = basis_years(scenario)
    last = max([first + horizon - 1, *(row["year"] for row in rows)])
    years: dict[int, dict[str, float]] = {}
    for year in range(first, last + 1):
        found = totals([row for row in rows if row["year"] == year], "amount")
        years[year] = {"benefits": found["benefits"], "investment": found["investment"]}
    return years


def line_totals(
    scenario: Record, library: Record, values: Values, counted: list[Row]
) -> dict[str, dict[str, float]]:
    """By outcome line, for society: present value, impact, and gross without any correction."""
    lasting = {path: x for path, x in values.items() if not path.endswith(".drop_off")}
    bare = flows(without_corrections(scenario), library, lasting)
    gross = [row for row in bare if row_counts(scenario, row)]
    return {
        outcome["id"]: {
            "present_value": line_sum(counted, outcome["id"], "present_value"),
            "impact": line_sum(counted, outcome["id"], "amount"),
            "gross": line_sum(gross, outcome["id"], "amount"),
        }
        for outcome in scenario["outcomes"]
        if has_price(outcome)
    }


def line_sum(rows: list[Row], line: str, key: str) -> float:
    """One line's benefits over all payers; an investment line may bear the same id."""
    own = (row for row in rows if row["line"] == line and row["kind"] == "benefit")
    return math.fsum(row[key] for row in own)


def without_corrections(scenario: Record) -> Record:
    """The same scenario with deadweight, displacement, attribution and drop-off left out."""
    left_out = (*FRACTIONS, "effect_basis")
    outcomes = [
        {**{k: v for k, v in o.items() if k not in left_out}, "effect_basis": "causal"}
        for o in scenario["outcomes"]
    ]
    return {**scenario, "outcomes": outcomes}
