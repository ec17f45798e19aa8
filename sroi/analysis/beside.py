"""What takes long, done in a process of its own while the first one makes the rest of a report.

That is the shares of the variance, and the draws of the variants. What comes back is known by the
fingerprint of its inputs, so that it can be taken for nothing else; what does not come back is
worked out by whoever asks for it.
"""

from __future__ import annotations

import gc
import os
import pickle
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from sroi import shipped

if TYPE_CHECKING:
    from sroi.analysis.valuation import Valuation

INDICES, DRAWN = "indices", "drawn"


class Beside:
    """A second process that works on a scenario file, and is gone when the report is done.

    Where there is only one core there is none.
    """

    def __init__(self, file: Path, variant: str = "") -> None:
        self._file = file
        self._asked = [str(file.resolve()), variant]
        self._process: subprocess.Popen[bytes] | None = None
        self._answers: dict[str, dict[str, Any]] = {}

    def __enter__(self) -> Beside:
        if (os.cpu_count() or 1) > 1:
            # beside this package, so that nothing in the user's folder can pass for a module
            self._process = subprocess.Popen(
                [sys.executable, "-m", "sroi.analysis.beside", *self._asked],
                cwd=shipped.CHECKOUT,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._process is not None:
            with self._process:  # which closes the pipe and waits
                self._process.kill()

    def helping(self, valuation: Valuation) -> Valuation:
        """The same valuation, which asks here before it works something out."""
        return replace(valuation, answered=self.answers)

    def variants(self, valuation: Valuation) -> Mapping[str, Valuation]:
        """The variants by name; only who looks at them waits for the other process."""
        from sroi.analysis.valuation import variants

        return _Later(lambda: variants(self.helping(valuation), self._file))

    def answers(self, name: str) -> dict[str, Any]:
        """What was found, by fingerprint of the inputs; waits for it. Nothing where it failed."""
        while name not in self._answers:
            message = self._next()
            if message is None:
                return {}
            self._answers |= message
        return self._answers[name]

    def _next(self) -> dict[str, dict[str, Any]] | None:
        if self._process is None or self._process.stdout is None:
            return None
        try:
            found: dict[str, dict[str, Any]] = pickle.load(self._process.stdout)
        except (EOFError, pickle.UnpicklingError):  # it stopped, maybe half-way through
            return None
        return found


class _Later(Mapping[str, "Valuation"]):
    """Valuations by name that are made when one of them is looked at."""

    def __init__(self, make: Callable[[], Mapping[str, Valuation]]) -> None:
        self._make = make

    @cached_property
    def _made(self) -> Mapping[str, Valuation]:
        return self._make()

    def __getitem__(self, name: str) -> Valuation:
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._made)

    def __len__(self) -> int:
        return len(self._made)


def _work(file: Path, variant: str) -> Iterator[dict[str, dict[str, Any]]]:
    """The work of the second process, in the order in which a report asks for it.

    What is large comes at once and last, for it goes nowhere until the first process takes it.
    """
    from sroi.analysis.valuation import drawn_of, indices_of, variants_of
    from sroi.inputs.scenario_file import load
    from sroi.model.model import model_of

    loaded = load(file, variant)
    model = model_of(loaded.scenario, loaded.library)
    yield {INDICES: {loaded.inputs_sha256: indices_of(model, loaded.scenario.basis)}}
    results = {one.inputs_sha256: drawn_of(one) for one in variants_of(loaded, file).values()}
    yield {DRAWN: {key: (found.present, found.sums) for key, found in results.items()}}


def _answer() -> None:
    gc.set_threshold(50_000)
    file, variant = sys.argv[1:]
    for answer in _work(Path(file), variant):
        pickle.dump(answer, sys.stdout.buffer, pickle.HIGHEST_PROTOCOL)
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    _answer()
