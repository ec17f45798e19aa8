"""A scenario valued: the central case, the draws, and every row of the table of value flows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from sroi.analysis.care.cohorts import Comparison, comparisons
from sroi.analysis.result.convergence import until_precise
from sroi.analysis.result.headline import Headline, headline_from
from sroi.analysis.result.question import question
from sroi.analysis.sensitivity.break_even import BreakEven, break_evens
from sroi.analysis.sensitivity.variance import Indices, variance
from sroi.analysis.valuation.checks import Check, checks
from sroi.analysis.valuation.every_draw import frames
from sroi.analysis.valuation.findings import findings
from sroi.inputs.files.scenario_file import Loaded, load
from sroi.inputs.library.library import Library
from sroi.inputs.scenario.assumptions import assumptions
from sroi.inputs.text.yaml_text import Document
from sroi.model.flows import engine
from sroi.model.flows.nearly_alike import totals
from sroi.model.flows.results import SOCIETY, Perspective, Results, purse
from sroi.model.lines.lines import CLASSES
from sroi.model.lines.model import Model, model_of
from sroi.model.uncertain.sampling import REPLICATES

if TYPE_CHECKING:
    import pandas as pd

T = TypeVar("T")
TOGETHER = 5  # variants that are worked out at once: more save little, and cannot be shared out


@dataclass(frozen=True)
class Valuation:
    """What was asked, the model of it, and the results. `answered`: see `beside`."""

    loaded: Loaded
    model: Model
    central: Results
    drawn: Results
    answered: Callable[[str, str], Any] | None = field(default=None, compare=False, repr=False)

    @property
    def fiscal(self) -> Perspective:
        """All payers that are paid from taxes or premiums."""
        public = zip(self.model.payers, self.model.public, strict=True)
        return Perspective(payers=frozenset(name for name, is_public in public if is_public))

    @cached_property
    def indices(self) -> tuple[Indices, Indices]:
        """Shares of the variance of the balance of society, by quantity and by theme."""
        found: tuple[Indices, Indices] | None = self._answer("indices")
        return found or indices_of(self.loaded, self.model)

    @cached_property
    def break_evens(self) -> list[BreakEven]:
        """Where the balance of society turns, by quantity; also by those that are certain."""
        found: list[BreakEven] | None = self._answer("break_evens")
        return break_evens_of(self.loaded, self.model) if found is None else found

    @cached_property
    def cohorts(self) -> list[Comparison]:
        """The two arms of every cohort over the draws."""
        return comparisons(self.model, self.loaded.scenario.basis, self.drawn.draws)

    @cached_property
    def checks(self) -> list[Check]:
        """The balance of society under a few other choices."""
        known = assumptions(self.loaded.scenario, self.loaded.library)
        return checks(self.model, self.loaded.scenario.basis, known, self.drawn)

    def _answer(self, what: str) -> Any:
        """What is worked out elsewhere, or None."""
        return self.answered(what, self.loaded.inputs_sha256) if self.answered else None

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

    def draws_frame(self) -> pd.DataFrame:
        """Every draw as a row: all uncertain quantities and what came of them, see `every_draw`."""
        import pandas as pd

        return pd.concat(frames(self.drawn, self.loaded.scenario.basis))


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
    said = findings(loaded, model, centre)  # what the numbers say against the scenario
    return Valuation(replace(loaded, problems=(*loaded.problems, *said)), model, centre, drawn)


def indices_of(loaded: Loaded, model: Model) -> tuple[Indices, Indices]:
    """Shares of the variance of the balance of society, by quantity and by theme."""
    asked, basis = question(model), loaded.scenario.basis
    return variance(asked, basis), variance(asked, basis, themes=True)


def break_evens_of(loaded: Loaded, model: Model) -> list[BreakEven]:
    """Where the balance of society turns, by quantity; also by those that are certain."""
    known = assumptions(loaded.scenario, loaded.library)
    return break_evens(question(model), {path: one.domain for path, one in known.items()})


def value_file(path: Path, variant: str = "") -> Valuation:
    """Read and value a scenario file."""
    return value(load(path, variant))


def variants(
    valuation: Valuation,
    source: Path | Document,
    library: Library | None = None,
    known: Callable[[str], Headline | None] = lambda inputs: None,
    found: Mapping[str, Loaded] | None = None,
) -> dict[str, Headline]:
    """The answer in every named variant, with the same draws; `source` as for `load`.

    `known`: what is known already, by the fingerprint of the inputs; asked for the last ones first.
    `found`: the variants, where they were read already.
    """
    found = variants_of(valuation.loaded, source, library) if found is None else found
    answers: dict[str, Headline] = {}
    for some in reversed(in_parts(list(found.items()))):
        told = {name: known(variant.inputs_sha256) for name, variant in some}
        left = {name: variant for name, variant in some if told[name] is None}
        answers |= {name: answer for name, answer in told.items() if answer is not None}
        answers |= dict(zip(left, headlines_of(list(left.values())), strict=True))
    return {name: answers[name] for name in found}


def in_parts(variants: list[T]) -> list[list[T]]:
    """Variants that are worked out together, as many at a time as two processes can share out."""
    return [variants[n : n + TOGETHER] for n in range(0, len(variants), TOGETHER)]


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


def headlines_of(loaded: Sequence[Loaded]) -> list[Headline]:
    """The answers of scenarios, and nothing else of their draws; those of one basis together."""
    answers: dict[int, Headline] = {}
    for basis, places in _by_draws(loaded).items():
        models = [model_of(loaded[n].scenario, loaded[n].library) for n in places]
        found = (headline_from(*made, REPLICATES) for made in totals(models, *basis))
        answers |= dict(zip(places, found, strict=True))
    return [answers[place] for place in range(len(loaded))]


def _by_draws(loaded: Sequence[Loaded]) -> dict[tuple[int, int, str], list[int]]:
    """Places of scenarios by number of draws, seed and sampling; a variant may change the last."""
    found: dict[tuple[int, int, str], list[int]] = {}
    for place, one in enumerate(loaded):
        basis = one.scenario.basis
        found.setdefault((basis.draws, basis.seed, basis.sampling), []).append(place)
    return found
