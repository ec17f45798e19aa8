"""What the terminal shows of a contract that is followed."""

from __future__ import annotations

from rich.text import Text

from sroi.report.follow import follow_tables as tables
from sroi.report.follow.follow_told import FollowTold
from sroi.report.follow.sentences import changed, kept, measured_how, money_back, to_be_known, until
from sroi.report.tables.tables import Table
from sroi.report.terminal.terminal import console, safe, show_table


def show(told: FollowTold) -> None:
    """What came of it, why, what to expect now, and what has to be known of the figures."""
    out, w = console(), told.words
    out.print(Text(safe(told.title), "bold"))
    out.print(safe(until(told)))
    for sentence in changed(told):
        out.print(Text(safe(sentence)))
    out.print(w("follow.amounts", unit=told.numbers.in_units) + "\n")
    terse = told.terse
    _headed(w("follow.to_date_head"), tables.to_date(terse))
    out.print(w("follow.to_date_note") + "\n")
    _headed(w("follow.why_head"), tables.why(terse))
    _headed(w("follow.care_head"), tables.care(terse))
    _headed(w("follow.assumed_head"), tables.assumed(terse))
    for sentence in (*measured_how(told), *kept(told)):
        out.print(Text(safe(sentence)))
    out.print()
    _headed(w("follow.expectation_head"), tables.expectation(terse))
    _headed(w("follow.rules_head"), tables.rules(told))
    for sentence in money_back(told):
        out.print(Text(safe(sentence)))
    _headed(w("follow.paid_head"), tables.paid(told))
    for sentence in to_be_known(told):
        out.print(Text(safe(sentence)))


def _headed(head: str, table: Table) -> None:
    """A table under its head; nothing where it has no rows."""
    if table.rows:
        out = console()
        out.print(Text(head, "bold"))
        show_table(out, table)
