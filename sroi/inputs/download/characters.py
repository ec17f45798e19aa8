"""The characters of a table from outside, line by line: its encoding is found and not asked.

A table may be large: no more than a piece of it is held, and a line has a longest length.
"""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from sroi.problems import Problem, Unusable

MOST_BYTES = 1_500_000_000
LONGEST_LINE = 1_000_000
PIECE = 1 << 18
MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"),
         (codecs.BOM_UTF16_BE, "utf-16"))  # fmt: skip
WINDOWS = "cp1252"  # what a spreadsheet in the Netherlands writes where it does not say UTF-8


class Readable(Protocol):
    """What gives bytes, so many at a time."""

    def read(self, size: int, /) -> bytes:
        """The next bytes; none at the end."""


Open = Callable[[], AbstractContextManager[Readable]]


@dataclass(frozen=True)
class Characters:
    """A file, or a part of an archive, that can be read from its beginning as often as is needed.

    `file`: what it is called in messages.
    """

    file: str
    open_: Open
    encoding: str

    def lines(self) -> Iterator[str]:
        """Its lines with their ends. Raises `Unusable` where it cannot be text of this encoding."""
        decode = codecs.getincrementaldecoder(self.encoding)()
        left = ""
        try:
            for piece in pieces(self.open_, self.file):
                *whole, left = (left + decode.decode(piece)).split("\n")
                if len(left) > LONGEST_LINE:
                    raise Unusable(Problem("data-too-large", file=self.file))
                yield from (f"{line}\n" for line in whole)
            left += decode.decode(b"", True)
        except UnicodeDecodeError:
            raise Unusable(Problem("data-unreadable", file=self.file)) from None
        if left:
            yield left


def characters(file: str, open_: Open) -> Characters:
    """The characters of what is opened, with the encoding that it is in. Raises `Unusable`.

    A mark at the beginning says which it is; else all that is UTF-8 is read so, and the rest as
    Windows writes it.
    """
    with open_() as stream:
        begin = stream.read(4)
    marked = next((name for mark, name in MARKS if begin.startswith(mark)), "")
    if marked != "utf-16" and any(b"\0" in piece for piece in pieces(open_, file)):
        raise Unusable(Problem("data-unreadable", file=file))
    return Characters(file, open_, marked or ("utf-8" if _is_utf8(open_, file) else WINDOWS))


def _is_utf8(open_: Open, file: str) -> bool:
    decode = codecs.getincrementaldecoder("utf-8")()
    try:
        for piece in pieces(open_, file):
            decode.decode(piece)
        decode.decode(b"", True)
    except UnicodeDecodeError:
        return False
    return True


def pieces(open_: Open, file: str) -> Iterator[bytes]:
    """All its bytes in pieces. Raises `Unusable` where there are more than may be."""
    left = MOST_BYTES
    with open_() as stream:
        while piece := stream.read(PIECE):
            left -= len(piece)
            if left < 0:
                raise Unusable(Problem("data-too-large", file=file))
            yield piece
