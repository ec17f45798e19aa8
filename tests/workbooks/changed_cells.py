"""The same change twice: in a cell of a calculation workbook, and in the scenario behind it."""

from __future__ import annotations

import copy
import random
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from sroi.analysis.valuation.valuation import Valuation
from sroi.inputs.files.chosen_library import shipped_library
from sroi.inputs.files.scenario_file import Loaded, load
from sroi.inputs.library.library import Library
from sroi.inputs.quantity.quantity import Quantity
from sroi.inputs.scenario.variants import _resolve
from sroi.inputs.text.yaml_text import Document, read
from sroi.model.flows.engine import central
from sroi.model.lines.model import Model, model_of
from sroi.model.uncertain.distributions import Certain
from sroi.problems import Unusable
from sroi.report.calculation.control import flat
from sroi.report.calculation.payers import any_known
from sroi.report.calculation.workbook import sheets, workbook
from sroi.report.files.central_json import central_case
from sroi.report.files.results_json import as_json
from sroi.report.told.told import Told, told

FORMS = {
    "value", "low", "best", "high", "shape", "covers", "uniform", "normal", "lognormal", "gamma",
    "beta", "chance", "claim",
}  # fmt: skip
OWN = "changed-cells"


@dataclass(frozen=True)
class Yellow:
    """A cell that may be changed: its path, its place, what stands there, and its ends."""

    path: str
    sheet: str
    place: str
    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Made:
    """A workbook with the scenario that it was made of."""

    valuation: Valuation
    document: Document
    file: bytes
    yellow: list[Yellow]
    control: str
    inputs: str
    nominal: bool


def made(path: Path, draws: int = 16, lang: str = "nl") -> Made:
    """The workbook of a scenario; of the draws only the central case is looked at."""
    document = read(path)
    return made_of(document, draws, lang)


def made_of(document: Document, draws: int = 16, lang: str = "nl") -> Made:
    """The same of a scenario that was read."""
    from sroi.analysis.valuation.valuation import value

    valuation = value(load(document, library=shipped_library()).with_draws(draws, 1))
    book, results = told(valuation, lang), as_json(valuation, lang)
    w = book.words
    names = (w("calculation_sheet.control"), w("calculation_sheet.inputs"))
    nominal = any_known(book)
    return Made(
        valuation, document, workbook(book, results), yellow(book, results), *names, nominal
    )


def yellow(book: Told, results: Mapping[str, Any]) -> list[Yellow]:
    """Every yellow cell, with the ends of what may be typed there."""
    name = book.words("calculation_sheet.inputs")
    sheet = next(one for one in sheets(book, results) if one.name == name)
    limits = {id(limit.cell): limit for limit in sheet.limits}
    paths = {cell.row: str(cell.value) for cell in sheet.cells if cell.column == 0}
    found = []
    for cell in sheet.cells:
        if cell.look.kind == "input":
            limit = limits.get(id(cell))
            low, high = (limit.low, limit.high) if limit else (None, None)
            at = float(cell.value)
            ends = (-1e9 if low is None else low, 1e9 if high is None else high)
            found.append(Yellow(paths[cell.row], sheet.name, cell.place, at, *ends))
    return found


def some_changes(one: Made, seed: int, share: float = 0.3) -> dict[str, float]:
    """Other numbers for some of the cells, such that the scenario can still be run."""
    for attempt in range(40):
        rng = random.Random(f"{seed} {attempt}")
        wanted = share * 0.85**attempt
        chosen = [cell for cell in one.yellow if rng.random() < wanted] or [rng.choice(one.yellow)]
        changes = {cell.path: other(cell, rng) for cell in chosen}
        try:
            changed(one, changes)
        except Unusable:
            continue
        return changes
    raise AssertionError("no change can be run")


def other(cell: Yellow, rng: random.Random) -> float:
    """Another number, of few digits, within the ends."""
    if cell.path.endswith(".starts"):
        return min(float(rng.choice((1, 2))), cell.high)
    moved = cell.value * rng.uniform(0.7, 1.3) if cell.value else rng.uniform(0.05, 0.2)
    return float(f"{min(max(moved, cell.low), cell.high):.6g}")


def changed(one: Made, changes: Mapping[str, float]) -> dict[str, float | None]:
    """What the engine makes of the central case when these numbers stand in the scenario.

    They are put into the file as a variant would, into the library where it is a price of that,
    and where the file leaves a number to a starting point of the library into the model.
    """
    document, library, left = one.document, shipped_library(), {}
    overrides: dict[str, Any] = {}
    for path, value in changes.items():
        if in_library(one, path):
            library = repriced(library, path, value)
        elif path == "basis.discounting.rate":
            timing = one.valuation.model.discounting
            overrides["basis.discounting"] = {
                "rate": spelled(value), "timing": timing.timing, "investment": timing.investment,
            }  # fmt: skip
        elif (node := stated(document.data, path)) is None:
            left[path] = value
        else:
            overrides[path] = written(path, node, value)
    return central_of(one, load(with_own(document, overrides), OWN, library), left)


def central_of(one: Made, loaded: Loaded, left: Mapping[str, float]) -> dict[str, float | None]:
    """Every number of the central case by its key, with some quantities put into the model."""
    model = model_of(loaded.scenario, loaded.library)
    known = {**model.quantities.distributions, **{path: Certain(x) for path, x in left.items()}}
    assert left.keys() <= model.quantities.distributions.keys()
    rows = {path: row for path, row in model.quantities.rows.items() if path not in left}
    model = replace(model, quantities=replace(model.quantities, distributions=known, rows=rows))
    return as_keys(one, loaded, model)


def as_keys(one: Made, loaded: Loaded, model: Model) -> dict[str, float | None]:
    """The central case of a model as flat keys; without the prices of each year where the workbook
    has no sheet of them."""
    found = central(model)
    numbers = dict(flat("central", central_case(Valuation(loaded, model, found, found))))
    return {key: x for key, x in numbers.items() if one.nominal or ".nominal." not in key}


def in_library(one: Made, path: str) -> bool:
    """Whether a price is one of the library and not the scenario's own."""
    own = {proxy.id for proxy in one.valuation.loaded.scenario.proxies}
    return path.startswith("proxies.") and path.split(".")[1] not in own


def repriced(library: Library, path: str, value: float) -> Library:
    """The library with another price."""
    _, key, field = path.split(".")
    proxy = library.proxies[key].model_copy(update={field: Quantity(value=spelled(value))})
    return replace(library, proxies=library.proxies | {key: proxy})


def stated(data: Any, path: str) -> Any:
    """What a path leads to in the file, nothing where a last step is new, or None."""
    target = _resolve(data, path, int(data["basis"]["first_year"]))
    for step in target or ():
        data = data.get(step, "") if isinstance(data, dict) else data[step]
    return data if target else None


def written(path: str, node: Any, value: float) -> Any:
    """A number in the place of another, with what is said of that."""
    if path.endswith(".starts") or not isinstance(node, dict):
        return f"{value:.0f}" if path.endswith(".starts") else spelled(value)
    return {"value": spelled(value)} | {
        name: said for name, said in node.items() if name not in FORMS
    }


def with_own(document: Document, overrides: Mapping[str, Any]) -> Document:
    """The file with one variant more."""
    data = copy.deepcopy(document.data)
    data["variants"] = {OWN: dict(overrides)}
    return replace(document, data=data)


def spelled(value: float) -> str:
    """A number as a file may have it: three decimals could be thousands, and are given a fourth."""
    text = format(Decimal(repr(value)), "f")
    return f"{text}0" if len(text.partition(".")[2]) == 3 else text
