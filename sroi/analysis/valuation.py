"""A scenario valued: the central case, the draws, and every row of the table of value flows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sroi.analysis.convergence import until_precise
from sroi.analysis.findings import findings
from sroi.inputs.scenario_file import Loaded, load
from sroi.model import engine
from sroi.model.lines import CLASSES
from sroi.model.model import Model, model_of
from sroi.model.results import SOCIETY, Perspective, Results, purse

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Valuation:
    """What was asked, the model of it, and the results."""

    loaded: Loaded
    model: Model
    central: Results
    drawn: Results

    @property
    def fiscal(self) -> Perspective:
        """All payers that are paid from taxes or premiums."""
        public = zip(self.model.payers, self.model.public, strict=True)
        return Perspective(payers=frozenset(name for name, is_public in public if is_public))

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
    centre = engine.central(model)
    found = findings(loaded, model, centre)
    loaded = replace(loaded, problems=(*loaded.problems, *found))
    return Valuation(loaded, model, centre, drawn)


def value_file(path: Path, variant: str = "") -> Valuation:
    """Read and value a scenario file."""
    return value(load(path, variant))


def variants(valuation: Valuation, path: Path) -> dict[str, Valuation]:
    """Every named variant of a scenario, with the same draws."""
    loaded, basis = valuation.loaded, valuation.loaded.scenario.basis
    return {
        name: value(load(path, name).with_draws(basis.draws, basis.seed))
        for name in loaded.variants
        if name != loaded.variant
    }
