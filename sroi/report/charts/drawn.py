"""Every kind of chart, drawn. Whoever imports this waits for matplotlib."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sroi.report.charts import care as care_charts
from sroi.report.charts import charts
from sroi.report.charts import courses as course_charts
from sroi.report.charts import promise as promise_charts
from sroi.report.charts import sensitivity as sensitivity_charts
from sroi.report.charts import spreads as spread_charts
from sroi.report.charts import theory_of_change as theory_charts
from sroi.report.charts.chart import (
    Chances,
    Chart,
    Courses,
    Distribution,
    Frontier,
    LadderFlow,
    Panels,
    Payers,
    Promise,
    Shares,
    Spreads,
    Theory,
    Tornado,
    Waterfall,
    Years,
)

DRAW: dict[type, Callable[[Any], str]] = {
    Waterfall: charts.waterfall,
    Promise: promise_charts.promise,
    Distribution: charts.distribution,
    Years: charts.years,
    Payers: charts.payers,
    LadderFlow: care_charts.ladder,
    Panels: care_charts.panels,
    Frontier: care_charts.frontier,
    Tornado: sensitivity_charts.tornado,
    Shares: sensitivity_charts.shares,
    Chances: sensitivity_charts.chances,
    Theory: theory_charts.theory,
    Spreads: spread_charts.spreads,
    Courses: course_charts.courses,
}


def drawn(chart: Chart) -> str:
    """A chart as an SVG element."""
    return DRAW[type(chart)](chart)
