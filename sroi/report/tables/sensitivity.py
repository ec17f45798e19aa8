"""The tables of what drives the answer; each for one result, told by `Asked`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import isfinite

from sroi.analysis.result.key import BALANCE, Key
from sroi.analysis.result.question import Question
from sroi.analysis.sensitivity.acceptability import Worth as WorthOfUnit
from sroi.analysis.sensitivity.break_even import BreakEven, Curve
from sroi.analysis.sensitivity.given_data import GivenData
from sroi.analysis.sensitivity.highest_price import HighestPrice
from sroi.analysis.sensitivity.information import Agenda, Counting, Worth
from sroi.analysis.sensitivity.one_at_a_time import ConditionalSwing, Swing
from sroi.analysis.sensitivity.variance import Indices
from sroi.analysis.valuation.checks import Check
from sroi.report.tables.tables import Row, Table
from sroi.report.told.keys import key_words
from sroi.report.told.told import Told

LEVELS = (0.5, 0.9)


@dataclass(frozen=True)
class Asked:
    """A result in words: what it is called, and how its values are written."""

    told: Told
    question: Question

    @property
    def payer(self) -> str:
        """Whose purse it is, by name; empty for society and the ratio."""
        payer = self.question.key.payer
        return self.told.payer(payer) if payer else ""

    @property
    def name(self) -> str:
        """The result by name: `balance of society`, or that of a payer."""
        words, key = self.told.words, self.question.key
        if self.question.is_ratio:
            return words("result.ratio")
        parts = key_words(self.told, key)
        return words("result.of", parts=", ".join(parts)) if parts else words("result.society")

    def show(self, value: float | None) -> str:
        """A value of the result; a dash where there is none."""
        if value is None or not isfinite(value):
            return "–"
        if self.question.is_ratio:
            return self.told.ratio(value)
        return self.money(value)

    def money(self, value: float) -> str:
        """An amount of money, as the balance of society is told where it is about that."""
        society = self.question.key == Key(BALANCE)
        return (self.told.banded if society else self.told.numbers).money(value)


def _table(told: Told, key: str, columns: str, rows: list[Row], figures: Sequence[int]) -> Table:
    heads = [told.words(f"head.{name}") for name in columns.split()]
    return Table(key, heads, rows, frozenset(figures))


def checks(asked: Asked, found: list[Check]) -> Table:
    """What a sceptic asks of every report: balance, range, ratio and chance under each choice."""
    t, money = asked.told, asked.money
    rows = [
        [
            t.words(f"check.{one.name}"),
            money(one.net_present_value),
            f"{money(one.p5)} – {money(one.p95)}",
            "–" if one.ratio is None else t.ratio(one.ratio),
            t.numbers.counted(one.chance),
        ]
        for one in found
    ]
    return _table(t, "checks", "check balance range sroi_ratio chance", rows, range(1, 5))


def swings(asked: Asked, found: list[Swing], means: list[ConditionalSwing]) -> Table:
    """One at a time, and beside it the mean over the draws with a low and with a high value."""
    t, drawn = asked.told, {one.path: one for one in means}
    rows = []
    for swing in found:
        if swing.without_effect:
            continue
        both = drawn.get(swing.path)
        ends = [both.at_low, both.at_high] if both else [None, None]
        rows.append(
            [
                t.subject(swing.path),
                f"{t.rough(swing.path, swing.low)} – {t.rough(swing.path, swing.high)}",
                asked.show(swing.at_low),
                asked.show(swing.at_high),
                *(asked.show(end[0] if end else None) for end in ends),
            ]
        )
    columns = "assumption low_high at_low at_high mean_low mean_high"
    return _table(t, "swings", columns, rows, range(2, 6))


def break_even(asked: Asked, found: list[BreakEven], most: int = 0) -> Table:
    """Where the result turns, and how likely that is."""
    t = asked.told
    rows = [_turn(asked, one) for one in found if one.value is not None]
    return _table(
        t, "break_even", "assumption now turns_at beyond", rows[: most or None], (1, 2, 3)
    )


def _turn(asked: Asked, one: BreakEven) -> Row:
    t = asked.told
    where = [t.rough(one.path, x.value) + ("*" if x.jumps else "") for x in one.crossings]
    places = t.numbers.list(list(dict.fromkeys(where)))
    return [t.subject(one.path), t.central(one.path, one.centre), places, _turning(t, one)]


def _turning(t: Told, one: BreakEven) -> str:
    """How likely it is to be on another side; of what happens or not also which of the two."""
    if one.turns is None:
        return t.words("no_range")
    chance = t.numbers.chance(one.turns)
    if not one.happens or one.turns_if[0] == one.turns_if[1]:
        return chance
    return t.words("sens.happens_not" if one.turns_if[0] else "sens.happens", chance=chance)


def curve(asked: Asked, found: Curve) -> Table:
    """For values of one assumption the value of another at which the result turns."""
    t = asked.told
    rows = [
        [t.rough(found.first, float(x)), t.rough(found.second, float(y)) if isfinite(y) else "–"]
        for x, y in zip(found.values, found.break_even, strict=True)
    ]
    heads = [t.subject(found.first), t.subject(found.second)]
    return Table("curve", heads, rows, frozenset({0, 1}))


def never(found: list[BreakEven]) -> int:
    """How many assumptions cannot turn the result by themselves."""
    return sum(one.value is None for one in found)


def highest_price(asked: Asked, found: list[HighestPrice]) -> Table:
    """What a unit of each activity may cost."""
    t, n = asked.told, asked.told.numbers
    rows = []
    for one in found:
        activity = t.activities[one.activity]
        price = "–"
        if one.price is not None:
            price = n.euro(one.price) if one.price > 0 else t.words("not_even_free")
        now = n.euro(one.now) if one.now is not None else "–"
        rows.append([t.say(activity.what), t.unit_of(activity), price, now])
    return _table(t, "highest_price", "activity unit highest_price price_now", rows, (2, 3))


def indices(asked: Asked, found: Indices, name: Callable[[str], str]) -> Table:
    """Shares of the variance, by quantity or by theme."""
    t, n = asked.told, asked.told.numbers
    rows = []
    for one in found.indices or []:
        if one.moves:
            ends = (one.total - one.total_error, one.total + one.total_error)
            first, total, *spread = (n.chance(min(max(x, 0.0), 1.0)) for x in
                                     (one.first, one.total, *ends))  # fmt: skip
            rows.append([name(one.name), first, total, " – ".join(spread)])
    return _table(t, "indices", "assumption alone with_others interval", rows, (1, 2, 3))


def given(asked: Asked, found: GivenData, most: int = 0) -> Table:
    """Measures from the draws themselves, which hold with correlated assumptions too."""
    t, n = asked.told, asked.told.numbers
    rows = [
        [
            t.subject(one.name),
            n.number(one.rank_correlation, 2),
            n.number(one.pawn, 2),
            f"{n.chance(max(one.share, 0))} (±\u00a0{n.chance(one.error)})",
        ]
        for one in found.measures or []
        if one.pawn > found.noise
    ][: most or None]
    return _table(t, "given", "assumption rank_correlation pawn share_of_variance", rows, (1, 2, 3))


def agenda(asked: Asked, found: Agenda, most: int = 0) -> Table:
    """What to find out first: only what is more than chance makes of nothing."""
    t = asked.told
    clear = [one for one in found.quantities if one.clear]
    rows = [
        [str(rank), t.subject(one.name), *_worth(t, one)]
        for rank, one in enumerate(clear[: most or None], 1)
    ]
    return _table(t, "agenda", "rank assumption worth_knowing changes", rows, (2, 3))


def agenda_themes(asked: Asked, found: Agenda) -> Table:
    """The same by theme."""
    t = asked.told
    rows = [[t.words(f"theme.{one.name}"), *_worth(t, one)] for one in found.themes if one.clear]
    return _table(t, "agenda_themes", "theme worth_knowing changes", rows, (1, 2))


def _worth(t: Told, one: Worth) -> Row:
    return [t.with_error(one.euros, one.error), t.numbers.counted(one.changes)]


def counting(asked: Asked, found: list[Counting]) -> Table:
    """What it is worth to count more people, for shares that were counted; only what is clear."""
    t, n = asked.told, asked.told.numbers
    sizes = sorted({size for one in found for size in one.more})
    heads = [t.words("head.assumption"), t.words("head.counted")]
    heads += [t.words("head.count_more", count=n.number(size)) for size in sizes]
    heads += [t.words("head.known_exactly")]
    rows = [
        [
            t.subject(one.name),
            n.number(one.counted),
            *(n.money(one.more[size].euros) for size in sizes),
            n.money(one.known.euros),
        ]
        for one in found
        if one.known.clear
    ]
    return Table("counting", heads, rows, frozenset(range(1, len(heads))))


def worth_of_units(asked: Asked, found: list[WorthOfUnit]) -> Table:
    """What a unit without price must be worth for the whole to be worth it."""
    t, n = asked.told, asked.told.numbers

    def euros(value: float | None, better: bool) -> str:
        if value is None:
            return "–"
        worth = n.euro(value, 2 if 0 < abs(value) < 100 else 0)
        return t.words("from_worth" if better else "up_to_worth", worth=worth)

    rows = [
        [
            t.line(one.path),
            n.number(one.units.mean, 0 if abs(one.units.mean) >= 10 else 2),
            euros(one.break_even[0] if one.break_even else None, one.more_is_better),
            *(euros(one.reaches.get(level), one.more_is_better) for level in LEVELS),
        ]
        for one in found
    ]
    columns = "without_price units worth_balance worth_half worth_ninety"
    return _table(t, "worth_of_units", columns, rows, (1, 2, 3, 4))
