"""What only shows when a scenario has been reckoned: warnings about its care ladders and shifts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from sroi.inputs.files.scenario_document import read_document
from sroi.inputs.files.scenario_file import Loaded, check_file, load
from sroi.problems import Problem, Unusable, errors

if TYPE_CHECKING:
    from sroi.model.flows.results import Results
    from sroi.model.lines.model import Model

EARLY = 0.25
SMALL = 0.01


def check(path: Path) -> list[Problem]:
    """All problems of a scenario file, those that need the central case included."""
    try:
        document = read_document(path)
    except Unusable as unusable:
        return list(unusable.problems)
    problems = check_file(document)
    if errors(problems):
        return problems
    loaded = load(document)
    if not (loaded.scenario.care_ladder or loaded.scenario.direct_shift):
        return problems  # and nothing heavy was imported
    from sroi.model.flows.engine import central
    from sroi.model.lines.model import model_of

    model = model_of(loaded.scenario, loaded.library)
    return sorted([*problems, *findings(loaded, model, central(model))], key=Problem.order)


def findings(loaded: Loaded, model: Model, results: Results) -> list[Problem]:
    """Warnings of the central case."""
    return [*_early(loaded, results), *_losers(loaded, model, results)]


def _shifted(loaded: Loaded, results: Results) -> Iterator[tuple[str, int, str, list[int]]]:
    """Every care ladder and direct shift: kind, position, id and rows."""
    for kind in ("care_ladder", "direct_shift"):
        for position, noun in enumerate(getattr(loaded.scenario, kind)):
            yield kind, position, noun.id, results.rows(kind, [noun.id])


def _early(loaded: Loaded, results: Results) -> Iterator[Problem]:
    """early-benefits: care that lasts is not empty after a year"""
    for kind, position, id_, rows in _shifted(loaded, results):
        yearly = results.by_year(rows)[: results.model.horizon]
        if len(yearly) > 1 and yearly[0] > EARLY * yearly[-1] > 0:
            facts = {"id": id_, "share": f"{yearly[0] / yearly[-1] * 100:.0f}%"}
            facts["year"] = str(results.model.first_year)
            yield loaded.warning("early-benefits", kind, position, **facts)


def _losers(loaded: Loaded, model: Model, results: Results) -> Iterator[Problem]:
    """shift-costs-payer: society gains and somebody's till does not, such as by less Wlz care"""
    from sroi.model.flows.results import purse

    for kind, position, id_, rows in _shifted(loaded, results):
        society = float(results.by_year(rows).sum())
        gains = {p: float(results.by_year(rows, purse(p)).sum()) for p in model.payers}
        for payer, gain in gains.items():
            if society > 0 and gain < -SMALL * society:
                best = max(gains, key=lambda name: gains[name])
                facts = {"id": id_, "payer": payer, "gainer": best}
                facts["amount"] = f"{round(-gain, -3):.0f}"
                yield loaded.warning("shift-costs-payer", kind, position, **facts)
