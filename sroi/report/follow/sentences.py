"""The sentences between the tables of a contract that is followed."""

from __future__ import annotations

from collections.abc import Iterator

from sroi.model.follow.evidence import LEAST
from sroi.report.follow.follow_told import FollowTold
from sroi.report.words.problem_text import sentence

MOST_CHANGES = 20


def until(t: FollowTold) -> str:
    """Until when something is known, and in which prices it is told."""
    h = t.followed.happened
    year = h.loaded.scenario.basis.price_year
    return t.words("follow.until", until=t.period(h.until), year=year)


def changed(t: FollowTold) -> Iterator[str]:
    """What is other in the scenario than when the table was begun."""
    found = t.followed.happened.changed
    if found:
        yield t.words("follow.changed", count=len(found))
    for one in found[:MOST_CHANGES]:
        yield f"  {one.path}: {one.before} → {one.after}"
    if found[MOST_CHANGES:]:
        yield "  " + t.words("follow.changed_more", count=len(found) - MOST_CHANGES)


def measured_how(t: FollowTold) -> Iterator[str]:
    """How assumptions were updated, and with how many draws that left."""
    updated = t.followed.updated
    if updated.seen:
        facts = {"effective": t.numbers.number(updated.effective)}
        facts |= {"draws": t.numbers.number(updated.values.draws), "least": str(LEAST)}
        yield t.words("follow.effective", **facts)
    else:
        yield t.words("follow.nothing_seen")


def kept(t: FollowTold) -> Iterator[str]:
    """What was not measured keeps its band."""
    paths = t.followed.updated.kept
    if paths:
        named = "; ".join(t.subject(path) for path in paths)
        yield t.words("follow.kept", count=len(paths), named=named)


def money_back(t: FollowTold) -> Iterator[str]:
    """The chance that hard money is back by the year that was agreed."""
    contract, chances = t.followed.happened.loaded.scenario.contract, t.followed.back
    if contract is not None and chances is not None:
        then, now = (t.numbers.chance(share) for share in chances)
        facts = {"payer": t.told.payer(contract.payer), "year": contract.back_by}
        yield t.words("follow.back", then=then, now=now, **facts)


def to_be_known(t: FollowTold) -> list[str]:
    """What has to be known of the table."""
    return [sentence(problem, t.words.lang) for problem in t.followed.problems]
