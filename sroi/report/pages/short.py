"""The report for a council: at most eight pages, with the numbers of chapters of the whole report.

Rows and words are cut where there are many, and it is said how many more the whole report has, so
that the length does not follow from how much a scenario holds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sroi.report.figures.part import Part
from sroi.report.pages.sections import SECTIONS
from sroi.report.tables.looked_at import by_whom
from sroi.report.tables.tables import Table
from sroi.report.told.bibliography import Entry, Piece
from sroi.report.told.told import Told
from sroi.report.words.lines import short as cut

MOST_ROWS, MOST_LETTERS, MOST_LINES = 8, 110, 5
SHOWN = (
    "by_payer", "enabling_conditions", "sensitivity", "effects", "budget", "without_euros",
    "limitations",
)  # fmt: skip


@dataclass(frozen=True)
class Short:
    """What stands after page 1: of what it is the short form, the chapters that are shown, and the
    sources that these name first."""

    about: list[str]
    chapters: list[tuple[str, Part]]
    sources: list[Entry]
    more_sources: list[str]


def short_form(t: Told, filled: Mapping[str, Any]) -> Short:
    """The short form of a report, made of what stands in the whole one."""
    parts = {
        "by_payer": _payers(t, filled),
        "enabling_conditions": _conditions(t, filled),
        "sensitivity": _sensitivity(t, filled),
        "effects": _effects(t, filled),
        "budget": _budget(filled),
        "without_euros": _without_euros(t, filled),
        "limitations": _limitations(t, filled),
    }
    chapters = [(key, parts[key]) for key in SHOWN]
    ordered = sorted(filled["sources"], key=lambda one: one.label not in str(chapters))
    shown = sorted(ordered[:MOST_ROWS], key=lambda one: one.number)
    more = _more(t, len(ordered) - len(shown))
    return Short(_about(t, filled), chapters, list(map(_source, shown)), list(more))


def _source(entry: Entry) -> Entry:
    """On a line or two; how it was read and which places were used stands in the whole report."""
    long = len(entry.text) > 2 * MOST_LETTERS
    pieces = (Piece(cut(entry.text, 2 * MOST_LETTERS)),) if long else entry.pieces
    return replace(entry, pieces=pieces, note="", places=())


def _about(t: Told, filled: Mapping[str, Any]) -> list[str]:
    """The whole report as the source, what of it is left out, and how to make it."""
    left = [one for key, one in filled["sections"].items() if key in SECTIONS and key not in SHOWN]
    titles = [f"{one.number} {one.title}" for one in left if one.key != "summary"]
    file, _ = filled["attached"][0]
    variant = t.valuation.loaded.variant
    command = f"sroi report {file}" + (f" --variant {variant}" if variant else "")
    title = cut(t.say(t.scenario.title), MOST_LETTERS)
    return [
        t.words("short.about", title=title, count=len(SECTIONS)),
        t.words("short.left_out", chapters="; ".join(titles)),
        t.words("short.how", file=file, command=command, inputs=t.valuation.loaded.inputs_sha256),
    ]


def _payers(t: Told, filled: Mapping[str, Any]) -> Part:
    charts = [one for one in (filled["charts"]["payers"], filled["care"].cascade) if one]
    table, more = _first_rows(t, filled["tables"]["by_payer"])
    before = f"{t.words('intro.by_payer')} {filled['notes']['transfer']}".strip()
    return Part("", [before], charts, [table], more)


def _conditions(t: Told, filled: Mapping[str, Any]) -> Part:
    own = _lines(t, [t.say(one) for one in t.scenario.conditions])
    found: Part | None = filled["care"].conditions
    if found is None:
        return Part("", [t.words("intro.conditions"), *own] if own else [])
    table, more = _first_rows(t, found.tables[0])
    also = [t.words("care.also"), *own] if own else []
    return Part("", found.sentences, [], [table], [*more, *found.after, *also])


def _sensitivity(t: Told, filled: Mapping[str, Any]) -> Part:
    found: Part | None = filled["sensitivity"]
    if found is None:
        return Part("", [t.words("page.no_swings")])
    return Part("", found.sentences[:2], found.charts[:1])


def _effects(t: Told, filled: Mapping[str, Any]) -> Part:
    """What is assumed of every outcome and on what evidence, how the prices are known, and who
    looked at them."""
    tables: list[Table] = []
    after: list[str] = []
    if filled["tables"]["effects"].rows:
        table, after = _first_rows(t, filled["tables"]["effects"])
        tables.append(table)
    if filled["rests_on"]:
        after = [*after, filled["rests_on"]]
    after += filter(None, [filled["layer"], by_whom(t, MOST_LINES)])
    ladders = [t.words("intro.effects_of_ladder")] if filled["care"].ladders else []
    return Part("", [t.words("intro.effects")] if tables else [], [], tables, [*ladders, *after])


def _budget(filled: Mapping[str, Any]) -> Part:
    """The money of whoever invests most, real and nominal."""
    real: Part | None = filled["care"].budget
    if real is None:
        return Part("")
    current: Part | None = filled["nominal"]
    if current is None or not current.tables:
        return replace(real, after=[*real.after, *(current.sentences if current else [])])
    tables = [real.tables[0], current.tables[0]]
    return Part("", [*real.sentences, *current.sentences], [], tables, real.after)


def _without_euros(t: Told, filled: Mapping[str, Any]) -> Part:
    table, more = _first_rows(t, filled["tables"]["without_euros"])
    worse = _lines(t, filled["worse"])
    after = [*more, *([t.words("intro.worse"), *worse] if worse else [])]
    if not table.rows:
        return Part("", [t.words("intro.none_without_euros")], [], [], after)
    return Part("", [t.words("intro.without_euros")], [], [table], after)


def _limitations(t: Told, filled: Mapping[str, Any]) -> Part:
    own = _lines(t, [t.say(one) for one in t.scenario.limitations])
    fixed = [f"– {line}" for line in filled["fixed_limitations"]]
    return Part("", [t.words("intro.limitations"), *own, *fixed])


def _first_rows(t: Told, table: Table) -> tuple[Table, list[str]]:
    """A table with its first rows and no long cells, and how many more there are."""
    rows = [[_cell(cell) for cell in row] for row in table.rows[:MOST_ROWS]]
    return replace(table, rows=rows), list(_more(t, len(table.rows) - MOST_ROWS))


def _cell(text: str) -> str:
    """What fits stays as it is: an amount keeps its space that never breaks."""
    return text if len(text) <= MOST_LETTERS else cut(text, MOST_LETTERS)


def _lines(t: Told, texts: list[str]) -> list[str]:
    """The first of some texts, each on a line or two, and how many more there are."""
    shown = [f"– {cut(text, 2 * MOST_LETTERS)}" for text in texts[:MOST_LINES]]
    return [*shown, *_more(t, len(texts) - MOST_LINES)]


def _more(t: Told, count: int) -> Iterator[str]:
    if count > 0:
        yield t.words("short.more", count=t.numbers.number(count))
