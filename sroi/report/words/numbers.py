"""Numbers and dates as each language writes them, and no digit that the draws do not support."""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext
from functools import cache, lru_cache, partial
from typing import Any

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_currency, format_decimal, format_percent

LOCALES = {"nl": "nl_NL", "en": "en_GB"}
THOUSAND = 1000
STEPS = (0.01, 0.05, 0.1)  # of a chance
MILLION = 1_000_000
MINUS = "\u2212"
WORD_JOINER = "\u2060"  # has no width and is no place to break a line


# enough for the largest float and its decimals
ALL_DIGITS = Context(prec=400, rounding=ROUND_HALF_UP)
IN_CURRENCY = partial(format_currency, currency_digits=False)
PARTED = re.compile(MINUS + rf"(?=[^\d\s{WORD_JOINER}])")


def together(value: Any) -> Any:
    """A text in which no line can end between a minus and its amount; anything else as it is."""
    return PARTED.sub(MINUS + WORD_JOINER, value) if type(value) is str else value


def _rounded(value: float, decimals: int) -> Decimal:
    """Half away from zero on the decimal digits that a person sees, as Excel does."""
    exact = Decimal(repr(float(value)))
    return ALL_DIGITS.add(ALL_DIGITS.quantize(exact, Decimal(1).scaleb(-decimals)), 0)


@lru_cache(maxsize=16_384)
def _written(write: Callable[..., str], number: Decimal, lang: str, *told: str) -> str:
    """As Babel writes it, with our minus. It rounds with the digits that the context has, and by
    itself that has too few for a number of 25 digits (Babel 2.18). It is slow, and a report says
    the same numbers again and again."""
    with localcontext(ALL_DIGITS):
        return write(number, *told, locale=_locale(lang)).replace("-", MINUS)


@cache
def _locale(lang: str) -> Locale:
    return Locale.parse(LOCALES[lang])


@dataclass(frozen=True)
class Numbers:
    """Formats of one language and one currency.

    `terse` leaves the sign of the currency and the thousands away; `step`: to what amounts are
    rounded; `millions`: they are told in millions; `told_in`: the unit of a terse table, where its
    head has said it; `chance_error`: the numerical error of chances that are counted in draws.
    """

    lang: str
    currency: str = "EUR"
    terse: bool = False
    step: int = 1000
    millions: bool = False
    told_in: int = 0
    chance_error: float = 0.0

    @property
    def locale(self) -> Locale:
        """The Babel locale."""
        return _locale(self.lang)

    def number(self, value: float, decimals: int = 0) -> str:
        """1.234,5"""
        pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
        return _written(format_decimal, _rounded(value, decimals), self.lang, pattern)

    def plain(self, value: float) -> str:
        """A number with the decimals it has, four at the most."""
        return _written(format_decimal, _rounded(value, 4), self.lang, "#,##0.####")

    def percent(self, share: float, decimals: int = 0) -> str:
        """40%"""
        pattern = "0" + ("." + "0" * decimals if decimals else "") + "%"
        return _written(format_percent, _rounded(share, decimals + 2), self.lang, pattern)

    def share(self, share: float) -> str:
        """A share with the decimals it has, two at the most: 40%, 2,5%."""
        return _written(format_percent, _rounded(share, 4), self.lang, "#,##0.##%")

    def chance(self, share: float) -> str:
        """A probability in whole percents; never 0 or 100 % unless it is so in every draw."""
        if 0 < share < 0.01:
            return "< " + self.percent(0.01)
        if 0.99 < share < 1:
            return "> " + self.percent(0.99)
        return self.percent(share)

    def counted(self, share: float) -> str:
        """A probability that was counted in draws: in whole percents, or in steps of 5 or 10 %
        where the numerical error is more than half of a smaller one."""
        step = next((size for size in STEPS if self.chance_error <= size / 2), STEPS[-1])
        steps = float(_rounded(share / step, 0))
        if step == STEPS[0] or share in (0.0, 1.0):
            return self.chance(share)
        if steps in (0.0, 1 / step):
            return f"< {self.percent(step)}" if steps == 0 else f"> {self.percent(1 - step)}"
        return self.percent(steps * step)

    def euro(self, value: float, decimals: int = 0) -> str:
        """€ 1.235, and below zero € −1.235 in Dutch and −€1,235 in English."""
        digits = "#,##0" + ("." + "0" * decimals if decimals else "")
        pattern = {"nl": f"¤\u00a0{digits};¤\u00a0-{digits}", "en": f"¤{digits}"}[self.lang]
        number = _rounded(value, decimals)
        return _written(IN_CURRENCY, number, self.lang, self.currency, pattern)

    def money(self, value: float) -> str:
        """An amount rounded to `step`: € 235.000, or 235 where the head of the table says so."""
        rounded = float(_rounded(value / self.step, 0)) * self.step
        if self.terse:
            return self.number(rounded / self.unit)
        if self.millions and rounded:
            return self._in_millions(rounded)
        return self.euro(rounded)

    def _in_millions(self, value: float) -> str:
        """€ 2,8 mln, and €2.8m in English: with the decimals that the step has."""
        decimals = max(0, round(math.log10(MILLION / self.step)))
        amount = self.euro(value / MILLION, decimals)
        return f"{amount}\u00a0mln" if self.lang == "nl" else f"{amount}m"

    def in_band(self, low: float, high: float) -> Numbers:
        """For an amount that lies in a band: its last digit is about a hundredth of the width, and
        from hundreds of thousands on it is told in millions."""
        width = high - low
        if not 0 < width < math.inf:
            return self
        step = max(self.step, 10 ** max(0, round(math.log10(width / 100))))
        return self.stepped(step)

    def stepped(self, step: int) -> Numbers:
        """Amounts rounded to a step, in millions where that is a hundred thousand or more. A terse
        one stays in the unit that stands above its table, however coarse it is rounded."""
        return replace(self, step=step, millions=step >= MILLION / 10, told_in=self.unit)

    def with_error(self, error: float) -> Numbers:
        """For an amount that is told with its numerical error: no digit smaller than that."""
        if not 0 < error < math.inf:
            return self
        return self.stepped(max(self.step, 10 ** max(0, math.floor(math.log10(error)))))

    @property
    def unit(self) -> int:
        """In what large amounts are counted on an axis and in a terse table."""
        return self.told_in or (THOUSAND if self.step >= THOUSAND else 1)

    @property
    def in_units(self) -> str:
        """The unit in words: `× € 1.000`, or the sign of the currency."""
        return f"× {self.euro(self.unit)}" if self.unit > 1 else self.euro(0).strip("0\u00a0 ")

    def ratio(self, value: float, standard_error: float = 0.0, width: float = 0.0) -> str:
        """1,96, or fewer decimals where the numerical error does not support two, or where the last
        would be far less than a hundredth of the `width` of its band."""
        supported = 2 if standard_error <= 0 else math.floor(-math.log10(2 * standard_error))
        wanted = 2 if width <= 0 else round(-math.log10(width / 100))
        return self.number(value, max(0, min(2, supported, wanted)))

    def people(self, value: float, width: float = 0.0) -> str:
        """A number of people, whose last digit is about a hundredth of the `width` of its band."""
        step = 10 ** max(0, round(math.log10(width / 100))) if width > 0 else 1
        return self.number(float(_rounded(value / step, 0)) * step)

    def date(self, day: datetime.date) -> str:
        """1 maart 2026"""
        return format_date(day, "long", locale=self.locale)

    def list(self, items: list[str]) -> str:
        """a, b en c"""
        return format_list(items, locale=self.locale)
