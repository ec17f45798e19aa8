"""Page 1: the answer in three numbers, who pays most, and what could change the conclusion."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sroi.analysis.result.purses import largest_payer
from sroi.analysis.result.question import question
from sroi.analysis.sensitivity.one_at_a_time import Swing, swings
from sroi.analysis.valuation.checks import worst
from sroi.model.flows.results import purse
from sroi.report.pages.sensitivity import check_name
from sroi.report.told.told import Told
from sroi.report.words.lines import LONGEST, short


@dataclass(frozen=True)
class Card:
    """One of the three numbers on page 1."""

    label: str
    figure: str
    spread: str
    note: str


def cards(t: Told) -> list[Card]:
    """The three numbers, rounded to the size of the scenario, each with its range."""
    w, n, drawn = t.words, t.numbers, t.valuation.drawn
    balance = drawn.balance()
    npv = drawn.estimate(balance)
    exact = not t.valuation.model.quantities.uncertain
    spread = w("page.range", low=t.banded.money(npv.p5), high=t.banded.money(npv.p95))
    chance = n.counted(float((balance > 0).mean()))
    draws = w("page.chance_note", draws=n.number(drawn.draws))
    return [
        Card(w("page.npv_label"), t.banded.money(npv.mean), w("page.exact") if exact else spread,
             w("page.npv_note")),
        _ratio_card(t),
        Card(w("page.chance_label"), chance, "", w("page.exact") if exact else draws),
    ]  # fmt: skip


def _ratio_card(t: Told) -> Card:
    w, n, drawn = t.words, t.numbers, t.valuation.drawn
    label, ratio = w("page.ratio_label", unit=n.euro(1)), drawn.ratio()
    if ratio is None:
        free = drawn.without_ratio == "investment"
        why = w("page.no_ratio_free") if free else w("page.no_ratio_negative")
        return Card(label, w("page.no_ratio"), "", why)
    low, high = t.ratio(ratio.p5), t.ratio(ratio.p95)
    exact = not t.valuation.model.quantities.uncertain
    spread = w("page.exact") if exact else w("page.range", low=low, high=high)
    return Card(label, t.ratio(ratio.mean), spread, w("page.ratio_note"))


def frame(t: Told) -> str:
    """The years, prices and discount rate under which the three numbers hold."""
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


def payer_line(t: Told) -> str:
    """Of whoever pays most: what goes in, what comes back, and how much of it is hard."""
    drawn, n = t.valuation.drawn, t.numbers
    payer = largest_payer(drawn)
    if not payer:
        return ""
    invested = float(drawn.investment(purse(payer)).mean())
    benefits = float(drawn.benefits(purse(payer)).mean())
    hard = float(drawn.benefits(purse(payer, "hard")).mean())
    return t.words(
        "page.payer_line",
        payer=t.payer(payer),
        invested=n.money(invested),
        benefits=n.money(benefits),
        hard=n.money(hard),
        other=n.money(benefits - hard),
        balance=n.money(benefits - invested),
    )


def changes(t: Told, most: int = 3) -> Iterator[str]:
    """The assumptions that move the balance most, whether they turn the outcome around, and which
    of the fixed checks hurts most."""
    for swing in swings(question(t.valuation.model))[:most]:
        yield _swing(t, swing)
    if (hardest := worst(t.valuation.checks)) is not None:
        shown = t.banded.money(hardest.net_present_value)
        yield t.words("page.worst_check", check=check_name(t, hardest), balance=shown)


def _swing(t: Told, swing: Swing) -> str:
    told_swing = t.words(
        "page.swing",
        subject=_subject(t, swing.path),
        low=t.rough(swing.path, swing.low),
        high=t.rough(swing.path, swing.high),
        at_low=t.banded.money(swing.at_low),
        at_high=t.banded.money(swing.at_high),
    )
    flips = swing.at_low * swing.at_high < 0
    return f"{told_swing} {t.words('page.swing_flip')}" if flips else told_swing


def _subject(t: Told, path: str) -> str:
    """What a path is about; where that is long, less of the line and all of the field."""
    line, field = t.line_and_field(path)
    return f"{short(line, max(20, LONGEST - len(field)))}: {field}"


def residents(t: Told, most: int = 3) -> Iterator[str]:
    """What changes for people: the outcomes that weigh most, and first one without a price."""
    drawn = t.valuation.drawn
    priced = [outcome for outcome in t.scenario.outcomes if outcome.in_euros]
    worth = {
        o.id: abs(float(drawn.present_values(drawn.rows("outcomes", [o.id])).mean()))
        for o in priced
    }
    unpriced = [outcome for outcome in t.scenario.outcomes if not outcome.in_euros]
    chosen = [*unpriced[:1], *sorted(priced, key=lambda o: -worth[o.id])]
    for outcome in chosen[:most]:
        key = "page.resident" if outcome.in_euros else "page.resident_without_euros"
        whose, what = t.stakeholder(outcome.stakeholder), t.say(outcome.what)
        yield t.words(key, whose=short(whose, LONGEST), what=short(what, LONGEST))
