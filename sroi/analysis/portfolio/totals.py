"""The rows of a portfolio added up: by programme, and all of them, in one fixed order."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sroi.analysis.portfolio.answer import Answer, Tally, in_order, longest
from sroi.analysis.portfolio.blocks import Answered
from sroi.analysis.portfolio.job import Answering, Job
from sroi.analysis.portfolio.kept import Kept
from sroi.model.portfolio.parts import KINDS

Array = NDArray[np.float64]


@dataclass
class Totals:
    """Sums by programme. Blocks are added in the order of the job."""

    job: Job

    def __post_init__(self) -> None:
        count = 1 + max(group.programme for group in self.job.groups)
        self._yearly = [np.zeros((len(KINDS), len(self.job.payers), 0))] * count

    def add(self, kept: Kept, block: Answering, found: Answered) -> None:
        """The rows of a block, of which the sums are kept."""
        group = self.job.groups[block.group]
        for cut in self.job.cuts:
            kept.add_sum(block, cut.number)
        yearly = self.job.by_payer(group.alike, found.yearly)
        self._yearly[group.programme] = longest([self._yearly[group.programme], yearly])

    def answers(self, kept: Kept) -> tuple[list[Answer], Answer]:
        """The answer of every programme and of all rows, when all blocks are added."""
        numbers = list(range(len(self._yearly)))
        return [self._answer(kept, [number]) for number in numbers], self._answer(kept, numbers)

    def _answer(self, kept: Kept, programmes: list[int]) -> Answer:
        groups = [group for group in self.job.groups if group.programme in programmes]
        hard = all(group.alike.tells_hard for group in groups)
        tally = Tally(self.job.draws, self.job.payers, hard)
        for cut in self.job.cuts:
            amounts = (kept.programme(number, cut.number) for number in programmes)
            tally.add(cut, in_order(np.array(list(amounts))))
        for number in programmes:
            tally.add_yearly(self._yearly[number])
        return tally.answer()
