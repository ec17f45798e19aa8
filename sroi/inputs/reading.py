"""From a document to nouns: pydantic checks every field, and its findings become problems.

Where a field is wrong, a harmless stand-in takes its place and the check goes on, so that a user
sees all problems of a file at once and not one layer after another.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from sroi.inputs.yaml_text import Document, Path_
from sroi.problems import Problem, nearest

Kind = TypeVar("Kind", bound=BaseModel)

# pydantic's own error types, and what they are called here
CODES = {
    "missing": "field-missing",
    "extra_forbidden": "field-unknown",
    "literal_error": "word-unknown",
    "model_type": "mapping-expected",
    "model_attributes_type": "mapping-expected",
    "dict_type": "mapping-expected",
    "list_type": "list-expected",
    "string_type": "text-expected",
    "too_short": "list-length",
    "too_long": "list-length",
    "greater_than_equal": "number-out-of-range",
    "less_than_equal": "number-out-of-range",
    "greater_than": "number-out-of-range",
    "less_than": "number-out-of-range",
}

STAND_INS: dict[str, Any] = {
    "scenario": "x", "title": "x", "organisation": "x", "commissioner": "x", "programme": "anders",
    "kind": "forecast", "null_alternative": "x", "what": "x", "id": "x", "name": "x", "type": "x",
    "stakeholder": "x", "of": "x", "unit": "EUR/x", "payer": "x", "payers": {}, "proxy": "x",
    "effect_basis": "gross", "rate": "0", "volume": "0", "per_year": "0", "lasts": "1",
    "value": "0", "price_year": "2024", "cash": "soft", "source": "x", "public": "true",
    "investment": [], "activities": [], "outcomes": [], "proxies": [], "correlations": [],
    "stakeholders": [], "sources": [], "variants": {}, "rho": "0",
    "basis": {"first_year": "2026", "years": "5", "price_year": "2024", "discounting": "x"},
    "first_year": "2026", "years": "5", "discounting": "x",
}  # fmt: skip
INNER = frozenset(
    "low best high shape uniform normal lognormal gamma beta mean sd p5 p95 median sd_log cv yes no "
    "nl en".split()
)
ROUNDS = 6


def nouns_of(kind: type[Kind], document: Document) -> tuple[Kind | None, list[Problem]]:
    """The noun that a document holds, or None, and the problems of its fields."""
    noun, problems, stand_ins = with_stand_ins(kind, document)
    return (None if problems or stand_ins else noun), problems


def with_stand_ins(
    kind: type[Kind], document: Document
) -> tuple[Kind | None, list[Problem], set[Path_]]:
    """The noun, with a stand-in at every path that was wrong; problems; and those paths."""
    data, problems, paths = document.data, list(document.problems), set[Path_]()
    for _ in range(ROUNDS):
        try:
            return kind.model_validate(data), problems, paths
        except ValidationError as error:
            data, before = copy.deepcopy(data), set(paths)
            for finding in error.errors(include_url=False):
                path = _path(data, finding["loc"])
                target = _target(path, finding)
                if not under(target, before):
                    problems.append(_problem(finding, path, kind, document))
                _replace(data, target, finding["type"] == "extra_forbidden")
                paths.add(target)
    return None, problems, paths


def unknown(
    what: str, key: str, known: Iterable[str], path: Path_, document: Document
) -> Iterator[Problem]:
    """The rule for every reference: the id must be known; if not, the nearest is named."""
    known = list(known)
    if key not in known:
        yield document.problem(f"{what}-unknown", path, id=key[:80], nearest=nearest(key, known))


def under(path: Path_, paths: Iterable[Path_]) -> bool:
    """Whether a path lies at or below one of these."""
    return any(path[: len(above)] == above for above in paths)


def _path(data: Any, location: tuple[int | str, ...]) -> Path_:
    """The path in the file: pydantic's location without its names for unions and single items."""
    path: list[int | str] = []
    for step in location:
        if isinstance(data, Mapping) and step in data:
            data = data[step]
        elif isinstance(data, list) and isinstance(step, int) and step < len(data):
            data = data[step]
        else:
            continue
        path.append(step)
    return tuple(path)


def _problem(finding: Any, path: Path_, kind: type[BaseModel], document: Document) -> Problem:
    facts = {name: value for name, value in finding.get("ctx", {}).items() if name != "error"}
    last = str(finding["loc"][-1]) if finding["loc"] else ""
    code = CODES.get(finding["type"], finding["type"])
    facts |= {"key": last[:80], "found": facts.get("found", _shown(finding["input"]))}
    if code == "field-unknown" and last.rstrip("%").isdecimal():
        code = "number-comma-in-braces"
    if code == "field-unknown":
        facts["nearest"] = nearest(last, fields_at(kind, finding["loc"][:-1]))
    if code == "word-unknown":
        words = [word.strip("' ") for word in facts["expected"].replace(" or ", ", ").split(",")]
        facts |= {"expected": ", ".join(words), "nearest": nearest(str(facts["found"]), words)}
    at_key = finding["type"] in ("extra_forbidden", "missing")
    return document.problem(code, path, at_key, **facts)


def _shown(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{…}"
    return "[…]" if isinstance(value, list) else str(value)[:80]


def _target(path: Path_, finding: Any) -> Path_:
    """The key that needs a stand-in: not a part of a quantity, but the quantity as a whole."""
    if finding["type"] == "missing":
        path = (*path, finding["loc"][-1])
    elif finding["type"] == "extra_forbidden":
        return path
    while path and (isinstance(path[-1], int) or path[-1] in INNER):
        path = path[:-1]
    return path


def _replace(data: Any, path: Path_, wrong_key: bool) -> None:
    """Put a stand-in at a path, or take the key away where it is optional or unknown."""
    if not path:
        return
    parent = _at(data, path[:-1])
    if path[-1] in STAND_INS and not wrong_key:
        parent[path[-1]] = copy.deepcopy(STAND_INS[str(path[-1])])
    else:
        parent.pop(path[-1], None)


def _at(data: Any, path: Path_) -> Any:
    for step in path:
        data = data[step]
    return data


def fields_at(kind: Any, location: tuple[int | str, ...]) -> list[str]:
    """The keys that are known at a place: walks down the annotations of the nouns."""
    models = [kind]
    for step in location:
        if isinstance(step, str):
            models = [
                inner
                for model in models
                for name, field in model.model_fields.items()
                if step in (name, field.alias)
                for inner in _models_in(field.annotation)
            ] or models
    return [name for model in models for name in model.model_fields]


def _models_in(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for part in get_args(annotation) for model in _models_in(part)]
