"""What takes long, done in a process of its own while the first one makes the rest of a report.

That is where the conclusion turns, the shares of the variance, and the answers in the variants.
What comes back is known by the fingerprint of its inputs, so that it can be taken for nothing else;
what does not come back is worked out by whoever asks for it. The variants are shared out: the
second process begins with the first of them, and whoever asks for them with the last.
"""

from __future__ import annotations

import gc
import pickle
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from threading import Condition, Thread
from typing import TYPE_CHECKING, Any

from sroi.process import several_cores, started

if TYPE_CHECKING:
    from sroi.analysis.result.headline import Headline
    from sroi.analysis.valuation.valuation import Valuation
    from sroi.inputs.files.scenario_file import Loaded

Message = tuple[str, str, Any]  # what is told, the fingerprint of its inputs, and what was found
BREAK_EVENS, INDICES, BEGUN, HEADLINE = "break_evens", "indices", "begun", "headline"


class Beside:
    """A second process that works on a scenario file, and is gone when the report is done.

    Where there is only one core there is none.
    """

    def __init__(self, file: Path, variant: str = "") -> None:
        self._file = file
        self._asked = [str(file.resolve()), variant]
        self._work = ExitStack()
        self._process: subprocess.Popen[bytes] | None = None
        self._told: dict[tuple[str, str], Any] = {}
        self._working = False
        self._news = Condition()
        self._listener = Thread(target=self._listen, daemon=True)

    def __enter__(self) -> Beside:
        if several_cores():
            working = started("sroi.analysis.valuation.beside", *self._asked)
            self._process = self._work.enter_context(working)
            self._working = True
            self._listener.start()
        return self

    def __exit__(self, *broken_off: object) -> None:
        self._stop()

    def helping(self, valuation: Valuation) -> Valuation:
        """The same valuation, which asks here before it works something out."""
        return replace(valuation, answered=self.answer)

    def variants(
        self, valuation: Valuation, read: Mapping[str, Loaded] | None = None
    ) -> Mapping[str, Headline]:
        """The answers in the variants by name; who looks at them works along, and then it is done.

        So nobody who needs none of them waits. `read`: the variants, where they were read already.
        """
        return _Later(lambda: self._variants(valuation, read))

    def _variants(
        self, valuation: Valuation, read: Mapping[str, Loaded] | None
    ) -> Mapping[str, Headline]:
        from sroi.analysis.valuation.valuation import variants

        found = variants(valuation, self._file, known=self._headline, found=read)
        self._stop()
        return found

    def answer(self, what: str, inputs: str) -> Any:
        """What was found for these inputs; waits for it. None where it failed."""
        with self._news:
            self._news.wait_for(lambda: (what, inputs) in self._told or not self._working)
            return self._told.get((what, inputs))

    def _headline(self, inputs: str) -> Headline | None:
        """The answer in a variant, if the second process has begun with it."""
        with self._news:
            begun = (BEGUN, inputs) in self._told
        return self.answer(HEADLINE, inputs) if begun else None

    def _listen(self) -> None:
        """Take what the second process tells, until it has no more to tell."""
        assert self._process is not None
        while (message := _next(self._process.stdout)) is not None:
            what, inputs, found = message
            with self._news:
                self._told[what, inputs] = found
                self._news.notify_all()
        with self._news:
            self._working = False
            self._news.notify_all()

    def _stop(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._listener.join()  # it hears that there is no more to tell
            self._work.close()


def _next(said: Any) -> Message | None:
    try:
        message: Message = pickle.load(said)
    except (EOFError, pickle.UnpicklingError):  # it stopped, maybe half-way through
        return None
    return message


class _Later(Mapping[str, "Headline"]):
    """Answers by name that are asked for when one of them is looked at."""

    def __init__(self, make: Callable[[], Mapping[str, Headline]]) -> None:
        self._make = make

    @cached_property
    def _made(self) -> Mapping[str, Headline]:
        return self._make()

    def __getitem__(self, name: str) -> Headline:
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._made)

    def __len__(self) -> int:
        return len(self._made)


def _work(file: Path, variant: str) -> Iterator[Message]:
    """The work of the second process, in the order in which a report asks for it."""
    from sroi.analysis.valuation.valuation import (
        break_evens_of,
        headlines_of,
        in_parts,
        indices_of,
        variants_of,
    )
    from sroi.inputs.files.scenario_file import load
    from sroi.model.lines.model import model_of

    loaded = load(file, variant)
    model = model_of(loaded.scenario, loaded.library)
    yield BREAK_EVENS, loaded.inputs_sha256, break_evens_of(loaded, model)
    yield INDICES, loaded.inputs_sha256, indices_of(loaded, model)
    for some in in_parts(list(variants_of(loaded, file).values())):
        yield from ((BEGUN, one.inputs_sha256, True) for one in some)
        for one, answer in zip(some, headlines_of(some), strict=True):
            yield HEADLINE, one.inputs_sha256, answer


def _answer() -> None:
    gc.set_threshold(50_000)
    file, variant = sys.argv[1:]
    for message in _work(Path(file), variant):
        pickle.dump(message, sys.stdout.buffer, pickle.HIGHEST_PROTOCOL)
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    _answer()
