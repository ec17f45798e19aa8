"""The nineteen sections of the report and its appendices: their order, and what still lacks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sroi.inputs.scenario import Scenario
from sroi.report.told import Told

SECTIONS = (
    "summary", "null_alternative", "target_groups", "theory_of_change", "investment", "effects",
    "care_ladder", "prices", "corrections", "result", "budget", "by_payer", "enabling_conditions",
    "sensitivity", "without_euros", "perspectives", "monitoring", "accountability", "limitations",
)  # fmt: skip
APPENDICES = ("tracing", "chart_tables", "glossary", "sources")


@dataclass(frozen=True)
class Section:
    """A section with its number. `missing`: in one line each, what should stand there and does
    not; `absent`: why there is nothing to tell, where that is no fault."""

    key: str
    number: str
    title: str
    missing: tuple[str, ...] = ()
    absent: str = ""


def sections(t: Told) -> dict[str, Section]:
    """All sections, in the order of the report; a section has the same number in every report."""
    numbered = [(key, str(place)) for place, key in enumerate(SECTIONS, 1)]
    numbered += [(key, letter) for key, letter in zip(APPENDICES, "ABCD", strict=True)]
    return {key: _section(t, key, number) for key, number in numbered}


def _section(t: Told, key: str, number: str) -> Section:
    missing = tuple(t.words(f"missing.{name}", **facts) for name, facts in _missing(t, key))
    absent = t.words(f"absent.{key}") if _absent(t.scenario, key) else ""
    return Section(key, number, t.words(f"section.{key}"), missing, absent)


def _missing(t: Told, key: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Names of the sentences on what a section lacks, with their facts."""
    s = t.scenario
    wanted = {
        "summary": [("decision", s.decision)],
        "null_alternative": [("background", s.background), ("scope", s.scope)],
        "target_groups": [("target_groups", s.target_groups)],
        "theory_of_change": [("theory_of_change", None)],
        "enabling_conditions": [("conditions", s.conditions or s.enabling_conditions)],
        "perspectives": [("perspectives", None)],
        "monitoring": [("monitoring", s.monitoring)],
        "accountability": [("checks", s.checks)],
        "limitations": [("limitations", s.limitations)],
    }
    yield from ((name, {}) for name, found in wanted.get(key, []) if not found)
    counted = {"investment": ("staffing", *_staffed(s)), "effects": ("measured", *_measured(s))}
    if key in counted:
        name, found, of = counted[key]
        if found < of:
            yield name, {"count": t.numbers.number(of - found), "of": t.numbers.number(of)}


def _staffed(scenario: Scenario) -> tuple[int, int]:
    """Lines of money that say which hours they pay for, and all of them."""
    lines = [line for line in scenario.investment if not line.in_kind]
    return sum(line.staffing is not None for line in lines), len(lines)


def _measured(scenario: Scenario) -> tuple[int, int]:
    """Outcomes of which a measurement is stated, and all of them."""
    found = sum(outcome.measured is not None for outcome in scenario.outcomes)
    return found, len(scenario.outcomes)


def _absent(scenario: Scenario, key: str) -> bool:
    """Whether a section has nothing to tell for a scenario of this kind."""
    ladder = scenario.care_ladder or scenario.direct_shift or scenario.cohorts
    proxies = any(line.proxy for line in (*scenario.outcomes, *scenario.investment))
    nothing = {
        "care_ladder": not ladder,
        "corrections": not any(outcome.in_euros for outcome in scenario.outcomes),
        "prices": not (proxies or any(care.proxy for _, _, care in scenario.care())),
        "budget": not scenario.investment,
    }
    return nothing.get(key, False)
