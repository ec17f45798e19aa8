"""Every total, payer and line with the key by which `sroi explain` takes it back to its inputs."""

from __future__ import annotations

from sroi.analysis.care.cohorts import comparisons
from sroi.analysis.result.key import BALANCE, Key, amount, key_of, spoken
from sroi.analysis.result.purses import budget, largest_payer
from sroi.model.flows.results import Results, purse
from sroi.report.explained import arms, over_time
from sroi.report.explained.accounts import Book
from sroi.report.explained.over_time import BEYOND, PAYBACK
from sroi.report.tables.tables import Row, Table
from sroi.report.told.keys import key_words
from sroi.report.told.told import Told


def tracing(t: Told) -> Table:
    """Key, what it is, the amount expected over the draws, and that with every middle value.

    The first amount is that of the report; the second is what `sroi explain` writes out.
    """
    heads = [t.words(f"head.{name}") for name in ("key", "result", "expected", "middle")]
    rows = [*_totals(t), *_payers(t), *_budget(t), *_beyond(t), *_lines(t), *_cohorts(t)]
    return Table("tracing", heads, rows, frozenset({2, 3}))


def _both(t: Told) -> tuple[Results, Results]:
    return t.valuation.drawn, t.valuation.central


def _totals(t: Told) -> list[Row]:
    w, money = t.words, t.numbers.money
    rows = []
    for key, of in (
        ("benefits", Results.benefits),
        ("investment", Results.investment),
        ("net_present_value", Results.balance),
    ):
        rows.append([key, w(f"head.{key}"), *(money(float(of(r).mean())) for r in _both(t))])
    ratios = [_ratio(t, results) for results in _both(t)]
    return [*rows, ["sroi_ratio", w("head.sroi_ratio"), *ratios]]


def _ratio(t: Told, results: Results) -> str:
    ratio = results.ratio()
    if ratio is None:
        return "–"
    return t.ratio(ratio.mean)


def _payers(t: Told) -> list[Row]:
    rows = []
    for payer in t.valuation.model.payers:
        amounts = [t.numbers.money(float(r.balance(purse(payer)).mean())) for r in _both(t)]
        rows.append([payer, t.words("tracing.balance", payer=t.payer(payer)), *amounts])
    return rows


def _budget(t: Told) -> list[Row]:
    """The cascade of whoever invests most, and when that is earned back."""
    payer, model = largest_payer(t.valuation.drawn), t.valuation.model
    if not payer:
        return []
    last = f"@..{model.first_year + model.years - 1}"
    keys = [f"benefits{last}", f"benefits:{payer}{last}", f"benefits:{payer}:hard{last}"]
    rows = [_money(t, key) for key in [*keys, f"{payer}:hard{last}"]]
    paid = [budget(results, payer).payback for results in _both(t)]
    years = ["–" if n is None else str(model.first_year + n - 1) for n in paid]
    return [
        *rows,
        [f"{PAYBACK}:{payer}", f"{t.words('explain.payback')} ({t.payer(payer)})", *years],
    ]


def _money(t: Told, written: str) -> Row:
    """An amount of the grammar of keys."""
    key = key_of(spoken(written), t.valuation.model) or Key(BALANCE)
    named = t.words(f"explain.{key.what}")
    amounts = [t.numbers.money(amount(results, key)[0]) for results in _both(t)]
    return [written, f"{named} ({', '.join(key_words(t, key))})", *amounts]


def _beyond(t: Told) -> list[Row]:
    """What comes after the years that count, where there is any."""
    amounts = [over_time.beyond(results)[0] for results in _both(t)]
    shown = [t.numbers.money(one) for one in amounts]
    return [[BEYOND, t.words("explain.beyond_horizon"), *shown]] if any(amounts) else []


def _cohorts(t: Told) -> list[Row]:
    """The arms of the cohorts, and what a unit of an effect costs."""
    book, rows = Book(t), []
    central = comparisons(t.valuation.model)
    for place, noun in enumerate(t.scenario.cohorts):
        both = (t.valuation.cohorts[place], central[place])
        for part in (part for part in arms.parts(book) if part.cohort == noun.id):
            known = [not part.price or found.cost_per(part.item) for found in both]
            cells = [
                arms.printed(book, part, arms.value_of(found, noun, part)) if told else "–"
                for found, told in zip(both, known, strict=True)
            ]
            rows.append([part.key, arms.title(book, part), *cells])
    return rows


def _lines(t: Told) -> list[Row]:
    rows = []
    for line in dict.fromkeys(t.valuation.drawn.lines):
        kind, _, key = line.partition(".")
        found = [(r, r.rows(kind, [key])) for r in _both(t)]
        amounts = [t.numbers.money(float(r.present_values(own).mean())) for r, own in found]
        rows.append([line, t.line(line), *amounts])
    return rows
