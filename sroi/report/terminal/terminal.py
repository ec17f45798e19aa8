"""What the terminal shows: tables in the width that there is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from textwrap import wrap

from rich import box
from rich.console import Console
from rich.table import Table as RichTable
from rich.text import Text

from sroi.analysis.care.preventive_shift import preventive_shifts
from sroi.analysis.care.securing import secured
from sroi.analysis.result.purses import budget, largest_payer
from sroi.model.flows.results import SOCIETY, purse
from sroi.report.figures.part import Part
from sroi.report.tables import care as care_tables
from sroi.report.tables import tables
from sroi.report.tables.tables import Table
from sroi.report.told.told import Told

WIDTH_IN_A_PIPE = 110
HEAD_LINES = (2, 3, 99)  # tried one after the other: a column of figures with its head on so many
TEXT = 28  # characters that a column of texts has before heads take more than their least
WHO = 1  # the column of the conditions that says who must do what, in a sentence


def console() -> Console:
    """A console that never reads markup in text, and has a fixed width in a pipe."""
    out = Console(highlight=False, markup=False, emoji=False, soft_wrap=False)
    if not out.is_terminal:
        out.width = WIDTH_IN_A_PIPE
    return out


def show_results(told: Told, file: str) -> None:
    """The results of a run."""
    out, w = console(), told.words
    scenario, model = told.scenario, told.valuation.model
    kind = w(f"kind.{scenario.kind}")
    out.print(Text(safe(w("terminal.title", title=told.say(scenario.title), kind=kind)), "bold"))
    frame = w(
        "terminal.frame",
        first=model.first_year,
        last=model.first_year + model.years - 1,
        price_year=scenario.basis.price_year,
        rate=told.numbers.percent(model.discounting.rate, 2),
        timing=w(f"timing.{model.discounting.timing}"),
    )
    out.print(frame)
    if undiscounted(told):
        out.print(w("investment_undiscounted_years"))
    out.print(w("terminal.amounts", unit=told.numbers.in_units) + "\n")
    told = replace(told, numbers=replace(told.numbers, terse=True))
    for make in (tables.ranges, tables.by_payer, tables.perspectives, tables.outcomes):
        show_table(out, make(told))
    for head, table in _of_care(told):
        out.print(Text(safe(head), "bold"))
        show_table(out, table)
    if model.quantities.uncertain:
        out.print(_accuracy(told))
    problems = told.valuation.loaded.problems
    if problems:
        out.print(safe(w("terminal.warnings", count=len(problems), file=file)))


def undiscounted(told: Told) -> bool:
    """Whether investment of a later year counts as if it were of the first."""
    valuation = told.valuation
    spent = valuation.drawn.by_year(valuation.drawn.rows("investment"))
    later = valuation.model.discounting.rate > 0 and bool(spent[1:].any())
    return later and valuation.model.discounting.investment == "undiscounted"


def _of_care(told: Told) -> Iterator[tuple[str, Table]]:
    """Every ladder, the budget of whoever invests most, the conditions and every cohort."""
    scenario, model, drawn = told.scenario, told.valuation.model, told.valuation.drawn
    payer = largest_payer(drawn)
    shifts = preventive_shifts(model, scenario.basis)
    for ladder, shift in zip(scenario.care_ladder, shifts, strict=True):
        yield told.say(ladder.what), care_tables.tiers(told, shift)
    if payer and (model.ladders or model.shifts):
        head = told.words("terminal.budget", payer=told.payer(payer), unit=told.numbers.in_units)
        yield head, care_tables.budget(told, budget(drawn, payer))
    whose = (SOCIETY, purse(payer, "hard")) if payer else (SOCIETY,)
    found = secured(model, scenario, whose)
    if found:
        table = care_tables.conditions(told, found, payer)
        yield told.words("terminal.conditions"), _without(WHO, table)
    for cohort, comparison in zip(scenario.cohorts, told.valuation.cohorts, strict=True):
        yield told.say(cohort.what), care_tables.cohort(told, cohort, comparison)
        for effect in cohort.effects if cohort.arms else []:
            head = told.words("care.frontier", effect=told.say(effect.what))
            yield head, care_tables.frontier(told, cohort, effect, comparison)


def _without(column: int, table: Table) -> Table:
    """A table without one of its columns: a terminal is narrower than a page."""

    def rest(row: list[str]) -> list[str]:
        return row[:column] + row[column + 1 :]

    figures = frozenset(number - (number > column) for number in table.figures - {column})
    rows = [rest(row) for row in table.rows]
    return replace(table, heads=rest(table.heads), rows=rows, figures=figures)


def _accuracy(told: Told) -> str:
    drawn, w, n = told.valuation.drawn, told.words, told.numbers
    _, error = drawn.mean_and_error(drawn.balance())
    shown = n.euro(max(error, 0.01), 0 if error >= 10 else 2)
    facts = {"npv": shown, "draws": n.number(drawn.draws)}
    ratio = drawn.ratio()
    if ratio is None:
        return f"{w('terminal.accuracy_npv', **facts)}. {told.enough()}"
    ratio_error = n.number(max(ratio.standard_error, 0.00001), 5)
    return f"{w('terminal.accuracy', ratio=ratio_error, **facts)}. {told.enough()}"


def show_part(out: Console, part: Part) -> None:
    """A part of a report: what it says, its tables, and what it says after these."""
    for sentence in (part.head, *part.sentences):
        if sentence:
            out.print(Text(safe(sentence)))
    for table in part.tables:
        show_table(out, table)
    for sentence in part.after:
        out.print(Text(safe(sentence)))


def show_table(out: Console, table: Table) -> None:
    """One table, with its total set apart; wider than the terminal before anything is cut off."""
    drawn = RichTable(box=box.SIMPLE_HEAD, pad_edge=False, show_footer=table.foot is not None)
    widths = _widths(table, out.width)
    for number, head in enumerate(table.heads):
        whole = number in table.figures | table.whole
        drawn.add_column(
            Text(head),
            Text(table.foot[number] if table.foot else ""),
            justify="right" if number in table.figures else "left",
            width=widths[number] if whole else None,
            min_width=widths[number],
            overflow="fold",
        )
    for row in table.rows:
        drawn.add_row(*(Text(safe(cell)) for cell in row))
    for head, group in table.groups:
        drawn.add_section()
        drawn.add_row(Text(head, "bold"))
        for row in group:
            drawn.add_row(*(Text(safe(cell)) for cell in row))
    least = sum(widths) + 3 * len(widths)
    drawn.width = least if least > out.width else None
    # one less: rich counts the space at the right edge of a table that it has to narrow too late
    out.print(drawn, crop=False, width=max(least, out.width - 1))


def _widths(table: Table, room: int) -> list[int]:
    """What each column needs: heads on two lines, or on more where there is no room for that."""
    for lines in HEAD_LINES:
        widths = [_width(table, number, lines) for number in range(len(table.heads))]
        if sum(widths) + 3 * len(widths) < room:
            break
    return widths


def _width(table: Table, number: int, lines: int) -> int:
    """Of a column: figures stand whole on one line, texts are broken between words."""
    head, foot = table.heads[number], table.foot[number] if table.foot else ""
    rows = table.rows + [row for _, group in table.groups for row in group]
    cells = [foot, *(row[number] for row in rows)]
    if number not in table.figures | table.whole:
        words = max(len(word) for text in (head, *cells) for word in text.split())
        wanted = TEXT if lines < HEAD_LINES[-1] else 0
        return max(min(words, 20), min(wanted, max(map(len, cells))))
    least = max(1, *map(len, (*head.split(), *cells)))
    return next(w for w in count(least) if len(wrap(head, w, break_on_hyphens=False)) <= lines)


def show_fields(title: str, fields: list[tuple[str, str]]) -> None:
    """Names and values, one beneath the other."""
    out = console()
    out.print(Text(safe(title), "bold"))
    drawn = RichTable.grid(padding=(0, 2, 0, 0))
    drawn.add_column(no_wrap=True)
    drawn.add_column(overflow="fold")
    for name, value in fields:
        drawn.add_row(Text(safe(name), "dim"), Text(safe(value)))
    out.print(drawn)


def safe(text: str) -> str:
    """Text of a file without anything that a terminal would obey."""
    return "".join(char if char.isprintable() or char in "\n\u00a0" else "\ufffd" for char in text)
