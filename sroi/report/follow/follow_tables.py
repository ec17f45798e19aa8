"""The tables of a contract that is followed: one function each."""

from __future__ import annotations

import math
from collections.abc import Iterator

from sroi.analysis.follow.care_use import care_use
from sroi.analysis.follow.expectation import Beside
from sroi.analysis.follow.factors import CAUSES
from sroi.analysis.follow.to_date import Money
from sroi.analysis.follow.updated import Assumed
from sroi.model.follow.evidence import Counted, Share
from sroi.model.follow.shares import whole_parts
from sroi.report.follow.follow_told import FollowTold
from sroi.report.tables.tables import Table


def to_date(t: FollowTold) -> Table:
    """Expected and realised of every line and payer, to date."""
    rows = [[*_named(t, one), *_amounts(t, one)] for one in t.followed.to_date]
    columns = "line payer known expected realised with_done difference own_expected own_realised"
    return t.table("to_date", columns, rows, 3)


def by_year(t: FollowTold) -> Table:
    """The same year by year."""
    rows = [
        [str(one.year), *_named(t, one), *_amounts(t, one)]
        for one in sorted(t.followed.years, key=lambda one: one.year)
    ]
    columns = "year line payer known expected realised with_done difference"
    columns += " own_expected own_realised"
    return t.table("by_year", columns, rows, 4)


def _named(t: FollowTold, one: Money) -> list[str]:
    return [t.told.line(one.line), t.told.payer(one.payer), t.words(f"follow_basis.{one.basis}")]


def _amounts(t: FollowTold, one: Money) -> list[str]:
    done = one.with_done if one.basis == "volume" else None
    before, after = one.own or (None, None)
    return [
        t.money(one.expected),
        t.money(one.realised),
        t.money(done),
        t.money(one.difference),
        t.money(before),
        t.money(None if one.realised is None else after),
    ]


def why(t: FollowTold) -> Table:
    """What makes the difference, of every line and payer to date; rounded together."""
    rows = [[*_named(t, one), *_split(t, one)] for one in t.followed.to_date if one.causes]
    return t.table("why", f"line payer known expected {' '.join(CAUSES)} came_to", rows, 3)


def _split(t: FollowTold, one: Money) -> list[str]:
    step, ends = t.numbers.step, (one.expected, one.with_done or 0.0)
    before, after = (math.floor(abs(end) / step + 0.5) * (1 if end > 0 else -1) for end in ends)
    parts = whole_parts([one.causes[c] / step for c in CAUSES], after - before)
    told = [t.money(part * step) for part in parts]
    if one.basis == "volume":
        told[CAUSES.index("effect")] = t.words("follow.not_measured")
    return [t.money(one.expected), *told, t.money(one.with_done)]


def assumed(t: FollowTold) -> Table:
    """What was assumed, what was seen of it, and what it is now."""
    rows = [
        [t.subject(one.path), t.band(one.path, one.before), "; ".join(_seen(t, one)),
         t.band(one.path, one.after), t.words(f"follow_how.{one.how}")]
        for one in t.followed.updated.assumed
    ]  # fmt: skip
    return t.table("assumed", "assumption was seen now how", rows, 5)


def _seen(t: FollowTold, one: Assumed) -> Iterator[str]:
    """What was seen of a number, in words."""
    for sighting in one.seen:
        seen = sighting.seen
        if isinstance(seen, Share) or (isinstance(seen, Counted) and _events(one.path)):
            count, of = (seen.yes, seen.of) if isinstance(seen, Share) else _counts(seen)
            facts = {"count": t.numbers.plain(count), "of": t.numbers.plain(of)}
            yield t.words("follow.seen_of", **facts)
        elif isinstance(seen, Counted):
            key = "follow.seen_count" if seen.exposure == 1 else "follow.seen_part"
            share = t.numbers.percent(seen.exposure)
            yield t.words(key, count=t.numbers.plain(seen.count), share=share)
        else:
            key = "follow.seen_causal" if sighting.times_kept else "follow.seen_band"
            mean, sd = t.size(one.path, seen.mean), t.size(one.path, seen.sd)
            yield t.words(key, mean=mean, sd=sd)


def _events(path: str) -> bool:
    return not path.startswith(("activities.", "investment."))


def _counts(seen: Counted) -> tuple[float, float]:
    return seen.count, seen.exposure


def expectation(t: FollowTold) -> Table:
    """Promise and new expectation beside each other: of society and of every payer."""
    found, rows = t.followed.expectation, list[list[str]]()
    if found is not None:
        rows += _beside(t, t.words("follow.society"), found.beside())
        for payer, beside in found.payers().items():
            rows += _beside(t, t.told.payer(payer), beside)
    return t.table("expectation", "whose what promised chance_then now chance_now", rows, 2)


def _beside(t: FollowTold, whose: str, beside: Beside) -> list[list[str]]:
    """The balance of the whole contract, and that of the years that remain."""
    rows = []
    for name, pair in (("whole", beside.whole), ("rest", beside.rest)):
        if pair is not None:
            then, now = pair
            chances = [t.numbers.chance(one.positive) for one in pair]
            rows.append([whose, t.words(f"follow_part.{name}"), t.amounts(then.balance), chances[0],
                         t.amounts(now.balance), chances[1]])  # fmt: skip
    return rows


def care(t: FollowTold) -> Table:
    """People in care by tier and year, expected and counted."""
    rows = []
    for one in care_use(t.followed.lines.factors):
        band, n = one.expected, t.numbers
        told = f"{n.number(band.mean)} ({n.number(band.p5)} – {n.number(band.p95)})"
        share = "" if one.counted.whole else f" ({n.percent(one.counted.share)})"
        counted = n.number(one.counted.amount) + share
        rows.append([t.subject(one.path), str(one.year), told, counted,
                     t.words(f"follow_place.{one.place}")])  # fmt: skip
    return t.table("care", "tier year expected_people counted_people place", rows, 1)
