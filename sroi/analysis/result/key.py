"""One grammar of keys for every amount: the same words ask for the same number everywhere.

WHAT[:PAYER][:CLASS][@YEAR][/expected]

WHAT      balance (also society and net_present_value; it may be left out before a payer),
          benefits, investment, a line such as outcomes.minder-seh; ratio (also sroi_ratio)
PAYER     one payer's part; without it that of society
CLASS     hard, soft or pm; without it all of these
YEAR      2028: that year. ..2028: from the start up to and with it. Then nothing is discounted;
          without a year it is the present value over all years
/expected the mean over the draws; without it the central case
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sroi.model.flows.impact import STAGES
from sroi.model.flows.results import INVESTMENT as OF_INVESTMENT
from sroi.model.flows.results import Perspective, Results, standard_error
from sroi.model.lines.lines import CLASSES
from sroi.model.lines.model import Model

Array = NDArray[np.float64]
BALANCE, BENEFITS, INVESTMENT, RATIO = "balance", "benefits", "investment", "ratio"
NAMES = {
    "society": BALANCE,
    "balance": BALANCE,
    "net_present_value": BALANCE,
    "benefits": BENEFITS,
    "investment": INVESTMENT,
    "ratio": RATIO,
    "sroi_ratio": RATIO,
}
EXPECTED, UP_TO = "expected", ".."


@dataclass(frozen=True)
class Spoken:
    """A key cut into its words, whatever they mean. `year` is None where there is no @."""

    what: str
    of: tuple[str, ...]
    year: str | None
    case: str | None

    @property
    def whose(self) -> tuple[str, ...]:
        """What may be a payer: what is neither an amount nor a class."""
        what = () if self.what in NAMES or "." in self.what else (self.what,)
        return tuple(word for word in (*what, *self.of) if word not in CLASSES)


@dataclass(frozen=True)
class Key:
    """What a key asks for. `years`: first and last offset, both included; None: present value."""

    what: str
    payer: str | None = None
    cash: str | None = None
    years: tuple[int, int] | None = None
    expected: bool = False

    @property
    def perspective(self) -> Perspective:
        """Whose money counts, and of what class."""
        payers, classes = (frozenset({x}) if x else None for x in (self.payer, self.cash))
        return Perspective(payers, classes)


def spoken(key: str) -> Spoken:
    """The words of a key."""
    rest, slash, case = key.partition("/")
    rest, at, year = rest.partition("@")
    what, *of = rest.split(":")
    return Spoken(what, tuple(of), year if at else None, case if slash else None)


def key_of(words: Spoken, model: Model) -> Key | None:
    """What the words ask of a model; None where they are not of the grammar, or of no year of it.

    `what` is one of the four amounts, or stays as it was said.
    """
    what, of = words.what, list(words.of)
    if what in model.payers and what not in NAMES:
        what, of = BALANCE, [what, *of]
    payers = [word for word in of if word in model.payers and word not in CLASSES]
    classes = [word for word in of if word in CLASSES]
    years = None if words.year is None else years_of(words.year, model)
    strange = len(payers) + len(classes) < len(of) or len(payers) > 1 or len(classes) > 1
    if strange or (words.year is not None and years is None) or words.case not in (None, EXPECTED):
        return None
    payer, cash = (next(iter(found), None) for found in (payers, classes))
    return Key(NAMES.get(what, what), payer, cash, years, words.case == EXPECTED)


def years_of(said: str, model: Model) -> tuple[int, int] | None:
    """The first and last offset of `2028` or `..2028`; None where the model has no such year."""
    up_to, year = said.startswith(UP_TO), said.removeprefix(UP_TO)
    known = [str(model.first_year + offset) for offset in range(model.years)]
    if year not in known:
        return None
    last = known.index(year)
    return (0 if up_to else last), last


def amount(results: Results, key: Key) -> tuple[float, float]:
    """What results hold for a key of money, with its numerical error over the replicates.

    Of an investment that is a positive number, and in a balance it is taken off.
    """
    rows = _rows(results, key.what)
    if key.years is None:
        earned, spent = (
            results.present_values(some, key.perspective) for some in _apart(results, rows)
        )
        return results.mean_and_error(_balanced(key, earned, spent))
    first, last = (len(STAGES) + offset for offset in key.years)
    weights = results.weights(key.perspective)
    sums = results.sums[:, :, first : last + 1].sum(axis=2) * weights
    earned, spent = (sums[:, some].sum(axis=1) for some in _apart(results, rows))
    found = _balanced(key, earned, spent)
    return float(found.mean()), standard_error(found)


def _balanced(key: Key, earned: Array, spent: Array) -> Array:
    return earned - spent if key.what == BALANCE else earned + spent


def _rows(results: Results, what: str) -> list[int]:
    """The rows of an amount, or of a line and all lines in it."""
    if what == BALANCE:
        return list(range(len(results.lines)))
    if what in (BENEFITS, INVESTMENT):
        return results.rows(what)
    kind, _, id_ = what.partition(".")
    return results.rows(kind, [id_])


def _apart(results: Results, rows: Iterable[int]) -> tuple[list[int], list[int]]:
    """Benefits and investment."""
    spent = [row for row in rows if results.lines[row].startswith(OF_INVESTMENT)]
    return [row for row in rows if row not in spent], spent
