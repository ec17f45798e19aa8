"""The report of a portfolio as one HTML page, on the frame of the report of a scenario."""

from __future__ import annotations

from functools import cache
from typing import Any

from sroi.analysis.portfolio.order import FIRST
from sroi.report.charts.look import HOUSE
from sroi.report.figures.part import Part
from sroi.report.html.frame import environment, fonts, template_text
from sroi.report.pages.sections import Section
from sroi.report.portfolio import funding_told, portfolio_summary, rests_on, sureness
from sroi.report.portfolio import portfolio_figures as figures
from sroi.report.portfolio import portfolio_tables as tables
from sroi.report.portfolio.portfolio_told import PortfolioTold
from sroi.report.words.glossary import used_in
from sroi.report.words.lines import LONGEST, short
from sroi.version import build

SECTIONS = (
    "summary", "programmes", "range", "rows", "funding", "by_payer", "by_year", "sensitivity",
    "rests_on", "limitations", "fingerprint",
)  # fmt: skip
APPENDICES = ("all_rows", "glossary")
LISTED_FIRST, LISTED_LAST = 80, 20  # rows in the table, where not all of them fit
BESIDE_FIRST, BESIDE_LAST = 12, 3  # rows in the table beside the chart
SURE = 0.9


def contents(told: PortfolioTold, command: str, made_by: str = "") -> dict[str, Any]:
    """What stands in the report: made once, for print and for the web.

    `made_by`: the build of sroi that it says it was made by; this one, unless it is made again.
    """
    w, title = told.words, told.valued.loaded.portfolio.title.in_(told.words.lang)
    concept = rests_on.concept(told)
    filled: dict[str, Any] = {
        "w": w,
        "title": title,
        "running": w(f"page.running{'_concept' if concept else ''}", title=short(title, LONGEST)),
        "css": template_text("report.css"),
        "look": HOUSE,
        "sections": _sections(told),
        "summary_only": False,
        "concept": concept,
        "sources": [],
        "glossary": list,
        **_front(told),
        **_answers(told),
        **_account(told, command, made_by or build()),
        "attached": [],
    }
    used = cache(lambda: used_in(rendered(filled, for_print=True), w.lang))
    return filled | {"glossary": used}


def rendered(filled: dict[str, Any], for_print: bool) -> str:
    """The page: for the web it carries its fonts; for print it names them, and `pdf` knows them."""
    template = environment().get_template("portfolio.html")
    own = {"web": not for_print, "web_css": template_text("web.css"), "script": None}
    return template.render(**filled, **own, fonts=fonts(for_print))


def _front(told: PortfolioTold) -> dict[str, Any]:
    """What stands on page 1."""
    first_title, first = portfolio_summary.first(told)
    return {
        "size": portfolio_summary.size(told),
        "cards": portfolio_summary.cards(told),
        "frame": portfolio_summary.frame(told),
        "payer_line": portfolio_summary.payer_line(told),
        "first_title": first_title,
        "first": first,
        "changes": list(portfolio_summary.changes(told)),
        "front_programmes": portfolio_summary.programmes(told),
    }


def _answers(told: PortfolioTold) -> dict[str, Any]:
    """The parts of the sections, in their order."""
    funded = told.funding
    drivers = tables.drivers(told)
    w = told.words
    return {
        "programmes": _programmes(told),
        "range": [sureness.sureness(told), sureness.shared(told)],
        "rows": _rows(told),
        "funding": [
            part
            for make in (
                funding_told.funding_part, funding_told.order_part, funding_told.beside_part
            )
            if funded is not None and (part := make(told, funded)) is not None
        ],
        "by_payer": _payers(told),
        "by_year": _years(told),
        "sensitivity": Part("", [w("portfolio_report.drivers")], [], [drivers])
        if drivers.rows
        else Part("", [w("portfolio_report.no_drivers")]),
        "all_rows": _all_rows(told),
    }  # fmt: skip


def _account(told: PortfolioTold, command: str, made_by: str) -> dict[str, Any]:
    """What the reader needs to check and repeat the report."""
    return {
        "rests_on": [rests_on.rests_on(told), sureness.columns(told)],
        "findings": rests_on.findings(told),
        "limitations": rests_on.limitations(told),
        "fingerprint": rests_on.again(told, command, made_by),
    }


def _programmes(told: PortfolioTold) -> Part:
    w, chart = told.words, figures.programmes(told)
    facts = {"first": tables.first_year(told), "last": tables.last_year(told)}
    intro = w("portfolio_report.programmes", price_year=tables.price_year(told), **facts)
    after = [w("portfolio_report.no_sum")] if chart else []
    charts = [chart] if chart else []
    return Part("", [intro, told.in_tables], charts, [tables.programmes(told.terse)], after)


def _rows(told: PortfolioTold) -> Part:
    """The rows in their order: the chart, and how sure the first places are."""
    w, n, rows = told.words, told.numbers, told.valued.rows
    if len(rows) == 1:
        return Part("", [w("portfolio_report.one_row")], [], [tables.rows(told.of_rows)])
    sentences = [f"{w('portfolio_report.rows')} {told.of_rows.in_tables}", _above(told)]
    if len(rows) > FIRST:
        sure = sum(place.among_first > SURE for place in told.places)
        key = "rows_sure" if sure else "rows_unsure"
        sentences.append(w(f"portfolio_report.{key}", count=n.number(sure)))
    places = tables.first_and_last(len(rows), BESIDE_FIRST, BESIDE_LAST)
    after = []
    if len(places) < len(rows):
        left_out = n.number(len(rows) - len(places))
        after = [w("portfolio_report.rows_beside", count=left_out)]
    return Part(
        "",
        sentences,
        [figures.rows(told.of_rows)],
        [tables.rows_at(told.of_rows.terse, places)],
        after,
    )


def _above(told: PortfolioTold) -> str:
    """How many rows are expected to gain, what they come to, and the others."""
    means = [row.answer.balance.mean for row in told.valued.rows]
    gains = [mean for mean in means if mean > 0]
    n = told.numbers
    facts = {"count": n.number(len(gains)), "of": n.number(len(means))}
    facts |= {"gain": n.money(sum(gains)), "loss": n.money(sum(means) - sum(gains))}
    key = "rows_all" if len(gains) == len(means) else "rows_some" if gains else "rows_none"
    return told.words(f"portfolio_report.{key}", **facts)


def _payers(told: PortfolioTold) -> Part:
    """Who pays and who gains, and what of it is hard cash, as far as that is known."""
    w, chart = told.words, figures.payers(told)
    found = [tables.payers(told.terse)]
    if len(told.valued.programmes) > 1:
        found.append(tables.payers_by_programme(told.terse))
    known = all(one.hard is not None for one in told.valued.total.payers)
    key = "portfolio_report.hard_known" if known else "portfolio_report.hard_unknown"
    sentences = [w("portfolio_report.by_payer"), f"{w(key)} {told.in_tables}"]
    return Part("", sentences, [chart] if chart else [], found)


def _years(told: PortfolioTold) -> Part:
    """By year; and who pays what in each, where more than one does."""
    intro = told.words("portfolio_report.by_year", price_year=tables.price_year(told))
    found = [tables.years(told.terse)]
    paid = tables.paid_by_year(told.terse)
    return Part("", [intro, told.in_tables], [figures.years(told)], [*found, *paid])


def _all_rows(told: PortfolioTold) -> Part:
    """Every row with its amounts; of very many the first and the last."""
    count, w = len(told.valued.rows), told.words
    places = tables.first_and_last(count, LISTED_FIRST, LISTED_LAST)
    sentences = [f"{w('portfolio_report.all_rows')} {told.of_rows.in_tables}"]
    if len(places) < count:
        facts = {"first": LISTED_FIRST, "last": LISTED_LAST}
        said = told.numbers.number(count)
        sentences.append(w("portfolio_report.rows_cut", count=said, **facts))
    return Part("", sentences, [], [tables.rows_at(told.of_rows.terse, places, whole=True)])


def _sections(told: PortfolioTold) -> dict[str, Section]:
    """All sections, in the order of the report; a section has the same number in every report."""
    numbered = [(key, str(place)) for place, key in enumerate(SECTIONS, 1)]
    numbered += [(key, letter) for key, letter in zip(APPENDICES, "AB", strict=True)]
    return {key: _section(told, key, number) for key, number in numbered}


def _section(told: PortfolioTold, key: str, number: str) -> Section:
    w, own = told.words, f"portfolio_section.{key}"
    title = w(own) if w.has(own) else w(f"section.{key}")
    nothing = key == "funding" and told.funding is None
    return Section(key, number, title, (), w("portfolio_report.no_budget") if nothing else "")
