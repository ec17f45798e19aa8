"""What a key asks for, in words."""

from __future__ import annotations

from sroi.analysis.result.key import Key
from sroi.report.told.told import Told


def key_words(told: Told, key: Key) -> list[str]:
    """Whose money a key asks for, of what class, and in which years; nothing for all of it."""
    w, first = told.words, told.valuation.model.first_year
    parts = [told.payer(key.payer)] if key.payer else []
    if not key.payer and (key.cash or key.years):
        parts.append(w("result.everyone"))
    parts += [w(f"result.{key.cash}")] if key.cash else []
    if key.years:
        alone = key.years[0] == key.years[1]
        parts.append(w("result.in" if alone else "result.until", year=first + key.years[1]))
    return parts
