"""Arithmetic written out: once for people, as a calculator takes it, and once with every digit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sroi.report.words.numbers import Numbers

SUM, PRODUCT, ATOM = range(3)
MOST_DECIMALS = 10
SIGNIFICANT = 8


@dataclass(frozen=True)
class Written:
    """An expression: `exact` of numbers, + - * / ** and brackets, `told` for people, and its value.

    `binds`: how tightly its parts hold together, for the brackets around it.
    """

    exact: str
    told: str
    value: float
    binds: int = ATOM


def times(parts: Sequence[Written]) -> Written:
    """a × b × c"""
    value = 1.0
    for part in parts:
        value *= part.value
    return _joined(parts, " * ", " × ", value, PRODUCT)


def plus(parts: Sequence[Written]) -> Written:
    """a + b + c; nothing at all is 0."""
    if not parts:
        return Written("0.0", "0", 0.0)
    return _joined(parts, " + ", " + ", sum(part.value for part in parts), SUM)


def less(first: Written, second: Written) -> Written:
    """a − b"""
    exact, told = _bracketed(second, PRODUCT)
    value = first.value - second.value
    return Written(f"{first.exact} - {exact}", f"{first.told} − {told}", value, SUM)


def over(first: Written, second: Written) -> Written:
    """a ÷ b; a ÷ 1 is a."""
    if second.value == 1:
        return first
    (exact, told), (by, by_told) = _bracketed(first, PRODUCT), _bracketed(second, ATOM)
    value = first.value / second.value
    return Written(f"{exact} / {by}", f"{told} ÷ {by_told}", value, PRODUCT)


def power(base: Written, exponent: Written) -> Written:
    """a^b; a to the power of 1 is a."""
    if exponent.value == 1:
        return base
    exact, told = _bracketed(base, ATOM)
    value = base.value**exponent.value
    return Written(f"{exact}**{exponent.exact}", f"{told}^{exponent.told}", value)


def rest(share: Written) -> Written:
    """1 − a"""
    return less(Written("1", "1", 1.0), share)


def _joined(
    parts: Sequence[Written], sign: str, told_sign: str, value: float, binds: int
) -> Written:
    if len(parts) == 1:
        return parts[0]
    written = [_bracketed(part, binds) for part in parts]
    exact, told = sign.join(e for e, _ in written), told_sign.join(t for _, t in written)
    return Written(exact, told, value, binds)


def _bracketed(part: Written, least: int) -> tuple[str, str]:
    if part.binds >= least:
        return part.exact, part.told
    return f"({part.exact})", f"({part.told})"


@dataclass(frozen=True)
class Pen:
    """Writes numbers of one language: those that were given in full, amounts in cents."""

    numbers: Numbers

    def number(self, value: float) -> Written:
        """A number with the decimals that it has."""
        return Written(repr(float(value)), self.numbers.number(value, _decimals(value)), value)

    def share(self, value: float) -> Written:
        """A share as percent."""
        decimals = _decimals(round(value * 100, 12))
        return Written(repr(float(value)), self.numbers.percent(value, decimals), value)

    def price(self, value: float) -> Written:
        """A price with the decimals that it has, or none where it is whole."""
        decimals = _decimals(value)
        decimals = decimals if decimals == 0 else max(decimals, 2)
        return Written(repr(float(value)), self.numbers.euro(value, decimals), value)

    def euro(self, value: float) -> Written:
        """An amount that was worked out, in cents."""
        return Written(repr(float(value)), self.numbers.euro(value, 2), value)


def _decimals(value: float) -> int:
    """How many decimals a number has; of one that has no end, eight digits' worth."""
    for decimals in range(MOST_DECIMALS):
        if abs(round(value, decimals) - value) <= 1e-14 * abs(value):
            return decimals
    whole = len(str(int(abs(value)))) if abs(value) >= 1 else 0
    return max(2, SIGNIFICANT - whole)
