"""Small types that more than one noun needs: years, counts, spans, shares, and classes of cash."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from sroi.inputs.quantity.quantity import DURATION, Quantity, Within
from sroi.inputs.text.nouns import Id, SharesToOne
from sroi.inputs.text.numerals import Number, Whole

CashClass = Literal["hard", "soft", "pm"]
Timing = Literal["end_of_year", "start_of_year", "mid_year"]
Year = Annotated[Whole, Field(ge=1900, le=2200)]
Shares = Annotated[dict[Id, Number], SharesToOne]
Positive = Annotated[Number, Field(gt=0)]
Count = Annotated[Number, Field(ge=0)]
Span = Annotated[Quantity, Within((0.05, DURATION[1]))]
