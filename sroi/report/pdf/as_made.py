"""Whether a report is the file as sroi made it: byte for byte, or else page by page.

Only a file that is the same byte for byte is known to look the same. Of any other it is told what
was found: other words, other paint, notes and actions that sroi does not make.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from sroi.report.pdf.opened import Page, opened
from sroi.report.pdf.verdict import Check, short

BREAKS = re.compile(r"[\s-]+")


def as_made(content: bytes, pages: int, made: bytes, known: bool) -> Check:
    """The file that was given beside the one that is made of it now.

    `pages`: of the one that was given. `known`: whether this is the build that made it.
    """
    if content == made:
        return Check("pages_same", True)
    now = opened(made)
    if pages != len(now.pages):
        return Check("pages_count", False, {"given": pages, "expected": len(now.pages)})
    given = opened(content)
    acts = [Check("act", False, {"act": short(act)}) for act in given.acts if act not in now.acts]
    pairs = zip(given.pages, now.pages, strict=True)
    found = [part for number, pair in enumerate(pairs, 1) for part in of_page(number, *pair)]
    if not known:
        return Check("pages_unknown", False, {}, (*acts, *found))
    key = "pages_changed" if acts or found else "pages_saved_again"
    return Check(key, False, {"count": len(given.pages)}, (*acts, *found))


def of_page(number: int, given: Page, made: Page) -> Iterator[Check]:
    """What is not as it was made on one page."""
    if BREAKS.sub("", given.words) != BREAKS.sub("", made.words):
        yield Check("page_words", False, {"page": number})
    elif given.painted != made.painted:
        yield Check("page_painted", False, {"page": number})
    theirs, ours = (Counter(page.notes) for page in (given, made))
    for kind, _ in theirs - ours:
        yield Check("page_note", False, {"page": number, "kind": short(kind)})
    if missing := sum((ours - theirs).values()):
        yield Check("page_note_missing", False, {"page": number, "count": missing})
