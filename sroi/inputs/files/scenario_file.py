"""A scenario file, read and held against all rules: with the library that it may refer to."""

from __future__ import annotations

import fnmatch
import hashlib
import json
from dataclasses import dataclass, field, replace
from pathlib import Path

from sroi.inputs.files.chosen_library import chosen_library
from sroi.inputs.files.scenario_document import open_elsewhere, read_document
from sroi.inputs.library.library import Library, source_of
from sroi.inputs.library.series import CONSUMER_PRICES
from sroi.inputs.rules.checked import Checked
from sroi.inputs.rules.scenario import check
from sroi.inputs.scenario import variants
from sroi.inputs.scenario.assumptions import used_proxies
from sroi.inputs.scenario.filled import with_starting_points
from sroi.inputs.scenario.price_level import continued, named_series
from sroi.inputs.scenario.scenario import Scenario
from sroi.inputs.scenario.shared import with_coverage, with_links
from sroi.inputs.scenario.weighed import with_recognition
from sroi.inputs.text.cited import stated
from sroi.inputs.text.reading import under, with_stand_ins
from sroi.inputs.text.yaml_text import Document, Finding, Path_
from sroi.problems import Problem, Unusable, errors

_CORRELATED = (
    "outcomes* activities* investment* proxies* basis basis.years basis.first_year "
    "enabling_conditions* care_ladder* direct_shift* cohorts*"
)
_CHANCES = (
    "cohorts.states* cohorts.moves* cohorts.counts* cohorts.mortality* cohorts.programme* "
    "cohorts.arms*"
)
_FLOWS = "care_ladder.moves* care_ladder.inflow* care_ladder.register* care_ladder.start*"
_TIERS = "care_ladder.tiers care_ladder.tiers.id care_ladder.tiers.level"
# what is not said while one of these fields is wrong itself
RESTS_ON = {
    "activity-unknown": "activities activities.id",
    "stakeholder-unknown": "stakeholders stakeholders.id",
    "proxy-unknown": "proxies proxies.id",
    "payer-unknown": "payers payers.id",
    "source-unknown": "sources sources.id",
    "source-unused": "*source",
    "outcome-without-path": "outcomes.id theory_of_change.steps.feeds",
    "fed-unknown": "outcomes.id care_ladder.id direct_shift.id cohorts.id",
    "years-count": "basis basis.years",
    "starts-after-horizon": "basis basis.years",
    "links-without-evidence": "theory_of_change.links*",
    "reach-above-group": "target_groups*",
    "areas-above-reach": "target_groups*",
    "staffing-disagrees": "investment.staffing* investment.per_year*",
    "counts-for-nothing": ("outcomes* activities* basis basis.years basis.horizon proxies.value*"),
    "investment-none": "investment* outcomes",
    "first-year-far": "basis.first_year basis.price_year basis",
    "volume-impossible": "target_groups*",
    "volume-odd": "target_groups*",
    "volume-above-group": "target_groups* activities.unit",
    "rate-beyond-a-year": "outcomes.proxy proxies*",
    "rate-impossible": "outcomes.proxy proxies*",
    "price-unlike-library": "outcomes.proxy proxies.unit",
    "index-year-missing": (
        "basis basis.price_year proxies.price_year proxies.index proxies.unit indices*"
    ),
    "index-basis-year": (
        "basis basis.price_year proxies.price_year proxies.index proxies.unit indices*"
    ),
    "index-year-known": "indices*",
    "index-year-gap": "indices*",
    "currency-mismatch": "basis basis.currency proxies.unit",
    "unit-mismatch": "proxies.unit",
    "no-negative-outcome": (
        "outcomes outcomes.rate outcomes.value care_ladder direct_shift* cohorts"
    ),
    "variant-path-unknown": (
        "*.id activities outcomes investment proxies payers stakeholders enabling_conditions* "
        "care_ladder* direct_shift* cohorts*"
    ),
    "move-of-nobody": _CHANCES,
    "competing-unsaid": f"{_CHANCES} cohorts.competing",
    "chances-above-one": f"{_CHANCES} cohorts.competing",
    "chance-certain": f"{_CHANCES} cohorts.competing",
    "move-missing": _CHANCES,
    "rest-changed": _CHANCES,
    "age-below-table": "cohorts.mortality*",
    "weights-count": "cohorts.cycles cohorts.counting cohorts.weights*",
    "list-beyond-cycles": "cohorts.cycles",
    "moment-has-own-time": "cohorts.counting",
    "exponent-without-cycles": "cohorts.discounted",
    "arm-unknown": "cohorts.arms*",
    "correlation-path-unknown": _CORRELATED,
    "correlation-certain": _CORRELATED,
    "quantity-unknown": "quantities*",
    "quantity-unused": "quantities* outcomes* activities* investment* proxies* care_ladder*",
    "quantity-outside-domain": "quantities* *.from *.times *.plus",
    "correlation-linked": _CORRELATED,
    "ranges-cover-unsaid": "basis",
    "same-people-unsaid": (
        "*.counted_elsewhere *.stakeholder care_ladder care_ladder.intervention direct_shift "
        "outcomes*"
    ),
    "returning-unsaid": "activities* outcomes* basis.years",
    "people-above-group": "activities* outcomes* target_groups* basis.years",
    "people-near-group": "activities* outcomes* target_groups* basis.years",
    "nothing-valued": "outcomes care_ladder direct_shift cohorts",
    "correction-missing": "*.effect_basis *.starting_point",
    "corrected-already": "*.effect_basis",
    "care-price": "*.cost *.proxy",
    "units-missing": "*.units proxies.unit",
    "care-is-transfer": "proxies.transfer proxies.receiver",
    "override-without-reason": "*.because",
    "average-as-marginal": "*.cost_concept",
    "care-twice": "*.overlap",
    "contract-missing": (
        f"{_TIERS} *.paid_per_unit *.paid_per_unit.value *.backfill *.capacity_step "
        "*.starting_point care_ladder.intervention"
    ),
    "contract-on-light-tier": _TIERS,
    "shift-form": "direct_shift.at_risk direct_shift.risk_reduction direct_shift.substitution",
    "effect-missing": "care_ladder.intervention* cohorts*",
    "reference-missing": "*.reference",
    "reference-without-conditions": "enabling_conditions",
    "conditions-without-effect": "care_ladder direct_shift",
    "evidence-missing": "*.evidence *.value",
    "zero-without-reason": "*.value",
    "backfill-with-waiting-list": "*.backfill.value",
    "tier-unknown": f"{_TIERS} care_ladder.relapse",
    "tiers-order": _TIERS,
    "tiers-without-heavy": _TIERS,
    "diversion-without-tier": _TIERS,
    "relapse-without-tier": _TIERS,
    "flows-form": f"{_TIERS} {_FLOWS}",
    "inflow-missing": f"{_FLOWS} cohorts.start* cohorts.inflow*",
    "observed-without-register": _FLOWS,
    "tier-stuck": f"{_TIERS} {_FLOWS}",
    "register-tier-missing": f"{_TIERS} {_FLOWS}",
    "register-imbalance": _FLOWS,
    "not-counted-form": _FLOWS,
    "not-counted-certain": _FLOWS,
    "inflow-negative": _FLOWS,
    "state-unknown": "cohorts.states*",
    "cohort-empty": "cohorts*",
    "reward-empty": "cohorts*",
    "cycles-beyond-horizon": "basis basis.years cohorts.cycles_per_year",
    "discount-rate-missing": "cohorts.cycles* cohorts.effects.discount_rate",
}
# a variant may make certain what is uncertain in the file itself
MEANT_IN_A_VARIANT = (
    "correlation-certain",
    "source-unused",
    "quantity-unused",
    "ranges-cover-unsaid",
)


@dataclass(frozen=True)
class Loaded:
    """A scenario that can be run, with its library, its warnings and its fingerprint."""

    scenario: Scenario
    library: Library
    problems: tuple[Problem, ...]
    inputs_sha256: str
    variant: str = ""
    variants: tuple[str, ...] = ()
    document: Document | None = field(default=None, repr=False, compare=False)

    def warning(self, code: str, *path: str | int, **facts: object) -> Problem:
        """A warning at a path of the file that this was read from."""
        if self.document is None:
            return Problem(code, "warning", facts=facts)
        return self.document.problem(code, path, False, "warning", **facts)

    def with_draws(self, draws: int | None, seed: int | None) -> Loaded:
        """The same with another number of draws or another seed; the fingerprint follows."""
        changed = {name: n for name, n in (("draws", draws), ("seed", seed)) if n is not None}
        if not changed:
            return self
        basis = self.scenario.basis.model_copy(update=changed)
        scenario = self.scenario.model_copy(update={"basis": basis})
        return replace(self, scenario=scenario, inputs_sha256=fingerprint(scenario, self.library))


def load(source: Path | Document, variant: str = "", library: Library | None = None) -> Loaded:
    """Read a scenario, in one of its variants. Raises `Unusable` with every problem of the file.

    `source`: the file, or what was read of it before.
    """
    library = library or chosen_library()
    document = source if isinstance(source, Document) else read_document(source)
    known = variants.names(document)
    if variant and variant not in known:
        facts = {"id": variant[:80], "known": ", ".join(known) or "–"}
        raise Unusable(Problem("variant-unknown", file=document.file, facts=facts))
    if variant:
        document = variants.with_variant(document, variant)
    scenario, whole, problems = _checked(document, library)
    problems = _of_variant(problems) if variant else problems
    if scenario is None or errors(problems):
        raise Unusable(*problems)
    digest = fingerprint(scenario, whole)
    return Loaded(scenario, whole, tuple(problems), digest, variant, tuple(known), document)


def check_file(source: Path | Document, library: Library | None = None) -> list[Problem]:
    """All problems of a scenario file and of each of its variants, in the order of the file.

    `source`: the file, or what was read of it before.
    """
    library = library or chosen_library()
    try:
        document = source if isinstance(source, Document) else read_document(source)
    except Unusable as unusable:
        return list(unusable.problems)
    found = dict.fromkeys(map(_key, problems := _checked(document, library)[2]))
    for name in variants.names(document):
        for problem in _of_variant(_checked(variants.with_variant(document, name), library)[2]):
            if _key(problem) not in found:
                found[_key(problem)] = None
                problems.append(problem)
    return sorted([*open_elsewhere(Path(document.file)), *problems], key=Problem.order)


def problems_in(document: Document, library: Library) -> list[Problem]:
    """All problems of what was read of a file, without its variants."""
    return _checked(document, library)[2]


def _of_variant(problems: list[Problem]) -> list[Problem]:
    return [problem for problem in problems if problem.code not in MEANT_IN_A_VARIANT]


def _key(problem: Problem) -> tuple[str, str, int, int, str]:
    place = (problem.sheet, problem.line, problem.column)
    return (problem.code, *place, str(sorted(problem.facts.items())))


def _checked(
    document: Document, library: Library
) -> tuple[Scenario | None, Library, list[Problem]]:
    scenario, found, stand_ins = with_stand_ins(Scenario, document)
    problems = [p for p in found if p.code not in RESTS_ON or not _follows(p, stand_ins)]
    if scenario is None:
        return None, library, sorted(problems, key=Problem.order)
    filled = with_starting_points(with_coverage(scenario), library.starting_points)
    scenario, unlinked = with_links(filled, document)
    problems += [one for one in unlinked if not _follows(one, stand_ins)]
    stand_ins |= {one.path for one in unlinked if isinstance(one, Finding)}
    scenario = with_recognition(scenario)
    whole = with_own(library, scenario, document)
    for problem in check(Checked(scenario, library, whole, document)):
        if not _follows(problem, stand_ins):
            problems.append(problem)
    usable = None if stand_ins or problems_stop(problems) else scenario
    return usable, whole, sorted(problems, key=Problem.order)


def problems_stop(problems: list[Problem]) -> bool:
    """Whether any of these is an error."""
    return bool(errors(problems))


def _follows(problem: Problem, wrong: set[Path_]) -> bool:
    """Whether a finding is about a stand-in, or rests on one: then it is not the user's."""
    if not wrong:
        return False
    names = {".".join(step for step in path if isinstance(step, str)) for path in wrong}
    patterns = RESTS_ON.get(problem.code, "").split()
    path = problem.path if isinstance(problem, Finding) else ()
    return under(path, wrong) or any(
        filter(lambda pattern: fnmatch.filter(names, pattern), patterns)
    )


def with_own(library: Library, scenario: Scenario, document: Document | None = None) -> Library:
    """The library with the scenario's own proxies, payers and sources beside the shipped ones, also
    sources that are stated on the spot, and the series as far as the scenario continues them."""
    spots = stated(document.data) if document else ()
    on_the_spot = {one.key: source_of(one) for one in spots}
    return replace(
        library,
        proxies=library.proxies | {proxy.id: proxy for proxy in scenario.proxies},
        payers=library.payers | {payer.id: payer for payer in scenario.payers},
        sources=library.sources | on_the_spot | {source.id: source for source in scenario.sources},
        indices=continued(library.indices, scenario.indices),
    )


def fingerprint(scenario: Scenario, library: Library) -> str:
    """SHA-256 of all that the numbers rest on: the scenario, and the library entries in use."""
    used = [library.proxies[key].model_dump(mode="json") for key in used_proxies(scenario)]
    named = {entry["index"] for entry in used} | named_series(scenario, library.indices)
    indices = sorted(named | {CONSUMER_PRICES} & set(library.indices))
    regime = library.regimes.get(scenario.basis.discounting.regime or "")
    parts = {
        "scenario": scenario.model_dump(mode="json", exclude={"variants"}),
        "proxies": used,
        "indices": [library.indices[key].model_dump(mode="json") for key in indices],
        "regime": regime.model_dump(mode="json") if regime else None,
    }
    text = json.dumps(parts, sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()
