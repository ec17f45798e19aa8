"""From a document to nouns: pydantic checks every field, and its findings become problems.

Where a field is wrong, a harmless stand-in takes its place and the check goes on, so that a user
sees all problems of a file at once and not one layer after another.
"""

from __future__ import annotations

import copy
import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from sroi.inputs.text.yaml_text import Document, Path_
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
    "string_pattern_mismatch": "currency-unreadable",
    "string_too_short": "text-length",
    "string_too_long": "text-length",
    "too_short": "list-length",
    "too_long": "list-length",
    "greater_than_equal": "number-out-of-range",
    "less_than_equal": "number-out-of-range",
    "greater_than": "number-out-of-range",
    "less_than": "number-out-of-range",
}
LIMITS = {"min_length": "≥", "max_length": "≤", "ge": "≥", "le": "≤", "gt": ">", "lt": "<"}

# by the name of a field, or by its noun and its name where a name means two things; a field that
# is not here (or is None) is optional, and is taken away
STAND_INS: dict[str, Any] = {
    "scenario": "x", "title": "x", "organisation": "x", "commissioner": "x", "programme": "anders",
    "kind": "forecast", "null_alternative": "x", "what": "x", "id": "x", "name": "x", "type": "x",
    "stakeholder": "x", "of": "x", "unit": "EUR/x", "payer": "x", "proxy": "x", "because": "x",
    "effect_basis": "gross", "rate": "0", "volume": "0", "per_year": "0", "lasts": "1",
    "deadweight": "0", "displacement": "0", "attribution_to_others": "0", "receiver": "x",
    "value": "0", "price_year": "2024", "cash": "soft", "source": "x", "public": "true",
    "investment": [], "activities": [], "proxies": [], "correlations": [], "payers": [],
    "stakeholders": [], "sources": [], "variants": {}, "rho": "0",
    "outcomes": [
        {"id": "x", "what": "x", "stakeholder": "x", "of": "x", "rate": "0", "value": "none"}
    ],
    "outcomes.payers": {"x": "1"}, "investment.payers": {"x": "1"}, "proxies.payers": {"x": "1"},
    "correlations.of": ["x", "y"], "discounting.investment": "same",
    "basis": {"first_year": "2026", "years": "5", "price_year": "2024", "discounting": "x"},
    "first_year": "2026", "years": "5", "discounting": "x", "regime": "x", "timing": "mid_year",
    "who": "x", "criticality": "0", "moves_along": "1", "intervention": {}, "level": "0",
    "care_ladder.tiers": [
        {"id": "x", "what": "x", "level": "0", "cost": "0", "payers": {"x": "1"}},
        {"id": "y", "what": "y", "level": "2", "cost": "0", "payers": {"x": "1"}},
    ],
    "register.tiers": {}, "begin": "1", "inflow": "0", "outflow": "1", "end": "1",
    "care_ladder.inflow": None, "cohorts.inflow": None, "care_ladder.start": None,
    "tiers.payers": {"x": "1"}, "direct_shift.payers": {"x": "1"}, "costs.payers": {"x": "1"},
    "needs_heavy_care": "0", "duration": "1", "demand": "0", "possible": "0", "fte": "1",
    "hours": "1", "direct_share": "1", "absent": "0", "hours_each": "1",
    "logistic": {"midpoint": "1", "steepness": "1"}, "midpoint": "1", "steepness": "1",
    "linear": {"years": "1"}, "linear.years": "1",
    "bass": {"innovation": "1", "imitation": "1"}, "innovation": "1", "imitation": "1",
    "states": [{"id": "x", "what": "x"}, {"id": "y", "what": "y"}], "cohorts.start": {},
    "cycles": "1", "cohorts.programme": None, "relative_risk": "1", "on": {},
    "people": "0", "reached": "0", "when": "x", "monitoring.kind": "count", "instrument": "x",
    "invited": "0", "improved": "0", "same": "0", "worse": "0", "hourly_rate": "0", "by": "x",
    "checks.on": "2026-01-01", "steps.kind": "activity", "from": "x", "to": "x", "links": [],
    "steps": [], "why": "x", "expected_effect": "x", "aim": "x", "worth": "x",
    "mentioned": "0", "perspective": "client", "more": "0", "equal": "0", "less": "0", "says": "x",
    "consent": "true", "interviews": {}, "experience.outcomes": [], "experience.factors": [],
    "contract.results": [], "amount": "1", "contract": None,
}  # fmt: skip
# whose keys are names that the file gives itself: what is wrong there is taken away; in a table
# there are two of such names
NAMED = {"inflow", "start", "per_cycle", "with_programme", "on", "tiers"}
TABLES = {"moves", "counts", "split", "split_counts"}
# what a noun says of its parts together; no news when one of those is wrong itself
TOGETHER = {
    "time-form", "weibull-form", "mortality-form", "treatment-form",
    "quantity-form", "outside-domain", "mass-outside-domain", "percent-meant", "text-missing",
    "ramp-form", "capacity-form", "split-sum", "named-above-interviews", "prompted-above-named",
    "counts-of-nobody", "measured-above-invited", "range-incomplete", "range-order",
    "target-order", "floor-above-cap",
}  # fmt: skip
INNER = {
    "low", "best", "high", "shape", "uniform", "normal", "lognormal", "gamma", "beta", "mean", "sd",
    "p5", "p95", "median", "sd_log", "cv", "se", "alpha", "yes", "no", "nl", "en", "claim", "found",
    "bias_sd", "prior_sd", "chance", "times", "plus", "covers",
}  # fmt: skip
# a program that takes YAML for its word writes these keys as it understood them
TURNED = {"true": ("yes", "on"), "false": ("no",)}
COUNTED = {"yes", "no", "alpha", "beta"}  # are people, whatever the field they stand in
# parts of a whole that are stated as a plain number: their limits are told in percents
IN_PERCENT = {"rate", "discount_rate", "chance", "overhead", "reference"}
ROUNDS = 6
MOST_FINDINGS = 500


def nouns_of(kind: type[Kind], document: Document) -> tuple[Kind | None, list[Problem]]:
    """The noun that a document holds, or None, and the problems of its fields."""
    noun, problems, stand_ins = with_stand_ins(kind, document)
    return (None if problems or stand_ins else noun), problems


def with_stand_ins(
    kind: type[Kind], document: Document
) -> tuple[Kind | None, list[Problem], set[Path_]]:
    """The noun, with a stand-in at every path that was wrong; problems; and those paths."""
    data, problems, wrong = document.data, list(document.problems), set(document.empty)
    for _ in range(ROUNDS):
        try:
            return kind.model_validate(data), problems, wrong
        except ValidationError as error:
            findings = error.errors(include_url=False)[:MOST_FINDINGS]
            found = [_found(finding, data, kind, document) for finding in findings]
            meant = {place for one in found for place in one.meant}
            problems += [one.problem for one in found if one.is_news(wrong, meant)]
            data = _repaired(data, found)
            wrong |= {one.target for one in found} | meant
    return None, problems, wrong


@dataclass(frozen=True)
class _Found:
    """A finding of pydantic: the problem, the path that needs a stand-in, what a key may mean."""

    problem: Problem
    path: Path_
    target: Path_
    type: str
    meant: tuple[Path_, ...] = ()

    def is_news(self, wrong: set[Path_], meant: set[Path_]) -> bool:
        """Not when it follows from what was wrong before, or from a key that was misspelled."""
        follows = under(self.path, wrong) or under(self.target, wrong)
        if self.type in TOGETHER:
            follows = follows or any(under(place, {self.path}) for place in wrong)
        return not follows and not (self.type == "missing" and self.path in meant)


def _found(finding: Any, data: Any, kind: type[BaseModel], document: Document) -> _Found:
    path = _path(data, finding["loc"])
    problem = _problem(finding, path, data, kind, document)
    named = {"field-unknown": "nearest", "key-turned": "meant"}.get(problem.code, "")
    suggestion = problem.facts[named] if named else ""
    meant = ((*path[:-1], str(suggestion)),) if suggestion else ()
    if finding["type"] == "missing":
        path = (*path, finding["loc"][-1])
    if problem.code == "number-comma-in-braces":
        return _Found(problem, path, _target(path[:-1], "number"), "number")
    return _Found(problem, path, _target(path, finding["type"]), finding["type"], meant)


def _repaired(data: Any, found: list[_Found]) -> Any:
    """The data with a stand-in for all that was found; the largest parts first."""
    data, done = copy.deepcopy(data), set[Path_]()
    for one in sorted(found, key=lambda one: len(one.target)):
        if one.target and not under(one.target, done):
            _replace(data, one)
            done.add(one.target)
    return data


def unknown(
    what: str, key: str, known: Iterable[str], path: Path_, document: Document
) -> Iterator[Problem]:
    """The rule for every reference: the id must be known; if not, the nearest is named."""
    known = list(known)
    if key not in known:
        yield document.problem(f"{what}-unknown", path, id=key[:80], nearest=nearest(key, known))


def under(path: Path_, paths: set[Path_]) -> bool:
    """Whether a path lies at or below one of these."""
    return any(path[:size] in paths for size in range(len(path) + 1))


def _path(data: Any, location: tuple[int | str, ...]) -> Path_:
    """The path in the file: pydantic's location without its names for unions and single items."""
    path: list[int | str] = []
    for step in location:
        inside = step in data if isinstance(data, Mapping) else _is_position(step, data)
        if inside:
            data = data[step]
            path.append(step)
    return tuple(path)


def _is_position(step: int | str, data: Any) -> bool:
    return isinstance(data, list) and isinstance(step, int) and step < len(data)


def _problem(
    finding: Any, path: Path_, data: Any, kind: type[BaseModel], document: Document
) -> Problem:
    code = CODES.get(finding["type"], finding["type"])
    at_key = finding["type"] in ("extra_forbidden", "missing")
    key = finding["loc"][-1] if at_key else _last_name(path)
    facts = {"found": _shown(_at(data, path))} | _facts(finding.get("ctx", {}), str(key))
    facts |= {"key": str(key)[:80]}
    if code == "field-missing" and key == "source":
        code = "source-missing"
    if code == "field-unknown" and str(key).rstrip("%").isdecimal():
        code = "number-comma-in-braces"
    if code == "field-unknown":
        known = fields_at(kind, finding["loc"][:-1])
        turned = [name for name in TURNED.get(str(key).lower(), ()) if name in known]
        if turned:
            code = "key-turned"
            facts["meant"] = turned[0]
        else:
            facts["nearest"] = nearest(str(key), known)
    if code == "number-ambiguous" and _only_decimals(str(facts["whole"]), kind, finding["loc"]):
        code = "number-three-decimals"
    if code == "word-unknown":
        words = [word.strip("' ") for word in facts["expected"].replace(" or ", ", ").split(",")]
        facts |= {"expected": ", ".join(words), "nearest": nearest(facts["found"], words)}
    return document.problem(code, path, at_key, **facts)


def _only_decimals(whole: str, kind: type[BaseModel], location: tuple[int | str, ...]) -> bool:
    """Whether a number cannot be the whole one that it may be read as: nobody means 12345%, and a
    field may not allow it."""
    return whole.endswith("%") or abs(float(whole)) > highest_at(kind, location)


def _facts(context: dict[str, Any], key: str) -> dict[str, Any]:
    """What pydantic tells of a finding at a key, in the words of the sentences."""
    facts = {name: value for name, value in context.items() if name not in ("error", *LIMITS)}
    for name, sign in LIMITS.items():
        if context.get(name) is not None:
            facts["limit"] = f"{sign} {_limit(context[name], key)}"
    if "actual_length" in context:
        facts["found"] = str(context["actual_length"])
    return facts


def _limit(size: float, key: str) -> str:
    """A limit as a person writes it in the file: 50%, 1_048_576."""
    if key in IN_PERCENT:
        return f"{size * 100:.12g}%"
    return f"{size:_.0f}" if size >= 10_000 else f"{size:.12g}"


def _last_name(path: Path_) -> str:
    return next((step for step in reversed(path) if isinstance(step, str)), "")


def _shown(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{…}"
    return "[…]" if isinstance(value, list) else str(value)[:80]


def _target(path: Path_, kind: str) -> Path_:
    """The key that needs a stand-in: not a part of a quantity, but the quantity as a whole."""
    while path and _is_part(path) and kind != "extra_forbidden":
        path = path[:-1]
    return path


def _is_part(path: Path_) -> bool:
    """Whether a path is a part of something that only means something as a whole."""
    of_a_link = path[-1] == "from" and "links" not in path  # of a line of reasoning it is a step
    part = isinstance(path[-1], int) or path[-1] in INNER or of_a_link
    return part or path[-2:-1] == ("payers",)


def _replace(data: Any, one: _Found) -> None:
    """A stand-in at a path; a misspelled key gets its name; what is optional is taken away."""
    parent, name = _at(data, one.target[:-1]), one.target[-1]
    if one.type == "extra_forbidden":
        value = parent.pop(name)
        for path in one.meant:
            parent.setdefault(path[-1], value)
    elif (stand_in := _stand_in(one.target)) is not None:
        parent[name] = copy.deepcopy(stand_in)
    else:
        parent.pop(name, None)


def _stand_in(path: Path_) -> Any:
    if set(path[-2:-1]) & (NAMED | TABLES) or set(path[-3:-2]) & TABLES:
        return None
    names = [step for step in path if isinstance(step, str)]
    return STAND_INS.get(".".join(names[-2:]), STAND_INS.get(names[-1]))


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
    return [field.alias or name for model in models for name, field in model.model_fields.items()]


def highest_at(kind: Any, location: tuple[int | str, ...]) -> float:
    """The highest number that the fields on the way to a place allow; infinite where none says."""
    models, highest = [kind], math.inf
    for step in location:
        fields = [
            field
            for model in models
            for name, field in model.model_fields.items()
            if step in (name, field.alias)
        ]
        for field in fields:
            limits = list(_limits((*field.metadata, field.annotation)))
            highest = max(limits) if limits else highest
        models = [inner for field in fields for inner in _models_in(field.annotation)] or models
    return math.inf if COUNTED & set(location[-1:]) else highest


def _limits(annotations: tuple[Any, ...]) -> Iterator[float]:
    """Of the domain of a quantity, or of a number that is at most so much."""
    for part in annotations:
        if (domain := getattr(part, "domain", None)) is not None:
            yield domain[1]
        elif getattr(part, "le", None) is not None:
            yield float(part.le)
        else:
            yield from _limits((*getattr(part, "__metadata__", ()), *get_args(part)))


def _models_in(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for part in get_args(annotation) for model in _models_in(part)]
