"""Where charts are drawn: in a process of its own while the rest of a report is made, or here."""

from __future__ import annotations

import pickle
import subprocess
import sys
from collections.abc import Callable
from contextlib import ExitStack
from functools import cache
from typing import TYPE_CHECKING

from sroi.process import several_cores, started

if TYPE_CHECKING:
    from sroi.report.charts.chart import Chart


class Easel:
    """Draws a chart when somebody looks at it; once entered, beforehand in a second process.

    What does not come back from there is drawn here.
    """

    def __init__(self) -> None:
        self._work = ExitStack()
        self._process: subprocess.Popen[bytes] | None = None
        self._sent = 0
        self._finished: list[str] = []

    def __enter__(self) -> Easel:
        if several_cores():
            self._process = self._work.enter_context(started("sroi.report.charts.easel"))
        return self

    def __exit__(self, *broken_off: object) -> None:
        self._work.close()
        self._process = None

    def put(self, chart: Chart) -> Callable[[], str]:
        """Begin a chart; what comes back gives it as an SVG element, and waits for that."""
        number = self._begin(chart)

        @cache
        def svg() -> str:
            return self._look(number) or _here(chart)

        return svg

    def _begin(self, chart: Chart) -> int:
        if self._process is None or self._process.stdin is None:
            return -1
        try:
            pickle.dump(chart, self._process.stdin)
            self._process.stdin.flush()
        except OSError:  # it is gone
            return -1
        self._sent += 1
        return self._sent - 1

    def _look(self, number: int) -> str:
        """What the second process made of a chart. The first look takes all, and lets it go."""
        if self._process is not None:
            made, _ = self._process.communicate()
            self._process = None
            self._finished = _svgs(made)
        return self._finished[number] if 0 <= number < len(self._finished) else ""


def _svgs(made: bytes) -> list[str]:
    try:
        found: list[str] = pickle.loads(made)
    except (EOFError, pickle.UnpicklingError):  # it stopped, maybe half-way through
        return []
    return found


def _here(chart: Chart) -> str:
    from sroi.report.charts.drawn import drawn

    return drawn(chart)


def _answer() -> None:
    """The work of the second process: it draws what comes, and says so when no more comes.

    It says nothing before that, so that the two never wait for each other.
    """
    from sroi.report.charts.drawn import drawn

    made = []
    while True:
        try:
            made.append(drawn(pickle.load(sys.stdin.buffer)))
        except EOFError:
            break
    pickle.dump(made, sys.stdout.buffer)


if __name__ == "__main__":
    _answer()
