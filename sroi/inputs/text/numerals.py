"""How a number, a yes or no, and a date may be written in a file, and what is said otherwise.

Each reader takes text and returns a value, or raises a pydantic error whose type is the code of
the problem. Numbers that Dutch and English would read differently are refused, never guessed.
"""

from __future__ import annotations

import datetime
import re
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

PLAIN = re.compile(r"[+-]?(\d+|\d{1,3}(_\d{3})+)(\.\d+)?", re.ASCII)
AS_PROGRAMS_WRITE = re.compile(r"[+-]?\d{1,20}(\.\d{1,20})?[eE][+-]?\d{1,3}", re.ASCII)
AMBIGUOUS = re.compile(r"[+-]?[1-9]\d{0,2}[.,]\d{3}", re.ASCII)
DUTCH = re.compile(r"[+-]?(\d+|\d{1,3}(\.\d{3})+),\d+", re.ASCII)
GROUPED = re.compile(r"[+-]?\d{1,3}((\.\d{3}){2,}|([, ]\d{3})+(\.\d+)?)", re.ASCII)
SCIENTIFIC = re.compile(r"[+-]?\d{1,15},\d{1,15}[eE][+-]?\d{1,2}", re.ASCII)
SPACES = re.compile(r"[^\S ]")  # narrow ones, and those that do not break
DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
LONGEST = 30
LARGEST = 1e12  # more than all that a country makes in a year, in any currency that is used here


def number(text: Any) -> float:
    """A number: `0.30`, `30%`, `260000`, `260_000`, or as R and Python write it: `5e-05`."""
    if not isinstance(text, str):
        raise PydanticCustomError("number-expected", "", {"found": _kind(text)})
    if len(text) > LONGEST:
        raise PydanticCustomError("number-unreadable", "", {"found": text[:LONGEST] + "…"})
    text = SPACES.sub(" ", text)
    bare, sign = text.removesuffix("%").rstrip(), "%" if text.endswith("%") else ""
    written = PLAIN.fullmatch(bare) or AS_PROGRAMS_WRITE.fullmatch(bare)
    if AMBIGUOUS.fullmatch(bare) or not written:
        raise _otherwise(text, bare, sign)
    value = float(bare.replace("_", "")) / (100 if sign else 1)
    if abs(value) > LARGEST:
        raise PydanticCustomError("number-too-large", "", {"found": text})
    return value


def _otherwise(text: str, bare: str, sign: str) -> PydanticCustomError:
    """What is said of a number that is written in another way than ours."""
    if AMBIGUOUS.fullmatch(bare):
        joined = bare.replace(".", "").replace(",", "") + sign
        facts = {"whole": joined, "decimal": bare.replace(",", ".") + "0" + sign}
        return PydanticCustomError("number-ambiguous", "", {"found": text, **facts})
    if DUTCH.fullmatch(bare):
        meant = bare.replace(".", "").replace(",", ".") + sign
        return PydanticCustomError("number-decimal-comma", "", {"found": text, "meant": meant})
    if GROUPED.fullmatch(bare):
        marks = "[ ,]" if bare.count(".") == 1 else "[ ,.]"
        meant = re.sub(marks, "", bare) + sign
        return PydanticCustomError("number-grouped", "", {"found": text, "meant": meant})
    if SCIENTIFIC.fullmatch(bare) and len(meant := _in_decimals(bare)) < LONGEST:
        return PydanticCustomError("number-scientific", "", {"found": text, "meant": meant + sign})
    return PydanticCustomError("number-unreadable", "", {"found": text})


def _in_decimals(text: str) -> str:
    """`1.8E+04` as `18000`; with a zero more where it could be misread."""
    size = f"{Decimal(text.replace(',', '.')):f}"
    size = size.rstrip("0").rstrip(".") if "." in size else size
    return size + "0" if AMBIGUOUS.fullmatch(size) else size


def whole(text: Any) -> int:
    """A whole number."""
    value = number(text)
    if value != int(value):
        raise PydanticCustomError("number-not-whole", "", {"found": text})
    return int(value)


def yes_or_no(text: Any) -> bool:
    """`true` or `false`, and nothing else: `no`, `nee` and `0` are asked to be spelled out."""
    if text not in ("true", "false"):
        raise PydanticCustomError("boolean-unreadable", "", {"found": str(text)[:LONGEST]})
    return bool(text == "true")


def date(text: Any) -> datetime.date:
    """A day, as `2026-03-01`."""
    try:
        return datetime.date.fromisoformat(text if DAY.fullmatch(text) else "")
    except (TypeError, ValueError):
        raise PydanticCustomError("date-unreadable", "", {"found": str(text)[:LONGEST]}) from None


def _kind(value: Any) -> str:
    return "{…}" if isinstance(value, dict) else "[…]"


IN_A_FILE = r"^[+-]?[\d_]+(\.\d+)?([eE][+-]?\d{1,3})?%?$"
NUMERAL: dict[str, Any] = {"anyOf": [{"type": "number"}, {"type": "string", "pattern": IN_A_FILE}]}

Number = Annotated[float, BeforeValidator(number), WithJsonSchema(NUMERAL)]
Whole = Annotated[int, BeforeValidator(whole), WithJsonSchema({"type": "integer"})]
YesNo = Annotated[bool, BeforeValidator(yes_or_no), WithJsonSchema({"type": "boolean"})]
Date = Annotated[
    datetime.date, BeforeValidator(date), WithJsonSchema({"type": "string", "format": "date"})
]
