"""The panel of the web page in which a reader moves one assumption and sees what it does.

All that it can show is in the page as text that the engine's numbers were written in, in the same
formats as the rest of the report. The script only chooses which of these texts stand there, so that
the page holds no second model. Without script the table says what it comes to.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from sroi.analysis.sensitivity.what_if import Outcome, Slider, Stop, WhatIf, what_if
from sroi.model.flows.results import Estimate
from sroi.model.uncertain.distributions import Occurrence
from sroi.report.tables.tables import Row, Table
from sroi.report.told.told import Told
from sroi.report.words.numbers import Numbers, together

FULL = 1000  # a bar is drawn in thousandths of its width


@dataclass(frozen=True)
class Lever:
    """A slider: what it moves, where it starts, how many steps it has, and what it says there."""

    label: str
    start: int
    most: int
    at: str


@dataclass(frozen=True)
class Panel:
    """What the template wants: texts, sliders, rows of the outcome, the table and the data."""

    levers: list[Lever]
    rows: list[tuple[str, str]]
    bar: dict[str, int]
    intro: str
    table: Table
    notes: list[str]
    data: dict[str, Any]
    words: dict[str, str]


def panel(t: Told) -> Panel | None:
    """The panel of a report; None where no assumption moves the outcome."""
    valuation = t.valuation
    found = what_if(valuation.model, valuation.loaded.scenario.basis, valuation.drawn)
    return _Telling(t, found).panel() if found else None


@dataclass(frozen=True)
class _Telling:
    """Answers of `what_if` told in a language, rounded as their numerical error allows."""

    t: Told
    found: WhatIf

    def panel(self) -> Panel:
        """Everything at once."""
        found, usual = self.found, self._position("", self.found.report, self._as_reported)
        return Panel(
            [self._lever(slider) for slider in found.sliders],
            list(zip(self._labels(), usual["cells"], strict=True)),
            usual["bar"],
            self._intro(),
            self._table(),
            list(self._notes()),
            {"usual": usual, "levers": [list(self._stops(slider)) for slider in found.sliders]},
            {
                "title": self.t.words("what_if.title"),
                "move": self.t.words("what_if.move"),
                "legend": self.t.words("what_if.legend"),
                "outcome": self.t.words("head.outcome"),
                "in_report": self.t.words("what_if.in_report"),
                "moved": self.t.words("what_if.moved"),
                "reset": self.t.words("what_if.reset"),
                "bar": self.t.words("what_if.bar"),
            },
        )

    @property
    def _as_reported(self) -> tuple[Numbers, Numbers]:
        """Formats of expected amounts and of the ends of ranges, as everywhere in the report."""
        return self.t.numbers, self.t.numbers

    @property
    def _as_known(self) -> tuple[Numbers, Numbers]:
        """The same for what comes from fewer draws: no digit that these do not support."""
        errors = (self.found.error, self.found.edge_error)
        numbers = self.t.numbers
        more = math.sqrt(self.t.valuation.drawn.draws / self.found.draws)
        fewer = replace(numbers, chance_error=more * numbers.chance_error)
        expected, edges = (supported(fewer, error) for error in errors)
        return expected, edges

    def _lever(self, slider: Slider) -> Lever:
        at = self._usual(slider)
        return Lever(self.t.subject(slider.path), len(slider.lower), len(slider.stops), at)

    def _usual(self, slider: Slider) -> str:
        """What the report takes for an assumption: its centre, and the ends of the slider."""
        t, known = self.t, self.t.valuation.model.quantities.distributions[slider.path]
        if self._happens(slider):
            return t.words("what_if.chance_in_report", chance=t.numbers.share(known.centre))
        values = [known.centre, *(stop.value for stop in slider.stops)]
        low, high = t.amount(slider.path, min(values)), t.amount(slider.path, max(values))
        value = t.rough(slider.path, known.centre)
        return t.words("what_if.as_in_report", value=value, low=low, high=high)

    def _stops(self, slider: Slider) -> Iterator[dict[str, Any]]:
        """Every position of a slider from low to high, with that of the report in its place."""
        for stop in slider.lower:
            yield self._stop(slider, stop, "what_if.lower", stop.below)
        yield self._position(self._usual(slider), self.found.report, self._as_reported)
        for stop in slider.higher:
            yield self._stop(slider, stop, "what_if.higher", 1 - stop.below)

    def _stop(self, slider: Slider, stop: Stop, words: str, share: float) -> dict[str, Any]:
        value = self._value(slider, stop)
        at = self.t.words(words, value=value, share=self.t.numbers.chance(share))
        if self._happens(slider):
            at = self.t.words("what_if.surely", value=value)
        return self._position(at, stop.outcome, self._as_known)

    def _position(
        self, at: str, outcome: Outcome, formats: tuple[Numbers, Numbers]
    ) -> dict[str, Any]:
        """What is shown of one position. `said`: in one line, for who hears the page."""
        cells = [together(cell) for cell in self._cells(outcome, formats)]
        facts = {"at": at, "balance": cells[0], "chance": cells[2]}
        said = self.t.words("what_if.said", **facts)
        return {"at": at, "said": said, "cells": cells, "bar": self._bar(outcome.balance)}

    def _labels(self) -> list[str]:
        w = self.t.words
        labels = [w("page.npv_label"), w("head.range"), w("page.chance_label")]
        if self.found.report.ratio:
            labels.append(w("page.ratio_label", unit=self.t.numbers.euro(1)))
        if self.found.payer:
            labels.append(w("what_if.payer", payer=self.t.payer(self.found.payer)))
        return labels

    def _cells(self, outcome: Outcome, formats: tuple[Numbers, Numbers]) -> list[str]:
        """The outcome in figures, in the order of the labels."""
        balance, ends = (_coarser(self.t.banded, numbers) for numbers in formats)
        low, high = ends.money(outcome.balance.p5), ends.money(outcome.balance.p95)
        cells = [
            balance.money(outcome.balance.mean),
            self.t.words("what_if.range", low=low, high=high),
            formats[0].counted(outcome.chance),
        ]
        if self.found.report.ratio:
            cells.append(_ratio(self.t.numbers, outcome.ratio))
        if outcome.payer:
            cells.append(formats[0].money(outcome.payer.mean))
        return cells

    def _bar(self, balance: Estimate) -> dict[str, int]:
        """Where the range, the expectation and zero lie, on one scale for all positions."""
        low, high = self._scale
        places = {"low": balance.p5, "high": balance.p95, "mean": balance.mean, "zero": 0.0}
        width = (high - low) or 1.0
        return {name: round(FULL * (value - low) / width) for name, value in places.items()}

    @property
    def _scale(self) -> tuple[float, float]:
        stops = [stop.outcome for slider in self.found.sliders for stop in slider.stops]
        balances = [outcome.balance for outcome in (self.found.report, *stops)]
        lows, highs = [b.p5 for b in balances], [b.p95 for b in balances]
        return min(0.0, *lows), max(0.0, *highs)

    def _intro(self) -> str:
        """What the table is."""
        said = self.t.words("what_if.intro")
        if any(self._happens(slider) for slider in self.found.sliders):
            said += " " + self.t.words("what_if.intro_happens")
        return said

    def _table(self) -> Table:
        """Each assumption at its low and at its high end, and the report itself last."""
        heads = [self.t.words("head.assumption"), *self._labels()]
        groups = [
            (self.t.subject(slider.path), list(self._ends(slider))) for slider in self.found.sliders
        ]
        report = self._cells(self.found.report, self._as_reported)
        rows = [[self.t.words("what_if.in_report"), *report]]
        return Table("what_if", heads, rows, frozenset(range(1, len(heads))), groups=groups)

    def _ends(self, slider: Slider) -> Iterator[Row]:
        ends = {"what_if.low": slider.lower[:1], "what_if.high": slider.higher[-1:]}
        for words, stops in ends.items():
            for stop in stops:
                value = self._value(slider, stop)
                told = value if self._happens(slider) else self.t.words(words, value=value)
                yield [told, *self._cells(stop.outcome, self._as_known)]

    def _value(self, slider: Slider, stop: Stop) -> str:
        if self._happens(slider):
            return self.t.words("what_if.happens" if stop.value else "what_if.happens_not")
        return self.t.amount(slider.path, stop.value)

    def _happens(self, slider: Slider) -> bool:
        """Whether it is something that happens or does not."""
        known = self.t.valuation.model.quantities.distributions[slider.path]
        return isinstance(known, Occurrence)

    def _notes(self) -> Iterator[str]:
        """How it was reckoned, and what it does not say."""
        found, words = self.found, self.t.words
        yield words("what_if.known")
        yield words(
            "what_if.draws",
            draws=self.t.numbers.number(found.draws),
            error=_upward(self.t.numbers, found.error),
            edge=_upward(self.t.numbers, found.edge_error),
        )
        if any(slider.correlated for slider in found.sliders):
            yield words("what_if.tied")


def _coarser(banded: Numbers, numbers: Numbers) -> Numbers:
    """As the balance is told in the report, and no finer than other numbers are."""
    return replace(banded, step=max(banded.step, numbers.step))


def supported(numbers: Numbers, error: float) -> Numbers:
    """Formats that round to the power of ten nearest to an error, and never finer than before."""
    nearest = 10 ** round(math.log10(error)) if error > 0 else 1
    return replace(numbers, step=max(numbers.step, nearest))


def _upward(numbers: Numbers, error: float) -> str:
    """An error in two digits, rounded up: never nothing."""
    unit = 10.0 ** max(0, math.floor(math.log10(error)) - 1) if error > 0 else 1.0
    return numbers.euro(math.ceil(error / unit) * unit)


def _ratio(numbers: Numbers, ratio: Estimate | None) -> str:
    """The ratio, or a dash where it says nothing."""
    if ratio is None:
        return "–"
    return numbers.ratio(ratio.mean, ratio.standard_error, ratio.p95 - ratio.p5)
