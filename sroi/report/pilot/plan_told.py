"""A pilot that is still to begin, told: what could be seen of it, and where it may be held."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from textwrap import wrap
from typing import Any

import numpy as np
from rich.text import Text

from sroi.analysis.pilot.planning import AFTER, SIZES, Plan, Seeable
from sroi.inputs.pilot.quarter import name_of
from sroi.model.pilot.power import Design
from sroi.report.charts.chart import Chances, Named
from sroi.report.pilot.pilot_told import MOVES
from sroi.report.tables.tables import Row, Table
from sroi.report.terminal.terminal import console, safe, show_table
from sroi.report.words.numbers import Numbers
from sroi.report.words.words import Words

LINE, HIGH = 95, 13  # letters of a line above the chart, and its height
EIGHT, FAR = 8, 0.5  # quarters of the sentence and the chart; share less where the chart ends


@dataclass(frozen=True)
class PlanTold:
    """A plan of a pilot in one language."""

    plan: Plan
    words: Words
    numbers: Numbers

    @property
    def title(self) -> str:
        """What the pilot is called."""
        pilot = self.plan.described.pilot
        title = pilot.title.in_(self.words.lang)
        return f"{title} ({self.words('pilot.simulated')})" if pilot.simulated else title

    def frame(self) -> str:
        """Which past it rests on."""
        facts = {"from_": name_of(self.plan.quarters[0]), "to": name_of(self.plan.quarters[-1])}
        return self.words("pilot_plan.frame", places=len(self.plan.alike), **facts)

    def sentences(self) -> Iterator[str]:
        """What can be seen with the most neighbourhoods, one sentence for each kind of move."""
        most = self.plan.each[-1]
        for one in self.plan.seeable.values():
            facts = {"move": self.words(MOVES[one.kind]), "each": most, "after": EIGHT}
            size = one.smallest[most, EIGHT]
            if size >= 1:
                yield self.words("pilot_plan.nothing", **facts)
            else:
                yield self.words("pilot_plan.seen", size=self.numbers.percent(size), **facts)

    def smallest(self, one: Seeable) -> Table:
        """The smallest fall that is seen, by neighbourhoods on each side and quarters."""
        heads = [self.words("pilot_plan.each")]
        heads += [self.words("pilot_plan.after", count=after) for after in AFTER]
        rows = [
            [self.numbers.number(n), *(self._size(one.smallest[n, after]) for after in AFTER)]
            for n in self.plan.each
        ]
        return Table(f"plan-{one.kind}", heads, rows, frozenset(range(len(heads))))

    def _size(self, size: float) -> str:
        return "–" if size >= 1 else self.numbers.percent(size)

    def chances(self) -> Table:
        """How likely a fall is seen, with the most neighbourhoods and eight quarters."""
        heads = [self.words("pilot_plan.fall"), *(self.numbers.percent(size) for size in SIZES)]
        rows: list[Row] = [
            [self.words(MOVES[one.kind]), *map(self.numbers.chance, one.chances)]
            for one in self.plan.seeable.values()
        ]
        return Table("plan-chances", heads, rows, frozenset(range(1, len(heads))))

    def alike(self) -> Table:
        """Each neighbourhood, how it went, and the one that went most like it."""
        heads = [self.words(f"pilot_plan.{name}") for name in ("place", "level", "yearly", "like")]
        heads.append(self.words("pilot_plan.distance"))
        rows = [
            [one.name, self.numbers.number(100 * one.level), self._change(one.yearly), one.nearest,
             self.numbers.percent(math.expm1(one.distance))]
            for one in sorted(self.plan.alike, key=lambda one: one.distance)
        ]  # fmt: skip
        return Table("plan-alike", heads, rows, frozenset((1, 2, 4)))

    def _change(self, share: float) -> str:
        sign = "+" if share > 0 else ""
        return sign + self.numbers.percent(share, 1)

    def chart(self) -> Chances:
        """The chance of seeing a fall against its size, of the first kind of move: up, where the
        register counts that."""
        one = next(iter(self.plan.seeable.values()))
        most = self.plan.each[-1]
        design = Design(most, most, self.plan.before, EIGHT)
        sizes = np.linspace(0.0, FAR, 61)
        seen = [design.chance(float(np.log1p(-size)), one.noise) for size in sizes]
        facts = {"move": self.words(MOVES[one.kind]), "each": most, "after": EIGHT}
        head = Named("plan", self.words("pilot_plan.chart", **facts), "")
        axis = self.words("pilot_plan.axis")
        return Chances(head, (100 * sizes).tolist(), seen, self.numbers, axis)

    def as_data(self) -> dict[str, Any]:
        """`sroi.pilot_plan/1`: shares from 0 to 1; null where nothing could be seen."""
        return {
            "schema": "sroi.pilot_plan/1",
            "pilot": self.plan.described.pilot.pilot,
            "quarters": list(map(name_of, self.plan.quarters)),
            "moves": [
                {
                    "move": one.kind, "noise": vars(one.noise),
                    "smallest_fall": [
                        {"each": n, "after": after, "share": size if size < 1 else None}
                        for (n, after), size in one.smallest.items()
                    ],
                    "chances": [
                        {"fall": size, "chance": chance}
                        for size, chance in zip(SIZES, one.chances, strict=True)
                    ],
                }
                for one in self.plan.seeable.values()
            ],
            "alike": [vars(one) for one in self.plan.alike],
        }  # fmt: skip


def picture(told: PlanTold) -> str:
    """The chart as a drawing of its own (SVG), with its message above it: there is no page around
    it that tells it."""
    from sroi.report.charts.drawn import drawn

    svg, lines = drawn(told.chart()), wrap(told.chart().head.title, LINE)
    x, y, width, height = map(float, re.search(r'viewBox="([^"]*)"', svg)[1].split())  # type: ignore[index]
    room = HIGH * len(lines) + 4
    text = "".join(
        f'<text x="{x + 4:g}" y="{y - room + HIGH * (n + 0.8):g}" font-size="10" '
        f"font-family=\"'Source Sans 3', sans-serif\">{escape(line)}</text>"
        for n, line in enumerate(lines)
    )
    box = f'viewBox="{x:g} {y - room:g} {width:g} {height + room:g}"'
    svg = re.sub(r'viewBox="[^"]*"', box, svg, count=1)
    return svg.replace("</svg>", text + "</svg>")


def show(told: PlanTold) -> None:
    """All of it in the terminal."""
    out = console()
    out.print(Text(safe(told.title), "bold"))
    out.print(told.frame())
    for sentence in told.sentences():
        out.print(Text(safe(sentence)))
    out.print("\n" + told.words("pilot_plan.chances"))
    show_table(out, told.chances())
    for one in told.plan.seeable.values():
        out.print(told.words("pilot_plan.smallest", move=told.words(MOVES[one.kind])))
        show_table(out, told.smallest(one))
    out.print(told.words("pilot_plan.alike"))
    show_table(out, told.alike())
    out.print(told.words("pilot_plan.beware"))
