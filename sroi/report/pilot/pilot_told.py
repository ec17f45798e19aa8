"""A pilot told: where and when, what happened to the use of care, and whether to believe it."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from sroi.analysis.pilot.checks import Checks, Seen
from sroi.analysis.pilot.found import LadderEffect, Move, PilotEffect
from sroi.analysis.pilot.guards import barred
from sroi.analysis.pilot.in_scenario import InScenario
from sroi.analysis.pilot.moving_along import UNSCORED, Alongside, MovingAlong, Presence
from sroi.inputs.pilot.quarter import name_of
from sroi.model.pilot.estimate import LEVEL, Ratio
from sroi.report.charts.chart import Chart
from sroi.report.charts.easel import Easel
from sroi.report.figures.drawing import Drawing
from sroi.report.tables.tables import Row, Table
from sroi.report.words.numbers import Numbers
from sroi.report.words.words import Words

MOVES = {
    "up": "pilot_move.up", "down": "pilot_move.down", "door": "pilot_move.door",
    "new": "pilot_move.new",
}  # fmt: skip
CHOSEN = {
    "random": "pilot.chosen_random", "willing": "pilot.chosen_willing",
    "high_use": "pilot.chosen_high_use", "other": "pilot.chosen_other",
}  # fmt: skip
FARTHEST = 10.0  # a ratio beyond which there is no end to a band worth telling


@dataclass(frozen=True)
class PilotTold:
    """What a register of a pilot says, in one language. `shift`: what it means for a scenario."""

    found: PilotEffect
    along: MovingAlong
    words: Words
    numbers: Numbers
    easel: Easel = field(default_factory=Easel, compare=False, repr=False)
    shift: InScenario | None = None

    @property
    def title(self) -> str:
        """What the pilot is called, and that it was simulated where it was."""
        pilot = self.found.described.pilot
        title = pilot.title.in_(self.words.lang)
        return f"{title} ({self.words('pilot.simulated')})" if pilot.simulated else title

    def frame(self) -> Iterator[str]:
        """Where, when, against what, and how the neighbourhoods were chosen."""
        w, places = self.words, self.found.places
        facts = {"pilots": len(places.pilots), "start": name_of(places.first)}
        facts |= {"comparison": len(places.comparison), "others": len(places.others)}
        facts |= {"from_": name_of(places.quarters[0]), "to": name_of(places.quarters[-1])}
        yield w("pilot.frame", **facts) if self.found.compared else w("pilot.alone", **facts)
        if places.others:
            yield w("pilot.others", count=len(places.others))
        chosen = self.found.described.pilot.chosen
        if chosen:
            how = w(CHOSEN[chosen.how])
            yield w("pilot.chosen", how=how, because=chosen.because.in_(w.lang))
        if places.left_out:
            quarters = ", ".join(map(name_of, places.left_out))
            yield w("pilot.left_out", quarters=quarters)

    def move(self, kind: str) -> str:
        """What a kind of move is called."""
        return self.words(MOVES[kind])

    def change(self, ratio: float, decimals: int = 0) -> str:
        """A ratio as how much more or less: −14%, +5%."""
        if not 1 / FARTHEST < ratio < FARTHEST:
            return self.words("pilot.no_end")
        told = self.numbers.percent(abs(ratio - 1), decimals)
        sign = "" if told == self.numbers.percent(0, decimals) else "+" if ratio > 1 else "\u2212"
        return sign + told

    def band(self, one: Ratio | Seen) -> str:
        """The 95 % band of a ratio."""
        return self.between(self.change(one.low), self.change(one.high))

    def between(self, low: str, high: str) -> str:
        """From here to there."""
        return self.words("pilot.between", low=low, high=high)

    def effects(self) -> Table:
        """Each kind of move: how many there were, and how much more or less often by the pilot."""
        heads = ["move", "events", "hidden", "change", "band", "chance"]
        rows = [self._row(move) for move in self.found.moves.values()]
        named = [self.words(f"pilot_head.{name}") for name in heads]
        return Table("pilot", named, rows, frozenset(range(1, 6)))

    def _row(self, move: Move) -> Row:
        n = self.numbers
        told = [self.move(move.kind), n.number(move.events), n.percent(move.hidden)]
        if move.estimate is None:
            return [*told, "–", "–", "–"]
        full = move.estimate.full
        return [*told, self.change(full.ratio), self.band(full), self._chance(full.p)]

    def _chance(self, p: float) -> str:
        return self.numbers.chance(p)

    def first_quarters(self) -> Table | None:
        """Each of the first quarters by itself; None where there are none."""
        moves = [m for m in self.found.moves.values() if m.estimate and m.estimate.first]
        if not moves:
            return None
        count = len(moves[0].estimate.first) if moves[0].estimate else 0
        heads = ["", *(self.words("pilot.quarter", number=k + 1) for k in range(count))]
        rows = [
            [self.move(m.kind), *(f"{self.change(one.ratio)} ({self.band(one)})" for one in first)]
            for m in moves
            if (first := m.estimate.first if m.estimate else ())
        ]
        return Table("pilot-first", heads, rows, frozenset(range(1, len(heads))))

    def sentences(self) -> Iterator[str]:
        """What happened, one sentence for each effect that a ladder knows."""
        for effect in self.found.effects:
            yield self.sentence(effect)

    def sentence(self, effect: LadderEffect) -> str:
        """One effect, and whether chance alone may have done it."""
        w, ratio = self.words, self.ratio_of(effect)
        key = "less" if ratio.ratio < 1 else "more"
        facts = {"move": self.move(effect.follows), "band": self.band(ratio)}
        facts["size"] = self.numbers.percent(abs(ratio.ratio - 1))
        told = w(f"pilot.{key}", **facts)
        return f"{told} {self.verdict(effect)}"

    def verdict(self, effect: LadderEffect) -> str:
        """Whether chance alone may have done it; or that it is no effect at all."""
        if barred(self.found)[effect.follows]:
            return self.words("pilot.no_effect")
        return self.words("pilot.beyond_chance" if effect.is_effect else "pilot.may_be_chance")

    def ratio_of(self, effect: LadderEffect) -> Ratio:
        """The ratio from which an effect follows."""
        made = self.found.moves[effect.follows].estimate
        if made is None:
            raise ValueError("an effect follows from an estimate")
        return made.full

    def ladder(self) -> Table:
        """The same as a care ladder has it."""
        rows = [
            [e.name, *(self._size(e, size) for size in (e.low, e.value, e.high))]
            for e in self.found.effects
        ]
        heads = ["", *(self.words(f"pilot_head.{name}") for name in ("low", "best", "high"))]
        return Table("pilot-ladder", heads, rows, frozenset(range(1, 4)))

    def _size(self, effect: LadderEffect, size: float) -> str:
        if not math.isfinite(size):
            return self.words("pilot.no_end")
        if effect.name.startswith("hazard"):
            return self.numbers.number(size, 2)
        return self.numbers.percent(size)

    def checks(self) -> Table:
        """What was asked of each kind of move before it is believed."""
        heads = ["move", "slope", "placebo", "without", "second", "elsewhere"]
        named = [self.words(f"pilot_head.{name}") for name in heads]
        rows = [self._checked(one) for one in self.found.checks.values()]
        return Table("pilot-checks", named, rows, frozenset(range(1, 6)))

    def _checked(self, one: Checks) -> Row:
        ratios = [seen.ratio for seen in one.without.values()]
        elsewhere = one.elsewhere
        return [
            self.move(one.kind),
            self._seen(one.slope, 1),
            self._seen(one.placebo),
            self.between(self.change(min(ratios)), self.change(max(ratios))) if ratios else "–",
            self.change(one.second.ratio) if one.second else "–",
            self.change(1 + elsewhere.extra / max(elsewhere.of, 1.0)) if elsewhere else "–",
        ]

    def _seen(self, one: Seen | None, decimals: int = 0) -> str:
        """A change, with a mark where chance alone seldom does it."""
        if one is None:
            return "–"
        told = self.change(one.ratio, decimals)
        return f"{told} *" if one.is_effect else told

    def courses(self) -> Table:
        """How often by quarter, in the pilot and in the comparison: 100 is the city's mean."""
        heads = [self.words("pilot_head.quarter")]
        columns = []
        for move in self.found.moves.values():
            for who in ("pilot", "comparison") if self.found.compared else ("pilot",):
                heads.append(f"{self.move(move.kind)} · {self.words(f'pilot.{who}')}")
                columns.append(getattr(move.course, who))
        rows = [
            [name_of(quarter), *(self._index(column[k]) for column in columns)]
            for k, quarter in enumerate(self.found.places.quarters)
        ]
        return Table("pilot-courses", heads, rows, frozenset(range(1, len(heads))))

    def places(self) -> Table:
        """Every neighbourhood: since when it had the pilot, or that it was compared with."""
        found = self.found.places
        heads = [self.words(f"pilot_head.{name}") for name in ("neighbourhood", "role")]
        rows = [
            [name, self.words("pilot.since", start=name_of(start)) if start is not None
             else self.words("pilot.comparison")]
            for name, start in zip(found.neighbourhoods, found.start, strict=True)
        ]  # fmt: skip
        return Table("pilot-places", heads, rows)

    def drawing(self, chart: Chart) -> Drawing:
        """A chart that is begun."""
        return Drawing(chart, self.easel.put(chart))

    def said(self, rows: list[Row]) -> Table:
        """How far each condition held as somebody says it."""
        heads = [self.words(f"pilot_head.{name}") for name in ("condition", "held")]
        return Table("pilot-said", heads, rows, frozenset({1}))

    def presence(self) -> Table:
        """How far each condition held, with its band, and how well those who scored agree."""
        heads = ["condition", "held", "band", "elsewhere_held", "quarters", "twice", "agreement"]
        named = [self.words(f"pilot_head.{name}") for name in heads]
        rows = [self._present(one) for one in self.along.presences]
        return Table("pilot-presence", named, rows, frozenset(range(1, 7)))

    def _present(self, one: Presence) -> Row:
        n, held = self.numbers, one.share
        band = self.between(n.percent(held.low), n.percent(held.high))
        return [
            one.condition,
            n.percent(held.value),
            "–" if math.isnan(held.low) else band,
            "–" if one.elsewhere is None else n.percent(one.elsewhere),
            n.number(one.quarters),
            n.number(one.twice),
            "–" if one.agreement is None else n.number(one.agreement, 2),
        ]

    def alongside(self) -> Table:
        """Whether a change goes with a score: rank correlations by condition and kind of move."""
        kinds = list(dict.fromkeys(one.kind for one in self.along.alongside))
        cells = {(one.condition, one.kind): one for one in self.along.alongside}
        names = dict.fromkeys(one.condition for one in self.along.alongside)
        heads = [self.words("pilot_head.condition"), *map(self.move, kinds)]
        rows = [[name, *(self._alongside(cells.get((name, k))) for k in kinds)] for name in names]
        return Table("pilot-alongside", heads, rows, frozenset(range(1, len(heads))))

    def _alongside(self, one: Alongside | None) -> str:
        if one is None:
            return "–"
        told = self.numbers.number(one.found.correlation, 2)
        return f"{told} *" if one.found.p <= 1 - LEVEL else told

    def alongside_reads(self) -> str:
        """What such a table is worth: something seen, and how much of it chance alone would do."""
        every = self.along.alongside
        facts = {"count": len(every), "chance": self.numbers.number(len(every) * (1 - LEVEL), 0)}
        places = max((one.found.places for one in every), default=0)
        return self.words("pilot.alongside_reads", places=places, **facts)

    def _index(self, rate: float) -> str:
        return "–" if np.isnan(rate) else self.numbers.number(100 * float(rate))


def pilot_told(
    found: PilotEffect,
    lang: str,
    along: MovingAlong = UNSCORED,
    easel: Easel | None = None,
    shift: InScenario | None = None,
) -> PilotTold:
    """A pilot in a language."""
    return PilotTold(found, along, Words(lang), Numbers(lang), easel or Easel(), shift)
