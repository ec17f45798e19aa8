"""The tables of the case around the numbers: for whom, by whom, measured and followed how."""

from __future__ import annotations

from sroi.inputs.scenario.scenario import Investment, Outcome
from sroi.model.evidence.disclosure import SMALLEST
from sroi.report.tables.tables import Row, Table
from sroi.report.told import small_cells
from sroi.report.told.subjects import measure
from sroi.report.told.told import Told

YEARS_SHOWN = 5


def _table(t: Told, key: str, columns: str, rows: list[Row], figures: tuple[int, ...]) -> Table:
    return Table(
        key, [t.words(f"head.{name}") for name in columns.split()], rows, frozenset(figures)
    )


def _counts(t: Told, counts: list[float]) -> Row:
    cells = zip(counts, small_cells.told(counts), strict=True)
    return [t.words(how, most=SMALLEST) if how else t.numbers.number(c) for c, how in cells]


def target_groups(t: Told) -> Table:
    """How many people there are in a group, how many are reached, and where that is from."""
    rows = []
    for group in t.scenario.target_groups:
        share = t.numbers.percent(group.reached / group.people) if group.people else "–"
        reason = " ".join(filter(None, [t.say(group.because), t.cited(group.source)]))
        counts = _counts(t, [group.people]) + _counts(t, [group.reached])
        rows.append([t.say(group.what), *counts, share, reason or t.words("no_reason")])
    return _table(t, "target_groups", "group people reached share because", rows, (1, 2, 3))


def areas(t: Told) -> Table:
    """Where the people live who are reached; fewer than five are not printed."""
    rows = []
    for group in t.scenario.target_groups:
        counts = _counts(t, [area.reached for area in group.areas])
        names = [t.say(area.name) for area in group.areas]
        rows += [[t.say(group.what), *row] for row in zip(names, counts, strict=True)]
    return _table(t, "areas", "group area reached", rows, (2,))


def logic(t: Told) -> Table:
    """Which activity should lead to which change, for whom, and on what evidence."""
    rows = []
    for outcome in t.scenario.outcomes:
        grade = outcome.rate.evidence
        worth = t.words("yes" if outcome.in_euros else "no")
        names = [t.say(t.activities[outcome.of].what), t.say(outcome.what)]
        rows.append([*names, t.stakeholder(outcome.stakeholder), worth, str(grade or "–")])
    return _table(t, "logic", "activity outcome stakeholder in_euros evidence", rows, ())


def staffing(t: Told) -> Table:
    """The hours and rates behind the amounts, and how they are taxed and raised."""
    lines = [x for x in t.scenario.investment if x.staffing or x.vat or x.indexation]
    rows = [[t.say(line.what), *_staffed(t, line)] for line in lines]
    columns = "input fte hours hourly_rate overhead a_year vat indexation"
    return _table(t, "staffing", columns, rows, (1, 2, 3, 4, 5))


def _staffed(t: Told, line: Investment) -> Row:
    n, found = t.numbers, line.staffing
    vat = t.words(f"vat.{line.vat}") if line.vat else "–"
    tail = [vat, t.say(line.indexation) or "–"]
    if found is None:
        return ["–"] * 5 + tail
    figures = [n.plain(found.fte), n.number(found.hours), n.euro(found.hourly_rate, 2)]
    return [*figures, n.percent(found.overhead), n.euro(found.per_year), *tail]


def effects(t: Told) -> Table:
    """Of every outcome the effect that is assumed, what it is held against, and its evidence."""
    rows = []
    for outcome in t.scenario.outcomes:
        effect = [t.quantity(f"outcomes.{outcome.id}.rate"), measure(t, outcome)]
        grade = str(outcome.rate.evidence or "–")
        known = t.words("measured.yes" if outcome.measured else "measured.no")
        basis = t.words(f"effect_basis.{outcome.effect_basis}")
        rows.append([t.say(outcome.what), ", ".join(filter(None, effect)), basis, known, grade])
    return _table(t, "effects", "outcome effect effect_basis measured evidence", rows, ())


def measured(t: Told) -> Table:
    """What was measured: with what, in how many people, how many improved, against whom."""
    found = [outcome for outcome in t.scenario.outcomes if outcome.measured]
    rows = [[t.say(outcome.what), *_measurement(t, outcome)] for outcome in found]
    columns = "outcome instrument invited response improved same worse comparison corrected"
    return _table(t, "measured", columns, rows, (2, 3, 4, 5, 6))


def _measurement(t: Told, outcome: Outcome) -> Row:
    one = outcome.measured
    assert one is not None
    response = "–" if one.response is None else t.numbers.percent(one.response)
    counts = _counts(t, [one.improved, one.same, one.worse])
    invited = _counts(t, [one.invited])
    said = [t.words(f"comparison.{one.comparison}"), t.say(one.corrected) or t.words("measured.no")]
    return [t.say(one.instrument), *invited, response, *counts, *said]


def worse(t: Told) -> list[str]:
    """Outcomes in euros that are expected to be a loss, with the amount."""
    drawn, sentences = t.valuation.drawn, []
    for outcome in t.scenario.outcomes:
        if outcome.in_euros:
            amount = float(drawn.present_values(drawn.rows("outcomes", [outcome.id])).mean())
            if amount < 0:
                sentences.append(f"{t.say(outcome.what)}: {t.numbers.money(amount)}")
    return sentences


def budget_lines(t: Told, payer: str) -> Table:
    """The payer's lines of investment in money: task field, one-off or structural, and by year."""
    model, drawn, n = t.valuation.model, t.valuation.drawn, t.numbers
    shown = min(model.years, YEARS_SHOWN)
    heads = [t.words(f"head.{name}") for name in ("input", "task_field", "incidental")]
    heads += [str(model.first_year + year) for year in range(shown)]
    last = model.first_year + model.years - 1
    heads += [t.words("head.all_years", first=model.first_year, last=last)]
    rows = []
    for line in t.scenario.investment:
        share = line.shares.get(payer, 0.0)
        if share and not line.in_kind:
            amounts = drawn.by_year(drawn.rows("investment", [line.id])) * share
            kind = t.words("incidental" if line.incidental else "structural")
            told = [n.money(float(amount)) for amount in [*amounts[:shown], amounts.sum()]]
            rows.append([t.say(line.what), t.say(line.task_field) or "–", kind, *told])
    return Table("budget_lines", heads, rows, frozenset(range(3, 4 + shown)))


def monitoring(t: Told) -> Table:
    """What is counted and told, when and by whom, and at what point the plan goes on or stops."""
    rows = [
        [t.say(one.what), t.words(f"monitor.{one.kind}"), t.say(one.when), t.say(one.who) or "–",
         t.say(one.go) or "–", t.say(one.stop) or "–"]
        for one in t.scenario.monitoring
    ]  # fmt: skip
    return _table(t, "monitoring", "followed kind when who_follows go stop", rows, ())


def checks(t: Told) -> Table:
    """Who looked at what, and when."""
    rows = [[t.say(one.by), t.numbers.date(one.on), t.say(one.what)] for one in t.scenario.checks]
    return _table(t, "checks", "checked_by checked_on checked_what", rows, ())
