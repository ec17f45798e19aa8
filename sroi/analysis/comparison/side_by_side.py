"""Files or variants laid side by side: read, checked against each other, compared and explained."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from sroi.analysis.comparison.comparison import (
    Difference,
    Explanation,
    comparable,
    compared,
    explained,
)
from sroi.analysis.result.question import SOCIETY_
from sroi.analysis.valuation.valuation import Valuation
from sroi.inputs.files.scenario_file import Loaded, load
from sroi.model.flows.engine import central
from sroi.model.lines.model import model_of
from sroi.problems import Problem, Unusable


@dataclass(frozen=True)
class SideBySide:
    """The base, of which `valuation` is the central case, and every other set against it.

    `differences`: of the asked result, and for society of the ratio as well, where all have one.
    """

    base: str
    valuation: Valuation
    result: str
    differences: dict[str, list[Difference]]
    explanations: dict[str, Explanation]


def side_by_side(
    files: Sequence[Path],
    variants: bool,
    result: str = SOCIETY_,
    progress: Callable[[float], object] = lambda share: None,
) -> SideBySide:
    """The first file against its variants, or against the other files. Raises `Unusable`."""
    loaded = _loaded(files, variants or len(files) == 1)
    if problems := comparable(loaded):
        raise Unusable(*problems)
    models = {name: model_of(one.scenario, one.library) for name, one in loaded.items()}
    (base, first), *others = loaded.items()
    centre = central(models[base])
    return SideBySide(
        base,
        Valuation(first, models[base], centre, centre),
        result,
        compared(
            models,
            first.scenario.basis,
            [result],
            progress=progress,
            also_ratio=result == SOCIETY_,
        ),
        {name: explained(models[base], models[name], result) for name, _ in others},
    )


def _loaded(files: Sequence[Path], variants: bool) -> dict[str, Loaded]:
    """By name: file names, or the variants of the one file. No two have the same name."""
    first = load(files[0])
    found = {files[0].stem: first}
    if variants and len(files) > 1:
        raise Unusable(Problem("compare-variants-of-one"))
    if variants:
        if not first.variants:
            raise Unusable(Problem("compare-alone", file=str(files[0])))
        source = first.document or files[0]  # as it was read already
        named = {name: load(source, name) for name in first.variants}
        return found | {name if name not in found else f"{name} *": x for name, x in named.items()}
    for path in files[1:]:
        name = path.stem if path.stem not in found else str(path)
        found[name] = load(path)
    return found
