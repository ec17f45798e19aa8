"""Monitoring: what is counted and what is told, when, and at what point plans change."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from sroi.inputs.quantity.sizes import Year
from sroi.inputs.text.nouns import Id, Noun, Text, unsaid
from sroi.inputs.text.numerals import Number

Target = Annotated[Number | None, Field(exclude_if=unsaid)]


class Monitor(Noun):
    """One thing to follow: a figure (`count`) or an account of what people live (`story`).

    `of`: the outcome, ladder or activity it is about. `go`: what it must show to go on. `stop`:
    what makes the commissioner stop or turn. The same in figures, so that `sroi follow` can say
    whether it is so: `at_least` or `at_most` to go on, `stop_below` or `stop_above`; `figure`: the
    path of the number (without it the volume of an activity, or the effect of an outcome); `year`:
    of which year, or over all.
    """

    id: Id
    what: Text
    kind: Literal["count", "story"]
    when: Text
    who: Text | None = None
    of: Id | None = None
    go: Text | None = None
    stop: Text | None = None
    figure: Annotated[str | None, Field(exclude_if=unsaid, max_length=120)] = None
    at_least: Target = None
    at_most: Target = None
    stop_below: Target = None
    stop_above: Target = None
    year: Annotated[Year | None, Field(exclude_if=unsaid)] = None

    @property
    def in_figures(self) -> bool:
        """Whether it says at what figure plans change."""
        ends = (self.at_least, self.at_most, self.stop_below, self.stop_above)
        return any(end is not None for end in ends)

    @model_validator(mode="after")
    def _in_order(self) -> Monitor:
        """What stops does not also let go on."""
        below, least = self.stop_below, self.at_least
        above, most = self.stop_above, self.at_most
        turned = below is not None and least is not None and below > least
        turned |= above is not None and most is not None and above < most
        turned |= least is not None and most is not None and least > most
        if turned:
            raise PydanticCustomError("target-order", "")
        return self
