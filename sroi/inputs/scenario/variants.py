"""Named variants: other values for some paths of the same file."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

from sroi.inputs.scenario.scenario import MAX_OVERRIDES, MAX_VARIANTS
from sroi.inputs.text.yaml_text import Document, Path_
from sroi.problems import nearest

YEAR = re.compile("[0-9]{4}")
MOST_SUGGESTIONS = 3_000


def names(document: Document) -> list[str]:
    """The variants that a file has."""
    variants = document.data.get("variants") if isinstance(document.data, dict) else None
    return list(variants)[:MAX_VARIANTS] if isinstance(variants, dict) else []


def with_variant(document: Document, name: str) -> Document:
    """The document in which a variant's values stand in their places; problems of its paths."""
    varied = _copied(document)
    known = suggestions(document)
    overrides = document.data["variants"][name]
    written_values = list(overrides.items()) if isinstance(overrides, dict) else []
    for written, value in written_values[:MAX_OVERRIDES]:
        source = ("variants", name, written)
        target = _allowed(varied.data, written, _first_year(document.data))
        if target is None:
            facts = {"path": written[:120], "nearest": nearest(written, known)}
            varied.problems.append(document.problem("variant-path-unknown", source, True, **facts))
        else:
            _put(varied, target, source, value)
    return varied


def with_values(document: Document, values: Mapping[Path_, Any]) -> Document:
    """The document with other values at some places, which are nowhere in the file itself."""
    varied = _copied(document, list(values))
    for target, value in values.items():
        _put(varied, target, None, value)
    return varied


def place_of(document: Document, written: str) -> Path_ | None:
    """Where a path leads in the data of a document; None where there is no such place, or where
    nothing else may stand. Only the last of its steps may be new."""
    return _allowed(document.data, written, _first_year(document.data))


def suggestions(document: Document) -> list[str]:
    """Paths of a document that somebody may have meant; no more than can be looked through."""
    return list(islice(all_paths(document.data), MOST_SUGGESTIONS))


def _copied(document: Document, changing: Sequence[Path_] | None = None) -> Document:
    """A document that may be changed, at all places or at some; the rest is that of the first."""
    whole = changing is None
    return replace(
        document,
        data=copy.deepcopy(document.data) if whole else _opened(document.data, changing or ()),
        before=document.written,
        keys=dict(document.keys),
        values=dict(document.values),
        problems=list(document.problems),
        empty=set(document.empty),
    )


def _opened(data: Any, paths: Sequence[Path_]) -> Any:
    """Data of which the parts on the way to some paths are new, and all others the same."""
    if not isinstance(data, dict | list) or not paths:
        return data
    own: Any = copy.copy(data)
    for step in {path[0] for path in paths}:
        below = [path[1:] for path in paths if path[0] == step and len(path) > 1]
        if below:
            own[step] = _opened(own[step], below)
    return own


def _first_year(data: Any) -> int:
    year = (
        data.get("basis", {}).get("first_year", "") if isinstance(data.get("basis"), dict) else ""
    )
    return int(year) if isinstance(year, str) and YEAR.fullmatch(year) else 0


def _allowed(data: Any, written: str, first_year: int) -> Path_ | None:
    own = written.startswith(("variants", "scenario"))
    return None if own else _resolve(data, written, first_year)


def _resolve(data: Any, written: str, first_year: int) -> Path_ | None:
    """The path in the data: ids and years (of a cohort: cycles) stand for positions. Only the last
    may be new."""
    path: list[str | int] = []
    steps = written.split(".")
    first = 1 if steps[0] == "cohorts" else first_year
    for number, step in enumerate(steps):
        key = _step(data, step, first)
        if key is None:
            last = number == len(steps) - 1
            return (*path, step) if last and isinstance(data, dict) and len(path) > 0 else None
        path.append(key)
        data = data[key]
    return tuple(path)


def _step(data: Any, step: str, first: int) -> str | int | None:
    """`first`: the number of the first item of a list of numbers: its year, or 1."""
    if isinstance(data, dict):
        return step if step in data else None
    if isinstance(data, list):
        for position, item in enumerate(data):
            if isinstance(item, dict) and item.get("id") == step:
                return position
        numbered = re.fullmatch("[1-9][0-9]{0,3}", step) if first == 1 else YEAR.fullmatch(step)
        position = int(step) - first if numbered else -1
        return position if 0 <= position < len(data) else None
    return None


def _put(varied: Document, target: Path_, source: Path_ | None, value: Any) -> None:
    """Write a value at its target; its places in the file are those of the variant, if of one."""
    parent = varied.data
    for step in target[:-1]:
        parent = parent[step]
    parent[target[-1]] = copy.deepcopy(value)
    for places in (varied.keys, varied.values) if source or target in varied.values else ():
        for path in [p for p in places if p[: len(target)] == target]:
            del places[path]
        for path, place in list(places.items()) if source else ():
            if source and path[: len(source)] == source:
                places[target + path[len(source) :]] = place
    kept = {path for path in varied.empty if path[: len(target)] != target}
    moved = {target + p[len(source) :] for p in kept if source and p[: len(source)] == source}
    varied.empty = kept | moved


def all_paths(data: Any, above: str = "") -> Iterator[str]:
    """Every path that a variant could name."""
    if isinstance(data, dict):
        items = [(str(key), value) for key, value in data.items() if key != "variants"]
    elif isinstance(data, list):
        items = [(item["id"], item) for item in data if isinstance(item, dict) and "id" in item]
    else:
        return
    for key, value in items:
        path = f"{above}.{key}" if above else key
        yield path
        yield from all_paths(value, path)
