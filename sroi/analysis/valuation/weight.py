"""How much of a result, and of its uncertainty, rests on which prices.

    present    share of the benefits in present value that a price carries
    gross      share of the benefits before any correction (see `impact`), not discounted
    variance   share of the variance of the net present value that goes with the price, by the
               measure of the first order in `given_data`; around 0 where that is nothing

Benefits and extra costs both rest on a price: amounts count by their size, line by line, so that
the shares of present and of gross add up to 1. In the view of society a transfer carries nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sroi.analysis.result.draws import some_draws
from sroi.analysis.result.question import question
from sroi.analysis.sensitivity.given_data import EACH, explained, varies
from sroi.inputs.files.scenario_file import Loaded
from sroi.model.flows.engine import results_at
from sroi.model.flows.impact import STAGES
from sroi.model.flows.results import SOCIETY, Perspective, Results
from sroi.model.lines.lines import ONE
from sroi.model.lines.model import model_of

if TYPE_CHECKING:
    from sroi.analysis.valuation.valuation import Valuation

OWN, UNSTATED = "own", "unstated"
PRICES = ("value", "tariff")


@dataclass(frozen=True)
class Part:
    """A part of the benefits: absolute expected present value in euros, and its share of all."""

    name: str
    amount: float
    share: float


@dataclass(frozen=True)
class Weight:
    """What rests on a price: shares, each the mean over the scenarios; 0 where it is not used.

    `price`: the id of a proxy, or `scenario:path` (or id) of a price of a scenario's own.
    `provenance` and `evidence`: of the proxy, or what `by_provenance` calls it. `scenarios`: those
    that use it.
    """

    price: str
    provenance: str
    evidence: str
    scenarios: tuple[str, ...]
    gross: float
    present: float
    variance: float
    variance_error: float


@dataclass(frozen=True)
class _Carried:
    """Shares of gross, present and variance, and the error of the last, in one scenario."""

    gross: float = 0.0
    present: float = 0.0
    variance: float = 0.0
    error: float = 0.0


def by_provenance(valuation: Valuation, perspective: Perspective = SOCIETY) -> list[Part]:
    """The benefits by how the price is known, the largest first.

    Names: those of `Proxy.provenance`; `unstated` where a proxy does not say; `own` where the
    scenario states a price itself without an entry in a library.
    """
    return _by_field(valuation, "provenance", perspective)


def by_evidence(valuation: Valuation, perspective: Perspective = SOCIETY) -> list[Part]:
    """The benefits by the grade of the price: `A` to `D`, `unstated`, `own`."""
    return _by_field(valuation, "evidence", perspective)


def _by_field(valuation: Valuation, field: str, perspective: Perspective) -> list[Part]:
    amounts: dict[str, float] = defaultdict(float)
    for path, amount in _present(valuation.drawn, perspective).items():
        amounts[_said(valuation.loaded, path, field)] += amount
    total = sum(amounts.values())
    parts = [Part(name, size, size / total) for name, size in amounts.items() if size]
    return sorted(parts, key=lambda part: -part.amount)


def _said(loaded: Loaded, path: str, field: str) -> str:
    """A field of the proxy behind the path of a price."""
    kind, key = path.split(".")[:2]
    if kind != "proxies":
        return OWN
    return getattr(loaded.library.proxies[key], field) or UNSTATED


def weights(
    scenarios: Iterable[Loaded],
    each: int = EACH,
    progress: Callable[[float], object] = lambda share: None,
) -> list[Weight]:
    """The prices of all scenarios, from 16 × `each` draws: the one that most rests on first.

    Most: by the larger of the shares of present and of variance.
    """
    loaded = list(scenarios)
    found: dict[str, list[tuple[Loaded, str, _Carried]]] = defaultdict(list)
    for number, one in enumerate(loaded, 1):
        for path, carried in _carried(one, each).items():
            found[_name(one, path)].append((one, path, carried))
        progress(number / len(loaded))
    means = [_mean(price, parts, len(loaded)) for price, parts in found.items()]
    return sorted(means, key=lambda one: -max(one.present, one.variance))


def shares_by(found: Iterable[Weight], field: str) -> dict[str, float]:
    """The shares of present by `provenance` or `evidence`, the largest first."""
    shares: dict[str, float] = defaultdict(float)
    for one in found:
        shares[getattr(one, field)] += one.present
    return dict(sorted(shares.items(), key=lambda pair: -pair[1]))


def _mean(price: str, parts: list[tuple[Loaded, str, _Carried]], count: int) -> Weight:
    first, path, _ = parts[0]
    carried = [part for _, _, part in parts]
    return Weight(
        price,
        _said(first, path, "provenance"),
        _said(first, path, "evidence"),
        tuple(dict.fromkeys(one.scenario.scenario for one, _, _ in parts)),
        sum(part.gross for part in carried) / count,
        sum(part.present for part in carried) / count,
        sum(part.variance for part in carried) / count,
        sum(part.error**2 for part in carried) ** 0.5 / count,
    )


def _name(loaded: Loaded, path: str) -> str:
    """The id of a proxy; with the scenario before it where it is the scenario's own."""
    kind, key = path.split(".")[:2]
    if kind != "proxies":
        return f"{loaded.scenario.scenario}:{path}"
    own = any(proxy.id == key for proxy in loaded.scenario.proxies)
    return f"{loaded.scenario.scenario}:{key}" if own else key


def _carried(loaded: Loaded, each: int) -> dict[str, _Carried]:
    """What each price carries in one scenario, by the path of the proxy or of the own price."""
    model, basis = model_of(loaded.scenario, loaded.library), loaded.scenario.basis
    values = some_draws(model, basis, each)
    results = results_at(model, values)
    answer = question(model).answer(results)
    known = (
        {name: explained(x, answer) for name, x in values.drawn.items()} if varies(answer) else {}
    )
    by_path: dict[str, _Carried] = {}
    present, gross = _shares(_present(results)), _shares(_gross(results))
    for path in present:
        own = [part for name, part in known.items() if _is_of(name, path)]
        by_path[path] = _Carried(
            gross[path],
            present[path],
            sum(share for share, _ in own),
            sum(error**2 for _, error in own) ** 0.5,
        )
    return by_path


def _present(results: Results, perspective: Perspective = SOCIETY) -> dict[str, float]:
    """Absolute expected present value of the benefits, by price."""
    return _sizes(results, lambda row: float(results.present_values([row], perspective).mean()))


def _gross(results: Results) -> dict[str, float]:
    """The same before corrections and not discounted, of society."""
    stage = STAGES[0]
    return _sizes(results, lambda row: results.stage(stage, [row]))


def _sizes(results: Results, amount: Callable[[int], float]) -> dict[str, float]:
    """Added within a line, whose flows belong together, and then by size."""
    by_line: dict[tuple[str, str], float] = defaultdict(float)
    for row in results.rows("benefits"):
        line, _, flow = results.model.flows[row]
        by_line[line, _price(flow.price, line)] += amount(row)
    sizes: dict[str, float] = defaultdict(float)
    for (_, path), size in by_line.items():
        sizes[path] += abs(size)
    return sizes


def _shares(sizes: dict[str, float]) -> dict[str, float]:
    total = sum(sizes.values())
    return {path: size / total if total else 0.0 for path, size in sizes.items()}


def _is_of(quantity: str, price: str) -> bool:
    """Whether a quantity is this price, or what it costs to be in a state of this cohort."""
    kind, key, *rest = quantity.split(".")
    cost = kind == "cohorts" and rest[0] == "costs" and price == f"{kind}.{key}.{rest[1]}"
    return cost or price == _price(quantity, "")


def _price(path: str, line: str) -> str:
    """`proxies.seh-bezoek` for its value and its tariff; the cost of a cohort is its own price."""
    kind, *steps = path.split(".")
    if kind == "proxies" and steps[-1] in PRICES:
        return f"{kind}.{steps[0]}"
    return line if path == ONE else path
