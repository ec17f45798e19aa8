"""Every draw as a table, so that any method can be run on what went in and what came out.

A row is a draw, in the order in which they were made: replicate after replicate. Columns:

    outcomes.minder-seh.rate …       each uncertain quantity under its path, in its own unit
    payer.gemeente.benefits …        of each payer: benefits, investment and balance
    society.benefits …               of all: benefits, investment and net present value

Money is present value in euros of the scenario's price year. The means of the last two groups are
the expected values of `sroi.results/1`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sroi.inputs.scenario.scenario import Basis
from sroi.model.flows.results import SOCIETY, Results, purse
from sroi.model.uncertain.sampling import REPLICATES, points

if TYPE_CHECKING:
    import pandas as pd

Array = NDArray[np.float64]


def frames(drawn: Results, basis: Basis) -> Iterator[pd.DataFrame]:
    """The table in 16 parts, one for each replicate, so that nobody needs all of it at once."""
    import pandas as pd

    size, quantities = drawn.draws // REPLICATES, drawn.model.quantities
    for number in range(REPLICATES):
        unit = points(basis.sampling, basis.seed, number, size, len(quantities.uncertain))
        here = slice(number * size, (number + 1) * size)
        part = replace(drawn, present=drawn.present[:, here])  # its sums are those of all draws
        columns = quantities.at(unit).drawn | _money(part)
        index = pd.RangeIndex(here.start, here.stop, name="draw")
        yield pd.DataFrame(columns, index=index)


def _money(drawn: Results) -> dict[str, Array]:
    """Of each payer and of society, by column (draw)."""
    whose = {f"payer.{payer}": (purse(payer), "balance") for payer in drawn.model.payers}
    whose["society"] = (SOCIETY, "net_present_value")
    found = {}
    for name, (perspective, left) in whose.items():
        found[f"{name}.benefits"] = gained = drawn.benefits(perspective)
        found[f"{name}.investment"] = spent = drawn.investment(perspective)
        found[f"{name}.{left}"] = gained - spent
    return found
