"""Whether the prices that somebody hands over are those that come with sroi, entry by entry.

Everything in an entry counts but for its review: that is what somebody says of it, and is told as
that.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

SAID = ("review", "history")
NONE = "–"
Entries = dict[tuple[str, str], Any]


@dataclass(frozen=True)
class Apart:
    """A field of an entry that is not as it is here: what was handed over, and what it is."""

    entry: str
    field: str
    handed: str
    own: str


@dataclass(frozen=True)
class Claimed:
    """A review that is not in the library here: of which entry, and what it says of itself."""

    entry: str
    status: str
    by: str
    on: str


def entries(files: Mapping[str, Any]) -> Entries:
    """Everything with an id in the files of a library, and whatever else stands in them."""
    found: Entries = {}
    for name, data in files.items():
        for key, part in (data if isinstance(data, dict) else {"": data}).items():
            if not isinstance(part, list):
                found[name, str(key)] = part
                continue
            for place, entry in enumerate(part):
                named = entry.get("id", place) if isinstance(entry, dict) else place
                found[str(key), str(named)] = entry
    return found


def apart(handed: Mapping[str, Any], own: Mapping[str, Any]) -> Iterator[Apart]:
    """Every field that differs, also of entries that are in one of the two only."""
    given, known = entries(handed), entries(own)
    for key in sorted(given.keys() | known.keys()):
        one, other = (dict(_fields(_bare(found.get(key)))) for found in (given, known))
        for field in [*one, *(name for name in other if name not in one)]:
            if one.get(field, NONE) != other.get(field, NONE):
                yield Apart(key[1], field, one.get(field, NONE), other.get(field, NONE))


def claimed(handed: Mapping[str, Any], own: Mapping[str, Any]) -> Iterator[Claimed]:
    """Every review that is not the one here, of an entry that is."""
    known = entries(own)
    for key, entry in entries(handed).items():
        review = _review(entry)
        if key in known and review and review != _review(known[key]):
            told = (str(review.get(name, "")) for name in ("status", "by", "on"))
            yield Claimed(key[1], *told)


def _bare(entry: Any) -> Any:
    if not isinstance(entry, dict):
        return entry
    return {key: part for key, part in entry.items() if key not in SAID}


def _review(entry: Any) -> dict[str, Any]:
    review = entry.get("review") if isinstance(entry, dict) else None
    return review if isinstance(review, dict) else {}


def _fields(part: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Every text in an entry by its path; nothing of one that is not there."""
    if isinstance(part, dict | list):
        inside = part.items() if isinstance(part, dict) else enumerate(part)
        for key, value in inside:
            yield from _fields(value, f"{path}.{key}".lstrip("."))
    elif part is not None:
        yield path, str(part)
