"""A number out of a table told: what it is, what it may be, and as it goes into a scenario."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.text import Text

from sroi.inputs.files.number_edit import PublishedNumber
from sroi.inputs.municipal_data.municipalities import codes_of, name_of, until
from sroi.inputs.municipal_data.taken import Taken
from sroi.inputs.text.numerals import AMBIGUOUS
from sroi.report.municipal_data.data_json import SCHEMA, period_as_data
from sroi.report.terminal.terminal import console, safe
from sroi.report.words.numbers import Numbers
from sroi.report.words.words import LANGUAGES, Words

OF_STATISTICS_NETHERLANDS = re.compile(r"\d{5}(NED|ENG)")
PAGE = "https://www.cbs.nl/nl-nl/cijfers/detail/"
BUREAU = "Centraal Bureau voor de Statistiek"
LONGEST_PLACE = 200
WITH_UNITS = ("open-data-3", "open-data-4")  # each measure has one, in a file beside the numbers


@dataclass(frozen=True)
class TakenTold:
    """A number in one language. `day`: on which the table was read."""

    taken: Taken
    words: Words
    numbers: Numbers
    day: datetime.date

    @property
    def table(self) -> str:
        """The table it is from, as well as that is known."""
        return _table(self.taken)

    def what(self) -> str:
        """What it counts, where and when."""
        one = self.taken
        told = [one.measure.title, one.area.told, self._when(one)]
        told += [f"{column}: {value}" for column, value in one.where]
        return "; ".join(filter(None, told))

    def _when(self, one: Taken) -> str:
        text = one.when.period.text
        status = self.words(f"period_status.{one.status}") if one.status else ""
        own = self.words("data.by_user") if one.when.said_by_user else ""
        within = ", ".join(filter(None, [status, own]))
        return f"{text} ({within})" if within else text

    def size(self, value: float) -> str:
        """A number as it is read: a share in percents."""
        return (f"{self.numbers.plain(value * 100)}%" if self.taken.share
                else self.numbers.plain(value))  # fmt: skip

    def band(self) -> str:
        """The number, and between what it lies."""
        size = self.taken.band
        if size.exact:
            return self.size(size.best)
        facts = {"low": self.size(size.low), "high": self.size(size.high)}
        return f"{self.size(size.best)} ({self.words('data.between', **facts)})"

    def because(self) -> str:
        """The reason, as it stands in a scenario."""
        head = self.words("data.from_table", table=self.table)
        told = [f"{head} {self.what()}.", *self.remarks()]
        told += [self.words("data.read_on", day=self.numbers.date(self.day))]
        return " ".join(told).replace("\u00a0", " ")

    def remarks(self) -> Iterator[str]:
        """What belongs to the number."""
        one, w, n = self.taken, self.words, self.numbers
        namesakes = [] if one.area.code else codes_of(one.area.name)
        if len(namesakes) > 1:
            names = n.list([f"{name_of(code)} ({code})" for code in namesakes])
            yield w("data.namesakes", area=one.area.name, names=names)
        if one.found.table.layout in WITH_UNITS and not one.measure.unit:
            yield w("data.no_unit")
        if one.added:
            yield w("data.added", parts=n.list(list(one.added)))
        elif one.grown:
            names = n.list([f"{gone.name} ({gone.day.year})" for gone in one.grown])
            yield w("data.grown", area=name_of(one.area.code), names=names)
        if one.of:
            of = TakenTold(one.of, w, n, self.day)
            yield w("data.share_of", count=one.written, of=of.what(), table=of.table)
        if not one.band.exact:
            yield self._rounding()
        elif one.found.few(one.measure.key):
            yield w("data.too_few")
        status = one.status or (one.of.status if one.of else "")
        if status in ("provisional", "nearly-final"):
            yield w("data.may_change", status=w(f"period_status.{status}"))

    def _rounding(self) -> str:
        facts = {"low": self.size(self.taken.band.low), "high": self.size(self.taken.band.high)}
        step = self.taken.step or 1
        return self.words("data.rounding", written=self.taken.written,
                          step=self.numbers.plain(step), **facts)  # fmt: skip

    def after_the_list(self) -> str:
        """That the list of mergers says nothing of so late a period; nothing where it does."""
        begins = self.taken.when.period.begins
        late = begins is not None and begins > until() and self.taken.area.level == "GM"
        return self.words("data.after_list", until=self.numbers.date(until())) if late else ""


def _table(one: Taken) -> str:
    """Identifier and title of its table; else the name of the file."""
    table = one.found.table
    return " ".join(filter(None, [table.identifier, table.title])) or Path(table.file).name


def telling(one: Taken, lang: str, day: datetime.date) -> TakenTold:
    """A number in a language."""
    return TakenTold(one, Words(lang), Numbers(lang), day)


def in_scenario(one: Taken, day: datetime.date) -> PublishedNumber:
    """What goes into a scenario, in both languages."""
    told = {lang: telling(one, lang, day) for lang in LANGUAGES}
    mark = {lang: told[lang].words("data.from_table", table="").rstrip(": ") for lang in LANGUAGES}
    size, exact = one.band, one.band.exact
    lines = ", ".join(str(line) for line in one.lines[:6])
    place = f"{one.area.told}; {one.when.period.text}; {one.measure.title}; regel {lines}"
    return PublishedNumber(
        written(size.best, one.share), {lang: told[lang].because() for lang in LANGUAGES},
        source_of(one, day), place.translate(str.maketrans("[]", "()"))[:LONGEST_PLACE],
        mark, "" if exact else written(size.low, one.share),
        "" if exact else written(size.high, one.share),
    )  # fmt: skip


def written(value: float, share: bool) -> str:
    """As a scenario writes it: a share in percents, and nothing that could be read in two ways."""
    text = f"{value * 100 if share else value:.10f}".rstrip("0").rstrip(".")
    return (f"{text}0" if AMBIGUOUS.fullmatch(text) else text) + ("%" if share else "")


def source_of(one: Taken, day: datetime.date) -> dict[str, Any]:
    """The table as a source: title, who publishes it, and when it was read."""
    told = {lang: telling(one, lang, day) for lang in LANGUAGES}
    table = one.found.table
    known = OF_STATISTICS_NETHERLANDS.fullmatch(table.identifier) is not None
    name = table.identifier or table.title or Path(table.file).stem
    slug = re.sub("[^a-z0-9]+", "-", f"{'cbs ' if known else 'tabel '}{name}".lower()).strip("-")
    source: dict[str, Any] = {
        "id": f"{slug[:52].strip('-')}-{day.isoformat()}", "type": "dataset", "title": _table(one),
    }  # fmt: skip
    if known:
        source |= {"publisher": BUREAU, "URL": f"{PAGE}{table.identifier}"}
    facts = {"file": Path(table.file).name[:120]}
    note = [each.words("data.source_note", day=each.numbers.date(day), **facts).replace(
        "\u00a0", " ") for each in told.values()]  # fmt: skip
    return source | {"note": " ".join(note)}


def show(one: Taken, lang: str, day: datetime.date) -> None:
    """The number, what it is of, and what belongs to it."""
    out, told = console(), telling(one, lang, day)
    out.print(Text(safe(told.band()), "bold"))
    out.print(Text(safe(f"{told.table}: {told.what()}")))
    for sentence in filter(None, [*told.remarks(), told.after_the_list()]):
        out.print(Text(safe(f"- {sentence}")))


def as_data(one: Taken) -> dict[str, Any]:
    """The number for a program: sizes in people, euros or as a share; lines of the file."""
    return {"schema": SCHEMA} | _as_data(one)


def _as_data(one: Taken) -> dict[str, Any]:
    table = one.found.table
    return {
        "file": table.file, "table": table.identifier or None, "title": table.title or None,
        "area": {"code": one.area.code or None, "name": one.area.name},
        "measure": one.measure.title, "unit": one.measure.unit,
        "period": period_as_data(one.when) | {"status": one.status or None},
        "where": dict(one.where), "written": one.written, "lines": list(one.lines),
        "rounded_to": one.step, "share": one.share,
        "value": {"low": one.band.low, "best": one.band.best, "high": one.band.high},
        "added": list(one.added),
        "grown": [{"code": gone.code, "name": gone.name, "day": gone.day.isoformat(),
                   "kind": gone.kind} for gone in one.grown],
        "of": _as_data(one.of) if one.of else None,
    }  # fmt: skip
