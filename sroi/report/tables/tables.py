"""The tables of the report, the terminal and the CSV files: one function each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from sroi.analysis.result.headline import Headline, headline
from sroi.inputs.quantity.named import ByYear
from sroi.inputs.scenario.assumptions import Assumption
from sroi.inputs.scenario.scenario import CORRECTIONS, Outcome
from sroi.inputs.scenario.uses import part_of
from sroi.inputs.text.nouns import Text
from sroi.model.flows.results import Estimate, Perspective
from sroi.model.lines.builder import in_year
from sroi.model.lines.lines import CLASSES
from sroi.report.told.told import Told
from sroi.report.words.year_blocks import year_blocks

Row = list[str]


@dataclass(frozen=True)
class Table:
    """Rows under heads. `figures` are the columns that are aligned as numbers, `whole` those whose
    cells never break; `groups` are (head, rows) that belong together under a line of their own."""

    key: str
    heads: Row
    rows: list[Row] = field(default_factory=list)
    figures: frozenset[int] = frozenset()
    foot: Row | None = None
    groups: list[tuple[str, list[Row]]] = field(default_factory=list)
    whole: frozenset[int] = frozenset()


def _table(told: Told, key: str, columns: str, rows: Iterable[Row], figures: Iterable[int],
           foot: Row | None = None) -> Table:  # fmt: skip
    heads = [told.words(f"head.{name}") for name in columns.split()]
    return Table(key, heads, list(rows), frozenset(figures), foot)


def _range(told: Told, estimate: Estimate) -> str:
    """The 5-95 % range rounded, or a dash where every draw is the same."""
    if estimate.p5 == estimate.p95:
        return "–"
    numbers = told.numbers.in_band(estimate.p5, estimate.p95)
    low, high = numbers.money(estimate.p5), numbers.money(estimate.p95)
    return f"{low} – {high}"


def activities(told: Told) -> Table:
    """What is done, and how much of it in each year."""
    basis = told.scenario.basis
    years = [basis.first_year + year for year in range(basis.years)]
    shown = years if len(years) <= 6 else [*years[:5], years[-1]]
    rows = []
    for activity in told.scenario.activities:
        volumes = [_volume(told, f"activities.{activity.id}.volume", year) for year in shown]
        rows.append([told.say(activity.what), told.unit_of(activity), *volumes])
    heads = [told.words("head.activity"), told.words("head.unit"), *map(str, shown)]
    return Table("activities", heads, rows, frozenset(range(2, len(heads))))


def _volume(told: Told, path: str, year: int) -> str:
    name = in_year(path, year, told.assumptions)
    quantity = told.assumptions[name].quantity
    centre = told.valuation.model.quantities.distributions[name].centre
    mark = "*" if quantity.uncertain else ""
    return told.numbers.number(centre) + mark


def investment(told: Told) -> Table:
    """What goes in, from whom, over all years and as present value."""
    drawn, numbers = told.valuation.drawn, told.numbers
    rows = []
    for line in told.scenario.investment:
        own = drawn.rows("investment", [line.id])
        estimate = drawn.estimate(drawn.present_values(own))
        form = told.words("in_kind" if line.in_kind else "in_money")
        total = numbers.money(float(drawn.by_year(own).sum()))
        spread = _range(told, estimate)
        present = numbers.money(estimate.mean)
        rows.append([told.say(line.what), told.payers(line.shares), form, total, present, spread])
    whole = drawn.estimate(drawn.investment())
    undiscounted = float(drawn.by_year(drawn.rows("investment")).sum())
    foot = [told.words("total"), "", "", numbers.money(undiscounted)]
    foot += [numbers.money(whole.mean)]
    foot += [_range(told, whole)]
    return _table(
        told, "investment", "input payer form amount present range", rows, (3, 4, 5), foot
    )


def outcomes(told: Told) -> Table:
    """Every outcome in euros: for whom, at which price, and what it comes to."""
    drawn, numbers = told.valuation.drawn, told.numbers
    rows = []
    for outcome in told.scenario.outcomes:
        if not outcome.in_euros:
            continue
        own = drawn.rows("outcomes", [outcome.id])
        estimate = drawn.estimate(drawn.present_values(own))
        proxy = told.proxy(outcome.proxy or "")
        rows.append(
            [
                told.say(outcome.what),
                told.stakeholder(outcome.stakeholder),
                told.say(proxy.name),
                numbers.money(drawn.stage("gross", own)),
                numbers.money(estimate.mean),
                _range(told, estimate),
            ]
        )
    rows += [_shifted(told, *line) for line in shifted(told)]
    whole = drawn.estimate(drawn.benefits())
    gross = numbers.money(drawn.stage("gross", drawn.rows("benefits")))
    spread = _range(told, whole)
    foot = [told.words("total"), "", "", gross, numbers.money(whole.mean), spread]
    columns = "outcome stakeholder proxy gross present range"
    return _table(told, "outcomes", columns, rows, (3, 4, 5), foot)


def shifted(told: Told) -> Iterator[tuple[str, str, Text, str]]:
    """Kind, id, text and stakeholder of every care ladder, direct shift and cohort."""
    for kind in ("care_ladder", "direct_shift", "cohorts"):
        for noun in getattr(told.scenario, kind):
            yield kind, noun.id, noun.what, noun.stakeholder


def _shifted(told: Told, kind: str, key: str, what: Text, stakeholder: str) -> Row:
    """All of a ladder, a direct shift or a cohort in one row."""
    drawn, money = told.valuation.drawn, told.numbers.money
    own = drawn.rows(kind, [key])
    estimate = drawn.estimate(drawn.present_values(own))
    amounts = [money(drawn.stage("gross", own)), money(estimate.mean), _range(told, estimate)]
    whose = told.stakeholder(stakeholder)
    return [told.say(what), whose, told.words(f"shifted.{kind}"), *amounts]


def corrections(told: Told) -> Table:
    """The corrections of every outcome."""
    rows = []
    for outcome in told.scenario.outcomes:
        if not outcome.in_euros:
            continue
        causal = outcome.effect_basis == "causal"
        names = [f"outcomes.{outcome.id}.{name}" for name in (*CORRECTIONS, "drop_off")]
        told_names = [told.quantity(name) if name in told.assumptions else "–" for name in names]
        if causal:
            told_names[:3] = [told.words("causal_short")] * 3
        lasts = f"outcomes.{outcome.id}.lasts"
        years = told.quantity(lasts) if lasts in told.assumptions else "1"
        rows.append([told.say(outcome.what), *told_names, years])
    columns = "outcome deadweight displacement attribution_to_others drop_off lasts"
    return _table(told, "corrections", columns, rows, ())


def by_year(told: Told) -> Table:
    """Benefits and investment of every year, undiscounted, and what remains of it today."""
    model, drawn, numbers = told.valuation.model, told.valuation.drawn, told.numbers
    benefits = drawn.by_year(drawn.rows("benefits"))
    costs = drawn.by_year(drawn.rows("investment"))
    gained_now, spent_now = (
        drawn.present_by_year(drawn.rows(kind)) for kind in ("benefits", "investment")
    )
    present = gained_now - spent_now
    rows = []
    for name, years in year_blocks(model.first_year, model.years):
        gained, spent = benefits[years].sum(), costs[years].sum()
        so_far = benefits[: years.stop].sum() - costs[: years.stop].sum()
        amounts = [gained, spent, gained - spent, so_far, present[years].sum()]
        rows.append([name, *map(numbers.money, amounts)])
    totals = [benefits.sum(), costs.sum(), benefits.sum() - costs.sum()]
    foot = [told.words("total"), *map(numbers.money, totals), ""]
    foot.append(numbers.money(float(present.sum())))
    columns = "year benefits investment balance cumulative present"
    return _table(told, "by_year", columns, rows, range(1, 6), foot)


def by_stakeholder(told: Told) -> Table:
    """What comes to whom, as present value."""
    drawn, numbers = told.valuation.drawn, told.numbers
    rows = []
    for name in dict.fromkeys(whose for _, whose, _ in told.valuation.model.flows if whose):
        estimate = drawn.estimate(drawn.present_values(drawn.rows_for(name)))
        spread = _range(told, estimate)
        rows.append([told.stakeholder(name), numbers.money(estimate.mean), spread])
    whole = numbers.money(float(drawn.benefits().mean()))
    foot = [told.words("total"), whole, ""]
    return _table(told, "by_stakeholder", "stakeholder benefits range", rows, (1, 2), foot)


def by_payer(told: Told) -> Table:
    """Who pays and who gains: present values, by how certain the money is."""
    payers = told.valuation.payers_by_balance()
    rows = [[told.payer(name), *_money(told, frozenset({name}))] for name in payers]
    foot = [told.words("total"), *_money(told, None)]
    columns = "payer hard soft pm investment balance range chance"
    return _table(told, "by_payer", columns, rows, range(1, 8), foot)


def _money(told: Told, payers: frozenset[str] | None) -> Row:
    drawn, numbers = told.valuation.drawn, told.numbers
    classes = [
        float(drawn.benefits(Perspective(payers, frozenset({name}))).mean()) for name in CLASSES
    ]
    invested = float(drawn.investment(Perspective(payers)).mean())
    balance = drawn.balance(Perspective(payers))
    estimate = drawn.estimate(balance)
    amounts = [*classes, -invested, estimate.mean]
    spread = _range(told, estimate)
    chance = numbers.counted(float((balance > 0).mean()))
    return [*map(numbers.money, amounts), spread, chance]


def perspectives(told: Told) -> Table:
    """The same flows seen by society, by the public purse and in cash."""
    drawn, numbers = told.valuation.drawn, told.numbers
    rows = []
    for name, whose in list(told.valuation.perspectives())[:3]:
        balance = drawn.balance(whose)
        estimate = drawn.estimate(balance)
        spread = _range(told, estimate)
        amounts = [float(drawn.benefits(whose).mean()), float(drawn.investment(whose).mean())]
        rows.append(
            [
                told.words(f"perspective.{name}"),
                *map(numbers.money, [*amounts, estimate.mean]),
                spread,
                numbers.counted(float((balance > 0).mean())),
            ]
        )
    columns = "perspective benefits investment balance range chance"
    return _table(told, "perspectives", columns, rows, range(1, 6))


def ranges(told: Told) -> Table:
    """Percentiles of the result."""
    drawn, numbers = told.valuation.drawn, told.numbers
    rows = []
    for name, amounts in (
        ("benefits", drawn.benefits()),
        ("investment", drawn.investment()),
        ("net_present_value", drawn.balance()),
    ):
        estimate = drawn.estimate(amounts)
        values = [estimate.mean, estimate.p5, estimate.p50, estimate.p95]
        money = numbers.in_band(estimate.p5, estimate.p95).money
        rows.append([told.words(f"head.{name}"), *map(money, values)])
    ratio = drawn.ratio()
    if ratio:
        cells = map(told.ratio, (ratio.mean, ratio.p5, ratio.p50, ratio.p95))
        rows.append([told.words("head.sroi_ratio"), *cells])
    return _table(told, "ranges", "result expected p5 p50 p95", rows, range(1, 5))


def variants(told: Told, others: Mapping[str, Headline]) -> Table:
    """The result in every named variant, rounded as that of the scenario itself."""
    rows = [_variant(told, told.words("base_variant"), headline(told.valuation.drawn))]
    rows += [_variant(told, name, answer) for name, answer in others.items()]
    columns = "variant net_present_value range sroi_ratio chance"
    return _table(told, "variants", columns, rows, range(1, 5))


def _variant(told: Told, name: str, answer: Headline) -> Row:
    numbers, estimate, ratio = told.numbers, answer.net_present_value, answer.ratio
    shown = told.ratio(ratio.mean) if ratio else "–"
    money = told.banded.money
    ends = [money(estimate.p5), money(estimate.p95)]
    spread = "–" if estimate.p5 == estimate.p95 else " – ".join(ends)
    chance = numbers.counted(answer.chance)
    return [name, money(estimate.mean), spread, shown, chance]


def assumptions(told: Told) -> Table:
    """Every assumption with its range, its reason, its source and its evidence."""
    grouped: dict[str, list[Row]] = {}
    shared_first = sorted(told.assumptions.items(), key=lambda one: _place_in_the_list(one[0]))
    for path, assumption in shared_first:
        kind, key = path.split(".")[:2]
        if kind != "proxies" and not in_a_matrix(path, assumption):
            name, field_name = told.line_and_field(path)
            rows = grouped.setdefault(f"{name} ({kind}.{key})", [])
            named = f"{field_name}\n{path.removeprefix(f'{kind}.{key}.')}"
            _add(rows, [named, told.quantity(path), *_reason(told, path, assumption)])
    heads = [told.words(f"head.{name}") for name in ("assumption", "value", "because", "evidence")]
    return Table("assumptions", heads, groups=list(grouped.items()))


def in_a_matrix(path: str, assumption: Assumption) -> bool:
    """Whether it is a certain number of a care ladder that the matrix of its rates shows."""
    kind, *steps = path.split(".")
    certain = not assumption.quantity.uncertain and not assumption.quantity.because
    by_year = steps[-1] == "growth" or steps[-1].isdecimal()
    return kind == "care_ladder" and steps[1] in ("moves", "inflow") and certain and not by_year


def _place_in_the_list(path: str) -> bool:
    """The scenario's `quantities` come before what follows from them."""
    return not path.startswith("quantities.")


def _reason(told: Told, path: str, assumption: Assumption) -> Row:
    quantity = assumption.quantity
    parts = [told.say(quantity.because)]
    if quantity.source:
        parts.append(told.words("source_is", source=told.cited(quantity.source)))
    if not any(parts) and not assumption.origin and not isinstance(quantity, ByYear):
        parts = [told.words("no_reason")]
    parts += [_shared(told, path, assumption)]
    return [" ".join(filter(None, parts)), str(quantity.evidence) if quantity.evidence else "–"]


def _shared(told: Told, path: str, assumption: Assumption) -> str:
    """Where a number is used, and whether the years of a list are drawn together."""
    if isinstance(assumption.quantity, ByYear):
        return told.words("years.together")
    if path.startswith("quantities.") and not part_of(path):
        return told.used_in(path)
    own_year = assumption.year is not None and assumption.place[-1] == assumption.year
    if own_year and assumption.quantity.uncertain and not assumption.drawn_with:
        return told.words("years.apart")
    return ""


def _add(rows: list[Row], row: Row) -> None:
    """Add a row; years that say the same stand in one row: `volume 2027–2030`.

    The first cell is a name and, on a line of its own, the key; the year ends both.
    """
    told, _, key = row[0].partition("\n")
    name, _, year = told.rpartition(" ")
    before, _, last = (rows[-1][0].partition("\n")[0] if rows else "").rpartition(" ")
    if year.isdecimal() and before == name and rows[-1][1:] == row[1:]:
        span = f"{last.split('–')[0]}–{year}"
        rows[-1] = [f"{name} {span}\n{key.rpartition('.')[0]}.{span}", *row[1:]]
    else:
        rows.append(row)


def without_euros(told: Told) -> Table:
    """Outcomes that have no price, with the reason."""
    rows = [
        [told.say(o.what), told.stakeholder(o.stakeholder), _count(told, o.id), _why(told, o)]
        for o in told.scenario.outcomes
        if not o.in_euros
    ]
    return _table(told, "without_euros", "outcome stakeholder rate because", rows, ())


def _why(told: Told, outcome: Outcome) -> str:
    """The reason that an outcome has no price, with its source."""
    reason = told.say(outcome.because)
    if outcome.source:
        reason = f"{reason} {told.words('source_is', source=told.cited(outcome.source))}"
    return reason


def _count(told: Told, key: str) -> str:
    outcome = told.outcome(key)
    unit = told.unit_of(told.activities[outcome.of])
    return told.words("rate_of", rate=told.quantity(f"outcomes.{key}.rate"), unit=unit)
