"""Instruments: how a questionnaire is scored, and what may be done with the scores.

Scoring rules only. The questions are not here: many are licensed.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Annotated, Literal

from pydantic import Field

from sroi import shipped
from sroi.inputs.text.nouns import Id, Noun, Reference, Text
from sroi.inputs.text.numerals import Number, Whole, YesNo
from sroi.inputs.text.reading import nouns_of
from sroi.inputs.text.yaml_text import read
from sroi.problems import Unusable

MOST_STEPS = 1_000
Count = Annotated[Whole, Field(ge=1, le=200)]


class Scale(Noun):
    """Lowest and highest score, and which way is better; `step` between scores, if there is one."""

    low: Number
    high: Number
    step: Annotated[Number, Field(gt=0)] | None = None
    better: Literal["higher", "lower"]

    @property
    def sign(self) -> int:
        """+1 where higher is better, -1 where lower is."""
        return 1 if self.better == "higher" else -1

    @property
    def in_order(self) -> bool:
        """Whether the lowest score is lower than the highest, in a whole number of steps."""
        if self.low >= self.high:
            return False
        steps = (self.high - self.low) / self.step if self.step else 1.0
        return abs(steps - round(steps)) < 1e-9 and steps <= MOST_STEPS

    def holds(self, score: float) -> bool:
        """Whether it is a score of this scale."""
        steps = (score - self.low) / self.step if self.step else 0.0
        return self.low <= score <= self.high and abs(steps - round(steps)) < 1e-6


class Band(Noun):
    """A class of scores with a name: from `low` up to and including `high`."""

    name: Text
    low: Number
    high: Number


class Change(Noun):
    """When somebody has improved; one of four.

    So many `points`; across the `threshold` from which all is well (that score included); into
    another class (`classes`); or more than measurement error (`reliability` of the scale from 0 to
    1, with the `sd` of a norm group; without it that of the people before).
    """

    points: Annotated[Number, Field(gt=0)] | None = None
    threshold: Number | None = None
    classes: YesNo = False
    reliability: Annotated[Number, Field(gt=0, lt=1)] | None = None
    sd: Annotated[Number, Field(gt=0)] | None = None

    @property
    def forms(self) -> list[str]:
        """Which of the four it is."""
        return [name for name in ("points", "threshold", "classes", "reliability")
                if getattr(self, name) not in (None, False)]  # fmt: skip


class Items(Noun):
    """How answers become a score.

    An item counts from `low` to `high`; `answers` are words that count for so much. Those of the
    `reversed` items count as `answers_reversed` say, and numbers as low + high - number. `times`:
    what the sum is multiplied by. Without `count` any number of items will do.
    """

    count: Count | None = None
    low: Number = 0.0
    high: Number = 1.0
    reversed: list[Count] = []
    answers: dict[str, Number] = {}
    answers_reversed: dict[str, Number] = {}
    combined: Literal["sum", "mean"] = "sum"
    times: Number = 1.0

    def score(self, items: list[float]) -> float:
        """The score of all items together."""
        total = sum(items) * self.times
        return total / len(items) if self.combined == "mean" else total


class Domain(Noun):
    """A part of life that an instrument measures by itself."""

    id: Id
    name: Text


class Instrument(Noun):
    """One instrument. `own_scale`: whoever measures with it states the scale."""

    id: Id
    name: Text
    scale: Scale | None = None
    own_scale: YesNo = False
    domains: list[Domain] = []
    items: Items | None = None
    classes: list[Band] = []
    change: Change | None = None
    euros: YesNo = True
    best_evidence: Annotated[Whole, Field(ge=1, le=6)] = 1
    caution: Text | None = None
    source: Reference | None = None
    provenance: Literal["first-hand", "second-hand", "memory"]


class Instruments(Noun):
    """The file `instruments.yaml`."""

    instruments: list[Instrument]


@lru_cache(maxsize=1)
def shipped_instruments() -> dict[str, Instrument]:
    """The instruments that come with the package, by id; read once. Raises `Unusable`."""
    noun, problems = nouns_of(Instruments, read(shipped.folder("proxies") / "instruments.yaml"))
    if noun is None:
        raise Unusable(*problems)
    return {one.id: one for one in noun.instruments}
