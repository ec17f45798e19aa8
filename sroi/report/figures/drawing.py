"""A chart with what belongs to it in the report: its drawing and the tables of its numbers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from sroi.report.charts.chart import Chart
from sroi.report.tables.tables import Table
from sroi.report.told.told import Told


@dataclass(frozen=True)
class Drawing:
    """A chart and, unless a table beside it says the same, tables of its numbers.

    An appendix of the report shows those.
    """

    chart: Chart
    draw: Callable[[], str] = field(repr=False, compare=False)
    tables: list[Table] = field(default_factory=list)

    @property
    def title(self) -> str:
        """The message of the chart."""
        return self.chart.head.title

    @property
    def svg(self) -> str:
        """The chart as an SVG element; whoever looks waits until it is drawn."""
        return self.draw()


def drawing(t: Told, chart: Chart, *tables: Table) -> Drawing:
    """A chart that is begun."""
    return Drawing(chart, t.easel.put(chart), list(tables))
