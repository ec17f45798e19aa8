"""What stands in a cell of a table: a number, that it is unknown, or words.

A point alone, a blank and an x are unknown, and never zero. A star behind a number says that it is
provisional, two that it is nearly final. `0` is a number: less than half of the unit.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

# how a table writes a decimal; of one of one's own that is seen at each number
Style = Literal["comma", "point", "own"]
Sign = Literal["", "comma", "point"]

UNKNOWN = frozenset(["", ".", "x", "-", "–", "..", "null", "nan", "na", "n/a"])
STARRED = re.compile(r"(?P<bare>.*?)\s*(?P<stars>\*{1,2})", re.DOTALL)
WHOLE = re.compile(r"-?\d{1,15}", re.ASCII)
WITH_COMMA = re.compile(r"-?\d{1,15},\d{1,10}", re.ASCII)
WITH_POINT = re.compile(r"-?\d{1,15}\.\d{1,10}", re.ASCII)
THOUSANDS = re.compile(r"-?\d{1,3}([. \u00a0\u202f]\d{3})+(,\d{1,10})?", re.ASCII)
AMBIGUOUS = re.compile(r"-?[1-9]\d{0,2}[.,]\d{3}", re.ASCII)
OPEN_DATA_MISSING = "impossible"  # what version 4 calls a cell in which nothing can stand


@dataclass(frozen=True)
class Figure:
    """A cell. `value`: None where it is unknown or words; `decimals`: how many it is written with.

    `status`: what its own stars say. `ambiguous`: whether a point or comma in it may mean two
    things; `sign`: before its decimals, where it shows which of both a table of one's own uses.
    """

    text: str
    value: float | None = None
    decimals: int = 0
    status: Literal["", "provisional", "nearly-final"] = ""
    ambiguous: bool = False
    sign: Sign = ""

    @property
    def known(self) -> bool:
        """Whether it is a number."""
        return self.value is not None

    @property
    def unknown(self) -> bool:
        """Whether it says that there is no number."""
        return self.text.casefold() in UNKNOWN


@lru_cache(maxsize=1 << 15)
def figure(text: str, style: Style) -> Figure:
    """A cell of a table that writes decimals in this way."""
    bare, status = text, ""
    if "*" in text and (found := STARRED.fullmatch(text)):
        bare, status = found["bare"], "provisional" if found["stars"] == "*" else "nearly-final"
    if WHOLE.fullmatch(bare):
        return Figure(text, float(bare), 0, status)  # type: ignore[arg-type]
    digits = _as_program_reads(bare, style)
    if digits is None:
        return Figure(bare if bare.casefold() in UNKNOWN else text)
    ambiguous = style == "own" and AMBIGUOUS.fullmatch(bare) is not None
    decimals, sign = len(digits.partition(".")[2]), "" if ambiguous else _sign(bare)
    return Figure(text, float(digits), decimals, status, ambiguous, sign)  # type: ignore[arg-type]


def _sign(bare: str) -> Sign:
    """Which sign comes before decimals where a number is written so: `1.234.567` shows it too."""
    if "," in bare or bare.count(".") > 1:
        return "comma"
    return "point" if "." in bare else ""


def _as_program_reads(bare: str, style: Style) -> str | None:
    """Digits with a point before the decimals; None where it is no number."""
    if style == "point":
        return bare if WITH_POINT.fullmatch(bare) else None
    if THOUSANDS.fullmatch(bare):
        return re.sub(r"[^\d,-]", "", bare).replace(",", ".")
    if WITH_COMMA.fullmatch(bare):
        return bare.replace(",", ".")
    return bare if WITH_POINT.fullmatch(bare) else None
