"""Charts drawn in a process of their own: the same bytes, and nothing that stays behind."""

from typing import get_args

import pytest

from sroi import process
from sroi.report.charts import easel as module
from sroi.report.charts.chart import Bar, Chances, Chart, Named, Waterfall
from sroi.report.charts.drawn import DRAW, drawn
from sroi.report.charts.easel import Easel
from sroi.report.words.numbers import Numbers

NL = Numbers("nl")
STEPS = [Bar("Bruto", 0, 1000, total=True), Bar("Af", 1000, 400), Bar("Netto", 0, 400, total=True)]
CHARTS = [
    Waterfall(Named("waterfall", "Van bruto naar netto", "Bruto: 1.000."), STEPS, NL),
    Chances(Named("chances", "De kans"), [0.0, 100.0], [0.2, 0.8], NL, "waarde"),
]


def test_every_kind_of_chart_can_be_drawn():
    """None was forgotten."""
    assert set(DRAW) == set(get_args(Chart))


@pytest.mark.parametrize("cores", [1, 2])
def test_it_is_the_chart_that_is_drawn_here(monkeypatch, cores):
    """In any order of looking, and with one core without a process."""
    monkeypatch.setattr(process.os, "cpu_count", lambda: cores)
    with Easel() as easel:
        assert (easel._process is None) == (cores == 1)
        looks = [easel.put(chart) for chart in CHARTS]
        assert [look() for look in reversed(looks)] == [drawn(chart) for chart in reversed(CHARTS)]
        late = easel.put(CHARTS[0])
        assert late() == looks[0]()


def test_without_a_process_a_chart_is_drawn_when_somebody_looks(monkeypatch):
    """Once, and not before."""
    seen = []
    monkeypatch.setattr(module, "_here", lambda chart: seen.append(chart) or "<svg/>")
    look = Easel().put(CHARTS[0])
    assert seen == []
    assert (look(), look()) == ("<svg/>", "<svg/>")
    assert seen == [CHARTS[0]]


def test_what_does_not_come_back_is_drawn_here():
    """Also when the process is gone before it got all."""
    with Easel() as easel:
        first = easel.put(CHARTS[0])
        easel._process.kill()
        easel._process.wait()
        second = easel.put(CHARTS[1])
        assert [first(), second()] == [drawn(chart) for chart in CHARTS]


def test_nothing_stays_behind_when_nobody_looks():
    """The process is gone, and a chart is then drawn here."""
    with Easel() as easel:
        running = easel._process
        look = easel.put(CHARTS[1])
    assert running.poll() is not None
    assert look() == drawn(CHARTS[1])
