"""A scenario valued: the central case, the draws, and every row of the table of value flows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import numpy as np
from numpy.typing import NDArray

from sroi.analysis.convergence import until_precise
from sroi.analysis.findings import findings
from sroi.analysis.question import question
from sroi.analysis.variance import Indices, variance
from sroi.inputs.proxies import Library
from sroi.inputs.scenario import Basis
from sroi.inputs.scenario_file import Loaded, load
from sroi.inputs.yaml_text import Document
from sroi.model import engine
from sroi.model.lines import CLASSES
from sroi.model.model import Model, model_of
from sroi.model.results import SOCIETY, Perspective, Results, purse

if TYPE_CHECKING:
    import pandas as pd

# present values and sums of results, by the fingerprint of their inputs
Drawn = Mapping[str, tuple[NDArray[np.float64], NDArray[np.float64]]]


@dataclass(frozen=True)
class Valuation:
    """What was asked, the model of it, and the results. `answered`: see `beside`."""

    loaded: Loaded
    model: Model
    central: Results
    drawn: Results
    answered: Callable[[str], Mapping[str, Any]] | None = field(
        default=None, compare=False, repr=False
    )

    @property
    def fiscal(self) -> Perspective:
        """All payers that are paid from taxes or premiums."""
        public = zip(self.model.payers, self.model.public, strict=True)
        return Perspective(payers=frozenset(name for name, is_public in public if is_public))

    @cached_property
    def indices(self) -> tuple[Indices, Indices]:
        """Shares of the variance of the balance of society, by quantity and by theme."""
        known = self.answered("indices") if self.answered else {}
        if self.loaded.inputs_sha256 in known:
            return cast(tuple[Indices, Indices], known[self.loaded.inputs_sha256])
        return indices_of(self.model, self.loaded.scenario.basis)

    def perspectives(self) -> Iterator[tuple[str, Perspective]]:
        """Society, the public purse, cash only, and each payer."""
        yield "society", SOCIETY
        yield "fiscal", self.fiscal
        yield "cash", Perspective(classes=frozenset({"hard"}))
        for payer in self.model.payers:
            yield payer, purse(payer)

    def payers_by_balance(self) -> list[str]:
        """The payers, the one whose balance is farthest from zero first."""
        return sorted(
            self.model.payers, key=lambda payer: -abs(self.drawn.balance(purse(payer)).mean())
        )

    def rows(self) -> Iterator[dict[str, Any]]:
        """The table: line × year × payer × cash class, expected euros, investment negative."""
        for row, (line, stakeholder, _) in enumerate(self.model.flows):
            kind, _, name = line.partition(".")
            sign = -1 if kind == "investment" else 1
            amounts = self.drawn.by_year_of_row(row)
            for p, payer in enumerate(self.model.payers):
                for c, cash in enumerate(CLASSES):
                    share = float(self.drawn.flows[row].shares[p, c]) * sign
                    if share:
                        for year, amount in enumerate(amounts, self.model.first_year):
                            yield {
                                "line": name,
                                "kind": kind,
                                "stakeholder": stakeholder,
                                "year": year,
                                "payer": payer,
                                "cash": cash,
                                "amount": share * float(amount),
                            }

    def to_frame(self) -> pd.DataFrame:
        """The table of value flows as a pandas DataFrame, for whoever wants to recompute."""
        import pandas as pd

        return pd.DataFrame(list(self.rows()))


def value(
    loaded: Loaded,
    threads: int | None = None,
    progress: Callable[[float], object] = lambda share: None,
    precision: float | None = None,
) -> Valuation:
    """Value a scenario that was read; `progress` is told what share is done.

    With `precision` it draws on until the numerical error of the headline is that small, within
    the limit of `convergence.until_precise`.
    """
    basis = loaded.scenario.basis
    model = model_of(loaded.scenario, loaded.library)
    if precision is None:
        drawn = engine.run(model, basis.draws, basis.seed, basis.sampling, threads, progress)
    else:
        told = lambda draws, share: progress(share)  # noqa: E731
        drawn = until_precise(model, basis, precision, threads=threads, progress=told).results
        loaded = loaded.with_draws(drawn.draws, None)
    return _valuation(loaded, drawn)


def _valuation(loaded: Loaded, drawn: Results) -> Valuation:
    """With the central case, and what the numbers say against the scenario."""
    centre = engine.central(drawn.model)
    found = findings(loaded, drawn.model, centre)
    loaded = replace(loaded, problems=(*loaded.problems, *found))
    return Valuation(loaded, drawn.model, centre, drawn)


def indices_of(model: Model, basis: Basis) -> tuple[Indices, Indices]:
    """Shares of the variance of the balance of society, by quantity and by theme."""
    asked = question(model)
    return variance(asked, basis), variance(asked, basis, themes=True)


def value_file(path: Path, variant: str = "") -> Valuation:
    """Read and value a scenario file."""
    return value(load(path, variant))


def variants(
    valuation: Valuation,
    source: Path | Document,
    library: Library | None = None,
) -> dict[str, Valuation]:
    """Every named variant of a scenario, with the same draws; `source` as for `load`."""
    found = variants_of(valuation.loaded, source, library)
    known = valuation.answered("drawn") if valuation.answered else {}
    return {name: _valuation(loaded, drawn_of(loaded, known)) for name, loaded in found.items()}


def variants_of(
    loaded: Loaded, source: Path | Document, library: Library | None = None
) -> dict[str, Loaded]:
    """Every named variant but the one that was loaded, with its number of draws and its seed."""
    basis = loaded.scenario.basis
    if loaded.document is not None and not loaded.variant:
        source = loaded.document  # as it was read already
    return {
        name: load(source, name, library).with_draws(basis.draws, basis.seed)
        for name in loaded.variants
        if name != loaded.variant
    }


def drawn_of(loaded: Loaded, known: Drawn | None = None) -> Results:
    """The draws of a scenario, or those that are known by its fingerprint."""
    basis, model = loaded.scenario.basis, model_of(loaded.scenario, loaded.library)
    if known and loaded.inputs_sha256 in known:
        return Results(model, *known[loaded.inputs_sha256])
    return engine.run(model, basis.draws, basis.seed, basis.sampling)
