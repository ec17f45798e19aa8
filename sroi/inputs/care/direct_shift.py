"""The direct shift: avoided care of one kind from who is reached, for organisations without a
ladder. The equations stand in `model/care/direct_shift.py`."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from sroi.inputs.care.care import Care, Contracts, Effect
from sroi.inputs.quantity.quantity import Fraction, Quantity, Within
from sroi.inputs.quantity.sizes import Span
from sroi.inputs.text.nouns import Id, Text


class DirectShift(Care, Effect):
    """Avoided entries into care: reach × share at risk × reduction of that risk, or σ × reach.

    `duration`: years that this care lasts on average. `substitution` σ: avoided entries for each
    trajectory of the activity; below 0 the activity sends people on to care.
    """

    id: Id
    what: Text
    stakeholder: Id
    of: Id
    at_risk: Fraction | None = None
    risk_reduction: Annotated[Quantity, Within((-1.0, 1.0))] | None = None
    substitution: Annotated[Quantity, Within((-1.0, 1.0))] | None = None
    duration: Span
    contracts: Contracts = Field(default_factory=Contracts)
