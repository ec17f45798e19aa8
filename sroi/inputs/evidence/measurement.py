"""A measurement: which file, which instrument, when somebody has improved, and against what.

The file says how a survey before and after is to be read. The answers themselves stand in another
file, and never come further than the counting.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from sroi.inputs.evidence.instruments import Change, Instrument, Items, Scale, shipped_instruments
from sroi.inputs.text.nouns import Id, Noun, Text, as_list
from sroi.inputs.text.numerals import Number, YesNo
from sroi.inputs.text.reading import nouns_of
from sroi.inputs.text.yaml_text import Document, read
from sroi.problems import Problem, Unusable, errors, nearest

MOST_ITEMS = 200
Said = Annotated[list[str], BeforeValidator(as_list), Field(max_length=20)]
Headings = Annotated[
    list[str], BeforeValidator(as_list), Field(min_length=1, max_length=MOST_ITEMS)
]


class Columns(Noun):
    """The headings of the columns; of questions a list, in the order of the instrument.

    Either one row for each person, with columns `before` and `after`; or one row for each time,
    with the columns `moment` and `score`.
    """

    person: str
    group: str | None = None
    before: Headings | None = None
    after: Headings | None = None
    moment: str | None = None
    score: Headings | None = None

    @property
    def wide(self) -> bool:
        """One row for each person."""
        return self.before is not None and self.after is not None

    @property
    def scores(self) -> list[list[str]]:
        """The columns of each score."""
        return [names for names in (self.before, self.after, self.score) if names]

    @property
    def all(self) -> list[str]:
        """Every heading that must be there."""
        single = [name for name in (self.person, self.group, self.moment) if name]
        return list(dict.fromkeys(single + [name for names in self.scores for name in names]))


class Words(Noun):
    """What stands in the columns for groups and moments; rows with `ignore` are left out."""

    programme: Said = []
    comparison: Said = []
    before: Said = []
    after: Said = []
    ignore: Said = []


class Anyway(Noun):
    """Regression to the mean: `mean` and `sd` of everybody on this scale, and the `correlation`
    between two measurements without any help. `cut`: the score at which people were selected."""

    mean: Number
    sd: Annotated[Number, Field(gt=0)]
    correlation: Annotated[Number, Field(ge=0, lt=1)]
    cut: Number | None = None
    because: Text


class Comparison(Noun):
    """How it was decided who came into which group."""

    assigned: Literal["random", "waiting_list", "matched", "other"]
    because: Text | None = None


class Feeds(Noun):
    """The outcome that the measurement is about."""

    scenario: Id
    outcome: Id


class Measurement(Noun):
    """One measurement file. `simulated`: not one answer in it is a real person's."""

    measurement: Id
    title: Text
    simulated: YesNo = False
    data: str
    instrument: Id | None = None
    domain: Id | None = None
    scale: Scale | None = None
    items: Items | None = None
    columns: Columns
    words: Words = Words()
    answers: dict[str, str] = {}
    no_answer: Said = []
    change: Change | None = None
    missing: Literal["uncertain", "unchanged"] = "uncertain"
    regression_to_the_mean: Anyway | None = None
    comparison: Comparison | None = None
    feeds: Feeds | None = None


# where the scale itself is missing: other rules have nothing to say of it
ANY_SCALE = Scale.model_construct(low=-math.inf, high=math.inf, better="higher")


@dataclass(frozen=True)
class Described:
    """A measurement with its instrument and the file that it stands in."""

    measurement: Measurement
    instrument: Instrument | None
    document: Document

    @property
    def data(self) -> Path:
        """The file with the answers: beside the measurement."""
        return Path(self.document.file).parent / self.measurement.data

    @property
    def scale(self) -> Scale:
        """The scale of the scores."""
        known = self.instrument.scale if self.instrument else None
        return known or self.measurement.scale or ANY_SCALE

    @property
    def items(self) -> Items | None:
        """How answers become a score; None where there are only scores."""
        known = self.instrument.items if self.instrument else None
        return known or self.measurement.items

    @property
    def change(self) -> Change | None:
        """When somebody has improved."""
        return self.measurement.change or (self.instrument.change if self.instrument else None)

    @property
    def name(self) -> Text:
        """What it was measured with."""
        return self.instrument.name if self.instrument else self.measurement.title

    def wrong(self, what: str, *path: str, **facts: object) -> Problem:
        """A mistake at a path of the measurement file."""
        return self.document.problem(what, path, **facts)


def load_measurement(path: Path) -> Described:
    """The measurement in a file. Raises `Unusable` with all that is wrong in it."""
    document = read(path)
    measurement, problems = nouns_of(Measurement, document)
    if measurement is None:
        raise Unusable(*sorted(problems, key=Problem.order))
    known = shipped_instruments()
    described = Described(measurement, known.get(measurement.instrument or ""), document)
    problems += [problem for rule in RULES for problem in rule(described)]
    if errors(problems):
        raise Unusable(*sorted(problems, key=Problem.order))
    return described


def the_instrument_is_known(d: Described) -> Iterator[Problem]:
    """measure-instrument-unknown"""
    key = d.measurement.instrument
    if key and d.instrument is None:
        near = nearest(key, shipped_instruments())
        yield d.wrong("measure-instrument-unknown", "instrument", id=key[:80], nearest=near)


def there_is_one_scale(d: Described) -> Iterator[Problem]:
    """measure-scale-missing, measure-scale-twice, measure-scale-order"""
    m, own = d.measurement, d.instrument is None or d.instrument.own_scale
    if m.scale is None and own and (d.instrument or not m.instrument):
        yield d.wrong("measure-scale-missing", "instrument")
    for key in ("scale", "items"):
        if getattr(m, key) is not None and not own:
            yield d.wrong("measure-scale-twice", key, key=key, id=m.instrument)
    if m.scale and not m.scale.in_order:
        yield d.wrong("measure-scale-order", "scale")


def domains_are_measured_one_by_one(d: Described) -> Iterator[Problem]:
    """measure-domain-missing, measure-domain-unknown"""
    domain = d.measurement.domain
    known = [one.id for one in d.instrument.domains] if d.instrument else []
    if known and domain is None:
        yield d.wrong("measure-domain-missing", "instrument", known=", ".join(known))
    elif domain and domain not in known:
        facts = {"id": domain[:80], "nearest": nearest(domain, known)}
        yield d.wrong("measure-domain-unknown", "domain", **facts)


def the_columns_fit_together(d: Described) -> Iterator[Problem]:
    """measure-layout, measure-items"""
    columns = d.measurement.columns
    wide, long = (columns.before, columns.after), (columns.moment, columns.score)
    if not (all(wide) and not any(long)) and not (all(long) and not any(wide)):
        yield d.wrong("measure-layout", "columns")
    for key in ("before", "after", "score"):
        names = getattr(columns, key) or []
        most = d.items.count if d.items else 1
        if len(names) > 1 and most not in (None, len(names)):
            facts = {"key": key, "found": len(names), "count": most}
            yield d.wrong("measure-items", "columns", key, **facts)


def the_words_are_given(d: Described) -> Iterator[Problem]:
    """measure-words-missing, measure-words-twice, measure-comparison-missing,
    measure-comparison-empty"""
    m, words = d.measurement, d.measurement.words
    wanted = ["programme"] if m.columns.group else []
    wanted += ["before", "after"] if m.columns.moment else []
    for key in wanted:
        if not getattr(words, key):
            yield d.wrong("measure-words-missing", "columns", key=key)
    for first, second in (("programme", "comparison"), ("before", "after")):
        both = _bare(getattr(words, first)) & _bare(getattr(words, second))
        if both:
            yield d.wrong("measure-words-twice", "words", first=first, second=second)
    if words.comparison and m.comparison is None:
        yield d.wrong("measure-comparison-missing", "words", "comparison")
    if m.comparison and not (words.comparison and m.columns.group):
        yield d.wrong("measure-comparison-empty", "comparison")


def _bare(words: Iterable[str]) -> set[str]:
    return {word.strip().casefold() for word in words}


def a_change_has_one_meaning(d: Described) -> Iterator[Problem]:
    """measure-change-missing, measure-change-form, measure-change-classes,
    measure-change-outside"""
    m, scale = d.measurement, d.scale
    if d.change is None:
        if d.instrument or not m.instrument:
            yield d.wrong("measure-change-missing", "instrument")
        return
    if m.change and len(m.change.forms) != 1:
        yield d.wrong("measure-change-form", "change")
    if d.change.classes and not (d.instrument and d.instrument.classes):
        yield d.wrong("measure-change-classes", "change")
    at, far = d.change.threshold, (d.change.points or 0) > scale.high - scale.low
    if scale.in_order and (far or (at is not None and not scale.low <= at <= scale.high)):
        ends = {"low": f"{scale.low:g}", "high": f"{scale.high:g}"}
        yield d.wrong("measure-change-outside", "change", **ends)


def there_is_one_counterfactual(d: Described) -> Iterator[Problem]:
    """measure-two-counterfactuals"""
    if d.measurement.comparison and d.measurement.regression_to_the_mean:
        yield d.wrong("measure-two-counterfactuals", "regression_to_the_mean")


def the_answers_are_known(d: Described) -> Iterator[Problem]:
    """measure-answers-unused, measure-answer-meaning"""
    if d.measurement.answers and d.items is None:
        yield d.wrong("measure-answers-unused", "answers")
    known = _bare(d.items.answers) if d.items else set()
    for cell, meant in d.measurement.answers.items():
        if known and meant.strip().casefold() not in known:
            facts = {"found": meant[:80], "known": ", ".join(sorted(known))}
            yield d.wrong("measure-answer-meaning", "answers", cell, **facts)


RULES: list[Callable[[Described], Iterator[Problem]]] = [
    the_instrument_is_known,
    there_is_one_scale,
    domains_are_measured_one_by_one,
    the_columns_fit_together,
    the_words_are_given,
    a_change_has_one_meaning,
    there_is_one_counterfactual,
    the_answers_are_known,
]
