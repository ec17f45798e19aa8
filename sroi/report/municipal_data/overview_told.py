"""What the terminal shows of a downloaded table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rich.text import Text

from sroi.inputs.municipal_data.municipalities import ended, until
from sroi.inputs.municipal_data.overview import Overview, first, other_terms
from sroi.inputs.municipal_data.periods import Status
from sroi.inputs.municipal_data.rounding import PER_THOUSAND
from sroi.report.tables.tables import Table
from sroi.report.terminal.terminal import console, safe, show_fields, show_table
from sroi.report.words.numbers import Numbers
from sroi.report.words.problem_text import text
from sroi.report.words.words import Words

LEVELS = ("NL", "LD", "PV", "CR", "GM", "WK", "BU", "GG")
MOST_MEASURES = 40


@dataclass(frozen=True)
class OverviewTold:
    """What is in a table, in one language."""

    found: Overview
    words: Words
    numbers: Numbers

    def fields(self) -> list[tuple[str, str]]:
        """What it is, and of which areas and periods."""
        w, table = self.words, self.found.table
        told = [(w("data.layout"), w(f"data_layout.{table.layout}"))]
        if table.identifier or table.title:
            name = " ".join(filter(None, [table.identifier, table.title]))
            told += [(w("data.table"), f"{name} ({w('data.by_name')})" if table.named_by_file
                      else name)]  # fmt: skip
        told += [(w("data.areas"), self._areas()), (w("data.periods"), self._periods())]
        for column, values in zip(table.others, self.found.values, strict=True):
            said = first([table.said(column.key, value) for value in values])
            told += [(column.title, said)]
        return told

    def _areas(self) -> str:
        if not self.found.table.area:
            return self.words("data.no_areas")
        told = []
        for kind, count in self.found.levels().items():
            named = kind if kind in LEVELS else "other"
            name = self.words(f"area_level.{named}")
            told.append(f"{self.numbers.number(count)} × {name}")
        return ", ".join(told)

    def _periods(self) -> str:
        if not self.found.table.period:
            return self.words("data.no_periods")
        every = list(self.found.periods)
        shown = every if len(every) <= 8 else [*every[:3], "…", *every[-4:]]
        return ", ".join(one if one == "…" else self._period(one) for one in shown)

    def _period(self, written: str) -> str:
        status: Status = self.found.status(written)
        name = self.found.periods[written].text
        return f"{name} ({self.words(f'period_status.{status}')})" if status else name

    def table(self) -> Table:
        """Every measure with its unit, and how many of its cells are unknown."""
        w, n = self.words, self.numbers
        heads = [w("data.measure"), w("data.unit"), w("data.cells"), w("data.unknown"),
                 w("data.rounded")]  # fmt: skip
        rows = []
        for key, cells in list(self.found.measures.items())[:MOST_MEASURES]:
            column = self.found.table.measure(key)
            counted = [n.number(cells.all), n.number(cells.unknown)]
            rows.append([column.title, column.unit or "–", *counted, self._rounded(key)])
        return Table("data", heads, rows, frozenset({2, 3}))

    def _rounded(self, key: str) -> str:
        cells = self.found.measures[key]
        if cells.words == cells.all - cells.unknown:
            return self.words("data.is_words") if cells.words else "–"
        if step := self.found.step(key):
            return self.words("data.to", step=self.numbers.plain(step))
        if self.found.few(key):
            return self.words("data.few")
        unit = self.found.table.measure(key).unit.strip()
        return self.words("data.to", step="1") if PER_THOUSAND.search(unit) else "–"

    def notes(self) -> Iterator[str]:
        """What to beware of."""
        w, found = self.words, self.found
        if any(cells.unknown for cells in found.measures.values()):
            yield w("data.note_unknown")
        doubtful = [key for key, cells in found.measures.items() if cells.ambiguous]
        if doubtful:
            titles = first([found.table.measure(key).title for key in doubtful])
            number = found.measures[doubtful[0]].ambiguous
            yield w("data.note_ambiguous", measures=titles, number=number)
        if any(found.step(key) == 5 for key in found.measures):
            yield w("data.note_fives")
        if {one.kind for one in found.periods.values()} & {"half", "quarter", "month"}:
            yield w("data.note_parts")
        if found.totals:
            yield w("data.note_totals", count=found.totals)
        gone = found.ended()
        if gone:
            names = first([f"{area.name} ({ended()[area.code].day.year})" for area in gone])
            yield w(
                "data.note_ended", count=len(gone), names=names, until=self.numbers.date(until())
            )
        if namesakes := found.namesakes():
            count, name = len(namesakes), next(iter(namesakes))
            yield w("data.note_namesakes", count=count, name=name)
        if len(found.measures) > MOST_MEASURES:
            yield w("data.note_more", count=len(found.measures) - MOST_MEASURES)


def show_all(every: list[Overview], lang: str) -> None:
    """Each of them; and where two are one table that changed its terms."""
    for found in every:
        show(found, lang)
    for number, one in enumerate(every):
        for other in every[number + 1 :]:
            if names := other_terms(one, other):
                facts = {"first": names[0], "second": names[1], "file": other.table.file}
                console().print(Text(safe(Words(lang)("data.note_terms", **facts))))


def show(found: Overview, lang: str) -> None:
    """All of it, one below the other."""
    out, told = console(), OverviewTold(found, Words(lang), Numbers(lang))
    show_fields(found.table.file, told.fields())
    show_table(out, told.table())
    for note in told.notes():
        out.print(Text(safe(f"- {note}")))
    for problem in found.table.problems:
        out.print(Text("\n" + safe(text(problem, lang))))
    out.print()
