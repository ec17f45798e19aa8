"""Blocks of work, and how they are done: one after another here, or by others; and only those that
were not done before."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sroi.analysis.blocks.kept import Arrays, Kept

NAMED = 12  # rows that are named before it is said how many there are


@dataclass(frozen=True)
class Block:
    """A part of the work: its name, the rows that it is about as they are told to people, and what
    it rests on that others of the same `kind` rest on too."""

    name: str
    rows: tuple[str, ...]
    kind: str


@dataclass(frozen=True)
class Work:
    """How a block is done: `sent` says what is sent of it to where it is done, `done` what comes of
    that, and `ended` is called there when no more blocks come."""

    sent: Callable[[Block], Any]
    done: Callable[[Any], Arrays]
    ended: Callable[[], object] = lambda: None


Done = Iterator[tuple[Block, Arrays]]
Doing = Callable[[Sequence[Block], Work], Done]


def one_by_one(blocks: Sequence[Block], work: Work) -> Done:
    """In this process, in their order."""
    try:
        for block in blocks:
            yield block, work.done(work.sent(block))
    finally:
        work.ended()


def kept_first(folder: Kept, doing: Doing) -> Doing:
    """The blocks that are in a folder first; each that is done then is kept there."""

    def done(blocks: Sequence[Block], work: Work) -> Done:
        left = list[Block]()
        for block in blocks:
            found = folder.get(block.name)
            if found is None:
                left.append(block)
            else:
                yield block, found
        for block, result in doing(left, work):
            folder.put(block.name, result)
            yield block, result

    return done


def named(block: Block) -> str:
    """Its rows; of many the first ones, and how many there are."""
    more = f", … ({len(block.rows)})" if len(block.rows) > NAMED else ""
    return ", ".join(block.rows[:NAMED]) + more
