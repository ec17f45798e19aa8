"""Which blocks each worker gets: those of one kind stay together, as what they rest on is made anew
by every worker that does some of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from sroi.analysis.blocks.doing import Block


class HandedOut:
    """The blocks that nobody has yet (by kind), and those that are meant for a worker."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self._kinds = [list(alike) for _, alike in groupby(blocks, key=lambda one: one.kind)]
        self._own: dict[str, list[Block]] = {}

    def __bool__(self) -> bool:
        """Whether any block is left."""
        return bool(self._kinds or any(self._own.values()))

    def here(self, workers: Iterable[str]) -> None:
        """Those that are there now: what was meant for another is for whoever comes next."""
        for gone in self._own.keys() - set(workers):
            if own := self._own.pop(gone):
                self._kinds.insert(0, own)

    def next_for(self, worker: str) -> Block | None:
        """The next block for a worker: of the kind that it is at, of a kind that nobody is at, or
        of the half of what is meant for the one with the most; None where that is its last."""
        if not self._own.get(worker):
            self._own[worker] = self._kinds.pop(0) if self._kinds else self._half()
        own = self._own[worker]
        return own.pop(0) if own else None

    def _half(self) -> list[Block]:
        most = max(self._own.values(), key=len, default=[])
        keeps = (len(most) + 1) // 2
        taken = most[keeps:]
        del most[keeps:]
        return taken
