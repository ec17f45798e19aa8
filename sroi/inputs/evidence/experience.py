"""What people say of the outcomes: how many of those interviewed name them, by perspective.

The interviews are a purposive sample: everything here describes these interviews and no others. A
count of one to four people may stand as `few`, and is reckoned as 2.5.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from sroi.inputs.text.nouns import Id, Noun, Text
from sroi.inputs.text.numerals import Number, YesNo, whole

FEW = 2.5  # one to four people, so few that the number may not be told; the middle of what it is


def _count(value: Any) -> Any:
    return FEW if value == "few" else float(whole(value))


A_COUNT = {"anyOf": [{"type": "integer", "minimum": 0}, {"const": "few"}]}
People = Annotated[float, BeforeValidator(_count), Field(ge=0, le=10_000), WithJsonSchema(A_COUNT)]
Perspective = Literal["employee", "client", "partner"]
Works = Literal["helps", "hinders"]
Status = Literal["recognised", "partly", "not_recognised", "contradicted", "silent"]
WORKS: tuple[Works, ...] = ("helps", "hinders")
PERSPECTIVES: tuple[Perspective, ...] = ("employee", "client", "partner")
MORE_THAN_HALF = 0.8  # chance from which an outcome is recognised; 1 - this: not recognised
NEW_FROM = 3  # interviews that name what the scenario does not, before it must be added
ENOUGH_AGREEMENT = 0.7  # Cohen's kappa from which codings may be counted


class Named(Noun):
    """Of one outcome and perspective: interviews that name it, of which after a question about it
    (`prompted`), and interviews that say the opposite (`negative`)."""

    mentioned: People
    prompted: People = 0
    negative: People = 0


class Recognition(Noun):
    """How an outcome appears in the interviews. `of`: an outcome, or a step of the theory."""

    of: Id
    employee: Named | None = None
    client: Named | None = None
    partner: Named | None = None


class Felt(Noun):
    """Of one condition and perspective: interviews that say that it `helps` where it is there, and
    that it `hinders` where it is not, or works against it. One interview may say both."""

    helps: People = 0
    hinders: People = 0


class Factor(Noun):
    """What interviews say of a condition, as what made the work succeed or fail. `of`: which of
    the enabling conditions."""

    of: Id
    employee: Felt | None = None
    client: Felt | None = None
    partner: Felt | None = None


class Surprise(Noun):
    """What people name that the scenario does not: `mentioned` by so many of one perspective.

    `works`: it is no outcome but a condition, and says that it helps or that it hinders.
    """

    what: Text
    perspective: Perspective
    mentioned: People
    works: Works | None = None


class Valued(Noun):
    """How residents value the nearer support against the care before it: numbers of people."""

    more: People
    equal: People
    less: People


class Quote(Noun):
    """Words of somebody who agreed to their being printed (`consent`), without a name."""

    says: Text
    perspective: Perspective
    of: Id | None = None
    consent: YesNo


class Interviews(Noun):
    """People spoken to."""

    employee: People = 0
    client: People = 0
    partner: People = 0


class Experience(Noun):
    """All that the interviews say. `weight`: whether recognition by clients lowers the grade of an
    outcome (partly) or keeps it out of euros (not recognised, contradicted)."""

    because: Text
    interviews: Interviews
    kappa: Annotated[Number, Field(ge=-1, le=1)] | None = None
    outcomes: Annotated[list[Recognition], Field(max_length=100)] = []
    factors: Annotated[list[Factor], Field(max_length=100)] = []
    new: Annotated[list[Surprise], Field(max_length=50)] = []
    shift: Valued | None = None
    quotes: Annotated[list[Quote], Field(max_length=30)] = []
    weight: Literal["none", "by_recognition"] = "none"

    @model_validator(mode="after")
    def _fits(self) -> Experience:
        for found in self.outcomes:
            for whose in PERSPECTIVES:
                named, spoken = getattr(found, whose), getattr(self.interviews, whose)
                if named and max(named.mentioned, named.negative) > spoken:
                    raise PydanticCustomError("named-above-interviews", "", {"id": found.of})
                if named and named.prompted > named.mentioned:
                    raise PydanticCustomError("prompted-above-named", "", {"id": found.of})
        for factor in self.factors:
            for whose in PERSPECTIVES:
                felt = getattr(factor, whose)
                if felt and max(felt.helps, felt.hinders) > getattr(self.interviews, whose):
                    raise PydanticCustomError("named-above-interviews", "", {"id": factor.of})
        return self

    def status(self, found: Recognition, whose: Perspective) -> Status:
        """Whether those of a perspective recognise an outcome (`status_of`)."""
        return status_of(getattr(found, whose), getattr(self.interviews, whose))


def posterior(named: float, of: float) -> tuple[float, float]:
    """Parameters of the posterior of the share that names something: Beta(½ + k, ½ + n - k).

    Jeffreys' prior (Jeffreys 1946; Brown, Cai & DasGupta 2001). k = 14 of n = 22: mean .630, 95 %
    .429-.811, and the chance that it is more than half .900.
    """
    return 0.5 + named, 0.5 + of - named


def interval(named: float, of: float, prior: float = 0.5) -> tuple[float, float, float]:
    """Mean and 95 % interval of a share by its posterior.

    `prior`: what is added to those who do not name it; ½ for one thing named or not, 1 for one of
    three answers (the margin of Dirichlet(½, ½, ½)).
    """
    from scipy.special import betaincinv

    a, b = 0.5 + named, prior + of - named
    low, high = (float(betaincinv(a, b, share)) for share in (0.025, 0.975))
    return a / (a + b), low, high


def more_than_half(named: float, of: float) -> float:
    """Chance that more than half would name it, by the posterior."""
    from scipy.special import betainc

    a, b = posterior(named, of)
    return 1.0 - float(betainc(a, b, 0.5))


def status_of(named: Named | None, of: float) -> Status:
    """What the interviews of one perspective say of an outcome.

    Contradicted where those who say the opposite are more than half of those who name it; silence
    is no contradiction: who was not asked, or does not mention it, does not deny it.
    """
    if named is None or of == 0 or not (named.mentioned or named.negative):
        return "silent"
    if named.negative > named.mentioned / 2:
        return "contradicted"
    chance = more_than_half(named.mentioned, of)
    if chance >= MORE_THAN_HALF:
        return "recognised"
    return "partly" if chance > 1 - MORE_THAN_HALF else "not_recognised"
