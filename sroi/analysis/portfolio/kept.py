"""Arrays in a folder, by the block that made them: so that memory does not grow with the draws."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sroi.analysis.portfolio.job import Answering, Job, Valuing
from sroi.model.portfolio.parts import KINDS
from sroi.model.portfolio.rows import Terms

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Kept:
    """The folder of a job."""

    job: Job
    folder: Path

    def put_terms(self, block: Valuing, terms: Terms) -> None:
        """What stage one gave."""
        self._write(self._terms(block), terms.flat())

    def terms(self, block: Valuing) -> Terms:
        """The same, read again."""
        alike = self.job.valuations[block.valuation]
        flat = np.fromfile(self._terms(block))
        return Terms.of(alike, self.job.cuts[block.cut].size, flat)

    def forget_terms(self, block: Valuing) -> None:
        """It is no longer needed."""
        self._terms(block).unlink()

    def put_sum(self, block: Answering, cut: int, amounts: Array) -> None:
        """The sum of rows in a cut (column, draw)."""
        self._write(self._sum(block, cut), amounts)

    def add_sum(self, block: Answering, cut: int) -> None:
        """Adds that to what the programme has (kind, payer, draw); the sum itself is gone then."""
        group, file = self.job.groups[block.group], self._sum(block, cut)
        if not file.exists():
            return
        amounts = np.fromfile(file).reshape(len(group.alike.columns), -1)
        own = self.programme(group.programme, cut) + self.job.by_payer(group.alike, amounts)
        self._write(self._programme(group.programme, cut), own)
        file.unlink()

    def programme(self, number: int, cut: int) -> Array:
        """All rows of a programme that were added up so far, in a cut (kind, payer, draw)."""
        file, shape = self._programme(number, cut), (len(KINDS), len(self.job.payers), -1)
        if file.exists():
            return np.fromfile(file).reshape(shape)
        return np.zeros((*shape[:2], self.job.cuts[cut].size))

    def _write(self, file: Path, array: Array) -> None:
        """Whole or not at all."""
        part = file.with_suffix(".part")
        np.ascontiguousarray(array).tofile(part)
        part.replace(file)

    def _terms(self, block: Valuing) -> Path:
        return self.folder / f"terms-{block.valuation}-{block.cut}"

    def _sum(self, block: Answering, cut: int) -> Path:
        return self.folder / f"sum-{block.group}-{block.start}-{cut}"

    def _programme(self, number: int, cut: int) -> Path:
        return self.folder / f"programme-{number}-{cut}"
