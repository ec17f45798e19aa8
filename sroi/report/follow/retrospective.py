"""The contract as a scenario that looks back (`kind: evaluation`): what was realised in the place
of what was expected, each number with its source.

It has the years that are over. Volumes and costs are those that are known, and effects those that
were measured; whatever is not known stays what the scenario held it to be, and a limitation says
so. Variants go, and so do corrections of what was measured against a group.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from sroi.analysis.follow.followed import Followed
from sroi.inputs.files.scenario_document import as_yaml
from sroi.inputs.files.scenario_file import load
from sroi.inputs.follow.happened import Happened, Row
from sroi.inputs.scenario.scenario import CORRECTIONS
from sroi.inputs.text.yaml_text import parse
from sroi.problems import Problem, Unusable
from sroi.report.words.words import LANGUAGES, Words

YEARLY = ("volume", "per_year", "by_year", "demand", "possible")
OWN_RECORDS, LONGEST = "eigen administratie", 150
Data = dict[str, Any]


def retrospective(found: Followed, file: str) -> bytes:
    """The text of that scenario. Raises `Unusable` where no year is over, or where what comes out
    would be no scenario."""
    document = found.happened.loaded.document
    years = found.lines.over
    if not years or document is None:
        raise Unusable(Problem("follow-no-year-over", file=found.happened.document.file))
    data: Data = copy.deepcopy(document.written)
    data["scenario"] = f"{data['scenario'][:50].rstrip('-')}-gerealiseerd"
    data["kind"] = "evaluation"
    data["basis"]["years"] = str(years)
    data.pop("variants", None)
    _cut(data, years)
    _sizes(found, data, years)
    dropped = set(_effects(found, data))
    _untied(data, dropped)
    data["limitations"] = [*data.get("limitations", []), _limitation(found)]
    return _checked(as_yaml(data, file), file, found)


def _checked(text: bytes, file: str, found: Followed) -> bytes:
    """The text, where it is a scenario. Raises `Unusable`."""
    try:
        load(parse(text, file))
    except Unusable as unusable:
        code, place = "follow-no-evaluation", found.happened.document.file
        facts = {"said": unusable.problems[0]}
        raise Unusable(Problem(code, file=place, facts=facts)) from None
    return text


def _cut(part: Any, years: int) -> None:
    """Lists by year end with the last year that is over."""
    if isinstance(part, dict):
        for key, value in part.items():
            if key in YEARLY and isinstance(value, list):
                part[key] = value[:years]
            _cut(part[key], years)
        inflow = part.get("inflow")
        if isinstance(inflow, dict):
            for tier, size in inflow.items():
                inflow[tier] = size[:years] if isinstance(size, list) else size
    elif isinstance(part, list):
        for item in part:
            _cut(item, years)


def _sizes(found: Followed, data: Data, years: int) -> None:
    """Volumes and costs of the years that are known."""
    first = found.yearly.first
    for path, parts in found.realised.sizes.items():
        kind, id_, field = path.split(".")
        noun = next(one for one in data[kind] if one.get("id") == id_)
        usual = noun[field]
        sizes = usual if isinstance(usual, list) else [usual] * years
        known = {y - first: part for y, part in parts.items() if part.whole and y - first < years}
        noun[field] = [
            _size(found.happened, path, first + n, known[n].amount)
            if n in known
            else copy.deepcopy(size)
            for n, size in enumerate(sizes)
        ]
        if kind == "investment" and field == "per_year":
            noun.pop("staffing", None)
            _payers(noun, [known[n].payers for n in known])


def _payers(noun: Data, booked: Iterable[Any]) -> None:
    """Who paid which share of what was booked, where it was booked by payer."""
    totals = dict[str, float]()
    for payers in booked:
        for name, amount in payers.items():
            totals[name] = totals.get(name, 0.0) + amount
    whole = sum(totals.values())
    if len(totals) > 1 and whole > 0 and min(totals.values()) >= 0:
        names = sorted(totals, key=lambda name: totals[name])
        parts = {name: round(totals[name] / whole * 100, 2) for name in names[:-1]}
        parts[names[-1]] = 100 - sum(parts.values())
        noun.pop("payer", None)
        noun["payers"] = {name: f"{parts[name]:.2f}%" for name in totals}


def _size(h: Happened, path: str, year: int, amount: float) -> Data:
    """A number of a year with where it stands."""
    rows = h.of(path, year)
    return {
        "value": _number(amount),
        "because": _because("counted", found=_number(amount), year=year),
        "source": _source(rows, year),
        "evidence": "5",
    }


def _source(rows: list[Row], year: int) -> str:
    """The record that a number was taken from, as a scenario states one on the spot."""
    named = dict.fromkeys(row.actual.source.replace("/", "-").strip() for row in rows)
    periods = [str(row.actual.period) for row in rows]
    place = periods[0] if len(set(periods)) == 1 else f"{periods[0]} – {periods[-1]}"
    return f"{OWN_RECORDS} / {', '.join(named)[:LONGEST]} / {place} / {year}"


def _because(key: str, **facts: object) -> dict[str, str]:
    return {lang: Words(lang)(f"follow_back.{key}", **facts) for lang in LANGUAGES}


def _number(amount: float) -> str:
    """A number as a scenario writes it, and never with three decimals, as in a thousand."""
    return str(int(amount)) if amount == int(amount) else f"{amount:.4f}"


def _effects(found: Followed, data: Data) -> Iterator[str]:
    """Effects as they were measured; which paths are no more."""
    for path, effect in found.realised.effects.items():
        kind, id_, *field = path.split(".")
        if kind != "outcomes" or field != ["rate"]:
            continue
        outcome = next(one for one in data["outcomes"] if one.get("id") == id_)
        rows = found.happened.of(path)
        used = [row for row in rows if (row.comparison == "group") == effect.causal]
        outcome["rate"] = _rate(used, effect.mean, effect.sd, effect.causal)
        yield path
        if effect.causal:
            outcome["effect_basis"] = "causal"
            for name in CORRECTIONS:
                if outcome.pop(name, None) is not None:
                    yield f"outcomes.{id_}.{name}"


def _rate(rows: list[Row], mean: float, sd: float | None, causal: bool) -> Data:
    """A measured effect: counts of people as counts, and anything else with its band."""
    yes, of = (sum(getattr(row.actual, name) or 0.0 for row in rows) for name in ("amount", "of"))
    size: Data
    if sd is None and yes <= of:
        size = {"beta": {"yes": _number(yes), "no": _number(of - yes)}}
    else:
        size = {"normal": {"mean": f"{mean:.6f}", "sd": f"{sd or yes**0.5 / of:.6f}"}}
    year = max(row.actual.period.year for row in rows)
    key = "causal" if causal else "measured"
    return {
        **size,
        "because": _because(key, year=year),
        "source": _source(rows, year),
        "evidence": "4" if causal else "5",
    }


def _untied(data: Data, gone: set[str]) -> None:
    """Correlations with what was measured, or is no more, go."""
    kept = []
    for one in data.get("correlations", []):
        of = [path for path in one["of"] if path not in gone]
        if len(of) > 1:
            kept.append({**one, "of": of})
    if "correlations" in data:
        data["correlations"] = kept
    if not data.get("correlations", True):
        del data["correlations"]


def _limitation(found: Followed) -> dict[str, str]:
    """What was not known stays what was expected."""
    h, names = found.happened, found.updated.kept
    facts = {"table": Path(h.document.file).name, "until": str(h.until), "count": len(names)}
    told = _because("limitation", **facts)
    if any(one.code == "follow-simulated" for one in h.problems):
        said = _because("simulated")
        return {lang: f"{said[lang]} {told[lang]}" for lang in LANGUAGES}
    return told
