"""The report as one HTML page that carries everything in it: text, tables, charts and fonts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import numpy as np

from sroi.analysis.result.headline import Headline
from sroi.analysis.result.purses import largest_payer
from sroi.analysis.valuation.tender import refusals
from sroi.analysis.valuation.valuation import Valuation
from sroi.model.flows.results import payback_years
from sroi.report.charts.easel import Easel
from sroi.report.charts.look import HOUSE
from sroi.report.figures import chart_tables
from sroi.report.figures.drawing import Drawing
from sroi.report.figures.figures import figures
from sroi.report.files.attached import attached, file_of, takes_layer
from sroi.report.html.frame import environment, fonts, template_text
from sroi.report.html.script import script
from sroi.report.pages import experience as experience_page
from sroi.report.pages import nominal as nominal_page
from sroi.report.pages import sensitivity as sensitivity_page
from sroi.report.pages import summary
from sroi.report.pages import theory_of_change as theory_page
from sroi.report.pages import what_if as what_if_panel
from sroi.report.pages.care import care_pages
from sroi.report.pages.sections import sections
from sroi.report.pages.tracing import tracing
from sroi.report.tables import case as case_tables
from sroi.report.tables import looked_at as looked_at_tables
from sroi.report.tables import prices as price_tables
from sroi.report.tables import tables
from sroi.report.tables import weight as weight_tables
from sroi.report.told.told import Told, told
from sroi.report.words.glossary import used_in
from sroi.report.words.glyphs import missing
from sroi.report.words.lines import LONGEST, short
from sroi.report.words.problem_text import sentence
from sroi.report.words.words import catalogue
from sroi.version import build


def contents(
    valuation: Valuation,
    lang: str,
    variants: Mapping[str, Headline],
    command: str,
    easel: Easel | None = None,
    made_by: str = "",
) -> dict[str, Any]:
    """What stands in the report: made once, for print and for the web; variants are asked last.

    `made_by`: the build of sroi that it says it was made by; this one, unless it is made again.
    """
    t = told(valuation, lang, easel)
    filled: dict[str, Any] = {
        "t": t,
        "w": t.words,
        "n": t.numbers,
        "scenario": t.scenario,
        "css": template_text("report.css"),
        "look": HOUSE,
        "sections": sections(t),
        "summary_only": False,
        "short": None,
        "glossary": list,
        **_answers(t),
        **_front(t),
        **_account(t, command, made_by or build()),
        "tables": _tables(t, variants),
    }
    filled["chart_tables"] = chart_tables.parts(_drawings(filled))
    filled["residents"] = [*filled["care"].residents, *summary.residents(t)][:3]
    # a summary and the short form have no glossary, and do not ask
    used = cache(lambda: used_in(rendered(filled, for_print=True), lang))
    return filled | {"glossary": used}


def _drawings(filled: dict[str, Any]) -> Iterator[Drawing | None]:
    """Every chart of the report, about in the order of its sections."""
    care, charts = filled["care"], filled["charts"]
    yield from (drawing for ladder in care.ladders for drawing in ladder.charts)
    yield from (charts[name] for name in ("waterfall", "years", "distribution", "payers"))
    yield care.cascade
    for part in (filled["sensitivity"], filled["information"], *filled["without_price"]):
        yield from part.charts if part else []


def _front(t: Told) -> dict[str, Any]:
    """What stands on page 1, and above every page."""
    return {
        "running": _running(t),
        "cards": summary.cards(t),
        "frame": summary.frame(t),
        "payer_line": summary.payer_line(t),
        "swings": list(summary.changes(t)),
    }


def _answers(t: Told) -> dict[str, Any]:
    """The questions that the report asks of the model, answered in charts and parts."""
    return {
        "charts": figures(t),
        "care": care_pages(t),
        "nominal": nominal_page.nominal_budget(t),
        "worse": case_tables.worse(t),
        "theories": theory_page.theories(t),
        "canvas": theory_page.canvas(t),
        "experience": experience_page.experience(t),
        "elements": experience_page.elements(t),
        "sensitivity": sensitivity_page.sensitivity(t),
        "checks": sensitivity_page.checks(t),
        "highest_price": sensitivity_page.prices(t),
        "information": sensitivity_page.information(t),
        "without_price": sensitivity_page.without_price(t),
        "reference": sensitivity_page.reference(t),
        "notes": _notes(t),
    }


def _account(t: Told, command: str, made_by: str) -> dict[str, Any]:
    """What the reader needs to check and repeat the report."""
    lang, loaded = t.words.lang, t.valuation.loaded
    return {
        "refusals": [sentence(problem, lang) for problem in refusals(loaded)],
        "method": list(_method(t)),
        "fixed_limitations": catalogue("text", lang)["limitation"]["fixed"],
        "findings": [sentence(problem, lang) for problem in loaded.problems],
        "sources": t.bibliography,
        "series": price_tables.series(t),
        "layer": looked_at_tables.layer(t),
        "rests_on": weight_tables.sentence(t),
        "fingerprint": _fingerprint(t, command, made_by),
        "attached": attached(file_of(loaded), takes_layer(loaded), t.words),
        "no_glyph": _no_glyph(t),
    }


def _running(t: Told) -> str:
    """The head of every page; it says so when the report is not fit for a tender yet."""
    key = "page.running_concept" if refusals(t.valuation.loaded) else "page.running"
    return t.words(key, title=short(t.say(t.scenario.title), LONGEST))


def rendered(filled: dict[str, Any], for_print: bool) -> str:
    """The page: for the web it carries its fonts; for print it names them, and `pdf` knows them."""
    template = environment().get_template("report.html")
    part_of_it = filled["summary_only"] or filled["short"]
    panel = None if for_print or part_of_it else what_if_panel.panel(filled["t"])
    own = {"web": not for_print, "web_css": template_text("web.css"), "script": script()}
    return template.render(**filled, **own, what_if=panel, fonts=fonts(for_print))


def _tables(t: Told, others: Mapping[str, Headline]) -> dict[str, tables.Table]:
    simple = (
        tables.activities, tables.investment, tables.outcomes, tables.corrections, tables.by_year,
        tables.by_stakeholder, tables.by_payer, tables.perspectives, tables.ranges,
        tables.assumptions, price_tables.prices,
        looked_at_tables.looked_at, tables.without_euros,
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
    if ratio is None:
        _, error = drawn.mean_and_error(drawn.balance())
        told_error = n.euro(max(1.0, float(np.ceil(error))))
        return w("intro.range_no_ratio", draws=draws, error=told_error) + " " + t.enough()
    shown = t.ratio(ratio.mean)
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


def _no_glyph(t: Told) -> str:
    """Which characters of the scenario the font lacks, or nothing."""
    signs = missing(t.scenario.model_dump_json())
    return t.words("attached.no_glyph", signs=", ".join(signs)) if signs else ""


def _fingerprint(t: Told, command: str, made_by: str) -> list[tuple[str, str]]:
    loaded, basis = t.valuation.loaded, t.scenario.basis
    parts = {"scenario": loaded.scenario.scenario, "variant": loaded.variant}
    parts |= {"version": made_by, "inputs": loaded.inputs_sha256}
    parts |= {"draws": t.numbers.number(t.valuation.drawn.draws), "seed": str(basis.seed)}
    parts |= {"sampling": t.words(f"sampling.{basis.sampling}"), "command": command}
    return [(t.words(f"fingerprint.{name}"), value) for name, value in parts.items() if value]
