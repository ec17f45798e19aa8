"""The nineteen sections of the report and its appendices: their order, and what still lacks."""

from __future__ import annotations

from dataclasses import dataclass

from sroi.inputs.scenario.completeness import Missing
from sroi.inputs.scenario.completeness import missing as lacking
from sroi.inputs.scenario.price_level import stated
from sroi.inputs.scenario.scenario import Investment, Outcome, Scenario
from sroi.report.told.told import Told

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
    missing = tuple(_told(t, one) for one in lacking(t.scenario) if one.section == key)
    absent = t.words(f"absent.{key}") if _absent(t.scenario, key) else ""
    return Section(key, number, t.words(f"section.{key}"), missing, absent)


def _told(t: Told, one: Missing) -> str:
    n = t.numbers
    return t.words(f"missing.{one.key}", count=n.number(one.count), of=n.number(one.of))


def _absent(scenario: Scenario, key: str) -> bool:
    """Whether a section has nothing to tell for a scenario of this kind."""
    ladder = scenario.care_ladder or scenario.direct_shift or scenario.cohorts
    lines: list[Outcome | Investment] = [*scenario.outcomes, *scenario.investment]
    proxies = any(line.proxy for line in lines)
    moved = any(x.price_year not in (None, scenario.basis.price_year) for x in stated(scenario))
    nothing = {
        "effects": not scenario.outcomes,
        "care_ladder": not ladder,
        "corrections": not any(outcome.in_euros for outcome in scenario.outcomes),
        "prices": not (proxies or moved or any(care.proxy for _, _, care in scenario.care())),
        "budget": not scenario.investment,
    }
    return nothing.get(key, False)
