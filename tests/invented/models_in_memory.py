"""Models from scenarios that never were a file, for the tests of the engine.

A scenario is a mapping as `scenarios_at_random` makes it, or the text of a file. It is read and
checked by the reader of the package, so that no test runs on a scenario that a person could not
write.
"""

import datetime
import random
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from numpy.typing import NDArray
from quick_yaml import BaseLoader, SafeLoader
from scenarios_at_random import as_read, random_scenario

from sroi.inputs.files.chosen_library import shipped_library
from sroi.inputs.files.scenario_file import with_own
from sroi.inputs.library.library import Library
from sroi.inputs.library.series import Forecast
from sroi.inputs.rules.scenario import Checked, check
from sroi.inputs.scenario.filled import with_starting_points
from sroi.inputs.scenario.scenario import Scenario
from sroi.inputs.scenario.shared import with_coverage, with_links
from sroi.inputs.text.nouns import Reference
from sroi.inputs.text.reading import nouns_of
from sroi.inputs.text.yaml_text import Document, parse
from sroi.model.flows.engine import evaluate
from sroi.model.flows.results import Results
from sroi.model.lines.model import Model, model_of
from sroi.problems import errors

Record = dict[str, Any]
PROXIES = Path(__file__).parents[2] / "proxies"

ONE_LINE = """
scenario: een-regel
title: Een regel
organisation: Voorbeeldorganisatie
commissioner: Gemeente Voorbeeldstad
programme: anders
kind: forecast
null_alternative: Het bestaande aanbod blijft.
basis: {first_year: 2026, years: 1, price_year: 2024, ranges_cover: 100%,
        discounting: {rate: 0, timing: end_of_year}}
stakeholders: [{id: bewoners, name: Bewoners}]
sources: [{id: eigen-bron, type: report, title: Eigen registratie}]
investment: [{id: inzet, what: Inzet, payer: gemeente, per_year: 1000}]
activities: [{id: steun, what: Steun, unit: huishouden, volume: 1}]
outcomes:
  - id: verandering
    what: Verandering
    stakeholder: bewoners
    of: steun
    rate: 1
    proxy: prijs
    effect_basis: gross
    deadweight: {value: 0, because: Voorbeeld.}
    displacement: {value: 0, because: Voorbeeld.}
    attribution_to_others: {value: 0, because: Voorbeeld.}
    lasts: 1
proxies:
  - id: prijs
    name: Prijs
    value: 1
    unit: EUR/huishouden
    price_year: 2024
    payers: {gemeente: 60%, zorgverzekeraar: 40%}
    cash: hard
    cost_concept: average
    vat: unknown
    source: eigen-bron[p. 1]
    quote: Eén euro.
    provenance: first-hand
    evidence: C
    review: {status: draft}
"""


@cache
def library() -> Library:
    """The price library that comes with the package."""
    return shipped_library()


def with_forecasts(series: str, rises: dict[int, float], **more: Any) -> Library:
    """That library, in which a series has forecasts that nobody ever published."""
    source = Reference.model_validate("tatooheene-2024[verzonnen]")
    day = datetime.date(2026, 2, 1)
    ahead = {y: Forecast.model_construct(rise=x, source=source, on=day) for y, x in rises.items()}
    index = library().indices[series].model_copy(update={"forecast": ahead} | more).continued({})
    return replace(library(), indices=library().indices | {series: index})


@cache
def reference_library() -> Record:
    """What the slow reference needs of the library files, read by another reader of YAML."""
    names = ("indices", "regimes", "payers", "starting_points")
    files = ("indices", "discounting", "payers", "starting_points")
    found: Record = {"proxies": {}}
    for name, file in zip(names, files, strict=True):
        text = (PROXIES / f"{file}.yaml").read_text("utf-8")
        entries = yaml.load(text, BaseLoader)[name]  # as text: `yes` is a word and no truth
        found[name] = {entry["id"]: entry for entry in entries}
    return found


def read(scenario: Record | str) -> Scenario:
    """The scenario, or a failure with all that is wrong with it."""
    document = Document("in memory", [], as_read(scenario))
    if isinstance(scenario, str):
        document = parse(scenario.encode(), "in memory")
    found, problems = nouns_of(Scenario, document)
    assert found is not None, problems
    found = with_starting_points(with_coverage(found), library().starting_points)
    found, unlinked = with_links(found, document)
    assert not unlinked, unlinked
    whole = with_own(library(), found, document)
    problems = errors(check(Checked(found, library(), whole, document)))
    assert not problems, problems
    return found


def model(scenario: Record | str) -> Model:
    """The model of a scenario."""
    found = read(scenario)
    return model_of(found, with_own(library(), found))


def random_model(number: int) -> Model:
    """The model of the generated scenario of that number."""
    return model(random_scenario(random.Random(number)))


def one_line(**changes: Any) -> Record:
    """One outcome worth one euro, undiscounted; keys as `basis__years` or `outcomes__lasts`.

    Lists have one entry each, so that the key after `outcomes` is one of that outcome.
    """
    scenario = yaml.load(ONE_LINE, SafeLoader)
    for path, value in changes.items():
        name, _, key = path.partition("__")
        part = scenario[name] if key else scenario
        part = part[0] if isinstance(part, list) else part
        part[key or name] = value
    return scenario


def at_points(model: Model, unit: NDArray[np.float64]) -> Results:
    """Results at given points of the unit cube (row, draw), as one replicate."""
    blocks = evaluate(model, model.quantities.at(unit))
    sums = np.array([block.sums.sum(axis=1) / unit.shape[1] for block in blocks])
    return Results(model, np.array([block.present for block in blocks]), sums[None])
