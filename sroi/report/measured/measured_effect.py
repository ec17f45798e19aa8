"""A measurement told: what was done step by step, and the rate as it goes into a scenario."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sroi.analysis.evidence.measuring import AGAIN, Followed, MeasuredEffect
from sroi.inputs.files.rate_edit import MeasuredRate
from sroi.model.evidence.disclosure import SMALLEST
from sroi.model.evidence.measurement import HALF, Estimate
from sroi.report.tables.tables import Table
from sroi.report.words.numbers import Numbers
from sroi.report.words.words import LANGUAGES, Words

CELLS = ("improved", "same", "worse", "missing")
WHO = {"programme": "measure.programme", "comparison": "measure.comparison"}
BASIS = {"gross": "measure.basis_gross", "causal": "measure.basis_causal"}


@dataclass(frozen=True)
class Telling:
    """A measured effect in one language."""

    found: MeasuredEffect
    words: Words
    numbers: Numbers

    @property
    def title(self) -> str:
        """What was measured, and that it was simulated where it was."""
        return self._marked(self.found.described.measurement.title.in_(self.words.lang))

    @property
    def with_what(self) -> str:
        """The instrument, and that nobody was asked where it was simulated."""
        return self._marked(self.instrument)

    def _marked(self, text: str) -> str:
        simulated = self.found.described.measurement.simulated
        return f"{text} ({self.words('measure.simulated')})" if simulated else text

    def frame(self) -> Iterator[str]:
        """The instrument, when somebody has improved, and what to beware of."""
        described, w = self.found.described, self.words
        scale, caution = described.scale, described.instrument and described.instrument.caution
        ends = {name: self.numbers.plain(getattr(scale, name)) for name in ("low", "high")}
        yield w("measure.instrument", name=self.instrument, **ends, better=self._better)
        yield self._rule()
        if caution:
            yield caution.in_(w.lang)

    @property
    def _better(self) -> str:
        higher = self.found.described.scale.better == "higher"
        return self.words("measure.higher") if higher else self.words("measure.lower")

    @property
    def instrument(self) -> str:
        """Its name, with the domain where there is one."""
        described, lang = self.found.described, self.words.lang
        known = described.instrument.domains if described.instrument else []
        domain = [one.name.in_(lang) for one in known if one.id == described.measurement.domain]
        return ", ".join([described.name.in_(lang), *domain])

    def _rule(self) -> str:
        """When somebody has improved."""
        change, w, n = self.found.described.change, self.words, self.numbers
        least = n.number(self.found.least or 0.0, 2).rstrip("0").rstrip(",.")
        if change and change.reliability is not None:
            return w("measure.rule_reliable", points=least, share=n.share(change.reliability))
        if change and change.threshold is not None:
            return w("measure.rule_threshold", threshold=n.plain(change.threshold))
        if self.found.least is not None:
            return w("measure.rule_points", points=least)
        instrument = self.found.described.instrument
        names = [f"{band.name.in_(w.lang)} {n.plain(band.low)}–{n.plain(band.high)}"
                 for band in (instrument.classes if instrument else [])]  # fmt: skip
        return w("measure.rule_classes", classes=", ".join(names))

    def table(self) -> Table:
        """Who took part and what became of them, by group."""
        w, groups = self.words, self.found.groups
        rows = [[w("measure.started"), *(self.numbers.number(g.started) for g in groups)]]
        rows += [[w("measure.again"), *map(self._again, groups)]]
        rows += [[w("measure.response"), *(self._response(g) for g in groups)]]
        rows += [[w(f"measure.{name}"), *(self._cell(g, name) for g in groups)] for name in CELLS]
        rows += [[w("measure.net"), *(self._percent(g.net.mean) for g in groups)]]
        rows += [[w("measure.range"), *(self._between(*g.net_range) for g in groups)]]
        if all(group.points for group in groups):
            rows += [[w("measure.before"), *map(self._before, groups)]]
            rows += [[w("measure.change"), *map(self._change, groups)]]
        heads = ["", *(w(WHO[group.group]) for group in groups)]
        return Table("measurement", heads, rows, frozenset(range(1, len(heads))))

    def _again(self, group: Followed) -> str:
        return self._hidden if group.again is None else self.numbers.number(group.again)

    @property
    def _hidden(self) -> str:
        return self.words("measure.hidden")

    def _response(self, group: Followed) -> str:
        about = "± " if "missing" in {*group.cells.hidden, group.cells.beside} else ""
        return about + self.numbers.percent(group.response)

    def _cell(self, group: Followed, name: str) -> str:
        """A count; or between what it lies; or that it is not shown."""
        cells = group.cells
        if name in cells.hidden:
            return "{}–{}".format(*cells.hidden[name])
        return self._hidden if name == cells.beside else self.numbers.number(cells.visible[name])

    def _percent(self, share: Any) -> str:
        return self.numbers.percent(float(share), 1)

    def _between(self, low: Any, high: Any) -> str:
        return self.words("measure.between", low=self._percent(low), high=self._percent(high))

    def _range(self, estimate: Estimate) -> str:
        return self._between(estimate.low, estimate.high)

    def _before(self, group: Followed) -> str:
        sign = self.found.described.scale.sign
        return self.numbers.number(sign * group.points.before, 2) if group.points else ""

    def _change(self, group: Followed) -> str:
        points, n = group.points, self.numbers
        return f"{n.number(points.change, 2)} ± {n.number(points.error, 2)}" if points else ""

    def steps(self) -> Iterator[str]:
        """What was done with the counts, one sentence for each step."""
        yield from self._left_out()
        yield from (self._not_shown(group) for group in self.found.groups if group.cells.hidden)
        yield self.counted()
        yield self.anyway()
        yield self.missing()
        rate = self.found.rate
        facts = {"rate": self._percent(rate.mean), "range": self._range(rate)}
        yield self.words("measure.result", **facts)
        yield self.words(BASIS[self.found.effect_basis], grade=self.found.evidence)
        if self.found.regression:
            yield self.words("measure.overlap")

    def _left_out(self) -> Iterator[str]:
        """Who and what could not be counted."""
        for group in self.found.groups:
            if group.without_start:
                who = self._who(group)
                count = self._few(group.without_start)
                yield self.words("measure.without_start", group=who, count=count)
        if self.found.incomplete:
            yield self.words("measure.incomplete", count=self._few(self.found.incomplete))

    def _who(self, group: Followed) -> str:
        return self.words(WHO[group.group]).lower()

    def _few(self, count: int) -> str:
        small = 0 < count < SMALLEST
        return self.words("measure.few") if small else self.numbers.number(count)

    def _not_shown(self, group: Followed) -> str:
        names = [*group.cells.hidden, group.cells.beside]
        told = self.numbers.list([self.words(f"measure.{name}").lower() for name in names])
        who = self._who(group)
        return self.words("measure.not_shown", group=who, names=told, count=group.cells.together)

    def counted(self) -> str:
        """How many improved on balance."""
        group = self.found.programme
        facts = {"net": self._percent(group.net.mean), "range": self._between(*group.net_range)}
        return self.words("measure.counted", **facts)

    def anyway(self) -> str:
        """What would have happened without the programme, and what is left."""
        found, w, n = self.found, self.words, self.numbers
        facts = {"effect": self._percent(found.effect.mean), "range": self._range(found.effect)}
        if found.comparison:
            net = self._percent(found.comparison.net.mean)
            return w("measure.compared", net=net, **facts)
        if found.regression is None:
            return w("measure.gross")
        points, share = n.number(found.regression.points, 2), self._percent(found.regression.rate)
        told = w("measure.regressed", points=points, net=share, **facts)
        if found.regression.expected_before is None:
            return told
        mean = n.number(found.regression.expected_before, 2)
        return f"{told} {w('measure.expected_before', mean=mean)}"

    def missing(self) -> str:
        """What was done about people who were not measured again."""
        found, w = self.found, self.words
        if found.programme.response == 1:
            return w("measure.complete")
        facts = {"response": self._response(found.programme)}
        facts |= {"lower": self._percent(found.lower_bound)}
        if found.of_missing == HALF:
            return w("measure.missing_half", **facts)
        return w("measure.missing_none", **facts)

    def because(self) -> str:
        """The reason of the rate, as it stands in a scenario."""
        measurement = self.found.described.measurement
        facts = {"instrument": self.instrument, "count": self.found.programme.started}
        told = [self.words("measure.because", **facts), self.counted(), self.anyway()]
        told += [self.missing()]
        simulated = [self.words("measure.because_simulated")] if measurement.simulated else []
        return " ".join([*simulated, *told]).replace("\u00a0", " ")


def telling(found: MeasuredEffect, lang: str) -> Telling:
    """A measured effect in a language."""
    return Telling(found, Words(lang), Numbers(lang))


def in_scenario(found: MeasuredEffect) -> MeasuredRate:
    """What goes into a scenario, in both languages."""
    described, instrument = found.described, found.described.instrument
    measurement = described.measurement
    key = f"meting-{measurement.measurement}"[:64].rstrip("-")
    place = Path(described.document.file).name.translate(str.maketrans("[]", "()"))
    in_each = {lang: telling(found, lang) for lang in LANGUAGES}
    size = {name: percentage(float(getattr(found.rate, name))) for name in ("mean", "sd")}
    rate = {
        "normal": size,
        "because": {lang: one.because() for lang, one in in_each.items()},
        "source": f"{key}[{place}]",
        "evidence": str(found.evidence),
    }
    note = " ".join(one.words("measure.source_note") for one in in_each.values())
    title = in_each[LANGUAGES[0]].title
    source = {"id": key, "type": "dataset", "title": title, "note": note}
    counts = None if found.programme.cells.hidden else _counts(found, in_each, rate["source"])
    in_euros = instrument.euros if instrument else True
    return MeasuredRate(rate, found.effect_basis, source, counts, in_euros)


def percentage(share: float) -> str:
    """A share as a scenario writes it: `18.73%`; never with three decimals, as in a thousand."""
    return f"{share * 100:.2f}%"


def _counts(found: MeasuredEffect, in_each: dict[str, Telling], source: Any) -> dict[str, Any]:
    """The counts of the programme, where all of them may be shown."""
    visible = found.programme.cells.visible
    corrected = {lang: one.anyway() for lang, one in in_each.items()} if found.regression else None
    return {
        "instrument": {lang: one.with_what for lang, one in in_each.items()},
        "invited": str(found.programme.started),
        **{name: str(visible[name]) for name in AGAIN},
        "comparison": "group" if found.comparison else "none",
        **({"corrected": corrected} if corrected else {}),
        "source": source,
    }
