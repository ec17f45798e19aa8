"""A PDF that somebody gave: the files in it and the words on its pages. The only file that knows
pypdf.

Whoever sends a report may have changed it, so nothing in it is believed: it is read up to limits,
nothing of it is opened by name or written to disk, and whatever is wrong with it is one finding.
"""

from __future__ import annotations

import contextlib
import io
import logging
from collections.abc import Iterator
from typing import TYPE_CHECKING

from sroi.problems import Problem, Unusable

if TYPE_CHECKING:
    import pypdf

MOST_BYTES = 50_000_000
MOST_FILES = 50
MOST_INSIDE = 20_000_000
MOST_PAGES = 1_000


def files_in(content: bytes) -> dict[str, bytes]:
    """The files that are attached, by name. Raises `Unusable` where it is no sound PDF."""
    found: dict[str, bytes] = {}
    size = 0
    with _reading(content) as document:
        for number, file in enumerate(document.attachment_list):
            name, inside = str(file.name), file.content
            size += len(inside)
            if number >= MOST_FILES or size > MOST_INSIDE or name in found:
                raise ValueError("too many files, too much in them, or one name twice")
            found[name] = inside
    return found


def words_on(content: bytes) -> list[str]:
    """The words of each page, as one copies them. Raises `Unusable` where it is no sound PDF."""
    with _reading(content) as document:
        if len(document.pages) > MOST_PAGES:
            raise ValueError("too many pages")
        return [page.extract_text() for page in document.pages]


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
