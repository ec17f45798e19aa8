"""The report as one HTML page that carries everything in it: text, tables, charts and fonts."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import jinja2
import numpy as np

from sroi import shipped
from sroi.analysis.one_at_a_time import Swing, swings
from sroi.analysis.valuation import Valuation
from sroi.model.results import Perspective, payback_years
from sroi.report import charts, tables
from sroi.report.glossary import glossary
from sroi.report.numbers import Numbers
from sroi.report.problem_text import sentence
from sroi.report.results_json import package_version
from sroi.report.told import Told
from sroi.report.words import Words, catalogue

FACES = {"Regular": ("400", "normal"), "Semibold": ("600", "normal"), "It": ("400", "italic")}


@dataclass(frozen=True)
class Card:
    """One of the three numbers on page 1."""

    label: str
    figure: str
    spread: str
    note: str


def told(valuation: Valuation, lang: str) -> Told:
    """A valuation with the words and numbers of a language."""
    currency = valuation.loaded.scenario.basis.currency
    return Told(valuation, Words(lang), Numbers(lang, currency))


def html(
    valuation: Valuation,
    lang: str,
    variants: dict[str, Valuation],
    command: str,
    for_print: bool = False,
) -> str:
    """The whole report. `command` is what repeats it.

    For the web the page carries its fonts; for print it names them, and `pdf` knows the names.
    """
    t = told(valuation, lang)
    others = {name: told(other, lang) for name, other in variants.items()}
    return environment().get_template("report.html").render(
        t=t,
        w=t.words,
        n=t.numbers,
        scenario=t.scenario,
        css=(shipped.folder("templates") / "report.css").read_text(encoding="utf-8"),
        fonts=_fonts(for_print),
        cards=_cards(t),
        frame=_frame(t),
        payer_line=_payer_line(t),
        swings=list(_swings(t)),
        charts=_charts(t),
        tables=_tables(t, others),
        notes=_notes(t),
        method=list(_method(t)),
        fixed_limitations=catalogue("text", lang)["limitation"]["fixed"],
        findings=[sentence(problem, lang) for problem in valuation.loaded.problems],
        glossary=glossary(lang),
        sources=list(tables.sources(t)),
        fingerprint=_fingerprint(t, command),
    )  # fmt: skip


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


def _fonts(for_print: bool) -> list[dict[str, str]]:
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


def _cards(t: Told) -> list[Card]:
    """The three numbers, rounded to thousands, each with its range."""
    w, n, drawn = t.words, t.numbers, t.valuation.drawn
    balance = drawn.balance()
    npv = drawn.estimate(balance)
    exact = not t.valuation.model.quantities.uncertain
    spread = w("page.range", low=n.thousands(npv.p5), high=n.thousands(npv.p95))
    chance = n.chance(float((balance > 0).mean()))
    draws = w("page.chance_note", draws=n.number(drawn.draws))
    return [
        Card(w("page.npv_label"), n.thousands(npv.mean), w("page.exact") if exact else spread,
             w("page.npv_note")),
        _ratio_card(t),
        Card(w("page.chance_label"), chance, "", "" if exact else draws),
    ]  # fmt: skip


def _ratio_card(t: Told) -> Card:
    w, n, drawn = t.words, t.numbers, t.valuation.drawn
    label, ratio = w("page.ratio_label"), drawn.ratio()
    if ratio is None:
        return Card(label, w("page.no_ratio"), "", w("page.no_ratio_free"))
    if ratio.mean <= 0:
        return Card(label, w("page.no_ratio"), "", w("page.no_ratio_negative"))
    low, high = n.ratio(ratio.p5), n.ratio(ratio.p95)
    exact = not t.valuation.model.quantities.uncertain
    spread = w("page.exact") if exact else w("page.range", low=low, high=high)
    figure = n.euro(float(n_round(ratio.mean, ratio.standard_error)), 2)
    return Card(label, figure, spread, w("page.ratio_note"))


def n_round(value: float, error: float) -> float:
    """Two decimals, or one where the numerical error does not support the second."""
    return round(value, 2 if error < 0.005 else 1)


def _frame(t: Told) -> str:
    model, basis = t.valuation.model, t.scenario.basis
    key = "page.frame_evaluation" if t.scenario.kind == "evaluation" else "page.frame"
    return t.words(
        key,
        first=model.first_year,
        last=model.first_year + model.years - 1,
        price_year=basis.price_year,
        rate=t.numbers.percent(model.discounting.rate, 2),
        timing=t.words(f"timing.{model.discounting.timing}"),
    )


def _payer_line(t: Told) -> str:
    """Of whoever pays most: what goes in, what comes back, and how much of it is hard."""
    drawn, n = t.valuation.drawn, t.numbers

    def invested(payer: str) -> float:
        return float(drawn.investment(Perspective(frozenset({payer}))).mean())

    payer = max(t.valuation.model.payers, key=invested, default="")
    if not payer or invested(payer) <= 0:
        return ""
    purse = frozenset({payer})
    benefits = float(drawn.benefits(Perspective(purse)).mean())
    hard = float(drawn.benefits(Perspective(purse, frozenset({"hard"}))).mean())
    return t.words(
        "page.payer_line",
        payer=t.payer(payer),
        invested=n.thousands(invested(payer)),
        benefits=n.thousands(benefits),
        hard=n.thousands(hard),
        balance=n.thousands(benefits - invested(payer)),
    )


def _swings(t: Told, most: int = 3) -> Iterator[str]:
    for swing in swings(t.valuation.model)[:most]:
        yield _swing(t, swing)


def _swing(t: Told, swing: Swing) -> str:
    told_swing = t.words(
        "page.swing",
        subject=t.subject(swing.path),
        low=t.rough(swing.path, swing.low),
        high=t.rough(swing.path, swing.high),
        at_low=t.numbers.thousands(swing.at_low),
        at_high=t.numbers.thousands(swing.at_high),
    )
    flips = swing.at_low * swing.at_high < 0
    return f"{told_swing} {t.words('page.swing_flip')}" if flips else told_swing


def _charts(t: Told) -> dict[str, Any]:
    return {
        "waterfall": _waterfall(t),
        "distribution": _distribution(t),
        "years": _years(t),
        "payers": _payers(t),
    }


def _waterfall(t: Told) -> dict[str, str]:
    drawn, w, n = t.valuation.drawn, t.words, t.numbers
    rows = drawn.rows("outcomes")
    stages = ("gross", "deadweight", "displacement", "attribution_to_others")
    left = [drawn.stage(name, rows) for name in stages]
    left += [float(drawn.by_year(rows).sum()), float(drawn.benefits().mean())]
    names = [*stages[1:], "drop_off", "discounting"]
    bars = [charts.Bar(w("chart.gross"), 0, left[0], total=True)]
    for name, before, after in zip(names, left, left[1:], strict=False):
        bars.append(charts.Bar(w(f"chart.{name}"), before, after))
    bars.append(charts.Bar(w("chart.net"), 0, left[-1], total=True))
    title = w("chart.waterfall", gross=n.thousands(left[0]), net=n.thousands(left[-1]))
    return {"title": title, "svg": charts.waterfall(bars, n, "waterfall", title)}


def _distribution(t: Told) -> dict[str, str]:
    drawn, w, n = t.valuation.drawn, t.words, t.numbers
    balance = drawn.balance()
    if not t.valuation.model.quantities.uncertain:
        return {}
    npv = drawn.estimate(balance)
    marks = [(npv.p5, f"P5: {n.thousands(npv.p5)}")]
    marks += [(npv.mean, f"{w('chart.expected')}: {n.thousands(npv.mean)}")]
    marks += [(npv.p95, f"P95: {n.thousands(npv.p95)}")]
    title = w("chart.distribution", chance=n.chance(float((balance > 0).mean())))
    axis = w("chart.npv_axis", sign=charts.sign(n))
    svg = charts.distribution(balance, marks, n, "distribution", title, axis)
    return {"title": title, "svg": svg}


def _years(t: Told) -> dict[str, str]:
    model, drawn, w, n = t.valuation.model, t.valuation.drawn, t.words, t.numbers
    labels = [str(model.first_year + year) for year in range(model.years)]
    benefits = drawn.by_year(drawn.rows("outcomes")).tolist()
    costs = drawn.by_year(drawn.rows("investment")).tolist()
    legend = (w("chart.benefits"), w("chart.investment"))
    axis, title = w("chart.amount_axis", sign=charts.sign(n)), w("chart.years")
    svg = charts.years(labels, benefits, costs, n, "years", title, legend, axis)
    return {"title": title, "svg": svg}


def _payers(t: Told) -> dict[str, str]:
    drawn, w, n = t.valuation.drawn, t.words, t.numbers

    def mean(purse: Perspective, side: Callable[[Perspective], Any]) -> float:
        return float(side(purse).mean())

    payers = sorted(
        t.valuation.model.payers,
        key=lambda p: -abs(mean(Perspective(frozenset({p})), drawn.balance)),
    )
    parts = [
        [mean(Perspective(frozenset({p}), frozenset({c})), drawn.benefits) for c in ("hard", "soft", "pm")]
        for p in payers
    ]
    costs = [mean(Perspective(frozenset({p})), drawn.investment) for p in payers]
    legend = [w(f"cash.{name}") for name in ("hard", "soft", "pm")] + [w("chart.investment")]
    title = w("chart.payers")
    names = [t.payer(p) for p in payers]
    svg = charts.payers(names, parts, costs, n, "payers", title, legend)
    return {"title": title, "svg": svg}


def _tables(t: Told, others: dict[str, Told]) -> dict[str, tables.Table]:
    simple = (
        tables.activities, tables.investment, tables.outcomes, tables.corrections, tables.by_year,
        tables.by_stakeholder, tables.by_payer, tables.perspectives, tables.ranges,
        tables.assumptions, tables.prices, tables.without_euros,
    )  # fmt: skip
    made = {make.__name__: make(t) for make in simple}
    made["variants"] = tables.variants(t, others)
    return made


def _notes(t: Told) -> dict[str, str]:
    """The sentences between the tables that hold numbers."""
    w, n, drawn, model = t.words, t.numbers, t.valuation.drawn, t.valuation.model
    benefits, costs = (drawn.by_year(drawn.rows(kind)) for kind in ("outcomes", "investment"))
    years = payback_years(benefits, costs)
    beyond = drawn.stage("beyond_horizon", drawn.rows("outcomes"))
    last = model.first_year + model.years - 1
    proxies = [t.proxy(o.proxy) for o in t.scenario.outcomes if o.in_euros and o.proxy]
    return {
        "first": str(model.first_year),
        "payback": w("intro.no_payback") if years is None else w("intro.payback", years=n.number(years, 1)),
        "beyond": w("intro.beyond", last=last, amount=n.thousands(beyond)) if abs(beyond) >= 500 else "",
        "transfer": w("intro.transfer") if any(proxy.transfer for proxy in proxies) else "",
        "range": _range_note(t),
    }  # fmt: skip


def _range_note(t: Told) -> str:
    w, n, drawn = t.words, t.numbers, t.valuation.drawn
    ratio, draws = drawn.ratio(), n.number(drawn.draws)
    if ratio is None or ratio.mean <= 0:
        _, error = drawn.mean_and_error(drawn.balance())
        return w("intro.range_no_ratio", draws=draws, error=n.euro(max(1.0, float(np.ceil(error)))))
    shown = n.ratio(ratio.mean, ratio.standard_error)
    return w("intro.range", draws=draws, ratio=shown, error=n.plain(max(0.0001, ratio.standard_error)))


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
