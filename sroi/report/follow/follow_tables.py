"""The tables of a contract that is followed: one function each."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace

from sroi.analysis.follow.care_use import care_use
from sroi.analysis.follow.expectation import Beside
from sroi.analysis.follow.factors import CAUSES
from sroi.analysis.follow.going_on import Rule
from sroi.analysis.follow.paid import Paid
from sroi.analysis.follow.to_date import Money
from sroi.analysis.follow.updated import Assumed, Band
from sroi.model.follow.evidence import Counted, Share
from sroi.model.follow.shares import whole_parts
from sroi.report.follow.follow_told import FollowTold
from sroi.report.tables.tables import Table

ENDS = ("at_least", "at_most", "stop_below", "stop_above")


def to_date(t: FollowTold) -> Table:
    """Expected and realised of every line and payer, to date."""
    rows = [[*_named(t, one), *_amounts(t, one)] for one in _seen_of(t, t.followed.to_date)]
    columns = "line payer known expected realised with_done difference own_expected own_realised"
    return t.table("to_date", columns, rows, 3)


def by_year(t: FollowTold) -> Table:
    """The same year by year."""
    rows = [
        [str(one.year), *_named(t, one), *_amounts(t, one)]
        for one in sorted(_seen_of(t, t.followed.years), key=lambda one: one.year)
    ]
    columns = "year line payer known expected realised with_done difference"
    columns += " own_expected own_realised"
    return t.table("by_year", columns, rows, 4)


def _seen_of(t: FollowTold, some: list[Money]) -> list[Money]:
    """Those of which something is left when amounts are rounded; all are in the files."""
    least = t.numbers.step / 2
    return [one for one in some if max(abs(one.expected), abs(one.with_done or 0.0)) >= least]


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
    shown = _seen_of(t, t.followed.to_date)
    rows = [[*_named(t, one), *_split(t, one)] for one in shown if one.causes]
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


def rules(t: FollowTold) -> Table:
    """Every rule under monitoring that is in figures: what is known, and what it says."""
    rows = [
        [t.told.say(one.monitor.what), asked(t, one), so_far(t, one),
         t.words(f"follow_verdict.{one.verdict}"), _chance(t, one.chance_go),
         _chance(t, one.chance_stop)]
        for one in t.followed.rules
    ]  # fmt: skip
    return t.table("rules", "followed asked so_far verdict chance_go chance_stop", rows, 4)


def asked(t: FollowTold, one: Rule) -> str:
    """At what figure plans change, in words."""
    monitor = one.monitor
    ends = {name: getattr(monitor, name) for name in ENDS}
    told = [
        t.words(f"follow_end.{name}", size=t.exact(one.path, size))
        for name, size in ends.items()
        if size is not None
    ]
    when = [str(monitor.year)] if monitor.year else []
    return "; ".join([*told, *when])


def so_far(t: FollowTold, one: Rule) -> str:
    """What is known of the figure of a rule."""
    if one.found is None:
        return "–"
    found = t.size(one.path, one.found)
    return found if one.final else t.words("follow.so_far", size=found)


def _chance(t: FollowTold, share: float | None) -> str:
    return "–" if share is None else t.numbers.chance(share)


def paid(t: FollowTold) -> Table:
    """What the contract pays for results: earned so far, promised and expected."""
    euro = t.numbers.euro
    rows = [
        [t.told.say(one.result.what), euro(one.result.amount), _limits(t, one),
         "–" if one.count is None else t.numbers.number(one.count),
         "–" if one.earned is None else euro(one.earned),
         _paid_band(t, one.promised), "–" if one.now is None else _paid_band(t, one.now)]
        for one in t.followed.paid
    ]  # fmt: skip
    return t.table("paid", "result each limits count earned promised now", rows, 1)


def _limits(t: FollowTold, one: Paid) -> str:
    """Least and most that is paid."""
    ends = (one.result.floor, one.result.cap)
    return " – ".join("…" if end is None else t.numbers.euro(end) for end in ends)


def _paid_band(t: FollowTold, one: Band) -> str:
    numbers = replace(t.numbers, step=1).in_band(one.p5, one.p95)
    low, high = numbers.money(one.p5), numbers.money(one.p95)
    return f"{numbers.money(one.mean)} ({low} – {high})"
