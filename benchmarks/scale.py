"""What a portfolio costs by row and draw, and what a far larger one would take.

    python benchmarks/scale.py             65,536 draws
    python benchmarks/scale.py 1048576     more of them

The programme is that of `portfolio.py`: the shipped care ladder of five tiers and 40 quarters. Its
rows are linear; those that are not are made by a column that fills a hazard ratio. Seconds are
those of the processor, of one core. The last two lines are no measurement: 342 areas × 100
programmes × 16,777,216 draws, from the figures above them.
"""

from __future__ import annotations

import pickle
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from measured import say
from portfolio import written

from sroi.analysis.blocks.answers import arrays_of
from sroi.analysis.blocks.spread import _Sending, blocks_of
from sroi.analysis.portfolio.blocks import answered, valued
from sroi.analysis.portfolio.job import Job, job_of
from sroi.analysis.portfolio.structure import structure
from sroi.analysis.portfolio.valued import payers_of
from sroi.inputs.portfolio.portfolio_file import load_portfolio

AREAS, DRAWS = 342, 2**16
MANY_PROGRAMMES, MANY_DRAWS = 100, 2**24
NOT_LINEAR = "care_ladder.zorgladder.intervention.hazard_ratio_up.lognormal.median"


def job(folder: Path, areas: int, draws: int, linear: bool) -> Job:
    """The rows of one programme."""
    path = written(folder, areas, 1)
    if not linear:
        text = path.read_text("utf-8").replace(
            "{sociale-basis 0:", f"{{kosten: {NOT_LINEAR}, sociale-basis 0:"
        )
        path.write_text(text, "utf-8")
        head, *lines = (folder / "gebieden.csv").read_text("utf-8").splitlines()
        told = [f"{head};kosten", *(f"{line};{0.9 + n / 10_000}" for n, line in enumerate(lines))]
        (folder / "gebieden.csv").write_text("\n".join(told), "utf-8")
    loaded = load_portfolio(path)
    known = structure(loaded, draws, None)
    return job_of(known, payers_of(loaded, known))


def spent(work: Callable[[], object]) -> float:
    """Seconds of the processor."""
    start = time.process_time()
    work()
    return time.process_time() - start


def costs(one: Job, blocks: int) -> tuple[float, float, int, int]:
    """Seconds a draw for the first valuation, seconds a row and draw, and bytes of the results of a
    block: of its answers, and a draw of its sums."""
    made, results, sums = [], [], []
    valuing = spent(lambda: made.extend(valued(one, block) for block in one.valuing(0)))
    some = one.answering(0)[:blocks]
    keep = lambda cut, amounts: sums.append(amounts.nbytes)  # noqa: E731
    answering = spent(
        lambda: results.extend(answered(one, block, made.__getitem__, keep) for block in some)
    )
    rows = sum(block.stop - block.start for block in some)
    sizes = [array.nbytes for array in arrays_of(results[0]).values()]
    draws = one.draws.total
    return valuing / draws, answering / rows / draws, sum(sizes), sum(sums) // draws


def main() -> None:
    """Print every figure."""
    draws = int(sys.argv[1]) if sys.argv[1:] else DRAWS
    with tempfile.TemporaryDirectory() as folder:
        linear = job(Path(folder), AREAS, draws, linear=True)
    with tempfile.TemporaryDirectory() as folder:
        other = job(Path(folder), 2, draws, linear=False)
    assert (len(linear.valuations), len(other.valuations)) == (1, 2)
    a_draw, a_row, answers, sums = costs(linear, 3)
    alone, alone_row, _, _ = costs(other, 1)
    sending = _Sending(linear)
    sent = max(len(pickle.dumps(sending(block))) for block in blocks_of(linear))
    say("Draws", f"{draws:,}")
    say(
        "What one of each term is worth, µs a draw, once for all rows of a model",
        f"{a_draw * 1e6:.1f}",
    )
    say("A row that is linear, ns a draw", f"{a_row * 1e9:.1f}")
    say("A row that is not, µs a draw", f"{(alone + alone_row) * 1e6:.1f}")
    say("Sent of a block, kB", f"{sent / 1e3:.0f}")
    say("What comes back of a block of 64 rows: answers, kB", f"{answers / 1e3:.0f}")
    say("and sums of the rows, bytes a draw", f"{sums}")
    kept = len(linear.valuations[0].columns) * len(linear.valuations[0].parts.terms) * 8
    say("A temporary folder where it is done, bytes a draw", f"{kept}")
    hours = MANY_PROGRAMMES * (a_draw + AREAS * a_row) * MANY_DRAWS / 3600
    say("342 × 100 × 16.8 million, all linear, hours of one core", f"{hours:.0f}")
    hours = MANY_PROGRAMMES * AREAS * (alone + alone_row) * MANY_DRAWS / 3600
    say("The same where no row is linear, hours of one core", f"{hours:,.0f}")


if __name__ == "__main__":
    main()
