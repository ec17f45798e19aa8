"""The file of a pilot, read and checked: what must hold between its parts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from sroi.inputs.pilot.pilot import COUNTS, Described, Pilot
from sroi.inputs.text.read_alike import plain
from sroi.inputs.text.reading import nouns_of
from sroi.inputs.text.yaml_text import read
from sroi.problems import Problem, Unusable, errors, nearest


def load_pilot(path: Path, begun: bool = True) -> Described:
    """The pilot in a file, which has `begun` or need not have. Raises `Unusable` with all that is
    wrong in it."""
    document = read(path)
    pilot, problems = nouns_of(Pilot, document)
    if pilot is None:
        raise Unusable(*sorted(problems, key=Problem.order))
    described = Described(pilot, document)
    rules = [*RULES, *([it_has_begun] if begun else [])]
    problems += [problem for rule in rules for problem in rule(described)]
    if errors(problems):
        raise Unusable(*sorted(problems, key=Problem.order))
    return described


def the_counts_lie_beside_it(d: Described) -> Iterator[Problem]:
    """pilot-data-elsewhere"""
    here = Path(d.document.file).parent.resolve()
    for key, path in (("data", d.data), ("presence", d.presence)):
        said = getattr(d.pilot, key)
        if path and (Path(said).name != said or (path.exists() and path.resolve().parent != here)):
            yield d.wrong("pilot-data-elsewhere", key, key=key, found=said[:80])


def moving_along_is_said_once(d: Described) -> Iterator[Problem]:
    """pilot-said-and-scored"""
    if d.pilot.presence and d.pilot.moved_along:
        yield d.wrong("pilot-said-and-scored", "moved_along")


def the_columns_fit_together(d: Described) -> Iterator[Problem]:
    """pilot-layout, pilot-nothing-counted, pilot-same-column"""
    columns = d.pilot.columns
    for name in columns.given:
        if isinstance(getattr(columns, name), dict) == (columns.tier is not None):
            yield d.wrong("pilot-layout", "columns", name, key=name)
    if not {"new", "up", "down"} & set(columns.given):
        yield d.wrong("pilot-nothing-counted", "columns")
    names = [columns.neighbourhood, columns.quarter, columns.population, columns.tier or ""]
    for name in columns.given:
        own = getattr(columns, name)
        names += own.values() if isinstance(own, dict) else [own]
    heads = [plain(name) for name in names if name]
    if twice := [name for name in heads if heads.count(name) > 1]:
        yield d.wrong("pilot-same-column", "columns", column=twice[0])


def the_tiers_are_known(d: Described) -> Iterator[Problem]:
    """pilot-tier-unknown, pilot-tier-missing, id-twice"""
    tiers = [tier.id for tier in d.pilot.tiers]
    for number, name in enumerate(tiers):
        if name in tiers[:number]:
            yield d.wrong("id-twice", "tiers", number, "id", id=name)
    for name in d.pilot.columns.given:
        own = getattr(d.pilot.columns, name)
        for tier in own if isinstance(own, dict) else ():
            if tier not in tiers:
                facts = {"id": tier, "nearest": nearest(tier, tiers)}
                yield d.wrong("pilot-tier-unknown", "columns", name, tier, **facts)
        missing = [tier for tier in tiers if tier not in own] if isinstance(own, dict) else []
        if name == COUNTS[0] and missing:
            yield d.wrong("pilot-tier-missing", "columns", name, key=name, id=missing[0])


def a_neighbourhood_is_one_thing(d: Described) -> Iterator[Problem]:
    """pilot-two-roles, pilot-not-chosen"""
    pilots = {plain(name) for name in d.pilot.started}
    for name in d.pilot.comparison:
        if plain(name) in pilots:
            yield d.wrong("pilot-two-roles", "comparison", name=name)
    if d.pilot.comparison and pilots and d.pilot.chosen is None:
        yield d.wrong("pilot-not-chosen", "started")


def it_has_begun(d: Described) -> Iterator[Problem]:
    """pilot-none"""
    if not d.pilot.started:
        yield d.wrong("pilot-none")


def what_was_looked_at_is_told(d: Described) -> Iterator[Problem]:
    """pilot-looked-at-missing, pilot-period-order"""
    chosen = d.pilot.chosen
    if chosen and chosen.how == "high_use" and chosen.looked_at is None:
        yield d.wrong("pilot-looked-at-missing", "chosen")
    if chosen and chosen.looked_at and chosen.looked_at.from_ > chosen.looked_at.to:
        yield d.wrong("pilot-period-order", "chosen", "looked_at")


def what_is_hidden_has_bounds(d: Described) -> Iterator[Problem]:
    """pilot-hidden-order"""
    if d.pilot.hidden.low > d.pilot.hidden.high:
        yield d.wrong("pilot-hidden-order", "hidden")


RULES: list[Callable[[Described], Iterator[Problem]]] = [
    the_counts_lie_beside_it,
    the_columns_fit_together,
    the_tiers_are_known,
    a_neighbourhood_is_one_thing,
    what_was_looked_at_is_told,
    what_is_hidden_has_bounds,
    moving_along_is_said_once,
]
