"""What keeps a report out of a tender: prices nobody stands for, and sections not yet written."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sroi.inputs.files.scenario_file import Loaded
from sroi.inputs.library.library import Proxy
from sroi.inputs.scenario.assumptions import used_proxies
from sroi.inputs.scenario.completeness import missing
from sroi.problems import Problem

WEAK = "D"
PRICES: dict[str, Callable[[Proxy], bool]] = {
    "tender-price-unchecked": lambda proxy: proxy.review.status != "checked",
    "tender-price-memory": lambda proxy: proxy.provenance in ("memory", None),
    "tender-price-weak": lambda proxy: proxy.evidence in (WEAK, None),
}
# what a check says of texts that a command wrote, and how a tender is refused for it
NOT_ONES_OWN = {
    "reasons-are-examples": "tender-examples", "still-to-fill-in": "tender-to-fill-in",
}  # fmt: skip


def refusals(loaded: Loaded) -> list[Problem]:
    """Why this scenario may not go into a tender yet; nothing where it may."""
    return [*_prices(loaded), *_currency(loaded), *_examples(loaded), *_sections(loaded)]


def _prices(loaded: Loaded) -> Iterator[Problem]:
    proxies = [loaded.library.proxies[key] for key in used_proxies(loaded.scenario)]
    for code, refused in PRICES.items():
        found = [proxy.id for proxy in proxies if refused(proxy)]
        if found:
            yield _refusal(loaded, code, count=len(found), ids=", ".join(found))


def _currency(loaded: Loaded) -> Iterator[Problem]:
    currency = loaded.scenario.basis.currency
    if currency != "EUR":
        yield _refusal(loaded, "tender-currency", currency=currency)


def _examples(loaded: Loaded) -> Iterator[Problem]:
    for problem in loaded.problems:
        if problem.code in NOT_ONES_OWN:
            yield _refusal(loaded, NOT_ONES_OWN[problem.code], **problem.facts)


def _sections(loaded: Loaded) -> Iterator[Problem]:
    """What is missing; but before the work has begun nothing can have been measured."""
    ahead = loaded.scenario.kind == "forecast"
    found = [x for x in missing(loaded.scenario) if not (ahead and x.key == "measured")]
    if empty := [_named(loaded, one.key) for one in found if not one.of]:
        yield _refusal(loaded, "tender-sections", keys=", ".join(empty))
    for one in found:
        if one.of:
            facts = {"key": _named(loaded, one.key), "count": one.count, "of": one.of}
            yield _refusal(loaded, "tender-lines", **facts)


def _named(loaded: Loaded, key: str) -> str:
    return loaded.document.named(key) if loaded.document else key


def _refusal(loaded: Loaded, code: str, **facts: object) -> Problem:
    file = loaded.document.file if loaded.document else ""
    return Problem(code, file=file, facts=facts)
