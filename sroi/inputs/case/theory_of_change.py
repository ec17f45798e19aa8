"""The theory of change (redeneerlijn): from what is done, step by step, to what it is for.

Weiss (1995) and Connell & Kubisch (1998): write down every step, and what must hold between them.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from sroi.inputs.text.nouns import Id, Noun, Reference, Text
from sroi.inputs.text.numerals import Whole

Kind = Literal["activity", "result", "outcome", "impact"]
Line = Annotated[str, Field(max_length=200)]


class Step(Noun):
    """A step. `of`: the activity of the scenario that it is; `feeds`: the lines of the scenario
    that reckon with it, as `outcomes.later-hulp` or `care_ladder.zorgladder`."""

    id: Id
    kind: Kind
    what: Text
    of: Id | None = None
    indicator: Text | None = None
    stakeholder: Id | None = None
    feeds: Annotated[list[Line], Field(max_length=20)] = []


class Link(Noun):
    """From one step to the next: what must hold for it, and how that is known.

    `condition`: the enabling condition that it takes. `evidence`: grade 1 (a Dutch study with a
    control group) to 6 (a judgement); a link without it is unproven.
    """

    from_: Annotated[Id, Field(alias="from")]
    to: Id
    assumption: Text | None = None
    condition: Id | None = None
    because: Text | None = None
    source: Reference | None = None
    evidence: Annotated[Whole, Field(ge=1, le=6)] | None = None


class TheoryOfChange(Noun):
    """One line of reasoning: steps, and the links between them."""

    id: Id
    what: Text
    steps: Annotated[list[Step], Field(min_length=2, max_length=60)]
    links: Annotated[list[Link], Field(min_length=1, max_length=120)]
