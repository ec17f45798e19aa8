"""A PDF that somebody gave: the files in it, and what stands on its pages. The only file that knows
pypdf.

Whoever sends a report may have changed it, so nothing in it is believed: it is read up to limits,
nothing of it is opened by name or written to disk, and whatever is wrong with it is one finding.
A small file can ask for work without end; so it is read in a process of its own, which is given a
while and then stopped.
"""

from __future__ import annotations

import base64
import contextlib
import io
import json
import logging
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from sroi.problems import Problem, Unusable
from sroi.process import answered, confine
from sroi.report.pdf.painted import Painted, acts_of

if TYPE_CHECKING:
    import pypdf

MOST_BYTES = 50_000_000
MOST_FILES = 50
MOST_INSIDE = 64_000_000  # a portfolio of ten thousand rows has half of it
MOST_PAGES = 1_000
MOST_SECONDS = 60
MOST_MEMORY = 4 * 2**30
DAMAGED = 7


@dataclass(frozen=True)
class Page:
    """What is on a page: its words as one copies them, a fingerprint of all that is painted, and
    its notes (links, remarks, boxes) with a fingerprint of each."""

    words: str
    painted: str
    notes: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Opened:
    """The pages of a document, and what it does by itself, such as when it is opened."""

    pages: tuple[Page, ...]
    acts: tuple[str, ...]


@dataclass(frozen=True)
class Carrying:
    """The files that are attached, by name, and how many pages there are."""

    files: dict[str, bytes]
    pages: int


def carrying(content: bytes, seconds: float = MOST_SECONDS) -> Carrying:
    """The files in it. Raises `Unusable` where it is no sound PDF, or asks for too much work."""
    told = _elsewhere("files", content, seconds)
    files = {name: base64.b64decode(inside) for name, inside in told["files"].items()}
    return Carrying(files, told["pages"])


def opened(content: bytes, seconds: float = MOST_SECONDS) -> Opened:
    """What stands on its pages. Raises `Unusable` as `carrying` does."""
    told = _elsewhere("pages", content, seconds)
    pages = [Page(p["words"], p["painted"], tuple(map(tuple, p["notes"]))) for p in told["pages"]]
    return Opened(tuple(pages), tuple(told["acts"]))


def _elsewhere(what: str, content: bytes, seconds: float) -> Any:
    """What a process of its own finds in it, within some time."""
    try:
        code, found = answered("sroi.report.pdf.opened", what, content=content, seconds=seconds)
    except subprocess.TimeoutExpired:
        raise Unusable(Problem("report-too-much")) from None
    if code:
        raise Unusable(Problem("report-damaged"))
    return json.loads(found)


def files_in(content: bytes) -> Carrying:
    """The files that are attached, read here and now. Raises `Unusable` as `carrying` does."""
    found: dict[str, bytes] = {}
    size = 0
    with _reading(content) as document:
        for number, file in enumerate(document.attachment_list):
            name, inside = str(file.name), file.content
            size += len(inside)
            if number >= MOST_FILES or size > MOST_INSIDE or name in found:
                raise ValueError("too many files, too much in them, or one name twice")
            found[name] = inside
        return Carrying(found, len(document.pages))


def pages_in(content: bytes) -> Opened:
    """What stands on its pages, read here and now. Raises `Unusable` as `carrying` does."""
    with _reading(content) as document:
        if len(document.pages) > MOST_PAGES:
            raise ValueError("too many pages")
        painted = Painted(document)
        pages = [
            Page(page.extract_text(), painted.of(page), tuple(painted.notes(page)))
            for page in document.pages
        ]
        return Opened(tuple(pages), tuple(acts_of(document)))


@contextlib.contextmanager
def _reading(content: bytes) -> Iterator[pypdf.PdfReader]:
    """Open bytes as a PDF; of a broken one the reader raises nearly anything, and talks a lot."""
    import pypdf

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        if len(content) > MOST_BYTES:
            raise ValueError("too large")
        document = pypdf.PdfReader(io.BytesIO(content))
        if document.is_encrypted:
            raise ValueError("encrypted")
        yield document
    except Exception:
        raise Unusable(Problem("report-damaged")) from None


def _answer(what: str) -> int:
    """The work of the other process: a PDF comes in, and what is in it goes out."""
    confine(AS=MOST_MEMORY)
    content = sys.stdin.buffer.read()
    try:
        told = asdict(files_in(content) if what == "files" else pages_in(content))
    except (Unusable, MemoryError, RecursionError):
        return DAMAGED
    if what == "files":
        told["files"] = {k: base64.b64encode(v).decode() for k, v in told["files"].items()}
    sys.stdout.write(json.dumps(told))
    return 0


if __name__ == "__main__":
    sys.exit(_answer(sys.argv[1]))
