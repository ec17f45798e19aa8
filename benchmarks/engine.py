"""How fast and how accurate the engine is, as ratios measured in one run.

    python benchmarks/engine.py

Times are medians; every ratio compares two things that ran right after one another. Nothing here
fails when it is slow: `README.md` beside this file says what was measured and what it means.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from importlib import import_module
from random import Random
from statistics import median
from typing import Any

import numpy as np
from measured import only_peak, peak, say, seconds
from scipy import stats
from scipy.stats import qmc

from sroi import shipped
from sroi.inputs.files.chosen_library import shipped_library
from sroi.inputs.files.scenario_file import load, with_own
from sroi.inputs.scenario.scenario import Scenario
from sroi.inputs.text.reading import nouns_of
from sroi.inputs.text.yaml_text import parse
from sroi.model.flows.engine import run
from sroi.model.lines.discounting import Discounting
from sroi.model.lines.model import Model, correlated, model_of
from sroi.model.uncertain.copula import copula
from sroi.model.uncertain.distributions import (
    Distribution,
    Gamma,
    LogNormal,
    ScaledBeta,
    Triangular,
)
from sroi.model.uncertain.quantities import drawn_of, quantities
from sroi.model.uncertain.sampling import REPLICATES

MILLION = 2**20
RUNS = 5
SEEDS = 12
MANY = 96  # a standard deviation is then known to about 7 %

HEAD = """
scenario: veertig-onzekerheden
title: Veertig onzekerheden
organisation: Voorbeeldorganisatie
commissioner: Gemeente Voorbeeldstad
programme: anders
kind: forecast
null_alternative: Het bestaande aanbod blijft.
basis: {first_year: 2026, years: 10, price_year: 2024, discounting: nl-2021}
stakeholders: [{id: bewoners, name: Bewoners}]
investment:
  - {id: geld, what: Geld, payer: gemeente, per_year: {low: 200000, best: 240000, high: 320000}}
  - {id: huur, what: Huur, payer: corporatie, per_year: {gamma: {mean: 60000, cv: 20%}}}
activities:
"""
VOLUMES = (
    "{low: 300, best: 400, high: 450}",
    "{gamma: {mean: 150, cv: 15%}}",
    "{low: 40, best: 60, high: 90, shape: triangular}",
)
RATES = (
    "{low: 0.05, best: 0.1, high: 0.2}",
    "{beta: {yes: 14, no: 98}}",
    "{lognormal: {median: 0.3, p95: 0.6}}",
    "{low: 0.1, best: 0.2, high: 0.4, shape: triangular}",
)
DEADWEIGHTS = (
    "{low: 20%, best: 40%, high: 70%}",
    "{beta: {yes: 30, no: 70}}",
    "{low: 10%, best: 30%, high: 60%, shape: triangular}",
)
PRICES = ("{lognormal: {median: 900, p95: 1500}}", "{gamma: {mean: 600, cv: 25%}}", "120", "2500")


def outcome(n: int) -> str:
    """One of the twelve outcomes."""
    attribution = "{low: 10%, best: 30%, high: 50%}" if n % 2 else "20%"
    drop_off = "{beta: {yes: 3, no: 12}}" if n in (3, 8) else "25%"
    lasts = "{low: 1, best: 3, high: 6}" if n == 5 else 1 + n % 5
    return (
        f"  - {{id: uitkomst-{n}, what: Verandering, stakeholder: bewoners, "
        f"of: activiteit-{n % 3}, "
        f"rate: {RATES[n % 4]}, proxy: prijs-{n % 4}, deadweight: {DEADWEIGHTS[n % 3]}, "
        f"displacement: 5%, attribution_to_others: {attribution}, starts: {1 + n % 2}, "
        f"lasts: {lasts}, drop_off: {drop_off}}}"
    )


def forty() -> Model:
    """A model with 40 uncertain quantities, 12 outcomes and 10 years."""
    activities = [
        f"  - {{id: activiteit-{n}, what: Steun, unit: huishouden, volume: {volume}}}"
        for n, volume in enumerate(VOLUMES)
    ]
    proxies = [
        f"  - {{id: prijs-{n}, name: Prijs, value: {price}, unit: EUR/huishouden, "
        "price_year: 2022, payers: {gemeente: 60%, zorgverzekeraar: 40%}, cash: soft, "
        "cost_concept: average, vat: unknown, source: bron, quote: Bedrag., "
        "provenance: first-hand, evidence: C}"
        for n, price in enumerate(PRICES)
    ]
    outcomes = ["outcomes:", *map(outcome, range(12))]
    text = HEAD + "\n".join([*activities, *outcomes, "proxies:", *proxies])
    scenario, problems = nouns_of(Scenario, parse(text.encode(), "in memory"))
    if scenario is None:
        raise ValueError(problems)
    return model_of(scenario, with_own(shipped_library(), scenario))


# Speed and memory


def sobol_points(dimensions: int, parts: int, seed: int) -> None:
    """A million points by scipy alone, in independent scramblings."""
    for part in range(parts):
        rng = np.random.default_rng([seed, part])
        qmc.Sobol(dimensions, rng=rng).random(MILLION // parts)


def speed(model: Model) -> float:
    """A million draws against their Sobol points alone. Returns the seconds of a million draws."""
    dimensions = len(model.quantities.rows)
    cold = seconds(lambda: run(model, MILLION, 1))
    work: dict[str, Callable[[int], object]] = {
        "parts": lambda seed: sobol_points(dimensions, REPLICATES, seed),
        "call": lambda seed: sobol_points(dimensions, 1, seed),
        "thread": lambda seed: run(model, MILLION, seed, threads=1),
        "all": lambda seed: run(model, MILLION, seed),
    }
    taken: dict[str, list[float]] = {name: [] for name in work}
    for seed in range(RUNS):
        for name, one in work.items():
            taken[name].append(seconds(lambda f=one, s=seed: f(s)))
    times = {name: median(found) for name, found in taken.items()}
    for name, kind in (("call", "in one call"), ("parts", "in 16 scramblings")):
        for threads, cores in (("all", "all cores"), ("thread", "one thread")):
            ratio = times[threads] / times[name]
            say(f"a million draws, {cores} ÷ their Sobol points {kind}", f"{ratio:.1f}")
    say("the first run (tables of quantiles are made) ÷ a later one", f"{cold / times['all']:.1f}")
    return times["all"]


def draw(draws: str) -> None:
    """The work of a process of which the peak is measured."""
    run(forty(), int(draws), 1)


def memory() -> None:
    """What a million draws take beyond what a thousand take."""
    many, few = (peak(__file__, str(draws), runs=3) for draws in (MILLION, 1_000))
    say("peak memory of a million draws beyond that of 1,000, MB", f"{many - few:.0f}")


# Accuracy


def accuracy() -> None:
    """Standard error of the expected net present value: plain ÷ Sobol, on the shipped scenarios."""
    for file in sorted(shipped.folder("scenarios").glob("*.yaml")):
        loaded = load(file)
        model, draws = model_of(loaded.scenario, loaded.library), loaded.scenario.basis.draws
        if model.quantities.uncertain:
            plain, sobol = (error(model, draws, method) for method in ("plain", "sobol"))
            say(
                f"standard error, plain ÷ Sobol, {draws:,} draws: {file.stem}",
                f"{plain / sobol:.0f}",
            )


def together() -> None:
    """What happens or not, from one dimension, against a dimension for each: error and time."""
    for file in sorted(shipped.folder("scenarios").glob("*.yaml")):
        loaded = load(file)
        model, draws = model_of(loaded.scenario, loaded.library), loaded.scenario.basis.draws
        if model.quantities.copula.occurring is not None:
            beside(model, each_apart(model, loaded.scenario), draws, file.stem)


def beside(now: Model, before: Model, draws: int, name: str) -> None:
    """Both in one run."""
    plain = error(before, draws, "plain")
    for told, one in (("a dimension each", before), ("together in one", now)):
        ratio = plain / error(one, draws, "sobol")
        say(f"standard error, plain ÷ Sobol, {told}, {draws:,} draws: {name}", f"{ratio:.1f}")
    shown = ", ".join(f"{x:.2f}" for x in percentiles(now, draws) / percentiles(before, draws))
    say("  error of the 5th, 50th and 95th percentile, together ÷ apart", shown)
    times = []
    for seed in range(RUNS):
        one, other = (seconds(partial(run, model, draws, seed)) for model in (now, before))
        times.append(one / other)
    say("  time, together ÷ apart", f"{median(times):.2f}")


def each_apart(model: Model, scenario: Scenario) -> Model:
    """The same model, in which each thing that happens or not has a dimension of its own and all
    come in the order of the file."""
    known = model.quantities.distributions
    names = drawn_of(known)
    tied, square = correlated(scenario, names)
    apart = copula(tuple(names.index(name) for name in tied), square)
    return replace(model, quantities=quantities(known, apart, names))


def percentiles(model: Model, draws: int) -> Any:
    """Errors of the 5th, 50th and 95th percentile of the net present value as they are printed, of
    all draws together: their standard deviation over many seeds. Over the sixteen parts of one run
    it would be another thing, the error of a percentile of a sixteenth of the draws."""
    found = [np.quantile(run(model, draws, n).balance(), (0.05, 0.5, 0.95)) for n in range(MANY)]
    return np.std(found, axis=0, ddof=1)


def error(model: Model, draws: int, method: str) -> float:
    """Standard error of the expected net present value, its root mean square over some seeds."""
    errors = []
    for seed in range(SEEDS):
        results = run(model, draws, seed, method)
        errors.append(results.mean_and_error(results.balance())[1])
    return float(np.sqrt(np.mean(np.square(errors))))


# The same arithmetic elsewhere

Values = dict[str, Any]


def net_present_value(model: Model, drawn: Values, clip: Callable[[Any], Any]) -> Any:
    """Benefits less investment, straight from the formulas; of one draw, or of an array of them."""
    fixed = {p: d.centre for p, d in model.quantities.distributions.items() if p not in drawn}
    values = fixed | drawn
    factors = discount_factors(model.discounting, model.years)
    total: Any = 0.0
    for line in model.outcomes:
        net = values[line.rate] * values[line.flows[0].price] * line.flows[0].index
        for path in line.corrections:
            net = net * (1 - values[path])
        stays = 1 - values[line.drop_off]
        for year, volume in enumerate(line.volumes):
            for age in range(min(line.ages, model.years - year - line.delay)):
                weight = clip(values[line.lasts] - age) * stays**age
                total = total + values[volume] * net * weight * factors[year + line.delay + age]
    for cost in model.investment:
        for year, volume in enumerate(cost.volumes):
            total = total - values[volume] * cost.flow.index * factors[year]
    return total


def discount_factors(discounting: Discounting, years: int) -> list[float]:
    """As plain floats."""
    return [float(factor) for factor in discounting.factors(years)]


def clip_one(x: float) -> float:
    """Between 0 and 1."""
    return min(1.0, max(0.0, x))


def clip_all(x: Any) -> Any:
    """Between 0 and 1, of an array."""
    return np.clip(x, 0.0, 1.0)


def uncertain(model: Model) -> dict[str, Distribution]:
    """The uncertain quantities by path."""
    return {path: model.quantities.distributions[path] for path in model.quantities.uncertain}


def loop_draw(rng: Random, d: Distribution) -> float:
    """One draw with the standard library."""
    match d:
        case ScaledBeta():
            return d.low + (d.high - d.low) * rng.betavariate(d.a, d.b)
        case Triangular():
            return rng.triangular(d.low, d.high, d.best)
        case LogNormal():
            return rng.lognormvariate(float(np.log(d.median)), d.sd_log)
        case Gamma():
            return rng.gammavariate(d.cv**-2, d.mean * d.cv**2)
    raise TypeError(d)


def with_a_loop(model: Model, draws: int) -> Iterable[float]:
    """A plain Python loop over the draws."""
    rng, parts = Random(1), uncertain(model)
    for _ in range(draws):
        drawn = {path: loop_draw(rng, d) for path, d in parts.items()}
        yield net_present_value(model, drawn, clip_one)


def in_scipy(d: Distribution) -> tuple[Any, dict[str, float]]:
    """The distribution of scipy and its parameters."""
    match d:
        case ScaledBeta():
            return stats.beta, {"a": d.a, "b": d.b, "loc": d.low, "scale": d.high - d.low}
        case Triangular():
            width = d.high - d.low
            return stats.triang, {"c": (d.best - d.low) / width, "loc": d.low, "scale": width}
        case LogNormal():
            return stats.lognorm, {"s": d.sd_log, "scale": d.median}
        case Gamma():
            return stats.gamma, {"a": d.cv**-2, "scale": d.mean * d.cv**2}
    raise TypeError(d)


def with_monaco(model: Model, draws: int) -> Iterable[float]:
    """monaco: Sobol points and inverse distribution functions, one case for each draw."""
    monaco = import_module("monaco")
    paths = list(uncertain(model))
    functions = {
        "preprocess": lambda case: ({path: case.invals[path].val for path in paths},),
        "run": lambda drawn: (net_present_value(model, drawn, clip_one),),
        "postprocess": lambda case, value: case.addOutVal("value", value),
    }
    sim = monaco.Sim("forty", draws, functions, seed=1, verbose=False)
    for path, d in uncertain(model).items():
        dist, parameters = in_scipy(d)
        sim.addInVar(path, dist=dist, distkwargs=parameters)
    sim.runSim()
    return sim.outvars["value"].nums


def in_chaospy(cp: Any, d: Distribution) -> Any:
    """The distribution of chaospy."""
    match d:
        case ScaledBeta():
            return cp.Beta(d.a, d.b, d.low, d.high)
        case Triangular():
            return cp.Triangle(d.low, d.best, d.high)
        case LogNormal():
            return cp.LogNormal(np.log(d.median), d.sd_log)
        case Gamma():
            return cp.Gamma(d.cv**-2, d.mean * d.cv**2)
    raise TypeError(d)


def with_chaospy(model: Model, draws: int) -> Iterable[float]:
    """chaospy: Sobol points, all draws at once."""
    cp = import_module("chaospy")
    joint = cp.J(*(in_chaospy(cp, d) for d in uncertain(model).values()))
    sample = joint.sample(draws, rule="sobol", seed=1)
    drawn = dict(zip(uncertain(model), sample, strict=True))
    return net_present_value(model, drawn, clip_all)


def in_squigglepy(sq: Any, d: Distribution, draws: int) -> Any:
    """Draws of squigglepy."""
    match d:
        case ScaledBeta(best=None):
            return d.low + (d.high - d.low) * sq.sample(sq.beta(d.a, d.b), draws)
        case ScaledBeta():
            return sq.sample(sq.pert(d.low, d.best, d.high), draws)
        case Triangular():
            return sq.sample(sq.triangular(d.low, d.best, d.high), draws)
        case LogNormal():
            spread = {"norm_mean": float(np.log(d.median)), "norm_sd": d.sd_log}
            return sq.sample(sq.lognorm(**spread), draws)
        case Gamma():
            return sq.sample(sq.gamma(d.cv**-2, d.mean * d.cv**2), draws)
    raise TypeError(d)


def with_squigglepy(model: Model, draws: int) -> Iterable[float]:
    """squigglepy: pseudo-random draws, all at once."""
    sq = import_module("squigglepy")
    drawn = {path: in_squigglepy(sq, d, draws) for path, d in uncertain(model).items()}
    return net_present_value(model, drawn, clip_all)


OTHERS: dict[str, tuple[Callable[[Model, int], Iterable[float]], int, int]] = {
    "a plain Python loop": (with_a_loop, 5_000, 3),
    "monaco": (with_monaco, 8_192, 1),
    "chaospy": (with_chaospy, 131_072, 3),
    "squigglepy": (with_squigglepy, 131_072, 3),
}


def timed(work: Callable[[Model, int], Iterable[float]], model: Model, draws: int) -> Any:
    """Seconds, and the net present value in every draw."""
    start = time.perf_counter()
    found = np.fromiter(work(model, draws), float, draws)
    return time.perf_counter() - start, found


def others(model: Model, million: float) -> None:
    """Time per draw of the same arithmetic elsewhere, in times that of the engine."""
    balance = run(model, MILLION, 1).balance()
    for name, (work, draws, runs) in OTHERS.items():
        try:
            measured = [timed(work, model, draws) for _ in range(runs)]
        except ModuleNotFoundError:
            say(name, f"not installed: pip install {name}")
            continue
        taken, found = median(times for times, _ in measured), measured[-1][1]
        engine = median(seconds(lambda n=draws: run(model, n, 1)) for _ in range(RUNS))
        per_draw = (taken / draws) / (million / MILLION)
        off = (found.mean() - balance.mean()) / (balance.std() / draws**0.5)
        say(
            f"{name}, {draws:,} draws: time per draw ÷ the engine's of a million",
            f"{per_draw:,.0f}",
        )
        say("  ÷ the engine's time for as many draws", f"{taken / engine:,.0f}")
        say("  difference of its mean, in standard errors of plain draws", f"{off:+.1f}")


def main() -> None:
    """Everything, or the peak memory of one process."""
    if only_peak(draw):
        return
    memory()  # first, see `peak`
    model = forty()
    say("uncertain quantities, outcomes, years, cores", str(shape(model)))
    million = speed(model)
    accuracy()
    together()
    others(model, million)


def shape(model: Model) -> tuple[int, int, int, int | None]:
    """What is measured."""
    return len(model.quantities.rows), len(model.outcomes), model.horizon, os.cpu_count()


if __name__ == "__main__":
    main()
