"""A scenario valued: the central case, the draws, and every row of the table of value flows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sroi.inputs.scenario_file import Loaded, load
from sroi.model import engine
from sroi.model.model import CLASSES, Model, model_of
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
        stakeholders = {f"outcomes.{line.id}": line.stakeholder for line in self.model.outcomes}
        for row, line in enumerate(self.drawn.lines):
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
                                "stakeholder": stakeholders.get(line, ""),
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
) -> Valuation:
    """Value a scenario that was read; `progress` is told what share is done."""
    basis = loaded.scenario.basis
    model = model_of(loaded.scenario, loaded.library)
    drawn = engine.run(model, basis.draws, basis.seed, basis.sampling, threads, progress)
    return Valuation(loaded, model, engine.central(model), drawn)


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
