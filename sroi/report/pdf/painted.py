"""Fingerprints of what is painted on a page, and of the notes on it, so that two PDFs can be laid
side by side without drawing them.

A fingerprint is that of the content of the page and of all that it names: fonts, drawings, shades
(ISO 32000-1, 7.8.2 and 7.8.3). How a part is packed, and where in the file it stands, is no part of
it. So the same page saved by another program may keep its fingerprint; a page with another never is
the same page.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

SEEN = ("/Contents", "/Resources", "/MediaBox", "/CropBox", "/Rotate", "/UserUnit", "/Group")
# how a stream is packed, and what leads away from a page or back to it
PACKING = frozenset(("/Filter", "/DecodeParms", "/Length", "/DL"))
AWAY = frozenset(("/Parent", "/P", "/StructParent", "/StructParents", "/Popup", "/IRT"))
# a page, or the whole document, that does something by itself
ACTS = ("/OpenAction", "/AA", "/AcroForm")
NAMED = ("/JavaScript", "/Renditions")
DEEPEST = 60


class Painted:
    """Fingerprints of the parts of one document of pypdf; each part is looked at once."""

    def __init__(self, document: Any) -> None:
        pages = enumerate(document.pages, 1)
        self._numbers = {_key(page.indirect_reference): number for number, page in pages}
        self._known: dict[tuple[int, int], str] = {}

    def of(self, page: Any) -> str:
        """All that is seen on a page but for its notes; what it has from above included."""
        parts = [(name, _inherited(page, name)) for name in SEEN]
        return _hash(*(f"{name} {self._part(part, 0)}" for name, part in parts if part is not None))

    def notes(self, page: Any) -> Iterator[tuple[str, str]]:
        """What sort of note each one is, and where it leads, with its fingerprint."""
        for reference in _plain(page.get("/Annots", [])):
            note = _plain(reference)
            yield _told(note), self._part(note, 0)
        if "/AA" in page:
            yield "AA", self._part(page["/AA"], 0)

    def _part(self, part: Any, depth: int) -> str:
        if depth > DEEPEST:
            raise ValueError("too deep")
        if not hasattr(part, "idnum"):
            return self._plain_part(part, depth)
        key = _key(part)
        if key in self._numbers:
            return f"page {self._numbers[key]}"
        if key not in self._known:
            self._known[key] = "above"  # a part may name one that it stands in
            self._known[key] = self._plain_part(part.get_object(), depth)
        return self._known[key]

    def _plain_part(self, part: Any, depth: int) -> str:
        if isinstance(part, dict):
            return self._entries(part, depth + 1)
        if isinstance(part, list):
            return _hash("list", *(self._part(one, depth + 1) for one in part))
        if isinstance(part, bool | str | bytes) or part is None:
            return _hash(type(part).__name__, repr(part))
        return (
            _hash("number", f"{float(part):.9g}") if _numeric(part) else _hash("other", repr(part))
        )

    def _entries(self, part: Any, depth: int) -> str:
        """A dictionary, with the stream that it may be the head of."""
        stream = hasattr(part, "get_data")
        left = AWAY | PACKING if stream else AWAY
        told = [f"{key} {self._part(part.raw_get(key), depth)}" for key in sorted(set(part) - left)]
        if stream:
            told.append(hashlib.sha256(part.get_data()).hexdigest())
        return _hash("dict", *told)


def acts_of(document: Any) -> Iterator[str]:
    """What a document does by itself: names of the parts of its catalogue that act."""
    root = _plain(document.trailer["/Root"])
    yield from (name[1:] for name in ACTS if name in root)
    names = _plain(root.get("/Names", {}))
    yield from (name[1:] for name in NAMED if name in names)


def _told(note: Any) -> str:
    """The sort of a note, and what it does where it does something."""
    action = _plain(note.get("/A", {}))
    kind = str(note.get("/Subtype", "/?"))[1:]
    does = str(action.get("/S", "/"))[1:]
    where = str(action.get("/URI", ""))[:80]
    return " ".join(filter(None, [kind, does if does != "GoTo" else "", where]))


def _plain(part: Any) -> Any:
    return part.get_object() if hasattr(part, "get_object") else part


def _inherited(page: Any, name: str) -> Any:
    """What a page has itself, or from the nearest group of pages that it is in."""
    for _ in range(DEEPEST):
        if name in page:
            return page.raw_get(name)
        if "/Parent" not in page:
            break
        page = page["/Parent"]
    return None


def _key(reference: Any) -> tuple[int, int]:
    return (reference.idnum, reference.generation) if reference is not None else (0, 0)


def _numeric(part: Any) -> bool:
    try:
        float(part)
    except (TypeError, ValueError):
        return False
    return True


def _hash(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
