"""The report as one HTML page that carries everything in it: text, tables, charts and fonts."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import jinja2
import numpy as np

from sroi import shipped
from sroi.analysis.purses import largest_payer
from sroi.analysis.valuation import Valuation
from sroi.model.results import payback_years
from sroi.report import case_tables, price_tables, sensitivity_page, summary, tables, weight_tables
from sroi.report.care_page import care_pages
from sroi.report.figures import figures
from sroi.report.glossary import used_in
from sroi.report.numbers import Numbers
from sroi.report.problem_text import sentence
from sroi.report.results_json import package_version
from sroi.report.sections import sections
from sroi.report.told import Told
from sroi.report.tracing import tracing
from sroi.report.words import Words, catalogue

FACES = {"Regular": ("400", "normal"), "Semibold": ("600", "normal"), "It": ("400", "italic")}


def told(valuation: Valuation, lang: str) -> Told:
    """A valuation with the words and numbers of a language."""
    currency = valuation.loaded.scenario.basis.currency
    return Told(valuation, Words(lang), Numbers(lang, currency, step=_step(valuation)))


def _step(valuation: Valuation) -> int:
    """Whole thousands, but for a small scenario hundreds or single euros."""
    drawn = valuation.drawn
    size = max(float(np.abs(drawn.benefits()).mean()), float(drawn.investment().mean()))
    return 1000 if size >= 100_000 else 100 if size >= 10_000 else 1


def contents(
    valuation: Valuation, lang: str, variants: dict[str, Valuation], command: str
) -> dict[str, Any]:
    """What stands in the report: made once, for print and for the web."""
    t = told(valuation, lang)
    others = {name: told(other, lang) for name, other in variants.items()}
    filled: dict[str, Any] = {
        "t": t,
        "w": t.words,
        "n": t.numbers,
        "scenario": t.scenario,
        "css": (shipped.folder("templates") / "report.css").read_text(encoding="utf-8"),
        "running": css_string(t.words("page.running", title=t.say(t.scenario.title))),
        "cards": summary.cards(t),
        "frame": summary.frame(t),
        "payer_line": summary.payer_line(t),
        "swings": list(summary.changes(t)),
        "charts": figures(t),
        "care": care_pages(t),
        "sections": sections(t),
        "worse": case_tables.worse(t),
        "chart_tables": [],
        "summary_only": False,
        "sensitivity": sensitivity_page.sensitivity(t),
        "highest_price": sensitivity_page.prices(t),
        "information": sensitivity_page.information(t),
        "without_price": sensitivity_page.without_price(t),
        "reference": sensitivity_page.reference(t),
        "tables": _tables(t, others),
        "notes": _notes(t),
        "method": list(_method(t)),
        "fixed_limitations": catalogue("text", lang)["limitation"]["fixed"],
        "findings": [sentence(problem, lang) for problem in valuation.loaded.problems],
        "glossary": [],
        "sources": list(tables.sources(t)),
        "series": price_tables.series(t),
        "rests_on": weight_tables.sentence(t),
        "fingerprint": _fingerprint(t, command),
    }
    filled["residents"] = [*filled["care"].residents, *summary.residents(t)][:3]
    return filled | {"glossary": used_in(rendered(filled, for_print=True), lang)}


def rendered(filled: dict[str, Any], for_print: bool) -> str:
    """The page: for the web it carries its fonts; for print it names them, and `pdf` knows them."""
    template = environment().get_template("report.html")
    return template.render(**filled, fonts=fonts(for_print))


@lru_cache(maxsize=1)
def environment() -> jinja2.Environment:
    """Templates in which every value is escaped and a missing one is an error."""
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(shipped.folder("templates")),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def css_string(text: str) -> str:
    """A text as a string of CSS in which every character is written as its number."""
    return '"' + "".join(f"\\{ord(char):x} " for char in text) + '"'


def fonts(for_print: bool) -> list[dict[str, str]]:
    """The faces of the page's font: named for print, carried along for the web."""
    address = _named if for_print else _carried
    return [
        {"weight": weight, "style": style, "address": address(f"SourceSans3-{face}.ttf")}
        for face, (weight, style) in FACES.items()
    ]


def _named(font: str) -> str:
    return f"asset:{font}"


def _carried(font: str) -> str:
    content = (shipped.folder("templates") / "fonts" / f"{font}.woff2").read_bytes()
    return f"data:font/woff2;base64,{base64.b64encode(content).decode()}"


def _tables(t: Told, others: dict[str, Told]) -> dict[str, tables.Table]:
    simple = (
        tables.activities, tables.investment, tables.outcomes, tables.corrections, tables.by_year,
        tables.by_stakeholder, tables.by_payer, tables.perspectives, tables.ranges,
        tables.assumptions, price_tables.prices, tables.without_euros,
        weight_tables.by_provenance, weight_tables.by_evidence, tracing,
        case_tables.target_groups, case_tables.areas, case_tables.logic, case_tables.staffing,
        case_tables.effects, case_tables.measured, case_tables.monitoring, case_tables.checks,
    )  # fmt: skip
    made = {make.__name__: make(t) for make in simple}
    made["budget_lines"] = case_tables.budget_lines(t, largest_payer(t.valuation.drawn))
    made["variants"] = tables.variants(t, others)
    return made


def _notes(t: Told) -> dict[str, str]:
    """The sentences between the tables that hold numbers."""
    w, n, drawn, model = t.words, t.numbers, t.valuation.drawn, t.valuation.model
    benefits, costs = (drawn.by_year(drawn.rows(kind)) for kind in ("benefits", "investment"))
    years = payback_years(benefits, costs)
    beyond = drawn.stage("beyond_horizon", drawn.rows("outcomes"))
    last = model.first_year + model.years - 1
    proxies = [t.proxy(o.proxy) for o in t.scenario.outcomes if o.in_euros and o.proxy]
    notes = {"first": str(model.first_year), "beyond": "", "transfer": "", "range": _range_note(t)}
    notes["payback"] = w("intro.no_payback") if costs.any() else ""
    if years is not None and costs.any():
        notes["payback"] = w("intro.payback", years=n.number(years, 1))
    if abs(beyond) >= n.step / 2:
        notes["beyond"] = w("intro.beyond", last=last, amount=n.money(beyond))
    if any(proxy.transfer for proxy in proxies):
        notes["transfer"] = w("intro.transfer")
    return notes


def _range_note(t: Told) -> str:
    w, n, drawn = t.words, t.numbers, t.valuation.drawn
    ratio, draws = drawn.ratio(), n.number(drawn.draws)
    if not t.valuation.model.quantities.uncertain:
        return w("intro.range_exact")
    if ratio is None or ratio.mean <= 0:
        _, error = drawn.mean_and_error(drawn.balance())
        told_error = n.euro(max(1.0, float(np.ceil(error))))
        return w("intro.range_no_ratio", draws=draws, error=told_error) + " " + t.enough()
    shown = n.ratio(ratio.mean, ratio.standard_error)
    told_error = n.plain(max(0.0001, ratio.standard_error))
    return w("intro.range", draws=draws, ratio=shown, error=told_error) + " " + t.enough()


def _method(t: Told) -> Iterator[str]:
    discounting = t.valuation.model.discounting
    regime = t.valuation.loaded.library.regimes.get(t.scenario.basis.discounting.regime or "")
    told_regime = t.say(regime.name) + "." if regime else ""
    if discounting.investment == "undiscounted":
        told_regime += " " + t.words("investment_undiscounted")
    for line in catalogue("text", t.words.lang)["method"]:
        yield line.format(
            rate=t.numbers.percent(discounting.rate, 2),
            timing=t.words(f"timing.{discounting.timing}"),
            regime=told_regime,
            price_year=t.scenario.basis.price_year,
        ).strip()


def _fingerprint(t: Told, command: str) -> list[tuple[str, str]]:
    loaded, basis = t.valuation.loaded, t.scenario.basis
    parts = {"scenario": loaded.scenario.scenario, "variant": loaded.variant}
    parts |= {"version": package_version(), "inputs": loaded.inputs_sha256}
    parts |= {"draws": t.numbers.number(t.valuation.drawn.draws), "seed": str(basis.seed)}
    parts |= {"sampling": t.words(f"sampling.{basis.sampling}"), "command": command}
    return [(t.words(f"fingerprint.{name}"), value) for name, value in parts.items() if value]
