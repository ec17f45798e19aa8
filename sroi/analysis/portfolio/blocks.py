"""What a block of a job gives. Each is reckoned from the job and its description alone, and stage
two from what stage one gave; so it may be done anywhere, in any order, and once more."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sroi.analysis.portfolio.answer import Answer, Central, Tally, in_order
from sroi.analysis.portfolio.job import Answering, Job, Valuing
from sroi.analysis.portfolio.many import Many, OfCut, summed
from sroi.model.portfolio.rows import Terms, centre_of, row_in, terms_in

Array = NDArray[np.float64]
EACH = 256  # draws of every independent part on which rows are set beside each other
Keep = Callable[[int, Array], object]


@dataclass(frozen=True)
class Answered:
    """Rows of a block: the answer of each, and where all is central; the net present value on the
    first draws of each part (row, draw); and the undiscounted amounts by year of all of them
    together, summed over all draws (column, year)."""

    rows: tuple[tuple[Answer, Central], ...]
    together: Array
    yearly: Array


def valued(job: Job, block: Valuing) -> Terms:
    """Stage one: what one of each term of a model is worth, in a cut of the draws."""
    return terms_in(job.valuations[block.valuation], job.draws, job.cuts[block.cut])


def answered(job: Job, block: Answering, terms: OfCut, keep: Keep) -> Answered:
    """Stage two: some rows in all draws.

    `terms` gives by the number of a cut what stage one gave for the valuation of the group. `keep`
    is given, by that number, the sum of rows in every draw (column, draw): of those of the block;
    or of all rows of the group by its first block, where they follow from weights.
    """
    alike = job.groups[block.group].alike
    if not alike.by_weights:
        return _one_by_one(job, block, terms, keep)
    weights = alike.weights(alike.rows[block.start : block.stop])
    many = Many(job, job.groups[block.group], weights, terms)
    rows = many.answers(EACH)
    if block.start == 0:
        for cut, sum_ in summed(job, job.groups[block.group], terms):
            keep(cut.number, sum_)
    return Answered(tuple(rows), np.concatenate(many.together, axis=1), many.yearly)


def _one_by_one(job: Job, block: Answering, terms: OfCut, keep: Keep) -> Answered:
    """Rows of which something is drawn for each by itself."""
    alike = job.groups[block.group].alike
    rows = alike.rows[block.start : block.stop]
    tallies = [Tally(job.draws, job.payers, alike.tells_hard) for _ in rows]
    yearly, firsts = np.zeros((len(alike.columns), alike.model.years)), list[Array]()
    for cut in job.cuts:
        shared = terms(cut.number)
        found = [row_in(alike, shared, row, job.draws, cut) for row in rows]
        for tally, row in zip(tallies, found, strict=True):
            tally.add(cut, job.by_payer(alike, row.present))
            tally.add_yearly(job.by_payer(alike, row.yearly))
            yearly += row.yearly
        keep(cut.number, in_order(np.array([row.present for row in found])))
        if cut.start == 0:
            firsts.append(np.array([tally.balance[cut.place][:EACH] for tally in tallies]))
    central = (centre_of(alike, row) for row in rows)
    usual = (Central(float(one.benefits()[0]), float(one.investment()[0])) for one in central)
    pairs = tuple((tally.answer(), one) for tally, one in zip(tallies, usual, strict=True))
    return Answered(pairs, np.concatenate(firsts, axis=1), yearly)
